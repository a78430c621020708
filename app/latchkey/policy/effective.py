"""What a policy amounts to with everything it builds on.

Inheritance is a keyed, additive, field-by-field merge; a child can add and override, never remove
(https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy#inheritance-model: "adds all of the
elements first from the Base file, and then …"). Collections are keyed by id without case; what merges how stands at
each function below.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from types import MappingProxyType
from typing import TypeVar

from latchkey.policy.model import (
    Block,
    ClaimsTransformation,
    ClaimType,
    ContentDefinition,
    Item,
    LocalizedResources,
    Node,
    OrchestrationStep,
    RelyingParty,
    SupportedLanguages,
    TechnicalProfile,
    TrustFrameworkPolicy,
    UserJourney,
)
from latchkey.policy.names import key

T = TypeVar("T")


class Effective:
    """The merged view of one chain, ids folded by `names.key`. Treat as read only: levels share their parts."""

    __slots__ = (
        "_expanded", "blocks", "chain", "claim_types", "claims_transformations", "content_definitions", "journeys",
        "localized_resources", "outputs", "relying_party", "sub_journeys", "supported_languages", "technical_profiles",
    )  # fmt: skip

    def __init__(self, chain: tuple[TrustFrameworkPolicy, ...]) -> None:
        self.chain = chain
        self.claim_types: dict[str, ClaimType] = {}
        self.claims_transformations: dict[str, ClaimsTransformation] = {}
        self.content_definitions: dict[str, ContentDefinition] = {}
        self.blocks: dict[tuple[str, str], Block] = {}
        self.localized_resources: dict[str, LocalizedResources] = {}
        self.technical_profiles: dict[str, TechnicalProfile] = {}
        self.journeys: dict[str, UserJourney] = {}
        self.sub_journeys: dict[str, UserJourney] = {}
        self.supported_languages: SupportedLanguages | None = None
        self.relying_party: RelyingParty | None = None
        self.outputs: dict[str, frozenset[str]] = {}  # kept for who works it out: `latchkey.check.gather.Flow.outputs`
        self._expanded: dict[str, TechnicalProfile] = {}

    @property
    def policy(self) -> TrustFrameworkPolicy:
        """The leaf."""
        return self.chain[0]

    def expanded(self, profile_id: str) -> TechnicalProfile | None:
        """The technical profile with everything that it includes; None where there is none.

        An including profile's own values win over the included one's. A circle of inclusions ends where it closes.
        """
        name = key(profile_id)
        known = self._expanded.get(name)
        if known is not None:
            return known
        trail: dict[str, TechnicalProfile] = {}
        while name not in self._expanded and name not in trail:
            profile = self.technical_profiles.get(name)
            if profile is None:
                break
            trail[name] = profile
            if profile.include is None:
                break
            name = key(profile.include.id)
        included = self._expanded.get(name)
        # from the innermost outwards, without recursion: a hostile file may include any number of times
        for name, profile in reversed(trail.items()):
            included = self._expanded[name] = profile if included is None else _include(included, profile)
        return self._expanded.get(key(profile_id))

    def journey(self, journey_id: str) -> UserJourney | None:
        """The user journey with that id."""
        return self.journeys.get(key(journey_id))


def inherit(parent: Effective | None, policy: TrustFrameworkPolicy) -> Effective:
    """The effective policy one level below `parent` (None: `policy` is a root, or its base is not here)."""
    languages = policy.supported_languages
    if parent is None:
        above = Effective(())
    else:
        above = parent
        if languages is not None and above.supported_languages is not None:
            languages = _merge_languages(above.supported_languages, languages)
    result = Effective((policy, *above.chain))
    result.claim_types = _merged(above.claim_types, policy.claim_types, _id, _merge_claim_type)
    result.claims_transformations = _merged(
        above.claims_transformations, policy.claims_transformations, _id, _replace_whole
    )
    result.content_definitions = _merged(above.content_definitions, policy.content_definitions, _id, _merge_content)
    result.blocks = _merged(above.blocks, policy.blocks, lambda block: (block.kind, key(block.id)), _replace_whole)
    result.localized_resources = _merged(above.localized_resources, policy.localized_resources, _id, _merge_resources)
    result.technical_profiles = _merged(above.technical_profiles, policy.technical_profiles, _id, merge_profile)
    if result.technical_profiles is above.technical_profiles:
        result._expanded = above._expanded  # noqa: SLF001  (of the same class: one cache for the same profiles)
        if result.blocks is above.blocks and result.claims_transformations is above.claims_transformations:
            result.outputs = above.outputs
    result.journeys = _merged(above.journeys, policy.journeys, _id, _merge_journey)
    result.sub_journeys = _merged(above.sub_journeys, policy.sub_journeys, _id, _merge_journey)
    result.supported_languages = languages or above.supported_languages
    result.relying_party = policy.relying_party or above.relying_party
    return result


def _id(
    item: ClaimType | ClaimsTransformation | ContentDefinition | LocalizedResources | TechnicalProfile | UserJourney,
) -> str:
    return key(item.id)


K = TypeVar("K", bound=Hashable)


def _merged(above: dict[K, T], own: tuple[T, ...], name: Callable[[T], K], merge: Callable[[T, T], T]) -> dict[K, T]:
    """A new key goes to the end; the same key is merged in place. Shares the parent's dict where nothing changes."""
    if not own:
        return above
    result = dict(above)
    for item in own:
        identity = name(item)
        old = result.get(identity)
        result[identity] = item if old is None else merge(old, item)
    return result


