"""Tool tips of a stranger's words: ids and names out of opened files, and paths."""

from __future__ import annotations


def tip(text: str) -> str:
    """The text as a tool tip that shows it as it is written.

    A tool tip has no plain form: Qt takes whatever looks like HTML for HTML, and loads the pictures that it names, on
    Windows from other computers too, which are then sent a proof of the person's password.
    """
    if "<" not in text and "&" not in text:
        return text
    from html import escape  # seldom needed, and not at the start

    return f'<span style="white-space: pre-wrap">{escape(text)}</span>'
