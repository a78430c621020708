"""`latchkey guide`: what a person still does by hand."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from latchkey.catalogue.loader import load_catalogue
from latchkey.cli.exporting import PRINT, export
from latchkey.cli.layout import line_width
from latchkey.cli.terminal import DONE, Result, answer, flat
from latchkey.draft.draft import Draft
from latchkey.draft.store import load
from latchkey.errors import Refused, WrongUsage
from latchkey.guide.guide import Guide, make_guide, to_json, to_text
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.policy.policy_set import PolicySet


def run(arguments: argparse.Namespace) -> Result:
    """The guide as text, as JSON, or as a page; or the CSS for buttons without an icon."""
    if arguments.html == PRINT and arguments.css == PRINT:
        raise WrongUsage(
            _("The page and the CSS can't both go to standard output."), _("Give one of them the name of a file.")
        )
    draft = load(arguments.draft)
    policy_set = _set(arguments.set)
    guide = make_guide(draft, load_catalogue(), policy_set)
    data = to_json(guide) | _button_css(draft, policy_set, arguments)
    made: list[tuple[str, str, tuple[str, ...]]] = []
    if arguments.html is not None:
        made.append((arguments.html, _page(guide, draft), (".html", ".htm")))
    if arguments.css is not None:
        if "button_css" not in data:
            raise Refused(
                _("The ids of a user flow's buttons are Azure's own, so there is no CSS for them."),
                _("Look at the page in a browser: the id of a button is in its HTML."),
            )
        made.append((arguments.css, data["button_css"]["css"], (".css",)))
    for file, content, endings in made:
        if file != PRINT:
            export(file, content, *endings)
    printed = [content.rstrip("\n") for file, content, _endings in made if file == PRINT]
    told = [_("Wrote {file}.").format(file=flat(file)) for file, _content, _endings in made]
    text = "\n".join(printed or told) or to_text(guide, line_width())
    return answer(DONE, as_json=arguments.json, data=data, text=text)


def _set(folder: str | None) -> PolicySet | None:
    if folder is None:
        return None
    from latchkey.policy.folder import read_set

    policy_set = read_set(folder)
    if not policy_set.policies:
        raise Refused(
            _("There are no policies in {folder}.").format(folder=flat(folder)),
            _("Name the folder that latchkey compose wrote, or leave --set out."),
        )
    return policy_set


def _page(guide: Guide, draft: Draft) -> str:
    from latchkey.guide.html import to_html

    return to_html(guide, draft.done)


def _button_css(draft: Draft, policy_set: PolicySet | None, arguments: argparse.Namespace) -> dict[str, Any]:
    """What gives a button its icon; nothing for a user flow, whose buttons have ids of Azure's own."""
    from latchkey.guide.button_css import ANYWHERE, button_css, icon_buttons, picture_folder, without_icon

    folder = picture_folder(arguments.pictures) if arguments.pictures is not None else ANYWHERE
    if draft.policies.kind == "user-flow":
        return {}
    shown = without_icon(icon_buttons(draft, load_catalogue(), policy_set), arguments.design)
    css = button_css(shown, arguments.design, folder)
    return {"button_css": {"design": arguments.design, "exchanges": [one.exchange for one in shown], "css": css}}
