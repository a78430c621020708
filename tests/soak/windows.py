"""The writer with Windows' own rules about open files, under Wine, where a Python for Windows was fetched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
LONG = 15  # seconds that Wine alone takes
PYTHON = HERE.parents[1] / "build/windows/python/python.exe"


def run(until: float) -> str:
    """Once; it takes half a minute, most of it Wine's."""
    if shutil.which("wine") is None or not PYTHON.exists():
        return "not tried: there is no Wine, or no Python for it (make windows-installer)"
    if until - time.monotonic() < LONG:
        return "not tried: no time"
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "WINEPREFIX": folder, "WINEDEBUG": "-all"}
        environ.pop("DISPLAY", None)
        done = subprocess.run(["wine", str(PYTHON), str(HERE / "on_windows.py")], env=environ, capture_output=True,
                              text=True, timeout=180, check=False)  # fmt: skip
        subprocess.run(["wineserver", "-k"], env=environ, capture_output=True, check=False)
    if done.returncode:
        raise AssertionError(done.stdout + done.stderr)
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["replaced"] == {"A.xml": "new a", "B.xml": "old b", "D.xml": "new d"}, said
    assert said["lives"] == [True, False], said
    assert said["busy"], said
    assert "Another program holds a file open" in said["held"], said
    assert 2 < said["tried for"] < 30, said
    assert said["untouched"], said
    assert ".latchkey-writing" in said["half"], said
    assert len(said["healed"]) == 1, said
    assert said["as before"], said
    assert said["whole"] == [{"draft.toml": "2"}, {"now": "a folder"}, {"a": "2"}], said
    return "replaced, waited for, held open, stopped and healed: all as it should be"
