"""What policies say of their sign-in page: its design and its texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.small_set import small_set
from latchkey.catalogue.loader import load_catalogue
from latchkey.compose.into.places import find_places
from latchkey.draft.draft import Draft, Policies
from latchkey.draft.reading import PAGE_DESIGNS
from latchkey.gui.sketch.asked import asked_design, asked_texts
from latchkey.gui.sketch.page import There, sketch_page
from latchkey.policy.folder import read_set
from latchkey.policy.page_designs import DESIGNS

PAGE = "~/tenant/default/unified.cshtml"


def places_of(folder: Path, page: str) -> str:
    for name, text in small_set().items():
        (folder / name).write_text(text.replace(PAGE, page), encoding="utf-8")
    return asked_design(Draft(), find_places(read_set(folder), Policies()))


@pytest.mark.parametrize(
    ("page", "design"),
    [
        (PAGE, "classic"),
        ("~/tenant/templates/AzureBlue/unified.cshtml", "ocean-blue"),
        ("~/tenant/templates/MSA/unified.cshtml", "slate-gray"),
        ("https://shop.contoso.com/sign-in.html", "own"),
    ],
)
def test_it_is_that_of_the_sign_in_page(tmp_path: Path, page: str, design: str) -> None:
    assert places_of(tmp_path, page) == design


def test_new_policies_ask_for_what_the_draft_says() -> None:
    assert asked_design(Draft(), None) == "ocean-blue"
    assert asked_design(Draft(policies=Policies(page_design="classic")), None) == "classic"


def test_a_draft_knows_the_designs_that_there_are() -> None:
    assert PAGE_DESIGNS == DESIGNS


def test_texts_of_the_page_are_those_of_the_policies_in_their_language(tmp_path: Path) -> None:
    own = """
        <LocalizedString ElementType="UxElement" StringId="social_intro">Come in
          with</LocalizedString>
        <LocalizedString ElementType="UxElement" StringId="local_intro_generic">With your {0}</LocalizedString>
        <LocalizedString ElementType="ClaimType" ElementId="signInName" StringId="DisplayName">Mail</LocalizedString>
        <LocalizedString ElementType="UxElement" StringId="divider_title"> </LocalizedString>
      </LocalizedStrings>"""
    for name, text in small_set().items():
        (tmp_path / name).write_text(text.replace("</LocalizedStrings>", own), encoding="utf-8")
    places = find_places(read_set(tmp_path), Policies())
    found = asked_texts(places, "en")
    assert found == {"social_intro": "Come in with", "local_intro": "With your {0}", "email": "Mail"}
    assert asked_texts(places, "zh-Hans") == {}
    page = sketch_page(Draft(), load_catalogue(), "classic", "en", There({}, True, found))
    assert page.texts["social_intro"] == "Come in with"
    assert page.texts["local_intro"] == "With your mail"
    assert page.texts["or"] == "or"
