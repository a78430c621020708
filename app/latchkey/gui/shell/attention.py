"""What still needs attention: the list that opens from the line below. Choosing one goes to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from latchkey.check.finding import Finding
from latchkey.gui.icons import Icons
from latchkey.gui.widgets.labels import column
from latchkey.text import _, join_sentences

_WIDTH = 560
_TALLEST = 360
_ICON = 18


class AttentionList(QFrame):
    """A list over the window that closes by itself."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self._list = QListWidget()
        self._list.setObjectName("attention_list")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setIconSize(QSize(_ICON, _ICON))
        self._list.setFixedWidth(_WIDTH)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        column(self, margins=(6, 6, 6, 6)).addWidget(self._list)

    def show_findings(self, findings: Sequence[tuple[str, Finding]], icons: Icons) -> None:
        """Fill the list with findings and how each is said here."""
        self._list.clear()
        self._list.setAccessibleName(_("What needs attention"))
        for said, finding in findings:
            item = QListWidgetItem(f"{said}\n{finding.hint}".strip())
            item.setIcon(icons.icon("attention", "attention", _ICON))
            item.setData(Qt.ItemDataRole.UserRole, finding)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, join_sentences(said, finding.hint))
            item.setSizeHint(QSize(_WIDTH - 16, self._height(item.text())))
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def open_above(self, anchor: QWidget) -> None:
        """Show the list above the widget that it belongs to."""
        height = sum(self._list.item(index).sizeHint().height() for index in range(self._list.count())) + 4
        self._list.setFixedHeight(min(_TALLEST, height))
        self.resize(self.sizeHint())
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
        return QSize(self._list.width() + 12, self._list.height() + 12)

    def _height(self, text: str) -> int:
        """What the text needs beside its icon."""
        room = QRect(0, 0, _WIDTH - _ICON - 60, 10_000)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        return self._list.fontMetrics().boundingRect(room, flags, text).height() + 20

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
