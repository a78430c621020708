"""The walk over a file's structure: its laws, and that nothing stops it."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.small_set import found_in, policy, small_set
from latchkey.check.schema import Shape, load
from latchkey.check.structure import _longest, problems
from latchkey.policy.model import Source
from latchkey.policy.names import NAMESPACE
from latchkey.policy.reader import MAX_ELEMENTS, PolicyFile, read

SCHEMA = load()
TAGS = sorted({tag for name in SCHEMA.names() for tag in SCHEMA.shape(name).parts} | {"Nonsense"})
VALUES = st.sampled_from(("", " ", "true", "1", "OAuth2", "string", "x", "en", "ClaimsExchange", "B2C_1A_x", "-1", "İ"))


def good(shape: Shape, draw: st.DrawFn, depth: int) -> str:
    """The inside of an element as the schema has it."""
    if shape.text is not None:
        return draw(st.sampled_from(shape.text.choices)) if shape.text.choices else shape.text.like or "text"
    inner = ""
    chosen = draw(st.sampled_from(sorted(shape.parts))) if shape.either and shape.parts else ""
    for tag, part in shape.parts.items():
        most = 1 if part.once else 2
        least = 1 if part.needed else 0
        often = draw(st.integers(least, most)) if depth > 0 or least else 0
        if shape.either and tag != chosen:
            often = 0
        for number in range(often):
            inner += element(tag, SCHEMA.shape(part.shape), draw, depth - 1, number)
    return inner


def element(tag: str, shape: Shape, draw: st.DrawFn, depth: int, number: int = 0) -> str:
    attributes = ""
    for name, value in shape.attributes.items():
        if name in shape.needed or draw(st.booleans()):
            unique = name in ("Id", "ReferenceId") and not value.name
            written = (
                f"{tag}{number}"
                if unique
                else draw(st.sampled_from(value.choices))
                if value.choices
                else value.like or "x"
            )
            attributes += f' {name}="{written}"'
    inner = good(shape, draw, depth)
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes} />"


@st.composite
def good_files(draw: st.DrawFn) -> bytes:
    text = element("TrustFrameworkPolicy", SCHEMA.root, draw, draw(st.integers(0, 7)))
    return text.replace("<TrustFrameworkPolicy", f'<TrustFrameworkPolicy xmlns="{NAMESPACE}"', 1).encode()


def found(data: bytes) -> dict[str, list[object]]:
    return dict(problems(read(PolicyFile("x.xml", data)), Source("x.xml", "")))  # type: ignore[arg-type]


@settings(max_examples=50, deadline=None)
@given(good_files())
def test_what_is_made_after_the_schema_is_good(data: bytes) -> None:
    assert found(data) == {}


@settings(max_examples=50, deadline=None)
@given(good_files(), st.data())
def test_an_attribute_or_element_too_many_is_told(data: bytes, choice: st.DataObject) -> None:
    text = data.decode()
    ends = [
        n
        for n, c in enumerate(text)
        if c == ">" and text[n - 1] not in "/-" and "</" not in text[text.rfind("<", 0, n) : n]
    ]
    at = choice.draw(st.sampled_from(ends or [text.index(" /")]))
    if ends and choice.draw(st.booleans()):
        broken = text[: at + 1] + "<Nonsense/>" + text[at + 1 :]
    else:
        broken = text[:at] + ' Nonsense="1"' + text[at:]
    assert found(broken.encode())


@st.composite
def any_trees(draw: st.DrawFn) -> str:
    tag = draw(st.sampled_from(TAGS))
    names = draw(st.lists(st.sampled_from(("Id", "Name", "Key", "Order", "Type", "Nonsense")), unique=True, max_size=3))
    attributes = "".join(f' {name}="{draw(VALUES)}"' for name in names)
    inner = draw(st.one_of(VALUES, st.lists(any_trees(), max_size=4).map("".join))) if draw(st.booleans()) else ""
    return f"<{tag}{attributes}>{inner}</{tag}>"


@settings(max_examples=60, deadline=None)
@given(st.lists(any_trees(), max_size=5))
def test_any_elements_end_in_findings(trees: list[str]) -> None:
    for finding in found_in({"one.xml": policy("One", "".join(trees))}):
        assert finding.message.endswith((".", "?"))
        assert finding.line >= 1 or finding.line == 0


@given(st.lists(st.integers(0, 6), max_size=40))
def test_the_longest_part_in_order_is_in_order_and_the_longest(places: list[int]) -> None:
    kept = _longest(places)
    values = [places[index] for index in kept]
    assert list(kept) == sorted(set(kept))
    assert values == sorted(values)
    best: list[int] = []
    for place in places:  # the textbook way, for the length
        best.append(
            1 + max((length for length, before in zip(best, places, strict=False) if before <= place), default=0)
        )
    assert len(kept) == max(best, default=0)


HOSTILE = {
    "deep": b"<a>" * 5000,
    "deep and closed": b"<a>" * 5000 + b"</a>" * 5000,
    "a million elements": b"<a>" + b"<b/>" * 1_000_000 + b"</a>",
    "a huge attribute": b'<a b="' + b"x" * 3_900_000 + b'"/>',
    "a huge text": b"<a>" + b"x" * 3_900_000 + b"</a>",
    "many attributes": b"<a " + b" ".join(b'x%d="1"' % n for n in range(200_000)) + b"/>",
    "nul": b"<a>\0</a>",
    "nothing but nuls": b"\0" * 1000,
    "wrong encoding": b'<?xml version="1.0" encoding="utf-8"?><a>\xff\xfe\xfa</a>',
    "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><a/>',
    "utf-16 without a mark": "<a/>".encode("utf-16-le"),
    "half a mark": b"\xef\xbb<a/>",
    "entities": b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>',
    "outside": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    "nothing": b"",
    "too large": b"<a>" + b" " * 5_000_000 + b"</a>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_finding_in_bounded_time_and_memory(name: str) -> None:
    start = time.process_time()
    tracemalloc.start()
    files: dict[str, str | bytes] = {**small_set(), "hostile.xml": HOSTILE[name]}
    findings = [finding for finding in found_in(files) if finding.file == "hostile.xml"]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(findings) == 1, [f.message for f in findings]
    assert time.process_time() - start < 20
    assert peak < 40 * len(HOSTILE[name]) + 30_000_000 + 600 * MAX_ELEMENTS


def test_a_policy_as_large_as_azure_takes_is_checked_soon() -> None:
    strings = "".join(
        f'<LocalizedString ElementType="UxElement" StringId="s{n}">{"x" * 40}</LocalizedString>\n' for n in range(8_000)
    )
    body = f'<BuildingBlocks><Localization><LocalizedResources Id="a"><LocalizedStrings>{strings}</LocalizedStrings></LocalizedResources></Localization></BuildingBlocks>'
    start = time.process_time()
    assert {finding.rule for finding in found_in({"one.xml": policy("One", body)})} <= {"file-size"}
    assert time.process_time() - start < 5
