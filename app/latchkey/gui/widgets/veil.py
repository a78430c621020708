"""Over something that is being brought up to date: what was there stays to be read, a little paler, and a quiet line
says why. What is there in a blink shows nothing of it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from latchkey.gui.announce import announce
from latchkey.gui.theme import Theme

_PATIENCE = 250  # milliseconds before anything is said
_PALE = 0.55
_SIDE = 14


class Veil(QWidget):
    """Lies over a widget and lets the mouse through."""

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._over, self._theme, self._says = over, theme, ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._later = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._later.timeout.connect(self._appear)
        over.installEventFilter(self)
        self.hide()

    def lay(self, says: str) -> None:
        """What is below is old from now on."""
        self._says = says
        if self.isHidden() and not self._later.isActive():
            self._later.start()

    def lift(self) -> None:
        """It is new again."""
        self._later.stop()
        self.hide()

    @property
    def lies(self) -> bool:
        """What is below is old, whether that is said already or not yet."""
        return self._later.isActive() or not self.isHidden()

    @Slot()
    def _appear(self) -> None:
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        announce(self._over, self._says)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as what it lies over."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, half seen through, and the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color("background")
        color.setAlphaF(_PALE)
        painter.fillRect(self.rect(), color)
        painter.setFont(self._theme.font("hint"))
        metrics = QFontMetricsF(painter.font())
        pill = QRectF(0, 0, metrics.horizontalAdvance(self._says) + 2 * _SIDE, metrics.height() + 14)
        pill.moveCenter(QRectF(self.rect()).center())
        pill.moveTop(min(72.0, pill.top()))
        painter.setPen(QPen(self._theme.color("edge"), 1))
        painter.setBrush(self._theme.color("panel"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(self._theme.color("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._says)
        painter.end()
