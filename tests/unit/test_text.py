"""The program's one global: the language, how it is chosen, and the signs that are the language's own."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latchkey import text
from latchkey.pseudo import CLOSE, OPEN, disguise
from latchkey.text import _, join_list, join_sentences, language, ngettext, set_language, wanted_language


def fields(sentence: str) -> list[str]:
    return [name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name is not None]


@pytest.mark.parametrize("code", ["en", "zh_CN", text.PSEUDO])
def test_a_known_language_is_spoken(code):
    assert set_language(code) == code
    assert language() == code


@pytest.mark.parametrize("code", ["", "xx", "../zh_CN"])
def test_an_unknown_language_is_english(code):
    assert set_language(code) == "en"


def test_the_environment_comes_before_the_choice_and_that_before_the_system(monkeypatch):
    assert wanted_language("", ["zh_CN.UTF-8"]) == "zh_CN"
    assert wanted_language("en", ["zh_CN.UTF-8"]) == "en"
    monkeypatch.setenv("LATCHKEY_LANGUAGE", "pseudo")
    assert wanted_language("en", ["zh_CN.UTF-8"]) == "pseudo"


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        (["", "", "zh_CN.UTF-8"], "zh_CN"),
        (["zh_TW", "", "en_US"], "zh_CN"),
        (["C", "zh_CN", ""], "en"),
        (["", "", ""], "en"),
        (["de_DE", "", ""], "en"),
        (["zh-Hans-CN", "en-US"], "zh_CN"),
    ],
)
def test_the_systems_language_is_understood(environ, code):
    assert text.system_language(environ) == code


@pytest.mark.parametrize(
    ("wanted", "locale", "code"),
    [
        ("zh_CN", "en_US.UTF-8", "zh_CN"),
        ("fr:zh_CN:en", "en_US.UTF-8", "zh_CN"),
        ("en_GB:zh", "zh_CN.UTF-8", "en"),
        ("fr", "zh_CN.UTF-8", "zh_CN"),
        ("", "zh_CN.UTF-8", "zh_CN"),
        ("zh_CN", "C.UTF-8", "zh_CN"),
        ("zh_CN", "", "zh_CN"),
        ("zh_CN", "C", "en"),
        ("zh_CN", "POSIX", "en"),
        (":::", "C.UTF-8", "en"),
    ],
)
def test_a_list_of_languages_comes_first(monkeypatch: pytest.MonkeyPatch, wanted: str, locale: str, code: str) -> None:
    """As for all that uses gettext: https://www.gnu.org/software/gettext/manual/html_node/The-LANGUAGE-variable.html"""
    monkeypatch.setenv("LANGUAGE", wanted)
    monkeypatch.setenv("LANG", locale)
    assert text.system_language() == code


def test_lists_have_the_signs_of_the_language():
    assert join_list(["a", "b"]) == "a, b"
    set_language("zh_CN")
    assert join_list(["甲", "b"]) == "甲、b"
    assert join_list([]) == ""


def test_no_space_stands_between_chinese_sentences():
    assert join_sentences("It is missing.", "Give it.") == "It is missing. Give it."
    assert join_sentences("缺少它。", "请填写。") == "缺少它。请填写。"
    assert join_sentences("", "Give it.", "") == "Give it."


def test_plural_forms_are_the_languages():
    one, many = "{count} thing needs attention", "{count} things need attention"
    assert ngettext(one, many, 1) == one
    assert ngettext(one, many, 0) == many
    set_language("zh_CN")
    assert ngettext(one, many, 1) == ngettext(one, many, 5) != one
    set_language(text.PSEUDO)
    assert ngettext(one, many, 1) != ngettext(one, many, 5)


# The pseudo-language


def test_a_disguised_sentence_shows_itself():
    set_language(text.PSEUDO)
    said = _("{name} is missing.").format(name="qq")
    assert said.startswith(f"{OPEN}qq îš")
    assert said.endswith(CLOSE)
    assert len(said) > 1.35 * len("qq is missing.")


@given(st.lists(st.sampled_from(["Words ", "{name}", "{{", "}}", "<b>", "</b>", "\n", ", ", "你好", "1"])).map("".join))
def test_what_a_sentence_carries_comes_through(sentence):
    said = disguise(sentence)
    assert fields(said) == fields(sentence)
    assert said.count("<b>") == sentence.count("<b>")
    assert said.count("\n") == sentence.count("\n")
    assert (said != sentence) == any(
        letter.isalpha() for letter in sentence.replace("{name}", "").replace("<b>", "").replace("</b>", "")
    )
