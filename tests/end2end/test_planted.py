"""Unmistakable secrets and a person's name, planted everywhere: nothing that Latchkey writes, logs or lists holds them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TOOLS = ("dbus-run-session", "gnome-keyring-daemon", "xvfb-run")
SESSION = """
printf %s pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec xvfb-run -a -s "-screen 0 1280x800x24" "$0" "$@"
"""


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_nothing_that_is_written_holds_a_secret_and_no_log_a_name(tmp_path: Path) -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not searched for planted secrets: {' and '.join(missing)} not installed")
    places = {name: tmp_path / name for name in ("home", "runtime", "tmp")}
    for place in places.values():
        place.mkdir(mode=0o700)
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND")
    environ = {name: value for name, value in os.environ.items() if name not in unwanted and "XDG_" not in name}
    environ |= {
        "HOME": str(places["home"]), "XDG_RUNTIME_DIR": str(places["runtime"]), "TMPDIR": str(places["tmp"]),
        "LATCHKEY_LOG": "debug", "QT_QPA_PLATFORM": "xcb", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = ["dbus-run-session", "--", "bash", "-c", SESSION, sys.executable, str(HERE / "planted_run.py")]
    done = subprocess.run(
        [*command, str(tmp_path)], env=environ, capture_output=True, text=True, timeout=220, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    sys.stdout.write(f"\n{json.dumps(told)}\n")
    assert told["wizard"]["ended"] == 0, told
    assert told["wizard"]["token"], told
    assert told["reports"] == 2
    assert told["ends"].count(0) > 8  # what should work did
    assert sum(end != 0 for end in told["ends"]) > 8  # and what should fail did
    assert told["control"] == ["decoy.bin: piped", "decoy.bin: typed"]  # the search finds what is there
    assert told["searched"]["files"] > 15
    assert told["logged"] > 2_000
    assert told["listing"]["looks"] > 50
    assert told["elsewhere"] == []  # there is nothing to search besides
    assert told["searched"]["hits"] == []
    assert told["listing"]["hits"] == []
    # What is still in the wizard's memory is reported, not promised: Python and Qt keep copies.
    assert set(told["wizard"]["memory"]) == {"typed", "pasted", "token"}
