"""What was dropped, pasted or named at the start is recognised, and nothing of an unknown text is shown again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latchkey.gui import opening

POLICY = '<?xml version="1.0"?>\n<TrustFrameworkPolicy xmlns="http://x" PolicyId="B2C_1A_x"></TrustFrameworkPolicy>'


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.latchkey.toml", "format = 1\n", "draft"),
        ("a.toml", "", "draft"),
        ("Base.xml", POLICY, "policy"),
        ("Bom.xml", b"\xef\xbb\xbf" + POLICY.encode(), "policy"),
        ("Wide.xml", POLICY.encode("utf-16"), "policy"),
        ("Prefixed.xml", "<!-- a --><t:TrustFrameworkPolicy xmlns:t='x'/>", "policy"),
        ("idp.xml", '<md:EntityDescriptor xmlns:md="x" entityID="y"/>', "metadata"),
        ("idps.xml", '<EntitiesDescriptor xmlns="x"/>', "metadata"),
        ("other.xml", "<html></html>", "unknown"),
        ("meta.json", json.dumps({"issuer": "https://a", "jwks_uri": "https://a/k"}), "metadata"),
        ("meta", json.dumps({"authorization_endpoint": "https://a"}), "metadata"),
        ("long.json", '{"issuer": "https://a", "x": "' + "y" * 100_000 + '"}', "metadata"),
        ("package.json", '{"name": "x"}', "unknown"),
        ("list.json", "[1]", "unknown"),
        ("set.zip", b"PK\x03\x04", "unknown"),
        ("AuthKey.p8", "-----BEGIN PRIVATE KEY-----", "unknown"),
        ("photo.png", b"\x89PNG\r\n", "unknown"),
        ("empty", b"", "unknown"),
        ("noise.bin", bytes(range(256)), "unknown"),
    ],
)
def test_a_file_is_known_by_its_name_and_beginning(tmp_path: Path, name: str, content: str | bytes, kind: str) -> None:
    found = opening.of_path(written(tmp_path, name, content))
    assert found.kind == kind
    assert bool(found.says) == (kind == "unknown")
    assert "\n" not in found.says


def test_folders_and_missing_things(tmp_path: Path) -> None:
    assert opening.of_path(tmp_path) == opening.Found("folder", tmp_path)
    assert opening.of_path(tmp_path / "not-there").kind == "unknown"
    one, other = written(tmp_path, "a.xml", POLICY), written(tmp_path, "b.xml", POLICY)
    assert opening.of_paths([one, other]) == opening.Found("folder", tmp_path)
    assert opening.of_paths([one, written(tmp_path, "c.toml", "")]).kind == "unknown"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1A_x/v2.0/.well-known/openid-configuration",
            "tenant",
        ),
        ("https://login.contoso.com/contoso.onmicrosoft.com/B2C_1A_x/oauth2/v2.0/authorize?client_id=1", "tenant"),
        ("contoso.onmicrosoft.com", "tenant"),
        ("Domain name: contoso.onmicrosoft.com", "tenant"),
        ("https://idp.example.com/.well-known/openid-configuration", "address"),
        ("https://idp.example.com/.well-known/oauth-authorization-server", "address"),
        ("https://login.microsoftonline.com/fabrikam.com/v2.0/.well-known/openid-configuration", "address"),
        ("AADB2C90118: The user has forgotten their password.", "azure"),
        ("Validation failed: 1 validation error(s) found in policy B2C_1A_X", "azure"),
        ("https://login.microsoftonline.com/te/contoso.onmicrosoft.com/oauth2/authresp", "unknown"),
        ("https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1A_signup_signin/oauth2/authresp", "unknown"),
        ("https://portal.azure.com/#@contoso.onmicrosoft.com/resource/x", "tenant"),
        ("0a1b2c3d-0000-4000-8000-0123456789ab", "tenant"),
        ("someone@contoso.onmicrosoft.com", "tenant"),
        ("https://example.org/search?q=1", "unknown"),
        ("login.contoso.com", "unknown"),
        ('{"issuer": "https://idp.example", "jwks_uri": "https://idp.example/k"}', "metadata"),
        ('<EntityDescriptor entityID="x"/>', "metadata"),
        ('{"a": 1}', "unknown"),
        ("<p>hello</p>", "unknown"),
        ("hello", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_text_is_a_link_an_address_a_message_or_nothing(text: str, kind: str) -> None:
    found = opening.of_text(text)
    assert (found.kind, bool(found.says)) == (kind, kind == "unknown")


def test_a_callback_address_of_former_days_is_explained() -> None:
    assert (
        "2021" in opening.of_text("https://login.microsoftonline.com/te/contoso.onmicrosoft.com/oauth2/authresp").says
    )


def test_a_path_may_come_as_text_or_address(tmp_path: Path) -> None:
    draft = written(tmp_path, "my draft.toml", "")
    assert opening.of_text(str(draft)).path == draft
    assert opening.of_text(draft.as_uri()).path == draft
    assert opening.of_argument(str(tmp_path)).kind == "folder"
    assert opening.of_argument("https://contoso.b2clogin.com/contoso.onmicrosoft.com/x").kind == "tenant"


# Letters and digits as portals make them: such a word may be somebody's secret, and is neither used nor shown.
secrets = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789~_-+=!./", min_size=6, max_size=60)


@given(secrets)
def test_a_word_that_may_be_a_secret_is_not_taken_for_a_tenant_and_not_shown(secret: str) -> None:
    found = opening.of_text(secret)
    assert found.kind == "unknown"
    assert secret not in found.says
    assert found.text == ""


@given(st.text(max_size=300))
def test_whatever_comes_is_answered(text: str) -> None:
    found = opening.of_text(text)
    assert found.kind != "unknown" or (found.says and "\n" not in found.says)


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_is_answered(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    found = opening.of_path(written(tmp_path_factory.getbasetemp(), "anything", content))
    assert found.kind != "unknown" or found.says
