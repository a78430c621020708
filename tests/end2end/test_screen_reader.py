"""The real wizard through AT-SPI, as a screen reader meets it: under Xvfb, with a D-Bus session of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SYSTEM_PYTHON = "/usr/bin/python3"
NEEDED = ("xvfb-run", "dbus-run-session", "xdotool", "openbox")
# What somebody can act on, and so must be able to name.
CONTROLS = {
    "push button", "toggle button", "check box", "radio button", "text", "password text", "combo box", "list", "list item",
    "table", "tree table", "menu item", "link", "entry",
}  # fmt: skip

# The wizard and its reader in one session: the reader ends, then the wizard is ended.
SESSION = """
openbox >/dev/null 2>&1 &
manager=$!
"$0" -m latchkey "$1" >"$2/wizard.log" 2>&1 &
wizard=$!
"$3" "$4"
status=$?
kill $wizard $manager
wait $wizard $manager 2>/dev/null
exit $status
"""


def at_spi() -> bool:
    """Whether this machine has what screen readers use."""
    if any(shutil.which(tool) is None for tool in NEEDED) or not Path(SYSTEM_PYTHON).exists():
        return False
    asked = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    return subprocess.run(asked, capture_output=True, check=False, env={"PATH": os.defpath}).returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not at_spi(), reason="needs xvfb, dbus, openbox, xdotool, at-spi2-core and python3-pyatspi"),
]


class Listener:
    """Asks the reader and gets its answers."""

    def __init__(self, folder: Path, draft: Path) -> None:
        environ = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.process = subprocess.Popen(
            ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", "dbus-run-session", "--", "sh", "-c", SESSION,
             sys.executable, str(draft), str(folder), SYSTEM_PYTHON, str(HERE / "screen_reader.py")],
            env={**environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1",
                 "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
        )  # fmt: skip

    def __call__(self, command: str, *words: str) -> Any:
        """One question, one answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([command, *words]) + "\n")
        self.process.stdin.flush()
        line = next((line for line in self.process.stdout if line.startswith("{")), "")  # the bus has its say, too
        assert line, "the reader has gone"
        answer = json.loads(line)
        assert "error" not in answer, answer
        return answer["answer"]

    def close(self) -> None:
        """No more questions: the session ends by itself."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process.stdout.close()


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    """A wizard on a copy of the example, and somebody who can't see it."""
    folder = tmp_path_factory.mktemp("reader")
    draft = folder / "contoso.latchkey.toml"
    draft.write_bytes((ROOT / "resources/examples/contoso.latchkey.toml").read_bytes())
    listener = Listener(folder, draft)
    listener("press", "push button", "Begin")  # the welcome of the first start
    yield listener
    listener.close()
    log = (folder / "wizard.log").read_text()
    assert "Traceback" not in log, log


STEPS = ("Start", "Your tenant", "Accounts", "Sign-in buttons")


def go(ask: Listener, step: str) -> None:
    """Be on that page, wherever one was: tests of this file may run alone and in any order."""
    ask("keys", *["alt+Left"] * len(STEPS), *["alt+Right"] * STEPS.index(step))


def test_the_steps_are_a_list_that_tells_their_states(ask: Listener) -> None:
    assert ask("about", "list", "Steps")["states"].count("focusable") == 1
    steps = [node["name"] for node in ask("tree") if node["role"] == "list item"]
    assert steps[:4] == ["Start, done", "Your tenant, done", "Accounts, done", "Sign-in buttons, done"]
    assert any(name.startswith("WeChat, ") for name in steps)


def test_every_control_has_a_name(ask: Listener) -> None:
    nameless = [
        node for node in ask("tree")
        if node["role"] in CONTROLS and "focusable" in node["states"] and not node["name"].strip()
    ]  # fmt: skip
    assert nameless == []


def test_a_question_stands_with_its_answers(ask: Listener) -> None:
    go(ask, "Start")
    names = [node["name"] for node in ask("tree")]
    question = names.index("What will you set up?")
    assert question < names.index("Custom policies") < names.index("User flows")
    chosen = ask("about", "radio button", "Custom policies")
    assert "checked" in chosen["states"]
    assert chosen["description"].startswith("Files that describe every detail")


def test_next_is_pressed_and_the_page_is_announced(ask: Listener) -> None:
    go(ask, "Start")
    assert ask("press", "push button", "Next: Your tenant")
    assert ask("hears", "Your tenant")
    field = ask("focused")
    assert field["role"] == "text"
    assert field["name"] == "Your tenant (tenant name)"
    assert field["description"].startswith("Paste what you have")


def test_a_text_that_is_dictated_is_an_answer(ask: Listener) -> None:
    go(ask, "Your tenant")
    assert ask("put", "text", "Your tenant (tenant name)", "fabrikam") == "fabrikam"
    assert ask("about", "label", "fabrikam — Your tenant")


def test_a_wrong_answer_is_told_with_its_field(ask: Listener) -> None:
    go(ask, "Your tenant")
    ask("put", "text", "Custom domain", "https://wrong/")
    assert ask("describes", "text", "Custom domain", "wrong")


def test_a_row_is_moved_with_the_keyboard_and_its_place_is_spoken(ask: Listener) -> None:
    go(ask, "Sign-in buttons")
    ask("focus", "list", "Sign-in buttons, from top to bottom")
    ask("keys", "Home", "alt+Down")
    assert "2 of 3" in ask("hears", "2 of 3")
