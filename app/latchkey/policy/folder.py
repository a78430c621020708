"""Finding the policy files of a folder. Reading is hostile-safe: regular files only, with a size limit."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from latchkey.errors import Unreadable
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.reader import READ_LIMIT, PolicyFile
from latchkey.text import _

MAX_FILES = 2_000  # ten times what a tenant may hold


def read_set(folder: str | Path, in_azure: Iterable[str] = ()) -> PolicySet:
    """The policy set in a folder, and what somebody says is in the tenant beside it. Raises Unreadable."""
    return PolicySet.of(read_folder(folder), in_azure)


def read_folder(folder: str | Path) -> tuple[PolicyFile, ...]:
    """All `*.xml` files of a folder (not of its subfolders), by name. Raises Unreadable.

    A file that can't be read comes back with its `trouble`, so that one bad file does not hide the rest.
    """
    path = str(folder)
    try:
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in entries if entry.name.lower().endswith(".xml"))
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(names) > MAX_FILES:
        raise Unreadable(
            _("{folder} holds {count} XML files; an Azure AD B2C tenant has 200 policies at most.").format(
                folder=path, count=len(names)
            ),
            _("Name the folder that holds only this tenant's policies."),
        )
    return tuple(read_file(os.path.join(path, name)) for name in names)  # noqa: PTH118  (keeps the path as it was given)


def subfolders(folder: str | Path) -> Iterator[str]:
    """The folder and all below it that hold XML files, by path; links are not followed."""
    for path, folders, names in os.walk(str(folder), followlinks=False):
        folders.sort()
        if any(name.lower().endswith(".xml") for name in names):
            yield path


def read_file(path: str) -> PolicyFile:
    """One file; never raises for what is wrong with it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                return PolicyFile(path, b"", _("This is not an ordinary file."))
            if status.st_size > READ_LIMIT:
                return PolicyFile(path, b"", _too_big(status.st_size), "file-size")
            data = stream.read(READ_LIMIT + 1)
            return PolicyFile(path, data)
    except OSError as error:
        return PolicyFile(path, b"", _("The file can't be read: {reason}.").format(reason=error.strerror or error))


def _too_big(size: int) -> str:
    return _("The file is {size} MB; Azure takes 1 MB at most.").format(size=round(size / 1_048_576))


def _unreadable(path: str, error: OSError) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return Unreadable(_("There is no folder {path}.").format(path=path), _("Check the spelling of the path."))
    if isinstance(error, NotADirectoryError):
        return Unreadable(
            _("{path} is not a folder.").format(path=path), _("Name the folder that holds the policy files.")
        )
    return Unreadable(
        _("The folder {path} can't be read: {reason}.").format(path=path, reason=error.strerror or error),
        _("Check that you have the right to read it."),
    )
