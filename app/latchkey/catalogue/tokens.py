"""Just enough of TOML's grammar to look at a file before and after it is parsed: where strings end and headers stand.

A draft may come from a stranger, and the parser takes quadratic time and more for keys with very many dots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

MOST_DOTS = 8  # a key of a draft has at most three: providers.settings.scope

_TOKEN = r'''
      (?P<string> """(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)
                | \'\'\'(?:[^']|'(?!''))*+(?:'{3,5}|\Z)
                | "(?:[^"\\\n]|\\[^\n])*+"?
                | '[^'\n]*+'? )
    | (?P<comment> \#[^\n]*+ )
    | (?P<bare> [^\s"'\#\[\]{}.=,]++ )
    | (?P<space> [^\S\n]++ )
    | (?P<mark> . )
    '''


class Header(NamedTuple):
    """`[tenant]` or `[[providers]]`: where its line starts, and the line itself."""

    offset: int
    line: str


@cache
def _token() -> re.Pattern[str]:
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


def has_endless_key(text: str) -> bool:
    """Whether a key has more dots than any of ours. Keys end with their line, so most texts are told by their lines."""
    return any(line.count(".") > MOST_DOTS for line in text.split("\n")) and dots_in_longest_key(text) > MOST_DOTS


def dots_in_longest_key(text: str) -> int:
    """How many dots the longest key has (or what stands where a key may stand)."""
    longest = dots = 0
    for match in _token().finditer(text):
        mark = match.group("mark")
        if mark == ".":
            dots += 1
            longest = max(longest, dots)
        elif mark is not None:
            dots = 0
    return longest


def headers(text: str) -> Iterator[Header]:
    """The table headers, in the order of the file. The text must be TOML."""
    depth = 0
    at_line_start = True
    for match in _token().finditer(text):
        mark = match.group("mark")
        if mark == "[" and depth == 0 and at_line_start:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.start())
            yield Header(start, text[start : end if end >= 0 else len(text)])
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        at_line_start = mark == "\n" or (at_line_start and match.group("space") is not None)
