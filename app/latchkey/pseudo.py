"""A language that nobody speaks: English with accents, two fifths longer, each sentence in brackets.

`LATCHKEY_LANGUAGE=pseudo latchkey` shows at a glance what is not translated (no brackets) and where a longer language
would be cut off (no closing bracket). Tests walk every page in it. It is made from the sentences as they are asked for,
so there is nothing to keep up to date.
"""

from __future__ import annotations

import gettext
import re

OPEN, CLOSE = "⟦", "⟧"
_LONGER = 0.4  # what German or Russian need more than English
_ACCENTS = str.maketrans("AaCcDdEeGgIiKkLlNnOoRrSsTtUuYyZz", "ÅåÇçĎďÉéĜĝÎîĶķĻļÑñÖöŘřŠšŢţÛûÝýŽž")
_FILLER = " löŕem ïpsum ďolör šït ämet"
# What has to stay as it is: {fields}, <tags>, doubled braces.
_KEPT = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|<[^<>]*>|\n)")


def disguise(sentence: str) -> str:
    """A sentence in the pseudo-language. One without any letter (a comma, a bullet) says nothing and stays."""
    parts = _KEPT.split(sentence)
    letters = sum(len(part) for part in parts[::2])
    if not any(character.isalpha() for part in parts[::2] for character in part):
        return sentence
    longer = round(letters * _LONGER) or 1
    filler = (_FILLER * (longer // len(_FILLER) + 1))[:longer].rstrip()
    said = "".join(part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(parts))
    return f"{OPEN}{said}{filler}{CLOSE}"


class PseudoTranslations(gettext.NullTranslations):
    """Translates every sentence there is."""

    def gettext(self, message: str) -> str:
        """The sentence, disguised."""
        return disguise(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """English's own two forms, disguised."""
        return disguise(msgid1 if n == 1 else msgid2)
