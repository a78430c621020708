"""One file, or one new folder, whole or not at all: a full disk or a pulled plug leaves the old one."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from latchkey.files import disk, refusals
from latchkey.files.plain import NotPlain
from latchkey.log import logger
from latchkey.text import _

_BESIDE = r"\.latchkey-([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{32}\.new"
_log = logger(__name__)
_LONG_AGO = 3600  # seconds: what another computer is still at is younger


def write_whole(path: Path, data: bytes, known: bytes | None = None) -> None:
    """Replace the file at `path` by `data` in one step, through a file beside it. Raises OSError.

    A link stays a link and its target is written; owner and rights stay; missing folders are made. With `known` the
    file must still hold that, until the very step: else nothing is written, and ChangedUnderneath says so.
    """
    target = disk.real(os.fspath(path))
    folder = os.path.dirname(target)
    disk.make_folders(folder)
    sweep(folder)
    beside = os.path.join(folder, f"{_mine()}{disk.new_token()}.new")
    try:
        disk.write_new(beside, data, _status(target), target)
        if known is not None:
            _refuse_changed(path, known)
        disk.rename(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(beside)
        raise
    _settle(folder)


def make_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """A new folder with these files (`folder/name` goes one deeper), which is there with all of them or not at all.
    Raises OSError; FileExistsError where the name is taken.
    """
    folder = disk.real(os.fspath(path.parent))
    place = os.path.join(folder, path.name)
    disk.make_folders(folder)
    sweep(folder)
    beside = os.path.join(folder, f"{_mine()}{disk.new_token()}.new")
    inner = sorted({name.partition("/")[0] for name in files if "/" in name})
    try:
        disk.make_folder(beside, 0o700)
        for name in inner:
            disk.make_folder(os.path.join(beside, name))
        for name, data in files.items():
            disk.write_new(os.path.join(beside, *name.split("/")), data)
        for name in inner:
            disk.sync_folder(os.path.join(beside, name))
        disk.sync_folder(beside)
        _refuse_taken(place)
        disk.rename(beside, place)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove_folder(beside)
        raise
    _settle(folder)


def _status(target: str) -> os.stat_result | None:
    """What is known of the file that is replaced. A pipe or a device is none; a folder refuses by itself."""
    status = disk.status(target)
    if status is not None and not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise NotPlain(errno.EINVAL, _("not an ordinary file"))
    return status


def _settle(folder: str) -> None:
    """The rename, too, outlives a power cut. Where that can't be had there is still the old or the new, whole."""
    try:
        disk.sync_folder(folder)
    except OSError as error:
        _log.warning("a rename was not flushed: %s", type(error).__name__)


def _refuse_changed(path: Path, known: bytes) -> None:
    if disk.digest(disk.real(os.fspath(path))) != disk.digest_of(known):
        raise refusals.changed(path.parent, [path.name])


def _refuse_taken(place: str) -> None:
    if disk.there(place):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), place)


def _mine() -> str:
    """How names begin that this process gives to files that are not done yet."""
    return f".latchkey-{_host()}-{os.getpid()}-"


def _host() -> str:
    import platform

    return disk.digest_of(platform.node().encode("utf-8", "replace"))[:8]


def sweep(folder: str) -> None:
    """Take away what a process left that was killed at writing; but not what another is writing right now."""
    with contextlib.suppress(OSError):
        for name in disk.names(folder):
            left = re.fullmatch(_BESIDE, name)
            path = os.path.join(folder, name)
            if left is not None and _abandoned(path, left[1], int(left[2])):
                (disk.remove if disk.plain(path) else disk.remove_folder)(path)


def _abandoned(path: str, host: str, pid: int) -> bool:
    if host == _host() and not _runs(pid):
        return True
    return disk.age(path) > _LONG_AGO


def _runs(pid: int) -> bool:
    """Whether there is such a process on this computer, by the cheapest means."""
    if pid == os.getpid():
        return True
    if sys.platform == "win32":
        from latchkey.files.turn import started

        return started(pid) != ""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
