"""Which page belongs to which step. A page's module is imported when it is first shown, so that the window stands soon;
the imports are written out, so that a frozen program has them all.
"""

from __future__ import annotations

from collections.abc import Callable

from latchkey.draft.steps import PROVIDER
from latchkey.gui.pages.base import Page
from latchkey.gui.tools import Tools

Maker = Callable[[Tools, str], Page]


def make_page(step: str, tools: Tools) -> Page:
    """The page of a step; each provider has one of its own (`Page.step` tells which)."""
    return MAKERS[PROVIDER if step.startswith(PROVIDER) else step](tools, step)


def _start(tools: Tools, step: str) -> Page:
    from latchkey.gui.pages.start import StartPage

    return StartPage(tools, step)


def _tenant(tools: Tools, step: str) -> Page:
    from latchkey.gui.pages.tenant import TenantPage

    return TenantPage(tools, step)


def _accounts(tools: Tools, step: str) -> Page:
    if tools.session.source is not None:
        from latchkey.gui.pages.policies import PoliciesPage

        return PoliciesPage(tools, step)
    from latchkey.gui.pages.accounts import AccountsPage

    return AccountsPage(tools, step)


def _buttons(tools: Tools, step: str) -> Page:
    from latchkey.gui.pages.buttons import ButtonsPage

    return ButtonsPage(tools, step)


def _provider(tools: Tools, step: str) -> Page:
    from latchkey.gui.pages.provider import ProviderPage

    return ProviderPage(tools, step)


def _review(tools: Tools, step: str) -> Page:
    from latchkey.gui.pages.review import ReviewPage

    return ReviewPage(tools, step)


def _save(tools: Tools, step: str) -> Page:
    if tools.session.source is not None:
        from latchkey.gui.pages.write import WritePage

        return WritePage(tools, step)
    from latchkey.gui.pages.save import SavePage

    return SavePage(tools, step)


def _go_live(tools: Tools, step: str) -> Page:
    from latchkey.gui.pages.go_live import GoLivePage

    return GoLivePage(tools, step)


MAKERS: dict[str, Maker] = {
    "start": _start,
    "tenant": _tenant,
    "accounts": _accounts,
    "buttons": _buttons,
    PROVIDER: _provider,
    "review": _review,
    "save": _save,
    "go-live": _go_live,
}
