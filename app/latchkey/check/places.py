"""Finding the line that a finding names."""

from __future__ import annotations

import re

from latchkey.policy.reader import Document
from latchkey.policy.tree import Element

_LONGEST_TAG = 2000


def line_of_attribute(document: Document, element: Element, name: str) -> int:
    """The line on which an attribute is written, since a start tag may span several; the tag's own without it."""
    start = element.start
    end = element.children[0].start if element.children else max(element.close, start + _LONGEST_TAG)
    found = re.compile(rb"\s(?:[\w.-]+:)?" + re.escape(name.encode()) + rb"\s*=").search(document.body, start, end)
    return element.line + (document.body.count(b"\n", start, found.start() + 1) if found else 0)
