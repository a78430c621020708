"""The short texts around the guides."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

from latchkey.guide.words import words
from latchkey.paths import resource
from latchkey.text import LANGUAGES

CODE = Path(__file__).parents[3] / "app" / "latchkey" / "guide"


def fields(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys_and_fields(language: str) -> None:
    english, other = words("en").texts, words(language).texts
    assert list(other) == list(english)
    for key, text in other.items():
        assert fields(text) == fields(english[key]), key
        assert text.strip() == text, key


def test_no_text_is_left_over() -> None:
    used = "".join(
        [path.read_text("utf-8") for path in [*CODE.glob("*.py"), *resource("..", "templates", "guide").glob("*")]]
    )
    for key in words("en").texts:
        made = key.startswith(("option_", "usage_", "app_")) or key in ("note", "warning", "wait")
        assert made or re.search(rf"[\"']{key}[\"']", used), key


def test_what_is_filled_in_is_no_format() -> None:
    assert words("en")("key_secret", label="{name}", name="{0.__class__}") == "the {name} of {0.__class__}"


def test_an_unknown_language_reads_english() -> None:
    assert words("fr").texts == words("en").texts


def test_files_are_toml_with_texts_only() -> None:
    for language in LANGUAGES:
        found = tomllib.loads(resource("guides", f"words.{language}.toml").read_text("utf-8"))
        assert all(isinstance(text, str) for text in found.values())
