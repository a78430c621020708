"""What still needs attention: the list that opens from the line below. Choosing one goes to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from latchkey.check.finding import Finding, Level
from latchkey.gui.icons import Icons
from latchkey.gui.widgets.labels import column
from latchkey.text import _

_WIDTH = 560
_TALLEST = 360


class AttentionList(QFrame):
    """A list over the window that closes by itself."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self._list = QListWidget()
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setStyleSheet("border: 0; padding: 4px;")
        self._list.setSpacing(2)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        column(self, margins=(4, 4, 4, 4)).addWidget(self._list)

    def show_findings(self, findings: Sequence[Finding], icons: Icons) -> None:
        """Fill the list."""
        self._list.clear()
        self._list.setAccessibleName(_("What needs attention"))
        for finding in findings:
            item = QListWidgetItem(f"{finding.message}\n{finding.hint}".strip())
            wrong = finding.level is Level.ERROR
            item.setIcon(icons.icon("attention", "refusal" if wrong else "attention", 18))
            item.setData(Qt.ItemDataRole.UserRole, finding)
            kind = _("Wrong") if wrong else _("Please look")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                _("{kind}: {message}").format(kind=kind, message=f"{finding.message} {finding.hint}".strip()),
            )
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def open_above(self, anchor: QWidget) -> None:
        """Show the list above the widget that it belongs to."""
        self._list.setFixedWidth(_WIDTH)
        height = sum(self._list.sizeHintForRow(index) + 4 for index in range(self._list.count())) + 16
        self._list.setFixedHeight(min(_TALLEST, height))
        self.adjustSize()
        self.move(anchor.mapToGlobal(QPoint(0, -self.sizeHint().height() - 8)))
        self.show()
        self._list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses, Escape closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._list.currentItem() is not None:
            self._choose(self._list.currentItem())
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As large as the list."""
        return QSize(self._list.width() + 8, self._list.height() + 8)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
