"""The sketch of the sign-in page: the buttons in the draft's order, live, and said to be approximate."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from latchkey.gui.icons import Icons
from latchkey.gui.models.sketch_layout import Box, Drawing, Line, Mark, Page, Rect, draw
from latchkey.gui.theme import Theme
from latchkey.text import _, join_list

_LEAST = 260  # narrower than this, a sketch can't be read
_LOOSE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft, "center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight,
}  # fmt: skip


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

    def show_page(self, page: Page, chosen: Collection[str], follow: str = "") -> None:
        """Draw the page with the chosen rows' buttons outlined, `follow` scrolled into sight."""
        self.sketch.show_page(page, chosen, self.viewport().height())
        place = self.sketch.place(follow)
        if place is not None:
            self.ensureVisible(round(place.left), round(place.top + place.height / 2), 0, round(place.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A higher frame gives a higher page."""
        super().resizeEvent(event)
        self.sketch.fill(event.size().height())


class SignInSketch(QWidget):
    """Paints a `sketch_layout` drawing. Not a form: nothing in it can be pressed."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._page: Page | None = None
        self._chosen: frozenset[str] = frozenset()
        self._room = 0.0
        self._drawing = Drawing()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def show_page(self, page: Page, chosen: Collection[str], room: float) -> None:
        """Draw another page, or the same with other buttons outlined."""
        same = page == self._page and room == self._room
        if same and frozenset(chosen) == self._chosen:
            return
        self._page, self._chosen, self._room = page, frozenset(chosen), room
        if not same:
            self._lay_out()
            self._describe()
        self.update()

    def place(self, key: str) -> Rect | None:
        """Where the button of a row is."""
        return self._drawing.places.get(key)

    @property
    def drawing(self) -> Drawing:
        """What is painted."""
        return self._drawing

    def fill(self, room: float) -> None:
        """There is another height to fill."""
        self._room = room
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As high as the page is."""
        return QSize(320, round(self._drawing.height))

    def minimumSizeHint(self) -> QSize:
        """As high as the page is: what does not fit is scrolled to."""
        return QSize(_LEAST, round(self._drawing.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pieces that are in sight, back to front."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.color("background"))
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(self.rect()), 10, 10)
        painter.setClipPath(corners)
        seen = QRectF(event.rect())
        for piece in self._drawing.pieces:
            place = _rect(piece.rect)
            if not place.intersects(seen):
                continue
            if isinstance(piece, Box):
                _box(painter, piece, place)
            elif isinstance(piece, Line):
                self._line(painter, piece, place)
            else:
                self._mark(painter, piece, place)
        self._outline(painter)
        painter.end()

    # Pieces

    def _line(self, painter: QPainter, piece: Line, place: QRectF) -> None:
        font = self._font(piece.size, bold=piece.bold)
        painter.setFont(font)
        painter.setPen(QColor(piece.color))
        text = QFontMetricsF(font).elidedText(piece.text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _SIDES[piece.side] | _LOOSE, text)

    def _mark(self, painter: QPainter, piece: Mark, place: QRectF) -> None:
        color = QColor(piece.color)
        if piece.name == "logo":
            _logo(painter, place, color)
        elif piece.name == "slope":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPolygon(QPolygonF([place.bottomLeft(), place.topRight(), place.bottomRight()]))
        elif piece.name == "town":
            _town(painter, place, color)
        elif piece.name == "person" or not self._icons.paint_glyph(painter, piece.name, place, color):
            _person(painter, place, color)

    def _outline(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for key, place in self._drawing.places.items():
            if key in self._chosen:
                painter.setPen(QPen(QColor("#ffffff"), 5))
                painter.drawRoundedRect(_rect(place.inset(-1.5)), 5, 5)
                painter.setPen(QPen(QColor("#0b6b5d"), 2.5))
                painter.drawRoundedRect(_rect(place.inset(-1.5)), 5, 5)

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = self._theme.font("hint", bold=bold)
        font.setPixelSize(size)
        return font

    def _lay_out(self) -> None:
        if self._page is None:
            return
        size = max(11, self._theme.sizes.hint - 1)
        before = self._drawing.height
        self._drawing = draw(
            self._page, max(self.width(), _LEAST), self._room, size,
            lambda text, pixels, bold: QFontMetricsF(self._font(pixels, bold=bold)).horizontalAdvance(text),
        )  # fmt: skip
        if round(before) != round(self._drawing.height):
            self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        assert self._page is not None
        names = join_list(button.text for button in self._page.buttons)
        self.setAccessibleName(_("Sketch of your sign-in page"))
        self.setAccessibleDescription(_("Buttons from top to bottom: {names}").format(names=names) if names else "")


def _rect(rect: Rect) -> QRectF:
    return QRectF(rect.left, rect.top, rect.width, rect.height)


def _box(painter: QPainter, piece: Box, place: QRectF) -> None:
    painter.setPen(QPen(QColor(piece.edge), 1) if piece.edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(piece.fill) if piece.fill else QPalette().base())
    inner = place.adjusted(0.5, 0.5, -0.5, -0.5) if piece.edge else place
    if piece.radius < 0:
        painter.drawEllipse(inner)
    elif piece.radius:
        painter.drawRoundedRect(inner, piece.radius, piece.radius)
    else:
        painter.drawRect(inner)


def _logo(painter: QPainter, place: QRectF, color: QColor) -> None:
    """A plain cube: Azure's place for the tenant's logo."""
    width, height = place.width(), place.height()

    def at(x: float, y: float) -> QPointF:
        return QPointF(place.left() + x * width, place.top() + y * height)

    painter.setPen(QPen(color, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([at(0.5, 0), at(1, 0.2), at(0.5, 0.4), at(0, 0.2)]))
    painter.drawPolygon(QPolygonF([at(1, 0.2), at(1, 0.75), at(0.5, 1), at(0.5, 0.4)]))
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([at(0, 0.2), at(0.5, 0.4), at(0.5, 1), at(0, 0.75)]))


def _person(painter: QPainter, place: QRectF, color: QColor) -> None:
    """A head and shoulders."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    head = place.width() * 0.44
    painter.drawEllipse(QRectF(place.center().x() - head / 2, place.top(), head, head))
    painter.drawPie(
        QRectF(place.left(), place.top() + place.height() * 0.52, place.width(), place.height()), 0, 180 * 16
    )


def _town(painter: QPainter, place: QRectF, color: QColor) -> None:
    """A few houses under a cloud: a picture of our own where Classic has one."""
    painter.setPen(Qt.PenStyle.NoPen)
    width = place.width()
    for left, high, shade in ((0.06, 0.5, "#f2a33a"), (0.36, 0.72, "#6d3f97"), (0.68, 0.4, "#7fb93c")):
        top = place.bottom() - high * width
        painter.setBrush(QColor(shade))
        painter.drawRect(QRectF(place.left() + left * width, top, width * 0.26, place.bottom() - top))
    painter.setBrush(color)
    for left, top, side in ((0.2, 0.2, 0.24), (0.36, 0.08, 0.34), (0.58, 0.18, 0.24)):
        painter.drawEllipse(
            QRectF(place.left() + left * width, place.top() + top * width, side * width, side * width * 0.8)
        )
