"""Changing what a draft states about a provider that is already there, and nothing else of it.

Where the file for changes has the technical profile, its values are changed in place; where it comes from an ancestor,
the file gets an override with those values alone, which Azure merges field by field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from latchkey.catalogue.answers import stated_metadata
from latchkey.catalogue.entries import Entry
from latchkey.compose.into import marks
from latchkey.compose.into.elements import Additions, marked
from latchkey.compose.into.rows import Row
from latchkey.draft.draft import ClaimSource, Provider
from latchkey.policy import splice
from latchkey.policy.names import PolicyKeyName, key
from latchkey.policy.reader import Document
from latchkey.policy.splice import New, Splice
from latchkey.policy.tree import Element


@dataclass(slots=True)
class Stated:
    """What shall be different in one technical profile, by place."""

    profile: str
    display_name: str | None = None
    domain: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    claims: dict[str, ClaimSource] = field(default_factory=dict)

    def __bool__(self) -> bool:
        texts = self.display_name is not None or self.domain is not None
        return texts or bool(self.metadata or self.keys or self.claims)


def stated(provider: Provider, row: Row, entry: Entry | None, user_id: str) -> Stated:
    """What the draft says otherwise than the policies. `user_id` is the set's claim for a person's number."""
    profile = row.profile
    result = Stated(profile.id)
    if provider.name and provider.name != (profile.display_name or "") and provider.name != row.text:
        result.display_name = provider.name
    if provider.domain_hint and provider.domain_hint != (profile.provider_domain or ""):
        result.domain = provider.domain_hint
    for name, value in _items(provider, entry):
        if value != profile.metadata_value(name):
            result.metadata[name] = value
    _key(provider, row, result)
    _claims(provider, row, entry, user_id, result)
    return result


def _items(provider: Provider, entry: Entry | None) -> Iterator[tuple[str, str]]:
    if provider.client_id:
        yield "client_id", provider.client_id
    if entry is not None:
        yield from stated_metadata(entry, provider.settings).items()


def _key(provider: Provider, row: Row, result: Stated) -> None:
    if not provider.policy_key:
        return
    wanted = PolicyKeyName.parse(provider.policy_key).storage_reference_id
    for item in row.profile.keys:
        if (item.id == "client_secret" or len(row.profile.keys) == 1) and key(item.storage_reference_id) != key(wanted):
            result.keys[item.id] = wanted


def _claims(provider: Provider, row: Row, entry: Entry | None, user_id: str, result: Stated) -> None:
    through = {key(claim): other for claim, other in ((entry.through if entry is not None else None) or {}).items()}
    wanted = dict(provider.claims)
    identity = provider.identity_provider
    if identity is not None:
        wanted["identityProvider"] = (
            ClaimSource(default=identity, always=True) if isinstance(identity, str) else identity
        )
    present = {key(claim.claim): claim for claim in row.profile.output_claims}
    for name, source in wanted.items():
        claim = user_id if key(name) == key("issuerUserId") else name
        if key(through.get(key(name), "")) in present:
            claim = through[key(name)]
        old = present.get(key(claim))
        now = ClaimSource(old.partner or old.claim, old.default, old.always_default) if old is not None else None
        if (source.claim or source.default is not None) and not _equal(source, now, claim):
            result.claims[old.claim if old is not None else claim] = source


def _equal(wanted: ClaimSource, now: ClaimSource | None, claim: str) -> bool:
    if now is None:
        return False
    if wanted.always and now.always:
        return wanted.default == now.default
    return (wanted.claim or claim, wanted.default, wanted.always) == (now.claim or claim, now.default, now.always)


def carry_out(document: Document, change: Stated, additions: Additions, row: Row) -> list[Splice]:
    """The splices in the file that takes changes; what has to be put in new goes into `additions`."""
    found = _profile(document, change.profile)
    if found is None:
        additions.put(("ClaimsProviders",), marked(_override(change, row), change.profile))
        return []
    provider, profile = found
    below = Additions()
    result: list[Splice] = []
    if change.display_name is not None:
        result += _set_text(document, profile, below, "DisplayName", change.display_name)
    if change.domain is not None:
        above = Additions()
        result += _set_text(document, provider, above, "Domain", change.domain)
        result += above.splices(document, provider)
    for name, value in change.metadata.items():
        old = _by(profile, "Metadata", "Item", "Key", name)
        if old is not None:
            result.append(with_text(document, old, value))
        else:
            below.put(("Metadata",), marked(New("Item", {"Key": name}, text=value)))
    for name, value in change.keys.items():
        old = _by(profile, "CryptographicKeys", "Key", "Id", name)
        if old is not None:
            result.append(with_attributes(document, old, {"StorageReferenceId": value}))
        else:
            below.put(("CryptographicKeys",), marked(New("Key", {"Id": name, "StorageReferenceId": value})))
    for name, source in change.claims.items():
        old = _by(profile, "OutputClaims", "OutputClaim", "ClaimTypeReferenceId", name)
        new = output_claim(name, source)
        if old is not None:
            text = splice.write(new, splice.layout(document))
            was = marks.source(document, old)
            result.append(Splice(old.start, splice.end(document, old), text + marks.changed(text, was)))
        else:
            below.put(("OutputClaims",), marked(new))
    return result + below.splices(document, profile)


def output_claim(name: str, source: ClaimSource) -> New:
    """An OutputClaim."""
    attributes = {"ClaimTypeReferenceId": name}
    if source.claim:
        attributes["PartnerClaimType"] = source.claim
    if source.default is not None:
        attributes["DefaultValue"] = source.default
    if source.always:
        attributes["AlwaysUseDefaultValue"] = "true"
    return New("OutputClaim", attributes)


def with_text(document: Document, element: Element, text: str) -> Splice:
    """An element with another text, and the mark by which it gets its own back."""
    return _changed(document, element, [splice.set_text(document, element, text)])


def with_attributes(document: Document, element: Element, values: Mapping[str, str]) -> Splice:
    """An element with other attributes, and the mark by which it gets its own back."""
    return _changed(document, element, [splice.set_attribute(document, element, n, v) for n, v in values.items()])


def _changed(document: Document, element: Element, splices: list[Splice]) -> Splice:
    was = marks.source(document, element)
    text, position = "", element.start
    for one in sorted(splices):
        text += document.body[position : one.start].decode() + one.text
        position = one.end
    finish = splice.end(document, element)
    text += document.body[position:finish].decode()
    return Splice(element.start, finish, text + marks.changed(text, was))


def _set_text(document: Document, parent: Element, additions: Additions, tag: str, text: str) -> list[Splice]:
    element = parent.child(tag)
    if element is not None:
        return [with_text(document, element, text)]
    additions.put((), marked(New(tag, text=text)))
    return []


def _profile(document: Document, profile_id: str) -> tuple[Element, Element] | None:
    for provider in document.root.path("ClaimsProviders", "ClaimsProvider"):
        for profile in provider.path("TechnicalProfiles", "TechnicalProfile"):
            if key(profile.get("Id")) == key(profile_id):
                return provider, profile
    return None


def _by(profile: Element, container: str, tag: str, attribute: str, value: str) -> Element | None:
    return next((e for e in profile.path(container, tag) if key(e.get(attribute)) == key(value)), None)


def _override(change: Stated, row: Row) -> New:
    parts: list[New] = []
    if change.display_name is not None:
        parts.append(New("DisplayName", text=change.display_name))
    if change.metadata:
        items = tuple(New("Item", {"Key": name}, text=value) for name, value in change.metadata.items())
        parts.append(New("Metadata", {}, items))
    if change.keys:
        keys = tuple(New("Key", {"Id": name, "StorageReferenceId": value}) for name, value in change.keys.items())
        parts.append(New("CryptographicKeys", {}, keys))
    if change.claims:
        claims = tuple(output_claim(name, source) for name, source in change.claims.items())
        parts.append(New("OutputClaims", {}, claims))
    profile = New("TechnicalProfile", {"Id": row.profile.id}, tuple(parts))
    top = [New("DisplayName", text=row.profile.provider_display_name or row.profile.id)]
    if change.domain is not None:
        top.insert(0, New("Domain", text=change.domain))
    return New("ClaimsProvider", {}, (*top, New("TechnicalProfiles", {}, (profile,))))
