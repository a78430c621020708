"""Bigger pieces of policy XML as new elements: copied from a file, made from a text, put in the schema's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from latchkey.compose.into import marks
from latchkey.policy import splice
from latchkey.policy.names import key
from latchkey.policy.reader import Document, PolicyFile, read
from latchkey.policy.splice import New, Splice
from latchkey.policy.tree import Element

ROOT_ORDER = (
    "BasePolicy", "PolicyConstraints", "Contacts", "DocumentReferences", "BuildingBlocks", "ClaimsProviders",
    "UserJourneys", "SubJourneys", "RelyingParty",
)  # fmt: skip
BLOCKS_ORDER = (
    "ClaimsSchema", "Predicates", "InputValidations", "PredicateValidations", "ClaimsTransformations",
    "ClientDefinitions", "ContentDefinitions", "Localization", "DisplayControls",
)  # fmt: skip
PROFILE_ORDER = (
    "Domains", "Domain", "DisplayName", "Description", "Protocol", "InputTokenFormat", "OutputTokenFormat",
    "AssuranceLevelOfOutputClaims", "RequiredAssuranceLevelsOfInputClaims", "SubjectAuthenticationRequirements",
    "Metadata", "CryptographicKeys", "Suppressions", "PreferredBinding", "IncludeInSso", "InputTokenSources",
    "InputClaimsTransformations", "InputClaims", "DisplayClaims", "PersistedClaims", "OutputClaims",
    "OutputClaimsTransformations", "ValidationTechnicalProfiles", "SubjectNamingInfo", "Extensions",
    "IncludeClaimsFromTechnicalProfile", "IncludeTechnicalProfile", "UseTechnicalProfileForSessionManagement",
    "ErrorHandlers", "EnabledForUserJourneys",
)  # fmt: skip
_ORDERS = {
    "TrustFrameworkPolicy": ROOT_ORDER,
    "BuildingBlocks": BLOCKS_ORDER,
    "TechnicalProfile": PROFILE_ORDER,
    "ClaimsProvider": ("Domains", "Domain", "DisplayName", "TechnicalProfiles"),
    "Localization": ("SupportedLanguages", "LocalizedResources"),
    "ContentDefinition": ("LoadUri", "RecoveryUri", "DataUri", "Metadata", "LocalizedResourcesReferences"),
}


def copied(element: Element) -> New:
    """An element with all below it, comments aside."""
    children = tuple(copied(child) for child in element.children)
    return New(element.tag, dict(element.attributes), children, "" if children else element.text)


def parsed(text: str) -> New:
    """A piece of XML as an element (in the policy namespace). Raises BadXml."""
    return parsed_all(text)[0]


def parsed_all(text: str) -> tuple[New, ...]:
    """Pieces of XML as elements. Raises BadXml."""
    root = '<x xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06">'
    return tuple(copied(child) for child in read(PolicyFile("", f"{root}{text}</x>".encode())).root.children)


def marked(item: New, name: str = "") -> New:
    """The element with the comment by which we know it again."""

    def comment(text: str) -> str:
        return marks.added(text, name)

    return replace(item, comment=comment)


class Named(NamedTuple):
    """A container that is one of several of its kind, which is there already."""

    tag: str
    id: str


@dataclass(slots=True)
class Additions:
    """What is to be put into one file, by the path of its container; containers that are not there are made."""

    items: list[New] = field(default_factory=list)
    below: dict[str | Named, Additions] = field(default_factory=dict)

    def put(self, path: Iterable[str | Named], item: New) -> None:
        """Put an item at the end of a container."""
        place = self
        for tag in path:
            place = place.below.setdefault(tag, Additions())
        place.items.append(item)

    def add(self, other: Additions) -> None:
        """All of the other's items too."""
        self.items += other.items
        for tag, below in other.below.items():
            self.below.setdefault(tag, Additions()).add(below)

    def splices(self, document: Document, element: Element) -> list[Splice]:
        """The insertions into an element that is there."""
        result: list[Splice] = []
        wanted: dict[int, tuple[Element | None, list[New]]] = {}
        for tag, below in self.below.items():
            found = named(element, tag) if isinstance(tag, Named) else element.child(tag)
            if found is None:
                if isinstance(tag, Named):
                    raise ValueError(tag)
                after = last_before(element, tag)
                wanted.setdefault(id(after), (after, []))[1].append(below.made(tag))
            elif splice.is_empty_tag(document, found):
                result.append(_opened(document, found, below.children()))
            else:
                result += below.splices(document, found)
        for item in self.items:
            same = _same(document, element, item)
            if same is not None:
                result += _joined(document, same, item)
                continue
            after = last_before(element, item.tag)
            wanted.setdefault(id(after), (after, []))[1].append(item)
        order = _ORDERS.get(element.tag, ())
        for after, items in wanted.values():
            items.sort(key=lambda item: order.index(item.tag) if item.tag in order else len(order))
            result.append(splice.insert_after(document, element, after, items))
        return result

    def made(self, tag: str) -> New:
        """The container itself, where there is none. An emptied BuildingBlocks may stay, so a new one is marked."""
        item = New(tag, _CONTAINER_ATTRIBUTES.get(tag, {}), self.children())
        return marked(item) if tag == "BuildingBlocks" else item

    def children(self) -> tuple[New, ...]:
        """All that goes in, in the schema's order."""
        return (*(below.made(tag) for tag, below in self.below.items() if isinstance(tag, str)), *self.items)


