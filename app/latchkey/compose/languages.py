"""The texts of Azure's pages in our languages, from `templates/policies/texts`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from latchkey.compose.naming import OUR_LANGUAGES
from latchkey.compose.setup import Setup


@dataclass(frozen=True, slots=True)
class Language:
    """One language of a set: its texts (None: only the names of buttons), and the buttons that have a name in it."""

    code: str
    texts: Mapping[str, Any] | None
    countries: str
    buttons: tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def texts(folder: Path, code: str) -> Mapping[str, Any]:
    """The texts of one of our languages, table by table."""
    return tomllib.loads((folder / f"{code}.toml").read_text("utf-8"))


def languages_of(setup: Setup, folder: Path) -> tuple[Language, ...]:
    """Our languages, then those in which the draft names a button, in its order."""
    codes = dict.fromkeys((*OUR_LANGUAGES, *(code for provider in setup.providers for code in provider.names)))
    return tuple(_language(code, setup, folder) for code in codes)


def _language(code: str, setup: Setup, folder: Path) -> Language:
    buttons = tuple((p.exchange, p.names[code]) for p in setup.providers if code in p.names)
    if code not in OUR_LANGUAGES:
        return Language(code, None, "", buttons)
    found = texts(folder, code)
    countries = json.dumps(found["countries"], ensure_ascii=False, separators=(",", ":"))
    return Language(code, found, countries, buttons)
