"""The jinja2 environment for policies: strict, escaping, and the same on every machine."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import jinja2


def counter() -> Callable[[], int]:
    """1, 2, 3 …: numbers orchestration steps."""
    return itertools.count(1).__next__


@lru_cache(maxsize=4)
def environment(root: Path) -> jinja2.Environment:
    """The environment over the template folder `root`; compiled templates are kept in it.

    Everything put into a template is escaped; a name that a template does not get is an error, never an empty text.
    """
    found = jinja2.Environment(
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
