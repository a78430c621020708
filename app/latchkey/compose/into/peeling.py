"""Taking our earlier hand off a whole set, but for what something of a person's own leans on by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from latchkey.compose.into import journeys, marks
from latchkey.compose.into.marks import Added
from latchkey.policy.model import TrustFrameworkPolicy
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.reader import Document
from latchkey.policy.tree import Element

Name = tuple[str, str]  # what kind of thing, and its folded id
_DEFINED = {"ClaimType": "claim", "ClaimsTransformation": "transformation", "UserJourney": "journey"}
_BY_REFERENCE = {
    "DefaultUserJourney": "journey",
    "InputClaimsTransformation": "transformation",
    "OutputClaimsTransformation": "transformation",
    "IncludeTechnicalProfile": "profile",
    "UseTechnicalProfileForSessionManagement": "profile",
    "ValidationTechnicalProfile": "profile",
}


def peeled(policy_set: PolicySet) -> PolicySet:
    """The set without our hand, as the person would have it."""
    documents = [policy_set.document(policy) for policy in policy_set.policies]
    going = _going(documents)
    names = {name for marked in going.values() for mark in marked for name in _defined(mark.element)}
    profiles = {name for kind, name in names if kind == "profile"}

    def leans_on_theirs(element: Element) -> bool:
        """A relying party that runs a copy of ours which stays, since a person changed it or leans on it."""
        return element.tag == "DefaultUserJourney" and ("journey", key(element.get("ReferenceId"))) not in names

    def without(policy: TrustFrameworkPolicy) -> bytes:
        document = policy_set.document(policy)
        ours = going[document.file]
        lines = journeys.own_lines(document, profiles, [mark.element for mark in ours])
        return marks.peel(document, ours, lines, leans_on_theirs)

    return policy_set.with_bytes({policy.file: without(policy) for policy in policy_set.policies})


def _going(documents: Sequence[Document]) -> Mapping[str, list[Added]]:
    """The elements of ours that can go, by file.

    A claim, a transformation, a session profile or a copied journey of ours stays where something that is not ours, or
    no longer, names it.
    """
    going = {document.file: list(marks.own_elements(document)) for document in documents}
    while True:
        named = {name for document in documents for name in _named(document, going[document.file])}
        staying = {
            id(mark.element)
            for marked in going.values()
            for mark in marked
            if any(name in named for name in _defined(mark.element))
        }
        if not staying:
            return going
        for file, marked in going.items():
            kept = [mark.element for mark in marked if id(mark.element) in staying]
            going[file] = [mark for mark in marked if not any(_around(mark.element, element) for element in kept)]


def _around(outer: Element, inner: Element) -> bool:
    return outer.start <= inner.start and inner.close <= outer.close


def _defined(element: Element) -> Iterator[Name]:
    """What an element of ours brings in."""
    for one in element.walk():
        if one.tag in _DEFINED:
            yield _DEFINED[one.tag], key(one.get("Id"))
        elif one.tag == "TechnicalProfile" and one.child("Protocol") is not None:
            yield "profile", key(one.get("Id"))


def _named(document: Document, going: Sequence[Added]) -> Iterator[Name]:
    """What a file names, without what goes. Buttons and exchanges of our profiles go with them."""
    ours = {mark.element.start for mark in going}
    restored = {element.start for element, _comment, _was in marks.changed_elements(document)}
    waiting = [document.root]
    while waiting:
        element = waiting.pop()
        if element.start in ours:
            continue
        waiting += element.children
        if element.start not in restored:
            yield from _names_in(element)


def _names_in(element: Element) -> Iterator[Name]:
    if "ClaimTypeReferenceId" in element.attributes:
        yield "claim", key(element.get("ClaimTypeReferenceId"))
    if element.tag in _BY_REFERENCE:
        yield _BY_REFERENCE[element.tag], key(element.get("ReferenceId"))
    if "UserJourneyReferenceId" in element.attributes:
        yield "journey", key(element.get("UserJourneyReferenceId"))
    if element.tag == "Value":  # of a precondition
        yield "claim", key(element.text.strip())
