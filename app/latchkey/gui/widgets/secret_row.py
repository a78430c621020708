"""A stored secret that goes from the keyring into the clipboard, for the portal's field. It is never shown."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame

from latchkey.gui.announce import announce
from latchkey.gui.clipboard import SECRET_SECONDS, copied_words
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, label, row
from latchkey.text import _


class SecretRow(QFrame):
    """Says whether the secret is stored, and copies it. The clipboard forgets it after half a minute."""

    def __init__(self, tools: Tools, tenant: str, policy_key: str, name: str, otherwise: str = "") -> None:
        super().__init__()
        self.setProperty("role", "value")
        self._tools = tools
        self._tenant, self._policy_key = tenant, policy_key
        self._name, self._otherwise = name, otherwise
        self._text, self._copy = label("hint"), button("small")
        self._copy.clicked.connect(self._fetch)
        self._back = QTimer(self, singleShot=True, interval=SECRET_SECONDS * 1000)
        self._back.timeout.connect(self.show_state)
        layout = row(self, spacing=8, margins=(12, 4, 6, 4))
        layout.addWidget(self._text, 1)
        layout.addWidget(self._copy)
        tools.vault.changed.connect(self.show_state)
        tools.vault.look(tenant, policy_key)
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """Stored, not stored, or not known yet."""
        stored = self._tools.vault.stored(self._tenant, self._policy_key)
        if stored and self._tools.vault.for_now(self._tenant, self._policy_key):
            text = _("{name}: in memory, until Latchkey is closed").format(name=self._name)
        elif stored:
            text = _("{name}: stored in {place}").format(name=self._name, place=self._tools.vault.place)
        elif stored is None:
            text = _("{name}: asking the keyring…").format(name=self._name)
        else:
            text = self._otherwise or _("{name}: not stored yet").format(name=self._name)
        self._text.setText(text)
        self._copy.setText(_("Copy secret"))
        self._copy.setAccessibleName(_("Copy {name}").format(name=self._name))
        self._copy.setVisible(bool(stored))

    @Slot()
    def _fetch(self) -> None:
        job = self._tools.vault.fetching(self._tenant, self._policy_key)
        job.done.connect(self._fetched)
        self._tools.vault.run(job)

    @Slot(object)
    def _fetched(self, secret: str | None) -> None:
        if secret is None:
            return
        self._tools.clipboard.copy_secret(secret)
        self._copy.setText(_("Copied"))
        said = copied_words()
        self._text.setText(said)
        announce(self, said)
        self._back.start()
