"""Failures and kills at every system call of the writer, one after the other, and what is on the disk afterwards.

`latchkey.files.disk` and `latchkey.files.turn` call `os` by name; here they get another `os`, which counts, and at the
wanted call fails or kills the process. `tests/unit/files/test_every_fault.py` runs this in seconds; `make soak` goes
further, and lets the real kernel fail as well.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from helpers.writing import Scenario
from latchkey.errors import LatchkeyError
from latchkey.files import disk, healing, turn, whole

ERRNOS = (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS, errno.EINTR)
CALLS = frozenset({
    "open", "read", "write", "close", "fsync", "stat", "lstat", "mkdir", "listdir", "unlink", "rmdir", "replace", "link",
    "chmod", "chown", "listxattr", "getxattr", "setxattr",
})  # fmt: skip

Tree = dict[str, tuple[str, int, bytes]]


class Fault(NamedTuple):
    """What happens at which call: an errno; "kill"; "torn", killed with half of what was written and not flushed lost.
    `for_good`: every call from there on fails.
    """

    point: int
    kind: int | str
    for_good: bool = False


class FaultyOs:
    """Stands in for the module `os`. Nothing is really flushed: what a crash would take is taken by hand."""

    def __init__(self, fault: Fault | None = None) -> None:
        self.fault = fault
        self.count = 0
        self.calls: list[str] = []
        self._unflushed: dict[int, tuple[int, int]] = {}  # descriptor -> one of our own, how much of it is flushed

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self._counted(name, real) if name in CALLS else real

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            self.count += 1
            self.calls.append(name)
            fault = self.fault
            if fault is not None and (self.count == fault.point or (fault.for_good and self.count > fault.point)):
                self._strike(fault, name, real, args)
            if name == "fsync":
                return self._flush(args[0])
            if name == "write":
                self._note(args[0])
            return real(*args, **named)

        return call

    def _strike(self, fault: Fault, name: str, real: Callable[..., Any], args: tuple[Any, ...]) -> None:
        if isinstance(fault.kind, int):
            if name == "close":
                real(*args)  # Linux closes even where it reports a failure
            elif name == "write" and fault.kind == errno.ENOSPC and len(args[1]) > 1:
                real(args[0], args[1][: len(args[1]) // 2])
            raise OSError(fault.kind, os.strerror(fault.kind))
        if fault.kind == "torn":
            if name == "write":
                self._note(args[0])
                real(*args)
            for own, flushed in self._unflushed.values():
                os.ftruncate(own, flushed + (os.fstat(own).st_size - flushed) // 2)
        os.kill(os.getpid(), signal.SIGKILL)

    def _note(self, descriptor: int) -> None:
        if descriptor not in self._unflushed:
            self._unflushed[descriptor] = (os.dup(descriptor), os.fstat(descriptor).st_size)

    def _flush(self, descriptor: int) -> None:
        os.fstat(descriptor)
        if descriptor in self._unflushed:
            os.close(self._unflushed.pop(descriptor)[0])


@contextmanager
def struck(fault: Fault | None = None) -> Iterator[FaultyOs]:
    """The writer's modules use a faulty `os` while the block runs."""
    faulty = FaultyOs(fault)
    with pytest.MonkeyPatch.context() as patch:
        for module in (disk, turn, whole):
            patch.setattr(module, "os", faulty)
        yield faulty


def points(scenario: Scenario, folder: Path) -> list[str]:
    """The calls that a scenario makes when nothing fails."""
    with ready(scenario, folder) as place, struck() as faulty:
        scenario.work(place)
    return faulty.calls


@contextmanager
def ready(scenario: Scenario, folder: Path) -> Iterator[Path]:
    """A fresh place with a home of its own."""
    place = folder / disk.new_token()
    (place / "home").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("STATE", "CONFIG"):
            patch.setenv(f"XDG_{name}_HOME", str(place / "home" / name.lower()))
        scenario.prepare(place)
        yield place


