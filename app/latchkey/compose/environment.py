"""The jinja2 environment for policies: strict, escaping, and the same on every machine."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2.nodes import Expr


def counter() -> Callable[[], int]:
    """1, 2, 3 …: numbers orchestration steps."""
    return itertools.count(1).__next__


def escaped(value: object) -> str:
    """What an expression puts into a policy, escaped for people: an apostrophe needs nothing, since templates put
    attributes into double quotes.

    Plain text, where `markupsafe.escape` makes a `Markup` around each piece, only to join it into the whole in the next
    moment: a third of composing.
    """
    if type(value) is Markup:
        return value
    text = value if type(value) is str else str(value)
    if "&" in text or "<" in text or ">" in text or '"' in text:  # seldom; looking is quicker than replacing nothing
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text


class _Generator(CodeGenerator):
    """Templates as jinja2 compiles them, with `escaped` where an expression is put out."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(jinja2.Environment):
    code_generator_class = _Generator
    escaped = staticmethod(escaped)


@lru_cache(maxsize=4)
def environment(root: Path) -> jinja2.Environment:
    """The environment over the template folder `root`; compiled templates are kept in it.

    Everything put into a template is escaped; a name that a template does not get is an error, never an empty text.
    """
    found = _Environment(
        loader=jinja2.FileSystemLoader(root, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
        auto_reload=False,
        cache_size=-1,
    )
    found.globals["counter"] = counter
    return found
