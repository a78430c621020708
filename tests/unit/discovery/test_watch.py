"""The watch: what was seen is remembered, and what is other than it was is told; the reach of known addresses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.bad_server import answer, redirect, serving
from latchkey.catalogue.loader import load_catalogue
from latchkey.discovery import reach as reaching
from latchkey.discovery.compare import against_draft, changes
from latchkey.discovery.fetch import Limits
from latchkey.discovery.keys import Key
from latchkey.discovery.places import addresses, metadata_place
from latchkey.discovery.reach import reach
from latchkey.discovery.reading import Reading
from latchkey.discovery.rows import row_for, row_named
from latchkey.discovery.seen import Seen, recall, remember, seen_now
from latchkey.discovery.server import Server
from latchkey.discovery.verdict import Kind
from latchkey.draft.draft import ClaimSource, Draft, Provider, frozen
from latchkey.errors import Refused
from latchkey.paths import state_folder

ADDRESS = "https://login.fabrikam.com/.well-known/openid-configuration"
SERVER = Server(
    issuer="https://login.fabrikam.com",
    authorization_endpoint="https://login.fabrikam.com/authorize",
    token_endpoint="https://login.fabrikam.com/token",
    jwks_uri="https://login.fabrikam.com/keys",
    response_types=("code", "id_token"),
    response_modes=("form_post", "query"),
    scopes=("openid", "profile", "email"),
    claims=("sub", "name", "email"),
    token_authentication=("client_secret_post",),
)
READING = Reading("openid-connect", "", ADDRESS, SERVER, (Key("a", "RSA", 2048), Key("b", "RSA", 2048)), tuple)
OPENID = load_catalogue()["openid-connect"]
OAUTH = load_catalogue()["oauth2"]


def row(type_: str = "openid-connect", **settings: str) -> Provider:
    return Provider(type_, settings=frozen(settings), key="p1")


def told(reading: Reading, before: Seen) -> list[str]:
    return [one.id for one in changes(before, reading)]


# Remembering ------------------------------------------------------------------------------------------------------


def test_what_was_seen_is_remembered_by_its_address() -> None:
    assert recall(ADDRESS) is None
    remember(READING)
    found = recall(ADDRESS)
    assert found is not None
    assert found.address == ADDRESS
    assert dict(found.keys or {}) == {"a": "", "b": ""}
    assert found.facts["claims"] == ("sub", "name", "email")
    assert told(READING, found) == ["unchanged"]


def test_oauth_is_remembered_by_the_address_that_the_policies_hold() -> None:
    remember(replace(READING, kind="oauth2"))
    found = recall(SERVER.authorization_endpoint)
    assert found is not None
    assert found.address == ADDRESS
    assert (
        metadata_place(OAUTH, row("oauth2", authorization_endpoint=SERVER.authorization_endpoint))
        == SERVER.authorization_endpoint
    )


def test_a_file_is_not_remembered() -> None:
    remember(replace(READING, address=""))
    assert not (state_folder() / "seen").exists()


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[]", b'{"format": 9}', b'{"format": 1, "facts": 7}', b"\xff", b"[" * 9000]
)
def test_a_record_that_can_not_be_used_counts_as_none(broken: bytes) -> None:
    remember(READING)
    [file] = (state_folder() / "seen").iterdir()
    file.write_bytes(broken)
    assert recall(ADDRESS) is None


# Changes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "ids"),
    [
        ({"issuer": "https://elsewhere.example"}, ["issuer-changed"]),
        ({"token_endpoint": "https://login.fabrikam.com/v2/token"}, ["endpoint-moved"]),
        ({"claims": ("sub", "email", "nickname")}, ["claims-gone", "claims-new"]),
        ({"response_types": ("id_token",)}, ["response_types-gone"]),
        ({"scopes": None}, ["scopes-gone"]),
    ],
)
def test_each_change_is_told(change: dict[str, Any], ids: list[str]) -> None:
    assert told(replace(READING, facts=replace(SERVER, **change)), seen_now(READING)) == ids


def test_keys_that_were_rolled_are_told() -> None:
    assert told(replace(READING, keys=(Key("b", "RSA", 2048), Key("c", "RSA", 2048))), seen_now(READING)) == [
        "keys-rolled"
    ]
    assert told(replace(READING, keys=None), seen_now(READING)) == ["unchanged"]


def test_moved_addresses_stand_in_oauth_policies_themselves() -> None:
    moved = replace(READING, kind="oauth2", facts=replace(SERVER, token_endpoint="https://login.fabrikam.com/2"))
    [one] = changes(seen_now(replace(READING, kind="oauth2")), moved)
    assert (one.id, one.kind) == ("endpoint-moved", Kind.WONT)


# Against the draft ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "ids"),
    [
        ({}, []),
        ({"response_mode": "query"}, []),
        ({"client_authentication": "client_secret_basic"}, ["draft-not-offered"]),
        ({"client_authentication": "client_secret_basic", "response_type": "id_token"}, []),
        ({"scope": "openid orders"}, ["draft-scope"]),
    ],
)
def test_what_the_draft_asks_for_and_the_provider_lacks(settings: dict[str, str], ids: list[str]) -> None:
    sound = replace(READING, facts=replace(SERVER, claims=None))
    assert [one.id for one in against_draft(sound, OPENID, row(**settings))] == ids


def test_claims_that_the_provider_does_not_list() -> None:
    asks = replace(row(), claims=frozen({"email": ClaimSource("mail"), "givenName": ClaimSource()}))
    [one] = against_draft(READING, OPENID, asks)
    assert one.id == "draft-claims"
    assert "mail" in one.message
    assert "given_name" not in one.message


def test_other_addresses_than_the_drafts() -> None:
    oauth = replace(READING, kind="oauth2", facts=replace(SERVER, claims=None))
    held = row(
        "oauth2", authorization_endpoint=SERVER.authorization_endpoint, token_endpoint="https://old.example/token"
    )
    assert [one.id for one in against_draft(oauth, OAUTH, held)] == ["draft-other-address"]


# Rows -------------------------------------------------------------------------------------------------------------


def test_the_row_that_a_reading_belongs_to() -> None:
    catalogue = load_catalogue()
    there, other, blank = row(metadata_url=ADDRESS), row(metadata_url="https://a.example/x"), row()
    wechat = Provider("wechat")
    assert row_for(READING, Draft(providers=(wechat, other, there, blank)), catalogue) is there
    assert row_for(READING, Draft(providers=(wechat, other, blank)), catalogue) is blank
    assert row_for(READING, Draft(providers=(wechat, other)), catalogue) is None
    assert row_for(READING, Draft(providers=(blank, blank)), catalogue) is None


def test_a_row_by_its_name() -> None:
    first, second = replace(row(), name="Shop"), replace(row(), id="Staff")
    draft = Draft(providers=(first, second))
    assert row_named(draft, load_catalogue(), "shop") is first
    assert row_named(draft, load_catalogue(), "Staff") is second
    for name in ("nobody", "openid-connect"):
        with pytest.raises(Refused):
            row_named(draft, load_catalogue(), name)


# Reach ------------------------------------------------------------------------------------------------------------


def test_the_addresses_that_a_type_is_built_on() -> None:
    catalogue = load_catalogue()
    assert set(addresses(catalogue["wechat"], {})) == {"authorization_endpoint", "token_endpoint", "userinfo_endpoint"}
    assert addresses(OPENID, {}) == {}
    assert addresses(OPENID, {"metadata_url": ADDRESS}) == {"metadata": ADDRESS}
    for entry in catalogue.values():
        assert all(url.startswith("https://") for url in addresses(entry, {}).values())


def test_addresses_are_knocked_at_and_nothing_is_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {
        "/authorize": redirect("https://elsewhere.example/login"),
        "/token": answer("no", "text/plain", "405 Method Not Allowed"),
        "/me": answer("gone", "text/plain", "404 Not Found"),
        "/first": answer("oops", "text/plain", "502 Bad Gateway"),
    }
    with serving(pages) as server:
        places = {
            "authorization_endpoint": server.at("/authorize"),
            "token_endpoint": server.at("/token"),
            "userinfo_endpoint": server.at("/me"),
            "request_token_endpoint": server.at("/first"),
            "jwks_uri": "http://localhost:9/keys",
        }
        monkeypatch.setattr(reaching, "addresses", lambda _entry, _settings: places)
        found = reach(load_catalogue()["wechat"], {}, None, Limits(local=True, seconds=5))
    assert [(one.id, one.kind) for one in found] == [
        ("sends-on", Kind.NOTE),
        ("answers", Kind.OK),
        ("nothing-there", Kind.NOTE),
        ("server-trouble", Kind.NOTE),
        ("no-connection", Kind.WONT),
        ("cannot-know", Kind.NOTE),
    ]
    assert all("wx" not in question for question in server.asked)


def test_a_metadata_address_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"*": answer("<html></html>", "text/html")}) as server:
        monkeypatch.setattr(reaching, "addresses", lambda _entry, _settings: {"metadata": server.at("/.well-known/x")})
        found = reach(OPENID, {}, None, Limits(local=True, seconds=5))
    assert [one.id for one in found] == ["web-page", "cannot-know"]


def test_without_answers_there_is_nothing_to_ask() -> None:
    assert [one.id for one in reach(OPENID, {})] == ["no-addresses"]


def test_the_record_holds_what_is_public_and_nothing_else() -> None:
    remember(READING)
    [file] = (state_folder() / "seen").iterdir()
    table = json.loads(Path(file).read_text("utf-8"))
    assert set(table) == {"format", "address", "day", "facts", "keys"}
    assert date.fromisoformat(table["day"])
