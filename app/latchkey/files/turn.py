"""One Latchkey at a time.

On one computer a lock of the operating system says so: it is let go when its process ends, however it ends. Another
computer or account that shares the folder is known by what it left in it: `Writer`, who that is and whether it lives.
"""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import sys
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from latchkey.files.disk import make_folders, patiently
from latchkey.files.refusals import Busy
from latchkey.log import logger
from latchkey.text import _

_log = logger(__name__)
LONGEST = 10.0  # seconds to wait for another one: writing takes much less
_STEP = 0.05
# A lock can't be had here: no rights in the state folder, a file system without locks. Then one goes without.
_WITHOUT = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.ENOLCK, errno.ENOTSUP,
            errno.EINVAL, errno.ENOSYS)  # fmt: skip


class Writer(NamedTuple):
    """A process: its computer, number, and when it was started, since numbers are given again."""

    host: str
    pid: int
    started: str


def this_process() -> Writer:
    """Who writes here."""
    return Writer(platform.node(), os.getpid(), started(os.getpid()))


def lives(writer: Writer) -> bool | None:
    """Whether it is still there; None: it is on another computer, so nobody knows."""
    if writer.host != platform.node():
        return None
    if writer.pid == os.getpid():
        return False  # whoever asks holds the lock: this process is not writing anything else
    return writer.started != "" and started(writer.pid) == writer.started


@contextlib.contextmanager
def turn(file: str, longest: float | None = None) -> Iterator[None]:
    """Hold the lock in `file` while the block runs. Raises Busy when another has it for too long."""
    descriptor = _opened(file)
    if descriptor is None:
        yield
        return
    try:
        _wait(descriptor, LONGEST if longest is None else longest)
        yield
    finally:
        with contextlib.suppress(OSError):  # closed it is
            os.close(descriptor)


def _opened(file: str) -> int | None:
    try:
        make_folders(os.path.dirname(file), 0o700)
        return patiently(os.open, file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        if error.errno not in _WITHOUT:
            raise
        _log.warning("writing without a lock: %s", type(error).__name__)
        return None


def _wait(descriptor: int, longest: float) -> None:
    until = time.monotonic() + longest
    while True:
        try:
            _lock(descriptor)
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS):
                return
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.EINTR, 0):  # Wine says 0
                raise
            if time.monotonic() > until:
                raise Busy(
                    _("Another Latchkey is writing right now."), _("Wait until it has finished, then try again.")
                ) from error
            time.sleep(_STEP)
        else:
            return


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def started(pid: int) -> str:
    """When a process was started, in the words of its system; empty: there is none."""
    if sys.platform == "win32":
        return _started_on_windows(pid)
    if sys.platform == "linux":
        try:
            with open(f"/proc/{pid}/stat", "rb") as file:
                after_name = file.read().rpartition(b")")[2].split()
            with open("/proc/sys/kernel/random/boot_id", "rb") as file:
                boot = file.read().decode("ascii", "replace").strip()
        except OSError:
            return ""
        return "" if after_name[0] == b"Z" else f"{boot} {after_name[19].decode('ascii', 'replace')}"
    return _started_by_ps(pid)


def _started_by_ps(pid: int) -> str:
    """On macOS and the BSDs only a program of theirs tells it."""
    import subprocess

    environ = {"LC_ALL": "C", "PATH": "/bin:/usr/bin"}
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(  # noqa: S603  (a fixed command with a number)
            ["/bin/ps", "-o", "lstart=", "-p", str(pid)],
            env=environ, capture_output=True, text=True, timeout=5, check=False,
        )  # fmt: skip
        return done.stdout.strip()
    return ""


def _started_on_windows(pid: int) -> str:
    """https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-getprocesstimes"""
    import ctypes

    kernel: Any = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009  (only there on Windows)
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return ""
    try:
        made, ended, inside, outside = (ctypes.c_uint64() for _one in range(4))
        times = (ctypes.byref(one) for one in (made, ended, inside, outside))
        if not kernel.GetProcessTimes(ctypes.c_void_p(handle), *times) or ended.value:
            return ""
        return str(made.value)
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
