"""The picture of what builds on what: a tree with lines, each policy with what it is to the draft."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from latchkey.gui.models.chain_model import ROW, ChainModel, ChainRow
from latchkey.gui.strokes import draw
from latchkey.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

_ICON = 16
_SIDE = 6
_GAP = 8
_INDENT = 26
_MOST_LINES = 9  # more are scrolled to


class ChainTree(QTreeView):
    """Always open; as high as its lines, up to a point."""

    def __init__(self, model: ChainModel, theme: Theme) -> None:
        super().__init__()
        self._chain, self._theme = model, theme
        self.setObjectName("chain")
        self.setModel(model)
        self.setItemDelegate(ChainDelegate(theme, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENT)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def unfold(self) -> None:
        """Open all and take the height for it."""
        self.expandAll()
        lines = max(1, min(self._chain.lines(), _MOST_LINES))
        self.setFixedHeight(lines * line_height(self._theme) + 18)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """A line down from what a policy builds on, and one across to it."""
        parent = index.parent()
        if not parent.isValid():
            return
        painter.save()
        painter.setPen(QPen(self._theme.color("edge"), 1))
        middle = rect.center().y() + 0.5
        here, place = index, rect.right() - _INDENT / 2
        while here.parent().isValid():
            last = here.row() == self.model().rowCount(here.parent()) - 1
            across = here == index
            if across or not last:
                painter.drawLine(QLineF(place, rect.top(), place, middle if last else rect.bottom() + 1))
            if across:
                painter.drawLine(QLineF(place, middle, rect.right() - 2, middle))
            here, place = here.parent(), place - _INDENT
        painter.restore()


class ChainDelegate(QStyledItemDelegate):
    """Icon, file, policy, and pills for what it is to the draft."""

    def __init__(self, theme: Theme, parent: QTreeView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """A line and air."""
        return QSize(200, line_height(self._theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        row: ChainRow = index.data(ROW)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(0, 1, -1, -1), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 2, -2, -2), 6, 6)
        place = QRectF(rect.left() + _SIDE, rect.center().y() - _ICON / 2, _ICON, _ICON)
        draw(painter, "attention" if row.trouble else "file", place,
             self._theme.color("attention" if row.trouble else "soft"))  # fmt: skip
        left = place.right() + _GAP
        pills = [(word, "accent", "accent_soft") for word in row.roles]
        pills += [(row.trouble, "attention", "attention_soft")] if row.trouble else []
        room = QRectF(rect)
        for word, ink, ground in reversed(pills):
            room.setRight(self._pill(painter, room, word, ink, ground) - _GAP)
        left = self._text(painter, room, left, row.title, self._theme.font("body"), "text") + _GAP
        if row.note and row.note != row.title:
            self._text(painter, room, left, row.note, self._theme.font("hint"), "soft")
        painter.restore()

    def _text(self, painter: QPainter, rect: QRectF, left: float, text: str, font: QFont, token: str) -> float:
        metrics = QFontMetrics(font)
        room = rect.right() - _SIDE - left
        if room < _GAP:
            return left
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        painter.drawText(QRectF(left, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        return left + metrics.horizontalAdvance(shown)

    def _pill(self, painter: QPainter, room: QRectF, text: str, ink: str, ground: str) -> float:
        """A pill at the right end of the room; its left edge."""
        font = self._theme.font("hint")
        font.setPixelSize(font.pixelSize() - 1)
        metrics = QFontMetrics(font)
        width = min(metrics.horizontalAdvance(text) + 18, room.width() * 0.55)
        pill = QRectF(room.right() - _SIDE - width, 0, width, metrics.height() + 4)
        pill.moveCenter(QRectF(pill.left(), room.top(), width, room.height()).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(ground))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(font)
        painter.setPen(self._theme.color(ink))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width) - 16)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
        return pill.left()


def line_height(theme: Theme) -> int:
    """The height of a line."""
    return QFontMetrics(theme.font("body")).height() + 12
