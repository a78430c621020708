"""Which patterns of provider files may be used: those that end soon, whatever they are compared with."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.composing import catalogue
from latchkey.catalogue.patterns import LONGEST, is_quick, matches

ENDLESS = (
    "(a+)+", "(a|a)*b", "(a|aa)+$", "(.*)*", "a*a*a*a*b", "((a{1,9}){1,9}){1,99}x", "(a?){50}a{50}", r"([a-z]+)*\d",
    "(x[a-z]+)+y", "(.a+)+", r"(\w+\s?)+$", "(?:a+){2,50}", "(?=(a+)+b)a", "(?i:(A+)+)b", "a?" * 30 + "a" * 30, r"(a)(\1+)+",
)  # fmt: skip
PIECES = st.sampled_from(
    ["a", "b", ".", "[a-z]", r"\.", "a+", "a*", "[ab]+", "(", ")", "|", "{2,9}", "{2,}", "?", "+", "(?:", "-"]
)


@pytest.mark.parametrize("pattern", ENDLESS)
def test_one_that_may_take_for_ever_is_not_used(pattern: str) -> None:
    assert not is_quick(pattern)


def test_one_that_a_later_python_reads_in_another_way_is_none() -> None:
    with pytest.raises(re.error):
        is_quick("[[a]")


def test_all_of_ours_may_be_used() -> None:
    found = [
        part.pattern
        for entry in catalogue().values()
        for part in (entry.client_id, entry.secret, *entry.settings)
        if part is not None and part.pattern
    ]
    assert len(found) > 20
    assert all(map(is_quick, found))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=8).map("".join), st.sampled_from(["a", "ab", "a.", "-a"]))
def test_what_may_be_used_is_quick(pattern: str, letters: str) -> None:
    try:
        quick = is_quick(pattern)
    except re.error:
        return
    if quick:
        start = time.process_time()
        matches(pattern, letters * 100 + "!")
        assert time.process_time() - start < 1


def test_what_is_longer_than_any_id_does_not_fit() -> None:
    assert matches("a+", "a" * LONGEST)
    assert not matches("a+", "a" * (LONGEST + 1))
