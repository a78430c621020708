"""A value to copy letter by letter, with its button."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy

from latchkey.gui.announce import announce
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, row
from latchkey.text import _


class CopyRow(QFrame):
    """The value in a fixed-width font, selectable, and Copy beside it, which says when it has."""

    copied = Signal()

    def __init__(self, tools: Tools, value: str = "", name: str = "") -> None:
        super().__init__()
        self.setProperty("role", "value")
        self._clipboard = tools.clipboard
        self._name = name
        self._value = QLineEdit(value)
        self._value.setReadOnly(True)
        self._value.setFrame(False)
        self._value.setFont(tools.theme.mono())
        self._value.setObjectName("copied")
        self._button = button("small")
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self.copy)
        self._back = QTimer(self, singleShot=True, interval=2000)
        self._back.timeout.connect(self.retranslate)
        layout = row(self, spacing=8, margins=(6, 4, 6, 4))
        layout.addWidget(self._value, 1)
        layout.addWidget(self._button)
        self.set_value(value, name)

    @property
    def value(self) -> str:
        """What is copied."""
        return self._value.text()

    def set_value(self, value: str, name: str | None = None) -> None:
        """Show another value; `name` says what it is, for whoever hears it."""
        if name is not None:
            self._name = name
        if value != self._value.text():
            self._value.setText(value)
        self._value.setCursorPosition(0)
        self._value.setToolTip(value)
        self.retranslate()

    @Slot()
    def copy(self) -> None:
        """Copy, and say so for two seconds."""
        self._clipboard.copy(self._value.text())
        self._button.setText(_("Copied"))
        announce(self, _("Copied"))
        self._back.start()
        self.copied.emit()

    @Slot()
    def retranslate(self) -> None:
        """The button's and the field's names in the language in force."""
        self._button.setText(_("Copy"))
        self._button.setAccessibleName(_("Copy {name}").format(name=self._name or self._value.text()))
        self._button.setAccessibleDescription(self._value.text())
        self._value.setAccessibleName(self._name or _("Value to copy"))
        self._button.setEnabled(bool(self._value.text()))
