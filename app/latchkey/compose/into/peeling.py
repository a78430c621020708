"""Taking our earlier hand off a whole set."""

from __future__ import annotations

from latchkey.compose.into import journeys, marks
from latchkey.policy.model import TrustFrameworkPolicy
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.tree import Element


def peeled(policy_set: PolicySet) -> PolicySet:
    """The set without our hand, as the person would have it."""
    documents = [policy_set.document(policy) for policy in policy_set.policies]
    ours = {document.file: [mark.element for mark in marks.own_elements(document)] for document in documents}
    inside = [element for elements in ours.values() for top in elements for element in top.walk()]
    profiles = {key(e.get("Id")) for e in inside if e.tag == "TechnicalProfile" and e.child("Protocol") is not None}
    copies = {key(e.get("Id")) for e in inside if e.tag == "UserJourney"}

    def leans_on_theirs(element: Element) -> bool:
        """A relying party that runs a copy of ours which a person has changed since."""
        return element.tag == "DefaultUserJourney" and key(element.get("ReferenceId")) not in copies

    def without(policy: TrustFrameworkPolicy) -> bytes:
        document = policy_set.document(policy)
        lines = journeys.own_lines(document, profiles, ours[document.file])
        return marks.peel(document, lines, leans_on_theirs)

    return policy_set.with_bytes({policy.file: without(policy) for policy in policy_set.policies})
