"""A SAML 2.0 identity provider's metadata as a value, and what Azure makes of it.

https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf; Azure's side:
https://learn.microsoft.com/azure/active-directory-b2c/saml-identity-provider-technical-profile
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from latchkey.discovery import keys
from latchkey.discovery.hosts import host_in, is_web_address, names_this_computer, seems_public
from latchkey.discovery.problems import Problem
from latchkey.discovery.verdict import Verdict, note, ok, wont
from latchkey.draft.characters import shown
from latchkey.policy.reader import BadXml, PolicyFile, read
from latchkey.policy.tree import Element
from latchkey.text import _, join_list, ngettext

_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}"
_ALGORITHM = "{urn:oasis:names:tc:SAML:metadata:algsupport}"
_UI = "{urn:oasis:names:tc:SAML:metadata:ui}"
_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
_BINDINGS = {
    "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect": "HTTP-Redirect",
    "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST": "HTTP-POST",
}
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that the provider says about people: its name in assertions, and one for people to read."""

    name: str
    friendly: str = ""


@dataclass(frozen=True, slots=True)
class SamlProvider:
    """What the metadata says. `bindings` are those of the sign-in address that Azure can use, by address."""

    entity_id: str
    title: str = ""
    sign_in: tuple[tuple[str, str], ...] = ()  # binding, address
    other_bindings: tuple[str, ...] = ()
    keys: tuple[keys.Key, ...] = ()
    unreadable_keys: int = 0
    wants_signed_requests: bool = False
    name_ids: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    signatures: tuple[str, ...] = ()  # algorithms that it names; most name none
    valid_until: datetime | None = None


def provider_of(body: bytes, source: str) -> SamlProvider:
    """The one identity provider in the document. Raises Problem."""
    try:
        root = read(PolicyFile("", body)).root
    except BadXml as bad:
        raise Problem(
            "not-xml", _("{source} is not sound XML: {reason}").format(source=source, reason=bad.message), bad.hint
        ) from bad
    entities = [root] if root.tag == f"{_MD}EntityDescriptor" else list(_entities(root))
    if not entities:
        raise Problem(
            "not-metadata",
            _("{source} is XML, but not SAML metadata.").format(source=source),
            _("Metadata is an EntityDescriptor; the provider's documentation names its address."),
        )
    providers = [(entity, role) for entity in entities if (role := entity.child(f"{_MD}IDPSSODescriptor")) is not None]
    if not providers:
        raise Problem(
            "saml-no-provider",
            _("{source} describes an application, not a provider that people sign in with.").format(source=source),
            _("Ask for the metadata of the identity provider (IDPSSODescriptor)."),
        )
    if len(providers) > 1:
        raise Problem(
            "saml-several",
            _("{source} describes {count} providers at once.").format(source=source, count=len(providers)),
            _("Azure takes one: ask for the metadata of the one that your customers sign in with."),
        )
    return _provider(*providers[0])


def _entities(root: Element) -> Iterator[Element]:
    """The entities in a document of several, also in groups of groups (the reader has bounded their depth)."""
    if root.tag != f"{_MD}EntitiesDescriptor":
        return
    yield from root.all(f"{_MD}EntityDescriptor")
    for group in root.all(f"{_MD}EntitiesDescriptor"):
        yield from _entities(group)


def _provider(entity: Element, role: Element) -> SamlProvider:
    services = [(one.get("Binding"), one.get("Location").strip()) for one in role.all(f"{_MD}SingleSignOnService")]
    certificates = [
        keys.certificate_key(certificate.text, signs=key.get("use") in ("", "signing"))
        for key in role.all(f"{_MD}KeyDescriptor")
        for certificate in key.path(f"{_DS}KeyInfo", f"{_DS}X509Data", f"{_DS}X509Certificate")
    ]
    extensions = [*entity.all(f"{_MD}Extensions"), *role.all(f"{_MD}Extensions")]
    titles = [*role.path(f"{_MD}Extensions", f"{_UI}UIInfo", f"{_UI}DisplayName"),
              *entity.path(f"{_MD}Organization", f"{_MD}OrganizationDisplayName")]  # fmt: skip
    return SamlProvider(
        entity_id=entity.get("entityID").strip(),
        title=_in_english(titles),
        sign_in=tuple((_BINDINGS[binding], address) for binding, address in services if binding in _BINDINGS),
        other_bindings=tuple(binding.rpartition(":")[2] for binding, _address in services if binding not in _BINDINGS),
        keys=tuple(key for key in certificates if key is not None),
        unreadable_keys=sum(key is None for key in certificates),
        wants_signed_requests=role.get("WantAuthnRequestsSigned").strip() in ("true", "1"),
        name_ids=tuple(text for one in role.all(f"{_MD}NameIDFormat") if (text := one.text.strip())),
        attributes=tuple(
            Attribute(one.get("Name").strip()[:300], one.get("FriendlyName").strip()[:100])
            for one in role.all(f"{_ASSERTION}Attribute")[:300]
            if one.get("Name").strip()
        ),
        signatures=tuple(one.get("Algorithm") for part in extensions for one in part.all(f"{_ALGORITHM}SigningMethod")),
        valid_until=_time(entity.get("validUntil")) or _time(role.get("validUntil")),
    )


def _in_english(texts: list[Element]) -> str:
    """The English one of several, or the first."""
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    found = sorted(texts, key=lambda one: not one.get(language).lower().startswith("en"))
    return " ".join(found[0].text.split())[:60] if found else ""


def _time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(re.sub(r"Z$", "+00:00", text.strip()))
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


# Judging ----------------------------------------------------------------------------------------------------------


