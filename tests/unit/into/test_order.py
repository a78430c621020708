"""Arranging buttons: the draft's order comes out, and everything else keeps its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from latchkey.compose.into.order import Slot, arrange

IDS = "abcdefgh"


def shown(current: list[str | None], wanted: list[str]) -> list[str | None]:
    """The list that people see: buttons, and None for the form."""
    return [None if slot.item == "" else slot.item for slot in arrange(current, wanted) if slot.item is not None]


def test_examples() -> None:
    assert shown(["f", None], ["w", "f", "q"]) == ["w", "f", "q", None]
    assert shown([None], ["w", "q"]) == ["w", "q", None]
    assert shown([None, "f"], ["f", "w"]) == [None, "f", "w"]
    assert shown(["a", None, "b"], ["b", "a"]) == ["b", None, "a"]
    assert shown(["a", None, "b"], ["b"]) == [None, "b"]
    assert arrange(["a", "b"], ["b"]) == [Slot(0, None), Slot(1, "b")]


@st.composite
def lists(draw: st.DrawFn) -> tuple[list[str | None], list[str]]:
    buttons = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=6))
    current: list[str | None] = list(buttons)
    for place in draw(st.lists(st.integers(0, 6), max_size=2)):
        current.insert(place, None)
    return current, draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1, max_size=6))


@given(lists())
def test_laws(case: tuple[list[str | None], list[str]]) -> None:
    current, wanted = case
    slots = arrange(current, wanted)
    assert [slot.item for slot in slots if slot.item] == wanted
    assert [slot.old for slot in slots if slot.old is not None] == list(range(len(current)))
    assert [slot.old for slot in slots if slot.item == ""] == [i for i, item in enumerate(current) if item is None]
    assert shown(shown(current, wanted), wanted) == shown(current, wanted)
    if wanted == [item for item in current if item is not None]:
        assert all(slot.old is not None and slot.item in (current[slot.old], "") for slot in slots)
