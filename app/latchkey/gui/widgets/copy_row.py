"""A value to copy letter by letter, with its button."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from latchkey.gui.announce import announce
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, row
from latchkey.text import _

_AROUND = 8  # pixels above and below the lines of a value: the ring of its focus, and what fractions need


class Value(QPlainTextEdit):
    """Text that can be selected, all of it in view: what has no room on one line goes on in the next."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("copied")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, 1, 0, 0)  # in the middle of its room
        self.textChanged.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less width means more lines."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other lines."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls; here is nothing to scroll."""
        event.ignore()

    @Slot()
    def _fit(self) -> None:
        lines = self.blockBoundingRect(self.document().firstBlock()).height()
        self.setFixedHeight(max(ceil(lines), QFontMetrics(self.font()).lineSpacing()) + _AROUND)


class CopyRow(QFrame):
    """The value in a fixed-width font, selectable, and Copy beside it, which says when it has."""

    copied = Signal()

    def __init__(self, tools: Tools, value: str = "", name: str = "") -> None:
        super().__init__()
        self.setProperty("role", "value")
        self._clipboard = tools.clipboard
        self._name = name
        self._value = Value()
        self._value.setFont(tools.theme.mono())
        self._button = button("small")
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self.copy)
        self._back = QTimer(self, singleShot=True, interval=2000)
        self._back.timeout.connect(self.retranslate)
        layout = row(self, spacing=8, margins=(6, 4, 6, 4))
        layout.addWidget(self._value, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_value(value, name)

    @property
    def value(self) -> str:
        """What is copied."""
        return self._value.toPlainText()

    def set_value(self, value: str, name: str | None = None) -> None:
        """Show another value; `name` says what it is, for whoever hears it."""
        if name is not None:
            self._name = name
        if value != self.value:
            self._value.setPlainText(value)
        self.retranslate()

    @Slot()
    def copy(self) -> None:
        """Copy, and say so for two seconds."""
        self._clipboard.copy(self.value)
        self._button.setText(_("Copied"))
        announce(self, _("Copied"))
        self._back.start()
        self.copied.emit()

    @Slot()
    def retranslate(self) -> None:
        """The button's and the field's names in the language in force."""
        self._button.setText(_("Copy"))
        self._button.setAccessibleName(_("Copy {name}").format(name=self._name or self.value))
        self._button.setAccessibleDescription(self.value)
        self._value.setAccessibleName(self._name or _("Value to copy"))
        self._button.setEnabled(bool(self.value))
