"""What hangs at the mouse while rows are dragged: the first of them as a card with a soft shadow, sheets behind it for
more, and how many there are. It is smaller than a row: the line that says where the rows would go stays in sight.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from latchkey.gui.widgets.button_delegate import ButtonDelegate

Index = QModelIndex | QPersistentModelIndex

_SHADOW = 10
_SHEET = 5  # so much of each sheet looks out below the one before
_SHEETS = 2
_SHARE, _LEAST, _WIDEST = 0.62, 200, 300
_ASIDE = 14  # right of the mouse


def hot_spot(height: int) -> QPoint:
    """Where the mouse holds the card: left of it, in the middle of its first row."""
    return QPoint(_SHADOW - _ASIDE, _SHADOW + height // 2)


def dragged_card(
    rows: Sequence[Index], row: QSize, delegate: ButtonDelegate, option: QStyleOptionViewItem, ratio: float
) -> QPixmap:
    """The card for rows of a list; `row` is the size of one there."""
    width = min(max(round(row.width() * _SHARE), _LEAST), _WIDEST)
    sheets = min(len(rows) - 1, _SHEETS)
    size = QSize(width + 2 * _SHADOW, row.height() + sheets * _SHEET + 2 * _SHADOW)
    card = QPixmap(size * ratio)
    card.setDevicePixelRatio(ratio)
    card.fill(Qt.GlobalColor.transparent)
    painter = QPainter(card)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body = QRectF(_SHADOW, _SHADOW, width, row.height())
    _shadow(painter, body.adjusted(0, 0, 0, sheets * _SHEET))
    for number in range(sheets, -1, -1):
        painter.setBrush(delegate.shade())
        painter.setPen(QPen(delegate.line(), 1.5))
        inset = number * 6
        painter.drawRoundedRect(body.adjusted(inset, number * _SHEET, -inset, number * _SHEET), 8, 8)
    option.rect = QRect(_SHADOW, _SHADOW, width, row.height())
    delegate.paint_content(painter, option, rows[0], brief=True)
    if len(rows) > 1:
        _count(painter, body, len(rows), delegate)
    painter.end()
    return card


def _shadow(painter: QPainter, body: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    painter.setOpacity(0.025)
    for spread in range(_SHADOW, 0, -2):
        painter.drawRoundedRect(body.adjusted(-spread, -spread + 3, spread, spread), 8 + spread, 8 + spread)
    painter.setOpacity(1)


def _count(painter: QPainter, body: QRectF, count: int, delegate: ButtonDelegate) -> None:
    """The number of rows, on the card's corner."""
    font = QFont(painter.font())
    font.setBold(True)
    high = QFontMetrics(font).height() + 2
    wide = max(high, QFontMetrics(font).horizontalAdvance(str(count)) + 12)
    pill = QRectF(body.right() - wide + 6, body.top() - 6, wide, high)
    painter.setFont(font)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(delegate.line())
    painter.drawRoundedRect(pill, high / 2, high / 2)
    painter.setPen(QColor(delegate.on_line()))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(count))
