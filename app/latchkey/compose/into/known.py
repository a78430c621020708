"""What the policies know already about the providers of a draft, so that the draft need not say it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from latchkey.catalogue.entries import Entry
from latchkey.compose.ids import Taken, id_from_name
from latchkey.compose.into import marks
from latchkey.compose.into.needs import user_id
from latchkey.compose.into.peeling import peeled
from latchkey.compose.into.places import Places, find_places
from latchkey.compose.into.rows import EXISTING, Row, matched, rows_of, unshown
from latchkey.compose.into.values import Stated, stated
from latchkey.compose.naming import resolve
from latchkey.compose.wording import cleaned
from latchkey.draft.draft import ClaimSource, Draft, Provider, frozen
from latchkey.policy.effective import metadata
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet


def known_rows(
    policy_set: PolicySet, places: Places, draft: Draft, catalogue: Mapping[str, Entry], *, shown: bool = False
) -> list[Row | None]:
    """For each provider of the draft what the set has of it; None: it is new. Raises Refused.

    `shown`: as people see it now, where one of the person's own providers may be taken off by us.
    """
    known = [provider for provider in draft.providers if provider.type != EXISTING]
    bare = tuple(
        replace(provider, claims=frozen({}), settings=frozen({}), identity_provider=None) for provider in known
    )
    names = iter(resolve(replace(draft, providers=bare), catalogue, Taken(set(), set(), set())).providers)
    setups = [None if provider.type == EXISTING else next(names) for provider in draft.providers]
    before = rows_of(places.sign_in, catalogue)
    rows = matched(draft.providers, before, [setup.technical_profile if setup else "" for setup in setups], shown=shown)
    effective = policy_set.effective(places.extensions)
    for index, (provider, setup) in enumerate(zip(draft.providers, setups, strict=True)):
        if rows[index] is None and setup is not None:
            rows[index] = unshown(effective, provider, setup, catalogue)
    return rows


def only_changes(policy_set: PolicySet, draft: Draft, catalogue: Mapping[str, Entry]) -> tuple[Draft, frozenset[int]]:
    """The draft without what the policies say already, and the places of the providers that they have.

    For the rules on drafts: what stays as it is needs no judging. Raises Refused.
    """
    draft = clean(draft)
    places = find_places(policy_set, draft.policies)
    theirs = peeled(policy_set)
    now = known_rows(policy_set, places, draft, catalogue, shown=True)
    own = known_rows(theirs, find_places(theirs, draft.policies), draft, catalogue)
    rows = [one or other for one, other in zip(now, own, strict=True)]
    number = user_id(policy_set.effective(places.extensions))
    providers = [
        provider if row is None else _changes(provider, row, catalogue.get(provider.type), number)
        for provider, row in zip(draft.providers, rows, strict=True)
    ]
    present = frozenset(index for index, row in enumerate(rows) if row is not None)
    return replace(draft, providers=tuple(providers)), present


def _changes(provider: Provider, row: Row, entry: Entry | None, number: str) -> Provider:
    change = stated(provider, row, entry, number)
    claims = {name: source for name, source in provider.claims.items() if _changed(name, change, number)}
    settings = {
        setting.name: provider.settings[setting.name]
        for setting in (entry.settings if entry is not None else ())
        if setting.name in provider.settings and (not setting.metadata or setting.metadata in change.metadata)
    }
    unknown = {name: text for name, text in provider.settings.items() if entry is not None and not entry.setting(name)}
    return replace(
        provider,
        client_id=provider.client_id if "client_id" in change.metadata else "",
        policy_key=provider.policy_key if change.keys else "",
        domain_hint=provider.domain_hint if change.domain is not None else "",
        identity_provider=provider.identity_provider if _changed("identityProvider", change, number) else None,
        settings=frozen(settings | unknown),
        claims=frozen(claims),
    )


def _changed(name: str, change: Stated, number: str) -> bool:
    claim = number if key(name) == key("issuerUserId") else name
    return any(key(claim) == key(one) for one in change.claims)


def completed(
    draft: Draft,
    rows: Sequence[Row | None],
    ours: Mapping[str, bool],
    catalogue: Mapping[str, Entry],
) -> Draft:
    """The draft with what nobody could guess and the policies know of providers that we put there: client ids, settings
    that must be answered, and the ids of a provider that has only got another name since.

    What a person wrote stays in the file anyway. `ours` are our profiles, as `our_profiles` finds them.
    """
    providers = list(draft.providers)
    for index, (provider, row) in enumerate(zip(draft.providers, rows, strict=True)):
        if row is not None and key(row.profile.id) in ours and provider.type in catalogue:
            by_name = ours[key(row.profile.id)]
            providers[index] = _completed(provider, row, catalogue[provider.type], by_name=by_name)
    return replace(draft, providers=tuple(providers))


def _completed(provider: Provider, row: Row, entry: Entry, *, by_name: bool) -> Provider:
    values = metadata(row.profile.metadata)
    settings = dict(provider.settings)
    for setting in entry.settings:
        if setting.required and not setting.default and not settings.get(setting.name):
            settings[setting.name] = values.get(setting.metadata, "")
    client_id = provider.client_id or (values.get("client_id", "") if entry.client_id is not None else "")
    id_, profile = provider.id, provider.profile
    if by_name and not id_ and not profile and client_id == values.get("client_id", ""):
        id_, profile = ids_of(row, entry, provider.name)
    stated = frozen({name: text for name, text in settings.items() if text})
    return replace(provider, client_id=client_id, settings=stated, id=id_, profile=profile)


def our_profiles(policy_set: PolicySet) -> dict[str, bool]:
    """The providers that we put there and nobody has changed since: folded profile → whether its ids come of a name.

    Where they do, another name is no reason for other ids. Where somebody chose them, other ids are another provider.
    """
    return {
        key(element.get("Id")): mark.label.endswith(marks.NAMED)
        for policy in policy_set.policies
        for mark in marks.own_elements(policy_set.document(policy))
        for element in mark.element.walk()
        if element.tag == "TechnicalProfile" and element.child("Protocol") is not None
    }


def ids_of(row: Row, entry: Entry, name: str) -> tuple[str, str]:
    """`id` and `profile` as a draft would have to state them: each only where it does not derive from type or name."""
    profile = row.profile.id
    usual = entry.ids.id or id_from_name(name or entry.title)
    if key(profile) == key(entry.ids.technical_profile or f"{usual}-{entry.ids.suffix}"):
        return "", ""
    stem = profile.removesuffix(f"-{entry.ids.suffix}")
    if stem != profile and key(row.exchange) == key(f"{stem}Exchange"):
        return stem, ""
    return "", profile


def clean(draft: Draft) -> Draft:
    """The draft with its texts as policies carry them. Raises Refused for a character that no file can hold."""
    return replace(draft, providers=tuple(_clean(f"providers[{i}]", p) for i, p in enumerate(draft.providers)))


def _clean(path: str, provider: Provider) -> Provider:
    def text(name: str) -> str:
        return cleaned(getattr(provider, name), f"{path}.{name}")

    def source(value: ClaimSource, field: str) -> ClaimSource:
        default = None if value.default is None else cleaned(value.default, field)
        return ClaimSource(cleaned(value.claim, field), default, value.always)

    identity = provider.identity_provider
    if isinstance(identity, ClaimSource):
        identity = source(identity, f"{path}.identity_provider")
    elif identity is not None:
        identity = cleaned(identity, f"{path}.identity_provider")
    return replace(
        provider,
        profile=text("profile"),
        id=text("id"),
        name=text("name"),
        client_id=text("client_id"),
        policy_key=text("policy_key"),
        domain_hint=text("domain_hint"),
        names=frozen({code: cleaned(value, f"{path}.names.{code}") for code, value in provider.names.items()}),
        settings=frozen({name: cleaned(value, f"{path}.settings.{name}") for name, value in provider.settings.items()}),
        claims=frozen({name: source(value, f"{path}.claims.{name}") for name, value in provider.claims.items()}),
        identity_provider=identity,
    )
