"""The gallery: choose a way to sign in, by mouse or keyboard, with a search."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.draft.draft import Kind
from latchkey.gui.announce import announce
from latchkey.gui.icons import Icons
from latchkey.gui.models.gallery_model import ADDED, ENTRY, GalleryModel
from latchkey.gui.theme import Theme
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.text import _, ngettext

Index = QModelIndex | QPersistentModelIndex

_COLUMNS = 3
_TILE = 30
_MARGIN = 5  # around each card


class GalleryList(QListView):
    """Cards in columns; those for any provider take a whole line."""

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


class GalleryDelegate(QStyledItemDelegate):
    """Paints a card: tile, title, and a word when such a button is there already."""

    def __init__(self, theme: Theme, icons: Icons, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """A third of the line, or all of it."""
        entry: Entry = index.data(ENTRY)
        room = self._view.width() - self._view.verticalScrollBar().sizeHint().width() - 2
        height = max(_TILE, QFontMetrics(self._theme.font("body")).height() * 2) + 18 + 2 * _MARGIN
        return QSize(room if entry.generic else room // _COLUMNS, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One card."""
        entry: Entry = index.data(ENTRY)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        rect = QRectF(option.rect).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent" if chosen or hover else "line"), 2 if chosen else 1))
        painter.setBrush(self._theme.color("accent_soft" if chosen else "panel"))
        painter.drawRoundedRect(rect, 8, 8)
        tile = QRect(int(rect.left()) + 10, int(rect.center().y()) - _TILE // 2, _TILE, _TILE)
        self._icons.tile(entry.icon, entry.color, entry.title, _TILE).paint(painter, tile)
        room = QRectF(tile.right() + 10, rect.top(), rect.right() - tile.right() - 20, rect.height())
        added = bool(index.data(ADDED)) and not entry.generic
        self._title(painter, room, str(index.data(Qt.ItemDataRole.DisplayRole)), added=added)
        painter.restore()

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
        lines = _two_lines(title, metrics, int(room.width()))
        top = room.center().y() - metrics.height() * len(lines) / 2
        for number, text in enumerate(lines):
            painter.drawText(
                QRectF(room.left(), top + number * metrics.height(), room.width(), metrics.height()), left, text
            )


class Gallery(QDialog):
    """Runs until something is chosen; `chosen` is its type, empty when nothing was."""

    def __init__(self, tools: Tools, catalogue: Catalogue, kind: Kind, added: Collection[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen = ""
        self.setWindowTitle(_("Add a way to sign in"))
        self.resize(640, 560)
        self.model = GalleryModel(catalogue, kind, added, self)
        self.list = GalleryList(self.model, tools.theme, tools.icons)
        self.list.setAccessibleName(_("Ways to sign in"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Search by name, in English or Chinese"))
        self.field.setAccessibleName(_("Search"))
        self.field.setClearButtonEnabled(True)
        self.field.addAction(
            QAction(tools.icons.icon("search", "soft", 16), "", self.field), QLineEdit.ActionPosition.LeadingPosition
        )
        self.none = label("soft")
        self.none.hide()
        self.add, cancel = button("primary"), button()
        self.add.setText(_("Add"))
        self.add.setDefault(True)
        cancel.setText(_("Cancel"))
        self._lay_out(cancel)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search)
        self.list.activated.connect(self._take)
        self.add.clicked.connect(self._take)
        cancel.clicked.connect(self.reject)
        self._first()

    def _lay_out(self, cancel: QWidget) -> None:
        layout = column(self, spacing=8, margins=(20, 20, 20, 16))
        layout.addWidget(label("heading", _("Add a way to sign in")))
        layout.addSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        ends = row(spacing=8)
        ends.addStretch(1)
        ends.addWidget(cancel)
        ends.addWidget(self.add)
        layout.addLayout(ends)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, the arrow keys go into the gallery."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _search(self, words: str) -> None:
        self.model.search(words)
        found = self.model.named
        self.none.setVisible(not found)
        self.none.setText(
            _("Latchkey does not know a provider of that name yet. If it speaks one of these, it can be added:")
        )
        self._first()
        announce(self.list, ngettext("{count} found", "{count} found", found).format(count=found))

    def _first(self) -> None:
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
        self.add.setEnabled(bool(self.model.rowCount()))

    @Slot()
    def _take(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            entry: Entry = index.data(ENTRY)
            self.chosen = entry.type
            self.accept()


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text in one or two lines, the second one shortened."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    words, first = text.split(" "), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    return [first, metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)]
