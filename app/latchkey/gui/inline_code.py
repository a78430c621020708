"""Commands and names that stand between backticks in sentences: shown in the font of code, or plainly. No Qt."""

from __future__ import annotations

import re
from html import escape

_CODE = re.compile(r"`([^`]+)`")


def has_code(text: str) -> bool:
    """Whether a part of it is code."""
    return _CODE.search(text) is not None


def as_html(text: str) -> str:
    """Rich text: everything as it is written, code in its font."""
    shown = []
    for number, part in enumerate(_CODE.split(text)):
        safe = escape(part).replace("\n", "<br>")
        shown.append(f'<code style="white-space: pre-wrap">{safe}</code>' if number % 2 else safe)
    return "".join(shown)


def as_text(text: str) -> str:
    """Plain text for what can't show two fonts: code stands in quotation marks."""
    return _CODE.sub("“\\1”", text)
