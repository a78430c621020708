"""What the sketch of the sign-in page shows of a draft, in one language; texts are the composed policies'. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.compose.ids import provider_ids
from latchkey.compose.languages import texts
from latchkey.draft.draft import Draft, Provider
from latchkey.errors import Refused
from latchkey.gui.sketch.pieces import Page, Screen, SketchButton
from latchkey.paths import template_root
from latchkey.policy.page_designs import TITLES, Design
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.compose.into.rows import Row


class There(NamedTuple):
    """What policies that are there have already: buttons by the draft's keys, whether they ask for e-mail and password,
    and texts of their own for the page, under the sketch's names of them.
    """

    rows: Mapping[str, Row]
    local: bool
    texts: Mapping[str, str]


def sketch_page(
    draft: Draft, catalogue: Catalogue, design: Design, language: str, there: There | None = None
) -> Page:  # fmt: skip
    """The page in one of Azure's languages (`en`, `zh-Hans`)."""
    policies = draft.policies
    rows = there.rows if there is not None else {}
    exchanges = _exchanges(draft, catalogue) | {name: row.exchange for name, row in rows.items()}
    buttons = [
        SketchButton(
            row.key,
            button_text(row, catalogue.get(row.type), language, rows.get(row.key)),
            exchanges.get(row.key, ""),
            glyph,
        )
        for row in draft.providers
        for glyph in [catalogue[row.type].icon if row.type in catalogue else ""]
    ]
    local = there.local if there is not None else policies.local and policies.kind == "custom"
    own = there.texts if there is not None else {}
    return Page(design, tuple(buttons), local, local, sign_in_texts(language, own))


def button_text(provider: Provider, entry: Entry | None, language: str, there: Row | None = None) -> str:
    """What customers who read `language` find on the button, as the policies decide it."""
    own = provider.names.get(language, "").strip()
    if own:
        return own
    if there is not None and not provider.name.strip():
        return there.texts.get(language) or there.text or there.profile.id
    if provider.name.strip():
        return provider.name.strip()
    if entry is None:
        return provider.profile or provider.type
    return (entry.titles or {}).get(language, entry.title)


def sign_in_texts(language: str, own: Mapping[str, str]) -> dict[str, str]:
    """The texts of the page itself: `own` where policies have some, else those of composed ones."""
    found = texts(template_root() / "policies" / "texts", language)
    page, claims = found["sign_in"], found["claims"]
    said = {
        "social_intro": page["social_intro"],
        "local_intro": page["local_intro_generic"],
        "email": claims["signInName"]["DisplayName"],
        "password": claims["password"]["DisplayName"],
        "forgot": page["forgotpassword_link"],
        "sign_in": page["button_signin"],
        "new_here": page["createaccount_intro"],
        "sign_up": page["createaccount_one_link"],
        "or": page["divider_title"],
        "none_yet": _("your buttons"),
        **own,
    }
    email = said["email"]
    said["local_intro"] = said["local_intro"].replace("{0}", email[:1].lower() + email[1:])
    return said


def in_words(page: Page, screen: Screen) -> str:
    """The picture for somebody who does not see it: what stands where, from top to bottom."""
    kind = (
        _("Page design {design}, on a phone.") if screen == "phone" else _("Page design {design}, on a large screen.")
    )
    names = ", ".join(button.text for button in page.buttons)
    said = [kind.format(design=TITLES[page.design])]
    if not page.buttons:
        said.append(_("Fields for e-mail and password. No button yet.") if page.local else _("No button yet."))
    elif not page.local:
        said.append(_("Buttons from top to bottom: {names}").format(names=names))
    elif page.design == "classic":
        said.append(_("Fields for e-mail and password at the bottom. Above them, from top to bottom: {names}")
                    .format(names=names))  # fmt: skip
    else:
        said.append(_("Fields for e-mail and password at the top. Below them, from top to bottom: {names}")
                    .format(names=names))  # fmt: skip
    return " ".join(said)


def _exchanges(draft: Draft, catalogue: Catalogue) -> dict[str, str]:
    """The exchange id of each row: the page designs know their providers by it."""
    rows = [(row, catalogue[row.type]) for row in draft.providers if row.type in catalogue]
    try:
        return {row.key: ids.exchange for (row, _entry), ids in zip(rows, provider_ids(rows), strict=True)}
    except Refused:
        return {}
