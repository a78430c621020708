"""SAML metadata: what it says, what Azure makes of it, and every way in which it is none."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from helpers import certificates
from latchkey.catalogue.loader import load_catalogue
from latchkey.discovery.fill import offered_claims, proposals
from latchkey.discovery.problems import Problem
from latchkey.discovery.reading import Reading, read_provider
from latchkey.discovery.saml import PERSISTENT, TRANSIENT, judge, provider_of, signature
from latchkey.discovery.verdict import Kind
from latchkey.draft.draft import Provider

NOW = datetime.now(UTC)
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
SOAP = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"
SIGN_IN = f'<md:SingleSignOnService Binding="{REDIRECT}" Location="https://idp.fabrikam.com/sso"/>'
CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> str:
    return described(tmp_path_factory.mktemp("key"), days=400)


def described(folder: Path, *, days: int, bits: int = 2048, use: str = ' use="signing"', begins: int = -10) -> str:
    made = certificates.make(folder, f"signing{days}", bits=bits, days=days, begins=begins).certificate
    text = base64.encodebytes(made.public_bytes(Encoding.DER)).decode()
    return f"<md:KeyDescriptor{use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{text}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"


def metadata(
    inner: str, *, role: str = "IDPSSODescriptor", more: str = "", entity: str = "https://idp.fabrikam.com/saml"
) -> bytes:
    return f"""<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
  xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport"
  xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" entityID="{entity}" {more}>
  <md:{role} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{inner}</md:{role}>
