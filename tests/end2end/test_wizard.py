"""The wizard from start to saved files, on a screen, with the real mouse (see newcomer.py)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NEEDED = ("xvfb-run", "xdotool")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(any(shutil.which(tool) is None for tool in NEEDED), reason="needs xvfb and xdotool"),
]


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def answered(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the newcomer's run left behind, in each language."""
    folder = tmp_path_factory.mktemp("newcomer")
    environ = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, str(HERE / "newcomer.py"), str(folder),
         request.param],
        env={**environ, "QT_QPA_PLATFORM": "xcb", "HOME": str(folder)},
        capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stderr
    return folder


def test_the_files_are_those_that_the_command_line_makes(answered: Path, tmp_path: Path) -> None:
    draft, again = answered / "answers.latchkey.toml", tmp_path / "again"
    done = subprocess.run(
        [sys.executable, "-m", "latchkey", "compose", str(draft), "--out", str(again)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    by_wizard = {file.name: file.read_bytes() for file in (answered / "policies").glob("*.xml")}
    by_command = {file.name: file.read_bytes() for file in again.glob("*.xml")}
    assert len(by_wizard) == 6
    assert by_wizard == by_command


def test_the_policies_are_sound_and_show_the_buttons_in_that_order(answered: Path) -> None:
    policies = str(answered / "policies")
    check = subprocess.run([sys.executable, "-m", "latchkey", "check", policies], capture_output=True, check=False)
    assert check.returncode == 0, check.stdout
    shown = subprocess.run(
        [sys.executable, "-m", "latchkey", "show", policies, "--json"], capture_output=True, text=True, check=True
    )
    texts = {
        policy["id"]: [button["text"] for button in policy["buttons"]]
        for policy in json.loads(shown.stdout)["policies"]
        if policy["buttons"]
    }
    order = ["Contoso employees", "WeChat", "QQ"]
    assert texts == {"B2C_1A_signup_signin": order, "B2C_1A_ProfileEdit": order}


def test_every_page_was_seen(answered: Path) -> None:
    assert len(list(answered.glob("*.png"))) >= 23
