"""What was found out about a provider, one sentence at a time: works with Azure, won't work, or worth knowing."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """How a verdict stands. The values are those of the JSON result."""

    OK = "ok"
    WONT = "will-not-work"
    NOTE = "worth-knowing"


class Verdict(NamedTuple):
    """One verdict. `id` is for programs and stays; `message` says what is so, `hint` what to do about it."""

    id: str
    kind: Kind
    message: str
    hint: str = ""


def ok(id_: str, message: str, hint: str = "") -> Verdict:
    """Works with Azure."""
    return Verdict(id_, Kind.OK, message, hint)


def wont(id_: str, message: str, hint: str = "") -> Verdict:
    """People could not sign in."""
    return Verdict(id_, Kind.WONT, message, hint)


def note(id_: str, message: str, hint: str = "") -> Verdict:
    """Worth knowing; perhaps something to do."""
    return Verdict(id_, Kind.NOTE, message, hint)


def works(verdicts: Iterable[Verdict]) -> bool:
    """Nothing stands against signing in with this provider."""
    return all(verdict.kind is not Kind.WONT for verdict in verdicts)
