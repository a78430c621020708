"""`latchkey guide`: what a person still does by hand."""

from __future__ import annotations

import argparse
from pathlib import Path

from latchkey.catalogue.loader import load_catalogue
from latchkey.cli.terminal import DONE, Result, answer, flat
from latchkey.draft.draft import Draft
from latchkey.draft.store import load
from latchkey.errors import Refused, Unreadable
from latchkey.guide.guide import Guide, make_guide, to_json, to_text
from latchkey.text import _


def run(arguments: argparse.Namespace) -> Result:
    """The guide as text, as JSON, or as a page."""
    draft = load(arguments.draft)
    guide = _guide(draft, arguments.set)
    if arguments.html is not None:
        _write_page(guide, draft, arguments.html)
    text = to_text(guide) if arguments.html is None else _("Wrote {file}.").format(file=flat(arguments.html))
    return answer(DONE, as_json=arguments.json, data=to_json(guide), text=text)


def _guide(draft: Draft, folder: str | None) -> Guide:
    if folder is None:
        return make_guide(draft, load_catalogue())
    from latchkey.policy.folder import read_set

    policy_set = read_set(folder)
    if not policy_set.policies:
        raise Refused(
            _("There are no policies in {folder}.").format(folder=flat(folder)),
            _("Name the folder that latchkey compose wrote, or leave --set out."),
        )
    return make_guide(draft, load_catalogue(), policy_set)


def _write_page(guide: Guide, draft: Draft, file: str) -> None:
    from latchkey.files import write_whole
    from latchkey.guide.html import to_html

    try:
        write_whole(Path(file), to_html(guide, draft.done).encode("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Unreadable(
            _("{path} can't be written: {reason}.").format(path=flat(file), reason=reason),
            _("Choose another place for the page."),
        ) from error
