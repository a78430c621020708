"""The element tree of one policy file, with exact positions.

Read with expat (the standard library's) rather than lxml: it gives the byte offset, line and column of every tag,
which findings name and splices need; lxml gives a line only, and of a start tag that spans lines the last one.
"""

from __future__ import annotations

from collections.abc import Iterator


class Element:
    """One element. `tag` is the local name in the policy namespace, `{uri}name` in any other.

    `line` (from 1) and `start` (byte offset) are of its `<`; `close` is the byte offset of its end tag, or just past
    the tag where it is empty (`<X />`). `text` is its own character data, as written, but for blanks between its
    children. Read only once built.
    """

    __slots__ = ("attributes", "children", "close", "line", "start", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], line: int, start: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""
        self.line = line
        self.start = self.close = start

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(name, default)

    def child(self, tag: str) -> Element | None:
        """The first child with that tag."""
        for element in self.children:
            if element.tag == tag:
                return element
        return None

    def all(self, tag: str) -> list[Element]:
        """The children with that tag."""
        return [element for element in self.children if element.tag == tag]

    def path(self, *tags: str) -> list[Element]:
        """The elements at the end of a path of tags, through every matching child."""
        found = [self]
        for tag in tags:
            found = [child for element in found for child in element.children if child.tag == tag]
        return found

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.children))
