"""The view of the list of sign-in buttons: dragging with a line that says where a row would go, keys, a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QStyleOptionViewItem

from latchkey.gui.models.buttons_model import KEY, MIME, ButtonsModel
from latchkey.gui.widgets.button_delegate import ButtonDelegate
from latchkey.gui.widgets.dragged_card import dragged_card, hot_spot

Index = QModelIndex | QPersistentModelIndex

_SHOWN_ROWS = 3  # at least so many rows are in sight before the list scrolls
_EDGE = 32  # so near an edge, holding dragged rows scrolls the list
_SCROLL_EVERY = 16  # milliseconds


class ButtonList(QListView):
    """Says what the person wants; the page makes edits of it."""

    move_wanted = Signal(list, int)  # keys, the place before which they belong
    step_wanted = Signal(int)  # -1 up, 1 down
    end_wanted = Signal(int)  # -1 to the top, 1 to the bottom
    removal_wanted = Signal()
    opening_wanted = Signal(str)  # key
    menu_wanted = Signal(QPoint)  # where on the screen

    def __init__(self, model: ButtonsModel, delegate: ButtonDelegate) -> None:
        super().__init__()
        self._buttons = model
        self._delegate = delegate
        self._gap = -1  # where a dragged row would go; -1 while nothing is dragged
        self._held = QPoint()  # where dragged rows are held
        self._most = 0  # the height that there is for rows; 0: as much as they need
        self.setObjectName("buttons")
        self.setModel(model)
        self.setItemDelegate(delegate)
        delegate.setParent(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(False)
        self.setAutoScroll(False)  # Qt's own waits until the mouse is still, and then goes a few pixels
        self._scroll = QTimer(self, interval=_SCROLL_EVERY)
        self._scroll.timeout.connect(self._scroll_on)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self.updateGeometry)

    # Selection by key

    def selected_keys(self) -> list[str]:
        """The chosen rows in the order of the list."""
        return self._buttons.keys(self.selectionModel().selectedIndexes())

    def current_key(self) -> str:
        """The row the keyboard is on, or empty."""
        return str(self.currentIndex().data(KEY) or "")

    def select(self, keys: Sequence[str]) -> None:
        """Choose rows; the first becomes the current one and is scrolled into sight."""
        rows = [row for row in (self._buttons.row_of(key) for key in keys) if row >= 0]
        selection = self.selectionModel()
        selection.clearSelection()
        for number, row in enumerate(rows):
            index = self._buttons.index(row)
            if number == 0:
                selection.setCurrentIndex(index, selection.SelectionFlag.NoUpdate)
                self.scrollTo(index)
            selection.select(index, selection.SelectionFlag.Select)

    def choose(self, key: str, *, more: bool = False) -> None:
        """Choose one row as a press on it would; `more`: beside those chosen already, or no longer."""
        index = self._buttons.index(self._buttons.row_of(key))
        if index.isValid():
            flag = self.selectionModel().SelectionFlag
            self.selectionModel().setCurrentIndex(index, flag.Toggle if more else flag.ClearAndSelect)
            self.scrollTo(index)

    # Size: as high as its rows, up to the room there is

    def sizeHint(self) -> QSize:
        """All rows in sight, if there is room for them."""
        wanted = self._height(self._buttons.rowCount())
        least = self.minimumSizeHint().height()
        return QSize(super().sizeHint().width(), max(least, min(wanted, self._most)) if self._most else wanted)

    def give(self, height: int) -> None:
        """There is so much room; rows beyond it are scrolled to."""
        if height != self._most:
            self._most = height
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """A few rows in sight."""
        return QSize(260, self._height(min(self._buttons.rowCount(), _SHOWN_ROWS)))

    def _height(self, rows: int) -> int:
        return rows * self._delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height() + 2 * self.frameWidth()

    # Keys and menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with Up, Down, Home and End moves, Delete removes, Enter opens."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_wanted.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif alt and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.end_wanted.emit(-1 if key == Qt.Key.Key_Home else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not alt:
            self.removal_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            if self.current_key():
                self.opening_wanted.emit(self.current_key())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """At the mouse, or under the current row when the menu key asked."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).center() if self.currentIndex().isValid() else QPoint(20, 20)
        else:
            place = event.pos()
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by the Tab key there is always a row to stand on, and the keys that move it move it."""
        super().focusInEvent(event)
        if self._buttons.rowCount() and event.reason() is not Qt.FocusReason.MouseFocusReason:
            index = self.currentIndex() if self.currentIndex().isValid() else self._buttons.index(0)
            if not self.selectionModel().hasSelection():
                self.setCurrentIndex(index)
                self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # Dragging

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Lift the chosen rows; letting go elsewhere leaves everything as it was."""
        indexes = self.selectionModel().selectedIndexes()
        if not indexes:
            return
        data = self._buttons.mimeData(indexes)
        drag = QDrag(self)
        drag.setMimeData(data)
        rect = self.visualRect(indexes[0])
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        rows = sorted(indexes, key=lambda index: index.row())
        drag.setPixmap(dragged_card(rows, rect.size(), self._delegate, option, self.devicePixelRatioF()))
        drag.setHotSpot(hot_spot(rect.height()))
        drag.exec(Qt.DropAction.MoveAction)
        self._scroll.stop()
        self._show_gap(-1)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the rows would go."""
        super().dragMoveEvent(event)
        if self._takes(event.mimeData()):
            self._held = event.position().toPoint()
            self._show_gap(self._place_at(self._held))
            if self._pull() and not self._scroll.isActive():
                self._scroll.start()
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The mouse left the list."""
        super().dragLeaveEvent(event)
        self._scroll.stop()
        self._show_gap(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move, all rows at once."""
        self._scroll.stop()
        self.setState(self.State.NoState)
        self._show_gap(-1)
        if not self._takes(event.mimeData()):
            event.ignore()
            return
        place = self._place_at(event.position().toPoint())
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self.move_wanted.emit(event.mimeData().data(MIME).toStdString().split("\n"), place)

    def _pull(self) -> int:
        """How many pixels to scroll while rows are held near an edge: the nearer, the more."""
        above, below = _EDGE - self._held.y(), self._held.y() - (self.viewport().height() - _EDGE)
        depth = max(above, below)
        return 0 if depth <= 0 else (-1 if above > below else 1) * (1 + min(depth, _EDGE) // 3)

    @Slot()
    def _scroll_on(self) -> None:
        """Scroll a step further, and say anew where the rows would go."""
        bar = self.verticalScrollBar()
        before, by = bar.value(), self._pull()
        bar.setValue(before + by)
        if bar.value() == before:
            self._scroll.stop()
        else:
            self._show_gap(self._place_at(self._held))

    def _takes(self, data: QMimeData) -> bool:
        """Rows of this very list."""
        return data.hasFormat(MIME) and all(
            self._buttons.row_of(key) >= 0 for key in data.data(MIME).toStdString().split("\n")
        )

    def _place_at(self, point: QPoint) -> int:
        """The row before which something dropped at `point` belongs."""
        index = self.indexAt(QPoint(self.viewport().width() // 2, point.y()))
        if not index.isValid():
            return 0 if point.y() < 0 else self._buttons.rowCount()
        below = point.y() > self.visualRect(index).center().y()
        return index.row() + 1 if below else index.row()

    def _show_gap(self, place: int) -> None:
        if place != self._gap:
            self._gap = place
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and over them the line that says where dragged ones would go."""
        super().paintEvent(event)
        if self._gap < 0:
            return
        count = self._buttons.rowCount()
        rect = self.visualRect(self._buttons.index(min(self._gap, count - 1)))
        y = rect.top() if self._gap < count else rect.bottom() + 1
        y = min(max(y, 2), self.viewport().height() - 2)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._delegate.line())
        painter.drawRoundedRect(QRectF(4, y - 1.5, self.viewport().width() - 8, 3), 1.5, 1.5)
        painter.drawEllipse(QRectF(2, y - 4, 8, 8))
        painter.end()
