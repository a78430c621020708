"""`latchkey discover`: each fault of a bad server is its own clear finding; a draft is written whole or not at all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.bad_server import Server, answer, drip, redirect, serving, silent
from helpers.command import Command
from latchkey.discovery import fetch
from latchkey.draft.store import load

PATH = "/.well-known/openid-configuration"
KEYS = answer(json.dumps({"keys": [{"kty": "RSA", "use": "sig", "kid": "one", "n": "u" * 342 + "8", "e": "AQAB"}]}))
START = """\
# Our shop.
format = 1

[tenant]
name = "contoso"

[policies]
kind = "custom"
accounts = "social"
"""


def document(base: str, **change: Any) -> dict[str, Any]:
    sound = {
        "issuer": base,
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/token",
        "jwks_uri": f"{base}/keys",
        "response_types_supported": ["code"],
        "response_modes_supported": ["form_post"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "claims_supported": ["sub", "name", "given_name", "family_name", "email"],
    }
    return {name: value for name, value in {**sound, **change}.items() if value is not None}


class Provider:
    """A provider whose document can be changed while it runs."""

    def __init__(self, server: Server, pages: dict[str, Any]) -> None:
        self.server, self.pages = server, pages
        self.address = server.at("").rstrip("/")
        self.publish()

    def publish(self, **change: Any) -> None:
        self.pages[PATH] = answer(json.dumps(document(self.address, **change)))


@pytest.fixture
def provider() -> Iterator[Provider]:
    pages: dict[str, Any] = {"/keys": KEYS}
    with serving(pages) as server:
        yield Provider(server, pages)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "shop.latchkey.toml"
    file.write_text(START)
    return file


def kinds(said: Any) -> dict[str, str]:
    return {one["id"]: one["verdict"] for one in said["verdicts"]}


# What is told -----------------------------------------------------------------------------------------------------


def test_this_computer_is_asked_when_it_is_named(latchkey: Command, provider: Provider) -> None:
    assert latchkey("discover", provider.address).status == 0
    assert latchkey("discover", provider.address.replace("localhost", "127.0.0.1")).status == 0


def test_a_sound_provider(latchkey: Command, provider: Provider) -> None:
    done = latchkey("discover", provider.address, "--local", "--json")
    assert (done.status, done.err) == (0, "")
    assert done.json["works"] is True
    assert (done.json["kind"], done.json["issuer"]) == ("openid-connect", provider.address)
    assert done.json["address"] == provider.address + PATH
    assert set(kinds(done.json).values()) == {"ok", "worth-knowing"}
    assert kinds(done.json)["endpoint-private"] == "worth-knowing"
    assert kinds(done.json)["address-not-https"] == "worth-knowing"
    text = latchkey("discover", provider.address, "--local").out
    assert text.index("Worth knowing") < text.index("Works with Azure") < text.index("In a draft that would be")
    assert "Will not work" not in text


@pytest.mark.parametrize(
    ("change", "id_"),
    [
        ({"issuer": "https://evil.example"}, "issuer-elsewhere"),
        ({"issuer": None}, "issuer-missing"),
        ({"response_types_supported": "code"}, "wrong-types"),
        ({"jwks_uri": None}, "endpoint-missing"),
        ({"jwks_uri": "http://keys.fabrikam.com/"}, "endpoint-not-https"),
        ({"id_token_signing_alg_values_supported": ["ES256"]}, "signing"),
        ({"response_types_supported": ["token"]}, "response-type"),
    ],
)
def test_faults_of_the_document(latchkey: Command, provider: Provider, change: dict[str, Any], id_: str) -> None:
    provider.publish(**change)
    done = latchkey("discover", provider.address, "--local", "--json")
    verdict = kinds(done.json)[id_]
    assert verdict == ("worth-knowing" if id_ == "issuer-elsewhere" else "will-not-work")
    assert done.status == (0 if verdict == "worth-knowing" else 1)
    assert done.json["works"] is (done.status == 0)


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        (answer("{}"), "keys-missing"),
        (answer('{"keys": []}'), "keys-missing"),
        (answer('{"keys": [{"kty": "EC"}]}'), "keys-unusable"),
        (answer("gone", "text/plain", "404 Not Found"), "keys-unread"),
        (answer("<html></html>", "text/html"), "keys-unread"),
        (redirect("https://elsewhere.example/keys"), "keys-unread"),
    ],
)
def test_faults_of_the_keys(latchkey: Command, provider: Provider, said: bytes, id_: str) -> None:
    provider.pages["/keys"] = said
    done = latchkey("discover", provider.address, "--local", "--json")
    assert (done.status, kinds(done.json)[id_]) == (1, "will-not-work")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (answer("x" * 1_100_000), "larger than 1000 KB"),
        (
            answer(gzip.compress(b" " * 3_000_000), "application/json", "200 OK", "Content-Encoding: gzip"),
            "larger than",
        ),
        (answer("<!doctype html><html>Welcome</html>", "text/html"), "web page"),
        (answer("{'issuer': 1}"), "not JSON"),
        (answer("[]"), "not metadata"),
        (answer('{"a":' * 50_000), "deeper"),
        (answer(""), "empty"),
        (answer("no", "text/plain", "404 Not Found"), "no document"),
        (answer("no", "text/plain", "403 Forbidden"), "not open to everybody"),
        (answer("no", "text/plain", "500 Oops"), "in trouble"),
        (redirect("https://elsewhere.example/x"), "another server"),
        (redirect(PATH), "from one address to the next"),
        (b"\x00\x01\x02\x03\r\n\r\n", "web server"),
        (b"", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{}", "broke off"),
    ],
)
def test_faults_of_the_server_are_told_in_two_lines(latchkey: Command, said: bytes, words: str) -> None:
    with serving({PATH: said, "*": said}) as server:
        done = latchkey("discover", server.at(PATH), "--local")
    assert done.status == 1
    assert done.out == ""
    assert words in done.told[0]


@pytest.mark.parametrize("speak", [silent, drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")])
def test_slow_servers_are_told(latchkey: Command, speak: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latchkey.cli.discover.limits_of", lambda _given: fetch.Limits(seconds=0.3, local=True))
    with serving({"*": speak}) as server:
        done = latchkey("discover", server.at(PATH), "--local")
    assert done.status == 1
    assert "did not answer in full" in done.told[0]


def test_the_fault_stands_in_json_too(latchkey: Command) -> None:
    done = latchkey("discover", "http://localhost:9", "--json")
    assert done.status == 1
    assert done.json["error"]["message"]


@pytest.mark.parametrize(
    "where", ["https://10.0.0.1", "https://nas.lan", "http://login.contoso.com", "https://a:b@c.de"]
)
def test_without_a_word_nothing_of_ones_own_network_is_asked(latchkey: Command, where: str) -> None:
    done = latchkey("discover", where)
    assert done.status == 1
    assert all(done.told)


# Files ------------------------------------------------------------------------------------------------------------


def test_a_saved_document(latchkey: Command, tmp_path: Path) -> None:
    file = tmp_path / "saved.json"
    file.write_text(json.dumps(document("https://login.fabrikam.com")))
    done = latchkey("discover", file, "--json")
    assert done.status == 0
    assert done.json["address"] == ""
    assert "not-asked" in kinds(done.json)


def test_a_file_that_is_not_there(latchkey: Command, tmp_path: Path) -> None:
    assert latchkey("discover", tmp_path / "none.json").status == 2
    assert latchkey("discover", tmp_path / "none.json").told


def test_a_file_for_another_type(latchkey: Command, tmp_path: Path) -> None:
    file = tmp_path / "saved.json"
    file.write_text(json.dumps(document("https://login.fabrikam.com")))
    assert "SAML" in latchkey("discover", file, "--type", "saml").told[1]
    assert latchkey("discover", file, "--type", "wechat").status == 2
    assert latchkey("discover", file, "--type", "oauth2", "--json").json["kind"] == "oauth2"


# Drafts -----------------------------------------------------------------------------------------------------------


def test_it_is_added_and_comments_stay(latchkey: Command, provider: Provider, draft: Path) -> None:
    done = latchkey("discover", provider.address, "--draft", draft, "--local")
    assert done.status == 0
    assert "was added to" in done.out
    assert "Still missing" in done.out
    assert draft.read_text().startswith("# Our shop.\n")
    [row] = load(draft).providers
    assert row.settings["metadata_url"] == provider.address + PATH
    again = latchkey("discover", provider.address, "--draft", draft, "--local", "--json")
    assert again.json["draft"]["added"] is False
    assert len(load(draft).providers) == 1


def test_a_domain_hint_that_another_provider_has_is_left_to_it(latchkey: Command, draft: Path, tmp_path: Path) -> None:
    draft.write_text(START + '\n[[providers]]\ntype = "google"\nclient_id = "1-a.apps.googleusercontent.com"\n')
    file = tmp_path / "google.json"
    file.write_text(json.dumps(document("https://accounts.google.com")))
    assert latchkey("discover", file, "--draft", draft).status == 0
    assert load(draft).providers[1].domain_hint == ""
    file.write_text(json.dumps(document("https://accounts.fabrikam.com")))
    assert latchkey("discover", file, "--draft", draft, "--provider", "openid-connect").status == 0
    assert load(draft).providers[1].domain_hint == "fabrikam.com"


def test_a_draft_that_is_not_there_yet_is_made(latchkey: Command, provider: Provider, tmp_path: Path) -> None:
    file = tmp_path / "new.latchkey.toml"
    assert latchkey("discover", provider.address, "--draft", file, "--local").status == 0
    assert load(file).providers[0].type == "openid-connect"
    assert latchkey("discover", provider.address, "--draft", tmp_path / "new.txt", "--local").status == 2


def test_nothing_is_written_when_people_could_not_sign_in(latchkey: Command, provider: Provider, draft: Path) -> None:
    provider.publish(id_token_signing_alg_values_supported=["ES256"])
    done = latchkey("discover", provider.address, "--draft", draft, "--local", "--json")
    assert done.status == 1
    assert done.json["draft"]["written"] is False
    assert draft.read_text() == START


def test_one_of_several_is_named(latchkey: Command, provider: Provider, draft: Path) -> None:
    rows = "".join(f'\n[[providers]]\ntype = "openid-connect"\nname = "{name}"\n' for name in ("One", "Two"))
    draft.write_text(START + rows)
    assert latchkey("discover", provider.address, "--draft", draft, "--provider", "two", "--local").status == 0
    one, two = load(draft).providers
    assert (bool(one.settings), bool(two.settings)) == (False, True)
    done = latchkey("discover", provider.address, "--draft", draft, "--provider", "three", "--local")
    assert (done.status, "One, Two" in done.told[1]) == (1, True)


def test_a_type_that_is_asked_for_is_the_one_that_is_filled(latchkey: Command, draft: Path, tmp_path: Path) -> None:
    draft.write_text(START + '\n[[providers]]\ntype = "openid-connect"\n\n[[providers]]\ntype = "adfs"\n')
    file = tmp_path / "saved.json"
    file.write_text(json.dumps(document("https://adfs.fabrikam.com/adfs", claims_supported=["sub", "upn"])))
    said = latchkey("discover", file, "--draft", draft, "--type", "adfs", "--json").json
    assert (said["draft"]["type"], said["draft"]["added"]) == ("adfs", False)
    said = latchkey("discover", file, "--draft", draft, "--type", "ping-one", "--json").json
    assert (said["draft"]["type"], said["draft"]["added"]) == ("ping-one", True)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("https://login.contoso.com", "--compare", "x"),
        ("--compare", "x", "--reach", "wechat"),
        ("https://login.contoso.com", "--provider", "One"),
        ("https://login.contoso.com", "--type", "nothing"),
        ("--reach", "nothing"),
    ],
)
def test_wrong_usage(latchkey: Command, words: tuple[str, ...]) -> None:
    done = latchkey("discover", *words)
    assert done.status == 2
    assert all(done.told)


# The watch --------------------------------------------------------------------------------------------------------


def test_what_has_changed_since(latchkey: Command, provider: Provider, draft: Path) -> None:
    assert latchkey("discover", provider.address, "--draft", draft, "--local").status == 0
    done = latchkey("discover", "--compare", draft, "--local", "--json")
    assert (done.status, [one["id"] for one in done.json["providers"][0]["verdicts"]]) == (0, ["unchanged"])
    provider.publish(token_endpoint=f"{provider.address}/v2/token", claims_supported=["sub", "name"])
    provider.pages["/keys"] = answer(KEYS.partition(b"\r\n\r\n")[2].replace(b'"one"', b'"two"'))
    done = latchkey("discover", "--compare", draft, "--local", "--json")
    ids = {one["id"] for one in done.json["providers"][0]["verdicts"]}
    assert ids == {"draft-claims", "endpoint-moved", "keys-rolled", "claims-gone"}
    assert done.status == 0
    provider.publish(response_modes_supported=["query"])
    done = latchkey("discover", "--compare", draft, "--local")
    assert done.status == 1
    assert "form_post" in done.out


def test_a_provider_that_does_not_answer_any_more(latchkey: Command, draft: Path) -> None:
    pages: dict[str, Any] = {"/keys": KEYS}
    with serving(pages) as server:
        made = Provider(server, pages)
        assert latchkey("discover", made.address, "--draft", draft, "--local").status == 0
    done = latchkey("discover", "--compare", draft, "--local", "--json")
    assert done.status == 1
    assert kinds(done.json["providers"][0]) == {"no-connection": "will-not-work"}


def test_the_first_time_there_is_nothing_to_compare_with(latchkey: Command, provider: Provider, draft: Path) -> None:
    draft.write_text(
        START
        + f'\n[[providers]]\ntype = "openid-connect"\n[providers.settings]\nmetadata_url = "{provider.address}{PATH}"\n'
    )
    first = latchkey("discover", "--compare", draft, "--local", "--json")
    assert kinds(first.json["providers"][0]) == {"not-seen-before": "worth-knowing"}
    second = latchkey("discover", "--compare", draft, "--local", "--json")
    assert kinds(second.json["providers"][0]) == {"unchanged": "ok"}
    assert draft.read_text().startswith("# Our shop.\n")


def test_a_draft_without_such_providers(latchkey: Command, draft: Path) -> None:
    draft.write_text(START + '\n[[providers]]\ntype = "wechat"\n')
    assert latchkey("discover", "--compare", draft).status == 1


def test_reach_of_a_type_and_of_a_draft(latchkey: Command, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"*": answer("", "text/plain", "400 Bad Request")}) as server:
        monkeypatch.setattr(
            "latchkey.discovery.reach.addresses", lambda _entry, _settings: {"token_endpoint": server.at("/token")}
        )
        done = latchkey("discover", "--reach", "wechat", "--local", "--json")
        assert done.status == 0
        assert [one["id"] for one in done.json["providers"][0]["verdicts"]] == ["answers", "cannot-know"]
        draft.write_text(START + '\n[[providers]]\ntype = "qq"\n\n[[providers]]\ntype = "wechat"\n')
        assert len(latchkey("discover", "--reach", draft, "--local", "--json").json["providers"]) == 2
        assert "Whether people can sign in" in latchkey("discover", "--reach", draft, "--local").out
