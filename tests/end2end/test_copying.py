"""A copied secret, as other programs on the screen see it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = ("xvfb-run", "xclip", "xdotool")


@pytest.mark.slow
def test_a_secret_on_the_clipboard_is_marked_and_goes_and_what_others_copy_stays(tmp_path: Path) -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"the clipboard was not looked at from outside: {' and '.join(missing)} not installed")
    environ = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        ["xvfb-run", "-a", sys.executable, str(Path(__file__).with_name("copying.py"))],
        env={**environ, "QT_QPA_PLATFORM": "xcb"}, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["text"]
    assert "x-kde-passwordManagerHint" in said["targets"]
    assert said["hint"] == "secret"
    assert not said["after"]
    assert said["theirs"] == "somebody else's"
    assert said["marked"] == ""  # X11 copies what is marked with the mouse
