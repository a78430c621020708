"""Whatever a person typed: pages stay well-formed, and nothing typed is read as HTML, Markdown or a template."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.any_draft import drafts
from helpers.composing import catalogue, draft, example, provider
from latchkey.draft.draft import Draft, Tenant, UserFlow, frozen
from latchkey.guide.guide import make_guide, to_json, to_text
from latchkey.guide.html import handover_html, to_html
from latchkey.guide.output import Fold, handover_text, wrapped
from latchkey.guide.prose import Prose, Span, printable

nasty = st.sampled_from(
    [
        "<script>alert(1)</script>", "</title><b>", "]]>", "<!--", "&amp;", "&#0;", "'\"><img src=x onerror=y>",
        "{{ 7 * 7 }}", "{% raw %}", "{# x #}", "{{ words.__class__ }}", "**bold**", "`code`", "[a](https://evil.example)",
        "> [!WARNING] x", "{name}", "{0}", "%s", "\x1b[31mred", "\x00", "\ud800", "\u202e", "a\nb", "\u2028", "微信", "\ufffe",
    ]
)  # fmt: skip
texts = st.lists(nasty | st.text(st.characters(exclude_categories=()), max_size=6), min_size=1, max_size=3).map("".join)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "nav", "section", "h1", "h2", "h3", "p", "a", "span", "div",
    "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "th", "td", "input", "strong", "em", "b", "code", "pre",
}  # fmt: skip


@st.composite
def typed(pick: st.DrawFn) -> Draft:
    """A draft with anything in every field that a guide shows."""
    openid = provider("openid-connect", id="Contoso", name=pick(texts), client_id=pick(texts), domain_hint=pick(texts))
    openid = replace(openid, settings=frozen({"metadata_url": pick(texts), "scope": pick(texts)}))
    found = draft("social-and-local", openid, provider("qq", name=pick(texts), policy_key=pick(texts)))
    policies = replace(
        found.policies, kind=pick(st.sampled_from(["custom", "user-flow"])), id_prefix=pick(texts),
        test_app_id=pick(texts), test_reply_url=pick(texts), ief_app_id=pick(texts),
    )  # fmt: skip
    tenant = pick(st.just(Tenant("contoso")) | st.builds(Tenant, name=texts, custom_domain=texts))
    keyed = tuple(replace(one, key=str(number)) for number, one in enumerate(found.providers))
    return replace(found, tenant=tenant, policies=policies, user_flow=UserFlow(pick(texts)), providers=keyed)


def parsed(page: str) -> ET.Element:
    return ET.fromstring(page.encode("utf-8").replace(b"<!DOCTYPE html>", b""))


@settings(max_examples=60, deadline=None)
@given(typed(), st.sampled_from(["en", "zh_CN"]))
def test_pages_hold_what_was_typed_as_text_only(made: Draft, language: str) -> None:
    guide = make_guide(made, catalogue(), language=language)
    for page in (to_html(guide, ["x"]), handover_html(guide, "0")):
        root = parsed(page)
        for element in root.iter():
            assert element.tag in TAGS
            assert not any(name.startswith("on") for name in element.attrib)
            assert element.get("href", "#").startswith(("#", "https://"))
    headings = ["".join(found.itertext()) for found in parsed(to_html(guide)).iter("h2")]
    assert [printable(one.name) for one in guide.providers] == headings[:2]


@settings(max_examples=60, deadline=None)
@given(typed(), st.sampled_from(["en", "zh_CN"]))
def test_a_terminal_gets_no_orders(made: Draft, language: str) -> None:
    guide = make_guide(made, catalogue(), language=language)
    for text in (to_text(guide), handover_text(guide, "0")):
        for letter in text.replace("\n", ""):
            assert unicodedata.category(letter) not in ("Cc", "Cs")
    assert json.loads(json.dumps(to_json(guide))) == to_json(guide)


@settings(max_examples=60, deadline=None)
@given(drafts, st.sampled_from(["en", "zh_CN"]))
def test_any_draft_has_a_guide(made: Draft, language: str) -> None:
    guide = make_guide(made, catalogue(), language=language)
    parsed(to_html(guide, made.done))
    assert to_text(guide).endswith("\n")
    json.dumps(to_json(guide))


@given(texts)
def test_a_template_in_a_name_is_a_name(name: str) -> None:
    made = draft("social", provider("qq", name=name))
    guide = make_guide(made, catalogue())
    wanted = name.strip() or "QQ"
    assert guide.providers[0].name == wanted
    assert printable(wanted) in "".join(parsed(to_html(guide)).itertext())


@given(texts, st.booleans(), st.booleans(), st.booleans())
def test_rich_text_for_labels_is_escaped(text: str, strong: bool, emphasis: bool, code: bool) -> None:
    span = Span(text, strong, emphasis, code)
    html = Prose((span,)).html
    assert "".join(parsed(f"<p>{html}</p>").itertext()) == printable(text)
    assert set(re.findall(r"<([a-z]+)", html)) <= {"strong", "em", "code"}


def test_no_link_but_https_becomes_one() -> None:
    assert "<a" not in Prose((Span("x", href="javascript:alert(1)"),)).html
    assert Prose((Span("x", href='https://a.b/"><b>'),)).html == '<a href="https://a.b/&quot;&gt;&lt;b&gt;">x</a>'


@given(st.text(st.sampled_from("ab 微信，。（）-/"), max_size=300), st.sampled_from(["", "  1. "]))
def test_lines_hold_all_words_and_keep_their_width(text: str, first: str) -> None:
    lines = list(wrapped(Fold(text, first, "     " if first else "")))
    assert "".join(lines).replace(" ", "") == (first + text).replace(" ", "")
    for line in lines:
        columns = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
        assert columns <= 100 or not re.search(r"[ 微信]", line.strip()[:-4])


def test_a_guide_fits_a_narrow_terminal() -> None:
    guide = make_guide(example("contoso"), catalogue())
    wide, narrow = to_text(guide), to_text(guide, 60)
    assert "".join(narrow.split()) == "".join(wide.split())
    sentences = [line for line in narrow.splitlines() if len(line) > 60]
    assert len(sentences) < len([line for line in wide.splitlines() if len(line) > 60]) / 3
    assert narrow.splitlines()[2] == "Made by Latchkey for contoso.onmicrosoft.com. It holds no"
    assert to_text(guide, 100) == wide


def test_an_address_is_never_broken() -> None:
    guide = make_guide(example("contoso"), catalogue())
    lines = [line.strip() for line in to_text(guide).splitlines()]
    for link in guide.test_links:
        assert link.url in lines
