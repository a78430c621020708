"""A draft made from the policies that people have: carried back into the same folder it changes nothing.

What the catalogue would choose anyway is left out, so that the draft reads like one that a person wrote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from latchkey.catalogue.answers import answers_in
from latchkey.catalogue.entries import Entry
from latchkey.compose.base_ids import CLAIM_TYPES, FREE_CLAIMS
from latchkey.compose.ids import id_from_name
from latchkey.compose.into.journeys import numbered, target_of
from latchkey.compose.into.known import ids_of
from latchkey.compose.into.needs import USER_ID, user_id
from latchkey.compose.into.peeling import peeled
from latchkey.compose.into.placeholders import FACEBOOK
from latchkey.compose.into.places import COMBINED, Page, Places, choice, default_journey, find_places
from latchkey.compose.into.rows import EXISTING, Row, rows_of
from latchkey.draft.draft import (
    DEFAULT_JOURNEY_ID,
    ClaimSource,
    CloudName,
    Draft,
    Policies,
    Provider,
    Tenant,
    frozen,
)
from latchkey.errors import Refused
from latchkey.policy.clouds import CLOUDS
from latchkey.policy.effective import metadata
from latchkey.policy.model import Claim
from latchkey.policy.names import POLICY_PREFIX, PolicyKeyName, is_guid, key
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _

_ALWAYS = frozenset(("authenticationsource", "identityprovider"))


def import_set(policy_set: PolicySet, catalogue: Mapping[str, Entry]) -> Draft:
    """The draft of an existing set: tenant, providers with settings and claims, order, journeys. Raises Refused."""
    policies = _policies(policy_set)
    places = find_places(policy_set, policies)
    bare = peeled(policy_set)
    own_pages = find_places(bare, policies)
    theirs = {key(row.profile.id): row for row in rows_of(own_pages.sign_in, catalogue)}
    unshown = bare.effective(own_pages.extensions)
    written = {key(p.id) for one in bare.policies for p in one.technical_profiles}
    number = user_id(policy_set.effective(places.extensions))
    known = places.sign_in[0].effective.supported_languages
    languages = {key(language) for language in known.languages} if known is not None else set()
    providers = []
    for index, row in enumerate(rows_of(places.sign_in, catalogue), start=1):
        ours, was = key(row.profile.id) not in written, theirs.get(key(row.profile.id))
        if was is None and (profile := unshown.expanded(row.profile.id)) is not None:
            was = Row(row.exchange, profile, row.type, profile.display_name or "", {})
        provider = _provider(row, catalogue, number, ours=ours)
        if ours and row.type != EXISTING:
            provider = _as_written(provider, row, catalogue[row.type], languages)
        elif was is not None and row.type != EXISTING:
            provider = _as_changed(provider, row, was, catalogue[row.type], number)
        providers.append(replace(provider, key=f"p{index}"))
    new = [row.profile.id for row in rows_of(places.sign_in, catalogue) if key(row.profile.id) not in written]
    policies = replace(policies, journey_id=_journey_id(bare, places), profile_edit_policies=_editing(places, new))
    policies = _with_apps(policies, places.sign_in[0])
    return Draft(_tenant(policy_set), policies, providers=tuple(providers))


def _tenant(policy_set: PolicySet) -> Tenant:
    domain = policy_set.policies[0].tenant_id.lower()
    clouds: tuple[CloudName, ...] = ("china", "us-government", "global")
    for cloud in clouds:
        suffix = CLOUDS[cloud].tenant_suffix
        if domain.endswith(suffix):
            found = policy_set.policies[0].tenant_object_id
            return Tenant(domain.removesuffix(suffix), cloud, object_id=found if is_guid(found) else "")
    raise Refused(
        _("“{domain}” is not the domain of an Azure AD B2C tenant.").format(domain=policy_set.policies[0].tenant_id),
        _("This is a variable of an upload tool: name the folder with the files that the tool writes.")
        if "{" in domain
        else _("Policies name their tenant as TenantId, for example contoso.onmicrosoft.com."),
    )


def _policies(policy_set: PolicySet) -> Policies:
    """Nothing stated where the set itself decides; else the sign-in policies that show the most buttons, those in which
    people only edit their profile last.
    """
    plain = Policies()
    try:
        find_places(policy_set, plain)
    except Refused as refusal:
        groups: dict[str, list[str]] = {}
        counts: dict[str, tuple[bool, int]] = {}
        for policy in policy_set.policies:
            journey = default_journey(policy_set, policy)
            found = choice(journey) if journey is not None else None
            if journey is not None and found is not None:
                groups.setdefault(key(journey.id), []).append(policy.id)
                counts[key(journey.id)] = found[0].type == COMBINED, len(found[0].selections)
        for name in sorted(groups, key=lambda one: counts[one], reverse=True):
            stated = replace(plain, relying_parties=tuple(groups[name]))
            try:
                find_places(policy_set, stated)
            except Refused:
                continue
            return stated
        raise refusal from None
    return plain


def _journey_id(bare: PolicySet, places: Places) -> str:
    """What a draft has to say so that our own copies get the ids that they have; empty: they get them anyway."""
    theirs = {key(journey.id) for policy in bare.policies for journey in (*policy.journeys, *policy.sub_journeys)}
    copies = [page.journey.id for page in places.sign_in[:1] if key(page.journey.id) not in theirs]
    editing = [page.journey.id for page in places.profile_edit if key(page.journey.id) not in theirs][:1]

    def given(stem: str) -> str:
        return next(one for one in numbered(stem) if key(one) not in theirs)

    stems = [*copies, *(name.rstrip("0123456789") for name in copies)]
    stems += [name.rstrip("0123456789").removesuffix("ProfileEdit") for name in editing]
    for stem in (DEFAULT_JOURNEY_ID, *stems):
        if copies in ([], [given(stem)]) and editing in ([], [given(f"{stem}ProfileEdit")]):
            return "" if stem == DEFAULT_JOURNEY_ID else stem
    return copies[0] if copies else ""


def _editing(places: Places, ours: Sequence[str]) -> tuple[str, ...] | None:
    """Where people edit their profile with our providers, if that is not everywhere; None: it is."""
    pages = [page for page in places.profile_edit if all(target_of(page, profile) for profile in ours)]
    if len(pages) == len(places.profile_edit):
        return None
    return tuple(policy.id for page in pages for policy in page.relying_parties)


def _with_apps(policies: Policies, page: Page) -> Policies:
    profile = page.effective.expanded("login-NonInteractive")
    if profile is None:
        return policies
    values = metadata(profile.metadata)
    proxy, ief = values.get("client_id", ""), values.get("IdTokenAudience", "")
    return replace(policies, proxy_ief_app_id=proxy if is_guid(proxy) else "", ief_app_id=ief if is_guid(ief) else "")


def _provider(row: Row, catalogue: Mapping[str, Entry], number: str, *, ours: bool) -> Provider:
    if row.type == EXISTING:
        return Provider(EXISTING, profile=row.profile.id)
    entry = catalogue[row.type]
    values = metadata(row.profile.metadata)
    name = "" if row.text == entry.title else row.text
    id_, profile = ids_of(row, entry, name)
    client_id = values.get("client_id", "")
    titles = entry.titles or {}
    return Provider(
        row.type,
        profile=profile,
        id=id_,
        name=name,
        names=frozen(
            {k: text for k, text in row.texts.items() if text != row.text and (name or titles.get(k) != text)}
        ),
        client_id="" if client_id == FACEBOOK else client_id,
        policy_key=_policy_key(row, entry, id_, name),
        domain_hint=_unless(row.profile.provider_domain or "", entry.domain),
        identity_provider=_identity(row, entry),
        settings=frozen(
            {
                name: answer
                for name, answer in answers_in(entry, values).items()
                if (setting := entry.setting(name)) is not None and answer != setting.assumed
            }
        ),
        claims=frozen(_claims(row, entry, number, ours=ours)),
    )


def _as_written(provider: Provider, row: Row, entry: Entry, languages: set[str]) -> Provider:
    """A provider of ours has just the texts that its draft gave it, and the catalogue's where that gave it no name."""
    name = row.profile.display_name or entry.title
    translated = {code: text for code, text in (entry.titles or {}).items() if key(code) in languages}
    untold = name == entry.title and all(row.texts.get(code) == text for code, text in translated.items())
    names = {code: text for code, text in row.texts.items() if not (untold and translated.get(code) == text)}
    id_, profile = ids_of(row, entry, "" if untold else name)
    return replace(
        provider,
        name="" if untold else name,
        names=frozen(names),
        id=id_,
        profile=profile,
        policy_key=_policy_key(row, entry, id_, "" if untold else name),
    )


