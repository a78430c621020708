"""From one order of rows to another by the fewest steps, so that a view keeps its selection and its place. No Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple


class Removal(NamedTuple):
    """Take away the row at `at`."""

    at: int


class Insertion(NamedTuple):
    """Put `key` at `at`."""

    at: int
    key: str


class Move(NamedTuple):
    """Take the row at `at` and put it where, without it, place `to` is."""

    at: int
    to: int


Change = Removal | Insertion | Move


def changes(before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    """The steps, each meant for the rows as the steps before it left them. Keys are unique in each order.

    Rows that stay in order relative to each other are left alone (the longest such run of them), so a row that was
    dragged over ten others is one move and not ten.
    """
    rows, wanted = list(before), set(after)
    made: list[Change] = []
    for at in reversed(range(len(rows))):
        if rows[at] not in wanted:
            made.append(Removal(at))
            del rows[at]
    there = set(rows)
    still = _longest_in_order([key for key in after if key in there], rows)
    for number, key in enumerate(after):
        if key in still:
            continue
        if key in there:
            at = rows.index(key)
            del rows[at]
            place = rows.index(after[number - 1]) + 1 if number else 0
            rows.insert(place, key)
            if place != at:
                made.append(Move(at, place))
        else:
            place = rows.index(after[number - 1]) + 1 if number else 0
            rows.insert(place, key)
            made.append(Insertion(place, key))
    return tuple(made)


def _longest_in_order(keys: Sequence[str], order: Sequence[str]) -> set[str]:
    """The most of `keys` that stand in `order` one after the other as they do here (patience sorting)."""
    position = {key: at for at, key in enumerate(order)}
    places = [position[key] for key in keys]
    ends: list[int] = []  # smallest last place of a run of each length
    holders: list[int] = []  # which of `keys` that is
    before: list[int] = []  # its predecessor in the run
    for number, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(holders[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            holders.append(number)
        else:
            ends[length], holders[length] = place, number
    found: set[str] = set()
    number = holders[-1] if holders else -1
    while number >= 0:
        found.add(keys[number])
        number = before[number]
    return found
