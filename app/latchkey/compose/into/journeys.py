"""A journey's buttons in a draft's order: in a copy under a new id, or in place where the journey is the set's own."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from latchkey.compose.into import marks
from latchkey.compose.into.elements import copied, marked
from latchkey.compose.into.order import arrange
from latchkey.compose.into.places import Page
from latchkey.compose.into.rows import button_of, exchange_of
from latchkey.errors import Refused
from latchkey.policy import splice
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.reader import Document
from latchkey.policy.splice import New, Splice
from latchkey.policy.tree import Element
from latchkey.text import _

SELECTION, EXCHANGE = "ClaimsProviderSelection", "ClaimsExchange"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A button that a page shall show: the technical profile behind it, and the exchange's id where it is new there.

    `ours`: the profile is; its buttons and exchanges are then known by it, and need no mark of their own.
    """

    profile: str
    exchange: str
    ours: bool


def current(page: Page, known: Container[str] | None = None) -> list[str | None]:
    """The page's selections: the folded id of the profile behind each provider's button, None for what is none.

    `known` are the buttons that the draft speaks of; others keep their place like the local form.
    """
    profiles = [button_of(page, selection.target) if selection.target else None for selection in page.step.selections]
    found = [None if profile is None else key(profile.id) for profile in profiles]
    return found if known is None else [name if name is not None and name in known else None for name in found]


def changes(page: Page, wanted: Sequence[Wanted], known: Container[str] | None) -> bool:
    """The page does not show these buttons in this order yet."""
    return [item for item in current(page, known) if item is not None] != [key(one.profile) for one in wanted]


def target_of(page: Page, profile: str) -> str:
    """The exchange that leads to a profile on this page; empty: none does."""
    for selection in page.step.selections:
        exchange = exchange_of(page, selection.target) if selection.target else None
        if exchange is not None and key(exchange.technical_profile) == key(profile):
            return exchange.id
    return ""


def copy(policy_set: PolicySet, page: Page, new_id: str, wanted: Sequence[Wanted], known: Container[str] | None) -> New:
    """The effective journey under a new id, with the buttons wanted."""
    effective = _effective(policy_set, page)
    journey = replace(effective, attributes={**effective.attributes, "Id": new_id})
    slots = arrange(current(page, known), [key(one.profile) for one in wanted])
    names = {key(one.profile): one.exchange for one in wanted}
    old = [selection.target for selection in page.step.selections]
    gone = {key(old[slot.old]) for slot in slots if slot.item is None and slot.old is not None}

    def selections(children: tuple[New, ...]) -> list[New]:
        result = []
        for slot in slots:
            if slot.item == "" and slot.old is not None:
                result.append(children[slot.old])
            elif slot.item:
                target = target_of(page, slot.item) or names[slot.item]
                result.append(New(SELECTION, {"TargetClaimsExchangeId": target}))
        return result

    def exchanges(children: tuple[New, ...]) -> list[New]:
        kept = [child for child in children if key(child.attributes.get("Id", "")) not in gone]
        fresh = [one for one in wanted if not target_of(page, one.profile)]
        return kept + [_exchange(one) for one in fresh]

    journey = _in_step(journey, page.step.order, "ClaimsProviderSelections", selections)
    return _in_step(journey, page.following.order, "ClaimsExchanges", exchanges)


def in_place(document: Document, page: Page, wanted: Sequence[Wanted], known: Container[str] | None) -> list[Splice]:
    """The splices that give a journey of the set's own the buttons wanted."""
    steps = {
        step.get("Order"): step for step in element_of(document, page).path("OrchestrationSteps", "OrchestrationStep")
    }
    selections = _container(steps[str(page.step.order)], "ClaimsProviderSelections")
    exchanges = _container(steps[str(page.following.order)], "ClaimsExchanges")
    olds = selections.all(SELECTION)
    by_name = {key(one.profile): one for one in wanted}
    by_profile = {item: olds[index] for index, item in enumerate(current(page)) if item is not None}
    result: list[Splice] = []
    fresh: list[tuple[Element | None, New]] = []
    last: Element | None = None
    for slot in arrange(current(page, known), [key(one.profile) for one in wanted]):
        if slot.old is None:
            assert slot.item
            one = by_name[slot.item]
            fresh.append((last, _known(New(SELECTION, {"TargetClaimsExchangeId": one.exchange}), one)))
            continue
        last = olds[slot.old]
        if slot.item is None:
            result.append(_hidden(document, last))
            result += [_hidden(document, e) for e in _leading_to(exchanges, last.get("TargetClaimsExchangeId"))]
        elif slot.item and by_profile[slot.item] is not last:
            text, was = marks.source(document, by_profile[slot.item]), marks.source(document, last)
            result.append(Splice(last.start, splice.end(document, last), text + marks.changed(text, was)))
    result += _insertions(document, selections, fresh)
    new = [_known(_exchange(one), one) for one in wanted if not target_of(page, one.profile)]
    if new:
        result.append(
            splice.insert_after(document, exchanges, exchanges.children[-1] if exchanges.children else None, new)
        )
    return result


def numbered(stem: str) -> Iterator[str]:
    """The names that a copy may get, in the order in which they are tried."""
    yield stem
    yield from (f"{stem}{number}" for number in count(2))