def _replace_whole(_old: T, new: T) -> T:
    return new


def _merge_claim_type(old: ClaimType, new: ClaimType) -> ClaimType:
    """Child elements replace the parent's one by one; Restriction obeys its own MergeBehavior."""
    parts = dict(old.parts)
    for tag, node in new.parts.items():
        before = parts.get(tag)
        parts[tag] = _merge_restriction(before, node) if tag == "Restriction" and before is not None else node
    return new._replace(id=old.id, parts=MappingProxyType(parts))


def _merge_restriction(old: Node, new: Node) -> Node:
    behavior = new.attributes.get("MergeBehavior", "ReplaceAll")
    if behavior == "Append":
        return new._replace(children=old.children + new.children)
    if behavior == "Prepend":
        return new._replace(children=new.children + old.children)
    return new


def _merge_content(old: ContentDefinition, new: ContentDefinition) -> ContentDefinition:
    """URIs are replaced where given, metadata by key, references to localized resources by MergeBehavior."""
    if not new.localized:
        localized = old.localized
    elif new.localized_merge == "Append":
        localized = old.localized + new.localized
    elif new.localized_merge == "Prepend":
        localized = new.localized + old.localized
    else:
        localized = new.localized
    return new._replace(
        id=old.id,
        load_uri=_given(new.load_uri, old.load_uri),
        recovery_uri=_given(new.recovery_uri, old.recovery_uri),
        data_uri=_given(new.data_uri, old.data_uri),
        metadata=_by_key(old.metadata, new.metadata, lambda item: item.key),
        localized=localized,
    )


def _merge_languages(old: SupportedLanguages, new: SupportedLanguages) -> SupportedLanguages:
    if new.merge == "Append":
        languages = (*old.languages, *(code for code in new.languages if code not in old.languages))
    elif new.merge == "Prepend":
        languages = (*new.languages, *(code for code in old.languages if code not in new.languages))
    else:
        languages = new.languages
    return new._replace(default=new.default or old.default, languages=languages)


def _merge_resources(old: LocalizedResources, new: LocalizedResources) -> LocalizedResources:
    """String by string (https://learn.microsoft.com/azure/active-directory-b2c/localization)."""
    strings = _by_key(old.strings, new.strings, lambda s: (s.element_type, key(s.element_id), s.string_id))
    return new._replace(id=old.id, strings=strings, collections=old.collections + new.collections)


def merge_profile(old: TechnicalProfile, new: TechnicalProfile) -> TechnicalProfile:
    """The same technical profile in a child, in whichever ClaimsProvider: field by field, claims of the child first."""
    return _fields(old, new)._replace(
        id=old.id,
        provider_domain=_given(new.provider_domain, old.provider_domain),
        provider_display_name=_given(new.provider_display_name, old.provider_display_name),
        include=new.include or old.include,
        where=new.where,
        layers=old.layers + new.layers,
    )


def _include(included: TechnicalProfile, profile: TechnicalProfile) -> TechnicalProfile:
    """The including profile keeps its place, its provider and its name for the included one."""
    return _fields(included, profile)._replace(
        provider_domain=profile.provider_domain,
        provider_display_name=profile.provider_display_name,
        include=profile.include,
    )


