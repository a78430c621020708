"""The system calls that writing is made of: tried again while another program holds a file, flushed before they count.

They are called by their names in `os`, one by one and nowhere else, so that tests can let each of them fail in turn.
Paths are plain strings here. Everything raises OSError.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Seconds between two tries while a synchroniser, a virus scanner or a file server holds a file: less than three in all.
PATIENCE = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.2)
# Windows: access denied, sharing violation, lock violation, a section of the file is mapped.
# https://learn.microsoft.com/windows/win32/debug/system-error-codes
_HELD_ON_WINDOWS = (5, 32, 33, 1224)
_NOT_HERE = (errno.EINVAL, errno.ENOTSUP, errno.EPERM, errno.ENOSYS)  # "this file system has no such thing"
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_PIECE = 1 << 20


def held(error: OSError) -> bool:
    """Whether another program has the file open and does not share it."""
    return getattr(error, "winerror", None) in _HELD_ON_WINDOWS or error.errno in (errno.EBUSY, errno.ETXTBSY)


def patiently(call: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Call, and again as long as what stands against it usually passes. Raises OSError, at last."""
    for pause in PATIENCE:
        try:
            return call(*args, **named)
        except OSError as error:
            if not held(error) and error.errno not in (errno.EINTR, errno.EAGAIN):
                raise
            time.sleep(0 if error.errno == errno.EINTR else pause)
    return call(*args, **named)


def real(path: str) -> str:
    """Where a path leads: what is replaced when it is a link. What is not there yet may be at its end.

    Strict, since otherwise Python takes for no link whatever it could not look at, and the link would be replaced.
    """
    try:
        return patiently(os.path.realpath, path, strict=True)
    except (FileNotFoundError, NotADirectoryError):
        folder, name = os.path.split(os.path.abspath(path))
        if not name:
            raise
        if there(path) and stat.S_ISLNK(patiently(os.lstat, path).st_mode):
            return real(os.path.join(folder, patiently(os.readlink, path)))
        return os.path.join(real(folder), name)