</md:EntityDescriptor>""".encode()


def ids(body: bytes, kind: Kind, *, local: bool = False) -> list[str]:
    return sorted({one.id for one in judge(provider_of(body, "x"), local=local) if one.kind is kind})


def test_a_sound_document(key: str) -> None:
    attributes = "".join(
        f'<saml:Attribute Name="{CLAIMS}/{name}" FriendlyName="{friendly}"/>'
        for name, friendly in (
            ("emailaddress", "E-Mail"),
            ("givenname", "Given Name"),
            ("surname", "Surname"),
            ("name", "Name"),
        )
    )
    body = metadata(
        f'<md:Extensions><mdui:UIInfo><mdui:DisplayName xml:lang="de">Anmelden</mdui:DisplayName>'
        f'<mdui:DisplayName xml:lang="en">Fabrikam people</mdui:DisplayName></mdui:UIInfo></md:Extensions>'
        f"{key}<md:NameIDFormat>{PERSISTENT}</md:NameIDFormat>{SIGN_IN}{attributes}"
    )
    assert ids(body, Kind.WONT) == []
    assert ids(body, Kind.NOTE) == []
    provider = provider_of(body, "x")
    assert provider.title == "Fabrikam people"
    assert provider.sign_in == (("HTTP-Redirect", "https://idp.fabrikam.com/sso"),)
    reading = Reading("saml", "", "https://idp.fabrikam.com/metadata", provider, provider.keys, tuple, body.decode())
    assert offered_claims(reading)[0] == f"{CLAIMS}/emailaddress"
    filled = {one.field: one.value for one in proposals(reading, load_catalogue()["saml"], Provider("saml"))}
    assert filled == {
        "name": "Fabrikam people",
        "domain_hint": "fabrikam.com",
        "settings.metadata": "https://idp.fabrikam.com/metadata",
        "settings.entity_id": "https://idp.fabrikam.com/saml",
        "settings.name_id_format": PERSISTENT,
        "claims.displayName": f"{CLAIMS}/name",
        "claims.givenName": f"{CLAIMS}/givenname",
        "claims.surname": f"{CLAIMS}/surname",
        "claims.email": f"{CLAIMS}/emailaddress",
    }


@pytest.mark.parametrize(
    ("inner", "wont", "notes"),
    [
        ("{key}", ["sign-in-address"], ["claims"]),
        ('{key}<md:SingleSignOnService Binding="' + SOAP + '" Location="https://a.example/"/>', ["sign-in-address"], ["claims"]),
        ('{key}<md:SingleSignOnService Binding="' + POST + '" Location="http://a.example/"/>', ["endpoint-not-https"], ["claims"]),
        ('{key}<md:SingleSignOnService Binding="' + POST + '" Location="https://adfs.corp/"/>', [], ["claims", "endpoint-private"]),
        ("{sign_in}", ["keys-missing"], ["claims"]),
        ("{sign_in}{key}<md:KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>no</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>", [], ["certificates-unreadable", "claims"]),
        ("{sign_in}{key}<md:NameIDFormat>" + TRANSIENT + "</md:NameIDFormat>", ["name-id"], ["claims"]),
        ("{sign_in}{key}<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>", [], ["claims", "name-id"]),
        ('{sign_in}{key}<md:Extensions><alg:SigningMethod Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"/></md:Extensions>', [], ["claims", "signature-algorithm"]),
    ],
)  # fmt: skip
def test_each_fault_has_its_own_verdict(key: str, inner: str, wont: list[str], notes: list[str]) -> None:
    body = metadata(inner.replace("{key}", key).replace("{sign_in}", SIGN_IN))
    assert (ids(body, Kind.WONT), ids(body, Kind.NOTE)) == (wont, notes)


@pytest.mark.parametrize(
    ("days", "bits", "use", "kind", "id_"),
    [
        (5, 2048, ' use="signing"', Kind.NOTE, "keys-end-soon"),
        (-2, 2048, "", Kind.WONT, "keys-ended"),
        (400, 1024, "", Kind.WONT, "keys-weak"),
        (400, 0, "", Kind.WONT, "keys-unusable"),
        (400, 2048, ' use="encryption"', Kind.WONT, "keys-unusable"),
    ],
)
def test_certificates_and_their_ends(days: int, bits: int, use: str, kind: Kind, id_: str, tmp_path: Path) -> None:
    body = metadata(described(tmp_path, days=days, bits=bits, use=use) + SIGN_IN)
    assert id_ in ids(body, kind)


def test_metadata_that_ends(key: str) -> None:
    gone = (NOW - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    soon = (NOW + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert "metadata-ended" in ids(metadata(key + SIGN_IN, more=f'validUntil="{gone}"'), Kind.WONT)
    assert "metadata-ends" in ids(metadata(key + SIGN_IN, more=f'validUntil="{soon}"'), Kind.NOTE)
    assert "metadata-ended" not in ids(metadata(key + SIGN_IN, more='validUntil="some day"'), Kind.WONT)


def test_no_name_is_said(key: str) -> None:
    assert "entity-id" in ids(metadata(key + SIGN_IN, entity=" "), Kind.WONT)


def test_the_better_signature_is_chosen(key: str) -> None:
    methods = "".join(
        f'<alg:SigningMethod Algorithm="http://www.w3.org/{name}"/>'
        for name in ("2000/09/xmldsig#rsa-sha1", "2001/04/xmldsig-more#rsa-sha512", "2001/04/xmldsig-more#rsa-sha256")
    )
    body = metadata(f"<md:Extensions>{methods}</md:Extensions>{key}{SIGN_IN}")
    assert signature(provider_of(body, "x")) == "Sha256"
    assert "signature-algorithm" in ids(body, Kind.OK)


def several(count: int) -> bytes:
    one = metadata(SIGN_IN).partition(b"?>")[2]
    return (
        b'<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">'
        + one * count
        + b"</md:EntitiesDescriptor>"
    )


@pytest.mark.parametrize(
    ("body", "id_"),
    [
        (b"<a/>", "not-metadata"),
        (b"<a", "not-xml"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "not-xml"),
        (b"<a>" * 5000 + b"</a>" * 5000, "not-xml"),
        (metadata("", role="SPSSODescriptor"), "saml-no-provider"),
        (several(2), "saml-several"),
        (b'<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>', "not-metadata"),
    ],
)
def test_what_is_no_metadata_of_one_provider(body: bytes, id_: str) -> None:
    with pytest.raises(Problem) as told:
        provider_of(body, "The file")
    assert told.value.id == id_


def test_one_provider_in_a_group_is_taken() -> None:
    assert provider_of(several(1), "x").entity_id == "https://idp.fabrikam.com/saml"


def test_an_entity_bomb_is_refused_at_once() -> None:
    bomb = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)
    )
    with pytest.raises(Problem):
        provider_of(bomb + b"]><l>&i;</l>", "x")


def test_a_document_in_a_file_goes_whole_into_the_draft(key: str, tmp_path: Path) -> None:
    file = tmp_path / "idp.xml"
    file.write_bytes(metadata(key + SIGN_IN))
    reading = read_provider(str(file))
    filled = {one.field: one.value for one in proposals(reading, load_catalogue()["saml"], Provider("saml"))}
    assert filled["settings.metadata"].startswith("<?xml")
    assert "\n" not in filled["settings.metadata"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_names_in_it_are_judged_without_stumbling(name: str, friendly: str) -> None:
    from xml.sax.saxutils import quoteattr

    keep = "".join(one for one in name if one >= " " and one not in "\ufffe\uffff" and not "\ud800" <= one <= "\udfff")
    body = metadata(f"<saml:Attribute Name={quoteattr(keep)} FriendlyName={quoteattr(keep[::-1])}/>{SIGN_IN}")
    try:
        assert judge(provider_of(body, "x"))
    except Problem as problem:
        assert problem.message
