"""The gallery's cards: in columns under the headings of their sections, reached by mouse or arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from latchkey.catalogue.entries import Entry
from latchkey.gui.icons import Icons
from latchkey.gui.models.gallery_model import ADDED, ENTRY, GalleryModel
from latchkey.gui.theme import Theme
from latchkey.text import _

Index = QModelIndex | QPersistentModelIndex

_COLUMNS = 3
_TILE = 30
_MARGIN = 5  # around each card
_HEADING_AIR = 16


class GalleryList(QListView):
    """Cards in columns; those for any provider take a whole line."""

    taken = Signal()  # Enter, or a double click
    typed = Signal(str)  # letters that belong into the search
    left = Signal()  # up, beyond the first line

    def __init__(self, model: GalleryModel, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("gallery")
        self.setModel(model)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(GalleryDelegate(theme, icons, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width that there is."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a card at once, also on desktops where one click opens things."""
        if self.indexAt(event.position().toPoint()).data(ENTRY) is not None:
            self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from card to card, also over the end of a line; Enter takes; letters search."""
        key, before = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go(1 if key == Qt.Key.Key_Right else -1)
        elif event.text().strip() and event.text().isprintable() and not event.modifiers() & _COMMANDS:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
            if key == Qt.Key.Key_Up and self.currentIndex() == before:
                self.left.emit()
            return
        event.accept()

    def _go(self, by: int) -> None:
        row = self.currentIndex().row() + by
        while 0 <= row < self.model().rowCount():
            index = self.model().index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return
            row += by


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class GalleryDelegate(QStyledItemDelegate):
    """Paints a card: tile, title, and a word when such a button is there already; or the heading of a section."""

    def __init__(self, theme: Theme, icons: Icons, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """A third of the line, or all of it."""
        entry: Entry | None = index.data(ENTRY)
        room = self._view.width() - self._view.verticalScrollBar().sizeHint().width() - 2
        body = QFontMetrics(self._theme.font("body")).height()
        if entry is None:
            return QSize(room, body + _HEADING_AIR)
        height = max(_TILE, body * 2) + 14 + 2 * _MARGIN
        return QSize(room if entry.generic else room // _COLUMNS, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One card or heading."""
        entry: Entry | None = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry is None:
            self._heading(painter, QRectF(option.rect), str(index.data()))
        else:
            self._card(painter, option, index, entry)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRectF, text: str) -> None:
        painter.setFont(self._theme.font("hint", bold=True))
        painter.setPen(self._theme.color("soft"))
        painter.drawText(rect.adjusted(_MARGIN, 0, 0, -4), Qt.AlignmentFlag.AlignBottom, text)

    def _card(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, entry: Entry) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        rect = QRectF(option.rect).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        width = 2 if chosen and self._view.hasFocus() else 1
        painter.setPen(QPen(self._theme.color("accent" if chosen or hover else "line"), width))
        painter.setBrush(self._theme.color("accent_soft" if chosen else "panel"))
        painter.drawRoundedRect(rect, 8, 8)
        tile = QRect(int(rect.left()) + 10, int(rect.center().y()) - _TILE // 2, _TILE, _TILE)
        self._icons.tile(entry.icon, entry.color, entry.title, _TILE).paint(painter, tile)
        room = QRectF(tile.right() + 10, rect.top(), rect.right() - tile.right() - 20, rect.height())
        added = bool(index.data(ADDED)) and not entry.generic
        self._title(painter, room, str(index.data(Qt.ItemDataRole.DisplayRole)), added=added)

    def _title(self, painter: QPainter, room: QRectF, title: str, *, added: bool) -> None:
        body, hint = self._theme.font("body"), self._theme.font("hint")
        metrics = QFontMetrics(body)
        left = Qt.AlignmentFlag.AlignLeft
        painter.setFont(body)
        painter.setPen(self._theme.color("text"))
        if added:
            line = QRectF(room.left(), room.center().y() - metrics.height(), room.width(), metrics.height())
            painter.drawText(line, left, metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(room.width())))
            painter.setFont(hint)
            painter.setPen(self._theme.color("soft"))
            painter.drawText(line.translated(0, metrics.height()), left, _("in your list"))
            return
        lines = two_lines(title, metrics, int(room.width()))
        top = room.center().y() - metrics.height() * len(lines) / 2
        for number, text in enumerate(lines):
            painter.drawText(
                QRectF(room.left(), top + number * metrics.height(), room.width(), metrics.height()), left, text
            )


def two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text in one or two lines, the second one shortened."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    words, first = text.split(" "), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    return [first, metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)]
