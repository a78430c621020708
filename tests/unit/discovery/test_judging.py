"""What Azure makes of a provider's metadata: well-known ones, and each fault by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.bad_server import answer, serving
from latchkey.catalogue.loader import load_catalogue
from latchkey.discovery import judging
from latchkey.discovery.address import OnDisk, OnWeb, Pasted, understood
from latchkey.discovery.document import json_object
from latchkey.discovery.fill import domain_of, name_of, proposals
from latchkey.discovery.keys import Key, judge, keys_of
from latchkey.discovery.problems import Problem
from latchkey.discovery.reading import Reading, read_provider
from latchkey.discovery.server import server_of
from latchkey.discovery.verdict import Kind, Verdict
from latchkey.draft.draft import Provider

KNOWN = json.loads((Path(__file__).parents[2] / "data/discovery/providers.json").read_text("utf-8"))["providers"]
ADDRESS = "https://login.fabrikam.com/.well-known/openid-configuration"
SOUND: dict[str, Any] = {
    "issuer": "https://login.fabrikam.com",
    "authorization_endpoint": "https://login.fabrikam.com/authorize",
    "token_endpoint": "https://login.fabrikam.com/token",
    "jwks_uri": "https://login.fabrikam.com/keys",
    "response_types_supported": ["code"],
    "response_modes_supported": ["form_post", "query"],
    "subject_types_supported": ["public"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "scopes_supported": ["openid", "profile", "email"],
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
    "claims_supported": ["sub", "name", "given_name", "family_name", "email"],
}


def ids(verdicts: list[Verdict], kind: Kind) -> list[str]:
    return sorted({one.id for one in verdicts if one.kind is kind})


def judged(document: dict[str, Any], address: str = ADDRESS) -> list[Verdict]:
    found = judging.judge_openid(server_of(document), address)
    for one in found:
        assert one.message.endswith((".", "?"))
        assert one.kind is Kind.OK or one.hint or one.id in ("claims", "response-type", "signing")
    return found


# Well-known providers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known["name"])
def test_what_well_known_providers_publish(known: dict[str, Any]) -> None:
    found = judged(known["document"], known["address"])
    assert ids(found, Kind.WONT) == known["wont"]
    assert ids(found, Kind.NOTE) == known["notes"]
    reading = Reading("openid-connect", "", known["address"], server_of(known["document"]), None, lambda: found)
    entry = load_catalogue()["openid-connect"]
    filled = {one.field: one.value for one in proposals(reading, entry, Provider("openid-connect"))}
    assert filled == {"settings.metadata_url": known["address"], **known["fills"]}


# One fault at a time ----------------------------------------------------------------------------------------------


def test_a_sound_document_has_nothing_but_good_news() -> None:
    found = judged(SOUND)
    assert {one.kind for one in found} == {Kind.OK}
    assert {one.id for one in found} == {
        "issuer", "endpoints", "response-type", "response-mode", "scope", "client-authentication", "signing", "claims",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "wont", "notes"),
    [
        ({"issuer": None}, ["issuer-missing"], []),
        ({"issuer": ""}, ["issuer-missing"], []),
        ({"issuer": "login.fabrikam.com"}, ["issuer-odd"], []),
        ({"issuer": "https://login.fabrikam.com/{tenant}"}, ["issuer-template"], []),
        ({"issuer": "https://login.fabrikam.com/"}, [], []),
        ({"issuer": "https://login.fabrikam.com/shop"}, [], ["issuer-differs"]),
        ({"issuer": "https://evil.example"}, [], ["issuer-elsewhere"]),
        ({"issuer": 7}, ["issuer-missing", "wrong-types"], []),
        ({"authorization_endpoint": None}, ["endpoint-missing"], []),
        ({"token_endpoint": None}, ["endpoint-missing"], []),
        ({"jwks_uri": None}, ["endpoint-missing"], []),
        ({"jwks_uri": "keys"}, ["endpoint-odd"], []),
        ({"jwks_uri": "http://login.fabrikam.com/keys"}, ["endpoint-not-https"], []),
        ({"token_endpoint": "https://10.0.0.7/token"}, ["endpoint-private"], []),
        ({"token_endpoint": "https://idp.corp/token"}, ["endpoint-private"], []),
        ({"response_types_supported": ["token", "none"]}, ["response-type"], []),
        ({"response_types_supported": ["id_token"]}, [], []),
        ({"response_types_supported": "code"}, ["wrong-types"], ["response-type"]),
        ({"response_types_supported": [1, 2]}, ["wrong-types"], ["response-type"]),
        ({"response_types_supported": None}, [], ["response-type"]),
        ({"response_modes_supported": None}, [], ["response-mode"]),
        ({"response_modes_supported": ["query"]}, [], ["response-mode"]),
        ({"response_modes_supported": ["fragment"]}, ["response-mode"], []),
        ({"response_types_supported": ["id_token"], "response_modes_supported": ["query"]}, ["response-mode"], []),
        ({"scopes_supported": None}, [], []),
        ({"scopes_supported": ["openid"]}, [], ["scope"]),
        ({"scopes_supported": ["profile"]}, [], ["scope"]),
        ({"token_endpoint_auth_methods_supported": None}, [], ["client-authentication"]),
        ({"token_endpoint_auth_methods_supported": ["client_secret_basic"]}, [], ["client-authentication"]),
        ({"token_endpoint_auth_methods_supported": ["private_key_jwt"]}, ["client-authentication"], []),
        ({"token_endpoint_auth_methods_supported": ["tls_client_auth"]}, ["client-authentication"], []),
        ({"id_token_signing_alg_values_supported": ["ES256"]}, ["signing"], []),
        ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, ["signing"], []),
        ({"id_token_signing_alg_values_supported": []}, ["signing"], []),
        ({"id_token_signing_alg_values_supported": ["HS256", "RS512"]}, [], []),
        ({"id_token_signing_alg_values_supported": None}, [], ["signing"]),
        ({"id_token_encryption_alg_values_supported": ["RSA-OAEP"]}, [], ["encryption"]),
        ({"claims_supported": None}, [], ["claims"]),
        ({"claims_supported": ["sub"]}, [], ["claims"]),
        ({"userinfo_endpoint": "https://login.fabrikam.com/me"}, [], ["claims-in-token"]),
        ({"subject_types_supported": ["pairwise"]}, [], ["subject-pairwise"]),
        ({"require_pushed_authorization_requests": True}, ["pushed-requests"], []),
        ({"require_signed_request_object": True}, ["signed-requests"], []),
        ({"require_signed_request_object": "true"}, ["wrong-types"], []),
    ],
)
def test_each_fault_has_its_own_verdict(change: dict[str, Any], wont: list[str], notes: list[str]) -> None:
    document = {name: value for name, value in {**SOUND, **change}.items() if value is not None}
    found = judged(document)
    assert (ids(found, Kind.WONT), ids(found, Kind.NOTE)) == (wont, notes)


def test_the_issuer_of_an_address_with_a_slash_more() -> None:
    document = {**SOUND, "issuer": "https://login.fabrikam.com/shop"}
    address = "https://login.fabrikam.com/shop//.well-known/openid-configuration"
    assert "issuer-differs" in ids(judged(document, address), Kind.NOTE)
    assert ids(judged(document, ""), Kind.NOTE) == []


def test_an_oauth_server_says_where_the_person_is_asked_for() -> None:
    server = server_of({**SOUND, "token_endpoint_auth_methods_supported": ["client_secret_basic"]})
    found = judging.judge_oauth(server, "https://login.fabrikam.com/.well-known/oauth-authorization-server")
    assert (ids(found, Kind.WONT), ids(found, Kind.NOTE)) == ([], ["user-info"])
    server = server_of({**SOUND, "response_types_supported": ["token"], "userinfo_endpoint": "http://a.example/me"})
    assert ids(judging.judge_oauth(server, ""), Kind.WONT) == ["endpoint-not-https", "response-type"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*SOUND, "userinfo_endpoint", "require_signed_request_object"]), json_values))
def test_any_document_is_judged_without_stumbling(document: dict[str, Any]) -> None:
    server = server_of({**SOUND, **document})
    for found in (judging.judge_openid(server, ADDRESS), judging.judge_oauth(server, ADDRESS)):
        assert all("\n" not in one.message and one.message for one in found)


# Documents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "id_"),
    [
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (b"nothing", "not-json"),
        (b"\xff\xfe\x00", "not-json"),
        (b"[1, 2]", "not-metadata"),
        (b'"text"', "not-metadata"),
        (b"[" * 100_000, "too-deep"),
        (b'{"a":' * 100_000, "too-deep"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "not-json"),
        (b"<!DOCTYPE html><html></html>", "web-page"),
        (b"<html lang='en'><body>", "web-page"),
    ],
)
def test_what_is_no_json_object_is_refused(body: bytes, id_: str) -> None:
    with pytest.raises(Problem) as told:
        json_object(body, "The document")
    assert told.value.id == id_


def test_json_may_begin_with_a_mark_of_its_encoding() -> None:
    assert json_object(b'\xef\xbb\xbf{"a": 1}', "x") == {"a": 1}


@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_one_clear_refusal(body: bytes) -> None:
    try:
        read_provider((b"{" + body).decode("latin-1"))
    except Problem as problem:
        assert problem.message
    try:
        read_provider((b"<" + body).decode("latin-1"))
    except Problem as problem:
        assert problem.message


def test_json_that_is_something_else_is_said() -> None:
    with pytest.raises(Problem) as told:
        read_provider('{"name": "package", "version": "1.0"}')
    assert told.value.id == "not-metadata"


def test_metadata_of_another_kind_is_said() -> None:
    with pytest.raises(Problem) as told:
        read_provider(json.dumps(SOUND), "saml")
    assert told.value.id in ("other-kind", "not-xml")


# Keys -------------------------------------------------------------------------------------------------------------


def rsa(bits: int = 2048, **more: Any) -> dict[str, Any]:
    return {"kty": "RSA", "kid": f"k{bits}", "n": "u" * (bits // 6) + "8", "e": "AQAB", **more}


@pytest.mark.parametrize(
    ("keys", "wont", "notes"),
    [
        ([], ["keys-missing"], []),
        ([rsa()], [], []),
        ([rsa(use="sig")], [], []),
        ([rsa(use="enc")], ["keys-unusable"], []),
        ([rsa(key_ops=["sign"])], ["keys-unusable"], []),
        ([rsa(1024)], ["keys-weak"], []),
        ([{"kty": "EC", "crv": "P-256", "kid": "e"}], ["keys-unusable"], []),
        ([rsa(), {"kty": "EC", "crv": "P-256", "kid": "e"}], [], ["keys-mixed"]),
        ([{"kty": "RSA", "n": "!!!", "e": 7}], ["keys-unusable"], []),
        ([7, "x", None], ["keys-missing"], []),
    ],
)
def test_keys(keys: list[Any], wont: list[str], notes: list[str]) -> None:
    found = keys_of({"keys": keys})
    assert found is not None
    verdicts = judge(found)
    assert (ids(verdicts, Kind.WONT), ids(verdicts, Kind.NOTE)) == (wont, notes)


def test_what_is_no_key_set_has_no_keys() -> None:
    assert keys_of({"keys": "x"}) is None
    assert keys_of({}) is None


def test_keys_that_end() -> None:
    from datetime import UTC, datetime, timedelta

    now = datetime(2026, 6, 1, tzinfo=UTC)
    soon, gone = (Key(str(days), "RSA", 2048, True, now + timedelta(days=days)) for days in (5, -1))
    assert ids(judge([soon], now), Kind.NOTE) == ["keys-end-soon"]
    assert ids(judge([gone], now), Kind.WONT) == ["keys-ended"]
    assert ids(judge([soon, gone], now), Kind.WONT) == []


# Addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("https://login.fabrikam.com", ADDRESS),
        ("https://login.fabrikam.com/", ADDRESS),
        ("login.fabrikam.com", ADDRESS),
        ("  https://login.fabrikam.com\n", ADDRESS),
        (ADDRESS, ADDRESS),
        ("https://a.example/realms/shop", "https://a.example/realms/shop/.well-known/openid-configuration"),
        ("https://a.example/x?p=B2C_1A_y", "https://a.example/x?p=B2C_1A_y"),
        ("https://a.example/FederationMetadata.xml", "https://a.example/FederationMetadata.xml"),
        ("localhost:8080/x", "https://localhost:8080/x/.well-known/openid-configuration"),
    ],
)
def test_an_issuer_leads_to_its_document(typed: str, first: str) -> None:
    found = understood(typed)
    assert isinstance(found, OnWeb)
    assert found.addresses[0] == first
    assert len(found.addresses) <= 5


def test_an_oauth_issuer_with_a_path_has_the_well_known_part_before_it() -> None:
    found = understood("https://a.example/shop", "oauth2")
    assert isinstance(found, OnWeb)
    assert found.addresses[0] == "https://a.example/.well-known/oauth-authorization-server/shop"


def test_files_and_texts_are_told_from_addresses(tmp_path: Path) -> None:
    file = tmp_path / "metadata.json"
    file.write_text("{}")
    assert understood(str(file)) == OnDisk(file)
    assert understood(file.as_uri()) == OnDisk(file)
    assert understood(' {"issuer": "x"}') == Pasted(b'{"issuer": "x"}')
    with pytest.raises(Problem) as told:
        understood("some words")
    assert told.value.id == "not-an-address"


@given(st.text(max_size=80))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        understood(text)
    except Problem as problem:
        assert problem.message


@pytest.mark.parametrize(
    ("issuer", "domain", "name"),
    [
        ("https://login.fabrikam.com/x", "fabrikam.com", "Fabrikam"),
        ("https://accounts.google.com", "google.com", "Google"),
        ("https://my-shop.example", "my-shop.example", "My Shop"),
        ("https://localhost:8080", "", "Localhost"),
        ("https://10.0.0.1", "", ""),
        ("https://idp.lan", "", ""),
        ("not an address", "", ""),
        ("https://[", "", ""),
    ],
)
def test_whose_it_is(issuer: str, domain: str, name: str) -> None:
    assert (domain_of(issuer), name_of(issuer)) == (domain, name)


# Addresses that are none ------------------------------------------------------------------------------------------

ODD = st.sampled_from(
    ["https://[", "https://[]/", "https://a:b@c.de/", "http://a:99999/", "https:///x", "//", "https://\u2100.example"]
)


@given(ODD, ODD)
def test_an_address_that_is_none_stops_nothing(issuer: str, token: str) -> None:
    """A hostile document: its addresses make the standard library stumble."""
    catalogue = load_catalogue()
    for kind in ("openid-connect", "oauth2"):
        read = read_provider(json.dumps({**SOUND, "issuer": issuer, "token_endpoint": token}), kind)  # type: ignore[arg-type]
        assert read.verdicts
        proposals(read, catalogue[kind], Provider(kind))


@pytest.mark.parametrize(
    "token", ["https://[", "https://a:b@localhost/", "ftp://localhost/x", "https://localhost:99999/"]
)
def test_a_token_address_that_is_none_is_a_verdict_and_no_refusal(token: str) -> None:
    pages: dict[str, Any] = {"/keys": answer(json.dumps({"keys": [rsa()]}))}
    with serving(pages) as server:
        base = server.at("").rstrip("/")
        document = {**SOUND, "issuer": base, "jwks_uri": f"{base}/keys", "token_endpoint": token}
        pages["/.well-known/openid-configuration"] = answer(json.dumps(document))
        read = read_provider(base)
    assert read.keys is not None
    assert "endpoint-odd" in ids(list(read.verdicts), Kind.WONT) or token.startswith("https://a:b@")
