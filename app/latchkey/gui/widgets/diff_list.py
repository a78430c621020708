"""The difference in one file, to read: long files stay fast, since only the lines in sight are painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from latchkey.gui.models.diff_model import DiffModel
from latchkey.gui.theme import Theme
from latchkey.gui.widgets.diff_delegate import DiffDelegate


class DiffList(QListView):
    """F7 goes to the next change, Shift+F7 to the one before; Return or a click opens a fold; Ctrl+C copies lines."""

    copy_wanted = Signal(str)
    moved = Signal()  # another line is the current one, or there are other changes

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.lines = DiffModel()
        self.setObjectName("difference")
        self.setModel(self.lines)
        self._delegate = DiffDelegate(theme, self, self.lines)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self.moved)
        self.lines.modelReset.connect(self.moved)
        self.lines.rowsInserted.connect(self.moved)

    def show_theme(self) -> None:
        """Font and colours of the theme in force."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def line_height(self) -> int:
        """Of every line."""
        return self._delegate.line_height()

    def place(self) -> tuple[int, int]:
        """The change that one is at, from 1 (0: before the first), and how many there are."""
        changes, here = self.lines.changes(), self.currentIndex().row()
        return sum(1 for change in changes if change <= here), len(changes)

    @Slot()
    def to_next(self) -> None:
        """To the next change."""
        here = self.currentIndex().row()
        self._go(next((change for change in self.lines.changes() if change > here), None))

    @Slot()
    def to_previous(self) -> None:
        """To the change before."""
        here = self.currentIndex().row()
        self._go(next((change for change in reversed(self.lines.changes()) if change < here), None))

    def to_first(self) -> None:
        """To the first change, without taking the focus."""
        self._go(next(iter(self.lines.changes()), None))

    def _go(self, row: int | None) -> None:
        if row is not None:
            index = self.lines.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = index.row()
        if self.lines.unfold(index):
            self.setCurrentIndex(self.lines.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sides are as wide as there is room."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a difference."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted(index.row() for index in self.selectedIndexes())
            self.copy_wanted.emit(self.lines.text_of(rows))
        elif event.key() == Qt.Key.Key_F7:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.to_previous()
            else:
                self.to_next()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Some lines."""
        return QSize(480, self._delegate.line_height() * 16)
