"""The sketch of the sign-in page: order and places, by design."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latchkey.catalogue.loader import load_catalogue
from latchkey.draft.draft import Draft, Policies, Provider, Tenant, frozen
from latchkey.gui.sketch.layout import draw, draw_to_fit
from latchkey.gui.sketch.maker import wrapped
from latchkey.gui.sketch.page import button_text, in_words, sketch_page
from latchkey.gui.sketch.pieces import (
    WHOLE,
    Art,
    Box,
    Drawing,
    Line,
    Page,
    Rect,
    Screen,
    SketchButton,
    Tile,
    View,
)
from latchkey.gui.sketch.skins import skins
from latchkey.policy.page_designs import DESIGNS, Design

CATALOGUE = load_catalogue()
DRAFT = Draft(
    Tenant("contoso"),
    Policies(accounts="social-and-local"),
    providers=(
        Provider("wechat", key="p1", names=frozen({"zh-Hans": "微信登录"})),
        Provider("qq", key="p2"),
        Provider("openid-connect", key="p3", name="Contoso employees"),
    ),
)


def measure(text: str, size: float, bold: bool) -> float:
    return len(text) * size * 0.55


def drawn(page: Page, screen: Screen = "desktop", height: float = 600) -> Drawing:
    """As in the panel beside the list."""
    return draw_to_fit(page, View(screen, 438 if screen == "desktop" else 390, height), measure)


def whole(page: Page, screen: Screen = "desktop") -> Drawing:
    """As in a browser."""
    return draw(page, WHOLE[screen], measure)


def texts_in(drawing: Drawing) -> list[str]:
    """Everything that can be read, from back to front."""
    found: list[str] = []
    for piece in drawing.pieces:
        if isinstance(piece, Line):
            found.append(piece.text)
        elif isinstance(piece, Tile):
            found += [line.text for line in piece.lines]
    return found


def tile(drawing: Drawing, key: str) -> Tile:
    return next(piece for piece in drawing.pieces if isinstance(piece, Tile) and piece.key == key)


def read_in_order(drawing: Drawing) -> list[str]:
    return [key for key, place in sorted(drawing.places.items(), key=lambda one: (one[1].top, one[1].left))]


@pytest.mark.parametrize("design", DESIGNS)
def test_the_order_is_the_drafts(design: Design) -> None:
    page = sketch_page(DRAFT, CATALOGUE, design, "en")
    assert read_in_order(drawn(page)) == ["p1", "p2", "p3"]
    turned = replace(DRAFT, providers=DRAFT.providers[::-1])
    assert read_in_order(drawn(sketch_page(turned, CATALOGUE, design, "en"))) == ["p3", "p2", "p1"]


def test_only_classic_has_the_buttons_before_the_form() -> None:
    for design in DESIGNS:
        drawing = drawn(sketch_page(DRAFT, CATALOGUE, design, "en"))
        assert drawing.form is not None
        assert (drawing.places["p1"].top < drawing.form.top) == (design == "classic")


@pytest.mark.parametrize("design", DESIGNS)
def test_without_local_accounts_there_is_no_form(design: Design) -> None:
    social = replace(DRAFT, policies=Policies(accounts="social"))
    page = sketch_page(social, CATALOGUE, design, "en")
    drawing = drawn(page)
    assert drawing.form is None
    assert page.texts["password"] not in texts_in(drawing)


def test_texts_are_those_of_the_policies_in_both_languages() -> None:
    english, chinese = (sketch_page(DRAFT, CATALOGUE, "ocean-blue", code) for code in ("en", "zh-Hans"))
    assert [button.text for button in english.buttons] == ["WeChat", "QQ", "Contoso employees"]
    assert [button.text for button in chinese.buttons] == ["微信登录", "QQ", "Contoso employees"]
    assert english.texts["sign_in"] == "Sign in"
    assert chinese.texts["sign_in"] == "登录"
    assert not [text for page in (english, chinese) for text in page.texts.values() if "{" in text]


def test_a_translated_title_goes_with_the_types_own_name_only() -> None:
    entry = CATALOGUE["wechat"]
    assert button_text(Provider("wechat"), entry, "zh-Hans") == "微信"
    assert button_text(Provider("wechat", name="Weixin"), entry, "zh-Hans") == "Weixin"


def test_designs_know_providers_by_the_id_of_the_exchange() -> None:
    own_id = replace(DRAFT, providers=(Provider("wechat", key="p1", id="Weixin"),))
    assert sketch_page(DRAFT, CATALOGUE, "ocean-blue", "en").buttons[0].exchange == "WeChatExchange"
    assert sketch_page(own_id, CATALOGUE, "ocean-blue", "en").buttons[0].exchange == "WeixinExchange"


@pytest.mark.parametrize("design", DESIGNS)
def test_a_page_without_buttons_shows_where_they_will_be(design: Design) -> None:
    page = sketch_page(Draft(policies=Policies(accounts="social")), CATALOGUE, design, "en")
    drawing = drawn(page)
    assert drawing.places == {}
    assert page.texts["none_yet"] in texts_in(drawing)


SCREENS: tuple[Screen, ...] = ("desktop", "phone")


@given(
    st.sampled_from(DESIGNS), st.sampled_from(SCREENS), st.integers(0, 60), st.booleans(), st.floats(100, 1000),
    st.floats(438, 1600), st.sampled_from(["en", "zh-Hans"]),
)  # fmt: skip
def test_everything_lies_within_the_drawing(
    design: Design, screen: Screen, count: int, local: bool, height: float, width: float, language: str
) -> None:
    providers = tuple(Provider("qq", key=f"p{number}", name=f"Button {number}") for number in range(count))
    draft = Draft(policies=Policies(accounts="social-and-local" if local else "social"), providers=providers)
    wide = 390.0 if screen == "phone" else width
    drawing = draw_to_fit(sketch_page(draft, CATALOGUE, design, language), View(screen, wide, height), measure)
    assert drawing.height >= height
    assert drawing.width == wide
    assert len(drawing.places) == count
    for piece in drawing.pieces:
        assert piece.rect.left >= 0, piece
        assert piece.rect.top >= 0, piece
        assert piece.rect.right <= wide + 0.01, piece
        assert piece.rect.bottom <= drawing.height + 0.01, piece
    places = list(drawing.places.values())
    for number, place in enumerate(places):
        assert not any(overlap(place, other) for other in places[number + 1 :])
        assert drawing.form is None or not overlap(place, drawing.form)


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
    )  # fmt: skip


@given(st.text(), st.floats(20, 400))
def test_wrapping_loses_no_letter(text: str, room: float) -> None:
    lines = wrapped(text, room, lambda part: len(part) * 7.0)
    assert "".join("".join(lines).split()) == "".join(text.split())


# Where things stand in a browser window of 1280 by 800 with three buttons, from the designs themselves.


def near(value: float, wanted: float) -> bool:
    return abs(value - wanted) <= 4


def three() -> Draft:
    providers = (
        Provider("facebook", key="p1"), Provider("google", key="p2"),
        Provider("openid-connect", key="p3", name="Contoso employees"),
    )  # fmt: skip
    return replace(DRAFT, providers=providers)


def page_of(design: Design) -> Page:
    """With texts as short as Azure's own, so that none takes a second line."""
    page = sketch_page(three(), CATALOGUE, design, "en")
    return replace(page, texts={**page.texts, "social_intro": "Sign in with your social account"})


