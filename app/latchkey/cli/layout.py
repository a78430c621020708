"""Laying out plain text: columns and wrapped lines, counting Chinese characters as two."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Sequence

from latchkey.cli.terminal import flat

WIDTH, NARROWEST = 100, 40
# A word, or a Chinese character with the punctuation that must not begin a line; each with the space after it.
_PIECE = r"[\u2e80-\uffef][，。、；：！？）》」』”]*\s*|[^\s\u2e80-\uffef]+[，。、；：！？）》」』”]*\s*"


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def line_width() -> int:
    """How long a line may be: as usual, or as wide as a narrower terminal. Files and pipes are no terminals."""
    try:
        there = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
    except (AttributeError, OSError, ValueError):  # no standard output, or none of the system's
        there = 0
    return max(NARROWEST, min(there, WIDTH)) if there else WIDTH


def columns(rows: Sequence[Sequence[str]], indent: int = 0) -> list[str]:
    """Rows with their cells below each other. The cells are made safe and flat."""
    cells = [[flat(cell) for cell in row] for row in rows]
    last = max((len(row) for row in cells), default=0) - 1
    widths = [max((width(row[place]) for row in cells if place < len(row)), default=0) for place in range(last + 1)]
    lines = []
    for row in cells:
        padded = [cell + " " * (widths[place] - width(cell)) for place, cell in enumerate(row)]
        lines.append((" " * indent + "  ".join(padded)).rstrip())
    return lines


def wrapped(text: str, indent: int = 0) -> list[str]:
    """The text, safe, in lines that fit: broken at spaces and between Chinese characters."""
    lines, used, most = [""], 0, line_width() - indent
    for piece in _pieces(flat(text)):
        if used and used + width(piece.rstrip()) > most:
            lines, used = [*lines, ""], 0
        lines[-1] += piece
        used += width(piece)
    return [(" " * indent + line).rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    """Parts between which a line may end, each with the space after it."""
    if not text or max(text) < "\u2e80":  # no Chinese: no need for the expression, which takes long to compile
        return [f"{word} " for word in text.split()]
    return re.findall(_PIECE, text)
