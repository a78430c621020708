"""From what a provider publishes to answers in the draft: what would be filled in, and as one edit.

What the person has typed stays unless they choose otherwise: a proposal knows both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from latchkey.catalogue.answers import answers_in
from latchkey.catalogue.entries import Entry
from latchkey.discovery import abilities, saml
from latchkey.discovery.hosts import host_in, is_inner_name, parsed, seems_public
from latchkey.discovery.reading import Reading
from latchkey.discovery.saml import SamlProvider
from latchkey.discovery.server import Server
from latchkey.draft import edits
from latchkey.draft.characters import one_line, refused_character
from latchkey.draft.draft import ClaimSource, Draft, Provider
from latchkey.draft.edits import Edit
from latchkey.policy.names import key
from latchkey.text import _

# The claim that holds it, the likeliest first: https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
_OPENID_CLAIMS = {
    "issuerUserId": ("sub",),
    "displayName": ("name", "preferred_username", "nickname"),
    "givenName": ("given_name", "first_name"),
    "surname": ("family_name", "last_name"),
    "email": ("email", "upn"),
}
# Names of SAML attributes, in small letters: Microsoft's, LDAP's (RFC 4519, RFC 4524), and plain ones.
_SAML_CLAIMS = {
    "displayName": (
        "http://schemas.microsoft.com/identity/claims/displayname",
        "urn:oid:2.16.840.1.113730.3.1.241",
        "displayname",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
        "urn:oid:2.5.4.3",
        "cn",
        "name",
    ),
    "givenName": (
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
        "urn:oid:2.5.4.42",
        "givenname",
        "given_name",
        "first_name",
        "firstname",
    ),
    "surname": (
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
        "urn:oid:2.5.4.4",
        "sn",
        "surname",
        "family_name",
        "last_name",
        "lastname",
    ),
    "email": (
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        "urn:oid:0.9.2342.19200300.100.1.3",
        "mail",
        "email",
        "emailaddress",
    ),
}
# First words of hosts that name the machine, not whose it is.
_MACHINES = {
    "www", "login", "signin", "auth", "oauth", "oauth2", "oidc", "openid", "connect", "account", "accounts", "id",
    "idp", "identity", "sso", "saml", "access", "keycloak", "adfs", "sts", "secure", "api", "my",
}  # fmt: skip
_SCOPES = ("openid", "profile", "email")


class Proposal(NamedTuple):
    """One answer: `field` as in the saved draft (`settings.scope`), and what the draft states now.

    `kept`: the person has said something else, which stays unless they choose this.
    """

    field: str
    value: str
    now: str = ""
    kept: bool = False


def proposals(reading: Reading, entry: Entry, provider: Provider, hints: Collection[str] = ()) -> tuple[Proposal, ...]:
    """What the reading would change in this row of the draft, in the order of the page.

    `hints`: domain hints that other rows have already.
    """
    found = [*_texts(reading, entry, provider, hints), *_settings(reading, entry, provider)]
    if entry.generic:
        found += _claims(reading, entry, provider)
    return tuple(one for one in found if one.value != one.now and not refused_character(one_line(one.value)))


def hints_of_others(draft: Draft, catalogue: Mapping[str, Entry], key_: str) -> frozenset[str]:
    """The domain hints of the other rows: a hint leads to one provider only."""
    hints = {
        row.domain_hint.strip() or (catalogue[row.type].domain if row.type in catalogue else "")
        for row in draft.providers
        if row.key != key_
    }
    return frozenset(hint.lower() for hint in hints if hint)


def filled(key_: str, chosen: Sequence[Proposal], called: str) -> Edit:
    """The chosen answers as one step."""
    changes: list[Edit] = []
    for field, value, _now, _kept in chosen:
        part, _dot, name = field.partition(".")
        if part == "name":
            changes.append(edits.rename_provider(key_, value, called))
        elif part == "domain_hint":
            changes.append(edits.set_domain_hint(key_, value, called))
        elif part == "settings":
            changes.append(edits.set_setting(key_, name, value, called))
        else:
            changes.append(edits.set_claim(key_, name, ClaimSource(value), called))
    return edits.together(_("Take over what {provider} says of itself").format(provider=called), changes)


def offered_claims(reading: Reading) -> tuple[str, ...]:
    """The names of what the provider says about people, for fields to offer."""
    if isinstance(reading.facts, SamlProvider):
        return tuple(one.name for one in reading.facts.attributes)
    return reading.facts.claims or ()


# Texts --------------------------------------------------------------------------------------------------------------


def _texts(reading: Reading, entry: Entry, provider: Provider, hints: Collection[str]) -> Iterator[Proposal]:
    if not entry.generic:
        return
    title = reading.facts.title if isinstance(reading.facts, SamlProvider) else ""
    name = title or name_of(reading.issuer)
    if name and not provider.name.strip():
        yield Proposal("name", name)
    hint = domain_of(reading.issuer)
    if hint and hint.lower() not in hints and not provider.domain_hint.strip():
        yield Proposal("domain_hint", hint)


def domain_of(issuer: str) -> str:
    """`contoso.com` of `https://login.contoso.com/x`: whose machine it is. Empty where that can't be said."""
    labels = _labels(issuer)
    return ".".join(labels) if len(labels) > 1 else ""


