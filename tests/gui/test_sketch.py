"""The sketch of the sign-in page: order and places, by design."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latchkey.catalogue.loader import load_catalogue
from latchkey.draft.draft import Draft, Policies, Provider, Tenant, frozen
from latchkey.gui.models.sketch_layout import Box, Design, Drawing, Line, Page, draw, wrapped
from latchkey.gui.models.sketch_page import button_text, sketch_page

DESIGNS: tuple[Design, ...] = ("ocean-blue", "slate-gray", "classic")
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


def measure(text: str, size: int, bold: bool) -> float:
    return len(text) * size * 0.6


def drawn(page: Page, room: float = 400) -> Drawing:
    return draw(page, 320, room, 12, measure)


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
    assert page.texts["password"] not in [piece.text for piece in drawing.pieces if isinstance(piece, Line)]


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
    assert page.texts["none_yet"] in [piece.text for piece in drawing.pieces if isinstance(piece, Line)]


@given(st.sampled_from(DESIGNS), st.integers(0, 60), st.booleans(), st.floats(100, 1000))
def test_everything_lies_within_the_drawing(design: Design, count: int, local: bool, room: float) -> None:
    providers = tuple(Provider("qq", key=f"p{number}", name=f"Button {number}") for number in range(count))
    draft = Draft(policies=Policies(accounts="social-and-local" if local else "social"), providers=providers)
    drawing = draw(sketch_page(draft, CATALOGUE, design, "en"), 320, room, 12, measure)
    assert drawing.height >= room or design != "classic"
    assert len(drawing.places) == count
    for place in drawing.places.values():
        assert 0 <= place.left < place.right <= 320
        assert 0 <= place.top < place.bottom <= drawing.height
    cards = [piece.rect for piece in drawing.pieces if isinstance(piece, Box) and piece.fill == "#ffffff"]
    assert max(card.bottom for card in cards) <= drawing.height + 0.01


@given(st.text(), st.floats(20, 400))
def test_wrapping_loses_no_letter(text: str, room: float) -> None:
    lines = wrapped(text, room, lambda part: len(part) * 7.0)
    assert "".join("".join(lines).split()) == "".join(text.split())
