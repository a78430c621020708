"""A policy as Azure sees it on upload: the file, and the chain of files it builds on.

Azure checks "the policy file that you are uploading" and "the chain of files the upload file refers to"
(https://learn.microsoft.com/azure/active-directory-b2c/troubleshoot-custom-policies): never the files that build on
it.
"""

from __future__ import annotations

from functools import cached_property

from latchkey.check import gather, structure
from latchkey.check.places import line_of_attribute
from latchkey.check.rule import Hit
from latchkey.policy.effective import Effective
from latchkey.policy.model import TechnicalProfile, TrustFrameworkPolicy, UserJourney, Where
from latchkey.policy.names import key
from latchkey.policy.policy_set import ROOT, PolicySet
from latchkey.policy.reader import Document
from latchkey.policy.tree import Element


def whole(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> bool:
    """The policy and all that it builds on are here and understood; only then does a missing name mean anything."""
    chain = policy_set.chain(policy)
    return chain.complete and all(policy_set.document(link).root.tag == ROOT for link in chain.policies)


class View:
    """One policy with its ancestors. What several rules need is gathered once."""

    def __init__(self, policy_set: PolicySet, policy: TrustFrameworkPolicy) -> None:
        self.set = policy_set
        self.policy = policy
        self.document: Document = policy_set.document(policy)

    @cached_property
    def effective(self) -> Effective:
        """What the policy amounts to."""
        return self.set.effective(self.policy)

    @cached_property
    def profiles(self) -> tuple[tuple[TechnicalProfile, TechnicalProfile], ...]:
        """The technical profiles that this file writes down, each with what it amounts to."""
        expanded = self.effective.expanded
        pairs = [(own, expanded(own.id)) for own in self.policy.technical_profiles]
        return tuple([(own, profile) for own, profile in pairs if profile is not None])

    @cached_property
    def structure(self) -> dict[str, list[Hit]]:
        """What is not as the schema has it, by rule."""
        return structure.problems(self.document, self.policy.source)

    @cached_property
    def references(self) -> gather.References:
        """All ids that this file (not its ancestors) names."""
        return gather.references(self.policy)

    @cached_property
    def journeys(self) -> tuple[UserJourney, ...]:
        """The user journeys that this file defines or changes, as they are at this level."""
        names = dict.fromkeys(key(journey.id) for journey in self.policy.journeys)
        return tuple(gather.in_order(self.effective.journeys[name]) for name in names)

    @cached_property
    def all_journeys(self) -> tuple[UserJourney, ...]:
        """The same with its sub journeys."""
        names = dict.fromkeys(key(journey.id) for journey in self.policy.sub_journeys)
        return (*self.journeys, *(gather.in_order(self.effective.sub_journeys[name]) for name in names))

    @cached_property
    def flow(self) -> gather.Flow | None:
        """How the policy's own journey runs; None where its relying party names no journey that exists."""
        party = self.policy.relying_party
        journey = party and party.default_journey and self.effective.journey(party.default_journey.id)
        return gather.Flow(self.effective, journey) if journey else None

    def at(self, line: int) -> Where:
        """A line of this file."""
        return Where(self.policy.source, line)

    def attribute(self, name: str, element: Element | None = None) -> Where:
        """Where an attribute is written; a start tag may span lines. By default the root element's."""
        tag = element or self.document.root
        return self.at(line_of_attribute(self.document, tag, name))

    def child(self, *tags: str) -> Where:
        """Where an element is, by the path from the root; the nearest one above it where it is missing."""
        element = self.document.root
        for tag in tags:
            element = element.child(tag) or element
        return self.at(element.line)
