"""A guide as one page that can be printed or sent, and the sheet for the colleague who has the rights at a provider.

One file, no scripts, nothing loaded from anywhere. Values are put in as text, never as HTML.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any

from latchkey.guide.model import Guide
from latchkey.guide.output import own_words, sheet_back
from latchkey.guide.prose import printable
from latchkey.guide.words import words
from latchkey.paths import template_root

if TYPE_CHECKING:
    import jinja2

HTML_LANGUAGES = {"zh_CN": "zh-Hans"}


def to_html(guide: Guide, done: Collection[str] = ()) -> str:
    """The whole guide as a page; `done` are the ticks that are set already."""
    return _rendered("guide/guide.html.j2", guide, done=frozenset(done))


def handover_html(guide: Guide, key: str) -> str:
    """The sheet about the provider of the draft's row `key`: what to do there and what to send back. No secret, and
    no place for one.
    """
    return _rendered("guide/handover.html.j2", guide, provider=guide.provider(key), done=frozenset())


def _rendered(template: str, guide: Guide, **context: Any) -> str:
    texts = words(guide.language)
    lang = HTML_LANGUAGES.get(guide.language, guide.language)
    return environment().get_template(template).render(
        guide=guide, words=texts, lang=lang, own_words=own_words, sheet_back=sheet_back, **context
    )  # fmt: skip


@cache  # keeps the compiled templates
def environment() -> jinja2.Environment:
    """The environment for pages: strict and escaping, like the one for policies."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(template_root(), encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )


def _shown(value: Any) -> Any:
    """Plain text without characters that a page can't hold; what a macro has made already is left alone."""
    return printable(value) if type(value) is str else value
