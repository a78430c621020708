"""Answers become metadata: fixed parts, lists, and answers within longer values."""

from __future__ import annotations

import pytest

from latchkey.catalogue.answers import answers_in, fits, items, named_settings, stated_metadata, written_metadata
from latchkey.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue()


def test_an_answer_goes_into_a_longer_value() -> None:
    entry = CATALOGUE["entra-single-tenant"]
    made = written_metadata(entry, {"tenant": "contoso.com"})
    assert made["METADATA"] == "https://login.microsoftonline.com/contoso.com/v2.0/.well-known/openid-configuration"
    china = written_metadata(entry, {"tenant": "contoso.com", "authority": "login.partner.microsoftonline.cn"})
    assert china["METADATA"].startswith("https://login.partner.microsoftonline.cn/contoso.com/")


def test_each_answer_of_a_list_does() -> None:
    made = written_metadata(CATALOGUE["entra-multi-tenant"], {"tenants": " aa , bb,, "})
    assert (
        made["ValidTokenIssuerPrefixes"] == "https://login.microsoftonline.com/aa,https://login.microsoftonline.com/bb"
    )


def test_an_answer_is_never_read_as_a_name() -> None:
    entry = CATALOGUE["entra-single-tenant"]
    made = written_metadata(entry, {"tenant": "<authority>"})
    assert made["METADATA"] == "https://login.microsoftonline.com/<authority>/v2.0/.well-known/openid-configuration"


def test_what_is_not_answered_is_left_out() -> None:
    assert "NameIdPolicyFormat" not in written_metadata(CATALOGUE["saml"], {})
    assert written_metadata(CATALOGUE["saml"], {})["XmlSignatureAlgorithm"] == "Sha256"


def test_only_a_list_has_several_items() -> None:
    tenants = CATALOGUE["entra-multi-tenant"].setting("tenants")
    scope = CATALOGUE["id-me"].setting("scope")
    assert tenants is not None
    assert scope is not None
    assert items(tenants, "a, b") == ("a", "b")
    assert items(scope, "a, b") == ("a, b",)


def test_identity_that_is_stated_need_not_be_asked_for() -> None:
    entry = CATALOGUE["oauth2"]
    assert "issuer" in {setting.name for setting in entry.required_settings()}
    assert "issuer" not in {setting.name for setting in entry.required_settings(identity_stated=True)}


@pytest.mark.parametrize("type_", sorted(CATALOGUE))
def test_answers_come_back_out_of_what_they_wrote(type_: str) -> None:
    entry = CATALOGUE[type_]
    given = {setting.name: setting.example for setting in entry.settings if setting.metadata}
    named = {name for setting in entry.settings for name in named_settings(setting.value)}
    given |= {name: entry.setting(name).example for name in named}  # type: ignore[union-attr]
    assert answers_in(entry, written_metadata(entry, given)) == given


@pytest.mark.parametrize(
    "address",
    [
        "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",  # another type's
        "https://login.contoso.example/contoso.com/v2.0/.well-known/openid-configuration",
        "https://login.microsoftonline.com/contoso.com/.well-known/openid-configuration",
        "",
    ],
)
def test_what_has_another_form_is_no_answer(address: str) -> None:
    entry = CATALOGUE["entra-single-tenant"]
    assert answers_in(entry, {"METADATA": address}) == {}
    assert not fits(entry, entry.settings[0], address)


def test_only_what_is_stated_is_decided() -> None:
    entry = CATALOGUE["entra-multi-tenant"]
    assert stated_metadata(entry, {}) == {}
    assert set(stated_metadata(entry, {"tenants": "a"})) == {"ValidTokenIssuerPrefixes"}
    assert set(stated_metadata(entry, {"authority": "login.partner.microsoftonline.cn"})) == {"METADATA"}
