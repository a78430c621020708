"""Finding the policy files of a folder. Reading is hostile-safe: regular files only, with a size limit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from latchkey.errors import Unreadable
from latchkey.files.plain import NotPlain, open_plain
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.reader import READ_LIMIT, PolicyFile
from latchkey.text import _

MAX_FILES = 2_000  # ten times what a tenant may hold
MOST_BYTES = 64_000_000  # of all files together: what 200 policies hold is a tenth of it


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
    return tuple(_files(path, names))


def _files(folder: str, names: Iterable[str]) -> Iterator[PolicyFile]:
    """One after the other, as long as they are not too much together."""
    left = MOST_BYTES
    for name in names:
        path = os.path.join(folder, name)  # noqa: PTH118  (keeps the path as it was given)
        file = read_file(path) if left > 0 else PolicyFile(path, b"", _too_much(), "file-size")
        left -= len(file.data)
        yield file if left >= 0 else PolicyFile(path, b"", _too_much(), "file-size")


def subfolders(folder: str | Path) -> Iterator[str]:
    """The folder and all below it that hold XML files, by path; links are not followed."""
    for path, folders, names in os.walk(str(folder), followlinks=False):
        folders.sort()
        if any(name.lower().endswith(".xml") for name in names):
            yield path


def read_file(path: str) -> PolicyFile:
    """One file; never raises for what is wrong with it."""
    try:
        with open_plain(path) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > READ_LIMIT:
                return PolicyFile(path, b"", _too_big(size), "file-size")
            return PolicyFile(path, stream.read(READ_LIMIT + 1) or b"")  # None: it has nothing yet
    except NotPlain:
        return PolicyFile(path, b"", _("This is not an ordinary file."))
    except OSError as error:
        return PolicyFile(path, b"", _("The file can't be read: {reason}.").format(reason=error.strerror or error))


def _too_big(size: int) -> str:
    return _("The file is {size} MB; Azure takes 1 MB at most.").format(size=round(size / 1_048_576))


def _too_much() -> str:
    return _("The files of this folder are {size} MB and more together, so this one was not read.").format(
        size=MOST_BYTES // 1_000_000
    )


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
