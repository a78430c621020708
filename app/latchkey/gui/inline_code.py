"""Commands and names that stand between backticks in sentences: shown in the font of code, or plainly. No Qt."""

from __future__ import annotations

import re

_CODE = r"`([^`]+)`"


def has_code(text: str) -> bool:
    """Whether a part of it is code."""
    return re.search(_CODE, text) is not None


def as_html(text: str) -> str:
    """Rich text: everything as it is written, code in its font."""
    from html import escape  # not at the start: it brings a table of all of HTML's names

    shown = []
    for number, part in enumerate(re.split(_CODE, text)):
        safe = escape(part).replace("\n", "<br>")
        shown.append(f'<code style="white-space: pre-wrap">{safe}</code>' if number % 2 else safe)
    return "".join(shown)


def as_text(text: str) -> str:
    """Plain text for what can't show two fonts: code stands in quotation marks."""
    return re.sub(_CODE, "“\\1”", text)