@pytest.mark.parametrize(
    ("design", "card", "field", "button"),
    [("ocean-blue", (61, 739), (230, 50), (544, 55)), ("slate-gray", (93, 707), (272, 30), (522, 50))],
)
def test_the_card_is_as_large_as_the_designs_own(
    design: Design, card: tuple[float, float], field: tuple[float, float], button: tuple[float, float]
) -> None:
    drawing = whole(page_of(design))
    box = next(piece.rect for piece in drawing.pieces if isinstance(piece, Box) and piece.edge == "#dddddd")
    assert (box.width, box.left) == (470, 405)
    assert near(box.top, card[0])
    assert near(box.bottom, card[1])
    email = next(piece.rect for piece in drawing.pieces if isinstance(piece, Line) and piece.text == "E-mail address")
    assert near(email.top, field[0])
    assert email.height == field[1]
    first, second = drawing.places["p1"], drawing.places["p2"]
    assert (first.left, first.width, first.height) == (450, 380, 45)
    assert near(first.top, button[0])
    assert second.top - first.top == button[1]


def test_classic_has_its_tiles_where_the_design_has_them() -> None:
    drawing = whole(page_of("classic"))
    first, second, third = (drawing.places[key] for key in ("p1", "p2", "p3"))
    assert (first.left, first.width, first.height) == (832, 158, 34)
    assert near(first.top, 151)
    assert near(second.left, 996)
    assert second.top == first.top
    assert (third.left, third.top - first.top) == (first.left, 43)
    assert drawing.form is not None
    assert near(drawing.form.top, 282)
    assert near(drawing.form.bottom, 483)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_phone_shows_no_picture_and_the_same_order(design: Design) -> None:
    drawing = whole(page_of(design), "phone")
    assert not [
        piece for piece in drawing.pieces if isinstance(piece, Art) and piece.name in ("waves", "slope", "town")
    ]
    assert drawing.width == 390
    assert read_in_order(drawing) == ["p1", "p2", "p3"]
    assert drawing.form is not None
    assert (drawing.places["p1"].top < drawing.form.top) == (design == "classic")
    wide = {"classic": 386, "ocean-blue": 330, "slate-gray": 330}[design]
    assert drawing.form.width == wide


