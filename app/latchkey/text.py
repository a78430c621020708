"""Translation for every floor: gettext, no Qt.

The one piece of process-wide state in the program: which language the person reads. It is set by the
command line or the wizard and read at the moment a sentence is made, never kept in a value.
Sentences are whole and carry named fields: `_("{name} is missing.").format(name=name)`.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Sequence

from latchkey.paths import resource

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_active: list[tuple[str, _gettext.NullTranslations]] = [("en", _gettext.NullTranslations())]


def set_language(code: str) -> str:
    """Read from now on in `code` (`en` or `zh_CN`); an unknown one falls back to English. Returns the one in force."""
    chosen = code if code in LANGUAGES else "en"
    folder = str(resource("locale"))
    translations = _gettext.translation("latchkey", folder, [chosen], fallback=True)
    _active[0] = (chosen, translations)
    return chosen


def language() -> str:
    """The language in force: `en` or `zh_CN`."""
    return _active[0][0]


def system_language(environ: Sequence[str] | None = None) -> str:
    """The best of our languages for this system, from LC_ALL, LC_MESSAGES or LANG."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    values = environ if environ is not None else [os.environ.get(name, "") for name in names]
    first = next((value for value in values if value), "")
    return "zh_CN" if first.lower().startswith("zh") else "en"


def _(sentence: str) -> str:
    """The sentence in the language in force."""
    return _active[0][1].gettext(sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """The right form for `count`, in the language in force."""
    return _active[0][1].ngettext(one, many, count)


def N_(sentence: str) -> str:  # noqa: N802  (gettext's own name for "mark, translate later")
    """Mark a sentence for translation where it is written down before the language is known."""
    return sentence
