"""How a row of the list of sign-in buttons is painted: grip, tile, name, one line of state, badge."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from latchkey.gui.icons import Icons
from latchkey.gui.models.button_row import ButtonRow
from latchkey.gui.models.buttons_model import ROW
from latchkey.gui.strokes import draw
from latchkey.gui.theme import Theme
from latchkey.text import _

Index = QModelIndex | QPersistentModelIndex

_GRIP = 18
_TILE = 30
_GAP = 12
_SIDE = 14
_PILL_SIDE = 9
_AROUND_EDITOR = 22
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

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, brief: bool = False
    ) -> None:
        """One row without its ground; `brief`, on the card of a dragged one, without its state."""
        row: ButtonRow = index.data(ROW)
        if brief:
            row = row._replace(line="", badge="")
        rect = QRectF(option.rect)
        grip = QRectF(rect.left() + _SIDE - 4, rect.center().y() - _GRIP / 2, _GRIP, _GRIP)
        lively = option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected)
        draw(painter, "drag", grip, self._theme.color("text" if lively else "soft"))
        tile = QRect(int(grip.right()) + 8, int(rect.center().y()) - _TILE // 2, _TILE, _TILE)
        self._icons.tile(row.glyph, row.color, row.name, _TILE).paint(painter, tile)
        left = float(tile.right() + _GAP)
        self._texts(painter, QRectF(left, rect.top(), rect.right() - _SIDE - left, rect.height()), row)

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

    def _texts(self, painter: QPainter, room: QRectF, row: ButtonRow) -> None:
        """Name and state, and the badge at their right. A name that would be cut has its line to itself; the badge then
        stands beside the state.
        """
        name_font, line_font = self._theme.font("body"), self._theme.font("hint")
        name_metrics, line_metrics = QFontMetrics(name_font), QFontMetrics(line_font)
        badge = self._badge(row, room.width())
        taken = badge.width() + 8 if row.badge else 0
        narrow = row.badge and name_metrics.horizontalAdvance(row.name) > room.width() - taken
        block = name_metrics.height() + line_metrics.height() + (4 if narrow else 0)
        top = room.center().y() - (block if row.line or narrow else name_metrics.height()) / 2
        second = top + name_metrics.height() + (4 if narrow else 0)
        badge.moveRight(room.right())
        badge.moveCenter(
            QPointF(badge.center().x(), second + line_metrics.height() / 2 if narrow else room.center().y())
        )
        for text, font, metrics, token, y, width in (
            (row.name, name_font, name_metrics, "text", top, room.width() - (0 if narrow else taken)),
            (row.line, line_font, line_metrics, "soft", second, room.width() - taken),
        ):
            painter.setFont(font)
            painter.setPen(self._theme.color(token))
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QPointF(room.left(), y + metrics.ascent()), elided)
        if row.badge:
            self._paint_badge(painter, badge, row)

    def _badge(self, row: ButtonRow, room: float) -> QRectF:
        """The size of the badge."""
        metrics = QFontMetrics(self._small())
        width = min(metrics.horizontalAdvance(row.badge) + 2 * _PILL_SIDE, room * 0.6)
        return QRectF(0, 0, width, metrics.height() + 4)

    def _paint_badge(self, painter: QPainter, pill: QRectF, row: ButtonRow) -> None:
        ink, ground = _TOKENS.get(row.look, ("soft", "rail"))
        font = self._small()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(ground))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(font)
        painter.setPen(self._theme.color(ink))
        room = int(pill.width()) - 2 * _PILL_SIDE + 1
        text = QFontMetrics(font).elidedText(row.badge, Qt.TextElideMode.ElideRight, room)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _small(self) -> QFont:
        font = self._theme.font("hint")
        font.setPixelSize(font.pixelSize() - 1)
        return font

    # Editing the name in its place

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A line with the name."""
        editor = QLineEdit(parent)
        editor.setObjectName("inline")
        editor.setFont(self._theme.font("body"))
        editor.setAccessibleName(_("Text of the button"))
        return editor

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leaving the field hands the name over; another window in front, for a moment or longer, is no leaving."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            elsewhere = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if event.reason() in elsewhere or QApplication.activeWindow() is None:
                return False
        return super().eventFilter(editor, event)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The name as it is, unless the person has begun to type: a row changes also when the keyring answers."""
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the name over."""
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text().strip(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Over name, line and badge; grip and tile stay in sight."""
        left = option.rect.left() + _SIDE - 4 + _GRIP + 8 + _TILE + _GAP - 8
        height = max(editor.sizeHint().height(), option.rect.height() - _AROUND_EDITOR)
        top = option.rect.center().y() - height // 2
        editor.setGeometry(left, top, option.rect.right() - _SIDE - left + 8, height)

    def shade(self) -> QColor:
        """The colour of the card under a dragged row."""
        return self._theme.color("accent_soft")

    def on_line(self) -> QColor:
        """A colour that can be read on that of the line."""
        return self._theme.color("on_accent")

    def line(self) -> QColor:
        """The colour of what says where a dragged row would go."""
        return self._theme.color("accent")


def row_height(theme: Theme) -> int:
    """Two lines of text and air."""
    return QFontMetrics(theme.font("body")).height() + QFontMetrics(theme.font("hint")).height() + 28
