"""One test over every provider file: a new file is held to all of it without a line of Python."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

import pytest

from latchkey.catalogue.answers import written_metadata
from latchkey.catalogue.entries import Entry
from latchkey.catalogue.loader import load_catalogue, load_entry
from latchkey.paths import resource, template_root
from latchkey.policy.names import HtmlId, PolicyKeyName, TechnicalProfileId, key

FILES = sorted(resource("providers").glob("*.toml"))
URL = re.compile(r"\bhttps?://[^\s\"'`<>()]+")

# Metadata keys that no reference table has, with where they are documented or why they are needed.
UNLISTED = {
    ("wechat", "ClientIdParamName"): "the WeChat page: the provider calls it appid",
    ("wechat", "ClientSecretParamName"): "the WeChat page: the provider calls it secret",
    ("wechat", "external_user_identity_claim_id"): "the WeChat page",
    ("qq", "external_user_identity_claim_id"): "the QQ page",
    ("qq", "ClaimsResponseFormat"): "the QQ page: the claims end point answers with JSONP",
    ("weibo", "external_user_identity_claim_id"): "the Weibo page",
    ("github", "UserAgentForClaimsExchange"): "the GitHub page: its API refuses callers that do not name themselves",
    ("apple", "AccessTokenEndpoint"): "the Apple page, instead of METADATA",
    ("apple", "JWKS"): "the Apple page, instead of METADATA",
    ("apple", "external_user_identity_claim_id"): "the Apple page",
}

# Addresses that are names and not links: nothing is fetched from them.
NAMES = {"http://adfs.contoso.com/adfs/services/trust", "http://schemas.microsoft.com/identity/claims/displayname"}
TYPES = """
adfs adfs-saml amazon apple azure-ad-b2c entra-multi-tenant entra-single-tenant ebay facebook github google id-me
linkedin microsoft-account mobile-id oauth2 openid-connect ping-one qq salesforce salesforce-saml saml swissid twitter
wechat weibo
"""


# Required by the reference, and yet not on the provider's own page, which is right.
ABSENT = {"apple": {"METADATA"}}


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def entry(request: pytest.FixtureRequest) -> Entry:
    return load_entry(request.param)


@pytest.fixture(scope="session")
def glyphs() -> dict[str, set[str]]:
    """The glyphs of each of QtAwesome's icon sets, read from its own tables without loading Qt."""
    files = metadata.files("qtawesome") or ()
    tables = {str(file.name): Path(str(file.locate())) for file in files if "charmap" in file.name}
    sets = {"fa6b": "fontawesome6-brands", "fa6s": "fontawesome6-solid", "mdi6": "materialdesignicons6"}
    found = {}
    for prefix, start in sets.items():
        (table,) = (path for name, path in tables.items() if name.startswith(start))
        found[prefix] = set(json.loads(table.read_text("utf-8")))
    return found


def metadata_of(entry: Entry) -> dict[str, str]:
    """All metadata but client_id, with the examples where something must be stated."""
    return written_metadata(entry, {setting.name: setting.example for setting in entry.settings})


def test_there_are_files_and_the_catalogue_has_them_all() -> None:
    assert {path.stem for path in FILES} == set(load_catalogue())
    assert set(load_catalogue()) == set(TYPES.split())


def test_icon_is_a_glyph_that_qtawesome_has(entry: Entry, glyphs: dict[str, set[str]]) -> None:
    if not entry.icon:
        return
    prefix, glyph = entry.icon.split(".")
    assert glyph in glyphs[prefix], f"{entry.icon} is not among {prefix}'s glyphs"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_link_of_the_file_is_https(path: Path) -> None:
    links = URL.findall(path.read_text("utf-8"))
    assert links
    assert {link for link in links if not link.startswith("https://")} <= NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_departure_from_the_documentation_names_its_source(path: Path) -> None:
    """The comment that says "Differs" holds a link, or stands right above one."""
    comments = re.findall(r"(?:^[ ]*#.*\n)+", path.read_text("utf-8"), re.MULTILINE)
    for comment in comments:
        if "Differs:" in comment and "email" not in comment:
            assert "https://" in comment, comment


