"""A choice from a short list, drawn like the other fields; the mouse wheel scrolls the page and changes nothing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from latchkey.gui.strokes import draw


class Choice(QComboBox):
    """A combo box whose values may be shown in other words."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def value(self) -> str:
        """The chosen value."""
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        """Choose a value without saying so; one that is not on the list is put there."""
        place = self.findData(value)
        if place < 0 and value:
            self.addItem(value, value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """As high as a line of text to fill in."""
        hint = super().sizeHint()
        return QSize(hint.width() + 24, self.fontMetrics().height() + 18)

    def minimumSizeHint(self) -> QSize:
        """The width of its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, value, arrow."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        role = QPalette.ColorRole
        palette = self.palette()
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = palette.color(role.Accent if focus else role.Mid)
        width = 2 if focus else 1
        painter.setPen(QPen(edge, width))
        painter.setBrush(palette.color(role.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), 8, 8)
        painter.setPen(palette.color(role.Text if self.isEnabled() else role.PlaceholderText))
        room = QRectF(self.rect()).adjusted(12, 0, -34, 0)
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        arrow = QRectF(self.width() - 28, (self.height() - 16) / 2, 16, 16)
        draw(painter, "down", arrow, palette.color(role.PlaceholderText))
        painter.end()
