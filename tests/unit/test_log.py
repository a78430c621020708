"""Logs and reports: what is known to be harmless, and nothing else."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latchkey import log
from latchkey.errors import Refused

SECRET = "hush-hush-7Q~kF8"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a logger of ours writes with everything switched on."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(log._Clean())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def test_numbers_kinds_of_errors_and_our_own_words_pass(lines: io.StringIO) -> None:
    logging.getLogger("latchkey.x").warning("%s in %d ms: %s", log.Plain("compose"), 12, "OSError")
    assert lines.getvalue() == "WARNING latchkey.x: compose in 12 ms: OSError\n"


def test_other_texts_do_not(lines: io.StringIO) -> None:
    logging.getLogger("latchkey.x").warning("%s, %r, %s", SECRET, [SECRET], {"a": SECRET})
    logging.getLogger("latchkey.x").warning("%(a)s", {"a": SECRET})
    logging.getLogger("keyring").error("could not store %s", SECRET)
    logging.getLogger("jeepney").error(SECRET)
    assert SECRET not in lines.getvalue()
    assert lines.getvalue().count(log.HIDDEN) == 6


def test_an_error_is_told_by_place_and_kind(lines: io.StringIO) -> None:
    try:
        try:
            json.loads(f'{{"{SECRET}": ')
        except ValueError as error:
            raise Refused(f"{SECRET} is not right.", f"Not {SECRET}.") from error
    except Refused:
        logging.getLogger("latchkey.x").exception("stopped")
    said = lines.getvalue()
    assert SECRET not in said
    assert "JSONDecodeError" in said
    assert "Refused" in said
    assert "test_log.py:" in said
    assert "decoder.py:" in said


class Thing:
    """Something that lacks something."""


def first(things: list[int]) -> int:
    return things[0]


def look_up(table: dict[str, int], key: str) -> int:
    return table[key] + table["accounts"]


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: Thing().colour, "AttributeError: 'Thing' object has no attribute 'colour'"),
        (lambda: look_up({"a": 1}, "a"), "KeyError: 'accounts'"),
        (lambda: look_up({}, SECRET), "KeyError: '█████'"),
        (lambda: first([]), "IndexError: list index out of range"),
        (lambda: None.colour, "AttributeError: 'NoneType' object has no attribute 'colour'"),
        (
            lambda: Path(f"/{SECRET}/{SECRET}").read_bytes(),
            "FileNotFoundError: [Errno 2] No such file or directory: '/█████/█████'",
        ),
        (lambda: int(SECRET), "ValueError: invalid literal for int() with base 10: '█████'"),
    ],
)
def test_pythons_own_words_pass_and_values_do_not(work: Callable[[], object], said: str) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011
        work()
    *_places, told = log.told(raised.value)
    assert re.sub(r"█+([ -~/]*█+)*", log.HIDDEN, told) == re.sub(r"█+([ -~/]*█+)*", log.HIDDEN, said)


@given(st.text(min_size=5).filter(lambda text: not set(text) <= set("█'\"\\ ") and text.strip()))
def test_no_message_tells_what_was_in_it(private: str) -> None:
    text = log.words(private)
    known = {*log._SAID}
    for word in re.findall(log._WORD, private):
        if word not in known and len(word) > 4 and not log._is_qts(word):
            assert word not in re.findall(log._WORD, text)


def test_the_last_lines_are_kept_for_a_report() -> None:
    logger = logging.getLogger("latchkey")
    level = logger.level
    try:
        log.remember()
        log.remember()
        logging.getLogger("latchkey.gui").info("job %s: %s", log.Plain("save"), SECRET)
        assert log.recent() == [f"INFO latchkey.gui: job save: {log.HIDDEN}"]
    finally:
        logger.setLevel(level)
        logger.handlers = [one for one in logger.handlers if not isinstance(one, log._Recent)]


def test_without_a_log_nothing_is_said_on_standard_error(tmp_path: Path) -> None:
    """Python would print what a logger says to nobody, as it is."""
    code = f"""
from latchkey.log import logger
logger("latchkey.x").error("%s", {SECRET!r})
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""
