"""Which page design the policies ask for. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

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
