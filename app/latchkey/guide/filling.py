"""Puts values into a guide as written. Values go in as finished pieces and are never parsed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from latchkey.guide.model import Callout, Item, Part, Row, Rows, Section
from latchkey.guide.prose import Prose, Span, Value
from latchkey.guide.written import (
    Piece,
    When,
    WrittenCallout,
    WrittenItem,
    WrittenPart,
    WrittenProse,
    WrittenRows,
    WrittenSection,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known: values by placeholder, rows by placeholder, and which conditions hold."""

    values: Mapping[str, Value]
    rows: Mapping[str, tuple[Row, ...]]
    holds: frozenset[str]


def fill(section: WrittenSection, facts: Facts, ticks: str) -> Section:
    """The section for these facts. Ticks are numbered as the steps are written, so that a step which comes and goes
    with a setting does not move the ticks of the others.
    """
    steps = [
        Item(f"{ticks}/{section.id}/{number}", tuple(_parts(step.parts, facts)))
        for number, step in enumerate(section.steps, start=1)
        if _holds(step.when, facts)
    ]
    points = [Item("", parts) for parts in _points(section.points, facts)]
    return Section(section.id, section.title, tuple(_parts(section.intro, facts)), tuple(steps), tuple(points))


def _points(points: Iterable[WrittenItem], facts: Facts) -> Iterator[tuple[Part, ...]]:
    for point in points:
        if _holds(point.when, facts):
            yield tuple(_parts(point.parts, facts))


def _parts(parts: Iterable[WrittenPart], facts: Facts) -> Iterator[Part]:
    for part in parts:
        if not _holds(part.when, facts):
            continue
        match part:
            case WrittenProse():
                yield _prose(part, facts)
            case WrittenRows():
                if rows := facts.rows[part.name]:
                    yield Rows(rows)
            case WrittenCallout():
                yield Callout(
                    part.kind, tuple([_prose(prose, facts) for prose in part.prose if _holds(prose.when, facts)])
                )


def _prose(prose: WrittenProse, facts: Facts) -> Prose:
    return Prose(tuple([_span(piece, facts.values) for piece in prose.pieces]))


def _span(piece: Piece, values: Mapping[str, Value]) -> Span:
    if not piece.placeholder:
        return Span(piece.text, piece.strong, piece.emphasis, piece.code, href=piece.href)
    value = values[piece.text]
    if not value.complete:
        return Span(f"({value.text})", missing=True)
    return Span(value.text, piece.strong, piece.emphasis, piece.code, href=value.href)


def _holds(when: When | None, facts: Facts) -> bool:
    return when is None or (when.name in facts.holds) == when.wanted
