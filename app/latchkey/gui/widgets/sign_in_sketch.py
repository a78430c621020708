"""The sketch of the sign-in page in a frame: the buttons in the draft's order, live; pressing one chooses its row."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from latchkey.gui.icons import Icons
from latchkey.gui.sketch.layout import draw_to_fit
from latchkey.gui.sketch.page import in_words
from latchkey.gui.sketch.paint import Brush, paint
from latchkey.gui.sketch.pieces import Drawing, Page, Rect, Screen, View
from latchkey.gui.theme import Theme
from latchkey.text import _

_LEAST = 260  # narrower than this, a sketch can't be read
_SMALL = 438.0  # the browser window that is drawn in a narrow panel, made smaller
_PHONE = 390.0
_BEZEL = 12.0  # around a phone's screen


class SketchScroll(QScrollArea):
    """Shows the sketch in a frame with round corners; scrolls when there are many buttons."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.sketch = SignInSketch(theme, icons)
        self.setWidget(self.sketch)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_LEAST, 320)

    def show_page(self, page: Page, screen: Screen, chosen: Collection[str], follow: str = "") -> None:
        """Draw the page with the chosen rows' buttons outlined, `follow` scrolled into sight."""
        self.sketch.show_page(page, screen, chosen, self.viewport().height())
        place = self.sketch.place(follow)
        if place is not None:
            self.ensureVisible(round(place.left), round(place.top + place.height / 2), 0, round(place.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A higher frame gives a higher page."""
        super().resizeEvent(event)
        self.sketch.fill(event.size().height())


class SignInSketch(QWidget):
    """Paints the page, made smaller where the panel is narrow."""

    pressed = Signal(str, bool)  # the key of a button; whether it joins those that are chosen already

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._brush = Brush(theme, icons)
        self._page: Page | None = None
        self._screen: Screen = "desktop"
        self._chosen: frozenset[str] = frozenset()
        self._hovered = ""
        self._room = 0.0
        self._scale, self._left, self._top = 1.0, 0.0, 0.0
        self._drawing = Drawing()
        self._widths: dict[tuple[str, float, bool], float] = {}
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_page(self, page: Page, screen: Screen, chosen: Collection[str], room: float) -> None:
        """Draw another page, or the same with other buttons outlined."""
        same = page == self._page and room == self._room and screen == self._screen
        if same and frozenset(chosen) == self._chosen:
            return
        self._page, self._screen, self._chosen, self._room = page, screen, frozenset(chosen), room
        if not same:
            self._lay_out()
            self.setAccessibleName(_("Sketch of your sign-in page"))
            self.setAccessibleDescription(in_words(page, screen))
        self.update()

    def place(self, key: str) -> Rect | None:
        """Where the button of a row is, in this widget."""
        place = self._drawing.places.get(key)
        if place is None:
            return None
        left, top = place.left * self._scale + self._left, place.top * self._scale + self._top
        return Rect(left, top, place.width * self._scale, place.height * self._scale)

    @property
    def drawing(self) -> Drawing:
        """What is painted, in the pixels of the page."""
        return self._drawing

    @property
    def page(self) -> Page | None:
        """What the page shows."""
        return self._page

    def fill(self, room: float) -> None:
        """There is another height to fill."""
        self._room = room
        self._lay_out()

    def forget_fonts(self) -> None:
        """Another font is in force."""
        self._widths.clear()
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As high as the page is."""
        return QSize(320, self._high())

    def minimumSizeHint(self) -> QSize:
        """As high as the page is: what does not fit is scrolled to."""
        return QSize(_LEAST, self._high())

    # Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A button under the mouse looks as it does on the real page."""
        super().mouseMoveEvent(event)
        self._hover(self._key_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse left."""
        super().leaveEvent(event)
        self._hover("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pressing a button chooses its row; with Ctrl or Shift, beside the others."""
        key = self._key_at(event.position())
        if key and event.button() == Qt.MouseButton.LeftButton:
            more = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            self.pressed.emit(key, bool(more))
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.color("background"))
        screen = QRectF(self._left, self._top, self._drawing.width * self._scale, self._drawing.height * self._scale)
        if self._screen == "phone":
            self._phone(painter, screen)
        corners = QPainterPath()
        radius = 14.0 if self._screen == "phone" else 10.0
        corners.addRoundedRect(screen, radius, radius)
        painter.setClipPath(corners)
        painter.translate(self._left, self._top)
        painter.scale(self._scale, self._scale)
        dirty, scale = event.rect(), self._scale
        seen = QRectF(
            (dirty.x() - self._left) / scale,
            (dirty.y() - self._top) / scale,
            dirty.width() / scale,
            dirty.height() / scale,
        )
        paint(painter, self._drawing, self._brush, seen, self._chosen, self._hovered)
        painter.end()

    def _phone(self, painter: QPainter, screen: QRectF) -> None:
        """A telephone around the page."""
        edge = _BEZEL * self._scale
        painter.setPen(QPen(self._theme.color("edge"), 1))
        painter.setBrush(QColor("#20262d"))
        painter.drawRoundedRect(screen.adjusted(-edge, -edge, edge, edge), 14 + edge, 14 + edge)

    # Places

    def _key_at(self, point: QPointF) -> str:
        return self._drawing.at((point.x() - self._left) / self._scale, (point.y() - self._top) / self._scale)

    def _hover(self, key: str) -> None:
        if key != self._hovered:
            self._hovered = key
            if key:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self.unsetCursor()
            self.update()

    def _high(self) -> int:
        return round(self._drawing.height * self._scale + 2 * self._top)

    def _lay_out(self) -> None:
        if self._page is None:
            return
        before, width = self._high(), float(max(self.width(), _LEAST))
        phone = self._screen == "phone"
        around = 2 * _BEZEL + 2 if phone else 0.0
        wanted = (_PHONE if phone else _SMALL) + around
        self._scale = min(1.0, width / wanted)
        page = _PHONE if phone else width / self._scale
        room = max(0.0, self._room / self._scale - around)
        self._drawing = draw_to_fit(self._page, View(self._screen, page, room), self._width)
        self._left = (width - page * self._scale) / 2
        self._top = around / 2 * self._scale
        if before != self._high():
            self.updateGeometry()
        self.update()

    def _width(self, text: str, size: float, bold: bool) -> float:
        """Fonts are slow to ask, and ask the same again with every row that moves."""
        key = text, size, bold
        if key not in self._widths:
            if len(self._widths) > 1000:  # names that were typed letter by letter
                self._widths.clear()
            self._widths[key] = self._brush.width(text, size, bold)
        return self._widths[key]
