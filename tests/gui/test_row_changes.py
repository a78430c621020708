"""From one order of rows to another by the fewest steps."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from latchkey.gui.models.row_changes import Change, Insertion, Move, Removal, changes

orders = st.lists(st.sampled_from("abcdefghij"), unique=True)


def applied(before: Sequence[str], steps: Sequence[Change]) -> list[str]:
    rows = list(before)
    for step in steps:
        match step:
            case Removal(at):
                del rows[at]
            case Insertion(at, key):
                rows.insert(at, key)
            case Move(at, to):
                assert at != to, "a move that moves nothing"
                rows.insert(to, rows.pop(at))
    return rows


@given(orders, orders)
def test_the_steps_lead_there(before: list[str], after: list[str]) -> None:
    assert applied(before, changes(before, after)) == after


@given(orders, orders)
def test_what_stays_is_neither_taken_out_nor_put_in(before: list[str], after: list[str]) -> None:
    steps = changes(before, after)
    assert sum(isinstance(step, Removal) for step in steps) == len(set(before) - set(after))
    assert sum(isinstance(step, Insertion) for step in steps) == len(set(after) - set(before))


@given(orders, st.data())
def test_one_row_that_was_dragged_is_one_move(before: list[str], data: st.DataObject) -> None:
    if not before:
        return
    at, to = (data.draw(st.integers(0, len(before) - 1)) for _number in range(2))
    after = [*before]
    after.insert(to, after.pop(at))
    steps = changes(before, after)
    assert len(steps) == (0 if at == to else 1)
    assert applied(before, steps) == after


def test_a_row_dragged_over_all_others_moves_alone() -> None:
    assert changes("abcdef", "bcdefa") == (Move(0, 5),)
    assert changes("abcdef", "fabcde") == (Move(5, 0),)


def test_nothing_changed_is_no_step() -> None:
    assert changes("abc", "abc") == ()
    assert changes("", "") == ()