def named(parent: Element, name: Named) -> Element | None:
    """The child of that kind with that id."""
    return next((child for child in parent.all(name.tag) if key(child.get("Id")) == key(name.id)), None)


_CONTAINER_ATTRIBUTES: dict[str, Mapping[str, str]] = {"Localization": {"Enabled": "true"}}


_ONE_OF_A_KIND = frozenset(
    (
        "SupportedLanguages",
        "ContentDefinition",
        "LocalizedResources",
        "LocalizedResourcesReferences",
        "LocalizedStrings",
    )
)


def _same(document: Document, parent: Element, item: New) -> Element | None:
    """What the file has already under that name; the schema takes no second one."""
    for child in parent.all(item.tag) if item.tag in _ONE_OF_A_KIND else ():
        if key(child.get("Id")) == key(item.attributes.get("Id", "")) and not splice.is_empty_tag(document, child):
            return child
    return None


def _joined(document: Document, element: Element, item: New) -> list[Splice]:
    """The item's children put into an element that is there, each with the mark of what is added."""
    result: list[Splice] = []
    wanted: dict[int, tuple[Element | None, list[New]]] = {}
    for child in item.children:
        same = _same(document, element, child)
        if same is not None:
            result += _joined(document, same, child)
        else:
            after = last_before(element, child.tag)
            wanted.setdefault(id(after), (after, []))[1].append(marked(child))
    return result + [splice.insert_after(document, element, after, items) for after, items in wanted.values()]


def last_before(parent: Element, tag: str) -> Element | None:
    """The child behind which an element of that name has to stand; None: first of all."""
    order = _ORDERS.get(parent.tag, ())
    place = order.index(tag) if tag in order else len(order)
    found = None
    for child in parent.children:
        if child.tag not in order or order.index(child.tag) <= place:
            found = child
    return found


def _opened(document: Document, element: Element, children: tuple[New, ...]) -> Splice:
    """`<X />` with children, and the mark by which it becomes `<X />` again."""
    one = splice.fill(document, element, children)
    start = document.body[element.start : one.start].decode()
    return Splice(
        element.start, one.end, start + one.text + marks.changed(start + one.text, marks.source(document, element))
    )


def with_children(item: New, tag: str, change: Callable[[tuple[New, ...]], Iterable[New]]) -> New:
    """The element with the children of its child `tag` changed; a child that becomes empty goes."""
    result: list[New] = []
    for child in item.children:
        if child.tag == tag:
            inner = tuple(change(child.children))
            if inner:
                result.append(replace(child, children=inner))
        else:
            result.append(child)
    return replace(item, children=tuple(result))