def _as_changed(provider: Provider, row: Row, was: Row, entry: Entry, number: str) -> Provider:
    """What we changed in a provider of theirs is said, also where the catalogue says the same: unsaid, it goes back."""
    now, before = answers_in(entry, metadata(row.profile.metadata)), answers_in(entry, metadata(was.profile.metadata))
    settings = {name: answer for name, answer in now.items() if answer != before.get(name) and entry.setting(name)}
    old = {key(claim.claim): _source(claim) for claim in was.profile.output_claims}
    changed = [claim for claim in row.profile.output_claims if old.get(key(claim.claim)) != _source(claim)]
    claims = {_claim_name(claim, entry, number): _source(claim) for claim in changed}
    identity = next((claims.pop(name) for name in list(claims) if key(name) == "identityprovider"), None)
    keys = [k.storage_reference_id for k in row.profile.keys if k not in was.profile.keys]
    domain = row.profile.provider_domain or ""
    return replace(
        provider,
        name=row.text if row.text != was.text else provider.name,
        domain_hint=domain if domain != (was.profile.provider_domain or "") else provider.domain_hint,
        policy_key=PolicyKeyName.parse(keys[0]) if keys else provider.policy_key,
        identity_provider=identity or provider.identity_provider,
        settings=frozen({**provider.settings, **settings}),
        claims=frozen({**provider.claims, **claims}),
    )


