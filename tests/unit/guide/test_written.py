"""The guide files that ship, in both languages, and what the parser refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.composing import catalogue
from latchkey.guide.grammar import CONDITIONS, GRAMMARS, PROVIDER
from latchkey.guide.written import (
    BadGuide,
    Written,
    WrittenCallout,
    WrittenItem,
    WrittenPart,
    WrittenProse,
    WrittenRows,
    has_guide,
    parse,
    written,
)
from latchkey.paths import resource
from latchkey.text import LANGUAGES

NAMES = sorted({path.name.partition(".")[0] for path in resource("guides").glob("*.md")})
WHOLE = """# T

## Register {#register}

Intro.

1. First.

## Copy {#credentials}

1. Second.

## More {#good-to-know}

- Point.
"""


def test_each_type_has_a_guide_in_every_language() -> None:
    for type_, entry in catalogue().items():
        assert has_guide(type_), type_
        for language in LANGUAGES:
            assert (resource("guides") / f"{type_}.{language}.md").is_file(), (type_, language)
            if entry.user_flow.way != "none":
                assert written(type_, language).section("user-flow") is not None


def test_no_guide_lies_about_that_nothing_reads() -> None:
    assert set(NAMES) == {*catalogue(), "other", *(name for name in GRAMMARS if name)}


@pytest.mark.parametrize("name", NAMES)
def test_languages_have_the_same_steps_values_and_warnings(name: str) -> None:
    english = list(structure(written(name, "en")))
    for language in LANGUAGES:
        assert list(structure(written(name, language))) == english


def structure(guide: Written) -> Iterator[object]:
    """All of a guide but its words: what a translation must share. Placeholders in sentences may change their order."""
    for section in guide.sections:
        yield section.id
        yield from parts(section.intro)
        for item in (*section.steps, *section.points):
            yield ("item", item in section.steps, item.when)
            yield from parts(item.parts)


def parts(found: tuple[WrittenPart, ...]) -> Iterator[object]:
    for part in found:
        match part:
            case WrittenProse():
                yield ("prose", part.when, sorted(piece.text for piece in part.pieces if piece.placeholder))
            case WrittenRows():
                yield ("rows", part.name, part.when)
            case WrittenCallout():
                yield (part.kind, part.when)
                yield from parts(part.prose)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_chinese_is_chinese_and_english_is_english(name: str, language: str) -> None:
    for section in written(name, language).sections:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in section.title) == (language == "zh_CN")


def test_every_placeholder_and_condition_of_the_grammar_is_in_use() -> None:
    for kind in GRAMMARS:
        names = [kind] if kind else [name for name in NAMES if name not in GRAMMARS]
        text = "".join([(resource("guides") / f"{name}.en.md").read_text("utf-8") for name in names])
        for placeholder in GRAMMARS[kind].values | GRAMMARS[kind].rows:
            assert f"{{{{ {placeholder} }}}}" in text, (kind, placeholder)
    everything = "".join([path.read_text("utf-8") for path in resource("guides").glob("*.en.md")])
    for condition in CONDITIONS:
        assert f"if {condition}]" in everything or f"if not {condition}]" in everything, condition


def test_a_missing_language_falls_back_to_english() -> None:
    assert written("wechat", "fr") == written("wechat", "en")


def test_an_unknown_guide_is_refused() -> None:
    with pytest.raises(BadGuide, match="no guide"):
        written("nobody", "en")


def test_a_whole_guide() -> None:
    guide = parse(WHOLE, "x.en.md", PROVIDER)
    assert [section.id for section in guide.sections] == ["register", "credentials", "good-to-know"]
    first = guide.sections[0]
    assert first.title == "Register"
    assert isinstance(first.steps[0], WrittenItem)
    assert first.steps[0].line == 7


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("# T", "T"), 1, "does not have: paragraph_open"),
        (("# T", "## T"), 1, "one title"),
        (("# T\n", "# T\n# U\n"), 2, "one title"),
        (("{#register}", ""), 3, "ends in its id"),
        (("{#register}", "{#registre}"), 3, "unknown section registre; there are: register"),
        (("{#credentials}", "{#register}"), 9, "twice"),
        (("## Copy {#credentials}\n\n1. Second.\n", ""), 1, "credentials is missing"),
        (("First.", "First {{ callbak }}."), 7, "unknown placeholder callbak"),
        (("First.", "First {{ callback }}."), 7, "unknown placeholder callback here"),
        (("First.", "First {{callback}}."), 7, "no placeholder"),
        (("First.", "First {{ name|safe }}."), 7, "no placeholder"),
        (("First.", "[if rain] First."), 7, "unknown condition rain"),
        (("First.", "First [if secret] second."), 7, "no placeholder, condition or link"),
        (("First.", "First.\n\n   > Just so."), 9, "a quote starts with one of"),
        (("First.", "First.\n\n   > [!DANGER] So."), 9, "a quote starts with one of"),
        (("First.", "First.\n\n   > [!NOTE if rain] So."), 9, "unknown condition rain"),
        (("First.", "First.\n\n   > [!NOTE] So.\n   >\n   > {{ callback }}"), 11, "not in a quote"),
        (("First.", "{{ callback }}"), 7, "starts with a sentence"),
        (("First.", "First [there](http://example.com)."), 7, "https"),
        (("First.", "First [there](javascript:alert)."), 7, "or link"),
        (("First.", "First [there](https://example.com/{{ name }})."), 7, "or link"),
        (("First.", "First [there](<https://example.com/{{ name }}>)."), 7, "https"),
        (("First.", "First ![picture](https://example.com/x.png)."), 7, "does not have: image"),
        (("First.", "First.\n\n   ```\n   code\n   ```"), 9, "does not have: fence"),
        (("First.", "First.\n\n   1. Deeper."), 9, "does not have: ordered_list_open"),
        (("First.", "First.\n\nAfterwards."), 9, "comes the next section"),
        (("- Point.", "---"), 15, "does not have: hr"),
    ],
)
def test_what_is_not_in_the_form_is_refused_with_file_and_line(change: tuple[str, str], line: int, said: str) -> None:
    with pytest.raises(BadGuide) as refused:
        parse(WHOLE.replace(*change, 1), "x.en.md", PROVIDER)
    assert refused.value.message.startswith(f"x.en.md, line {line}: ")
    assert said in refused.value.message
    assert refused.value.hint


def test_html_in_a_guide_stays_text() -> None:
    guide = parse(WHOLE.replace("First.", "<b>First</b>."), "x.en.md", PROVIDER)
    part = guide.sections[0].steps[0].parts[0]
    assert isinstance(part, WrittenProse)
    assert "".join(piece.text for piece in part.pieces) == "<b>First</b>."


def test_lines_join_with_a_space_but_not_inside_chinese() -> None:
    guide = parse(WHOLE.replace("First.", "One\n   two，\n   三。"), "x.en.md", PROVIDER)
    part = guide.sections[0].steps[0].parts[0]
    assert isinstance(part, WrittenProse)
    assert "".join(piece.text for piece in part.pieces) == "One two，三。"


fragments = st.sampled_from(
    ["# ", "## ", "{#register}", "1. ", "- ", "> ", "[!NOTE]", "[if secret]", "{{ name }}", "{{ callback }}", "**", "`",
     "[a](https://b.c)", "\n", "\n\n", "   ", "<b>", "word ", "。", "```\n", "---\n", "&amp;", "\\"]
)  # fmt: skip


@given(st.lists(fragments | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, WHOLE.replace("First.", text), WHOLE + text):
        try:
            guide = parse(whole, "x.en.md", PROVIDER)
        except BadGuide as refused:
            assert refused.message.startswith("x.en.md, line ")
        else:
            assert set(PROVIDER.required) <= {section.id for section in guide.sections}


def test_guides_end_in_one_line_feed() -> None:
    for path in sorted(Path(resource("guides")).iterdir()):
        data = path.read_bytes()
        assert data.endswith(b"\n"), path.name
        assert not data.endswith(b"\n\n"), path.name
        assert b"\r" not in data, path.name
