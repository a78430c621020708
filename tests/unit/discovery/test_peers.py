"""Real providers: from the address alone to a draft that composes and checks clean, with id and secret left to type."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers import certificates, peers
from helpers.bad_server import answer, serving
from latchkey.catalogue.loader import load_catalogue
from latchkey.check.draft_rules import check_draft
from latchkey.cli.commands import run
from latchkey.discovery.fetch import Limits
from latchkey.discovery.reading import read_provider
from latchkey.draft.store import load, save

START = """\
format = 1

[tenant]
name = "contoso"

[policies]
kind = "custom"
accounts = "social"
"""
Peer = Callable[[Path], AbstractContextManager[str]]


def command(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = run(arguments)
    return status, out.getvalue(), err.getvalue()


def discovered(address: str, draft: Path, *more: str) -> Any:
    status, out, err = command("discover", address, "--draft", str(draft), "--local", "--json", *more)
    assert (status, err) == (0, "")
    return json.loads(out)


def assert_composes(draft: Path, folder: Path, lacks: str) -> None:
    """Nothing is missing but what only the person can know; with that the set is without any finding."""
    made, catalogue = load(draft), load_catalogue()
    assert [(one.rule, one.field) for one in check_draft(made, catalogue)] == (
        [(lacks, "providers[0].client_id")] if lacks else []
    )
    if lacks:
        [row] = made.providers
        save(replace(made, providers=(replace(row, client_id="shop"),)), draft)
    status, out, err = command("compose", str(draft), "--out", str(folder), "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["findings"] == []
    status, out, _err = command("check", str(folder), "--json")
    assert (status, json.loads(out)["findings"]) == (0, [])


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "shop.latchkey.toml"
    file.write_text(START)
    return file


@pytest.fixture
def signing(tmp_path: Path) -> Path:
    """The certificate that a SAML provider signs with."""
    return certificates.make(tmp_path, "signing", bits=2048, days=400).file


@pytest.mark.parametrize("peer", [peers.npm_provider, peers.pypi_provider])
def test_openid_connect(peer: Peer, certificate: Path, draft: Path, tmp_path: Path) -> None:
    with peer(certificate) as address:
        said = discovered(address, draft)
    assert said["kind"] == "openid-connect"
    assert said["works"]
    assert said["draft"] == {
        "file": str(draft),
        "provider": "Localhost",
        "type": "openid-connect",
        "added": True,
        "written": True,
    }
    assert {one["id"] for one in said["verdicts"]} >= {"issuer", "response-type", "keys", "tls", "signing"}
    [row] = load(draft).providers
    assert row.settings["metadata_url"] == f"{address}/.well-known/openid-configuration"
    assert_composes(draft, tmp_path / "set", "client-id-present")


def test_the_certified_provider_is_known_whole(certificate: Path) -> None:
    with peers.npm_provider(certificate) as address:
        read = read_provider(address, None, None, Limits(local=True))
        notes = {one.id for one in read.verdicts if one.kind.value != "ok"}
        assert notes == {"endpoint-private", "claims-in-token"}
        assert read.keys is not None
        assert [(key.id, key.type, key.bits, key.usable) for key in read.keys] == [("first", "RSA", 2048, True)]


def test_what_was_typed_stays_and_differences_are_shown(certificate: Path, draft: Path) -> None:
    with peers.pypi_provider(certificate) as address:
        draft.write_text(
            START
            + f"""
[[providers]]
type = "openid-connect"
name = "Our shop"
[providers.settings]
metadata_url = "{address}"
response_mode = "form_post"   # as their handbook says
"""
        )
        status, out, _err = command("discover", address, "--draft", str(draft), "--local")
        assert status == 1  # form_post is not on offer: nothing is written
        assert "form_post" in out
        status, out, _err = command("discover", address, "--draft", str(draft), "--local", "--replace")
    # The draft of before asks for what the provider does not offer; with --replace it gives way.
    assert status == 0, out
    [row] = load(draft).providers
    assert row.name == "Our shop"
    assert row.settings["response_mode"] == "query"
    assert row.settings["metadata_url"].endswith("/.well-known/openid-configuration")
    assert "# as their handbook says" in draft.read_text()


def test_saml_metadata_by_its_address(certificate: Path, signing: Path, draft: Path, tmp_path: Path) -> None:
    metadata = peers.saml_metadata(signing, "https://idp.contoso.com")
    with serving({"/metadata": answer(metadata, "application/samlmetadata+xml")}, certificate) as server:
        said = discovered(server.at("/metadata"), draft)
    assert said["kind"] == "saml"
    [row] = load(draft).providers
    assert row.name == "Contoso Sign-in"
    assert row.settings["metadata"] == server.at("/metadata")
    assert row.settings["entity_id"] == "https://idp.contoso.com/saml"
    assert row.settings["name_id_format"].endswith(":persistent")
    assert_composes(draft, tmp_path / "set", "")


def test_saml_metadata_from_a_file(signing: Path, draft: Path, tmp_path: Path) -> None:
    file = tmp_path / "idp.xml"
    file.write_text(peers.saml_metadata(signing, "https://idp.contoso.com"))
    said = discovered(str(file), draft)
    assert {one["id"] for one in said["verdicts"]} >= {"entity-id", "sign-in-address", "keys", "not-asked"}
    [row] = load(draft).providers
    assert row.settings["metadata"].startswith("<")
    assert_composes(draft, tmp_path / "set", "")


def test_oauth_server_metadata(certificate: Path, draft: Path, tmp_path: Path) -> None:
    pages: dict[str, Any] = {}
    with serving(pages, certificate) as server:
        document = {
            "issuer": server.at("/shop"),
            "authorization_endpoint": server.at("/authorize"),
            "token_endpoint": server.at("/token"),
            "userinfo_endpoint": server.at("/me"),
            "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "scopes_supported": ["email", "profile", "orders"],
        }
        pages["/.well-known/oauth-authorization-server/shop"] = answer(json.dumps(document))
        said = discovered(server.at("/shop"), draft)
        assert server.paths[0] == "/shop/.well-known/openid-configuration"
    assert said["kind"] == "oauth2"
    [row] = load(draft).providers
    assert dict(row.settings) == {
        "authorization_endpoint": server.at("/authorize"),
        "token_endpoint": server.at("/token"),
        "userinfo_endpoint": server.at("/me"),
        "issuer": "localhost",
        "client_authentication": "client_secret_basic",
    }
    assert_composes(draft, tmp_path / "set", "client-id-present")


def test_keys_that_were_changed_are_seen(certificate: Path, draft: Path) -> None:
    """The watch: the second start of the provider has new keys; nothing else differs."""
    pages: dict[str, Any] = {}
    with peers.npm_provider(certificate) as address:
        discovered(address, draft)
        first = read_provider(address, None, None, Limits(local=True))
    assert first.keys is not None
    with serving(pages, certificate) as server:
        from latchkey.discovery.compare import changes
        from latchkey.discovery.seen import recall

        before = recall(f"{address}/.well-known/openid-configuration")
        assert before is not None
        assert set(before.keys or ()) == {"first"}
        assert [one.id for one in changes(before, first)] == ["unchanged"]
        other = replace(first, keys=(replace(first.keys[0], id="second"),))
        assert [one.id for one in changes(before, other)] == ["keys-rolled"]
        assert server.asked == []
