"""Help, Stored secrets: all that this computer's keyring holds for Latchkey, whichever draft is open. Names and last
days; a value only goes in, or to the clipboard.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget

from latchkey.gui.announce import announce
from latchkey.gui.clipboard import copied_words
from latchkey.gui.shell.dialogs import HelpDialog
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, empty, frame, label, row, set_role
from latchkey.gui.widgets.secret_text import sensitive
from latchkey.secrets import SOON, Stored
from latchkey.text import _, ngettext

_HEIGHT = 260


class StoredSecrets(HelpDialog):
    """One row a secret, with its last day; replacing one opens the fields below."""

    def __init__(self, parent: QWidget, tools: Tools) -> None:
        super().__init__(parent, _("Stored secrets"), 640)
        self._tools, self._vault = tools, tools.vault
        self._stored: tuple[Stored, ...] = ()
        self._replacing: Stored | None = None
        self._place = label("soft", _("Asking the keyring…"))
        self.body.addWidget(self._place)
        self._lay_out_rows()
        self._lay_out_editor()
        self._says = label("hint")
        self._says.hide()
        self.body.addWidget(self._says)
        self.add_close().setFocus()
        self._vault.listed.connect(self._list)
        self._vault.changed.connect(self._ask)
        self._vault.trouble.connect(self._trouble)
        self._vault.ask_for_list()

    def _lay_out_rows(self) -> None:
        inside = QWidget()
        self.rows = column(inside, spacing=8, margins=(0, 0, 0, 0))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.setMinimumHeight(_HEIGHT)
        area.setAccessibleName(_("Stored secrets"))
        self.body.addWidget(area, 1)

    def _lay_out_editor(self) -> None:
        self.editor = frame("value")
        inside = column(self.editor, spacing=6, margins=(12, 10, 12, 10))
        self._whose = label("")
        self.secret, self.day = QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setInputMethodHints(sensitive(self.secret))
        self.secret.setAccessibleName(_("The new secret"))
        self.day.setPlaceholderText("2027-03-31")
        self.day.setAccessibleName(_("Its last day"))
        self.secret.returnPressed.connect(self._store)
        self.day.returnPressed.connect(self._store)
        self.store, self.leave = button("primary"), button()
        self.store.setText(_("Store"))
        self.leave.setText(_("Keep the one that is stored"))
        self.store.clicked.connect(self._store)
        self.leave.clicked.connect(self._close_editor)
        ways = row(spacing=8)
        for each in (self.store, self.leave):
            each.setAccessibleName(each.text())
            ways.addWidget(each)
        ways.addStretch(1)
        ends = label("soft", _("Its last day (year-month-day), if it has one"))
        for part in (self._whose, self.secret, ends, self.day):
            inside.addWidget(part)
        inside.addSpacing(4)
        inside.addLayout(ways)
        self.editor.hide()
        self.body.addWidget(self.editor)

    # Showing

    @Slot()
    def _ask(self) -> None:
        self._vault.ask_for_list()

    @Slot(object)
    def _list(self, stored: tuple[Stored, ...]) -> None:
        self._stored = stored
        place = self._vault.place
        count = len(stored)
        if not count:
            self._place.setText(_("Latchkey has stored no secret in {place}.").format(place=place))
        else:
            said = ngettext("{count} secret in {place}.", "{count} secrets in {place}.", count)
            self._place.setText(said.format(count=count, place=place))
        empty(self.rows)
        for one in stored:
            self.rows.addWidget(self._row(one))
        self.rows.addStretch(1)

    def _row(self, one: Stored) -> QWidget:
        line = frame("value")
        inside = row(line, spacing=12, margins=(12, 6, 8, 6))
        names = column(spacing=0)
        names.addWidget(label("", one.policy_key))
        names.addWidget(label("hint", _("Tenant {tenant}").format(tenant=one.tenant)))
        inside.addLayout(names, 1)
        if one.expires is not None:
            near = one.expires - date.today() <= SOON
            ends = label("attention" if near else "hint", _until(one.expires), wrap=False)
            inside.addWidget(ends, 0, Qt.AlignmentFlag.AlignVCenter)
        for text, what, does in (
            (_("Copy"), _("Copy {name}"), self._copy),
            (_("Replace…"), _("Replace {name}"), self._replace),
            (_("Remove"), _("Remove {name}"), self._remove),
        ):
            made = button("link")
            made.setText(text)
            made.setAccessibleName(what.format(name=one.called))
            made.clicked.connect(partial(does, one))
            inside.addWidget(made)
        return line

    # Doing

    def _copy(self, one: Stored) -> None:
        job = self._vault.fetching(one.tenant, one.policy_key)
        job.done.connect(self._copied)
        self._vault.run(job)

    @Slot(object)
    def _copied(self, secret: str | None) -> None:
        if secret is not None:
            self._tools.clipboard.copy_secret(secret)
            self._say(copied_words())

    def _replace(self, one: Stored) -> None:
        self._replacing = one
        self._whose.setText(_("A new secret for {name}").format(name=one.called))
        self.day.setText(one.expires.isoformat() if one.expires else "")
        self.editor.show()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _close_editor(self) -> None:
        self._replacing = None
        self.secret.setText("")  # not clear(): that could be undone
        self.editor.hide()

    @Slot()
    def _store(self) -> None:
        one, secret = self._replacing, self.secret.text().strip()
        if one is None:
            return
        try:
            expires = date.fromisoformat(self.day.text().strip()) if self.day.text().strip() else None
        except ValueError:
            self._say(_("Write the day as year-month-day, for example 2027-03-31."), "refusal")
            return
        if secret:
            self._vault.store(one.tenant, one.policy_key, secret, expires)
        elif expires is not None:
            self._vault.note_expiry(one.tenant, one.policy_key, expires)
            self._vault.ask_for_list()
        self._say("")
        self._close_editor()

    def _remove(self, one: Stored) -> None:
        self._close_editor()
        self._vault.forget(one.tenant, one.policy_key)
        self._say(_("{name} is removed. A policy key in Azure stays as it is.").format(name=one.called))

    @Slot(str, str)
    def _trouble(self, message: str, hint: str) -> None:
        self._say(f"{message} {hint}".strip(), "refusal")

    def _say(self, text: str, role: str = "hint") -> None:
        set_role(self._says, "role", role)
        self._says.setText(text)
        self._says.setVisible(bool(text))
        announce(self, text)


def _until(expires: date) -> str:
    days = (expires - date.today()).days
    if days < 0:
        return _("ended on {date}").format(date=expires.isoformat())
    if days > SOON.days:
        return _("ends on {date}").format(date=expires.isoformat())
    said = ngettext("ends on {date}, in {days} day", "ends on {date}, in {days} days", days)
    return said.format(date=expires.isoformat(), days=days)
