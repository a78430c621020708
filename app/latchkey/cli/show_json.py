"""A policy set for other programs: the contract's shapes, and with each part where it comes from.

`source` is the place that holds (file, line, policy); `layers` are all places that state it, root ancestor first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from latchkey.policy.buttons import Button, buttons
from latchkey.policy.effective import Effective
from latchkey.policy.model import (
    Claim,
    OrchestrationStep,
    Precondition,
    TechnicalProfile,
    TrustFrameworkPolicy,
    UserJourney,
    Where,
)
from latchkey.policy.names import key
from latchkey.policy.origins import CLAIM_LISTS, Origins, profiles_of
from latchkey.policy.policy_set import PolicySet


def own_journeys(effective: Effective, policy: TrustFrameworkPolicy) -> list[UserJourney]:
    """The default journey first, then those of endpoints."""
    party = policy.relying_party
    if party is None:
        return []
    names = [party.default_journey.id] if party.default_journey is not None else []
    names += [endpoint.journey for endpoint in party.endpoints]
    found = [effective.journeys.get(name) for name in dict.fromkeys(key(name) for name in names)]
    return [journey for journey in found if journey is not None]


def default_journey(effective: Effective, policy: TrustFrameworkPolicy) -> UserJourney | None:
    """The journey that a relying party runs, if it exists."""
    party = policy.relying_party
    named = party.default_journey if party is not None else None
    return effective.journeys.get(key(named.id)) if named is not None else None


def policy_json(policy_set: PolicySet, policy: TrustFrameworkPolicy, *, sources: bool) -> dict[str, Any]:
    """One policy with everything that it runs. `sources`: with the place of every part, and with technical profiles."""
    effective = policy_set.effective(policy)
    default = default_journey(effective, policy)
    named = policy.relying_party.default_journey if policy.relying_party is not None else None
    own = own_journeys(effective, policy)
    shown = {key(journey.id) for journey in own}
    others = [journey for name, journey in effective.journeys.items() if name not in shown]
    chain = policy_set.chain(policy)
    found = {
        "id": policy.id,
        "file": policy.file,
        "journey": default.id if default is not None else named.id if named is not None else None,
        "buttons": [
            _button(button, sources) for button in (buttons(effective, default) if default is not None else ())
        ],
        "journeys": [_journey(journey, sources) for journey in (*own, *others)],
        "chain": [{"id": link.id, "file": link.file} for link in chain.policies],
        "missing": chain.missing.policy_id if chain.missing is not None else None,
    }
    if sources:
        found["technical_profiles"] = _profiles(effective, own or list(effective.journeys.values()))
    if effective.sub_journeys:
        found["sub_journeys"] = [_journey(journey, sources) for journey in effective.sub_journeys.values()]
    return found


def _source(where: Where) -> dict[str, Any]:
    return {"file": where.source.file, "line": where.line, "policy": where.source.policy_id}


def _from(layers: Sequence[Where]) -> dict[str, Any]:
    """Where something comes from: the last place that states it wins."""
    return {"source": _source(layers[-1]) if layers else None, "layers": [_source(where) for where in layers]}


def _at(where: Where, sources: bool) -> dict[str, Any]:
    return {"source": _source(where)} if sources else {}


def _button(button: Button, sources: bool) -> dict[str, Any]:
    return {
        "exchange": button.exchange,
        "technical_profile": button.technical_profile,
        "text": button.text,
        "texts": dict(button.texts),
        "protocol": button.protocol,
        **_at(button.where, sources),
    }


def _journey(journey: UserJourney, sources: bool) -> dict[str, Any]:
    return {"id": journey.id, "steps": [_step(step, sources) for step in journey.steps], **_from(journey.layers)}


def _step(step: OrchestrationStep, sources: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "order": step.order,
        "type": step.type,
        "selections": [
            ({"target": one.target} if one.target else {"validation": one.validation}) | _at(one.where, sources)
            for one in step.selections
        ],
        "exchanges": [
            {"id": one.id, "technical_profile": one.technical_profile} | _at(one.where, sources)
            for one in step.exchanges
        ],
        "preconditions": [_precondition(one) for one in step.preconditions],
    }
    if step.content_definition:
        found["content_definition"] = step.content_definition
    if step.issuer:
        found["issuer"] = step.issuer
    if step.candidates:
        found["sub_journeys"] = [candidate.sub_journey for candidate in step.candidates]
    return found | _from(step.layers)


def _precondition(precondition: Precondition) -> dict[str, Any]:
    return {
        "type": precondition.type,
        "execute_if": precondition.execute_if,
        "values": list(precondition.values),
        "action": precondition.action,
    }


def _profiles(effective: Effective, journeys: Iterable[UserJourney]) -> list[dict[str, Any]]:
    origins = Origins(effective)
    return [_profile(origins, profile) for profile in profiles_of(effective, journeys)]


def _profile(origins: Origins, profile: TechnicalProfile) -> dict[str, Any]:
    metadata, keys = origins.metadata(profile.id), origins.keys(profile.id)
    found: dict[str, Any] = {
        "id": profile.id,
        "protocol": profile.protocol,
        "includes": profile.include.id if profile.include is not None else None,
        "metadata": [
            {"key": item.key, "value": item.value, **_from(metadata.get(item.key, ()))} for item in profile.metadata
        ],
        "keys": [
            {"id": item.id, "storage_reference_id": item.storage_reference_id, **_from(keys.get(item.id, ()))}
            for item in profile.keys
        ],
    }
    for which in CLAIM_LISTS:
        places = origins.claims(profile.id, which)
        claims: tuple[Claim, ...] = getattr(profile, which)
        found[which] = [_claim(claim, places.get(key(claim.claim), ())) for claim in claims]
    return found | _from(origins.profile(profile.id))


def _claim(claim: Claim, layers: Sequence[Where]) -> dict[str, Any]:
    return {
        "claim": claim.claim,
        "partner": claim.partner or None,
        "default": claim.default,
        "always_default": claim.always_default,
        **_from(layers),
    }
