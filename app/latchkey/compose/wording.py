"""Texts of a draft on their way into policies: one line, without edges, and nothing that XML can't carry.

White space: tabs and line ends become one space and the edges go. A policy's reader, a browser and XML's attribute
rules each do some of this on their own; done once, here, what is parsed back is exactly what `cleaned` gave.
"""

from __future__ import annotations

from latchkey.draft.characters import one_line, refused_character, shown
from latchkey.errors import Refused
from latchkey.text import _


def cleaned(text: str, field: str) -> str:
    """`text` as policies carry it. `field` is the key's path in the draft. Raises Refused."""
    if text.isalnum():  # most are: nothing to look for
        return text
    line = one_line(text)
    bad = refused_character(line)
    if bad:
        raise Refused(
            _("{field} holds the character {character}, which a policy file can't carry.").format(
                field=field, character=bad
            ),
            _("Type the text anew, without that character."),
        )
    return line.strip()


def wrong(field: str, text: str, expected: str) -> Refused:
    """The refusal of a value that can't be composed."""
    return Refused(_("{field}: “{text}” can't be used.").format(field=field, text=shown(text)), expected)
