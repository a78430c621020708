"""Comments by which Latchkey knows its own hand again, and how it takes that hand off.

    <!-- Latchkey added 1a2b3c4d -->            the element that follows is ours
    <!-- Latchkey changed 1a2b3c4d was <X …/> -->   the element before it stands where <X …/> stood
    <!-- Latchkey hid <X …/> -->                <X …/> stood here

The digest is of the element as we wrote it (line ends aside). Where it no longer fits, a person has changed the element
since: then it is theirs, and the mark means nothing any more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from latchkey.policy import splice
from latchkey.policy.reader import Comment, Document
from latchkey.policy.splice import Splice
from latchkey.policy.tree import Element

_ADDED = re.compile(r"Latchkey added ([0-9a-f]{8})(?:: (.*))?")
_CHANGED = re.compile(r"Latchkey changed ([0-9a-f]{8}) was (.*)", re.DOTALL)
_REFERENCE = re.compile(r"&#(12[89]|1[3-9][0-9]|[2-9][0-9][0-9]|[1-9][0-9]{3,5});")  # letters beyond ASCII
_HID = re.compile(r"Latchkey hid (.*)", re.DOTALL)


class Added(NamedTuple):
    """An element of ours, the comment above it, and the label in that."""

    comment: Comment
    element: Element
    label: str


NAMED = " (by its name)"  # behind the label of a provider whose ids nobody chose: they came of its name then


def added(digest_of: str, name: str = "") -> str:
    """The text of the comment above an element of ours."""
    label = splice.comment_text(name)
    return f"Latchkey added {digest(digest_of)}" + (f": {label}" if label else "")


def changed(now: str, was: str) -> str:
    """The comment behind an element that we changed."""
    return f"<!-- Latchkey changed {digest(now)} was {_hide(was)} -->"


def hid(was: str) -> str:
    """The comment in the place of an element that we took off."""
    return f"<!-- Latchkey hid {_hide(was)} -->"


def digest(text: str) -> str:
    """Eight hexadecimal digits for a piece of XML, whatever its line ends, and whether or not its letters had to be
    written as references, because the file's encoding lacks them.
    """
    plain = _REFERENCE.sub(lambda found: chr(int(found.group(1))), text.replace("\r\n", "\n"))
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()[:8]


def source(document: Document, element: Element) -> str:
    """An element as it is written."""
    return document.body[element.start : splice.end(document, element)].decode()


def _said(document: Document, comment: Comment) -> str:
    """A comment as it is written: XML's readers turn line ends into plain ones."""
    return document.body[comment.start + 4 : comment.end - 3].decode().strip()


def own_elements(document: Document) -> Iterator[Added]:
    """The elements of ours that nobody has changed since."""
    following = _following(document)
    for comment in document.comments:
        found = _ADDED.fullmatch(_said(document, comment))
        element = following.get(comment.start) if found else None
        if found and element is not None and digest(source(document, element)) == found.group(1):
            yield Added(comment, element, found.group(2) or "")


def stale(document: Document) -> bool:
    """A mark of ours no longer fits: somebody has changed the element since."""
    said = [_said(document, comment) for comment in document.comments]
    marked = sum(bool(_ADDED.fullmatch(text) or _CHANGED.fullmatch(text)) for text in said)
    return marked > sum(1 for _mark in own_elements(document)) + sum(1 for _one in changed_elements(document))


def peel(
    document: Document,
    ours: Iterable[Added],
    also: Iterable[Splice] = (),
    keep: Callable[[Element], bool] | None = None,
) -> bytes:
    """The file without our hand: without these elements of ours, and with what we changed or hid as it was.

    `also` are lines that belong to what goes (buttons and exchanges of our profiles). What `keep` says yes to stays as
    we changed it, since something that a person has made their own leans on it.
    """
    splices = [*_restorations(document, keep)]
    containers: dict[int, tuple[Element, int]] = {}
    for mark in ours:
        if _inside(mark.comment.start, splices):
            continue
        splices.append(splice.remove(document, mark.element, mark.comment.start))
        parent = mark.comment.parent
        if parent is not None:
            containers[id(parent)] = (parent, containers.get(id(parent), (parent, 0))[1] + 1)
    for container, gone in containers.values():
        if gone == len(container.children) and container.tag not in _MAY_BE_EMPTY:
            inner = (container.start, splice.end(document, container))
            splices = [one for one in splices if not (inner[0] <= one.start and one.end <= inner[1])]
            splices.append(splice.remove(document, container))
    splices += [one for one in also if not _inside(one.start, splices)]
    return splice.apply(document, splices)


_MAY_BE_EMPTY = frozenset(("BuildingBlocks", "TrustFrameworkPolicy"))


def changed_elements(document: Document) -> Iterator[tuple[Element, Comment, str]]:
    """The elements that we changed and nobody since: with the comment behind each, and what it was."""
    preceding = _preceding(document)
    for comment in document.comments:
        found = _CHANGED.fullmatch(_said(document, comment))
        element = preceding.get(comment.start) if found else None
        if found and element is not None and digest(source(document, element)) == found.group(1):
            yield element, comment, _show(found.group(2))


def _restorations(document: Document, keep: Callable[[Element], bool] | None) -> Iterator[Splice]:
    for comment in document.comments:
        hidden = _HID.fullmatch(_said(document, comment))
        if hidden:
            yield Splice(comment.start, comment.end, _show(hidden.group(1)))
    for element, comment, was in changed_elements(document):
        if keep is None or not keep(element):
            yield Splice(element.start, comment.end, was)


def _inside(position: int, splices: Iterable[Splice]) -> bool:
    return any(one.start <= position < one.end for one in splices)


def _following(document: Document) -> dict[int, Element]:
    """For each comment the element that comes right after it, blanks aside, in the same parent."""
    starts = {element.start: element for element in document.elements}
    body = document.body
    return {
        comment.start: starts[position]
        for comment in document.comments
        if (position := _skip_blanks(body, comment.end)) in starts
    }


def _preceding(document: Document) -> dict[int, Element]:
    """For each comment the element that ends right where it starts."""
    ends = {splice.end(document, element): element for element in document.elements}
    return {comment.start: ends[comment.start] for comment in document.comments if comment.start in ends}


def _skip_blanks(body: bytes, position: int) -> int:
    while position < len(body) and body[position] in b" \t\r\n":
        position += 1
    return position


def _hide(text: str) -> str:
    return text.replace("~", "~0").replace("--", "-~1")


def _show(text: str) -> str:
    return text.replace("~1", "-").replace("~0", "~")
