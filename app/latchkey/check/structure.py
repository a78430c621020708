"""Does a file have the structure of a policy? One walk over its elements, against `latchkey.check.schema`.

What is told here is what Azure calls a "Schema validation error", by what it is about:

    element-order        an element out of its place, unknown there, or once too often
    no-empty-container   a list that the schema wants filled
    rp-behaviors-order   the same inside UserJourneyBehaviors
    enum-values          a value that is none of those possible
    schema-valid         attributes, text where none belongs, elements that are missing, forms of values
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from latchkey.check.finding import Level
from latchkey.check.placeholders import sample_in
from latchkey.check.places import line_of_attribute
from latchkey.check.rule import Hit
from latchkey.check.schema import Part, Schema, Shape, Value, load
from latchkey.check.suggest import similar
from latchkey.policy.model import Source, Where
from latchkey.policy.names import key
from latchkey.policy.reader import Document, column
from latchkey.policy.tree import Element
from latchkey.text import _, join_list

ORDER, EMPTY, BEHAVIORS, VALUES, SCHEMA = (
    "element-order", "no-empty-container", "rp-behaviors-order", "enum-values", "schema-valid",
)  # fmt: skip
# Rules of their own tell these, and know more about them.
_TOLD_ELSEWHERE = frozenset(("condition", "skip", "policy-id", "policy-version", "tenant-id", "tenant-object-id"))
_ATTRIBUTES_TOLD_ELSEWHERE = frozenset(
    (
        ("TrustFrameworkPolicy", "PolicySchemaVersion"), ("TrustFrameworkPolicy", "TenantId"),
        ("TrustFrameworkPolicy", "PolicyId"), ("TrustFrameworkPolicy", "PublicPolicyUri"), ("Precondition", "Type"),
        ("SubJourney", "Type"),
    )
)  # fmt: skip
_CHILDREN_TOLD_ELSEWHERE = frozenset(
    (("BasePolicy", "TenantId"), ("BasePolicy", "PolicyId"), ("Precondition", "Value"), ("Precondition", "Action"))
)
_MOST = 200  # of one file: who sees so many mends the first ones and looks again


def problems(document: Document, source: Source) -> dict[str, list[Hit]]:
    """Everything in the file that is not as the schema has it, by rule."""
    walk = _Walk(load(), document, source)
    walk.run(document.root)
    return walk.found


class _Walk:
    """One pass over a file. The common case, an element like thousands before, costs two look-ups in a set."""

    def __init__(self, schema: Schema, document: Document, source: Source) -> None:
        self._schema = schema
        self._document = document
        self._source = source
        self._left = _MOST
        self.found: dict[str, list[Hit]] = {}

    def run(self, root: Element) -> None:  # noqa: C901 (in one piece, since it runs once for every element of every file)
        below = self._schema.below
        above = Element("", {}, root.line, root.start)
        above.children = [root]
        stack = [(above, self._schema.above)]
        while stack and self._left > 0:
            parent, outer = stack.pop()
            tags = tuple([element.tag for element in parent.children])
            if tags not in outer.good_children:
                self._children(parent, outer, tags)
            known = outer.shapes
            for element in parent.children:
                shape = known.get(element.tag) or below(outer, element.tag)
                if shape is None or shape.anything:
                    continue
                attributes = element.attributes
                if attributes or shape.needed:
                    names = tuple(attributes)
                    if names not in shape.good_attributes:
                        self._attributes(element, shape, names)
                    for name, value in shape.checked:
                        written = attributes.get(name)
                        if written is not None and not value.fits(written):
                            self._value(element, value, written, name)
                if shape.text is None:
                    if element.text and (not shape.parts or not element.text.isspace()):
                        self._text(element)
                elif shape.text.name and not shape.text.fits(element.text):
                    self._value(element, shape.text, element.text)
                if element.children or shape.parts:
                    stack.append((element, shape))

    def _put(self, rule: str, element: Element, message: str, hint: str, level: Level | None = None) -> None:
        where = Where(self._source, element.line)
        self._add(rule, Hit(where, message, hint, level=level, column=column(self._document, element)))

    def _add(self, rule: str, hit: Hit) -> None:
        self._left -= 1
        if self._left >= 0:
            self.found.setdefault(rule, []).append(hit)

    def _at(self, element: Element, attribute: str) -> Where:
        return Where(self._source, line_of_attribute(self._document, element, attribute))

    def _attributes(self, element: Element, shape: Shape, names: tuple[str, ...]) -> None:
        good = True
        for name in names:
            if not shape.allows(name):
                good = False
                self._unknown_attribute(element, shape, name)
        for name in shape.needed:
            if name not in names:
                good = False
                if (shape.name, name) not in _ATTRIBUTES_TOLD_ELSEWHERE:
                    self._put(
                        SCHEMA,
                        element,
                        _("“{element}” lacks the attribute {attribute}.").format(element=element.tag, attribute=name),
                        _like(shape.attributes[name], name),
                    )
        if good:
            shape.good_attributes.add(names)

    def _unknown_attribute(self, element: Element, shape: Shape, name: str) -> None:
        shown = name.rpartition("}")[2]
        guess = similar(shown, shape.attributes)
        if guess in element.attributes:
            guess = ""
        if guess:
            hint = _("Did you mean “{guess}”?").format(guess=guess)
        elif shape.attributes:
            hint = _("It may have: {names}.").format(names=join_list(shape.attributes))
        else:
            hint = _("It has no attributes: take this one out.")
        message = _("“{element}” has no attribute {attribute}.").format(element=element.tag, attribute=shown)
        self._add(SCHEMA, Hit(self._at(element, shown), message, hint))

    def _value(self, element: Element, value: Value, written: str, attribute: str = "") -> None:
        if sample_in(written) or (value.name in _TOLD_ELSEWHERE and not value.fits(written.strip())):
            return  # a rule of its own tells this, and better
        shown = " ".join(written.split())[:80]
        if attribute:
            message = _("“{value}” can't be the {attribute} of “{element}”.").format(
                value=shown, attribute=attribute, element=element.tag
            )
        else:
            message = _("“{value}” can't stand in “{element}”.").format(value=shown, element=element.tag)
        if value.name != "boolean" and value.fits(written.strip()):
            hint = _("Take the blanks and line ends around it away.")
            rule, level = SCHEMA, Level.WARNING if not value.choices else None
        elif value.choices:
            right = next((choice for choice in value.choices if choice.lower() == shown.lower()), "")
            guess = right or similar(shown, value.choices)
            choices = _("Possible are: {choices}.").format(choices=join_list(value.choices))
            hint = _("Did you mean “{guess}”?").format(guess=guess) + " " + choices if guess else choices
            rule, level = VALUES, None
        else:
            hint = _("For example: {example}.").format(example=value.like)
            rule, level = SCHEMA, Level.WARNING if value.name != "integer" else None
        where = self._at(element, attribute) if attribute else Where(self._source, element.line)
        self._add(rule, Hit(where, message, hint, level=level))

    def _text(self, element: Element) -> None:
        text = " ".join(element.text.split())
        if text:
            message = _("“{element}” holds the text “{text}”, which has no place there.").format(
                element=element.tag, text=text[:80]
            )
            hint = _("Take it out; if it is a remark, put it between <!-- and -->.")
        elif element.children:
            return  # the unknown child is told
        else:
            message = _("“{element}” must be quite empty: not even blanks or line ends.").format(element=element.tag)
            hint = _("Close it at once, as in <{element} … />.").format(element=element.tag)
        self._put(SCHEMA, element, message, hint)

    def _children(self, element: Element, shape: Shape, tags: tuple[str, ...]) -> None:
        """Something here was not seen before: is it good, and if not, what is wrong?"""
        before = self._left
        rule = BEHAVIORS if shape.name == "UserJourneyBehaviors" else ORDER
        known: list[tuple[Element, Part]] = []
        for child in element.children:
            part = shape.parts.get(child.tag)
            if part is not None:
                known.append((child, part))
            elif not child.tag.startswith("{"):  # told by xml-namespace
                self._unknown_element(rule, child, element, shape)
        self._once(rule, element, known)
        self._misplaced(rule, element, shape, known)
        self._missing(element, shape, frozenset(tags))
        if shape.either and len({part.tag for _child, part in known}) > 1:
            self._put(
                ORDER,
                known[-1][0],
                _("“{parent}” holds either {names}, not both.").format(
                    parent=element.tag, names=_(" or ").join(shape.parts)
                ),
                _("Take one of them out."),
            )
        if shape.unique:
            self._unique(element, shape)
        elif before == self._left:
            shape.good_children.add(tags)

    def _unknown_element(self, rule: str, child: Element, parent: Element, shape: Shape) -> None:
        guess = similar(child.tag, shape.parts)
        homes = self._schema.homes(child.tag)
        if guess:
            hint = _("Did you mean “{guess}”?").format(guess=guess)
        elif homes:
            hint = _("It belongs into: {names}.").format(names=join_list(dict.fromkeys(homes)))
        elif shape.parts:
            hint = _("These may stand there: {names}.").format(names=join_list(shape.parts))
        else:
            hint = _("Nothing may stand in it.")
        message = (
            _("“{element}” can't stand inside “{parent}”.") if homes else _("Policies have no element “{element}”.")
        )
        self._put(rule, child, message.format(element=child.tag, parent=parent.tag), hint)

    def _once(self, rule: str, parent: Element, known: Sequence[tuple[Element, Part]]) -> None:
        first: dict[str, Element] = {}
        for child, part in known:
            before = first.setdefault(child.tag, child)
            if part.once and before is not child:
                self._put(
                    rule,
                    child,
                    _("“{element}” is there already in line {line}; “{parent}” takes one only.").format(
                        element=child.tag, line=before.line, parent=parent.tag
                    ),
                    _("Move what it holds to the first one, then take this one out."),
                )

    def _misplaced(self, rule: str, parent: Element, shape: Shape, known: Sequence[tuple[Element, Part]]) -> None:
        places = [part.place for _child, part in known]
        if shape.either or all(a <= b for a, b in pairwise(places)):
            return
        kept = _longest(places)
        names = _("The order in “{parent}” is: {names}.").format(parent=parent.tag, names=join_list(shape.parts))
        for number, (child, part) in enumerate(known):
            if number in kept:
                continue
            after = next((known[k][0].tag for k in kept if k < number and places[k] > part.place), "")
            if after:
                message = _("“{element}” must stand before “{other}”.").format(element=child.tag, other=after)
            else:
                other = next((known[k][0].tag for k in reversed(kept) if k > number and places[k] < part.place), "")
                message = _("“{element}” must stand after “{other}”.").format(element=child.tag, other=other)
            self._put(rule, child, message, names)

    def _missing(self, element: Element, shape: Shape, tags: frozenset[str]) -> None:
        for tag, part in shape.parts.items():
            if not part.needed or tag in tags or (shape.name, tag) in _CHILDREN_TOLD_ELSEWHERE:
                continue
            if not part.once and not element.children and len(shape.parts) == 1:
                self._put(
                    EMPTY,
                    element,
                    _("“{element}” is empty, which Azure refuses.").format(element=element.tag),
                    _("Take the whole element out, or put something in."),
                )
            else:
                self._put(
                    SCHEMA,
                    element,
                    _("“{parent}” lacks “{element}”.").format(parent=element.tag, element=tag),
                    _("The order in “{parent}” is: {names}.").format(parent=element.tag, names=join_list(shape.parts)),
                )

    def _unique(self, element: Element, shape: Shape) -> None:
        tag, _at, attribute = shape.unique.partition("@")
        first: dict[str, Element] = {}
        for child in element.all(tag):
            before = first.setdefault(key(child.get(attribute)), child)
            if before is not child:
                self._put(
                    SCHEMA,
                    child,
                    _("“{id}” is there already in line {line} of this file.").format(
                        id=child.get(attribute), line=before.line
                    ),
                    _("Give it another name, or take one of the two out."),
                )


def _like(value: Value, attribute: str) -> str:
    if value.choices:
        return _("Possible are: {choices}.").format(choices=join_list(value.choices))
    return _('Add {attribute}="…".').format(attribute=attribute)


def _longest(places: Sequence[int]) -> tuple[int, ...]:
    """The indices of a longest part of the list that is in order; of several such the one that begins earliest.

    What is not in it is what has to move: an element that strayed far is told of itself, not all that it jumped over.
    """
    tails: list[int] = []  # the negated place that ends the best run of each length, from the back
    ends: list[int] = []
    links: list[int | None] = [None] * len(places)
    for index in range(len(places) - 1, -1, -1):
        at = bisect_right(tails, -places[index])
        links[index] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(-places[index])
            ends.append(index)
        else:
            tails[at], ends[at] = -places[index], index
    return tuple(_chain(links, ends[-1] if ends else None))


def _chain(links: Sequence[int | None], start: int | None) -> Iterator[int]:
    while start is not None:
        yield start
        start = links[start]
