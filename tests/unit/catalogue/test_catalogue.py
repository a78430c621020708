"""The order of the gallery, and the search."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latchkey.catalogue.catalogue import Catalogue, rank
from latchkey.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue()


def types(words: str) -> list[str]:
    return [entry.type for entry in CATALOGUE.search(words)]


def test_gallery_starts_with_wechat_and_qq_and_ends_with_generic_ones() -> None:
    entries = list(CATALOGUE.values())
    assert list(CATALOGUE)[:2] == ["wechat", "qq"]
    assert [entry.generic for entry in entries] == sorted(entry.generic for entry in entries)
    between = [entry.title.casefold() for entry in entries[2:] if not entry.generic]
    assert between == sorted(between)


def test_order_does_not_depend_on_the_files_order() -> None:
    openid = CATALOGUE["openid-connect"]
    others = [
        replace(openid, type="saml", title="Any SAML", protocol="SAML2"),
        replace(openid, type="oauth2", title="Any OAuth", protocol="OAuth2"),
        replace(CATALOGUE["facebook"], type="amazon", title="amazon"),
        replace(CATALOGUE["facebook"], type="zebra", title="Zebra"),
    ]
    wanted = ["wechat", "qq", "amazon", "facebook", "zebra", "openid-connect", "oauth2", "saml"]
    known = [CATALOGUE[type_] for type_ in ("openid-connect", "facebook", "qq", "wechat")]
    for entries in ([*others, *known], [*reversed(others), *reversed(known)]):
        assert list(Catalogue.of(entries)) == wanted


def test_is_a_mapping_by_type() -> None:
    assert CATALOGUE["wechat"].type == "wechat"
    assert "qq" in CATALOGUE
    assert "myspace" not in CATALOGUE
    assert len(CATALOGUE) == len(list(CATALOGUE))
    with pytest.raises(KeyError):
        CATALOGUE["myspace"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("wechat", "wechat"),
        ("WeChat", "wechat"),
        ("微信", "wechat"),
        ("weixin", "wechat"),
        ("wei xin", "wechat"),
        ("qq", "qq"),
        ("ＱＱ", "qq"),
        ("FACEBOOK", "facebook"),
        ("脸书", "facebook"),
        ("oidc", "openid-connect"),
        ("openid connect", "openid-connect"),
        ("keycloak", "openid-connect"),
    ],
)
def test_search_finds(words: str, first: str) -> None:
    assert types(words)[0] == first


def test_every_word_must_occur() -> None:
    assert types("tencent") == ["wechat", "qq"]
    assert types("tencent qq") == ["qq"]
    assert types("tencent facebook") == []


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_no_words_find_all(words: str) -> None:
    assert types(words) == list(CATALOGUE)


@given(st.text())
def test_any_words_are_answered_in_the_gallerys_order(words: str) -> None:
    found = types(words)
    assert found == [type_ for type_ in CATALOGUE if type_ in found]


@given(st.sampled_from([entry.title for entry in CATALOGUE.values()]), st.data())
def test_a_piece_of_a_title_in_any_case_finds_it(title: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(title.split()))
    start = data.draw(st.integers(0, len(word) - 1))
    piece = "".join(data.draw(st.sampled_from([letter.lower(), letter.upper()])) for letter in word[start:])
    assert title in [entry.title for entry in CATALOGUE.search(piece)]


def test_how_well_a_search_fits() -> None:
    entries = CATALOGUE

    def ranked(words: str) -> list[str]:
        found = entries.search(words)
        return [entry.type for entry in sorted(found, key=lambda entry: rank(entry, words))]

    assert ranked("x")[0] == "twitter"  # it is called X
    assert rank(entries["twitter"], "x") == 0
    assert rank(entries["wechat"], "weix") == 1
    assert rank(entries["twitter"], "witt") == 3
    assert rank(entries["entra-single-tenant"], "account") == 2
    assert ranked("apple")[0] == "apple"
    assert [ranked(words)[0] for words in ("微信", "ＷＥＩＸＩＮ", "wx")] == ["wechat"] * 3


def test_sections_of_the_gallery() -> None:
    sections = {entry.type: entry.section for entry in CATALOGUE.values() if not entry.generic}
    assert [type_ for type_, section in sections.items() if section == "china"] == ["wechat", "qq", "weibo"]
    assert sections["entra-single-tenant"] == "work"
    assert sections["swissid"] == "identity"
    assert sections["google"] == "social"
