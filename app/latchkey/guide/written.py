"""Guide files as they are written: a small, strict part of Markdown, read into frozen pieces.

    # Title
    ## What readers see {#section-id}        the id is the same in every language
    A paragraph before the first step.
    1. A step. **Portal label**, *emphasis*, `code`, [text](https://only.https/) and {{ placeholder }}.

       {{ placeholder }}                     alone in a paragraph: rows with a label and a value to copy

       > [!WARNING] where it bites           also [!NOTE] and [!WAIT]
    - A point that is no step.

A step, a point, a paragraph or a quote may hold for some drafts only: `[if secret]` or `[if not secret]` at its start,
`[!NOTE if custom-domain]` in a quote. Anything else is refused with file and line: a translator's slip must not
reach somebody who follows the guide. Placeholders are filled after parsing (`latchkey.guide.filling`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from latchkey.errors import Refused
from latchkey.guide.grammar import CONDITIONS, GRAMMARS, Grammar
from latchkey.paths import resource
from latchkey.text import _, join_list

if TYPE_CHECKING:
    from markdown_it.token import Token

CalloutKind = Literal["note", "warning", "wait"]
KINDS: dict[str, CalloutKind] = {"NOTE": "note", "WARNING": "warning", "WAIT": "wait"}

_HEADING = re.compile(r"(?P<title>.+?)\s*\{#(?P<id>[a-z][a-z0-9-]*)\}")
_PLACEHOLDER = re.compile(r"\{\{ ([a-z][a-z0-9_]*) \}\}")
_WHEN = re.compile(r"\[if (?P<no>not )?(?P<name>[a-z-]+)\]\s*")
_CALLOUT = re.compile(r"\[!(?P<kind>[A-Z]+)(?: if (?P<no>not )?(?P<name>[a-z-]+))?\]\s*")
_LOOSE = ("{{", "}}", "[if", "[!", "](")  # what would be one of our marks, were it not written wrongly


class BadGuide(Refused):
    """A guide file that does not keep to the form, with file and line."""


class When(NamedTuple):
    """A condition on the draft: `name` holds, or (`wanted` False) does not."""

    name: str
    wanted: bool


class Piece(NamedTuple):
    """A run of text in one style, or a placeholder's name."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str = ""
    placeholder: bool = False


class WrittenProse(NamedTuple):
    """A paragraph."""

    pieces: tuple[Piece, ...]
    when: When | None
    line: int


class WrittenRows(NamedTuple):
    """A placeholder alone in a paragraph: rows to copy."""

    name: str
    when: When | None
    line: int


class WrittenCallout(NamedTuple):
    """A quote: a note, a warning, or how long to wait."""

    kind: CalloutKind
    prose: tuple[WrittenProse, ...]
    when: When | None
    line: int


WrittenPart = WrittenProse | WrittenRows | WrittenCallout


class WrittenItem(NamedTuple):
    """A step (from a numbered list) or a point (from a list with dashes)."""

    parts: tuple[WrittenPart, ...]
    when: When | None
    line: int


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section with what stands before its list, its steps and its points."""

    id: str
    title: str
    intro: tuple[WrittenPart, ...]
    steps: tuple[WrittenItem, ...]
    points: tuple[WrittenItem, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Written:
    """One guide file."""

    file: str
    title: str
    sections: tuple[WrittenSection, ...]

    def section(self, name: str) -> WrittenSection | None:
        """The section with that id."""
        return next((section for section in self.sections if section.id == name), None)


@cache  # read-only files of the program itself: the wizard asks for the guide again after every key press
def written(name: str, language: str) -> Written:
    """The guide file of that name in that language, or in English where it is not translated."""
    for code in (language, "en"):
        path = resource("guides", f"{name}.{code}.md")
        if path.is_file():
            return parse(path.read_text(encoding="utf-8"), path.name, GRAMMARS.get(name, GRAMMARS[""]))
    raise BadGuide(_("There is no guide “{name}”.").format(name=name), _("Please install Latchkey again."))


def has_guide(name: str) -> bool:
    """Whether there is a guide of that name. Types that somebody added themselves have none."""
    return resource("guides", f"{name}.en.md").is_file()


def parse(text: str, file: str, grammar: Grammar) -> Written:
    """Read a guide file. Raises BadGuide."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    return _Reader(file, grammar, tokens).guide()


