"""What can go wrong, and how it is told.

LatchkeyError               what happened, what to do, and the exit status that the contract gives it
|-- Refused        (1)      the input was read and can't be used: bad value, bad file, findings of level error
|-- Unreadable     (2)      a path that can't be read or written
|-- WrongUsage     (2)      the command line itself is wrong
'-- Cancelled      (1)      the person stopped it; nothing was written
"""

from __future__ import annotations

from typing import ClassVar


class LatchkeyError(Exception):
    """An error that a person can act on: `message` says what is wrong, `hint` what to do about it.

    Both are whole, translated sentences on one line, whatever a stranger's file put into them. The cause stays in
    `__cause__`.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = _one_line(message)
        self.hint = _one_line(hint)
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


def _one_line(text: str) -> str:
    lines = text.splitlines()
    return text if len(lines) < 2 and not text.endswith("\n") else " ".join(line.strip() for line in lines)


class Refused(LatchkeyError):
    """The input was understood well enough to know that it can't be used."""


class Unreadable(LatchkeyError):
    """A path can't be read or written."""

    exit_status = 2


class WrongUsage(LatchkeyError):
    """The command was called in a way it does not have."""

    exit_status = 2


class Cancelled(LatchkeyError):
    """The person stopped a running job."""
