"""Things dropped on the wizard by another program (see dropping.py)."""

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
@pytest.mark.skipif(any(shutil.which(tool) is None for tool in NEEDED), reason="needs xvfb and xdotool")
def test_what_another_program_drops_is_taken(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, str(HERE / "dropping.py"), str(tmp_path)],
        env={**environ, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stderr
