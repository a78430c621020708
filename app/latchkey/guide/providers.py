"""The draft's providers with their names, as far as the draft lets them be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.compose.naming import resolve
from latchkey.compose.setup import ProviderSetup
from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider, Tenant
from latchkey.errors import Refused
from latchkey.guide.plan import PlannedPolicies
from latchkey.guide.prose import Value
from latchkey.guide.words import Words
from latchkey.policy.names import key

# Names of providers don't depend on the tenant, which may not be typed yet.
_SOME_TENANT = Tenant(name="contoso")
# What a technical profile calls its key, by whether the key is a certificate.
SECRET_USE = {False: "client_secret", True: "SamlMessageSigning"}


@dataclass(frozen=True, slots=True)
class PlannedProvider:
    """A provider of the draft. `policy_key` is None where this set-up needs no secret."""

    slug: str
    provider: Provider
    entry: Entry
    name: str
    technical_profile: str
    policy_key: Value | None
    domain_hint: str
    settings: Mapping[str, str]
    claims: Mapping[str, ClaimSource]


def planned_providers(draft: Draft, catalogue: Catalogue, words: Words) -> tuple[PlannedProvider, ...]:
    """The providers of types that the catalogue knows; there is nothing to register for others. Never refuses."""
    known = tuple([provider for provider in draft.providers if provider.type in catalogue])
    setups = _setups(known, catalogue)
    slugs = _slugs(known, catalogue)
    return tuple(
        [
            _planned(slug, setup, words) if setup else _unnamed(slug, provider, catalogue[provider.type], words)
            for provider, setup, slug in zip(known, setups, slugs, strict=True)
        ]
    )


def _setups(providers: tuple[Provider, ...], catalogue: Catalogue) -> tuple[ProviderSetup | None, ...]:
    """All together, since ids keep out of each other's way; one by one if one of them can't be named yet."""
    together = _resolved(providers, catalogue)
    if together is not None:
        return together
    alone = [_resolved((provider,), catalogue) for provider in providers]
    return tuple([setups[0] if setups else None for setups in alone])


def _resolved(providers: tuple[Provider, ...], catalogue: Catalogue) -> tuple[ProviderSetup, ...] | None:
    try:
        return resolve(Draft(tenant=_SOME_TENANT, policies=Policies(), providers=providers), catalogue).providers
    except Refused:
        return None


def _planned(slug: str, setup: ProviderSetup, words: Words) -> PlannedProvider:
    return PlannedProvider(
        slug,
        setup.provider,
        setup.entry,
        _name(setup.provider, setup.entry, words),
        setup.technical_profile,
        Value(setup.policy_key) if setup.policy_key is not None else None,
        setup.domain_hint,
        setup.settings,
        setup.claims,
    )


def _unnamed(slug: str, provider: Provider, entry: Entry, words: Words) -> PlannedProvider:
    """A provider with something in it that can't be: what was typed, and no names that depend on it."""
    secret = Value(words("missing_name"), complete=False) if entry.needs_secret(provider.settings) else None
    return PlannedProvider(
        slug,
        provider,
        entry,
        _name(provider, entry, words),
        "",
        secret,
        provider.domain_hint,
        {setting.name: provider.settings.get(setting.name) or setting.default for setting in entry.settings},
        {claim: ClaimSource(source) for claim, source in entry.claims.items()} | dict(provider.claims),
    )


def _name(provider: Provider, entry: Entry, words: Words) -> str:
    """What the button is called; a type that has a name in the guide's language goes by that one."""
    return provider.name.strip() or entry.title_in(words.language)


def as_in_set(planned: PlannedProvider, policies: PlannedPolicies) -> PlannedProvider:
    """The provider with the policy key and the domain hint that the set has for it already."""
    profile = key(planned.technical_profile)
    shared = planned.entry.secret is not None and planned.entry.secret.shared
    wanted = key(SECRET_USE[shared])
    used = [use.name for use in policies.keys if key(use.profile) == profile and key(use.use) == wanted]
    hint = planned.domain_hint if planned.provider.domain_hint else policies.domains.get(profile, planned.domain_hint)
    name = Value(used[0]) if used and not planned.provider.policy_key else planned.policy_key
    return replace(planned, policy_key=name, domain_hint=hint)


def _slugs(providers: tuple[Provider, ...], catalogue: Catalogue) -> list[str]:
    """What a provider's ticks start with: its type, and for the second of a type its id or number as well.

    So ticks stay when the list is put into another order, and when a provider gets another name.
    """
    used: set[str] = set()
    slugs: list[str] = []
    for provider in providers:
        stated = provider.id.strip()
        usual = not stated or key(stated) == key(catalogue[provider.type].ids.id)
        slug = provider.type if usual else f"{provider.type}.{stated}"
        number = 2
        while slug in used:
            slug, number = f"{provider.type}.{number}", number + 1
        used.add(slug)
        slugs.append(slug)
    return slugs
