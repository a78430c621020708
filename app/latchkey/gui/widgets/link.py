"""A button that looks like a link, and goes on in the next line as a sentence does."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

_SIDE, _ABOVE = 3, 2  # between the text and the ring of the focus
_LEAST = 96
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class Link(QPushButton):
    """The style sheet's look `link`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """The text on one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * _SIDE + 1, metrics.height() + 2 * _ABOVE)

    def minimumSizeHint(self) -> QSize:
        """The start of the text."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), _LEAST), whole.height())

    def hasHeightForWidth(self) -> bool:
        """Less width means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines that the text takes."""
        room = QRect(0, 0, max(_LEAST, width) - 2 * _SIDE, 10_000)
        return self.fontMetrics().boundingRect(room, _FLAGS, self.text()).height() + 2 * _ABOVE

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring as the style sheet has it, then the text."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
        painter.drawText(self.rect().adjusted(_SIDE, _ABOVE, -_SIDE, -_ABOVE), _FLAGS, self.text())
        painter.end()
