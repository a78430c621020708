"""What the help menu's dialogs have in common: a heading, room for what they say, and buttons below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from latchkey.gui.widgets.dialog import Dialog
from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.text import _


class HelpDialog(Dialog):
    """Closes with Escape; goes when it is closed."""

    def __init__(self, parent: QWidget, title: str, width: int = 460) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        whole = column(self, spacing=12, margins=(24, 20, 24, 20))
        self.heading = label("heading", title)
        whole.addWidget(self.heading)
        self.body: QVBoxLayout = column(spacing=12)
        whole.addLayout(self.body, 1)
        whole.addSpacing(4)
        self._buttons = row(spacing=8)
        self._buttons.addStretch(1)
        whole.addLayout(self._buttons)

    def add_button(self, text: str, look: str = "", *, left: bool = False) -> QPushButton:
        """A button below, from left to right; `left`: apart from the others."""
        made = button(look)
        made.setText(text)
        made.setAccessibleName(text)
        made.setDefault(look == "primary")
        if left:
            self._buttons.insertWidget(0, made)
        else:
            self._buttons.addWidget(made)
        return made

    def add_close(self, look: str = "") -> QPushButton:
        """The button that closes."""
        made = self.add_button(_("Close"), look)
        made.clicked.connect(self.reject)
        return made
