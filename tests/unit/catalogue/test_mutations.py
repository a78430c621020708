"""A law: whatever is done to a provider file, it is either still one or refused by name; nothing else ever happens."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from latchkey.catalogue.entries import Entry
from latchkey.catalogue.loader import parse_entry
from latchkey.catalogue.rules import problems
from latchkey.errors import Refused
from latchkey.paths import resource

FILES = {path.name: path.read_bytes() for path in sorted(resource("providers").glob("*.toml"))}

LETTERS = st.characters(exclude_categories=["Cs"])
SCALARS = st.one_of(
    st.text(LETTERS, max_size=12), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.dates(), st.times()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS, max_size=8), inner, max_size=3),
    max_leaves=5,
)
# What is likely to look right at first, so that the rules are reached and not only the form.
LIKELY = st.sampled_from(
    ["", " ", "x", "Contoso", "https://a.example", "http://a.example", "B2C_1A_X", "code", "sub", "fa6b.qq", "(", "a b"]
)
NAMES = st.one_of(st.text(LETTERS, max_size=8), st.sampled_from(["client_id", "objectId", "METADATA", "id", "title"]))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all keys and items."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, item in inner for found in ((*path, name), *places(item, (*path, name)))]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A provider file in which one to three keys were dropped, renamed, retyped, doubled or filled otherwise."""
    file = draw(st.sampled_from(sorted(FILES)))
    data = copy.deepcopy(tomllib.loads(FILES[file].decode()))
    for _number in range(draw(st.integers(1, 3))):
        if not (there := places(data)):
            break
        *way, last = draw(st.sampled_from(there))
        place: Any = data
        for part in way:
            place = place[part]
        what = draw(st.sampled_from(["drop", "rename", "retype", "refill", "add"]))
        if what == "drop":
            del place[last]
        elif what == "rename" and isinstance(place, dict):
            place[draw(NAMES)] = place.pop(last)
        elif what == "add" and isinstance(place, dict):
            place[draw(NAMES)] = draw(VALUES | LIKELY)
        else:
            place[last] = draw(LIKELY if what == "refill" else VALUES)
    return file, tomlkit.dumps(data).encode()


@given(mutated())
def test_a_mutated_file_loads_or_is_refused_by_name(case: tuple[str, bytes]) -> None:
    file, data = case
    assert_entry_or_refused(file, data)


@given(st.sampled_from(sorted(FILES)), st.integers(0, 6000), st.integers(0, 60), st.binary(max_size=20))
def test_a_file_with_a_piece_overwritten_loads_or_is_refused_by_name(file: str, at: int, gone: int, new: bytes) -> None:
    data = FILES[file]
    at = at % len(data)
    assert_entry_or_refused(file, data[:at] + new + data[at + gone :])


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(data: bytes) -> None:
    assert_entry_or_refused("acme-id.toml", data)


def assert_entry_or_refused(file: str, data: bytes) -> None:
    try:
        entry = parse_entry(data, f"folder/{file}")
    except Refused as refused:
        assert f"folder/{file}" in refused.message
        assert refused.hint
        assert str(refused).isprintable()
    else:
        assert isinstance(entry, Entry)
        assert entry.type == file.removesuffix(".toml")
        assert list(problems(entry)) == []
        assert entry == parse_entry(data, f"folder/{file}")
