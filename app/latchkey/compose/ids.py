"""The ids of providers: what the draft states, the catalogue's defaults, or the button's name; never the same twice.

Ids compare without case. A stated id is taken as it is or refused; a derived one moves aside: WeChat, WeChat2, WeChat3.
So it depends on the draft alone which ids come out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from latchkey.catalogue.entries import Entry
from latchkey.compose import base_ids
from latchkey.compose.wording import wrong
from latchkey.draft.draft import Provider
from latchkey.policy.names import BadName, HtmlId, PolicyKeyName, TechnicalProfileId, key
from latchkey.text import _

LONGEST = 40
_PLAIN = str.maketrans({
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ı": "i", "'": "", "’": "",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProviderIds:
    """One provider's ids. `policy_key` is the name for its secret, whether or not it needs one."""

    id: str
    technical_profile: str
    exchange: str
    policy_key: PolicyKeyName


@dataclass(slots=True)
class Taken:
    """Ids in use, folded; those of a composed base unless said otherwise."""

    profiles: set[str] = field(default_factory=lambda: set(base_ids.TECHNICAL_PROFILES | base_ids.BLOCK_PROFILES))
    exchanges: set[str] = field(default_factory=lambda: set(base_ids.EXCHANGES | base_ids.BLOCK_EXCHANGES))
    keys: set[str] = field(default_factory=lambda: set(base_ids.POLICY_KEYS))

    def free(self, ids: ProviderIds, provider: Provider, entry: Entry) -> bool:
        """No part of `ids` is in use. A key that the draft states may be shared: that is the person's decision."""
        shared = bool(provider.policy_key) or (entry.secret is not None and entry.secret.shared)
        return (
            key(ids.technical_profile) not in self.profiles
            and key(ids.exchange) not in self.exchanges
            and (shared or key(ids.policy_key) not in self.keys)
        )

    def add(self, ids: ProviderIds) -> None:
        """They are in use from now on."""
        self.profiles.add(key(ids.technical_profile))
        self.exchanges.add(key(ids.exchange))
        self.keys.add(key(ids.policy_key))


def provider_ids(providers: Sequence[tuple[Provider, Entry]], taken: Taken | None = None) -> tuple[ProviderIds, ...]:
    """Ids for all providers of a draft, in its order, beside those `taken`. Raises Refused where stated ids can't be or
    collide.
    """
    taken = taken or Taken()
    found: dict[int, ProviderIds] = {}
    for number, (provider, entry) in enumerate(providers):
        if provider.id:
            found[number] = _stated(number, provider, entry, taken)
    for number, (provider, _entry) in enumerate(providers):
        if provider.profile and not provider.id:
            _reserve_profile(number, provider, taken)
        if provider.policy_key and not provider.id:
            taken.keys.add(key(_policy_key(number, provider)))
    for number, (provider, entry) in enumerate(providers):
        if number not in found:
            found[number] = _derived(number, provider, entry, taken)
    return tuple(found[number] for number in range(len(providers)))


def id_from_name(name: str) -> str:
    """The name's Latin letters and digits as one word, `Contoso employees` → `ContosoEmployees`; "" if it has none."""
    folded = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.findall(r"[A-Za-z0-9]+", letters)
    return "".join(word[0].upper() + word[1:] for word in words)[:LONGEST]


def _stated(number: int, provider: Provider, entry: Entry, taken: Taken) -> ProviderIds:
    try:
        id_ = HtmlId.parse(provider.id)
    except BadName as error:
        raise wrong(f"providers[{number}].id", provider.id, error.hint) from error
    ids = _ids(number, id_, provider, entry)
    if not taken.free(ids, provider, entry):
        raise wrong(
            f"providers[{number}].id",
            provider.id,
            _("Another provider or the base policy has that id already. Choose another one."),
        )
    taken.add(ids)
    return ids


def _reserve_profile(number: int, provider: Provider, taken: Taken) -> None:
    name = _profile(number, provider)
    if key(name) in taken.profiles:
        raise wrong(
            f"providers[{number}].profile",
            provider.profile,
            _("Another technical profile has that id already. Choose another one."),
        )
    taken.profiles.add(key(name))


def _derived(number: int, provider: Provider, entry: Entry, taken: Taken) -> ProviderIds:
    own = {key(provider.profile)} if provider.profile else set()
    taken.profiles -= own  # reserved for this very provider
    for candidate in _candidates(provider, entry):
        ids = _ids(number, candidate, provider, entry)
        if taken.free(ids, provider, entry):
            taken.add(ids)
            return ids
    raise AssertionError("candidates never end")


def _candidates(provider: Provider, entry: Entry) -> Iterator[str]:
    """The entry's id or the name, then numbered from 2; where there is no name to take, the protocol, from 1."""
    stem = entry.ids.id or id_from_name(provider.name or entry.title)
    if stem[:1].isdigit():
        stem = entry.protocol + stem
    if stem:
        yield stem
    number = 2 if stem else 1
    while True:
        yield f"{stem or entry.protocol}{number}"
        number += 1


def _ids(number: int, id_: str, provider: Provider, entry: Entry) -> ProviderIds:
    """All ids that follow from `id_`. The documentation's own, where they differ, belong to the default id alone."""
    own = entry.ids if entry.ids.id and key(entry.ids.id) == key(id_) else None
    profile = (own.technical_profile if own else "") or f"{id_}-{entry.ids.suffix}"
    exchange = (own.exchange if own else "") or f"{id_}Exchange"
    shared = entry.secret is not None and entry.secret.shared
    name = (entry.ids.policy_key if own or shared else "") or f"{id_}Secret"
    return ProviderIds(
        id_,
        _profile(number, provider) if provider.profile else profile,
        exchange,
        _policy_key(number, provider) if provider.policy_key else PolicyKeyName.parse(name),
    )


def _profile(number: int, provider: Provider) -> str:
    try:
        return TechnicalProfileId.parse(provider.profile)
    except BadName as error:
        raise wrong(f"providers[{number}].profile", provider.profile, error.hint) from error


def _policy_key(number: int, provider: Provider) -> PolicyKeyName:
    path = f"providers[{number}].policy_key"
    try:
        name = PolicyKeyName.parse(provider.policy_key)
    except BadName as error:
        raise wrong(path, provider.policy_key, error.hint) from error
    if key(name) in base_ids.POLICY_KEYS:
        raise wrong(
            path, provider.policy_key, _("The policies sign and encrypt their tokens with it. Choose another name.")
        )
    return name
