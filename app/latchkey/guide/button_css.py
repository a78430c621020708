"""The few lines of CSS that give a sign-in button its icon on the real page, where the page design has none for it.

They go by the id of the button's exchange, and belong into a copy of the page design that the tenant hosts itself:
https://learn.microsoft.com/azure/active-directory-b2c/customize-ui-with-html. Azure's own pages take no CSS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape
from zlib import crc32

from latchkey.catalogue.entries import Entry
from latchkey.compose.ids import provider_ids
from latchkey.draft.draft import Draft
from latchkey.errors import Refused
from latchkey.policy.buttons import Button, buttons
from latchkey.policy.names import key
from latchkey.policy.page_designs import TITLES, Design, has_icon
from latchkey.text import _
from latchkey.tiles import darkened, initials, ink_on

if TYPE_CHECKING:
    from latchkey.policy.policy_set import PolicySet

ANYWHERE = "https://www.example.com/icons"  # until the person says where the pictures lie
_PLAIN = "#586474"
# Names that Windows keeps for itself, whatever stands behind a dot:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)
_NO_HOST = re.compile(r"[\s\"'<>\\^`{|}]")


class IconButton(NamedTuple):
    """A button: its exchange's id, what customers read on it, and its provider's colour (empty: none is known)."""

    exchange: str
    name: str
    color: str = ""


def icon_buttons(
    draft: Draft, catalogue: Mapping[str, Entry], policy_set: PolicySet | None = None
) -> tuple[IconButton, ...]:
    """The buttons of a draft; with a set, those that its sign-in policies show, which may have other ids."""
    rows = [(row, catalogue[row.type]) for row in draft.providers if row.type in catalogue]
    ids = provider_ids(rows)
    own = [
        (one.technical_profile, IconButton(one.exchange, row.name.strip() or entry.title, entry.color))
        for (row, entry), one in zip(rows, ids, strict=True)
    ]
    if policy_set is None:
        return tuple([button for _profile, button in own])
    colors = {key(profile): button.color for profile, button in own}
    return tuple(
        [
            IconButton(one.exchange, one.text or one.technical_profile, colors.get(key(one.technical_profile), ""))
            for one in _shown_in(policy_set)
        ]
    )


def _shown_in(policy_set: PolicySet) -> Iterator[Button]:
    """The buttons of every journey that an application can start, each once."""
    found: set[str] = set()
    for policy in policy_set.policies:
        party = policy.relying_party
        if party is None or party.default_journey is None:
            continue
        effective = policy_set.effective(policy)
        journey = effective.journey(party.default_journey.id)
        for button in buttons(effective, journey) if journey is not None else ():
            if key(button.exchange) not in found:
                found.add(key(button.exchange))
                yield button


def without_icon(shown: Iterable[IconButton], design: Design) -> tuple[IconButton, ...]:
    """The buttons for which a design has no icon of its own, each once."""
    found = {button.exchange: button for button in shown if button.exchange}
    return tuple([button for button in found.values() if not has_icon(design, button.exchange)])


def button_css(shown: Sequence[IconButton], design: Design, folder: str = ANYWHERE) -> str:
    """CSS for these buttons. `folder` is the address under which `letter_picture`s, or better ones, can be loaded."""
    head = f"/* Sign-in buttons with icons of their own, for the page design {TITLES[design]}. */\n"
    return "\n".join([head, *[_rules(button, design, folder) for button in shown]])


def picture_folder(text: str) -> str:
    """The address of the folder with the pictures, as a person typed it. Raises Refused for what a page can't load."""
    address = text.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        fine = parts.scheme.casefold() == "https" and bool(parts.hostname) and not _NO_HOST.search(address)
    except ValueError:
        fine = False
    if not fine or parts.query or parts.fragment:
        raise Refused(
            _("“{text}” can't be the address of the pictures.").format(text=text.strip()),
            _("Azure's page loads them over https only: https://www.example.com/icons"),
        )
    return address


def picture_name(exchange: str) -> str:
    """The file name of a button's picture; ids that differ have names that differ."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", exchange)
    safe = plain == exchange and _DEVICE.fullmatch(plain) is None
    return f"{plain}.svg" if safe else f"{plain}-{crc32(exchange.encode()):08x}.svg"


def letter_picture(button: IconButton) -> str:
    """A picture to begin with: a tile in the provider's colour with one or two letters of the button's name."""
    ground = button.color or _PLAIN
    letters = initials(button.name)
    size = 34 if len(letters) == 1 else 28
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="14" fill="{ground}"/>'
        f'<text x="32" y="33" fill="{ink_on(ground)}" font-family="Segoe UI, Noto Sans, Arial, sans-serif"'
        f' font-size="{size}" font-weight="700" text-anchor="middle" dominant-baseline="central">'
        f"{escape(letters)}</text></svg>\n"
    )


def css_id(identifier: str) -> str:
    """An id as a CSS selector writes it: https://drafts.csswg.org/cssom/#serialize-an-identifier."""
    return "".join(_escaped(identifier))


def _escaped(identifier: str) -> Iterator[str]:
    for place, letter in enumerate(identifier):
        leading = place == 0 or (place == 1 and identifier[0] == "-")
        if letter == "\0":
            yield "\ufffd"
        elif letter < " " or letter == "\x7f" or (letter in "0123456789" and leading):
            yield f"\\{ord(letter):x} "
        elif letter == "-" and len(identifier) == 1:
            yield "\\-"
        elif letter >= "\x80" or letter in "-_" or letter.isalnum():
            yield letter
        else:
            yield f"\\{letter}"


def _rules(button: IconButton, design: Design, folder: str) -> str:
    """Two rules: at rest, and under the mouse. Without #api in front the designs' own rules would be stronger."""
    face = button.color or _PLAIN
    picture = f'background-image: url("{folder}/{quote(picture_name(button.exchange))}");'
    if design == "classic":  # it sets neither place nor size, and paints an unknown provider grey
        strong = darkened(face)
        rest = [
            f"background-color: {strong};", picture, "background-position: 4px 3px;", "background-size: 26px 26px;",
            "color: #ffffff;",
        ]  # fmt: skip
        hover = [f"background-color: {_shaded(strong)};"]
    else:
        rest = [picture]
        hover = [f"background-color: {darkened(face)};", "color: #ffffff;"]
    name = " ".join(button.name.replace("*/", "* /").replace("</", "< /").split())
    chosen = f"#api #{css_id(button.exchange)}"
    return f"/* {name} */\n" + _rule(chosen, rest) + _rule(f"{chosen}:hover", hover)


def _rule(chosen: str, lines: Sequence[str]) -> str:
    return f"{chosen} {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _shaded(color: str) -> str:
    """A fifth darker."""
    return "#" + "".join(f"{int(color[start : start + 2], 16) * 4 // 5:02x}" for start in (1, 3, 5))
