"""Changing a policy file by exact byte ranges, and nothing else in it.

An XML library's round trip changes every real policy file (order of bytes in tags, line ends, BOM, blank lines). Here a
change is a `Splice`: the bytes from `start` to `end` of the body give way to a text. All outside the splices stays
byte for byte. What is inserted takes over the line ends, the indentation and the way of closing empty tags of its
neighbours.

Inserting and removing are each other's inverse: `remove` takes away exactly the bytes that `insert_after` put in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import escape

from latchkey.policy.names import control_character
from latchkey.policy.reader import UTF8, Document
from latchkey.policy.tree import Element

_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_BLANK = b" \t"
_REST_OF_LINE = re.compile(rb"(?:[ \t]|<!--(?:(?!-->|\n).)*-->)*(?=\r?\n)")


class Splice(NamedTuple):
    """The bytes `start` to `end` of a document's body give way to `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class New:
    """An element to be written. Text is escaped, children are indented. `comment` is a line of its own above it, or is
    made from the element as it comes out.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[New, ...] = ()
    text: str = ""
    comment: str | Callable[[str], str] = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out: its line ends, one step of indentation, what stands before `/>`, and what before each
    element's name (a namespace prefix, which hardly anybody uses).
    """

    eol: str
    unit: str
    close: str
    prefix: str = ""


def layout(document: Document) -> Layout:
    """What the file does most."""
    body = document.body
    eol = "\r\n" if body.count(b"\r\n") * 2 > body.count(b"\n") else "\n"
    spaced, tight = body.count(b" />"), len(re.findall(rb"[^ ]/>", body))
    return Layout(eol, _unit(document), " " if spaced >= tight else "", _prefix(document))


def apply(document: Document, splices: Iterable[Splice]) -> bytes:
    """The file's bytes after the splices, in its own encoding. Splices must not overlap; insertions at one place keep
    their order.

    Letters that the file's encoding lacks become character references.
    """
    body = document.body
    parts: list[bytes] = []
    position = 0
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        if splice.start < position or splice.end < splice.start:
            raise ValueError("splices overlap")
        parts += (body[position : splice.start], splice.text.encode())
        position = splice.end
    parts.append(body[position:])
    changed = b"".join(parts)
    if changed == body:
        return document.data
    if document.encoding in UTF8:
        return changed if document.encoding.startswith("utf") else _ascii(changed)
    return changed.decode().encode(document.encoding, "xmlcharrefreplace")


def _ascii(changed: bytes) -> bytes:
    return changed.decode().encode("ascii", "xmlcharrefreplace")


def tag_end(document: Document, element: Element) -> int:
    """The offset just past an element's start tag (or past the whole of an empty one)."""
    found = _TAG.match(document.body, element.start)
    if found is None:  # pragma: no cover (expat found a tag there)
        raise ValueError("no tag")
    return found.end()


def is_empty_tag(document: Document, element: Element) -> bool:
    """Written as `<X />`."""
    return document.body[tag_end(document, element) - 2 : tag_end(document, element)] == b"/>"


def end(document: Document, element: Element) -> int:
    """The offset just past an element."""
    if is_empty_tag(document, element):
        return tag_end(document, element)
    return document.body.index(b">", element.close) + 1


def indentation(document: Document, position: int) -> str | None:
    """The blanks between the start of the line and `position`; None where something else stands there."""
    start = document.body.rfind(b"\n", 0, position) + 1
    before = document.body[start:position]
    return before.decode() if not before.strip(_BLANK) and start > 0 else None


def set_attribute(document: Document, element: Element, name: str, value: str) -> Splice:
    """Give an attribute another value, or add it as the last one."""
    finish = tag_end(document, element)
    tag = document.body[element.start : finish]
    for found in re.finditer(rb"""\s([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""", tag):
        if found.group(1).decode() == name:
            quote = found.group(2)[:1].decode()
            start = element.start + found.start(2) + 1
            return Splice(start, element.start + found.end(2) - 1, attribute_text(value, quote))
    close = 2 if tag.endswith(b"/>") else 1
    last = len(tag[:-close].rstrip(_BLANK + b"\r\n"))
    return Splice(element.start + last, element.start + last, f' {name}="{attribute_text(value)}"')


def set_text(document: Document, element: Element, text: str) -> Splice:
    """Give an element without children another text."""
    if is_empty_tag(document, element):
        start = (
            len(document.body[element.start : tag_end(document, element) - 2].rstrip(_BLANK + b"\r\n")) + element.start
        )
        name = re.match(rb"<([^\s/>]+)", document.body[element.start :])
        assert name is not None
        return Splice(start, tag_end(document, element), f">{escape(text)}</{name.group(1).decode()}>")
    return Splice(tag_end(document, element), element.close, escape(text))


