"""What a row of the list of sign-in buttons says."""

from __future__ import annotations

from typing import Any

import pytest

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.loader import load_catalogue
from latchkey.check.draft_rules import check_draft
from latchkey.draft.draft import Draft, Policies, Provider, Tenant, frozen
from latchkey.gui.models.button_row import ButtonRow, button_row, shortened
from latchkey.text import set_language

METADATA = "https://login.contoso.example/.well-known/openid-configuration"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def shown(catalogue: Catalogue, stored: bool | None, **fields: Any) -> ButtonRow:
    provider = Provider(key="p1", **fields)
    draft = Draft(Tenant("contoso"), Policies(accounts="social"), providers=(provider,))
    return button_row(draft, provider, catalogue, check_draft(draft, catalogue), stored)


def test_nothing_entered_is_not_set_up(catalogue: Catalogue) -> None:
    row = shown(catalogue, None, type="wechat")
    assert (row.name, row.line, row.badge, row.look) == ("WeChat", "no APP ID yet", "not set up", "attention")


def test_a_missing_secret_is_called_as_the_portal_calls_it(catalogue: Catalogue) -> None:
    row = shown(catalogue, False, type="qq", client_id="101000001")
    assert (row.line, row.badge, row.look) == ("APP ID 101000001", "needs the APP KEY", "attention")


def test_our_own_words_are_part_of_the_sentence(catalogue: Catalogue) -> None:
    settings = frozen({"metadata_url": METADATA})
    row = shown(catalogue, False, type="openid-connect", name="Contoso", client_id="c", settings=settings)
    assert (row.name, row.badge) == ("Contoso", "needs client secret")
    assert row.line == "OpenID Connect • login.contoso.example"


def test_a_missing_setting_comes_before_the_secret(catalogue: Catalogue) -> None:
    row = shown(catalogue, False, type="openid-connect", name="Contoso", client_id="c")
    assert row.badge == "needs metadata URL"


def test_all_there_is_ready(catalogue: Catalogue) -> None:
    row = shown(catalogue, True, type="wechat", client_id="wx0123456789abcdef")
    assert (row.line, row.badge, row.look) == ("wx0123…cdef • secret stored", "ready", "done")


def test_while_the_keyring_has_not_answered_nothing_is_claimed(catalogue: Catalogue) -> None:
    assert shown(catalogue, None, type="wechat", client_id="wx0123456789abcdef").badge == ""


def test_without_need_of_a_secret_none_is_asked_for(catalogue: Catalogue) -> None:
    settings = frozen({"metadata_url": METADATA, "response_type": "id_token"})
    row = shown(catalogue, None, type="openid-connect", name="Contoso", client_id="c", settings=settings)
    assert row.badge == "ready"


def test_a_wrong_answer_needs_attention(catalogue: Catalogue) -> None:
    settings = frozen({"metadata_url": "ftp://login.contoso.example"})
    row = shown(catalogue, True, type="openid-connect", name="Contoso", client_id="c", settings=settings)
    assert row.badge == "needs attention"


def test_one_of_an_unknown_type_is_only_named(catalogue: Catalogue) -> None:
    row = shown(catalogue, None, type="existing", profile="Our-Own-IdP")
    assert (row.name, row.badge, row.look) == ("Our-Own-IdP", "in your policies", "")
    assert "place and removal only" in row.line
    assert row.fixed


def test_one_that_is_there_needs_no_secret_and_says_that_it_is_there(catalogue: Catalogue) -> None:
    provider = Provider("wechat", client_id="wx0123456789abcdef", key="p1")
    draft = Draft(Tenant("contoso"), Policies(), providers=(provider,))
    row = button_row(draft, provider, catalogue, (), stored=False, name="微信", present=True)
    assert (row.name, row.badge, row.look) == ("微信", "in your policies", "")
    assert button_row(draft, provider, catalogue, (), stored=False).badge == "needs the APP KEY"


def test_the_name_of_a_type_is_in_the_readers_language(catalogue: Catalogue) -> None:
    set_language("zh_CN")
    assert shown(catalogue, None, type="wechat").name == "微信"


def test_long_ids_lose_their_middle() -> None:
    assert shortened("wx0123456789abcdef") == "wx0123…cdef"
    assert shortened("101000001") == "101000001"