def element_of(document: Document, page: Page) -> Element:
    """The journey's element in the one file that has it."""
    return next(
        e for e in document.root.path("UserJourneys", "UserJourney") if key(e.get("Id")) == key(page.journey.id)
    )


def own_lines(document: Document, profiles: set[str], outside: Sequence[Element]) -> list[Splice]:
    """The buttons and exchanges of `profiles` (folded ids) in journeys that are not ours as a whole: to be peeled."""
    result = []
    for journey in document.root.path("UserJourneys", "UserJourney"):
        if any(one.start <= journey.start < one.close for one in outside):
            continue
        before: Element | None = None
        for step in journey.path("OrchestrationSteps", "OrchestrationStep"):
            for exchange in step.path("ClaimsExchanges", EXCHANGE):
                if key(exchange.get("TechnicalProfileReferenceId")) in profiles:
                    result.append(splice.remove(document, exchange))
                    result += _selections_of(document, before, exchange.get("Id"))
            before = step
    return result


def _selections_of(document: Document, step: Element | None, target: str) -> list[Splice]:
    selections = step.path("ClaimsProviderSelections", SELECTION) if step is not None else []
    return [splice.remove(document, s) for s in selections if key(s.get("TargetClaimsExchangeId")) == key(target)]


def _insertions(document: Document, parent: Element, items: Sequence[tuple[Element | None, New]]) -> list[Splice]:
    groups: dict[int, tuple[Element | None, list[New]]] = {}
    for after, item in items:
        groups.setdefault(id(after), (after, []))[1].append(item)
    return [splice.insert_after(document, parent, after, group) for after, group in groups.values()]


def _hidden(document: Document, element: Element) -> Splice:
    return Splice(element.start, splice.end(document, element), marks.hid(marks.source(document, element)))


def _leading_to(exchanges: Element, target: str) -> list[Element]:
    return [e for e in exchanges.all(EXCHANGE) if key(e.get("Id")) == key(target)]


def _known(line: New, one: Wanted) -> New:
    return line if one.ours else marked(line)


def _exchange(one: Wanted) -> New:
    return New(EXCHANGE, {"Id": one.exchange, "TechnicalProfileReferenceId": one.profile})


def _container(step: Element, tag: str) -> Element:
    found = step.child(tag)
    if found is None:
        raise Refused(
            _("Step {order} of the journey has no {tag}, so no button can be put there.").format(
                order=step.get("Order"), tag=tag
            ),
            _("Add one to that step, as other journeys have it, and try again."),
        )
    return found


def _in_step(journey: New, order: int | None, tag: str, change: object) -> New:
    """The journey with one container of one step changed."""

    def step(item: New) -> New:
        if item.tag == "OrchestrationStep" and item.attributes.get("Order") == str(order):
            return replace(item, children=tuple(container(child) for child in item.children))
        return item

    def container(item: New) -> New:
        assert callable(change)
        return replace(item, children=tuple(change(item.children))) if item.tag == tag else item

    def steps(item: New) -> New:
        return replace(item, children=tuple(step(child) for child in item.children)) if item.children else item

    return replace(journey, children=tuple(steps(child) for child in journey.children))


def _effective(policy_set: PolicySet, page: Page) -> New:
    """The journey as Azure sees it: as written where one file has it, else merged as inheritance merges."""
    files = {policy.file: policy for policy in policy_set.policies}
    result: New | None = None
    for where in page.journey.layers:
        document = policy_set.document(files[where.source.file])
        for element in document.root.path("UserJourneys", "UserJourney"):
            if key(element.get("Id")) == key(page.journey.id):
                result = copied(element) if result is None else _merged(result, copied(element))
    assert result is not None
    return result


_KEYS: Mapping[str, str] = {"OrchestrationStep": "Order", EXCHANGE: "Id", "Candidate": "SubJourneyReferenceId"}


def _merged(old: New, new: New) -> New:
    """As `policy.effective` merges: attributes of the child win, steps by Order, exchanges by Id, the rest adds up."""
    children = list(old.children)
    for child in new.children:
        index = next((i for i, one in enumerate(children) if _same(one, child)), None)
        if index is None:
            children.append(child)
        elif child.children and (child.tag in _CONTAINERS or child.tag == "OrchestrationStep"):
            children[index] = _merged(children[index], child)
        elif child.tag not in _CONTAINERS:
            children[index] = replace(child, attributes={**children[index].attributes, **child.attributes})
    if children and children[0].tag == "OrchestrationStep":
        children.sort(key=lambda step: int(step.attributes.get("Order", "0")))
    return replace(old, attributes={**old.attributes, **new.attributes}, children=tuple(children))


_CONTAINERS = frozenset(
    ("OrchestrationSteps", "ClaimsExchanges", "ClaimsProviderSelections", "Preconditions", "JourneyList")
)


def _same(one: New, other: New) -> bool:
    if one.tag != other.tag:
        return False
    if one.tag in ("ClaimsProviderSelection", "Precondition"):
        return one.attributes == other.attributes and one.children == other.children
    name = _KEYS.get(one.tag)
    return name is None or key(one.attributes.get(name, "")) == key(other.attributes.get(name, ""))
