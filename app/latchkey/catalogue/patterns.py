"""Patterns of provider files: which may be used. A provider file can be a stranger's, and some patterns never end.

What takes exponential time repeats something that itself repeats, or that can be read in two ways; what takes a high
power of the length has many parts without an end beside each other. Neither is needed to say what an id looks like.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

LONGEST = 1_000  # characters of a text that is compared with a pattern
_MOST_ENDLESS = 3  # parts without an end that one pattern may have
_MOST_OPEN = 6  # parts of which there may be more or fewer
_MANY = 100  # times: as good as without an end
_MOST_LETTERS = 500  # of a pattern


def matches(pattern: str, text: str) -> bool:
    """Whether all of the text is as the pattern says. What is longer than any id or secret does not fit."""
    return len(text) <= LONGEST and re.fullmatch(pattern, text) is not None


def is_quick(pattern: str) -> bool:
    """Whether comparing with it takes no time to speak of, whatever it is compared with. Raises re.error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)  # what a later Python would read in another way
        try:
            re.compile(pattern)
        except FutureWarning as warning:
            raise re.error(str(warning)) from warning
    if len(pattern) > _MOST_LETTERS:
        return False
    found = list(_repeats(_parsed(pattern)))
    endless = sum(each.most > _MANY for each in found)
    is_open = sum(each.most > each.least for each in found)
    simple = all(_is_simple(each.body) for each in found if each.most > 1)
    return endless <= _MOST_ENDLESS and is_open <= _MOST_OPEN and simple


class _Repeat(NamedTuple):
    """A part of a pattern that is repeated: how often, and what."""

    least: int
    most: int
    body: list[tuple[Any, Any]]


def _is_simple(body: list[tuple[Any, Any]]) -> bool:
    """Whether what is repeated can be read in one way only: one letter, a fixed run of letters, or a letter that is
    followed by others than it (`(-[a-z]+)+`).
    """
    inner = [item for item in body if str(item[0]) not in _LETTERS]
    if not inner:
        return True
    if str(body[0][0]) != "LITERAL" or len(inner) > 1 or inner[0] is not body[-1]:
        return False
    kind, argument = inner[0]
    if str(kind) not in _REPEATS:
        return False
    letters = list(argument[2])
    return len(letters) == 1 and str(letters[0][0]) == "IN" and not _has(letters[0][1], body[0][1])


_LETTERS = ("LITERAL", "NOT_LITERAL", "IN", "ANY", "AT")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def _has(members: Iterable[tuple[Any, Any]], letter: int) -> bool:
    """Whether a set of letters holds this one; what is not plain to see counts as yes."""
    for kind, argument in members:
        if str(kind) == "LITERAL" and argument != letter:
            continue
        if str(kind) == "RANGE" and not argument[0] <= letter <= argument[1]:
            continue
        return True
    return False


def _parsed(pattern: str) -> list[tuple[Any, Any]]:
    from re import _parser  # type: ignore[attr-defined]  # (what Python itself compiles from)

    return list(_parser.parse(pattern))


def _repeats(items: Iterable[tuple[Any, Any]]) -> Iterator[_Repeat]:
    """Everything that is repeated. Groups are seen through."""
    for kind, argument in items:
        if str(kind) in _REPEATS:
            body = _opened(list(argument[2]))
            yield _Repeat(int(argument[0]), int(argument[1]), body)
            yield from _repeats(body)
        elif isinstance(argument, (tuple, list)):
            yield from _repeats(_inside(argument))


def _opened(items: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """What stands in a group that stands alone."""
    while len(items) == 1 and str(items[0][0]) == "SUBPATTERN":
        items = list(items[0][1][-1])
    return items


def _inside(argument: Any) -> Iterator[tuple[Any, Any]]:
    """The items somewhere in an argument: of groups, branches, looks ahead."""
    from re import _parser  # type: ignore[attr-defined]

    for part in argument:
        if isinstance(part, _parser.SubPattern):
            yield from part
        elif isinstance(part, (tuple, list)):
            yield from _inside(part)
