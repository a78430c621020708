"""What is printed is safe, in any encoding, into any pipe."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latchkey.cli import terminal
from latchkey.cli.layout import columns, width, wrapped
from latchkey.errors import LatchkeyError, Refused, Unreadable


def written(text: str, encoding: str = "utf-8") -> bytes:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    terminal.write(text, stream)
    return raw.getvalue()


@pytest.mark.parametrize(
    "evil",
    ["\x1b[31m", "\x9b31m", "\x07", "\r", "\x08", "\x7f", "\u202e", "\u2066", "\u200f", "\u2028", "\x00", "\ud800"],
)
def test_nothing_commands_the_terminal(evil: str) -> None:
    out = written(f"a{evil}b\n").decode()
    assert out.startswith("a\ufffd")
    assert not any(character in out for character in evil if character not in "[31m")


def test_lines_and_ordinary_letters_stay() -> None:
    assert written("微信\n\tQQ é 👋🏽").decode() == "微信\n\tQQ é 👋🏽\n"


def test_another_encoding_gets_the_nearest() -> None:
    assert written("“QQ” → 微信…", "ascii") == b'"QQ" -> ??...\n'
    assert written("“QQ” é", "latin-1") == b'"QQ" \xe9\n'


@given(st.text(), st.sampled_from(["utf-8", "ascii", "latin-1", "cp936", "utf-16"]))
def test_any_text_can_be_printed_anywhere(text: str, encoding: str) -> None:
    out = written(text, encoding).decode(encoding)
    assert out == "" or out.endswith("\n")
    assert "\x1b" not in out
    assert "\x9b" not in out


json_values: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, st.sampled_from(["utf-8", "ascii"]))
def test_json_comes_through_whole(value: Any, encoding: str) -> None:
    out = written(terminal.to_json(value), encoding).decode(encoding)
    assert encoding != "utf-8" or json.loads(out) == value
    assert not any(ord(character) < 32 and character != "\n" for character in out)


def test_json_shows_chinese_as_chinese() -> None:
    assert "微信" in terminal.to_json({"text": "微信"})


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp936"])
def test_json_into_a_pipe_that_is_not_utf8_is_ascii(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding=encoding))
    terminal.write(terminal.to_json({"text": "微信 é"}))
    assert json.loads(raw.getvalue().decode("ascii")) == {"text": "微信 é"}


def test_without_a_console_an_error_is_shown_in_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr("sys.stderr", None)
    monkeypatch.setattr(terminal, "_show_box", shown.append)
    terminal.complain(Refused("It is not a draft.", "Choose another file."))
    assert shown == ["It is not a draft.\n\nChoose another file."]


def test_a_reader_who_leaves_is_no_error_on_windows_either(monkeypatch: pytest.MonkeyPatch) -> None:
    class Left(io.StringIO):
        encoding = "utf-8"  # type: ignore[assignment]

        def write(self, text: str) -> int:
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr("sys.platform", "win32")
    terminal.write("x", Left())
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(Unreadable):
        terminal.write("x", Left())


def test_a_reader_who_leaves_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    stream = os.fdopen(writing, "w", encoding="utf-8")
    terminal.write("x" * 100_000, stream)
    stream.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as stream, pytest.raises(Unreadable, match="No space left"):
        terminal.write("x", stream)


def test_a_program_without_standard_output_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    terminal.write("x")


def test_an_error_is_two_lines_whatever_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.complain(Refused("one\nline \x1b[2J", "and\r\nanother"))
    assert capsys.readouterr().err == "one line \ufffd[2J\nand another\n"
    terminal.complain(LatchkeyError("only this"))
    assert capsys.readouterr().err == "only this\n"


def test_columns_count_chinese_letters_as_two() -> None:
    assert columns([("微信", "a"), ("QQQQQ", "b", "c")]) == ["微信   a", "QQQQQ  b  c"]


@given(st.text(max_size=400))
def test_wrapping_loses_no_word_and_keeps_the_width(text: str) -> None:
    lines = wrapped(text, 4)
    assert "".join("".join(lines).split()) == "".join(terminal.flat(text).split())
    assert all(width(line) <= 100 or " " not in line.strip() for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no terminals of this kind")
@pytest.mark.parametrize(("wide", "most"), [(60, 60), (300, 100), (7, 40), (0, 100)])
def test_lines_fit_the_terminal(monkeypatch: pytest.MonkeyPatch, wide: int, most: int) -> None:
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    try:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, wide, 0, 0))
        with os.fdopen(os.dup(theirs), "w") as terminal:
            monkeypatch.setattr(sys, "stdout", terminal)
            lines = wrapped("word " * 100, 4)
            monkeypatch.undo()
    finally:
        os.close(ours)
        os.close(theirs)
    assert most - 4 <= max(map(width, lines)) <= most
