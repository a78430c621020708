"""The keychain against a real Secret Service, gnome-keyring on a D-Bus session of its own, without a display: unlocked,
locked, absent, slow and failing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
PLACE = "this computer's keyring (Secret Service)"
Talk = Callable[..., dict[str, Any]]

# One call to another after $0 (this Python) and $1 (what it runs); the keyring ends with the session.
UNLOCKED = """
printf %s pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec "$0" -c "$1"
"""
WITHOUT_UNLOCKING = """
gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1
exec "$0" -c "$1"
"""

BEGIN = """
import json, os, signal, subprocess, sys, threading, time
from latchkey.secrets import Keychain, KeyringFailed
said = {}

def lock():
    import secretstorage
    bus = secretstorage.dbus_init()
    secretstorage.get_default_collection(bus).lock()
    bus.close()

def daemon():
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection
    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    with open_dbus_connection() as connection:
        asked = new_method_call(bus, "GetConnectionUnixProcessID", "s", ("org.freedesktop.secrets",))
        return connection.send_and_get_reply(asked).body[0]

def tried(work):
    start = time.monotonic()
    try:
        work()
    except KeyringFailed as error:
        return {"told": str(error), "locked": error.locked, "quick": time.monotonic() - start < 5}
"""


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Runs a few lines in a session with a keyring; what they put into `said`."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(
            f"not tried with a real keyring: {' and '.join(missing)} not installed (Debian: gnome-keyring dbus)"
        )

    def run(lines: str, session: str = UNLOCKED, *, bus: bool = True) -> dict[str, Any]:
        runtime, home = tmp_path / "runtime", tmp_path / "keyring-home"
        runtime.mkdir(mode=0o700, exist_ok=True)
        home.mkdir(exist_ok=True)
        unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "XDG_DATA_HOME")
        environ = {name: value for name, value in os.environ.items() if name not in unwanted}
        environ |= {"XDG_RUNTIME_DIR": str(runtime), "HOME": str(home)}
        code = BEGIN + lines + "\nprint(json.dumps(said))"
        command = ["dbus-run-session", "--", "bash", "-c", session, sys.executable, code]
        done = subprocess.run(
            command if bus else [sys.executable, "-c", code],
            env=environ, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return said

    return run


@pytest.mark.slow
def test_unlocked_it_keeps_replaces_lists_and_forgets(talk: Talk) -> None:
    said = talk("""
first, second = Keychain(), Keychain()
said |= {"place": first.place, "lasting": first.lasting, "before": first.get("contoso", "WeChatSecret")}
first.set("contoso", "WeChatSecret", "old")
first.set("contoso", "WeChatSecret", "微 & <secret> 1200:" + "x" * 1182)
said["again"] = second.get("Contoso", "wechatsecret")
said["stored"] = second.stored()
said["known"] = [second.knows("contoso", "WeChatSecret"), second.knows("contoso", "QQSecret")]
said["deleted"] = [second.delete("contoso", "WeChatSecret"), second.delete("contoso", "WeChatSecret")]
said["after"] = [first.has("contoso", "WeChatSecret"), first.knows("contoso", "WeChatSecret")]
""")
    assert said["place"] == PLACE
    assert said["lasting"]
    assert said["before"] is None
    assert said["again"] == "微 & <secret> 1200:" + "x" * 1182
    assert said["stored"] == [["contoso", "WeChatSecret", None]]
    assert said["known"] == [True, False]
    assert said["deleted"] == [True, False]
    assert said["after"] == [False, False]


@pytest.mark.slow
def test_finding_it_starts_no_other_program(talk: Talk) -> None:
    """`keyring` itself starts the C compiler on Linux, to look for a Mac's keyring."""
    said = talk("""
started = []
sys.addaudithook(lambda event, told: started.append(event) if event in ("subprocess.Popen", "os.system") else None)
chain = Keychain()
chain.set("contoso", "WeChatSecret", "one")
said |= {"place": chain.place, "started": started}
""")
    assert said == {"place": PLACE, "started": []}


@pytest.mark.slow
def test_locked_it_is_known_what_is_stored_and_nothing_is_lost(talk: Talk) -> None:
    said = talk("""
chain = Keychain()
chain.set("contoso", "WeChatSecret", "one")
lock()
said["read"] = tried(lambda: chain.get("contoso", "WeChatSecret"))
said["known"] = [Keychain().knows("contoso", "WeChatSecret"), Keychain().knows("contoso", "QQSecret")]
said["stored"] = Keychain().stored()
said["write"] = tried(lambda: chain.set("contoso", "QQSecret", "two"))
chain.keep_for_now("contoso", "QQSecret", "two")
said["for now"] = [chain.for_now("contoso", "QQSecret"), chain.get("contoso", "QQSecret")]
said["settle"] = tried(lambda: chain.settle("contoso", "QQSecret"))
subprocess.run(["gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets"], input=b"pw",
               capture_output=True)
said["settled"] = chain.settle("contoso", "QQSecret")
said["then"] = [chain.for_now("contoso", "QQSecret"), Keychain().get("contoso", "QQSecret"),
                Keychain().get("contoso", "WeChatSecret")]
""")
    for call in ("read", "write", "settle"):
        assert said[call]["locked"], call
        assert "locked" in said[call]["told"]
        assert said[call]["quick"]
    assert said["known"] == [True, False]
    assert said["stored"] == [["contoso", "WeChatSecret", None]]
    assert said["for now"] == [True, "two"]
    assert said["settled"]
    assert said["then"] == [False, "two", "one"]


