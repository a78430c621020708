"""A secret on its way into the keyring: typed or pasted, stored at once, and not shown again unless asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from latchkey.catalogue.entries import Entry
from latchkey.check.secret_shape import secret_doubt
from latchkey.compose.secret_names import SecretName
from latchkey.gui.announce import announce
from latchkey.gui.clipboard import copied_words
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.field_row import undoes
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.labels import button, column, label, row, set_role
from latchkey.gui.widgets.secret_text import SecretText, sensitive
from latchkey.text import _, join_sentences

_PASTED = 8  # so many characters at once were not typed
_SHOWN_FOR = 20_000  # milliseconds that a secret is shown when asked


class SecretField(QWidget):
    """Label, field with Store; or, once it is stored, where, with Replace, Show and Remove."""

    storing = Signal()  # about to store: the page settles the name for good
    tenant_wanted = Signal()  # nothing can be stored before the tenant has a name

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools, self._vault = tools, tools.vault
        self._name: SecretName | None = None
        self._entry: Entry | None = None
        self._client_id = ""
        self._busy = self._replacing = False
        self._trouble = ""  # why it could not be stored
        self._length = 0  # of the text before the last change
        self._label, self._word = label(), label("soft")
        self.editor, self.store = QLineEdit(), button()
        self.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.editor.setInputMethodHints(sensitive(self.editor))
        self.editor.installEventFilter(self)
        self._doubt, self._tenant = label("attention"), button("link")
        self._place = label("hint")
        self._for_now, self._slow = label("attention"), label("attention")
        self.replace, self.reveal, self.copy, self.remove = (
            button("link"),
            button("link"),
            button("link"),
            button("link"),
        )
        self.keep, self.again = button("link"), button("link")
        self._shown = SecretText()
        self._shown.setFont(tools.theme.mono())
        self._hide_again = QTimer(self, singleShot=True, interval=_SHOWN_FOR)
        self._slow.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = Flow(spacing=4)
        top.add(self._label)
        top.add(self._word)
        self._entering = QWidget()
        entering = row(self._entering, spacing=8)
        entering.addWidget(self.editor, 1)
        entering.addWidget(self.store)
        self._kept = QFrame()
        self._kept.setProperty("role", "value")
        kept = column(self._kept, spacing=4, margins=(12, 7, 12, 7))
        kept.addWidget(self._place)
        kept.addWidget(self._shown)
        self._ways = Flow(spacing=12)
        for each in (self.replace, self.reveal, self.copy, self.remove):
            self._ways.add(each)
        layout = column(self, spacing=4)
        layout.addWidget(top)
        for part in (
            self._entering, self._kept, self._for_now, self.again, self._ways, self._slow, self._doubt, self._tenant,
            self.keep,
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.editor.textEdited.connect(self._typed)
        self.editor.returnPressed.connect(self.store_now)
        self.store.clicked.connect(self.store_now)
        self.replace.clicked.connect(self._replace)
        self.keep.clicked.connect(self._keep)
        self.reveal.clicked.connect(self._reveal)
        self.remove.clicked.connect(self._remove)
        self.again.clicked.connect(self._try_again)
        self.copy.clicked.connect(self._copy)
        self._shown.copy_asked.connect(self._copy)
        self._tenant.clicked.connect(self.tenant_wanted)
        self._hide_again.timeout.connect(self._hide)
        self._vault.changed.connect(self._show)
        self._vault.kept.connect(self._stored)
        self._vault.trouble.connect(self._failed)
        self._vault.waiting.connect(self._tell_slow)

    def show_secret(self, name: SecretName | None, entry: Entry, client_id: str) -> None:
        """Which secret it is. None: its name can't be worked out yet."""
        if name != self._name:
            self._hide()
            self._replacing, self._trouble = False, ""
        self._name, self._entry, self._client_id = name, entry, client_id
        if name is not None and name.tenant and self._vault.stored(*name) is None:
            self._vault.look(*name)
        self._show()

    @property
    def unkept(self) -> bool:
        """A secret stands in the field that is not stored yet."""
        return not self.isHidden() and bool(self.editor.text().strip())

    @property
    def storing_now(self) -> bool:
        """The keyring was asked to take it and has not answered."""
        return self._busy

    def settle(self) -> None:
        """The page is left: what was typed and looks right is stored, what was shown is hidden."""
        self._hide()
        if self.editor.text().strip() and not self._doubts():
            self.store_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the field stores; undo and redo are the draft's, and a secret is never among them."""
        if watched is not self.editor:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and undoes(event):
            event.ignore()
            return True
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            elsewhere = event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if not elsewhere and self.editor.text().strip() and not self._doubts():
                self.store_now()
        return super().eventFilter(watched, event)

    # Doing

    @Slot()
    def store_now(self) -> None:
        """Put what was typed into the keyring."""
        text = self.editor.text().strip()
        if not text or self._busy or self._name is None or not self._name.tenant:
            return
        self._busy, self._trouble = True, ""
        self.storing.emit()
        self._vault.store(*self._name, text)
        self._show()

    @Slot(str, str)
    def _stored(self, tenant: str, policy_key: str) -> None:
        if not self._busy or self._name is None or (tenant, policy_key) != tuple(self._name):
            return
        self._busy = self._replacing = False
        had_focus = self.editor.hasFocus() or self.store.hasFocus()
        self._empty()
        self._show()
        announce(self, join_sentences(self._place.text(), self._for_now.text()))
        if had_focus:
            self.replace.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, str)
    def _failed(self, message: str, hint: str) -> None:
        if self._busy:
            self._busy = False
            self._trouble = join_sentences(message, hint)
            self._show()

    @Slot()
    def _replace(self) -> None:
        self._hide()
        self._replacing = True
        self._show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _keep(self) -> None:
        self._replacing, self._trouble = False, ""
        self._empty()
        self._show()
        self.replace.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        """Not `clear`: that one could be undone, so the field would go on holding the secret."""
        self.editor.setText("")
        self._length = 0

    @Slot()
    def _try_again(self) -> None:
        if self._name is not None:
            self._busy = True
            self._vault.settle(*self._name)
            self._show()

    @Slot()
    def _copy(self) -> None:
        if self._name is not None:
            job = self._vault.fetching(*self._name)
            job.done.connect(self._copied)
            self._vault.run(job)

    @Slot(object)
    def _copied(self, secret: str | None) -> None:
        if secret is not None:
            self._tools.clipboard.copy_secret(secret)
            announce(self, copied_words())

    @Slot(bool)
    def _tell_slow(self, slow: bool) -> None:
        self._slow.setVisible(slow)

    @Slot()
    def _remove(self) -> None:
        if self._name is not None:
            self._hide()
            self._vault.forget(*self._name)
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _reveal(self) -> None:
        if self._shown.text():
            self._hide()
        elif self._name is not None:
            job = self._vault.fetching(*self._name)
            job.done.connect(self._fetched)
            self._vault.run(job)

    @Slot(object)
    def _fetched(self, secret: str | None) -> None:
        if secret is None or not self.isVisible():
            return
        self._shown.setText(secret)
        self._shown.setCursorPosition(0)
        self._hide_again.start()
        self._show()

    @Slot()
    def _hide(self) -> None:
        self._hide_again.stop()
        if self._shown.text():
            self._shown.wipe()
            self._show()

    @Slot(str)
    def _typed(self, text: str) -> None:
        pasted = len(text) - self._length >= _PASTED
        self._length, self._trouble = len(text), ""
        self._show()
        if pasted and not self._doubts():
            self.store_now()

    # Showing

    def _doubts(self) -> str:
        return secret_doubt(self._entry, self.editor.text(), self._client_id) if self._entry is not None else ""

    @Slot()
    def _show(self) -> None:
        if self._entry is None or self._entry.secret is None:
            return
        name = self._name
        known = name is not None and bool(name.tenant)
        stored = self._vault.stored(*name) if name is not None and known else False
        kept = bool(stored) and not self._replacing
        self._entering.setVisible(not kept)
        for each in (self._kept, self._ways):
            each.setVisible(kept)
        self.keep.setVisible(bool(stored) and self._replacing)
        why = self._vault.for_now(*name) if kept and name is not None else ""
        self._for_now.setText(why)
        self._for_now.setVisible(bool(why))
        self.again.setVisible(bool(why))
        self.again.setEnabled(not self._busy)
        self._shown.setVisible(bool(self._shown.text()))
        self._tenant.setVisible(not known)
        self.editor.setEnabled(not self._busy)
        self.store.setEnabled(known and not self._busy and bool(self.editor.text().strip()))
        self._say(self._trouble or self._doubts(), "refusal" if self._trouble else "attention")
        self._speak(self._entry.secret.label, asking=stored is None)

    def _say(self, text: str, role: str) -> None:
        self._doubt.setText(text)
        self._doubt.setVisible(bool(text))
        set_role(self._doubt, "role", role)
        self.editor.setAccessibleDescription(text)

    def _speak(self, secret: str, *, asking: bool) -> None:
        """All words, in the language in force."""
        word = _("Azure calls it the client secret") if secret != _("Client secret") else ""
        self._label.setText(_(secret))
        self._word.setText(_("({word})").format(word=word) if word else "")
        self.editor.setAccessibleName(_(secret))
        self.editor.setPlaceholderText(_("asking the keyring…") if asking else _("kept in the keyring"))
        doubtful = bool(self._doubts())
        self.store.setText(_("Storing…") if self._busy else _("Store anyway") if doubtful else _("Store"))
        self.store.setAccessibleName(_("Store the {secret}").format(secret=_(secret)))
        in_memory = _("Kept in memory, until Latchkey is closed")
        self._place.setText(
            in_memory if self._for_now.text() else _("Stored in {place}").format(place=self._vault.place)
        )
        self._slow.setText(
            _("The keyring has not answered yet. Look for a window that asks for its password, it may be hidden.")
        )
        for each, text, what in (
            (self.replace, _("Replace…"), _("Replace the {secret}")),
            (self.reveal, _("Hide") if self._shown.text() else _("Show"), _("Show or hide the {secret}")),
            (self.copy, _("Copy"), _("Copy the {secret}")),
            (self.again, _("Put it into the keyring"), _("Put the {secret} into the keyring")),
            (self.remove, _("Remove"), _("Remove the {secret}")),
            (self.keep, _("Keep the one that is stored"), _("Keep the {secret} that is stored")),
        ):
            each.setText(text)
            each.setAccessibleName(what.format(secret=_(secret)))
        self._shown.setAccessibleName(_("The {secret}, shown for a moment").format(secret=_(secret)))
        self._tenant.setText(_("Secrets are kept per tenant. Name your tenant first."))
        self._tenant.setAccessibleName(self._tenant.text())
