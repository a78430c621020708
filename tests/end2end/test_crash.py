"""The process is killed in the middle of edits; the next start has exactly what was there, and never a secret."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from latchkey.draft import store

HERE = Path(__file__).parent
LOST_AT_MOST = 2.0  # seconds of work, on a machine that is busy with other tests; on an idle one some 0.15

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def start(what: str, folder: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(HERE / "dying.py"), what, str(folder), *more], stdout=subprocess.PIPE, text=True
    )


def again(folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(HERE / "dying.py"), "again", str(folder)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return json.loads(done.stdout)


def states(folder: Path) -> list[tuple[float, str, str]]:
    """What was shown, in order; the last line may be cut off by the kill."""
    found = []
    for line in (folder / "states").read_text(encoding="utf-8").splitlines():
        try:
            when, draft, step = json.loads(line)
        except ValueError:
            break
        found.append((when, draft, step))
    return found


def kept(folder: Path) -> bytes:
    """Everything that lies on the disk."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.name != "states")


@pytest.fixture(params=["named", "unnamed"])
def given(request: pytest.FixtureRequest, tmp_path: Path, root: Path) -> tuple[Path, ...]:
    """The draft that is opened: one with a file, or none."""
    if request.param == "unnamed":
        return ()
    draft = tmp_path / "mine.latchkey.toml"
    shutil.copy(root / "resources/examples/contoso.latchkey.toml", draft)
    return (draft,)


def test_after_a_quiet_moment_everything_is_there(tmp_path: Path, given: tuple[Path, ...]) -> None:
    with start("rest", tmp_path, *map(str, given)) as process:
        assert process.stdout is not None
        while (line := process.stdout.readline()) != "resting\n":
            assert line, "the wizard ended by itself"
        process.kill()
    _when, draft, step = states(tmp_path)[-1]
    found = again(tmp_path)
    assert found["draft"] == draft
    assert found["step"] == step
    assert found["named"] == bool(given)


@pytest.mark.parametrize("seed", range(2))
def test_killed_in_the_middle_of_edits(tmp_path: Path, given: tuple[Path, ...], seed: int) -> None:
    with start("work", tmp_path, *map(str, given)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        time.sleep(random.Random(seed).uniform(0.4, 1.6))
        killed = time.monotonic()
        process.kill()
    shown = states(tmp_path)
    content = kept(tmp_path)
    found = again(tmp_path)
    places = [number for number, (_when, draft, _step) in enumerate(shown) if draft == found["draft"]]
    assert places, "what came back was never there"
    newer = shown[places[-1] + 1 :]
    assert not newer or killed - newer[0][0] < LOST_AT_MOST
    for start_of in range(7):
        assert b"planted~secret~that"[start_of:] not in content


def test_a_named_draft_says_that_answers_came_back(tmp_path: Path, root: Path) -> None:
    """The copy beside has them, the file does not: as when the process dies between the two."""
    draft = tmp_path / "mine.latchkey.toml"
    shutil.copy(root / "resources/examples/contoso.latchkey.toml", draft)
    beside, before = tmp_path / "state/drafts", draft.read_bytes()
    with start("work", tmp_path, str(draft)) as process:
        end = time.monotonic() + 30
        while not list(beside.glob("recovered-*.toml")) and time.monotonic() < end:
            time.sleep(0.005)
        process.kill()
    assert list(beside.glob("recovered-*.toml"))
    unchanged = draft.read_bytes() == before
    found = again(tmp_path)
    assert found["draft"] != store.dumps(store.loads(before.decode(), "x"))
    if unchanged:  # else the file itself was written meanwhile
        assert "They are here again" in found["said"]
    assert store.dumps(store.load(draft)) == found["draft"]
