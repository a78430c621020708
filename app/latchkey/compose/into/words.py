"""What is different between two states of a set, in words: read from both, so it says what is, not what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from latchkey.compose.into.places import default_journey
from latchkey.policy.buttons import Button, buttons
from latchkey.policy.effective import Effective, metadata
from latchkey.policy.model import TechnicalProfile, TrustFrameworkPolicy
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _, join_list


def differences(before: PolicySet, after: PolicySet) -> tuple[str, ...]:
    """Sentences, the most important first; each once."""
    found: dict[str, None] = {}
    for policy in after.policies:
        old = before.find(policy.id)
        if old is not None:
            found.update(dict.fromkeys(_policy(before, old, after, policy)))
    return tuple(found)


def _policy(before: PolicySet, old: TrustFrameworkPolicy, after: PolicySet, new: TrustFrameworkPolicy) -> Iterator[str]:
    if old.tenant_id != new.tenant_id:
        yield _("The tenant is {tenant} in every file.").format(tenant=new.tenant_id)
    then, now = before.effective(old), after.effective(new)
    yield from _profiles(then, now)
    yield from _added(then.claim_types, now.claim_types, _("The claim {id} is new."))
    yield from _added(then.claims_transformations, now.claims_transformations, _("The transformation {id} is new."))
    journey, earlier = default_journey(after, new), default_journey(before, old)
    if journey is not None and earlier is not None:
        if key(journey.id) != key(earlier.id):
            yield _("{policy} runs {journey} now, before {old}.").format(
                policy=new.id, journey=journey.id, old=earlier.id
            )
        yield from _buttons(new.id, buttons(then, earlier), buttons(now, journey))


def _buttons(policy: str, old: tuple[Button, ...], new: tuple[Button, ...]) -> Iterator[str]:
    if [key(one.exchange) for one in old] != [key(one.exchange) for one in new]:
        order = join_list(one.text for one in new) or _("none")
        yield _("{policy} shows these buttons, in this order: {order}.").format(policy=policy, order=order)
    texts = {key(one.exchange): one for one in old}
    for button in new:
        earlier = texts.get(key(button.exchange))
        if earlier is None:
            continue
        if earlier.text != button.text:
            yield _("The button “{old}” is called “{new}” now.").format(old=earlier.text, new=button.text)
        for language, text in button.texts.items():
            if earlier.texts.get(language, text if language == "" else None) != text and text != button.text:
                yield _("The button “{name}” reads “{text}” in {language}.").format(
                    name=button.text, text=text, language=language
                )


def _profiles(then: Effective, now: Effective) -> Iterator[str]:
    for name, profile in now.technical_profiles.items():
        old = then.technical_profiles.get(name)
        if old is None:
            yield _("The technical profile {id} is new.").format(id=profile.id)
        elif old is not profile:
            yield from _profile(old, profile)
    for name, profile in then.technical_profiles.items():
        if name not in now.technical_profiles:
            yield _("The technical profile {id} is taken out.").format(id=profile.id)


def _profile(old: TechnicalProfile, new: TechnicalProfile) -> Iterator[str]:
    earlier, values = metadata(old.metadata), metadata(new.metadata)
    for name, value in values.items():
        if earlier.get(name) != value:
            yield _("{id}: {name} is {value} now.").format(id=new.id, name=name, value=value)
    for name in earlier:
        if name not in values:
            yield _("{id}: {name} is no longer set.").format(id=new.id, name=name)
    if old.provider_domain != new.provider_domain:
        yield _("{id}: the domain hint is {value} now.").format(id=new.id, value=new.provider_domain or _("none"))
    keys = {item.id: item.storage_reference_id for item in old.keys}
    for item in new.keys:
        if keys.get(item.id) != item.storage_reference_id:
            yield _("{id}: the policy key is {value} now.").format(id=new.id, value=item.storage_reference_id)
    claims = {key(c.claim): (c.partner, c.default, c.always_default) for c in old.output_claims}
    for claim in new.output_claims:
        if claims.get(key(claim.claim)) != (claim.partner, claim.default, claim.always_default):
            yield _("{id}: {claim} comes from {source} now.").format(
                id=new.id, claim=claim.claim, source=claim.partner or claim.default or claim.claim
            )


def _added(old: Mapping[str, object], new: Mapping[str, object], sentence: str) -> Iterator[str]:
    for name, item in new.items():
        if name not in old:
            yield sentence.format(id=getattr(item, "id", name))
