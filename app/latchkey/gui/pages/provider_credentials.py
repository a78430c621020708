"""The credentials part of a provider's page: client id, secret, and the day on which the secret expires."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from latchkey.catalogue.entries import Entry
from latchkey.compose.secret_names import SecretName
from latchkey.draft import edits
from latchkey.draft.draft import Draft, Provider
from latchkey.gui.called import called
from latchkey.gui.widgets.labels import button, column, label, row, set_role
from latchkey.gui.widgets.secret_field import SecretField
from latchkey.gui.widgets.signed_secret import SignedSecret
from latchkey.text import N_, _, ngettext

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from latchkey.gui.pages.provider_base import ProviderBase
    from latchkey.signing import SignedToken

_SIDE_BY_SIDE = 560
_SOON = 30  # days before the end from which it is said in amber


class CredentialsPart(QWidget):
    """What the portal gave out. The secret never comes near the draft."""

    def __init__(self, page: ProviderBase, provider: Provider, entry: Entry) -> None:
        super().__init__()
        self._page, self._key, self._entry = page, provider.key, entry
        layout = column(self, spacing=12)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(16)
        layout.addLayout(self._beside)
        left = QWidget()
        client = column(left)
        self.client_id = page.add_field("client_id", N_("Client ID"), provider=provider.key, into=client)
        client.addStretch(1)
        self.client_id.edited.connect(self._type_client_id)
        self.secret = SecretField(page.tools)
        self.secret.storing.connect(self._settle_name)
        self.secret.tenant_wanted.connect(self._go_to_tenant)
        self.signed = SignedSecret(page.tools)
        self.signed.made.connect(self._keep_made)
        right = QWidget()
        secret = column(right, spacing=8)
        secret.addWidget(self.secret)
        secret.addWidget(self.signed)
        secret.addStretch(1)
        self._beside.addWidget(left, 1)
        self._beside.addWidget(right, 1)
        self._expiry = QWidget()
        expiry = column(self._expiry, spacing=4)
        self.remind = button("link")
        self.remind.clicked.connect(self._ask_expiry)
        self.expires = page.add_field(
            "secret_expires", N_("The secret expires on"), word=N_("year-month-day"), provider=provider.key, into=expiry
        )
        self.expires.set_placeholder("2027-03-31")
        self.expires.edited.connect(self._type_expiry)
        self._left = label("hint")
        ends = row(spacing=12)
        ends.addWidget(self._left, 1)
        expiry.addLayout(ends)
        layout.addWidget(self.remind)
        layout.addWidget(self._expiry)
        self._asked = False

    def show_credentials(self, draft: Draft, provider: Provider, name: SecretName | None) -> None:
        """Show what is known. `name`: the secret's place, None while it can't be worked out."""
        client_id = self._entry.client_id
        self.client_id.setVisible(client_id is not None)
        if client_id is not None:
            word = _("Azure calls it the client ID") if not self._entry.generic else ""
            self.client_id.say_name(_(client_id.label), word)
            self.client_id.set_placeholder(client_id.example)
        self.client_id.set_text(provider.client_id)
        needed = self._entry.keeps_secret(provider.settings)
        self.secret.setVisible(needed)
        if needed:
            self.secret.show_secret(name, self._entry, provider.client_id)
        signed = needed and self._entry.secret is not None and self._entry.secret.kind == "signed-token"
        self.signed.setVisible(signed and name is not None and bool(name.tenant))
        self.signed.show_for(provider, again=provider.secret_expires is not None)
        self._show_expiry(provider, needed=needed)
        self.note_expiry()

    def note_expiry(self) -> None:
        """The keyring's list remembers, too, when a secret ends, so that every start can remind of it."""
        provider, name = self._provider(), self._page.secret_name()
        if self._entry.keeps_secret(provider.settings) and name is not None and name.tenant and provider.secret_expires:
            self._page.tools.vault.note_expiry(*name, provider.secret_expires)

    def focus_secret(self) -> bool:
        """Put the cursor into the secret's field. False: it is not asked for."""
        shown = not self.secret.isHidden()
        if shown:
            self.secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return shown

    def leave(self) -> None:
        """The page is about to be hidden."""
        if self._entry.keeps_secret(self._provider().settings):
            self.secret.settle()

    def _show_expiry(self, provider: Provider, *, needed: bool) -> None:
        expires = provider.secret_expires
        asked = needed and (expires is not None or self._asked)
        self.remind.setVisible(needed and not asked)
        self.remind.setText(_("Does the secret expire? Note the day…"))
        self.remind.setAccessibleName(self.remind.text())
        self._expiry.setVisible(asked)
        if expires is not None:
            self.expires.set_text(expires.isoformat())
        elif not self.expires.editor.hasFocus():
            self.expires.set_text("")
        days = (expires - date.today()).days if expires is not None else None
        self._left.setText(_days_in_words(days))
        self._left.setVisible(days is not None)
        set_role(self._left, "role", "attention" if days is not None and days <= _SOON else "hint")

    @Slot(str)
    def _type_client_id(self, text: str) -> None:
        self._page.do(edits.set_client_id(self._key, text.strip(), self._called()), self.client_id)

    @Slot()
    def _settle_name(self) -> None:
        """A secret is kept under its policy key, so that name must not follow the button's text or place any more."""
        draft, provider = self._page.tools.session.draft, self._provider()
        alike = [row for row in draft.providers if row.type == provider.type]
        name = self._page.secret_name()
        if name is not None and not provider.policy_key.strip() and (not self._entry.ids.id or len(alike) > 1):
            self._page.do(edits.set_policy_key(self._key, name.policy_key, self._called()))

    @Slot(object)
    def _keep_made(self, token: SignedToken) -> None:
        """Into the keyring with it, and its last day into the draft."""
        self._settle_name()
        name = self._page.secret_name()
        if name is not None and name.tenant:
            self._page.tools.vault.store(*name, token.text, token.expires)
            self._page.do(edits.set_secret_expiry(self._key, token.expires, self._called()))

    @Slot()
    def _go_to_tenant(self) -> None:
        self._page.go("tenant")

    @Slot()
    def _ask_expiry(self) -> None:
        self._asked = True
        self._show_expiry(self._provider(), needed=True)
        self.expires.editor.setFocus()

    @Slot(str)
    def _type_expiry(self, text: str) -> None:
        expires = None
        if text.strip():
            try:
                expires = date.fromisoformat(text.strip())
            except ValueError:
                self.expires.refuse(_("Write the day as year-month-day, for example 2027-03-31."))
                return
        self._page.do(edits.set_secret_expiry(self._key, expires, self._called()), self.expires)

    def _provider(self) -> Provider:
        return self._page.tools.session.draft.provider(self._key)

    def _called(self) -> str:
        return called(self._provider(), self._page.tools.session.catalogue)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window one below the other."""
        super().resizeEvent(event)
        beside = event.size().width() >= _SIDE_BY_SIDE
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)


def _days_in_words(days: int | None) -> str:
    """How long it is until the secret ends."""
    if days is None:
        return ""
    if days < 0:
        return _("It has expired: the button does not work until there is a new one in Azure.")
    said = ngettext("{days} day left.", "{days} days left.", days).format(days=days)
    after = _("After it the button stops working for everybody. Make the new one before.")
    return f"{said} {after}"
