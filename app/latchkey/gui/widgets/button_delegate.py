"""How a row of the list of sign-in buttons is painted: grip, tile, name, one line of state, badge."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from latchkey.gui.icons import Icons, draw
from latchkey.gui.models.button_row import ButtonRow
from latchkey.gui.models.buttons_model import ROW
from latchkey.gui.theme import Theme
from latchkey.text import _

Index = QModelIndex | QPersistentModelIndex

_GRIP = 18
_TILE = 30
_GAP = 12
_SIDE = 14
_PILL_SIDE = 9
_TOKENS = {"done": ("accent", "accent_soft"), "attention": ("attention", "attention_soft")}


class ButtonDelegate(QStyledItemDelegate):
    """Paints rows, and edits the name in its place."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are of one height, which grows with the text."""
        return QSize(240, row_height(self._theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index)
        self.paint_content(painter, option, index)
        painter.restore()

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row without its ground: also what the card of a dragged row shows."""
        row: ButtonRow = index.data(ROW)
        rect = QRectF(option.rect)
        grip = QRectF(rect.left() + _SIDE - 4, rect.center().y() - _GRIP / 2, _GRIP, _GRIP)
        lively = option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected)
        draw(painter, "drag", grip, self._theme.color("text" if lively else "soft"))
        tile = QRect(int(grip.right()) + 8, int(rect.center().y()) - _TILE // 2, _TILE, _TILE)
        self._icons.tile(row.glyph, row.color, row.name, _TILE).paint(painter, tile)
        right = self._badge(painter, rect, row)
        self._texts(painter, QRectF(tile.right() + _GAP, rect.top(), right - tile.right() - _GAP, rect.height()), row)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        model = index.model()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("background"))
        if index.row() < model.rowCount() - 1:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), self._theme.color("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), 6, 6)

    def _badge(self, painter: QPainter, rect: QRectF, row: ButtonRow) -> float:
        """The state in a pill at the right; answers where the room for texts ends."""
        if not row.badge:
            return rect.right() - _SIDE
        font = self._theme.font("hint")
        font.setPixelSize(font.pixelSize() - 1)
        metrics = QFontMetrics(font)
        longest = rect.width() * 0.42
        text = metrics.elidedText(row.badge, Qt.TextElideMode.ElideRight, int(longest))
        width, height = metrics.horizontalAdvance(text) + 2 * _PILL_SIDE, metrics.height() + 4
        pill = QRectF(rect.right() - _SIDE - width, rect.center().y() - height / 2, width, height)
        ink, ground = _TOKENS.get(row.look, ("soft", "rail"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(self._theme.color(ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return pill.left() - 8

    def _texts(self, painter: QPainter, room: QRectF, row: ButtonRow) -> None:
        name_font, line_font = self._theme.font("body"), self._theme.font("hint")
        name_metrics, line_metrics = QFontMetrics(name_font), QFontMetrics(line_font)
        block = name_metrics.height() + (line_metrics.height() if row.line else 0)
        top = room.center().y() - block / 2
        for text, font, metrics, token in (
            (row.name, name_font, name_metrics, "text"), (row.line, line_font, line_metrics, "soft"),
        ):  # fmt: skip
            painter.setFont(font)
            painter.setPen(self._theme.color(token))
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(QPointF(room.left(), top + metrics.ascent()), elided)
            top += metrics.height()

    # Editing the name in its place

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A line with the name."""
        editor = QLineEdit(parent)
        editor.setObjectName("inline")
        editor.setFont(self._theme.font("body"))
        editor.setAccessibleName(_("Text of the button"))
        return editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the name over."""
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text().strip(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Over name and badge; grip and tile stay in sight."""
        left = option.rect.left() + _SIDE - 4 + _GRIP + 8 + _TILE + _GAP - 8
        height = editor.sizeHint().height()
        top = option.rect.center().y() - height // 2
        editor.setGeometry(left, top, option.rect.right() - _SIDE - left + 8, height)

    def shade(self) -> QColor:
        """The colour of the card under a dragged row."""
        return self._theme.color("accent_soft")

    def line(self) -> QColor:
        """The colour of what says where a dragged row would go."""
        return self._theme.color("accent")


def row_height(theme: Theme) -> int:
    """Two lines of text and air."""
    return QFontMetrics(theme.font("body")).height() + QFontMetrics(theme.font("hint")).height() + 28
