"""TOML values into the frozen dataclasses of `entries`, by their annotations, strictly.

The dataclasses are the only description of the file's form: their fields are its keys. Whatever does not fit is refused
with the file, the key's path and what is expected there. What a value may *say* is the matter of `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from latchkey.errors import Refused
from latchkey.policy.names import control_character
from latchkey.text import _, join_list

T = TypeVar("T")
_BREAK = re.compile("[\t\r\n\x85\u2028\u2029]")


class Place(NamedTuple):
    """Where a value stands: the file, and the key's path in it (`settings[0].choices`; empty = the whole file)."""

    file: str
    path: str = ""

    def key(self, name: str) -> Place:
        """The place of a key in the table that is here."""
        return Place(self.file, f"{self.path}.{name}" if self.path else name)

    def item(self, number: int) -> Place:
        """The place of an item in the list that is here; the first is 0."""
        return Place(self.file, f"{self.path}[{number}]")


class Key(NamedTuple):
    """One key that a table may have."""

    name: str
    kind: Any
    required: bool


@cache
def keys_of(form: Any) -> tuple[Key, ...]:
    """The keys of the table that makes a `form`, in the order of its fields."""
    hints = get_type_hints(form)
    return tuple(
        Key(field.name, hints[field.name], field.default is MISSING and field.default_factory is MISSING)
        for field in fields(form)
    )


def read_table(form: type[T], value: object, place: Place) -> T:
    """The `form` that the table `value` describes. Raises Refused."""
    if not isinstance(value, dict):
        raise _wrong(place, _("A table with the keys {keys} is expected.").format(keys=_listed(form)))
    keys: dict[str, Key] = {key.name: key for key in keys_of(cast("Any", form))}
    for name in value:
        if name not in keys:
            raise Refused(
                _("{file}: {key} is not a key that a provider file has.").format(
                    file=place.file, key=shown(place.key(name).path)
                ),
                _("The keys here are: {keys}.").format(keys=_listed(form)),
            )
    for key in keys.values():
        if key.required and key.name not in value:
            raise Refused(
                _("{file}: {key} is missing.").format(file=place.file, key=place.key(key.name).path),
                _("Add it. {expected}").format(expected=expected(key.kind)),
            )
    return form(**{name: read_value(keys[name].kind, item, place.key(name)) for name, item in value.items()})


def read_value(kind: Any, value: object, place: Place) -> Any:
    """`value` as an annotation says it must be. Raises Refused."""
    kind, origin = plain(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return read_table(kind, value, place)
    if origin is Literal and isinstance(value, str) and value in get_args(kind):
        return value
    if origin is tuple and isinstance(value, list):
        return tuple(read_value(get_args(kind)[0], item, place.item(number)) for number, item in enumerate(value))
    if origin is Mapping and isinstance(value, dict):
        pairs = {_text(name, place): read_value(str, item, place.key(name)) for name, item in value.items()}
        return MappingProxyType(pairs)
    if kind is str and isinstance(value, str):
        return _text(value, place)
    if kind is bool and isinstance(value, bool):
        return value
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _wrong(place, expected(kind))


def expected(kind: Any) -> str:
    """What an annotation wants, as a sentence for the person who writes the file."""
    kind, origin = plain(kind)
    if origin is Literal:
        return _("One of these texts is expected: {choices}.").format(choices=join_list(get_args(kind)))
    if origin is Mapping:
        return _('A table of texts is expected, like { name = "text" }.')
    if origin is tuple and is_dataclass(get_args(kind)[0]):
        return _("A list of tables is expected, each under its [[name]].")
    if origin is tuple:
        return _('A list of texts is expected, like ["one", "two"].')
    if kind is bool:
        return _("true or false is expected, without quotes.")
    if kind is int:
        return _("A whole number is expected, without quotes.")
    if kind is str:
        return _("A text in quotes is expected.")
    return _("A table with the keys {keys} is expected.").format(keys=_listed(kind))


@cache
def plain(kind: Any) -> tuple[Any, Any]:
    """An annotation without None, and its origin."""
    return without_none(kind), get_origin(without_none(kind))


def without_none(kind: Any) -> Any:
    """`X` for `X | None`: a file says None by not having the key."""
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not NoneType)
    return kind


def _text(text: str, place: Place) -> str:
    """`text`, when it is one trimmed line that XML can carry. Raises Refused."""
    found = _BREAK.search(text)
    if bad := control_character(text) or (f"U+{ord(found[0]):04X}" if found else ""):
        raise Refused(
            _("{file}: {key} holds the character {character}.").format(
                file=place.file, key=shown(place.path), character=bad
            ),
            _("Texts here are one line each, of characters that can be seen."),
        )
    if text != text.strip():
        raise Refused(
            _("{file}: {key} starts or ends with a space.").format(file=place.file, key=shown(place.path)),
            _("Take the space away."),
        )
    return text


def _wrong(place: Place, hint: str) -> Refused:
    message = _("{file}: {key} does not hold what it should.").format(file=place.file, key=shown(place.path))
    return Refused(message, hint)


def _listed(form: Any) -> str:
    return join_list(key.name for key in keys_of(form))


def shown(path: str) -> str:
    """The path, safe on one line: a quoted TOML key can hold anything."""
    return path if path.isprintable() else ascii(path)[1:-1]