def insert_after(document: Document, parent: Element, after: Element | None, items: Iterable[New]) -> Splice:
    """Put new children behind `after`, or first in `parent`. `parent` must not be an empty tag (see `fill`)."""
    style = layout(document)
    if after is not None:
        position = end(document, after)
        indent = indentation(document, after.start)
    else:
        position = tag_end(document, parent)
        indent = _child_indentation(document, parent, style)
    rest = _REST_OF_LINE.match(document.body, position)
    if indent is None or (rest is None and after is not None):
        return Splice(position, position, "".join(_flat(item, style) for item in items))
    if rest is not None:
        position = rest.end()
    text = "".join(f"{style.eol}{indent}{write(item, style, indent)}" for item in items)
    return Splice(position, position, text)


def fill(document: Document, element: Element, items: Iterable[New]) -> Splice:
    """Open an empty tag (`<X />`) and put children into it."""
    style = layout(document)
    finish = tag_end(document, element)
    start = len(document.body[element.start : finish - 2].rstrip(_BLANK + b"\r\n")) + element.start
    own = indentation(document, element.start) or ""
    indent = own + style.unit
    inner = "".join(f"{style.eol}{indent}{write(item, style, indent)}" for item in items)
    return Splice(start, finish, f">{inner}{style.eol}{own}</{style.prefix}{element.tag}>")


def remove(document: Document, element: Element, since: int | None = None) -> Splice:
    """Take an element away with its line; `since` is where to begin instead (a comment above that belongs to it)."""
    start = element.start if since is None else since
    body = document.body
    if indentation(document, start) is not None:
        line = body.rfind(b"\n", 0, start)
        start = line - 1 if line > 0 and body[line - 1 : line] == b"\r" else line
    return Splice(start, end(document, element), "")


def write(item: New, style: Layout, indent: str = "") -> str:
    """The text of a new element, its first line without indentation."""
    if not item.children:
        return _comment(item, _bare(item, style), style.eol + indent) + _bare(item, style)
    deeper = indent + style.unit
    inner = "".join(f"{style.eol}{deeper}{write(child, style, deeper)}" for child in item.children)
    name = style.prefix + item.tag
    text = f"<{name}{_attributes(item)}>{inner}{style.eol}{indent}</{name}>"
    return _comment(item, text, style.eol + indent) + text


def _flat(item: New, style: Layout) -> str:
    text = _bare(item, style)
    return _comment(item, text, "") + text


def _bare(item: New, style: Layout) -> str:
    inner = escape(item.text) + "".join(_flat(child, style) for child in item.children)
    name = style.prefix + item.tag
    if not inner:
        return f"<{name}{_attributes(item)}{style.close}/>"
    return f"<{name}{_attributes(item)}>{inner}</{name}>"


def _comment(item: New, text: str, between: str) -> str:
    comment = item.comment if isinstance(item.comment, str) else item.comment(text)
    return f"<!-- {comment_text(comment)} -->{between}" if comment else ""


def _attributes(item: New) -> str:
    return "".join(f' {name}="{attribute_text(value)}"' for name, value in item.attributes.items())


def attribute_text(value: str, quote: str = '"') -> str:
    """A value as it stands between quotes. Line ends and tabs become references, or they would read as blanks."""
    if control_character(value):
        raise ValueError("a control character can't be written into a policy")
    extra = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;", quote: "&quot;" if quote == '"' else "&apos;"}
    return escape(value, extra)


def comment_text(text: str) -> str:
    """A text that may stand in a comment: no two hyphens together, none at the end."""
    return re.sub(r"[\s-]+\Z", "", re.sub(r"-(?=-)", "- ", text)).strip()


def _child_indentation(document: Document, parent: Element, style: Layout) -> str | None:
    for child in parent.children:
        found = indentation(document, child.start)
        if found is not None:
            return found
    own = indentation(document, parent.start)
    return None if own is None else own + style.unit


def _prefix(document: Document) -> str:
    found = re.match(rb"<([^\s/>:]+:)", document.body[document.root.start :])
    return found.group(1).decode() if found else ""


def _unit(document: Document) -> str:
    """One step of indentation: the commonest difference between an element and its first child."""
    counts: dict[str, int] = {}
    for element in document.elements:
        if element.children:
            own, below = indentation(document, element.start), indentation(document, element.children[0].start)
            if own is not None and below is not None and below.startswith(own) and len(below) > len(own):
                step = below[len(own) :]
                counts[step] = counts.get(step, 0) + 1
    return max(counts, key=lambda step: counts[step]) if counts else "  "
