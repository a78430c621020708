"""What policies that are there say of their sign-in page: its design, and texts of its own. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from latchkey.policy.buttons import page_strings
from latchkey.policy.names import key
from latchkey.policy.page_designs import DEFAULT, Design, design_of

if TYPE_CHECKING:
    from latchkey.compose.into.places import Places
    from latchkey.draft.draft import Draft

Asked = Design | Literal["own"]  # own: a page that the tenant hosts itself


def asked_design(draft: Draft, places: Places | None) -> Asked:
    """Of policies that are there the design of their sign-in page; of new ones the draft's."""
    page = next(iter(places.sign_in), None) if places is not None else None
    if page is None:
        return draft.policies.page_design or DEFAULT
    shown = page.effective.content_definitions.get(key(page.step.content_definition or ""))
    if shown is None or not shown.load_uri:
        return DEFAULT
    return design_of(shown.load_uri) or "own"


# Azure's names of the texts: https://learn.microsoft.com/azure/active-directory-b2c/localization-string-ids
_TEXTS = {
    "social_intro": "social_intro", "local_intro_generic": "local_intro", "local_intro_email": "local_intro",
    "forgotpassword_link": "forgot", "button_signin": "sign_in", "createaccount_intro": "new_here",
    "createaccount_one_link": "sign_up", "createaccount_link": "sign_up", "divider_title": "or",
    "logonidentifier_email": "email", "password": "password",
}  # fmt: skip
_FIELDS = {"signinname": "email", "email": "email", "password": "password"}


def asked_texts(places: Places | None, language: str) -> Mapping[str, str]:
    """The texts that the sign-in page of policies has of its own, under the names that the sketch gives them."""
    page = next(iter(places.sign_in), None) if places is not None else None
    found: dict[str, str] = {}
    for code, string in page_strings(page.effective, page.step) if page is not None else ():
        if key(code) != key(language) or not string.text.strip():
            continue
        if string.element_type == "UxElement":
            name = _TEXTS.get(key(string.string_id), "")
        elif string.element_type == "ClaimType" and key(string.string_id) == "displayname":
            name = _FIELDS.get(key(string.element_id), "")
        else:
            name = ""
        if name:
            found.setdefault(name, " ".join(string.text.split()))
    return found
