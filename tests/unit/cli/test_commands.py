"""Arguments, help, and what happens at the border."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from helpers import writing
from helpers.command import Command
from latchkey import __version__
from latchkey.cli import commands
from latchkey.cli.opening import COMMANDS
from latchkey.errors import Cancelled
from latchkey.files import replacing


def test_version(latchkey: Command) -> None:
    assert latchkey("--version") == (0, f"latchkey {__version__}\n", "")


@pytest.mark.parametrize("words", [["--help"], *[[command, "--help"] for command in COMMANDS]])
def test_help(latchkey: Command, words: list[str]) -> None:
    done = latchkey(*words)
    assert (done.status, done.err) == (0, "")
    assert "latchkey" in done.out


def test_a_command_that_there_is_not_answers_in_json_too(latchkey: Command) -> None:
    done = latchkey("chek", "folder", "--json")
    assert done.status == 2
    assert "chek" in done.json["error"]["message"]


def test_a_word_too_many_is_told_with_the_command_s_own_usage(latchkey: Command) -> None:
    done = latchkey("providers", "wechat", "qq")
    assert done.status == 2
    assert done.told[0] == "Unrecognized arguments: qq."
    assert "Usage: latchkey providers " in done.told[1]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["compose", "{draft}", "--out", ""], "--out"),
        (["compose", "{draft}", "--into="], "--into"),
        (["compose", "", "--out", "x"], "argument"),
        (["undo", ""], "argument"),
        (["check", "{draft}", ""], "argument"),
        (["secrets", "set", "", "Key"], "argument"),
    ],
)
def test_an_empty_argument_is_not_this_folder(
    latchkey: Command, contoso: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], named: str
) -> None:
    """As `--out "$FOLDER"` is where nobody has set FOLDER."""
    monkeypatch.chdir(tmp_path)
    done = latchkey(*(word.format(draft=contoso) for word in words))
    assert (done.status, done.out) == (2, "")
    assert named in done.told[0]
    assert list(tmp_path.iterdir()) == []


def test_the_help_names_every_command(latchkey: Command) -> None:
    out = latchkey("--help").out
    assert all(command in out for command in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ["compose"],
        ["compose", "x.toml"],
        ["compose", "x.toml", "--out"],
        ["compose", "x.toml", "--out", "o", "--nonsense"],
        ["check"],
        ["show"],
        ["guide"],
        ["guide", "x", "y"],
        ["providers", "a", "b"],
        ["secrets"],
        ["secrets", "steal"],
        ["secrets", "set", "contoso"],
        ["secrets", "list", "contoso"],
        ["--nonsense"],
        ["--language"],
        ["--language", "en"],
        ["providers", "--language", "tlh"],
        ["chek", "folder"],
        ["nonsense"],
        ["a\x1b[2Jb"],
        ["a.toml", "b.toml"],
    ],
)
def test_wrong_usage_is_two_lines_and_2(latchkey: Command, words: list[str]) -> None:
    done = latchkey(*words)
    assert (done.status, done.out) == (2, "")
    assert all(line.isprintable() for line in done.told)


def test_a_typing_mistake_is_guessed(latchkey: Command) -> None:
    assert "compose" in latchkey("compsoe").told[1]


def test_an_error_with_json_is_a_json_document_too(latchkey: Command) -> None:
    done = latchkey("show", "/nowhere", "--json")
    assert done.status == 2
    assert done.json == {"error": {"message": done.told[0], "hint": done.told[1]}}


@pytest.mark.parametrize(
    "words",
    [
        ["providers", "--language", "zh_CN"],
        ["--language", "zh_CN", "providers"],
        ["--language=zh_CN", "providers"],
        ["providers", "--language=zh_CN"],
    ],
)
def test_the_language_may_stand_on_either_side(
    latchkey: Command, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(commands, "set_language", asked.append)
    assert latchkey(*words).status == 0
    assert asked == ["zh_CN"]


def test_without_the_option_the_system_s_language_is_read(latchkey: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(commands, "set_language", asked.append)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    latchkey("providers")
    assert asked == ["zh_CN"]


def test_a_defect_is_told_as_one(latchkey: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("latchkey.cli.providers.run", broken)
    done = latchkey("providers")
    assert done.status == 1
    assert "has made a mistake (ZeroDivisionError)" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt(), 130), (Cancelled("Stopped."), 1)])
def test_stopping(latchkey: Command, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int) -> None:
    def stopped(_: object) -> None:
        raise error

    monkeypatch.setattr("latchkey.cli.providers.run", stopped)
    assert latchkey("providers").status == status


# The wizard -------------------------------------------------------------------------------------------------------


class Window:
    """Stands for latchkey.gui.application, which this test must not load."""

    def __init__(self) -> None:
        self.opened: list[str | None] = []

    def run(self, path: str | None) -> int:
        self.opened.append(path)
        return 0


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Window:
    stand_in: Any = Window()
    monkeypatch.setitem(sys.modules, "latchkey.gui.application", stand_in)
    monkeypatch.setenv("DISPLAY", ":99")
    return stand_in


def test_without_arguments_the_wizard_opens(latchkey: Command, window: Window) -> None:
    assert latchkey() == (0, "", "")
    assert window.opened == [None]


@pytest.mark.parametrize("path", ["missing.latchkey.toml", "./check", "folder/draft", "."])
def test_a_path_opens_the_wizard(latchkey: Command, window: Window, path: str) -> None:
    assert latchkey(path).status == 0
    assert window.opened == [path]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a screen can be missing")
def test_without_a_screen_the_wizard_says_so(
    latchkey: Command, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    done = latchkey()
    assert done.status == 1
    assert "display" in done.told[0]
    assert window.opened == []


def test_without_qt_the_wizard_says_so(latchkey: Command, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "latchkey.gui.application", None)
    done = latchkey()
    assert done.status == 1
    assert "PySide6" in done.told[1]


def test_what_a_killed_latchkey_left_is_put_in_order_and_said(
    latchkey: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    writing.a_set(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(replacing, "_replace", stop)
        patch.setattr(replacing, "_go_back", lambda *_arguments, **_named: None)
        with pytest.raises(KeyboardInterrupt):
            writing.replace_set(tmp_path)
    assert "was stopped" not in latchkey("providers").err  # it reads no policies
    done = latchkey("show", tmp_path / "policies")
    assert "Latchkey was stopped while it wrote into" in done.err.splitlines()[0]
    assert "was stopped" not in latchkey("show", tmp_path / "policies").err
