"""The CSS that gives a button its icon on the real page."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from latchkey.catalogue.loader import load_catalogue
from latchkey.draft.draft import Draft, Policies, Provider, Tenant
from latchkey.errors import Refused
from latchkey.guide.button_css import (
    IconButton,
    button_css,
    css_id,
    icon_buttons,
    letter_picture,
    picture_folder,
    picture_name,
    without_icon,
)
from latchkey.policy.page_designs import DESIGNS, Design, design_of, has_icon
from latchkey.tiles import READABLE, contrast, darkened, initials, ink_on

CATALOGUE = load_catalogue()
CONTOSO = IconButton("ContosoEmployeesExchange", "Contoso employees", "#f78c40")
SITE = "https://shop.contoso.com/icons"


def test_the_newer_designs_get_a_picture_and_a_face_under_the_mouse() -> None:
    for design, title in (("ocean-blue", "Ocean Blue"), ("slate-gray", "Slate Gray")):
        assert (
            button_css([CONTOSO], design, SITE)
            == f"""\
/* Sign-in buttons with icons of their own, for the page design {title}. */

/* Contoso employees */
#api #ContosoEmployeesExchange {{
  background-image: url("https://shop.contoso.com/icons/ContosoEmployeesExchange.svg");
}}
#api #ContosoEmployeesExchange:hover {{
  background-color: #a15a28;
  color: #ffffff;
}}
"""
        )


def test_classic_gets_place_size_and_face_as_well() -> None:
    assert (
        button_css([CONTOSO], "classic", SITE)
        == """\
/* Sign-in buttons with icons of their own, for the page design Classic. */

/* Contoso employees */
#api #ContosoEmployeesExchange {
  background-color: #a15a28;
  background-image: url("https://shop.contoso.com/icons/ContosoEmployeesExchange.svg");
  background-position: 4px 3px;
  background-size: 26px 26px;
  color: #ffffff;
}
#api #ContosoEmployeesExchange:hover {
  background-color: #804820;
}
"""
    )


def test_only_buttons_that_the_design_has_no_icon_for() -> None:
    known = [IconButton("WeChatExchange", "WeChat"), IconButton("FacebookExchange", "Facebook"), CONTOSO]
    assert [one.name for one in without_icon(known, "ocean-blue")] == ["Contoso employees"]
    assert [one.name for one in without_icon(known, "classic")] == ["WeChat", "Contoso employees"]
    assert has_icon("slate-gray", "WeChatExchange")
    assert not has_icon("slate-gray", "WechatExchange")  # case counts


def test_the_buttons_of_a_draft_have_the_ids_that_are_composed() -> None:
    draft = Draft(
        Tenant("contoso"),
        Policies(accounts="social"),
        providers=(
            Provider("wechat", key="p1", id="Weixin"), Provider("openid-connect", key="p2", name="Contoso employees"),
            Provider("existing", key="p3", profile="Theirs"),
        ),
    )  # fmt: skip
    found = icon_buttons(draft, CATALOGUE)
    assert [(one.exchange, one.name) for one in found] == [
        ("WeixinExchange", "WeChat"),
        ("ContosoEmployeesExchange", "Contoso employees"),
    ]
    assert [one.exchange for one in without_icon(found, "ocean-blue")] == ["WeixinExchange", "ContosoEmployeesExchange"]


@pytest.mark.parametrize(
    "text", ["", "http://shop.contoso.com", "shop.contoso.com", "https://", "https://a b", 'https://a/"x', "https://a/?b",
             "https://a/#b", "javascript:alert(1)", "https://[", "https://a/</style>"]
)  # fmt: skip
def test_an_address_that_a_page_can_not_load_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        picture_folder(text)
    assert refused.value.hint


def test_the_address_is_taken_without_its_end() -> None:
    assert picture_folder("  https://shop.contoso.com/icons//  ") == "https://shop.contoso.com/icons"


# Laws, for whatever people's own policies have as ids and names


def unescaped(selector: str) -> str:
    """An identifier as a browser reads it."""
    return re.sub(
        r"\\([0-9a-f]{1,6}) |\\(.)", lambda found: chr(int(found[1], 16)) if found[1] else found[2], selector,
        flags=re.DOTALL,
    )  # fmt: skip


@given(st.text(min_size=1).filter(lambda text: "\0" not in text))
def test_a_browser_reads_the_very_id(identifier: str) -> None:
    assert unescaped(css_id(identifier)) == identifier
    assert "</" not in css_id(identifier)


@given(
    st.lists(st.builds(IconButton, st.text(min_size=1), st.text(), st.sampled_from(["", "#07c160", "#ffffff", "#000000"])),
             max_size=4),
    st.sampled_from(DESIGNS),
)  # fmt: skip
def test_nothing_in_a_name_or_id_gets_out_of_its_place(buttons: list[IconButton], design: Design) -> None:
    css = button_css(buttons, design, SITE)
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    assert "*/" not in bare
    assert css.count("/*") >= len(buttons) + 1
    assert "</" not in css
    rules = re.sub(r"\\.", "", bare, flags=re.DOTALL)
    assert rules.count("{") == rules.count("}") == 2 * len(buttons)
    for ground in re.findall(r"background-color: (#[0-9a-f]{6});", css):
        assert contrast(ground, "#ffffff") >= READABLE


@given(st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=6))
def test_pictures_have_names_that_differ_and_are_files(exchanges: list[str]) -> None:
    names = [picture_name(exchange) for exchange in exchanges]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+\.svg", name) for name in names)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn"))), st.sampled_from(["", "#07c160", "#f7f7f7"]))
@example("A 0", "")
def test_a_letter_picture_is_a_sound_svg(name: str, color: str) -> None:
    root = ET.fromstring(letter_picture(IconButton("X", name, color)))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "".join(root.itertext()).strip() == initials(name)


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_colours_can_be_read(color: str) -> None:
    assert contrast(darkened(color), "#ffffff") >= READABLE
    assert contrast(color, ink_on(color)) >= 2.5


def test_a_design_is_known_by_the_address_of_the_page() -> None:
    assert design_of("~/tenant/templates/AzureBlue/unified.cshtml") == "ocean-blue"
    assert design_of("~/tenant/templates/MSA/unified.cshtml") == "slate-gray"
    assert design_of(" ~/tenant/default/unified.cshtml") == "classic"
    assert design_of("https://shop.contoso.com/templates/AzureBlue/unified.html") is None
    assert design_of("~/common/default_page_error.html") is None


def test_a_picture_is_not_called_as_windows_calls_a_device() -> None:
    assert picture_name("CON") != "CON.svg"
    assert picture_name("aux").startswith("aux-")
    assert picture_name("Console") == "Console.svg"
