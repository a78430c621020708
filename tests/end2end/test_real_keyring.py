"""The keychain against a real Secret Service: gnome-keyring on a D-Bus session of its own, without a display."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

TOOLS = ("dbus-run-session", "gnome-keyring-daemon")

SESSION = """
printf %s pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec "$0" -c "$1"
"""

TALK = """
import json, sys
from latchkey.secrets import Keychain, KeyringFailed
first, second = Keychain(), Keychain()
said = {"place": first.place, "lasting": first.lasting, "before": first.get("contoso", "WeChatSecret")}
first.set("contoso", "WeChatSecret", "微 & <secret> 1200:" + "x" * 1182)
said["again"] = second.get("Contoso", "wechatsecret")
said["stored"] = second.stored()
said["deleted"] = [second.delete("contoso", "WeChatSecret"), second.delete("contoso", "WeChatSecret")]
said["after"] = first.has("contoso", "WeChatSecret")
import secretstorage
bus = secretstorage.dbus_init()
secretstorage.get_default_collection(bus).lock()
bus.close()
try:
    first.set("contoso", "WeChatSecret", "x")
except KeyringFailed as error:
    said["locked"] = str(error)
print(json.dumps(said))
"""


@pytest.mark.slow
def test_a_real_secret_service_keeps_replaces_and_forgets(tmp_path):
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(
            f"not tried with a real keyring: {' and '.join(missing)} not installed (Debian: gnome-keyring dbus)"
        )
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND")
    environ = {name: value for name, value in os.environ.items() if name not in unwanted}
    environ["XDG_RUNTIME_DIR"] = str(runtime)
    command = ["dbus-run-session", "--", "bash", "-c", SESSION, sys.executable, TALK]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["place"] == "this computer's keyring (Secret Service)"
    assert said["lasting"]
    assert said["before"] is None
    assert said["again"] == "微 & <secret> 1200:" + "x" * 1182
    assert said["stored"] == [["contoso", "WeChatSecret"]]
    assert said["deleted"] == [True, False]
    assert not said["after"]
    assert "locked" in said["locked"]
