"""How long work reports and is stopped. Core functions take a `Watch`; the command line prints it, the wizard
shows it and lets the person cancel.
"""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Reports progress; raises `errors.Cancelled` from `step` when the person has stopped the work."""

    def step(self, fraction: float, text: str = "") -> None:
        """Say how far the work is (0 to 1) and what it does; the only place where it may be cancelled."""


class Unwatched:
    """A watch for work that nobody follows."""

    def step(self, fraction: float, text: str = "") -> None:
        """Ignore the report."""