class _Reader:
    """Walks the flat list of tokens that markdown-it makes."""

    def __init__(self, file: str, grammar: Grammar, tokens: Sequence[Token]) -> None:
        self.file = file
        self.grammar = grammar
        self.tokens = tokens
        self.position = 0

    # -- the walk ----------------------------------------------------------------------------------------------------

    def peek(self) -> str:
        return self.tokens[self.position].type if self.position < len(self.tokens) else ""

    def take(self, *types: str) -> Token:
        if self.peek() not in types:
            self.refuse_kind(self.line(), self.peek())
        self.position += 1
        return self.tokens[self.position - 1]

    def line(self) -> int:
        for token in self.tokens[self.position :: -1] if self.position < len(self.tokens) else self.tokens[::-1]:
            if token.map:
                return token.map[0] + 1
        return 1

    def refuse(self, line: int, what: str) -> NoReturn:
        raise BadGuide(
            _("{file}, line {line}: {what}.").format(file=self.file, line=line, what=what),
            _("How guides are written stands at the top of latchkey/guide/written.py."),
        )

    def refuse_kind(self, line: int, kind: str) -> NoReturn:
        self.refuse(line, _("here stands something that a guide does not have: {kind}").format(kind=kind))

    # -- blocks ------------------------------------------------------------------------------------------------------

    def guide(self) -> Written:
        title = self.heading("h1")
        sections: list[WrittenSection] = []
        while self.peek():
            section = self.section()
            if section.id in {known.id for known in sections}:
                self.refuse(section.line, _("the section {id} is there twice").format(id=section.id))
            sections.append(section)
        missing = [name for name in self.grammar.required if name not in {section.id for section in sections}]
        if missing:
            self.refuse(1, _("the section {id} is missing").format(id=missing[0]))
        return Written(self.file, title, tuple(sections))

    def heading(self, tag: str) -> str:
        line = self.line()
        token = self.take("heading_open")
        if token.tag != tag:
            self.refuse(line, _("a guide has one title (#) and sections (##)"))
        text = self.take("inline").content
        self.take("heading_close")
        return text

    def section(self) -> WrittenSection:
        line = self.line()
        found = _HEADING.fullmatch(self.heading("h2"))
        if found is None:
            self.refuse(line, _("a section's heading ends in its id, like {{#register}}").format())
        if found["id"] not in self.grammar.sections:
            known = join_list(self.grammar.sections)
            self.refuse(line, _("unknown section {id}; there are: {known}").format(id=found["id"], known=known))
        intro = tuple(self.parts(until=("ordered_list_open", "bullet_list_open", "heading_open", "")))
        steps = self.items("ordered_list") if self.peek() == "ordered_list_open" else ()
        points = self.items("bullet_list") if self.peek() == "bullet_list_open" else ()
        if self.peek() not in ("", "heading_open"):
            self.refuse(self.line(), _("after the steps and the points of a section comes the next section"))
        return WrittenSection(found["id"], found["title"], intro, steps, points, line)

    def items(self, kind: str) -> tuple[WrittenItem, ...]:
        self.take(f"{kind}_open")
        items: list[WrittenItem] = []
        while self.peek() == "list_item_open":
            line = self.line()
            self.take("list_item_open")
            parts = list(self.parts(until=("list_item_close",)))
            self.take("list_item_close")
            if not parts or not isinstance(parts[0], WrittenProse):
                self.refuse(line, _("a step starts with a sentence"))
            # The condition of the first sentence is that of the whole step.
            items.append(WrittenItem((parts[0]._replace(when=None), *parts[1:]), parts[0].when, line))
        self.take(f"{kind}_close")
        return tuple(items)

    def parts(self, until: tuple[str, ...]) -> Iterator[WrittenPart]:
        while self.peek() not in until:
            yield self.callout() if self.peek() == "blockquote_open" else self.paragraph()

    def paragraph(self) -> WrittenProse | WrittenRows:
        line = self.line()
        self.take("paragraph_open")
        children = list(self.take("inline").children or ())
        self.take("paragraph_close")
        when = self.condition(children, _WHEN, line)
        pieces = _joined(self.inline(children, line))
        if len(pieces) == 1 and pieces[0].text in self.grammar.rows:
            return WrittenRows(pieces[0].text, when, line)
        for piece in pieces:
            if piece.placeholder and piece.text not in self.grammar.values:
                known = join_list(sorted(self.grammar.values | self.grammar.rows))
                self.refuse(
                    line, _("unknown placeholder {name} here; there are: {known}").format(name=piece.text, known=known)
                )
        return WrittenProse(pieces, when, line)

    def callout(self) -> WrittenCallout:
        line = self.line()
        self.take("blockquote_open")
        children = self.tokens[self.position + 1].children if self.peek() == "paragraph_open" else None
        found = _CALLOUT.match(children[0].content) if children else None
        if not children or found is None or found["kind"] not in KINDS:
            known = join_list(f"[!{kind}]" for kind in KINDS)
            self.refuse(line, _("a quote starts with one of {known}").format(known=known))
        children[0].content = children[0].content[found.end() :]
        prose: list[WrittenProse] = []
        while self.peek() != "blockquote_close":
            part = self.paragraph()
            if isinstance(part, WrittenRows):
                self.refuse(part.line, _("values to copy stand in a step, not in a quote"))
            prose.append(part)
        self.take("blockquote_close")
        return WrittenCallout(KINDS[found["kind"]], tuple(prose), self.checked(found, line), line)

    # -- inside a paragraph ------------------------------------------------------------------------------------------

    def condition(self, children: Sequence[Token], pattern: re.Pattern[str], line: int) -> When | None:
        found = pattern.match(children[0].content) if children and children[0].type == "text" else None
        if found is None:
            return None
        children[0].content = children[0].content[found.end() :]
        return self.checked(found, line)

    def checked(self, found: re.Match[str], line: int) -> When | None:
        if found["name"] is None:
            return None
        if found["name"] not in CONDITIONS:
            known = join_list(sorted(CONDITIONS))
            self.refuse(line, _("unknown condition {name}; there are: {known}").format(name=found["name"], known=known))
        return When(found["name"], found["no"] is None)

    def inline(self, children: Sequence[Token], line: int) -> Iterator[Piece]:
        style = Piece("")
        for index, token in enumerate(children):
            match token.type:
                case "text" | "text_special":
                    yield from self.text(token.content, style, line)
                case "code_inline":
                    yield from self.text(token.content, style._replace(code=True), line)
                case "softbreak":
                    # Chinese has no spaces between words, so a line break inside a sentence is none.
                    if not (_is_wide(children[index - 1].content[-1:]) and _is_wide(children[index + 1].content[:1])):
                        yield style._replace(text=" ")
                case _:
                    style = self.style(style, token, line)

    def style(self, style: Piece, token: Token, line: int) -> Piece:
        match token.type:
            case "strong_open" | "strong_close":
                return style._replace(strong=token.type == "strong_open")
            case "em_open" | "em_close":
                return style._replace(emphasis=token.type == "em_open")
            case "link_close":
                return style._replace(href="")
            case "link_open":
                address = str(token.attrGet("href"))
                if not address.startswith("https://") or "%7B" in address:
                    self.refuse(line, _("a link starts with https:// and holds no placeholder"))
                return style._replace(href=address)
        return self.refuse_kind(line, token.type)

    def text(self, content: str, style: Piece, line: int) -> Iterator[Piece]:
        for index, part in enumerate(_PLACEHOLDER.split(content)):
            if index % 2:
                yield style._replace(text=part, placeholder=True)
            elif any(mark in part for mark in _LOOSE):
                text = part.strip()
                self.refuse(line, _("this is no placeholder, condition or link: {text}").format(text=text))
            elif part:
                yield style._replace(text=part)


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Text of one style in one piece, also where a line ends within it."""
    found: list[Piece] = []
    for piece in pieces:
        if found and not piece.placeholder and found[-1]._replace(text="") == piece._replace(text=""):
            found[-1] = piece._replace(text=found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)


def _is_wide(character: str) -> bool:
    return bool(character) and (unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—")
