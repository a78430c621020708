"""Text of a guide as small frozen pieces, so that what a person typed is never read as Markdown, HTML or a template.

A guide file is parsed once; values are then put between the pieces, and only at the very end does each output write
the pieces in its own way and escape them.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import NamedTuple

# Nothing that a terminal obeys or that HTML and XML can't carry: C0 and C1 controls, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_LINE_BREAK = re.compile(r"[\t\n\x0b\x0c\r\x85\u2028\u2029]+")


def printable(text: str) -> str:
    """The text on one line, with U+FFFD for each character that a terminal or a page can't show."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _LINE_BREAK.sub(" ", text))


class Value(NamedTuple):
    """Something to copy. Not `complete` while the draft lacks what it is made of: then `text` says what is missing."""

    text: str
    complete: bool = True
    href: str = ""

    def or_missing(self, made: str) -> Value:
        """`made` if this value is there; else what it lacks is lacking there too."""
        return Value(made) if self.complete else Value(self.text, complete=False)


class Span(NamedTuple):
    """A run of text in one style. `missing` marks words that stand for a value that is not known yet."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    missing: bool = False
    href: str = ""

    def html(self) -> str:
        """The run with everything escaped; links only to https."""
        inner = html.escape(printable(self.text))
        if self.code:
            inner = f"<code>{inner}</code>"
        if self.emphasis or self.missing:
            inner = f"<em>{inner}</em>"
        if self.strong:
            inner = f"<strong>{inner}</strong>"
        if self.href.startswith("https://"):
            inner = f'<a href="{html.escape(self.href)}">{inner}</a>'
        return inner


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph."""

    spans: tuple[Span, ...]

    @property
    def plain(self) -> str:
        """Without any style: strong text in quotes, a link's address after its text where that does not name it."""
        return "".join(_plain(span) for span in self.spans)

    @property
    def html(self) -> str:
        """As HTML that a label or a page can show: b, i, code and links only, everything else escaped."""
        return "".join(span.html() for span in self.spans)


def _plain(span: Span) -> str:
    text = printable(span.text)
    bare = span.href.removeprefix("https://").rstrip("/")
    if bare and bare not in text:
        return f"{text} ({span.href})"
    # What a portal calls its buttons and fields has to stand out without bold letters too.
    return f"“{text}”" if span.strong else text


def said(text: str) -> Prose:
    """A paragraph of plain text."""
    return Prose((Span(text),))
