"""What the sketch of the sign-in page shows of a draft, in one language; texts are the composed policies'. No Qt."""

from __future__ import annotations

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.compose.ids import provider_ids
from latchkey.compose.languages import texts
from latchkey.draft.draft import Draft, Provider
from latchkey.errors import Refused
from latchkey.gui.widgets.sketch_layout import Design, Page, SketchButton
from latchkey.paths import template_root
from latchkey.text import _


def sketch_page(draft: Draft, catalogue: Catalogue, design: Design, language: str) -> Page:
    """The page in one of Azure's languages (`en`, `zh-Hans`)."""
    policies = draft.policies
    exchanges = _exchanges(draft, catalogue)
    buttons = [
        SketchButton(row.key, button_text(row, catalogue.get(row.type), language), exchanges.get(row.key, ""), glyph)
        for row in draft.providers
        for glyph in [catalogue[row.type].icon if row.type in catalogue else ""]
    ]
    local = policies.local and policies.kind == "custom"
    return Page(design, tuple(buttons), local, local, sign_in_texts(language))


def button_text(provider: Provider, entry: Entry | None, language: str) -> str:
    """What customers who read `language` find on the button, as the policies decide it."""
    own = provider.names.get(language, "").strip()
    if own:
        return own
    if provider.name.strip():
        return provider.name.strip()
    if entry is None:
        return provider.profile or provider.type
    return (entry.titles or {}).get(language, entry.title)


def sign_in_texts(language: str) -> dict[str, str]:
    """The texts of the page itself."""
    found = texts(template_root() / "policies" / "texts", language)
    page, claims = found["sign_in"], found["claims"]
    email = claims["signInName"]["DisplayName"]
    small = email[:1].lower() + email[1:]
    return {
        "social_intro": page["social_intro"], "local_intro": page["local_intro_generic"].replace("{0}", small),
        "email": email, "password": claims["password"]["DisplayName"], "forgot": page["forgotpassword_link"],
        "sign_in": page["button_signin"], "new_here": page["createaccount_intro"],
        "sign_up": page["createaccount_one_link"], "or": page["divider_title"],
        "none_yet": _("your buttons"),
    }  # fmt: skip


def _exchanges(draft: Draft, catalogue: Catalogue) -> dict[str, str]:
    """The exchange id of each row: the page designs know their providers by it."""
    rows = [(row, catalogue[row.type]) for row in draft.providers if row.type in catalogue]
    try:
        return {row.key: ids.exchange for (row, _entry), ids in zip(rows, provider_ids(rows), strict=True)}
    except Refused:
        return {}
