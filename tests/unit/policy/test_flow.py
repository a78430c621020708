"""The picture of a journey: what it shows, that nothing covers anything, and the SVG that comes of it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.golden import Golden
from latchkey.policy.flow import Box, Edge, Flow, flow
from latchkey.policy.flow_svg import head, to_svg
from latchkey.policy.flow_text import cut, width, wrap
from latchkey.policy.folder import read_set
from latchkey.policy.story import StoryNode, tell

SVG = "{http://www.w3.org/2000/svg}"


def node(kind: str, name: str, *children: StoryNode, title: str = "", note: str = "", skips: tuple[str, ...] = ()) -> StoryNode:  # fmt: skip
    return StoryNode(kind, name, title or name, note, children=children, skips=skips)  # type: ignore[arg-type]


def shop() -> StoryNode:
    """Two buttons, a form with its links, a forgotten password in a sub journey, two steps that are skipped."""
    page = node(
        "step", "1", node("button", "WeChatExchange", title="Button “WeChat”"), node("button", "QQExchange", title="Button “QQ”"),
        node("form", "Local", title="E-mail and password form"), node("link", "SignUp", title="Link to sign up"),
        title="1 · Show the sign-in page",
    )  # fmt: skip
    choice = node(
        "step", "2",
        node("exchange", "QQExchange", node("profile", "QQ-OAuth2"), title="QQ → QQ-OAuth2"),
        node("exchange", "WeChatExchange", node("profile", "WeChat-OAuth2"), title="WeChat → WeChat-OAuth2"),
        node("exchange", "SignUp", node("profile", "LocalAccountSignUp"), title="Sign up → LocalAccountSignUp"),
        title="2 · Go to the chosen provider, or sign up", skips=("skipped when the person is already known",),
    )  # fmt: skip
    reset = node("sub", "PasswordReset", node("step", "1", node("exchange", "E", node("profile", "P")), title="1 · Ask"),
                 title="Sub journey PasswordReset")  # fmt: skip
    call = node(
        "step", "3", reset, title="3 · Go through a sub journey", skips=("only when the password was forgotten",)
    )
    look = node(
        "step", "4", node("exchange", "Read", node("profile", "AAD-UserReadUsingAlternativeSecurityId-NoError")),
        title="4 · Look the person up in the directory", skips=("skipped for e-mail accounts", "only when <a> & b"),
    )  # fmt: skip
    return node("journey", "J", page, choice, call, look, node("step", "5", title="5 · Tell your app who it is"))


def boxes(found: Flow, kind: str) -> list[Box]:
    return [box for box in found.boxes if box.kind == kind]


def covers(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def inside(one: Box, other: Box) -> bool:
    return (
        other.x <= one.x
        and other.y <= one.y
        and one.x + one.width <= other.x + other.width
        and one.y + one.height <= other.y + other.height
    )


def sound(found: Flow) -> None:
    """Laws of every picture: all in the frame, nothing covers anything but what it stands in, lines are straight."""
    for box in found.boxes:
        assert box.x >= 0
        assert box.x + box.width <= found.width
        assert box.y + box.height <= found.height
        for line in box.lines:
            assert box.y < line.y < box.y + box.height
            if line.anchor == "start":
                assert line.x + width(line.text, line.size, bold=line.role == "title") <= box.x + box.width
    for one, other in combinations(found.boxes, 2):
        assert not covers(one, other) or inside(one, other) or inside(other, one), (one.says, other.says)
    for edge in found.edges:
        assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in edge.points)
        for (x0, y0), (x1, y1) in zip(edge.points, edge.points[1:], strict=False):
            assert x0 == x1 or y0 == y1
    for note in found.notes:
        assert note.x - width(note.text, note.size) >= 0
    for above, below in combinations(sorted(found.notes, key=lambda note: note.y), 2):
        assert above.x != below.x or below.y - above.y >= above.size


def leads(found: Flow, edge: Edge) -> tuple[str, str]:
    """The texts at both ends of an arrow."""
    (x0, y0), (x1, y1) = edge.points[0], edge.points[-1]
    begin, end = found.at(x0 - 1, y0), found.at(x1 + 1, y1)
    assert begin is not None
    assert end is not None
    return begin.lines[0].text, end.lines[0].text


def test_each_choice_leads_where_it_goes() -> None:
    found = flow(shop())
    sound(found)
    assert [leads(found, edge) for edge in found.edges if edge.kind == "choice"] == [
        ("Button “WeChat”", "WeChat-OAuth2"),
        ("Button “QQ”", "QQ-OAuth2"),
        ("Link to sign up", "LocalAccountSignUp"),
        ("3 · Go through a sub journey", "Sub journey PasswordReset"),
    ]
    assert [line.text for line in found.notes] == [
        "only when the password was", "forgotten", "skipped for e-mail accounts", "only when <a> & b",
    ]  # fmt: skip
    assert sum(edge.kind == "skip" for edge in found.edges) == 2


def test_a_place_gives_the_innermost_part_that_stands_for_something() -> None:
    found = flow(shop())
    (frame,) = boxes(found, "frame")
    assert frame.node is not None
    inner = next(box for box in found.boxes if box.says == "1 · Ask")
    assert found.at(inner.x + 2, inner.y + 2) is inner
    assert found.at(frame.x + 2, frame.y + 2) is frame
    assert found.at(0, 0) is None
    start = boxes(found, "terminal")[0]
    assert found.at(start.x + 5, start.y + 5) is None


def test_a_page_that_nothing_follows_and_an_empty_journey_are_drawn_too() -> None:
    sound(flow(node("journey", "J")))
    lonely = node("step", "1", node("button", "Gone"), node("form", "F"), title="1 · Ask how to sign in")
    found = flow(node("journey", "J", lonely, node("step", "2")))
    sound(found)
    assert [box.kind for box in found.boxes] == ["terminal", "step", "choice", "choice", "step", "terminal"]


def test_a_sub_journey_that_is_left_for_good_has_no_way_back() -> None:
    def ways(note: str) -> int:
        sub = node("sub", "S", node("step", "1"), note=note)
        return sum(
            edge.kind == "on" for edge in flow(node("journey", "J", node("step", "1", sub), node("step", "2"))).edges
        )

    assert ways("") == ways("does not come back from there") + 1


def test_new_parts_are_marked_in_words() -> None:
    found = flow(shop(), lambda one: "new" if one.kind == "button" else "")
    sound(found)
    assert [box.says for box in found.boxes if box.badge is not None] == ["Button “WeChat” · new", "Button “QQ” · new"]


def test_the_svg_of_a_shop(golden: Golden) -> None:
    found = flow(shop(), lambda one: "new" if one.id == "QQExchange" else "")
    drawn = to_svg(found)
    golden.check("flow/shop.svg", drawn)
    assert drawn == to_svg(flow(shop(), lambda one: "new" if one.id == "QQExchange" else ""))


texts = st.text(st.characters(codec="utf-8"), max_size=60)
parts = st.builds(StoryNode, st.sampled_from(["button", "link", "form", "exchange"]), st.sampled_from("abcd"), texts)
steps = st.recursive(
    st.builds(
        lambda title, inner, skips: StoryNode("step", "1", title, children=tuple(inner), skips=tuple(skips)),
        texts, st.lists(parts, max_size=6), st.lists(texts, max_size=2),
    ),
    lambda below: st.builds(
        lambda title, subs: StoryNode(
            "step", "2", title,
            children=tuple(StoryNode("sub", "s", title, note, children=tuple(inner)) for note, inner in subs),
        ),
        texts, st.lists(st.tuples(st.sampled_from(["", "gone"]), st.lists(below, max_size=3)), max_size=2),
    ),
    max_leaves=6,
)  # fmt: skip


@given(st.lists(steps, max_size=5), texts)
def test_any_journey_has_a_sound_picture_that_is_xml(found: list[StoryNode], title: str) -> None:
    picture = flow(StoryNode("journey", "J", title, children=tuple(found)), lambda one: "new" if one.id == "a" else "")
    sound(picture)
    root = ET.fromstring(to_svg(picture))
    assert {element.tag for element in root.iter()} <= {f"{SVG}{tag}" for tag in ("svg", "g", "rect", "text", "title", "polyline", "polygon")}  # fmt: skip


@given(st.text(max_size=80), st.floats(20, 300), st.integers(1, 3))
def test_wrapped_text_fits_and_says_the_same(text: str, room: float, most: int) -> None:
    lines = wrap(text, room, 13, most=most)
    assert len(lines) <= most
    assert all(width(line, 13) <= room or len(line) <= 1 for line in lines)
    if lines and not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_name_that_is_too_long_ends_at_a_capital() -> None:
    assert wrap("skipped when phoneNumberStringOfTheDevice is “null”", 120, 12) == (
        "skipped when phone",
        "NumberStringOfThe",
        "Device is “null”",
    )


def test_what_is_cut_has_no_space_that_was_not_there() -> None:
    assert wrap("ContosoEmployees-OpenIdConnect", 150, 13, most=1)[0].startswith("ContosoEmployees-O")
    assert wrap("Show the sign-in page to the person", 120, 13, most=1)[0].startswith("Show the sign-i")


def test_what_is_cut_ends_in_dots() -> None:
    assert cut("short", 100, 13) == "short"
    assert cut("something that is much too long", 80, 13).endswith("…")
    assert wrap("核对登录页面并写入文件", 60, 13, most=2)[0] == "核对登录"


def test_the_head_of_an_arrow_points_along_its_line() -> None:
    assert head(Edge("on", ((0, 0), (0, 40)), True))[0] == (0, 40)
    assert {round(y) for _x, y in head(Edge("on", ((0, 0), (0, 40)), True))[1:]} == {32}


@pytest.mark.slow
def test_every_journey_of_the_corpus_can_be_drawn(reference: Path) -> None:
    drawn = 0
    for folder in sorted({path.parent for path in (reference / "corpus").rglob("*.xml")}):
        found = read_set(folder)
        for leaf in found.policies:
            effective = found.effective(leaf)
            party = leaf.relying_party
            journey = effective.journey(party.default_journey.id) if party and party.default_journey else None
            if journey is not None:
                picture = flow(tell(effective, journey))
                sound(picture)
                ET.fromstring(to_svg(picture))
                assert picture.width < 2600
                drawn += 1
    assert drawn > 90