def judge(provider: SamlProvider, now: datetime | None = None, *, local: bool = False) -> list[Verdict]:
    """What Azure makes of it."""
    now = now or datetime.now(UTC)
    return [
        *_entity(provider, now),
        *_sign_in(provider, local=local),
        *_certificates(provider, now),
        *_requests(provider),
        *_names(provider),
        *_attributes(provider),
    ]


def _entity(provider: SamlProvider, now: datetime) -> Iterator[Verdict]:
    if provider.entity_id:
        yield ok("entity-id", _("The provider calls itself {name}.").format(name=shown(provider.entity_id, 120)))
    else:
        yield wont(
            "entity-id",
            _("The metadata does not say what the provider calls itself (entityID)."),
            _("Ask the people who run the provider for new metadata."),
        )
    if provider.valid_until is not None and provider.valid_until <= now:
        yield wont(
            "metadata-ended",
            _("The metadata was valid until {date}.").format(date=provider.valid_until.date().isoformat()),
            _("Ask the people who run the provider for new metadata."),
        )
    elif provider.valid_until is not None and (provider.valid_until - now).days < SOON_DAYS:
        yield note(
            "metadata-ends",
            _("The metadata is valid until {date} only.").format(date=provider.valid_until.date().isoformat()),
            _("Give Azure the address rather than the document, so that it reads the next one by itself."),
        )


def _sign_in(provider: SamlProvider, *, local: bool) -> Iterator[Verdict]:
    if not provider.sign_in:
        others = join_list(shown(one) for one in provider.other_bindings[:6])
        yield wont(
            "sign-in-address",
            _("It has no sign-in address that Azure can use; it offers: {names}.").format(names=others)
            if others
            else _("The metadata names no sign-in address (SingleSignOnService)."),
            _("Azure needs HTTP-Redirect or HTTP-POST. Ask the people who run the provider."),
        )
        return
    bad = [address for _binding, address in provider.sign_in if not _secured(address)]
    if bad:
        yield wont(
            "endpoint-not-https",
            _("The sign-in address is not secured: {address}.").format(address=shown(bad[0], 120)),
            _("Ask the people who run the provider for one with https."),
        )
        return
    inside = [address for _binding, address in provider.sign_in if not seems_public(host_in(address))]
    if inside and not local:
        yield note(
            "endpoint-private",
            _("The sign-in address lies inside a private network: {address}.").format(address=shown(inside[0], 120)),
            _("Only people in that network can sign in."),
        )
    names = join_list(dict.fromkeys(binding for binding, _address in provider.sign_in))
    yield ok("sign-in-address", _("People can be sent there in a way that Azure knows: {names}.").format(names=names))


def _secured(address: str) -> bool:
    return is_web_address(address) and (address.startswith("https:") or names_this_computer(host_in(address)))


def _certificates(provider: SamlProvider, now: datetime) -> Iterator[Verdict]:
    yield from keys.judge(provider.keys, now)
    if provider.unreadable_keys:
        yield note(
            "certificates-unreadable",
            ngettext(
                "{count} certificate in the metadata can't be read.",
                "{count} certificates in the metadata can't be read.",
                provider.unreadable_keys,
            ).format(count=provider.unreadable_keys),
            _("Ask the people who run the provider for new metadata."),
        )


def signature(provider: SamlProvider) -> str:
    """Azure's name of the algorithm for our requests: the best that the provider names, SHA-256 if it names none."""
    named = " ".join(provider.signatures).lower()
    for ours, theirs in (("Sha256", "rsa-sha256"), ("Sha384", "rsa-sha384"), ("Sha512", "rsa-sha512")):
        if theirs in named:
            return ours
    return "Sha1" if "rsa-sha1" in named else "Sha256"


def _requests(provider: SamlProvider) -> Iterator[Verdict]:
    if provider.wants_signed_requests:
        yield ok(
            "signed-requests",
            _("It wants signed requests, and Azure signs them."),
            _("Give its people your policy's metadata, so that they know the certificate."),
        )
    if signature(provider) == "Sha1":
        yield note(
            "signature-algorithm",
            _("It names SHA-1 only for signatures, which is broken."),
            _("Ask whether it takes SHA-256 as well, and choose that."),
        )
    elif provider.signatures:
        name = signature(provider).replace("Sha", "SHA-")
        yield ok("signature-algorithm", _("It takes signatures with {name}.").format(name=name))


def _names(provider: SamlProvider) -> Iterator[Verdict]:
    if not provider.name_ids:
        return
    if PERSISTENT in provider.name_ids:
        yield ok("name-id", _("It can give each person a name that stays (persistent)."))
    elif set(provider.name_ids) == {TRANSIENT}:
        yield wont(
            "name-id",
            _("It gives people a new name at each sign-in (transient), so everybody is a stranger each time."),
            _("Ask for a NameID that stays, or take the person's number from an attribute that never changes."),
        )
    else:
        yield note(
            "name-id",
            _("It names people by: {names}.").format(
                names=join_list(shown(one.rpartition(":")[2]) for one in provider.name_ids[:6])
            ),
            _("Make sure that this never changes for a person, an e-mail address does."),
        )


def _attributes(provider: SamlProvider) -> Iterator[Verdict]:
    if provider.attributes:
        count = len(provider.attributes)
        yield ok(
            "claims",
            ngettext(
                "It lists {count} thing that it can say about people.",
                "It lists {count} things that it can say about people.",
                count,
            ).format(count=count),
        )
    else:
        yield note(
            "claims",
            _("The metadata does not say what it tells about people."),
            _("Ask for the names of the attributes that hold name and e-mail address, and put them into the table."),
        )