@pytest.mark.slow
def test_a_keyring_that_was_never_opened_says_so(talk: Talk) -> None:
    said = talk('chain = Keychain()\nsaid["write"] = tried(lambda: chain.set("contoso", "QQSecret", "x"))',
                WITHOUT_UNLOCKING)  # fmt: skip
    assert said["write"]["locked"]
    assert said["write"]["quick"]


@pytest.mark.slow
def test_absent_memory_does_and_the_way_to_mend_it_is_said(talk: Talk) -> None:
    said = talk("""
chain = Keychain()
chain.set("contoso", "QQSecret", "x")
said |= {"lasting": chain.lasting, "place": chain.place, "mend": chain.mend, "got": chain.get("contoso", "QQSecret"),
         "stored": chain.stored()}
""", bus=False)  # fmt: skip
    assert not said["lasting"]
    assert said["place"] == "memory, until Latchkey is closed"
    assert "Install GNOME Keyring" in said["mend"]
    assert said["got"] == "x"
    assert said["stored"] == [["contoso", "QQSecret", None]]


@pytest.mark.slow
def test_one_that_is_set_up_later_takes_what_was_kept(talk: Talk) -> None:
    said = talk("""
address = os.environ.pop("DBUS_SESSION_BUS_ADDRESS")
chain = Keychain()
chain.set("contoso", "QQSecret", "x")
said["before"] = [chain.lasting, chain.settle("contoso", "QQSecret"), chain.get("contoso", "QQSecret")]
os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
said["settled"] = [chain.settle("contoso", "QQSecret"), chain.lasting, chain.for_now("contoso", "QQSecret")]
said["other"] = Keychain().get("contoso", "QQSecret") or chain.get("contoso", "QQSecret")
""")
    assert said["before"] == [False, False, "x"]
    assert said["settled"] == [True, True, False]
    assert said["other"] == "x"


@pytest.mark.slow
def test_slow_it_is_waited_for_on_another_thread(talk: Talk) -> None:
    """As long as the window stands in which somebody types the password. SIGSTOP stands in for it."""
    said = talk("""
chain = Keychain()
chain.set("contoso", "WeChatSecret", "one")
pid = daemon()
os.kill(pid, signal.SIGSTOP)
got = []
reader = threading.Thread(target=lambda: got.append(chain.get("contoso", "WeChatSecret")))
reader.start()
reader.join(1)
said["waits"] = reader.is_alive()
os.kill(pid, signal.SIGCONT)
reader.join(20)
said["got"] = got
""")
    assert said == {"waits": True, "got": ["one"]}


@pytest.mark.slow
def test_failing_it_is_one_clear_line_and_the_secret_stays_for_now(talk: Talk) -> None:
    """Its process dies, and the session forgets its name at once."""
    said = talk("""
chain = Keychain()
chain.set("contoso", "WeChatSecret", "one")
os.kill(daemon(), signal.SIGKILL)
time.sleep(0.2)
said["write"] = tried(lambda: chain.set("contoso", "QQSecret", "do not say me"))
chain.keep_for_now("contoso", "QQSecret", "do not say me")
said["got"] = chain.get("contoso", "QQSecret")
said["known"] = chain.knows("contoso", "QQSecret")
""")
    assert said["write"] is not None
    assert said["write"]["quick"]
    assert "do not say me" not in said["write"]["told"]
    assert said["got"] == "do not say me"
    assert said["known"]


@pytest.mark.slow
def test_the_command_line_uses_it(talk: Talk) -> None:
    said = talk("""
def run(*words, typed=""):
    done = subprocess.run([sys.executable, "-m", "latchkey", "secrets", *words], input=typed, capture_output=True,
                          text=True)
    return [done.returncode, done.stdout + done.stderr]
said["set"] = run("set", "contoso", "B2C_1A_WeChatSecret", "--expires", "2031-01-01", typed="hush hush\\n")
said["list"] = run("list")
said["got"] = Keychain().get("contoso", "WeChatSecret")
said["delete"] = run("delete", "contoso", "WeChatSecret")
said["empty"] = run("list")
lock()
said["locked"] = run("set", "contoso", "QQSecret", typed="hush hush\\n")
""")
    assert said["set"] == [0, f"The secret WeChatSecret of contoso is in {PLACE}.\n"]
    assert "2031-01-01" in said["list"][1]
    assert said["got"] == "hush hush"
    assert said["delete"][0] == 0
    assert said["empty"] == [0, "No secrets are stored.\n"]
    assert said["locked"][0] == 1
    assert "locked" in said["locked"][1]
    assert "hush" not in json.dumps({name: value for name, value in said.items() if name != "got"})
