"""Putting buttons in the draft's order, where other things (the local form) keep their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Slot(NamedTuple):
    """A place in the new list: `old` is the index of what stood at this place (None: the place is new), `item` what
    stands there now (None: what stood there is taken off).
    """

    old: int | None
    item: str | None


def arrange(current: Sequence[str | None], wanted: Sequence[str]) -> list[Slot]:
    """The new list of places.

    `current` are the buttons as they stand, None for what is not a button and stays; `wanted` is how they shall be.
    Buttons that stay share the old places among them, in the new order; new ones come right behind the one they follow.
    Where there was no button at all, new ones come before everything else.
    """
    kept = {item for item in current if item is not None and item in set(wanted)}
    olds = [index for index, item in enumerate(current) if item in kept]
    fresh: dict[int, list[str]] = {}
    staying: list[str] = []
    for name in wanted:
        if name in kept:
            staying.append(name)
        else:
            fresh.setdefault(len(staying), []).append(name)
    result: list[Slot] = []
    if not olds:
        result += [Slot(None, item) for item in fresh.get(0, ())]
    place = 0
    for index, item in enumerate(current):
        if item is None:
            result.append(Slot(index, ""))
        elif item not in kept:
            result.append(Slot(index, None))
        else:
            if place == 0:
                result += [Slot(None, new) for new in fresh.get(0, ())]
            result.append(Slot(index, staying[place]))
            place += 1
            result += [Slot(None, new) for new in fresh.get(place, ())]
    return result