def test_documentation_is_microsofts_and_a_generic_type_has_no_portal(entry: Entry) -> None:
    assert entry.documentation.startswith("https://learn.microsoft.com/azure/active-directory-b2c/")
    assert not (entry.generic and entry.portal_url)


def test_default_ids_are_ids(entry: Entry) -> None:
    id_ = entry.ids.id or "Contoso"
    assert TechnicalProfileId.parse(entry.ids.technical_profile or f"{id_}-{entry.ids.suffix}")
    assert HtmlId.parse(entry.ids.exchange or f"{id_}Exchange")
    assert PolicyKeyName.parse(entry.ids.policy_key or f"{id_}Secret")


def test_the_user_stays_the_same_person(entry: Entry) -> None:
    """issuerUserId and identityProvider are a person's key; the directory's objectId is never the provider's."""
    assert entry.claims["issuerUserId"]
    assert not {key(claim) for claim in entry.claims} & {"objectid", "userid", "identityprovider"}
    assert "CreateAlternativeSecurityId" in entry.output_claims_transformations
    assert entry.gives_email == ("email" in entry.claims)


def test_one_callback_for_all_policies_is_said_explicitly(entry: Entry) -> None:
    if entry.protocol in ("OpenIdConnect", "OAuth2"):
        assert entry.metadata["UsePolicyInRedirectUri"] == "false"


def test_a_draft_from_the_examples_has_all_that_is_needed(entry: Entry) -> None:
    """What `latchkey providers` prints is enough for a draft that composes."""
    assert all(setting.example for setting in entry.settings)
    assert (entry.client_id is not None) == (entry.protocol != "SAML2")


def test_metadata_keys_are_known_for_the_protocol(entry: Entry, reference: Path) -> None:
    listed = json.loads((reference / "reference/metadata-keys.json").read_text("utf-8"))[entry.protocol]["metadata"]
    known = {row["key"] for row in listed}
    unlisted = {name for name in metadata_of(entry) if name not in known}
    assert unlisted == {name for type_, name in UNLISTED if type_ == entry.type}
    required = {row["key"] for row in listed if row["required"] is True} - ABSENT.get(entry.type, set())
    assert required <= set(metadata_of(entry)) | {"client_id"}
    for row in listed:
        value = metadata_of(entry).get(row["key"])
        if value is not None and row["values"]:
            assert value.casefold() in {known.removesuffix(" (snippet)").casefold() for known in row["values"]}
    for setting in entry.settings:
        for row in listed:
            if row["key"] == setting.metadata and row["values"]:
                assert set(setting.choices) <= set(row["values"])


def test_claims_and_transformations_are_those_of_the_starter_packs_or_of_blocks(entry: Entry, reference: Path) -> None:
    blocks = "".join(
        (template_root() / "providers" / "blocks" / f"{name}.xml.j2").read_text("utf-8") for name in entry.needs
    )
    claims = set(re.findall(r'claim_type\("([^"]+)"', blocks))
    for pack in ("SocialAccounts", "SocialAndLocalAccounts", "SocialAndLocalAccountsWithMfa"):
        known = (reference / f"corpus/starterpack/{pack}/TrustFrameworkBase.xml").read_text("utf-8-sig") + blocks
        types = set(re.findall(r'<ClaimType Id="([^"]+)"', known)) | claims
        assert {*entry.claims, *(entry.claim_defaults or {}), *(entry.through or {}).values()} <= types
        assert set(entry.output_claims_transformations) <= set(re.findall(r'<ClaimsTransformation Id="([^"]+)"', known))
        assert entry.session in re.findall(r'<TechnicalProfile Id="([^"]+)"', known)


def test_generic_secret_is_needed_for_code_only() -> None:
    entry = load_catalogue()["openid-connect"]
    assert entry.needs_secret({})
    assert entry.needs_secret({"response_type": "code"})
    assert not entry.needs_secret({"response_type": "id_token"})
    assert load_catalogue()["wechat"].needs_secret({})
