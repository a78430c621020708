"""Real dragging in the list of sign-in buttons (see dragging.py)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="real dragging needs a screen: xvfb is not installed")
def test_rows_are_dragged_one_by_one_and_together(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, str(HERE / "dragging.py"), str(tmp_path)],
        env={**environ, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stderr
    assert "QObject" not in done.stderr
