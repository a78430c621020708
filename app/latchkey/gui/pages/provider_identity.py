"""Who a person is: the part of a provider's page that says what can't be changed later, and lets it be chosen now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from latchkey.catalogue.entries import Entry
from latchkey.draft import edits
from latchkey.draft.draft import ClaimSource, Provider
from latchkey.gui.called import called
from latchkey.gui.widgets.labels import column, frame, label
from latchkey.gui.widgets.options import Options
from latchkey.text import N_, _

if TYPE_CHECKING:
    from latchkey.gui.pages.provider_base import ProviderBase


class IdentityPart(QWidget):
    """A warning for all; for a provider that says itself who it is, the choice between its word and a fixed one."""

    def __init__(self, page: ProviderBase, provider: Provider, entry: Entry, suggested: Callable[[], str]) -> None:
        """`suggested`: what a fixed value would be by default."""
        super().__init__()
        self._page, self._key, self._entry, self._suggested = page, provider.key, entry, suggested
        layout = column(self, spacing=12)
        note = frame("note-attention")
        inside = column(note, spacing=4, margins=(12, 10, 12, 10))
        self.warning = label()
        inside.addWidget(self.warning)
        layout.addWidget(note)
        self.choice = Options(
            page.texts,
            (
                (
                    "claim",
                    N_("The provider says it (iss)"),
                    N_("The address that it signs its tokens with. As documented."),
                ),
                (
                    "fixed",
                    N_("A fixed word of yours"),
                    N_("Stays the same, even when the provider moves to another address."),
                ),
            ),
        )
        self.choice.answer(N_("Name of this provider in your accounts"))
        self.choice.chosen.connect(self._choose)
        layout.addWidget(self.choice)
        self.value = page.add_field(
            "identity_provider", N_("Name of this provider in your accounts"), word=N_("identityProvider"),
            provider=provider.key, into=layout,
        )  # fmt: skip
        self.value.edited.connect(self._type)

    def show_identity(self, provider: Provider, user_id: str, fallback: str) -> None:
        """Say what makes a person; `user_id`: the provider's claim behind User ID."""
        name = called(provider, self._page.tools.session.catalogue)
        self.warning.setText(
            _(
                "{provider}'s {claim} and the name of the provider together are the person. Settle both before the"
                " first customer signs in: who changes either later makes strangers of them all."
            ).format(provider=name, claim=user_id or _("User ID"))
        )
        own, stated = self._entry.identity_provider, provider.identity_provider
        claim = stated.claim if isinstance(stated, ClaimSource) else "" if stated else own.claim
        choose = bool(own.claim)
        self.choice.setVisible(choose)
        self.choice.show_value("claim" if claim else "fixed")
        self.value.setVisible((not claim) if choose else stated is not None)
        self.value.set_text(stated if isinstance(stated, str) else "")
        self.value.set_placeholder(own.value or fallback)

    @Slot(str)
    def _choose(self, which: str) -> None:
        value = self._suggested() if which == "fixed" else None
        self._page.do(edits.set_identity_provider(self._key, value, self._called()))
        if which == "fixed":
            self.value.editor.setFocus()

    @Slot(str)
    def _type(self, text: str) -> None:
        if text.strip() or not self._entry.identity_provider.claim:
            self._page.do(edits.set_identity_provider(self._key, text or None, self._called()), self.value)
        else:
            self.value.refuse(_("A fixed word can't be empty. Choose the other one if the provider shall say it."))

    def _called(self) -> str:
        session = self._page.tools.session
        return called(session.draft.provider(self._key), session.catalogue)