def _fields(old: TechnicalProfile, new: TechnicalProfile) -> TechnicalProfile:
    return new._replace(
        display_name=_given(new.display_name, old.display_name),
        description=_given(new.description, old.description),
        protocol=_given(new.protocol, old.protocol),
        handler=new.handler if new.protocol is not None else old.handler,
        input_token_format=_given(new.input_token_format, old.input_token_format),
        output_token_format=_given(new.output_token_format, old.output_token_format),
        metadata=_by_key(old.metadata, new.metadata, lambda item: item.key),
        keys=_by_key(old.keys, new.keys, lambda item: item.id),
        include_in_sso=_given(new.include_in_sso, old.include_in_sso),
        input_claims_transformations=_first_of(
            new.input_claims_transformations, old.input_claims_transformations, lambda r: key(r.id)
        ),
        input_claims=_first_of(new.input_claims, old.input_claims, lambda c: key(c.claim)),
        # not de-duplicated: a validation profile that a child lists again runs twice
        display_claims=new.display_claims + old.display_claims,
        persisted_claims=_first_of(new.persisted_claims, old.persisted_claims, lambda c: key(c.claim)),
        output_claims=_first_of(new.output_claims, old.output_claims, lambda c: key(c.claim)),
        output_claims_transformations=_first_of(
            new.output_claims_transformations, old.output_claims_transformations, lambda r: key(r.id)
        ),
        validation_profiles=new.validation_profiles + old.validation_profiles,
        subject_naming=_given(new.subject_naming, old.subject_naming),
        session=new.session or old.session,
        enabled_for_user_journeys=_given(new.enabled_for_user_journeys, old.enabled_for_user_journeys),
        other=_by_key(old.other, new.other, lambda node: node.tag),
    )


def _merge_journey(old: UserJourney, new: UserJourney) -> UserJourney:
    """Step n merges with step n; nothing a parent has goes away. Steps come out by Order."""
    steps: dict[int | None, OrchestrationStep] = {}
    for step in (*old.steps, *new.steps):
        before = steps.get(step.order)
        steps[step.order] = step if before is None else _merge_step(before, step)
    ordered = sorted(steps.values(), key=lambda step: (step.order is None, step.order or 0))
    return new._replace(
        id=old.id,
        sub_type=new.sub_type or old.sub_type,
        attributes=MappingProxyType({**old.attributes, **new.attributes}),
        steps=tuple(ordered),
        client_definition=new.client_definition or old.client_definition,
        other=_by_key(old.other, new.other, lambda node: node.tag),
        layers=old.layers + new.layers,
    )


def _merge_step(old: OrchestrationStep, new: OrchestrationStep) -> OrchestrationStep:
    """Attributes of the child win one by one; exchanges by id; selections, preconditions and candidates add up."""
    return new._replace(
        type=_given(new.type, old.type),
        content_definition=_given(new.content_definition, old.content_definition),
        issuer=_given(new.issuer, old.issuer),
        attributes=MappingProxyType({**old.attributes, **new.attributes}),
        preconditions=old.preconditions + new.preconditions,
        selections=_by_key(old.selections, new.selections, lambda s: (key(s.target), key(s.validation))),
        display_option=_given(new.display_option, old.display_option),
        exchanges=_by_key(old.exchanges, new.exchanges, lambda exchange: key(exchange.id)),
        candidates=_by_key(old.candidates, new.candidates, lambda candidate: key(candidate.sub_journey)),
        layers=old.layers + new.layers,
    )


def _given(new: T | None, old: T | None) -> T | None:
    return old if new is None else new


def _by_key(old: tuple[T, ...], new: tuple[T, ...], name: Callable[[T], Hashable]) -> tuple[T, ...]:
    """The parent's order with the child's values, then what only the child has."""
    if not new:
        return old
    if not old:
        return new
    merged: dict[Hashable, T] = {name(item): item for item in old}
    for item in new:
        merged[name(item)] = item
    return tuple(merged.values())


def _first_of(new: Iterable[T], old: Iterable[T], name: Callable[[T], Hashable]) -> tuple[T, ...]:
    """The child's items first, then those of the parent that the child does not have."""
    merged: dict[Hashable, T] = {}
    for item in (*new, *old):
        merged.setdefault(name(item), item)
    return tuple(merged.values())


def metadata(items: Iterable[Item]) -> dict[str, str]:
    """Metadata as a plain mapping; of a key given twice the last one counts."""
    return {item.key: item.value for item in items}
