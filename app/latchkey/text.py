"""Translation for every floor: gettext, no Qt.

The one piece of process-wide state in the program: which language the person reads. It is set by the
command line or the wizard and read at the moment a sentence is made, never kept in a value.
Sentences are whole and carry named fields: `_("{name} is missing.").format(name=name)`.
"""

from __future__ import annotations

import gettext as _gettext
import os
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from latchkey.paths import resource

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
_WIDE_ENDS = "。！？；：”」）"  # full-width signs, which bring their own space
PSEUDO = "pseudo"  # for whoever works on Latchkey: see pseudo.py

_active: list[tuple[str, _gettext.NullTranslations]] = [("en", _gettext.NullTranslations())]


def set_language(code: str) -> str:
    """Read from now on in `code` (`en` or `zh_CN`); an unknown one falls back to English. Returns the one in force."""
    if code == PSEUDO:
        from latchkey.pseudo import PseudoTranslations

        _active[0] = (PSEUDO, PseudoTranslations())
        return PSEUDO
    chosen = code if code in LANGUAGES else "en"
    _active[0] = (chosen, _translations(resource("locale") / chosen / "LC_MESSAGES" / "latchkey.mo"))
    return chosen


@cache
def _translations(file: Path) -> _gettext.NullTranslations:
    """What was compiled for a language. Not by `gettext.translation`, which loads `locale` to guess a file's name."""
    try:
        with file.open("rb") as compiled:
            return _gettext.GNUTranslations(compiled)
    except FileNotFoundError:  # English needs none
        return _gettext.NullTranslations()


def language() -> str:
    """The language in force: `en` or `zh_CN`."""
    return _active[0][0]


def wanted_language(chosen: str = "", system: Sequence[str] | None = None) -> str:
    """The language to begin with: LATCHKEY_LANGUAGE's, else the one that the person chose, else the system's."""
    return os.environ.get("LATCHKEY_LANGUAGE", "") or chosen or system_language(system)


def system_language(environ: Sequence[str] | None = None) -> str:
    """The best of our languages for this system: the first of LANGUAGE that we have, else by LC_ALL, LC_MESSAGES or
    LANG; on Windows, which has none of them, the language of its own windows.

    https://www.gnu.org/software/gettext/manual/html_node/The-LANGUAGE-variable.html
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    values = environ if environ is not None else [os.environ.get(name, "") for name in names]
    first = next((value for value in values if value), "")
    if environ is None and first not in ("C", "POSIX"):
        listed = os.environ.get("LANGUAGE", "").lower().split(":")
        first = next((one for one in listed if one.startswith(("zh", "en"))), first) or _windows_language()
    return "zh_CN" if first.lower().startswith("zh") else "en"


def _windows_language() -> str:
    """What Windows itself speaks.

    https://learn.microsoft.com/windows/win32/api/winnls/nf-winnls-getuserdefaultuilanguage
    """
    if sys.platform != "win32":
        return ""
    import ctypes

    primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
    return "zh" if primary == 0x04 else ""  # LANG_CHINESE


def _(sentence: str) -> str:
    """The sentence in the language in force."""
    return _active[0][1].gettext(sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """The right form for `count`, in the language in force."""
    return _active[0][1].ngettext(one, many, count)


def N_(sentence: str) -> str:  # noqa: N802  (gettext's own name for "mark, translate later")
    """Mark a sentence for translation where it is written down before the language is known."""
    return sentence


def join_list(items: Iterable[str]) -> str:
    """Names one after the other, with the sign that the language puts between them: “a, b” or “甲、乙”."""
    # translators: what stands between the parts of a list
    return _(", ").join(items)


def join_sentences(*sentences: str) -> str:
    """Whole sentences one after the other; empty ones don't count. Chinese puts no space between them."""
    said = ""
    for sentence in sentences:
        space = " " if said and said[-1] not in _WIDE_ENDS else ""
        said += space + sentence if sentence else ""
    return said
