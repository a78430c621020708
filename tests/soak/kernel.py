"""The same scenarios with the kernel's own answers: strace lets a chosen system call fail, or kills the process there."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from twice import Memory

from helpers import writing
from helpers.faults import Tree, finished, ready, tree
from helpers.writing import Scenario

HERE = Path(__file__).parent
CALLS = (
    "openat", "read", "write", "close", "fsync", "newfstatat", "mkdir", "getdents64", "unlink", "rmdir", "rename",
    "link", "linkat", "chmod", "fchmodat", "flock", "readlink",
)  # fmt: skip
LOOKS = ("newfstatat", "read", "getdents64", "readlink")
FAULTS = ("error=ENOSPC", "error=EACCES", "error=EIO", "error=EROFS", "error=EINTR", "signal=SIGKILL")
_KILLED = (-9, 137)
LINE = re.compile(r"^(?:\d+ +)?(\w+)\(")


class Point(NamedTuple):
    """The so-manieth call of its kind in the whole process."""

    scenario: Scenario
    call: str
    number: int


def run(until: float) -> str:
    """Every point and fault, by chance first these, then those, as far as there is time."""
    if shutil.which("strace") is None:
        return "not tried: strace is not installed"
    ends: Counter[str] = Counter()
    with Memory() as folder:
        wanted = {scenario.name: (_once(scenario, folder, done=False), _once(scenario, folder, done=True))
                  for scenario in writing.ALL}  # fmt: skip
        tries = [(point, fault) for scenario in writing.ALL for point in _points(scenario, folder) for fault in FAULTS]
        random.Random(7).shuffle(tries)
        tries.sort(key=lambda one: one[0].call in LOOKS)  # what changes something first
        done = 0
        for point, fault in tries:
            if time.monotonic() > until:
                break
            ends[_end(point, fault, folder, wanted[point.scenario.name])] += 1
            done += 1
    told = ", ".join(f"{end}: {count}" for end, count in sorted(ends.items()))
    return f"{done} of {len(tries)} points and faults; {told}; none mixed, none lost"


def _once(scenario: Scenario, folder: Path, *, done: bool) -> Tree:
    """How a place looks before and after."""
    with ready(scenario, folder) as place:
        if done:
            subprocess.run([sys.executable, str(HERE / "write_once.py"), scenario.name, str(place)], check=True)
        return tree(place)


def _points(scenario: Scenario, folder: Path) -> Iterator[Point]:
    """The calls between the two marks."""
    with ready(scenario, folder) as place:
        lines = _traced(scenario, place, f"trace={','.join(CALLS)}")[1]
    counts: Counter[str] = Counter()
    inside = False
    for line in lines:
        call = LINE.match(line)
        if call is None:
            continue
        counts[call[1]] += 1
        if "nowhere-latchkey-soak" in line:
            inside = "begin" in line
        elif inside:
            yield Point(scenario, call[1], counts[call[1]])


def _end(point: Point, fault: str, folder: Path, wanted: tuple[Tree, Tree]) -> str:
    with ready(point.scenario, folder) as place:
        inject = f"inject={point.call}:{fault}:when={point.number}"
        status, lines = _traced(point.scenario, place, f"trace={','.join(CALLS)}", inject)
        struck = _struck_inside(lines)
        now = tree(place)
        healed = now not in wanted
        if healed:
            now = finished(place)
        shutil.rmtree(place)
    if now not in wanted:
        raise AssertionError(f"{point.scenario.name}, {point.call} {point.number}, {fault}: neither old nor new")
    state = "old" if now == wanted[0] else "new"
    if not (status in _KILLED if "SIGKILL" in fault else struck):
        return "missed"
    if status == 0 and state == "old" and wanted[0] != wanted[1]:
        raise AssertionError(f"{point.scenario.name}, {point.call} {point.number}, {fault}: told as done, but old")
    kind = "killed" if "SIGKILL" in fault else "failed"
    return f"{kind}, {state}{', healed' if healed else ''}"


def _struck_inside(lines: list[str]) -> bool:
    begun = False
    for line in lines:
        begun = begun or "nowhere-latchkey-soak-begin" in line
        if "(INJECTED)" in line:
            return begun
    return False


def _traced(scenario: Scenario, place: Path, *expressions: str) -> tuple[int, list[str]]:
    log = place.with_name(f"{place.name}.strace")
    options = [word for one in expressions for word in ("-e", one)]
    done = subprocess.run(
        ["strace", "-f", "-s", "200", "-o", str(log), *options,
         sys.executable, str(HERE / "write_once.py"), scenario.name, str(place)],
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    lines = log.read_text("utf-8", "replace").splitlines()
    log.unlink()
    return done.returncode, lines
