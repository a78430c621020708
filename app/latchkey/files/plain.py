"""Opening what a stranger may have put there: an ordinary file, or nothing. No pipe, device or socket is waited for,
and what is looked at is what is read, whatever takes its place in between.
"""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class NotPlain(OSError):
    """It is there, and no ordinary file."""


def open_plain(path: str | os.PathLike[str]) -> BinaryIO:
    """The ordinary file at the path, or at the end of a link. Raises OSError; ValueError for an impossible name."""
    descriptor = os.open(path, _READ)
    stream = os.fdopen(descriptor, "rb") if _is_plain(descriptor) else None
    if stream is None:
        os.close(descriptor)
        raise NotPlain("not an ordinary file")
    return stream


def _is_plain(descriptor: int) -> bool:
    return stat.S_ISREG(os.fstat(descriptor).st_mode)
