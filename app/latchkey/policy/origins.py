"""Where the parts of an effective policy come from: every place that states one, root ancestor first.

More than one place means that a file lower in the chain overrides what a file above it says. Claims, metadata and keys
are looked up in the profiles as each file has them, since the merged profile knows only who won.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from latchkey.policy.effective import Effective
from latchkey.policy.model import Claim, TechnicalProfile, UserJourney, Where
from latchkey.policy.names import key

CLAIM_LISTS = ("input_claims", "display_claims", "persisted_claims", "output_claims")


class Origins:
    """Look-ups in one chain."""

    def __init__(self, effective: Effective) -> None:
        self._effective = effective
        self._profiles: dict[str, list[TechnicalProfile]] = {}
        for policy in reversed(effective.chain):
            for profile in policy.technical_profiles:
                self._profiles.setdefault(key(profile.id), []).append(profile)

    def definitions(self, profile_id: str) -> tuple[TechnicalProfile, ...]:
        """The profile as each file states it; before it what it includes."""
        found: list[TechnicalProfile] = []
        seen: set[str] = set()
        name = key(profile_id)
        while name in self._profiles and name not in seen:
            seen.add(name)
            found[:0] = self._profiles[name]
            include = self._effective.technical_profiles[name].include
            name = key(include.id) if include is not None else ""
        return tuple(found)

    def profile(self, profile_id: str) -> tuple[Where, ...]:
        """The places of the profile itself, without what it includes."""
        return tuple(profile.where for profile in self._profiles.get(key(profile_id), ()))

    def claims(self, profile_id: str, which: str) -> dict[str, tuple[Where, ...]]:
        """Folded claim → its places in one of the profile's claim lists."""
        found: dict[str, list[Where]] = {}
        for profile in self.definitions(profile_id):
            claims: tuple[Claim, ...] = getattr(profile, which)
            for claim in claims:
                found.setdefault(key(claim.claim), []).append(claim.where)
        return {name: tuple(places) for name, places in found.items()}

    def metadata(self, profile_id: str) -> dict[str, tuple[Where, ...]]:
        """Metadata key → its places."""
        return _places((item.key, item.where) for p in self.definitions(profile_id) for item in p.metadata)

    def keys(self, profile_id: str) -> dict[str, tuple[Where, ...]]:
        """Id of a cryptographic key → its places."""
        return _places((item.id, item.where) for p in self.definitions(profile_id) for item in p.keys)


def _places(items: Iterable[tuple[str, Where]]) -> dict[str, tuple[Where, ...]]:
    found: dict[str, list[Where]] = {}
    for name, where in items:
        found.setdefault(name, []).append(where)
    return {name: tuple(places) for name, places in found.items()}


def profiles_of(effective: Effective, journeys: Iterable[UserJourney]) -> tuple[TechnicalProfile, ...]:
    """The technical profiles that journeys run, in the order in which they come, with those that these lean on."""
    found: dict[str, TechnicalProfile] = {}
    waiting = [name for journey in journeys for name in _named(effective, journey)]
    waiting.reverse()
    while waiting:
        name = key(waiting.pop())
        profile = effective.expanded(name)
        if profile is None or name in found:
            continue
        found[name] = profile
        own = effective.technical_profiles[name]
        waiting += [own.include.id] if own.include is not None else []
        waiting += [validation.id for validation in reversed(profile.validation_profiles)]
    return tuple(found.values())


def _named(effective: Effective, journey: UserJourney) -> Iterator[str]:
    """The profiles that a journey and its sub journeys name."""
    seen = {key(journey.id)}
    waiting = [journey]
    while waiting:
        for step in waiting.pop(0).steps:
            yield from (exchange.technical_profile for exchange in step.exchanges)
            yield from ([step.issuer] if step.issuer else [])
            for candidate in step.candidates:
                sub = effective.sub_journeys.get(key(candidate.sub_journey))
                if sub is not None and key(sub.id) not in seen:
                    seen.add(key(sub.id))
                    waiting.append(sub)
