"""Commands between backticks in sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from latchkey.check.explained import explained, rules
from latchkey.gui.inline_code import as_html, as_text, has_code


def test_code_gets_its_font_and_everything_else_stays_text() -> None:
    said = as_html("Use `a <b>` & more\nthen")
    assert said == 'Use <code style="white-space: pre-wrap">a &lt;b&gt;</code> &amp; more<br>then'
    assert as_text("Use `latchkey check`.") == "Use “latchkey check”."
    assert not has_code("one ` alone")


@given(st.text(st.sampled_from("`<>&a \n"), max_size=20))
def test_nothing_of_a_text_becomes_a_tag(text: str) -> None:
    said = as_html(text)
    for tag in ('<code style="white-space: pre-wrap">', "</code>", "<br>"):
        said = said.replace(tag, "")
    assert "<" not in said


def test_no_explanation_shows_a_backtick() -> None:
    for rule in rules():
        told = explained(rule)
        assert told is not None
        assert not any("`" in as_html(text) for text in (told.says, told.why, told.do))
