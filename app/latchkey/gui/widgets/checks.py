"""Check boxes and radio buttons whose box can be seen in both themes (3 to 1 at least) and whose focus can be seen.

Their label goes on in the next line where there is little room.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from latchkey.gui.strokes import draw

_BOX = 18
_GAP = 9
_ROOM = 4
_BEFORE = _ROOM + _BOX + _GAP  # what stands before the label
_LEAST = 96  # of a label
_FLAGS = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


class Tickable(QCheckBox):
    """Says `ticked` when somebody ticks it, with mouse, key or screen reader (which toggles without a click), and not
    when `show_checked` shows what is so.
    """

    ticked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._showing = False
        self.toggled.connect(self._say)

    def show_checked(self, on: bool) -> None:
        """Show a tick or none; nobody ticked it."""
        self._showing = True
        self.setChecked(on)
        self._showing = False

    @Slot(bool)
    def _say(self, on: bool) -> None:
        if not self._showing:
            self.ticked.emit(on)


class CheckBox(Tickable):
    """A check box."""

    def __init__(self) -> None:
        super().__init__()
        _let_wrap(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, tick, text, focus."""
        _paint(self, round_box=False)

    def sizeHint(self) -> QSize:
        """Box and text."""
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        """Box and the start of a text."""
        return _least(self)

    def heightForWidth(self, width: int) -> int:
        """The lines that the text takes."""
        return _height(self, width)

    def hitButton(self, _point: QPoint) -> bool:
        """Text and box both."""
        return True


class RadioButton(QRadioButton):
    """A radio button."""

    def __init__(self) -> None:
        super().__init__()
        _let_wrap(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, dot, text, focus."""
        _paint(self, round_box=True)

    def sizeHint(self) -> QSize:
        """Ring and text."""
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        """Ring and the start of a text."""
        return _least(self)

    def heightForWidth(self, width: int) -> int:
        """The lines that the text takes."""
        return _height(self, width)


def _let_wrap(button: QAbstractButton) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)


def _size(button: QAbstractButton) -> QSize:
    metrics = QFontMetrics(button.font())
    text = metrics.horizontalAdvance(button.text().replace("&", ""))
    return QSize(_BEFORE + text + _ROOM, max(_BOX, metrics.height()) + _ROOM * 2)


def _least(button: QAbstractButton) -> QSize:
    whole = _size(button)
    return QSize(min(whole.width(), _BEFORE + _LEAST), whole.height())


def _height(button: QAbstractButton, width: int) -> int:
    room = QRect(0, 0, max(_LEAST, width - _BEFORE), 10_000)
    text = QFontMetrics(button.font()).boundingRect(room, _FLAGS, button.text()).height()
    return max(_BOX, text) + _ROOM * 2


def _paint(button: QAbstractButton, *, round_box: bool) -> None:
    palette = button.palette()
    role = QPalette.ColorRole
    usable = button.isEnabled()
    accent, edge, paper = palette.color(role.Accent), palette.color(role.Mid), palette.color(role.Base)
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = max(_BOX, QFontMetrics(button.font()).height()) + _ROOM * 2  # the box stands beside the first line
    box = QRectF(_ROOM + 0.75, (min(button.height(), line) - _BOX) / 2 + 0.75, _BOX - 1.5, _BOX - 1.5)
    chosen = button.isChecked()
    hover = button.underMouse()
    painter.setPen(QPen(accent if usable and (chosen or hover) else edge, 1.5))
    painter.setBrush(accent if chosen and usable and not round_box else paper)
    if round_box:
        painter.drawEllipse(box)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent if usable else edge)
            painter.drawEllipse(QPointF(box.center()), 4.5, 4.5)
    else:
        painter.drawRoundedRect(box, 4, 4)
        if chosen:
            color = palette.color(role.HighlightedText) if usable else edge
            draw(painter, "tick", box.adjusted(2, 2, -2, -2), color, 3.2)
    room = QRectF(_BEFORE, 0, button.width() - _BEFORE, button.height())
    painter.setPen(palette.color(role.WindowText) if usable else palette.color(role.PlaceholderText))
    painter.drawText(room, _FLAGS, button.text())
    if button.hasFocus():
        painter.setPen(QPen(accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(1, 1, -1, -1), 6, 6)
    painter.end()
