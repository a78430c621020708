"""The structure of policy files as data (`resources/schema/policy.json`), made ready for a quick walk.

Written down from the element reference (https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy
and the pages it links). A `Shape` is what an element may look like; shapes are made when a file first needs them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

from latchkey.paths import resource

ROOT = "TrustFrameworkPolicy"
_ATTRIBUTE = re.compile(r"(\w+)(!?)(?::([\w-]+))?")
_ELEMENT = re.compile(r"(\w+)([?*+]?)(=\w+|#[\w-]+)?")
# No attribute of the language, but one any XML file may carry.
_ANYWHERE = "{http://www.w3.org/2001/XMLSchema-instance}"


class Value(NamedTuple):
    """What an attribute or a text may hold. `choices` are all that is possible; where there are none, `like` is an
    example. `name` is how the schema calls it.
    """

    name: str
    fits: Callable[[str], bool]
    choices: tuple[str, ...] = ()
    like: str = ""


class Part(NamedTuple):
    """A child element that a shape allows: its place in the order, how often it may and must stand, and its shape."""

    tag: str
    place: int
    once: bool
    needed: bool
    shape: str


class Shape:
    """What an element of one kind may look like. `text`: None where only elements may stand in it.

    `good_attributes` and `good_children` remember the combinations of names that were looked at and found good: real
    files hold a few dozens of them, thousands of times.
    """

    __slots__ = (
        "anything", "attributes", "checked", "either", "good_attributes", "good_children", "name", "needed", "parts",
        "shapes", "text", "unique",
    )  # fmt: skip

    def __init__(self, name: str, raw: Mapping[str, Any], values: Callable[[str], Value]) -> None:
        self.name = name
        self.anything = bool(raw.get("any"))
        self.either = bool(raw.get("either"))
        self.unique: str = raw.get("unique", "")
        self.text: Value | None = values(raw["text"]) if "text" in raw else None
        self.attributes: dict[str, Value] = {}
        self.needed: list[str] = []
        for attribute, must, value in _ATTRIBUTE.findall(raw.get("attributes", "")):
            self.attributes[attribute] = values(value)
            if must:
                self.needed.append(attribute)
        self.checked = tuple((name, value) for name, value in self.attributes.items() if value.name)
        self.parts: dict[str, Part] = {}
        for place, (tag, often, shape) in enumerate(_ELEMENT.findall(raw.get("elements", ""))):
            kind = shape.removeprefix("=") or tag
            self.parts[tag] = Part(tag, place, often in ("", "?"), often in ("", "+"), kind)
        self.shapes: dict[str, Shape] = {}
        self.good_attributes: set[tuple[str, ...]] = set()
        self.good_children: set[tuple[str, ...]] = set()

    def allows(self, attribute: str) -> bool:
        """Whether the element may carry the attribute."""
        return attribute in self.attributes or attribute.startswith(_ANYWHERE)


class Schema:
    """All shapes, made one by one when they are asked for."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw: Mapping[str, Any] = raw["types"]
        self._values: Mapping[str, Any] = raw["values"]
        self._shapes: dict[str, Shape] = {}
        self._known: dict[str, Value] = {"": Value("", _any), "string": Value("", _any)}

    @property
    def root(self) -> Shape:
        """The shape of a whole file."""
        return self.shape(ROOT)

    @cached_property
    def above(self) -> Shape:
        """What a file is: one root."""
        return Shape("", {"elements": ROOT}, self.value)

    def shape(self, name: str) -> Shape:
        """A shape by its name in the data; `#value` is an element of text only."""
        known = self._shapes.get(name)
        if known is None:
            raw = {"text": name[1:]} if name.startswith("#") else self._raw[name]
            known = self._shapes[name] = Shape(name, raw, self.value)
        return known

    def below(self, shape: Shape, tag: str) -> Shape | None:
        """The shape of a child; None where no such child is known."""
        known = shape.shapes.get(tag)
        if known is None and tag in shape.parts:
            known = shape.shapes[tag] = self.shape(shape.parts[tag].shape)
        return known

    def value(self, name: str) -> Value:
        """A kind of value by its name in the data."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._value(name)
        return known

    def _value(self, name: str) -> Value:
        raw = self._values.get(name)
        if name == "boolean":
            return Value(name, _boolean, ("true", "false"))
        if raw is None:  # an address: nothing that people write there is refused
            return Value("", _any)
        if isinstance(raw, str):
            choices = tuple(raw.split())
            return Value(name, frozenset(choices).__contains__, choices)
        pattern = re.compile(raw["pattern"])
        return Value(name, lambda text: pattern.fullmatch(text) is not None, (), raw["like"])

    def homes(self, tag: str) -> tuple[str, ...]:
        """The names of the shapes in which an element may stand, for who has it in the wrong place."""
        return tuple(name for name in self._raw if tag in self.shape(name).parts)

    def names(self) -> tuple[str, ...]:
        """The names of all shapes."""
        return tuple(self._raw)


def _any(_text: str) -> bool:
    return True


def _boolean(text: str) -> bool:
    return text.strip() in ("true", "false", "1", "0")


@cache
def load() -> Schema:
    """The schema of policy files. Read once: it never changes while the program runs."""
    return Schema(json.loads(resource("schema", "policy.json").read_text(encoding="utf-8")))
