"""A step's mark: its number in a ring, or a tick once it is done. Pressing it ticks the step off."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from latchkey.gui.strokes import draw
from latchkey.gui.theme import Theme
from latchkey.gui.widgets.checks import Tickable

_SIZE = 28
_RING = 20


class TickBox(Tickable):
    """A check box that looks like the marks of the step list; number 0 shows an empty ring."""

    def __init__(self, theme: Theme, number: int = 0) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self.setFixedSize(_SIZE, _SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """A little more than the ring, for the focus."""
        return QSize(_SIZE, _SIZE)

    def hitButton(self, _point: QPoint) -> bool:
        """All of it."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring and number, or tick."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = (_SIZE - _RING) / 2
        ring = QRectF(inset, inset, _RING, _RING)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(1, 1, _SIZE - 2, _SIZE - 2), 8, 8)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("done"))
            painter.drawEllipse(ring)
            draw(painter, "tick", ring.adjusted(3, 3, -3, -3), self._theme.color("on_done"), 2.6)
        else:
            color = self._theme.color("accent" if self.underMouse() or self._number else "soft")
            painter.setPen(QPen(color, 1.5))
            painter.setBrush(self._theme.color("accent_soft" if self.underMouse() else "panel"))
            painter.drawEllipse(ring.adjusted(0.75, 0.75, -0.75, -0.75))
            if self._number:
                font = self._theme.font("hint")
                font.setPixelSize(font.pixelSize() - 1)
                painter.setFont(font)
                painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()
