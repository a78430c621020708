"""Which page design the policies ask for. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from latchkey.guide.page_designs import DEFAULT, Design, design_of
from latchkey.policy.names import key

if TYPE_CHECKING:
    from latchkey.compose.into.places import Places

Asked = Design | Literal["own"]  # own: a page that the tenant hosts itself


def asked_design(places: Places | None) -> Asked:
    """Of policies that are there the design of their sign-in page; new ones ask for Ocean Blue."""
    page = next(iter(places.sign_in), None) if places is not None else None
    if page is None or page.step.content_definition is None:
        return DEFAULT
    shown = page.effective.content_definitions.get(key(page.step.content_definition))
    if shown is None or not shown.load_uri:
        return DEFAULT
    return design_of(shown.load_uri) or "own"
