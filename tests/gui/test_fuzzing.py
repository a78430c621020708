"""Every fuzzing target works, and bears some odd bytes: the long run is `make soak`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

from targets import REFUSED, TARGETS, Target

from fuzz import execute, fuzz  # (first the path)


@pytest.mark.parametrize("name", TARGETS)
def test_a_way_in_bears_odd_bytes(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.KEPT", tmp_path)
    done = fuzz(name, time.monotonic() + 60, most=60)
    assert not done.failed, done.failed[0].with_suffix(".txt").read_text("utf-8")
    assert done.executions == 60
    assert set(done.answers) - {REFUSED}, "no bytes got past the first refusal"


def test_what_fails_is_seen() -> None:
    def bad(data: bytes) -> str:
        raise ValueError(data)

    _took, said, fault = execute(Target(bad, lambda: (b"x",)), b"x")
    assert said == "FAILED"
    assert "ValueError: b'x'" in fault
