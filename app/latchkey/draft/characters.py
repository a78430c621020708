"""Characters: which ones no text of a draft may hold, and how foreign text is shown in a message."""

from __future__ import annotations

import re

# Unicode's control characters (tab and line ends among them: every text of a draft is one line), halves of surrogate
# pairs, and the two code points that XML forbids. Names end up in XML, in terminals and in HTML: none has a use there.
_REFUSED = "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
_WHITE = re.compile(r"[\t\r\n\x0b\x0c\x85]+")
_LONGEST_SHOWN = 60


def refused_character(text: str) -> str:
    """The first character that a draft can't hold, as `U+0007`, or empty."""
    if text.isprintable():  # most are, and none of those can be printed
        return ""
    found = re.search(_REFUSED, text)
    return f"U+{ord(found.group()):04X}" if found else ""


def one_line(text: str) -> str:
    """The text with tabs and line ends turned into single spaces: what pasting into a one-line field should do."""
    return _WHITE.sub(" ", text)


def shown(text: str, longest: int = _LONGEST_SHOWN) -> str:
    """The text as a message may quote it: printable, on one line, not endless."""
    visible = "".join(character if character.isprintable() else "\ufffd" for character in text[: longest + 1])
    return visible if len(text) <= longest else visible[:longest] + "…"
