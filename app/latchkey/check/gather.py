"""What rules need of a policy, gathered once: the ids that a file names, and how a journey runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from latchkey.policy.buttons import FEDERATED
from latchkey.policy.effective import Effective
from latchkey.policy.model import (
    Claim,
    Exchange,
    Node,
    OrchestrationStep,
    Precondition,
    TechnicalProfile,
    TrustFrameworkPolicy,
    UserJourney,
    Where,
)
from latchkey.policy.names import key

_new = tuple.__new__  # for what a file has hundreds of: half the price of Ref(…)


class Ref(NamedTuple):
    """An id that names something defined elsewhere. `owner` is what holds it: a technical profile, a journey …"""

    id: str
    owner: str
    where: Where


class References(NamedTuple):
    """The ids that one file names, by what they name."""

    claims: list[Ref]
    transformations: list[Ref]
    profiles: list[Ref]
    included_profiles: list[Ref]
    content_definitions: list[Ref]
    sub_journeys: list[Ref]
    localized_resources: list[Ref]
    blocks: list[tuple[str, Ref]]


def references(policy: TrustFrameworkPolicy) -> References:
    """Everything that the file itself names."""
    found = References([], [], [], [], [], [], [], [])
    for claim_type in policy.claim_types:
        _of_claim_type(found, claim_type.id, claim_type.parts)
    for transformation in policy.claims_transformations:
        for name in (*transformation.inputs, *transformation.outputs):
            found.claims.append(Ref(name.claim, transformation.id, name.where))
    for content in policy.content_definitions:
        for reference in content.localized:
            found.localized_resources.append(Ref(reference.resources_id, content.id, reference.where))
    for block in policy.blocks:
        _of_node(found, block.id, block.node)
    for profile in policy.technical_profiles:
        _of_profile(found, profile)
    for journey in (*policy.journeys, *policy.sub_journeys):
        _of_journey(found, journey)
    party = policy.relying_party
    if party is not None and party.technical_profile is not None:
        profile = party.technical_profile
        _of_claims(found, profile.id, (*profile.input_claims, *profile.output_claims))
    return found


def _of_claim_type(found: References, owner: str, parts: Mapping[str, Node]) -> None:
    for tag, kind in (
        ("PredicateValidationReference", "PredicateValidation"),
        ("InputValidationReference", "InputValidation"),
    ):
        node = parts.get(tag)
        if node is not None:
            found.blocks.append((kind, Ref(node.attributes.get("Id", ""), owner, node.where)))


def _of_node(found: References, owner: str, node: Node) -> None:
    """References inside a display control, predicate validation …, which the model keeps whole."""
    attributes = node.attributes
    if "ClaimTypeReferenceId" in attributes:
        found.claims.append(Ref(attributes["ClaimTypeReferenceId"], owner, node.where))
    if "TechnicalProfileReferenceId" in attributes:
        found.profiles.append(Ref(attributes["TechnicalProfileReferenceId"], owner, node.where))
    if node.tag == "PredicateReference":
        found.blocks.append(("Predicate", Ref(attributes.get("Id", ""), owner, node.where)))
    for child in node.children:
        _of_node(found, owner, child)


def _of_profile(found: References, profile: TechnicalProfile) -> None:
    owner = profile.id
    for claims in (profile.input_claims, profile.display_claims, profile.persisted_claims, profile.output_claims):
        if claims:
            _of_claims(found, owner, claims)
    for reference in (*profile.input_claims_transformations, *profile.output_claims_transformations):
        found.transformations.append(Ref(reference.id, owner, reference.where))
    for validation in profile.validation_profiles:
        found.profiles.append(Ref(validation.id, owner, validation.where))
        _of_preconditions(found, owner, validation.preconditions)
    if profile.session is not None:
        found.profiles.append(Ref(profile.session.id, owner, profile.session.where))
    if profile.include is not None:
        found.included_profiles.append(Ref(profile.include.id, owner, profile.include.where))
    for item in profile.metadata:
        if item.key == "ContentDefinitionReferenceId":
            found.content_definitions.append(Ref(item.value, owner, item.where))


def _of_claims(found: References, owner: str, claims: Iterable[Claim]) -> None:
    add = found.claims.append
    for claim in claims:
        if claim.claim:
            add(_new(Ref, (claim.claim, owner, claim.where)))
        if claim.display_control:
            found.blocks.append(("DisplayControl", Ref(claim.display_control, owner, claim.where)))


def _of_preconditions(found: References, owner: str, preconditions: Iterable[Precondition]) -> None:
    for precondition in preconditions:
        if precondition.values:
            found.claims.append(Ref(precondition.values[0], owner, precondition.where))


def _of_journey(found: References, journey: UserJourney) -> None:
    owner = journey.id
    issuer = journey.attributes.get("DefaultCpimIssuerTechnicalProfileReferenceId")
    if issuer:
        found.profiles.append(Ref(issuer, owner, journey.where))
    if journey.client_definition is not None:
        reference = journey.client_definition
        found.blocks.append(("ClientDefinition", Ref(reference.id, owner, reference.where)))
    for node in journey.other:
        if node.tag == "Authorization":
            _of_authorization(found, owner, node)
    for step in journey.steps:
        _of_preconditions(found, owner, step.preconditions)
        for exchange in step.exchanges:
            found.profiles.append(Ref(exchange.technical_profile, owner, exchange.where))
        if step.issuer:
            found.profiles.append(Ref(step.issuer, owner, step.where))
        if step.content_definition:
            found.content_definitions.append(Ref(step.content_definition, owner, step.where))
        for candidate in step.candidates:
            found.sub_journeys.append(Ref(candidate.sub_journey, owner, candidate.where))


def _of_authorization(found: References, owner: str, node: Node) -> None:
    if node.tag == "AuthorizationTechnicalProfile":
        found.profiles.append(Ref(node.attributes.get("ReferenceId", ""), owner, node.where))
    for child in node.children:
        _of_authorization(found, owner, child)


class Call(NamedTuple):
    """A technical profile that an orchestration step runs. `exchange` is empty for a token issuer or reader."""

    step: OrchestrationStep
    exchange: str
    where: Where
    profile: TechnicalProfile


class Flow:
    """A journey as it runs: its steps with those of its sub journeys, and the technical profiles they call."""

    def __init__(self, effective: Effective, journey: UserJourney) -> None:
        self.effective = effective
        self.journey = in_order(journey)
        self._transformed: dict[str, tuple[str, ...]] = {}
        self._calls: dict[int, tuple[OrchestrationStep, tuple[Call, ...]]] = {}  # by identity, which holds the step

    @cached_property
    def steps(self) -> tuple[OrchestrationStep, ...]:
        """The steps in the order they run. A sub journey stands where it is called first."""
        found: list[OrchestrationStep] = []
        seen: set[str] = set()
        stack: list[Iterator[OrchestrationStep]] = [iter(self.journey.steps)]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                continue
            found.append(step)
            for candidate in reversed(step.candidates):
                name = key(candidate.sub_journey)
                sub = self.effective.sub_journeys.get(name)
                if sub is not None and name not in seen:
                    seen.add(name)
                    stack.append(iter(in_order(sub).steps))
        return tuple(found)

    def calls(self, step: OrchestrationStep) -> tuple[Call, ...]:
        """The technical profiles that a step runs, as far as they exist."""
        known = self._calls.get(id(step))
        if known is None:
            known = self._calls[id(step)] = step, tuple(self._called_by(step))
        return known[1]

    def _called_by(self, step: OrchestrationStep) -> Iterator[Call]:
        for exchange in step.exchanges:
            profile = self.effective.expanded(exchange.technical_profile)
            if profile is not None:
                yield Call(step, exchange.id, exchange.where, profile)
        if step.issuer and step.type == "GetClaims":
            profile = self.effective.expanded(step.issuer)
            if profile is not None:
                yield Call(step, "", step.where, profile)

    @cached_property
    def providers(self) -> tuple[Call, ...]:
        """The identity providers that the journey sends people to, each once."""
        found: dict[str, Call] = {}
        for step in self.steps:
            for call in self.calls(step):
                if call.profile.protocol in FEDERATED and call.exchange:
                    found.setdefault(key(call.profile.id), call)
        return tuple(found.values())

    def outputs(self, profile: TechnicalProfile) -> frozenset[str]:
        """The claims (folded) that a profile may leave behind, with those of its validation profiles and controls."""
        name = key(profile.id)
        known = self.effective.outputs.get(name)
        if known is None:
            known = self.effective.outputs[name] = frozenset(self._collect(profile))
        return known

    def _collect(self, profile: TechnicalProfile) -> set[str]:
        todo, seen = [profile], {key(profile.id)}
        found: set[str] = set()
        while todo:
            current = todo.pop()
            found.update([key(claim.claim) for claim in current.output_claims])
            found.update([key(claim.claim) for claim in current.display_claims])
            for reference in (*current.output_claims_transformations, *current.input_claims_transformations):
                found.update(self.transformed(reference.id))
            for control in self._controls(current):
                found.update(key(name) for name in _named_in(control, "ClaimTypeReferenceId"))
            for name in self._behind(current):
                if key(name) not in seen:
                    seen.add(key(name))
                    called = self.effective.expanded(name)
                    if called is not None:
                        todo.append(called)
        return found

    def transformed(self, transformation_id: str) -> tuple[str, ...]:
        """The claims (folded) that a claims transformation makes."""
        name = key(transformation_id)
        known = self._transformed.get(name)
        if known is None:
            transformation = self.effective.claims_transformations.get(name)
            outputs = transformation.outputs if transformation is not None else ()
            known = self._transformed[name] = tuple([key(claim.claim) for claim in outputs])
        return known

    def _controls(self, profile: TechnicalProfile) -> Iterator[Node]:
        """The display controls that a profile shows, each once."""
        for name in dict.fromkeys(key(claim.display_control) for claim in profile.display_claims):
            block = self.effective.blocks.get(("DisplayControl", name))
            if block is not None:
                yield block.node

    def _behind(self, profile: TechnicalProfile) -> Iterator[str]:
        """The technical profiles that a profile runs in its turn."""
        yield from (validation.id for validation in profile.validation_profiles)
        for control in self._controls(profile):
            yield from _named_in(control, "TechnicalProfileReferenceId")

    @cached_property
    def called(self) -> tuple[tuple[TechnicalProfile, Where], ...]:
        """Every profile that may run in the journey, each once: those of steps, and behind them."""
        return tuple(self._all_called())

    def _all_called(self) -> Iterator[tuple[TechnicalProfile, Where]]:
        seen: set[str] = set()
        todo = [(call.profile, call.where) for step in self.steps for call in self.calls(step)]
        todo.reverse()
        while todo:
            profile, where = todo.pop()
            if key(profile.id) in seen:
                continue
            seen.add(key(profile.id))
            yield profile, where
            for name in self._behind(profile):
                called = self.effective.expanded(name)
                if called is not None:
                    todo.append((called, where))


def _named_in(node: Node, attribute: str) -> Iterator[str]:
    """The values of an attribute in a node and below it."""
    found = node.attributes.get(attribute)
    if found:
        yield found
    for child in node.children:
        yield from _named_in(child, attribute)


def in_order(journey: UserJourney) -> UserJourney:
    """The journey with its steps by number, as Azure runs them; steps without one come last."""
    orders = [step.order for step in journey.steps]
    if all(a is not None and b is not None and a <= b for a, b in pairwise(orders)):
        return journey
    steps = sorted(journey.steps, key=lambda step: (step.order is None, step.order or 0))
    return journey._replace(steps=tuple(steps))


def by_exchange(step: OrchestrationStep | None) -> dict[str, Exchange]:
    """A step's exchanges by folded id."""
    return {} if step is None else {key(exchange.id): exchange for exchange in step.exchanges}