def tree(place: Path) -> Tree:
    """All that is in a place but the lock, which stays, and folders of the state that are empty."""
    found: Tree = {}
    for path in sorted(place.rglob("*")):
        name = str(path.relative_to(place))
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            found[name] = ("link", 0, os.fsencode(path.readlink()))
        elif stat.S_ISDIR(kind):
            if not name.startswith("home"):
                found[name] = ("folder", stat.S_IMODE(kind), b"")
        elif path.name != "writing.lock":
            found[name] = ("file", stat.S_IMODE(kind), path.read_bytes())
    return found


def outcome(scenario: Scenario, folder: Path, fault: Fault, trees: Mapping[str, Tree]) -> str:
    """What one fault leads to, in words; anything but old or new, whole, is an AssertionError."""
    with ready(scenario, folder) as place:
        told = _run(scenario, place, fault)
        now = tree(place)
        states = [name for name, wanted in trees.items() if now == wanted]
        if not isinstance(fault.kind, str):
            if told == "done":
                assert _content(now) == _content(trees["new"]), (fault, told)
            elif told != "half done":
                assert _content(now) == _content(trees["old"]), (fault, told)
        if not states:
            now = finished(place)
            states = [f"{name}, healed" for name, wanted in trees.items() if now == wanted]
        assert states, f"{scenario.name}, {fault}, {told}: neither old nor new\n{_difference(now, trees)}"
        return f"{told}: {states[0]}"


def forked(work: Callable[[], object], fault: Fault | None) -> str:
    """Do something under a fault in a process of its own, which may be killed by it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            with struck(fault):
                work()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else "done"


def finished(place: Path) -> Tree:
    """What a place looks like after the next start, and after the next files were written there."""
    healing.heal_all()
    _next_write(place)
    return tree(place)


def _run(scenario: Scenario, place: Path, fault: Fault) -> str:
    if isinstance(fault.kind, str):
        return forked(lambda: scenario.work(place), fault)
    try:
        with struck(fault):
            scenario.work(place)
    except LatchkeyError as error:
        return "half done" if type(error).__name__ == "HalfDone" else "refused"
    except OSError:
        return "refused"
    return "done"


def _content(found: Tree) -> dict[str, bytes]:
    """What a person has: no litter of ours."""
    return {
        name: data
        for name, (kind, _mode, data) in found.items()
        if kind != "folder" and "/.latchkey-" not in f"/{name}" and "/unfinished/" not in name
    }


def _next_write(place: Path) -> None:
    """Litter of single files goes when the next Latchkey writes a file there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "_runs", lambda _pid: False)
        for path in {found.parent for found in place.rglob(".latchkey-*")}:
            whole.sweep(os.fspath(path))


def _difference(now: Tree, trees: Mapping[str, Tree]) -> str:
    lines = []
    for name, wanted in trees.items():
        odd = {path for path in {*now, *wanted} if now.get(path) != wanted.get(path)}
        lines.append(f"unlike {name}: " + ", ".join(f"{path}: {now.get(path)}" for path in sorted(odd)))
    return "\n".join(lines)


def run_all(scenario: Scenario, folder: Path, faults: Callable[[int, str], list[Fault]]) -> Counter[str]:
    """All faults at all points of a scenario; how many ended how."""
    calls = points(scenario, folder)
    trees: dict[str, Tree] = {}
    with ready(scenario, folder) as place:
        trees["old"] = tree(place)
        scenario.work(place)
        trees["new"] = tree(place)
    ends: Counter[str] = Counter()
    for number, call in enumerate(calls, 1):
        for fault in faults(number, call):
            kind = fault.kind if isinstance(fault.kind, str) else errno.errorcode[fault.kind]
            ends[f"{kind}{' for good' if fault.for_good else ''}: {outcome(scenario, folder, fault, trees)}"] += 1
    return ends
