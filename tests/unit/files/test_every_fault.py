"""A failure at every system call of the writer, and a kill before each: what is there is old or new, whole, always."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import writing
from helpers.faults import ERRNOS, Fault, points, run_all
from helpers.writing import Scenario

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """Thousands of little trees are made: in memory, where there is such a place."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.mark.parametrize("scenario", writing.ALL, ids=lambda scenario: scenario.name)
def test_a_failure_at_every_call_leaves_old_or_new(scenario: Scenario, memory: Path) -> None:
    ends = run_all(scenario, memory, lambda point, _call: [Fault(point, kind) for kind in ERRNOS])
    tell("failed once", scenario, ends)
    assert sum(ends.values()) == len(ERRNOS) * len(points(scenario, memory))
    assert not any("half done" in end for end in ends)
    assert ends["EINTR: done: new"] == len(points(scenario, memory))  # what is interrupted is tried again


@pytest.mark.parametrize("scenario", writing.ALL, ids=lambda scenario: scenario.name)
def test_a_disk_that_fails_from_some_call_on_leaves_old_or_new_when_it_works_again(
    scenario: Scenario, memory: Path
) -> None:
    kinds = (errno.EIO, errno.ENOSPC, errno.EROFS)
    ends = run_all(scenario, memory, lambda point, _call: [Fault(point, kind, for_good=True) for kind in kinds])
    tell("failed for good", scenario, ends)


@pytest.mark.parametrize("scenario", writing.ALL, ids=lambda scenario: scenario.name)
def test_a_kill_before_every_call_leaves_old_or_new_at_the_next_start(scenario: Scenario, memory: Path) -> None:
    ends = run_all(scenario, memory, lambda point, _call: [Fault(point, "kill"), Fault(point, "torn")])
    tell("killed", scenario, ends)
    assert sum(ends.values()) == 2 * len(points(scenario, memory))
    assert all("killed" in end for end in ends)


def tell(what: str, scenario: Scenario, ends: Counter[str]) -> None:
    sys.stdout.write(f"\n{scenario.name}, {what}: {sum(ends.values())} runs; {dict(sorted(ends.items()))}\n")