def _claim_name(claim: Claim, entry: Entry, number: str) -> str:
    """What a draft calls a claim of the policies."""
    through = {key(other): name for name, other in (entry.through or {}).items()}
    name = USER_ID if key(claim.claim) == key(number) else through.get(key(claim.claim), claim.claim)
    return next((own for own in entry.claims if key(own) == key(name)), name)


def _policy_key(row: Row, entry: Entry, id_: str, name: str) -> str:
    stem = id_ or entry.ids.id or id_from_name(name or entry.title)
    shared = entry.secret is not None and entry.secret.shared
    usual = entry.ids.policy_key if (shared or not id_) and entry.ids.policy_key else f"{stem}Secret"
    for item in row.profile.keys:
        if item.id in ("client_secret", "SamlMessageSigning"):
            found = item.storage_reference_id
            bare = found[len(POLICY_PREFIX) :] if key(found).startswith(key(POLICY_PREFIX)) else found
            try:
                return "" if key(bare) == key(usual) else PolicyKeyName.parse(bare)
            except Refused:
                return ""
    return ""


def _identity(row: Row, entry: Entry) -> str | ClaimSource | None:
    found = next((c for c in row.profile.output_claims if key(c.claim) == "identityprovider"), None)
    if found is None:
        return None
    if found.default is not None and found.always_default:
        return None if found.default == entry.identity_provider.value else found.default
    if found.partner == entry.identity_provider.claim and found.default is None:
        return None
    return _source(found)


def _claims(row: Row, entry: Entry, number: str, *, ours: bool) -> dict[str, ClaimSource]:
    result: dict[str, ClaimSource] = {}
    present = set()
    defaults = entry.claim_defaults or {}
    through = {key(other): claim for claim, other in (entry.through or {}).items()}
    taken = {key(through[key(c.claim)]) for c in row.profile.output_claims if key(c.claim) in through}
    for claim in row.profile.output_claims:
        if key(claim.claim) == key(number) and key(USER_ID) in taken:
            continue  # made from the claim that takes the provider's value
        steering = key(claim.claim) in CLAIM_TYPES and key(claim.claim) not in FREE_CLAIMS
        if (key(claim.claim) in _ALWAYS or steering) and key(claim.claim) != key(number):
            continue
        usual = _claim_name(claim, entry, number)
        present.add(key(usual))
        if _source(claim) not in (ClaimSource(entry.claims.get(usual, "")), _usual(entry, usual)):
            result[usual] = _source(claim)
    if ours:
        result.update({name: ClaimSource() for name in (*entry.claims, *defaults) if key(name) not in present})
    return result


def _usual(entry: Entry, claim: str) -> ClaimSource:
    """Where the catalogue takes a claim from. Azure reads a claim that names no source under its own name."""
    return ClaimSource(entry.claims.get(claim, claim), (entry.claim_defaults or {}).get(claim))


def _source(claim: Claim) -> ClaimSource:
    return ClaimSource(
        "" if claim.always_default else claim.partner or claim.claim, claim.default, claim.always_default
    )


def _unless(text: str, usual: str) -> str:
    return "" if text == usual else text
