"""What stands against writing, in words."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from latchkey.errors import LatchkeyError, Refused, Unreadable
from latchkey.files.disk import held
from latchkey.text import _


class ChangedUnderneath(Refused):
    """A file is no longer what it was when it was read; nothing was written."""


class Busy(LatchkeyError):
    """Another Latchkey is writing; nothing was written."""


class HalfDone(Unreadable):
    """Writing failed, and so did putting back. The next start puts it in order."""


def unwritable(place: Path, error: OSError) -> Unreadable:
    """What to tell when a folder or file can't be written and nothing was changed."""
    return Unreadable(
        _("{folder} can't be written: {reason}.").format(folder=place, reason=error.strerror or error), advice(error)
    )


def advice(error: OSError | ValueError) -> str:
    """What a person can do about it. ValueError: the name is not possible."""
    if not isinstance(error, OSError):
        return _("Nothing was changed. Choose another name.")
    if getattr(error, "winerror", None) == 5:  # "access denied": Windows says so of held files too
        return _(
            "Nothing was changed. Another program holds a file open (close it, or let OneDrive finish), or you may not "
            "write there."
        )
    if held(error):
        return _(
            "Nothing was changed. Another program holds a file open: close it, or let OneDrive finish, then try again."
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("Nothing was changed. Make room on the disk, then try again.")
    if error.errno == errno.EIO:
        return _("Nothing was changed. The disk or the network drive reports an error: choose another folder.")
    return _("Nothing was changed. Choose another folder, or make room in this one and check that you may write there.")


def changed(folder: Path, names: Sequence[str]) -> ChangedUnderneath:
    """Somebody changed these files since they were read."""
    return ChangedUnderneath(
        _("These files in {folder} have changed in the meantime: {files}.").format(
            folder=folder, files=", ".join(names)
        ),
        _("Nothing was written. Look at the changes first, then try again."),
    )


def half_done(folder: Path, error: OSError) -> HalfDone:
    """Some files are new and some are old, for now."""
    return HalfDone(
        _("Writing to {folder} stopped half-way: {reason}.").format(folder=folder, reason=error.strerror or error),
        _("The old files are safe beside. Make the folder writable and start Latchkey again: it puts them back."),
    )


def not_ours(folder: Path, name: str) -> Refused:
    """Something has the name that an unfinished change would have."""
    return Refused(
        _("{folder} holds an unfinished change that this Latchkey can't finish.").format(folder=folder),
        _("Look into {name} there, copy what you need, and remove it.").format(name=name),
    )
