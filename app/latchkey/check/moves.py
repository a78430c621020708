"""Cures that move, remove or add elements."""

from __future__ import annotations

from latchkey.check.cure import Cure, Place
from latchkey.check.schema import Shape, load
from latchkey.policy import splice
from latchkey.policy.names import key
from latchkey.policy.splice import New, Splice
from latchkey.policy.tree import Element
from latchkey.text import _


def shape_of(place: Place, element: Element) -> Shape | None:
    """What the schema says of an element; None where it knows nothing of that kind there."""
    schema = load()
    shape: Shape | None = schema.root
    for tag in place.shape_path(element)[1:]:
        shape = schema.below(shape, tag) if shape is not None else None
    return shape


def in_order(place: Place) -> Cure | None:
    """An element moved to its place among its neighbours."""
    for element in place.here():
        parent = place.parents.get(element.start)
        shape = shape_of(place, parent) if parent is not None else None
        if parent is None or shape is None or element.tag not in shape.parts or shape.either:
            continue
        known = [child for child in parent.children if child.tag in shape.parts]
        own = shape.parts[element.tag]
        if own.once and len(parent.all(element.tag)) > 1:
            continue  # two of them: which is right is not ours to say
        others = [shape.parts[child.tag].place for child in known if child is not element]
        at = known.index(element)
        strayed = any(p > own.place for p in others[:at]) or any(p < own.place for p in others[at:])
        if strayed and others == sorted(others):
            return Cure(
                _("Move “{element}” to its place.").format(element=element.tag), _moved(place, parent, element, shape)
            )
    return None


def _moved(place: Place, parent: Element, element: Element, shape: Shape) -> tuple[Splice, ...]:
    document = place.document
    rank = shape.parts[element.tag].place
    before = [
        c for c in parent.children if c is not element and c.tag in shape.parts and shape.parts[c.tag].place <= rank
    ]
    position = splice.end(document, before[-1]) if before else splice.tag_end(document, parent)
    raw = document.body[element.start : splice.end(document, element)].decode()
    indent = splice.indentation(document, element.start)
    start = splice.layout(document).eol + indent if indent is not None else ""
    return splice.remove(document, element), Splice(position, position, start + raw)


def without(place: Place) -> Cure | None:
    """The element gone, with its line."""
    tags = ("ValidationTechnicalProfile",) if place.finding.rule == "vtp-duplicate" else ()
    element = place.only(*tags, such=lambda one: bool(tags) or _empty(place, one))
    if element is None:
        return None
    return Cure(_("Take “{element}” out.").format(element=element.tag), (splice.remove(place.document, element),))


def _empty(place: Place, element: Element) -> bool:
    shape = shape_of(place, element)
    parent = place.parents.get(element.start)
    inside = any(
        start <= comment.start < element.close for comment in place.document.comments for start in (element.start,)
    )
    above = shape_of(place, parent) if parent is not None else None
    needed = above is None or above.parts[element.tag].needed
    return not element.children and shape is not None and bool(shape.parts) and not inside and not needed


def without_same_item(place: Place) -> Cure | None:
    """Of two settings that say the same, the second gone."""
    item = place.only("Item")
    metadata = place.parents.get(item.start) if item is not None else None
    if item is None or metadata is None:
        return None
    same = [one for one in metadata.all("Item") if one.get("Key") == item.get("Key")]
    if len({one.text.strip() for one in same}) > 1:
        return None
    label = _("Take the second “{key}” out; both say the same.").format(key=item.get("Key"))
    return Cure(label, (splice.remove(place.document, item),))


def missing_exchange(place: Place) -> Cure | None:
    """The exchange that a button starts, as the other journeys have it."""
    selection = place.only("ClaimsProviderSelection")
    step = place.above(selection, "OrchestrationStep") if selection is not None else None
    steps = place.parents.get(step.start) if step is not None else None
    if selection is None or step is None or steps is None:
        return None
    target = selection.get("TargetClaimsExchangeId")
    profiles = {
        exchange.technical_profile
        for journey in place.view.effective.journeys.values()
        for other in journey.steps
        for exchange in other.exchanges
        if key(exchange.id) == key(target)
    }
    order = step.get("Order")
    following = [
        one for one in steps.all("OrchestrationStep") if order.isdecimal() and one.get("Order") == str(int(order) + 1)
    ]
    exchanges = following[0].child("ClaimsExchanges") if len(following) == 1 else None
    if len(profiles) != 1 or exchanges is None or not exchanges.children:
        return None
    profile = profiles.pop()
    new = New("ClaimsExchange", {"Id": target, "TechnicalProfileReferenceId": profile})
    label = _("Let “{target}” start “{profile}”, as in your other journeys.").format(target=target, profile=profile)
    return Cure(label, (splice.insert_after(place.document, exchanges, exchanges.children[-1], [new]),))
