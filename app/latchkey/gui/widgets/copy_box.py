"""Several lines to copy together."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from latchkey.gui.announce import announce
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, row
from latchkey.text import _


class CopyBox(QFrame):
    """The lines in a fixed-width font, and Copy above them, which says when it has."""

    def __init__(self, tools: Tools, text: str, name: str) -> None:
        super().__init__()
        self.setProperty("role", "value")
        self._clipboard = tools.clipboard
        self._name = name
        self._text = QPlainTextEdit(text)
        self._text.setReadOnly(True)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTabChangesFocus(True)
        self._text.setFont(tools.theme.mono())
        self._text.setObjectName("copied")
        lines = text.count("\n") + 2
        self._text.setFixedHeight(QFontMetrics(tools.theme.mono()).lineSpacing() * lines + 12)
        self._button = button("small")
        self._button.clicked.connect(self.copy)
        self._back = QTimer(self, singleShot=True, interval=2000)
        self._back.timeout.connect(self._say)
        layout = row(self, spacing=8, margins=(8, 6, 6, 6))
        layout.addWidget(self._text, 1)
        beside = column()
        beside.addWidget(self._button)
        beside.addStretch(1)
        layout.addLayout(beside)
        self._say()

    @Slot()
    def copy(self) -> None:
        """Copy, and say so for two seconds."""
        self._clipboard.copy(self._text.toPlainText())
        self._button.setText(_("Copied"))
        announce(self, _("Copied"))
        self._back.start()

    @Slot()
    def _say(self) -> None:
        self._button.setText(_("Copy"))
        self._button.setAccessibleName(_("Copy {name}").format(name=self._name))
        self._text.setAccessibleName(self._name)
