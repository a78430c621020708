"""Several files of one folder replaced together: all of them, or, where anything fails, none."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from latchkey.errors import Unreadable
from latchkey.text import _

_WORK = re.compile(r"\.latchkey-[0-9a-f]{16}")
_LONG_AGO = 3600  # seconds


def replace_files(
    folder: Path, new: Mapping[str, bytes], removed: Sequence[str] = (), before: Mapping[str, bytes] | None = None
) -> None:
    """Give the files `new` their content and take the `removed` away; `before` holds what those had that were there.

    New content beside, old content kept, then rename after rename; back in reverse order where one fails. At every
    moment each name holds its old or its new content, whole. A link stays a link. Raises OSError.
    """
    known = before or {}
    _sweep(folder)
    work = folder / f".latchkey-{secrets.token_hex(8)}"
    work.mkdir(mode=0o700)
    done: list[str] = []
    try:
        for name, data in new.items():
            _write(work / f"{name}.new", data, folder / name)
        for name in known:
            _keep(folder / name, work / f"{name}.old")
        for name in new:
            done.append(name)
            (work / f"{name}.new").replace((folder / name).resolve())
        for name in removed:
            done.append(name)
            (folder / name).unlink()
    except BaseException:
        for name in reversed(done):
            with contextlib.suppress(OSError):
                _put_back((folder / name).resolve(), work / f"{name}.old", known=name in known)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _sync(folder)


def _sweep(folder: Path) -> None:
    """Take away what a process left that was killed at this: but not what another may be at right now."""
    for work in folder.glob(".latchkey-*"):
        with contextlib.suppress(OSError):
            if _WORK.fullmatch(work.name) and not work.is_symlink() and time.time() - work.stat().st_mtime > _LONG_AGO:
                shutil.rmtree(work, ignore_errors=True)


def unwritable(folder: Path, error: OSError) -> Unreadable:
    """What to tell when a folder can't be written."""
    return Unreadable(
        _("{folder} can't be written: {reason}.").format(folder=folder, reason=error.strerror or error),
        _("Nothing was changed. Choose another folder, or make room in this one and check that you may write there."),
    )


def _write(path: Path, data: bytes, target: Path) -> None:
    """The whole file on the disk, with the rights of the file it will replace, or what the system gives new files."""
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        shutil.copymode(target, path)


def _keep(path: Path, copy: Path) -> None:
    """A second name for the old content where the file system can, else a copy."""
    try:
        os.link(path.resolve(), copy)
    except OSError:
        shutil.copy2(path, copy)


def _put_back(path: Path, copy: Path, *, known: bool) -> None:
    if known:
        copy.replace(path)
    else:
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """The renames, too, outlive a pulled plug, where folders can be synced at all."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