def status(path: str) -> os.stat_result | None:
    """What is known of a file; None: there is none."""
    try:
        return patiently(os.stat, path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def there(path: str) -> bool:
    """Whether the name is taken, be it by a link that leads nowhere."""
    try:
        patiently(os.lstat, path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def plain(path: str) -> bool:
    """Whether this is a file of its own: no link, folder or device."""
    try:
        return stat.S_ISREG(patiently(os.lstat, path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def read(path: str) -> bytes:
    """All that a file holds."""
    descriptor = patiently(os.open, path, _READ)
    try:
        parts = []
        while part := patiently(os.read, descriptor, _PIECE):
            parts.append(part)
        return b"".join(parts)
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def digest(path: str) -> str:
    """The SHA-256 of what a file holds; empty: there is none."""
    try:
        return digest_of(read(path))
    except (FileNotFoundError, NotADirectoryError):
        return ""


def digest_of(data: bytes) -> str:
    """The SHA-256 of some content."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


def write_new(path: str, data: bytes, like: os.stat_result | None = None, attributes_of: str = "") -> None:
    """A new file with that content, on the disk when this returns. With the owner and rights of `like`, or those that
    the system gives new files; `attributes_of`: the file whose extended attributes (access lists) it gets too.
    """
    descriptor = patiently(os.open, path, _NEW, 0o666 if like is None else 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[patiently(os.write, descriptor, rest) :]
        if like is not None:
            _take_after(path, like)
        if attributes_of:
            _copy_attributes(attributes_of, path)
        patiently(os.fsync, descriptor)
    finally:
        with contextlib.suppress(InterruptedError):  # closed it is; another error may be a file server's last word
            os.close(descriptor)


def second_name(path: str, name: str) -> None:
    """Keep what a file holds under another name: a link where the file system has them, else a copy. On Windows a copy:
    who holds a file open there holds all its names.
    """
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            patiently(os.link, path, name)
            return
    write_new(name, read(path), patiently(os.stat, path), path)


def rename(path: str, name: str) -> None:
    """Rename, in the place of what has that name."""
    patiently(os.replace, path, name)


def make_folder(path: str, mode: int = 0o777) -> None:
    """A new folder. On Windows what is made in it must have the rights of the folder above, since it is moved there."""
    patiently(os.mkdir, path, 0o777 if sys.platform == "win32" else mode)


def make_folders(path: str, mode: int = 0o777) -> None:
    """The folder and those above it, where they are missing."""
    for one in reversed(missing(path)):
        with contextlib.suppress(FileExistsError):
            make_folder(one, mode)


def missing(folder: str) -> list[str]:
    """Folders that have to be made, the innermost first."""
    found, path = [], os.path.abspath(folder)
    while not there(path):
        found.append(path)
        path = os.path.dirname(path)
    return found


def remove(path: str) -> None:
    """Take a file away, if it is there; a read-only one too."""
    try:
        patiently(os.unlink, path)
    except (FileNotFoundError, NotADirectoryError):
        return
    except PermissionError:
        if sys.platform != "win32":
            raise
        os.chmod(path, stat.S_IWRITE)
        patiently(os.unlink, path)


def remove_folder(path: str) -> None:
    """Take a work folder of ours away with what is in it (its folders have no folders). Links are not followed."""
    for name in names(path):
        inside = os.path.join(path, name)
        try:
            remove(inside)
        except OSError:
            if not stat.S_ISDIR(patiently(os.lstat, inside).st_mode):
                raise
            for one in names(inside):
                remove(os.path.join(inside, one))
            patiently(os.rmdir, inside)
    with contextlib.suppress(FileNotFoundError):
        patiently(os.rmdir, path)


def remove_empty(path: str) -> None:
    """Take a folder away, if it is empty."""
    with contextlib.suppress(OSError):
        os.rmdir(path)


def names(folder: str) -> list[str]:
    """What a folder holds, by name; nothing if there is no folder."""
    try:
        return sorted(patiently(os.listdir, folder))
    except (FileNotFoundError, NotADirectoryError):
        return []


def age(path: str) -> float:
    """Seconds since a file or folder was changed; 0: it is gone."""
    try:
        return max(0.0, time.time() - patiently(os.lstat, path).st_mtime)
    except FileNotFoundError:
        return 0.0


def sync_folder(path: str) -> None:
    """See to it that new names and renames outlive a power cut, where folders can be flushed at all."""
    try:
        descriptor = patiently(os.open, path, _READ)
    except OSError as error:
        if sys.platform == "win32" or error.errno in (errno.EACCES, errno.EPERM):
            return  # Windows flushes no folders; and one may be allowed to write a folder, but not to read it
        raise
    try:
        patiently(os.fsync, descriptor)
    except OSError as error:
        if error.errno not in (*_NOT_HERE, errno.EBADF):
            raise
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def new_token() -> str:
    """A name that nobody has used."""
    return os.urandom(16).hex()


def _take_after(path: str, like: os.stat_result) -> None:
    """The owner as far as one may, then the rights."""
    if sys.platform != "win32":
        mine = patiently(os.stat, path)
        if (mine.st_uid, mine.st_gid) != (like.st_uid, like.st_gid):
            try:
                patiently(os.chown, path, like.st_uid, like.st_gid)
            except PermissionError:  # only root gives files away; the group may be one of ours
                with contextlib.suppress(PermissionError):
                    patiently(os.chown, path, -1, like.st_gid)
            except OSError as error:
                if error.errno not in _NOT_HERE:
                    raise
    try:
        patiently(os.chmod, path, stat.S_IMODE(like.st_mode))
    except OSError as error:
        if error.errno not in _NOT_HERE:
            raise


def _copy_attributes(path: str, other: str) -> None:
    """Access lists and what else hangs on a file; what the system keeps to itself stays behind."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            for name in os.listxattr(path):
                with contextlib.suppress(OSError):
                    os.setxattr(other, name, os.getxattr(path, name))
