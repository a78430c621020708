"""Saving over a file that a person may have written in: comments and order stay, only what changed is rewritten.

Each provider is a block of lines that begins with the comment above its `[[providers]]`. Blocks whose provider is as it
was are taken over line by line; the others are edited with tomlkit. What comes out must read back as the very
draft: where it does not, that block (or the whole) is written anew.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from latchkey.catalogue.tokens import headers
from latchkey.draft.draft import Draft, Provider
from latchkey.draft.reading import FORMAT, read
from latchkey.draft.writing import Plain, dumps, provider_table, provider_text, section, tables
from latchkey.errors import Refused

_ROW = re.compile(r"\s*\[\[\s*providers\s*\]\]")
_PART_OF_ROW = re.compile(r"\s*\[\[?\s*providers\s*\.")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A draft's file cut up: what stands before, between and after the blocks of providers."""

    head: str
    rows: tuple[str, ...]
    tail: str


def keep(text: str, old: Draft, new: Draft, loads: Callable[[str], Draft]) -> str:
    """`new` written into `text`, which states `old`. `loads` reads a text back (it may raise)."""
    newline = "\r\n" if "\r\n" in text else "\n"
    pieces = cut(text.replace("\r\n", "\n"))
    if len(pieces.rows) != len(old.providers):
        return dumps(new)  # providers written in a way that we don't write
    head, tail = _settle(pieces, old, new)
    matches = zip(new.providers, _matches(old, new), strict=True)
    rows = [_row(pieces, old, provider, match) for provider, match in matches]
    result = _joined([head, *rows, tail])
    return result.replace("\n", newline) if _says(result, new, loads) else dumps(new)


def cut(text: str) -> Pieces:
    """The file cut before the comment above each provider, and before the first table after the last provider."""
    lines = _LINE.findall(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    at = {offset: number for number, offset in enumerate(starts)}
    cuts: list[int] = []
    tail = len(lines)
    inside = False
    for header in headers(text):
        number = at[header.offset]
        if _ROW.match(header.line):
            cuts.append(_with_comment(lines, number))
            inside = True
        elif inside and not _PART_OF_ROW.match(header.line):
            tail = _with_comment(lines, number)
            break
    if not cuts:
        return Pieces(text, (), "")
    ends = [*cuts[1:], tail]
    rows = tuple("".join(lines[start:end]) for start, end in zip(cuts, ends, strict=True))
    return Pieces("".join(lines[: cuts[0]]), rows, "".join(lines[tail:]))


def _with_comment(lines: list[str], number: int) -> int:
    """The first line of the comment that stands directly above, with the empty lines before it."""
    while number > 0 and lines[number - 1].lstrip().startswith("#"):
        number -= 1
    while number > 0 and not lines[number - 1].strip():
        number -= 1
    return number


def _matches(old: Draft, new: Draft) -> list[int | None]:
    """For each provider of `new`, the row of `old` that it is or was: the same, else alike, else of the same type."""
    free = dict(enumerate(old.providers))
    found: list[int | None] = [None] * len(new.providers)
    for likeness in (_same, _like, _same_type):
        for place, provider in enumerate(new.providers):
            row = next((index for index, was in free.items() if likeness(provider, was)), None)
            if found[place] is None and row is not None:
                found[place] = row
                del free[row]
    return found


def _same(one: Provider, other: Provider) -> bool:
    return one == other


def _same_type(one: Provider, other: Provider) -> bool:
    return one.type == other.type


def _like(one: Provider, other: Provider) -> bool:
    """The same provider with something changed: the type and one more thing that names it are the same."""
    return one.type == other.type and any(
        getattr(one, name) and getattr(one, name) == getattr(other, name) for name in ("id", "client_id", "name")
    )


def _row(pieces: Pieces, old: Draft, provider: Provider, match: int | None) -> str:
    if match is None:
        return "\n" + provider_text(provider)
    text, was = pieces.rows[match], old.providers[match]
    if provider_text(was) == provider_text(provider):
        return text
    before, after = provider_table(was), provider_table(provider)
    edited = _edited(text, lambda document: _lay(document["providers"][0], before, after))
    return edited if _reads_as(edited, provider) else _comment_of(text) + provider_text(provider)


def _reads_as(text: str, provider: Provider) -> bool:
    try:
        draft = read({"format": FORMAT, "policies": {"kind": "custom"}, **tomllib.loads(text)})
    except (ValueError, Refused):
        return False
    return draft.providers == (provider,) and provider_text(draft.providers[0]) == provider_text(provider)


def _comment_of(text: str) -> str:
    """The empty lines and comments that a block begins with."""
    start = next(headers(text)).offset
    return text[:start]


def _settle(pieces: Pieces, old: Draft, new: Draft) -> tuple[str, str]:
    """Head and tail with every table but the providers brought up to date."""
    before, after = tables(old), tables(new)
    if before == after:
        return pieces.head, pieces.tail
    head, tail = pieces.head, pieces.tail
    for name, values in after.items():
        if before[name] == values:
            continue
        tail_has = any(re.match(rf"\s*\[\s*{name}\s*\]", header.line) for header in headers(tail))
        if tail_has:
            tail = _with_table(tail, name, before[name], values)
        elif name == "progress" and not before[name]:
            tail = _joined([tail, "\n" + section("[progress]", values)])
        else:
            head = _with_table(head, name, before[name], values)
    return head, tail


def _with_table(text: str, name: str, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> str:
    """The text with the table `name` changed, or with it added at the end."""
    import tomlkit

    document = tomlkit.parse(text)
    if name not in document:
        return _joined([text, "\n" + section(f"[{name}]", after)])
    return _edited(text, lambda document: _lay(document[name], before, after))


def _edited(text: str, change: Callable[[Any], None]) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    change(document)
    return tomlkit.dumps(document)


def _lay(table: Any, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> None:
    """Bring one tomlkit table from what it states to what it shall state; touch nothing that stays."""
    for name in before:
        if name not in after and name in table:
            table.remove(name)
    for name, value in after.items():
        was = before.get(name)
        if name in table and was == value:
            continue
        if isinstance(value, dict) and isinstance(was, dict) and name in table:
            _lay(table[name], was, value)
        else:
            table[name] = _item(value, in_line=name not in ("settings", "claims"))


def _item(value: Plain, in_line: bool = True) -> Any:
    """A value as tomlkit writes it: a table of its own for settings and claims, in one line elsewhere."""
    import tomlkit

    if not isinstance(value, dict):
        return value
    table: Any = tomlkit.inline_table() if in_line else tomlkit.table()
    for name, inner in value.items():
        table[name] = _item(inner)
    return table


def _joined(parts: list[str]) -> str:
    """Parts one after the other, each ending its last line."""
    return "".join(part if part.endswith("\n") or not part else part + "\n" for part in parts)


def _says(text: str, draft: Draft, loads: Callable[[str], Draft]) -> bool:
    try:
        found = loads(text)
    except Refused:
        return False
    return found == draft and dumps(found) == dumps(draft)
