"""The way of somebody who has policies already, as improver.py goes it, and what it left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NEEDED = ("xvfb-run", "xdotool")


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.skipif(any(shutil.which(tool) is None for tool in NEEDED), reason="needs xvfb and xdotool")
def test_policies_are_improved_and_put_back(tmp_path: Path, reference: Path) -> None:
    pack = reference / "corpus/starterpack/SocialAndLocalAccounts"
    run, again = tmp_path / "run", tmp_path / "again"
    run.mkdir()
    environ = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    state = {"HOME": str(run), "XDG_STATE_HOME": str(run / "state"), "XDG_CONFIG_HOME": str(run / "config")}
    program = [sys.executable, str(HERE / "improver.py"), str(run), str(pack)]
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", *program],
        env={**environ, **state, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stderr
    assert "QObject" not in done.stderr
    assert contents(run / "policies") == contents(pack)
    shutil.copytree(pack, again)
    command = [sys.executable, "-m", "latchkey", "compose", str(run / "answers.latchkey.toml"), "--into", str(again)]
    composed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert composed.returncode == 0, composed.stdout + composed.stderr
    assert contents(run / "written") == contents(again)
    assert contents(again) != contents(pack)
    assert len(list(run.glob("*.png"))) >= 10


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