def name_of(issuer: str) -> str:
    """`Contoso` of `https://login.contoso.com/x`."""
    labels = _labels(issuer)
    return labels[0].replace("-", " ").replace("_", " ").title() if labels else ""


def _labels(issuer: str) -> list[str]:
    """The host's labels without those in front that name a machine."""
    host = host_in(issuer)
    if not host or parsed(host) is not None or (is_inner_name(host) and "." in host):
        return []
    labels = host.split(".")
    while len(labels) > 2 and labels[0].lower() in _MACHINES:
        labels = labels[1:]
    return labels


# Settings -----------------------------------------------------------------------------------------------------------


def _settings(reading: Reading, entry: Entry, provider: Provider) -> Iterator[Proposal]:
    """Answers behind the metadata that the provider calls for; for every type that has such a question."""
    answers = {**answers_in(entry, _metadata(reading, entry)), **_names_in_directory(reading, entry)}
    for setting in entry.settings:
        value = " ".join(answers.get(setting.name, "").split())
        now = provider.settings.get(setting.name, "").strip()
        if not value or (setting.choices and value not in setting.choices) or value == (now or setting.default):
            continue
        asked = setting.metadata in ("METADATA", "PartnerEntity") and reading.typed.strip() == now
        yield Proposal(f"settings.{setting.name}", value, now, kept=bool(now) and not asked)


def _metadata(reading: Reading, entry: Entry) -> dict[str, str]:
    """By the technical profile's keys."""
    facts = reading.facts
    if isinstance(facts, SamlProvider):
        return _of_saml(reading, facts)
    if reading.kind == "oauth2":
        found = {
            "authorization_endpoint": facts.authorization_endpoint,
            "AccessTokenEndpoint": facts.token_endpoint,
            "ClaimsEndpoint": facts.userinfo_endpoint,
            "token_endpoint_auth_method": abilities.authentication(facts),
            "HttpBinding": "POST",
        }
    else:
        found = {
            "METADATA": reading.address,
            "response_types": abilities.response_type(facts),
            "response_mode": abilities.response_mode(facts),
            "token_endpoint_auth_method": abilities.authentication(facts),
        }
    if entry.generic:
        found["scope"] = _scope(facts, openid=reading.kind == "openid-connect")
    return {name: value for name, value in found.items() if value}


def _scope(server: Server, *, openid: bool) -> str:
    """What of the usual scopes is offered; for OpenID Connect at least `openid`."""
    if server.scopes is None:
        return ""
    offered = [scope for scope in _SCOPES if scope in server.scopes or (openid and scope == "openid")]
    return " ".join(scope for scope in offered if openid or scope != "openid")


def _of_saml(reading: Reading, provider: SamlProvider) -> dict[str, str]:
    """The address if Azure can read it there, else the document itself."""
    host = host_in(reading.address)
    by_address = reading.address.startswith("https:") and (seems_public(host) or host == "localhost")
    found = {
        "PartnerEntity": reading.address if by_address else reading.document,
        "XmlSignatureAlgorithm": saml.signature(provider),
    }
    if saml.PERSISTENT in provider.name_ids:
        found["NameIdPolicyFormat"] = saml.PERSISTENT
    return found


def _names_in_directory(reading: Reading, entry: Entry) -> Mapping[str, str]:
    """The setting that asks under which name people are kept: the entity id, or the issuer's domain."""
    name = entry.identity_provider.setting
    if not name:
        return {}
    if reading.kind == "saml":
        return {name: reading.issuer}
    return {name: domain_of(reading.issuer) or host_in(reading.issuer)}


# Claims -------------------------------------------------------------------------------------------------------------


def _claims(reading: Reading, entry: Entry, provider: Provider) -> Iterator[Proposal]:
    """For each usual claim the likeliest of those offered; nothing where none fits, so the type's own default holds."""
    offered = {name.lower(): name for name in reversed(offered_claims(reading))}
    if isinstance(reading.facts, SamlProvider):
        friendly = {one.friendly.lower(): one.name for one in reading.facts.attributes if one.friendly}
        offered = friendly | offered
    table = _SAML_CLAIMS if reading.kind == "saml" else _OPENID_CLAIMS
    stated = {key(claim): source for claim, source in provider.claims.items()}
    usual = {key(claim): source for claim, source in entry.claims.items()}
    for claim, names in table.items():
        value = next((offered[name] for name in names if name in offered), "")
        now = stated.get(key(claim))
        if value and value != (now.claim if now is not None else usual.get(key(claim), "")):
            yield Proposal(f"claims.{claim}", value, now.claim if now is not None else "", kept=now is not None)
