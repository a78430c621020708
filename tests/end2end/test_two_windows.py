"""Two programs and one draft: the second brings the first to the front and ends; what isn't there can't answer."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops the first program by a signal")


@pytest.fixture
def draft(tmp_path: Path, root: Path) -> Path:
    copy = tmp_path / "mine.latchkey.toml"
    shutil.copy(root / "resources/examples/contoso.latchkey.toml", copy)
    return copy


@pytest.fixture
def first(draft: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A wizard that has the draft open and listens."""
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, "-m", "latchkey", str(draft)], env=environ) as process:
        bells = state() / "bells"
        end = time.monotonic() + 60
        while not bells.is_dir():
            assert process.poll() is None
            assert time.monotonic() < end, "the first window did not come up"
            time.sleep(0.02)
        yield process
        process.kill()


def state() -> Path:
    """Where the wizards of this test keep what they remember (the suite gives them a home of their own)."""
    return Path(os.environ["XDG_STATE_HOME"], "latchkey", "drafts")


def second(draft: Path, seconds: float) -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-m", "latchkey", str(draft)], env=environ, timeout=seconds, check=False, capture_output=True
    )


def test_the_second_ends_at_once_when_the_first_comes_forward(first: subprocess.Popen[bytes], draft: Path) -> None:
    before = draft.read_bytes()
    done = second(draft, 60)
    assert done.returncode == 0, done.stderr
    assert first.poll() is None
    assert draft.read_bytes() == before
    assert not list((state() / "bells").iterdir())


def test_the_second_stays_when_the_first_does_not_answer(first: subprocess.Popen[bytes], draft: Path) -> None:
    first.send_signal(signal.SIGSTOP)  # it is there and does nothing
    with pytest.raises(subprocess.TimeoutExpired):
        second(draft, 5)
    assert draft.read_bytes()


def test_after_the_first_was_killed_the_draft_is_free(first: subprocess.Popen[bytes], draft: Path) -> None:
    first.kill()
    first.wait()
    with pytest.raises(subprocess.TimeoutExpired):  # it opens, and stays open
        second(draft, 5)
