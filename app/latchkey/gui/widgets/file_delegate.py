"""How a file is painted in the review: its name, and what it builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from latchkey.gui.models.files_model import FILE
from latchkey.gui.theme import Theme

if TYPE_CHECKING:
    from latchkey.gui.telling import FileText

Index = QModelIndex | QPersistentModelIndex

_SIDE = 10


class FileDelegate(QStyledItemDelegate):
    """Two lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All of one height."""
        height = sum(QFontMetrics(self._theme.font(role)).height() for role in ("body", "hint"))
        return QSize(120, height + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One file."""
        file: FileText = index.data(FILE)
        rect = QRectF(option.rect).adjusted(1, 1, -1, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            focus = chosen and option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(self._theme.color("accent"), 1.5) if focus else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft" if chosen else "background"))
            painter.drawRoundedRect(rect, 6, 6)
        top = rect.top() + 6
        for text, role, token in ((file.file, "body", "text"), (file.role, "hint", "soft")):
            font = self._theme.font(role)
            metrics = QFontMetrics(font)
            place = QRectF(rect.left() + _SIDE, top, rect.width() - 2 * _SIDE, metrics.height())
            painter.setFont(font)
            painter.setPen(self._theme.color(token))
            painter.drawText(place, 0, metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, int(place.width())))
            top += metrics.height()
        painter.restore()