@pytest.mark.parametrize("design", DESIGNS)
def test_a_small_window_is_squeezed_until_the_buttons_are_in_sight(design: Design) -> None:
    page = sketch_page(DRAFT, CATALOGUE, design, "en")
    drawing = drawn(page, height=540)
    assert drawing.height <= 540.01


# How buttons look


def test_an_unknown_provider_has_no_icon_but_in_classic_a_person() -> None:
    for design in DESIGNS:
        button = tile(whole(page_of(design)), "p3")
        assert button.rest.icon == ("#ffffff" if design == "classic" else "")
        assert (button.glyph == "person") == (design == "classic")


def test_classic_does_not_know_wechat_and_its_neighbours() -> None:
    for design in DESIGNS:
        button = tile(whole(sketch_page(DRAFT, CATALOGUE, design, "en")), "p1")
        assert (button.glyph == "person") == (design == "classic")
    assert skins("classic", "WeChatExchange")[0].face == "#505050"


def test_an_id_in_another_case_is_unknown() -> None:
    for design in DESIGNS:
        assert skins(design, "WechatExchange") == skins(design, "ContosoExchange")


def test_the_mouse_over_a_button_brings_the_providers_colour() -> None:
    rest, hover = skins("ocean-blue", "FacebookExchange")
    assert (rest.face, hover.face, hover.ink, hover.icon) == ("#ffffff", "#3b5595", "#ffffff", "#ffffff")
    rest, hover = skins("slate-gray", "ContosoExchange")
    assert (hover.face, hover.ink) == ("#efefef", "#ffffff")  # hardly to be read: so it is there
    assert skins("classic", "FacebookExchange")[1].face == "#b0bdd7"


def test_classic_writes_its_own_text_for_microsoft() -> None:
    page = replace(
        page_of("classic"), buttons=(SketchButton("p1", "Our accounts", "MicrosoftAccountExchange", "fa6b.microsoft"),)
    )
    assert [line.text for line in tile(whole(page), "p1").lines] == ["Microsoft"]


def test_a_long_name_takes_two_lines_in_classic_and_one_elsewhere() -> None:
    assert [line.text for line in tile(whole(page_of("classic")), "p3").lines] == ["Contoso", "employees"]
    assert [line.text for line in tile(whole(page_of("ocean-blue")), "p3").lines] == ["Contoso employees"]


# Words for somebody who does not see it


def test_the_picture_in_words() -> None:
    def said(design: Design, screen: Screen = "desktop", draft: Draft = DRAFT) -> str:
        return in_words(sketch_page(draft, CATALOGUE, design, "en"), screen)

    names = "WeChat, QQ, Contoso employees"
    below = f"Fields for e-mail and password at the top. Below them, from top to bottom: {names}"
    above = f"Fields for e-mail and password at the bottom. Above them, from top to bottom: {names}"
    assert said("ocean-blue") == f"Page design Ocean Blue, on a large screen. {below}"
    assert said("classic", "phone") == f"Page design Classic, on a phone. {above}"
    social = replace(DRAFT, policies=Policies(accounts="social"))
    assert said("slate-gray", draft=social).endswith(f"Buttons from top to bottom: {names}")
    assert said("classic", draft=Draft(policies=Policies(accounts="social"))).endswith("No button yet.")


def test_a_point_is_on_the_button_that_is_there() -> None:
    drawing = whole(page_of("ocean-blue"))
    place = drawing.places["p2"]
    assert drawing.at(place.left + 1, place.bottom - 1) == "p2"
    assert drawing.at(place.left + 1, place.bottom + 1) == ""
