"""How wide text is and where it breaks, near enough to lay out a picture without a screen. No fonts, no Qt.

Widths are those of common sans serif fonts, a little generous; the same picture comes out on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WIDE = ("W", "F")
_NARROW = frozenset("iIjl.,:;'|!()[]{}ftr \u00a0·“”‘’")
_BROAD = frozenset("mwMW@—→…%")
_PIECES = re.compile(r"\s+|[^\s\-_./]+[\-_./]*|[\-_./]+")
_HUMPS = re.compile(r"[A-Z]*[^A-Z]+|[A-Z]+")
DOTS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line is at a font size in pixels."""
    return sum(_em(character) for character in text) * size * (1.12 if bold else 1.0)


def wrap(text: str, room: float, size: float, *, bold: bool = False, most: int = 3) -> tuple[str, ...]:
    """The text in at most so many lines that fit; what is left over ends in dots."""
    lines: list[str] = []
    line = ""
    pieces = list(_broken(text, room, size, bold))
    for number, piece in enumerate(pieces):
        if line and width((line + piece).rstrip(), size, bold=bold) > room:
            lines.append(line.rstrip())
            if len(lines) == most:
                between = " " if (line + piece[:1])[len(lines[-1]) :][:1].isspace() else ""
                rest = lines[-1] + between + "".join(pieces[number:]).strip()
                return (*lines[:-1], cut(rest, room, size, bold=bold))
            line = piece.lstrip()
        else:
            line += piece
    return tuple([*lines, line.rstrip()] if line.strip() else lines)


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The beginning of the text that fits, with dots where something is left out."""
    if width(text, size, bold=bold) <= room:
        return text
    end = len(text)
    while end and width(text[:end].rstrip() + DOTS, size, bold=bold) > room:
        end -= 1
    return text[:end].rstrip() + DOTS


def _broken(text: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """Pieces between which a line may end: words, parts of names that are too long, single Chinese characters."""
    words = (found.group() for found in _PIECES.finditer(text))
    for part in (part for word in words for part in _parts(word, room, size, bold)):
        piece = ""
        for character in part:
            wide = unicodedata.east_asian_width(character) in _WIDE
            if piece and (wide or width(piece + character, size, bold=bold) > room):
                yield piece
                piece = ""
            piece += character
            if wide:
                yield piece
                piece = ""
        if piece:
            yield piece


def _parts(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A name that is wider than a line may end at each of its capitals: `phone`, `Number`, `String`."""
    return _HUMPS.findall(word) if width(word, size, bold=bold) > room else [word]


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _BROAD:
        return 0.93
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in _WIDE:
        return 1.0
    return 0.67 if character.isupper() else 0.575
