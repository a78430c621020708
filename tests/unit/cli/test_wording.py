"""argparse's own words, in ours."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import pytest

from latchkey.cli import wording
from latchkey.cli.parser import build
from latchkey.cli.wording import Parser, in_our_words
from latchkey.errors import WrongUsage

WRONG = (
    ["compose"],
    ["compose", "x", "--out"],
    ["check"],
    ["check", "x", "--in-azure"],
    ["compose", "x"],
    ["compose", "x", "--out", "a", "--into", "b"],
    ["check", "x", "--language", "xx"],
    ["secrets", "foo"],
    ["show", "x", "--nonsense"],
)

OWN = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "show program's version number and exit",
)


def said(call: Callable[[], object]) -> str:
    with pytest.raises(WrongUsage) as caught:
        call()
    return caught.value.message


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_what_argparse_says_is_known(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """So it can be translated: each message of this Python's argparse finds its sentence."""
    plain = said(lambda: build().parse_args(words))
    monkeypatch.setattr(wording, "_", lambda sentence: f"*{sentence}")
    assert said(lambda: build().parse_args(words)) == f"*{plain}"


def test_at_least_one() -> None:
    parser = Parser()
    parser.add_argument("--names", nargs="+")
    assert said(lambda: parser.parse_args(["--names"])) == "Argument --names: expected at least one argument."


def test_a_message_that_nobody_knows_is_told_as_it_is() -> None:
    assert in_our_words("something new") == "Something new."
    assert in_our_words("is it?") == "Is it?"


def test_the_help_has_no_word_of_argparse_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argparse, "_", lambda word: f"@{word}@" if word in OWN else word)
    parser = build()
    helps = [parser.format_help()]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps += [command.format_help() for command in action.choices.values()]
    assert len(helps) > 8
    assert "@" not in "".join(helps)


def test_each_heading_stands_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(wording, "_", lambda sentence: f"*{sentence}")
    with pytest.raises(SystemExit):
        build().parse_args(["check", "--help"])
    out = capsys.readouterr().out
    assert [out.count(heading) for heading in ("*Usage:", "*arguments:", "*options:")] == [1, 1, 1]
