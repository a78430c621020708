"""Paints a drawing of the sign-in page, on the screen or into a picture to keep."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPalette, QPen

from latchkey.gui.icons import Icons
from latchkey.gui.sketch.artwork import paint_art, paint_icon
from latchkey.gui.sketch.layout import draw
from latchkey.gui.sketch.pieces import WHOLE, Box, Drawing, Line, Page, Rect, Screen, Tile
from latchkey.gui.theme import Theme
from latchkey.text import _

_LOOSE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft, "center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight,
}  # fmt: skip
_CAPTION = 36
_SHARP = 2  # a kept picture has so many pixels for each of the page


class Brush(NamedTuple):
    """What painting needs beside the drawing."""

    theme: Theme
    icons: Icons

    def font(self, size: float, *, bold: bool = False) -> QFont:
        """The wizard's own font in a size of the page's."""
        font = self.theme.font("hint", bold=bold)
        font.setPixelSize(max(1, round(size)))
        return font

    def width(self, text: str, size: float, bold: bool) -> float:
        """How wide a text is drawn."""
        return QFontMetricsF(self.font(size, bold=bold)).horizontalAdvance(text)


def paint(
    painter: QPainter, drawing: Drawing, brush: Brush, seen: QRectF, chosen: Collection[str] = (), hovered: str = ""
) -> None:
    """The pieces that are in sight, back to front; buttons that are chosen with a line around them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for piece in drawing.pieces:
        place = at(piece.rect)
        if not place.intersects(seen):
            continue
        if isinstance(piece, Box):
            _box(painter, piece, place)
        elif isinstance(piece, Line):
            _line(painter, piece, piece.color, brush)
        elif isinstance(piece, Tile):
            _tile(painter, piece, brush, hover=bool(piece.key) and piece.key == hovered)
        else:
            paint_art(painter, piece.name, place, piece.color)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for key, where in drawing.places.items():
        if key in chosen:
            for color, width in (("#ffffff", 5.0), ("#0b6b5d", 2.5)):
                painter.setPen(QPen(QColor(color), width))
                painter.drawRoundedRect(at(where.inset(-1.5)), 5, 5)


def picture(page: Page, screen: Screen, brush: Brush, sharp: int = _SHARP) -> QImage:
    """The whole page as in a browser, with a line below that says what it is."""
    drawing = draw(page, WHOLE[screen], brush.width)
    size = QSize(round(drawing.width), round(drawing.height) + _CAPTION)
    image = QImage(size * sharp, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharp)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    paint(painter, drawing, brush, QRectF(0, 0, drawing.width, drawing.height))
    painter.fillRect(QRectF(0, drawing.height, drawing.width, _CAPTION), QColor("#eef1f5"))
    caption = Rect(16, drawing.height, drawing.width - 32, _CAPTION)
    _line(painter, Line(caption, _("Approximate sketch, made with Latchkey"), "#586474", 13), "#586474", brush)
    painter.end()
    return image


def at(rect: Rect) -> QRectF:
    """A place as Qt knows it."""
    return QRectF(rect.left, rect.top, rect.width, rect.height)


def _line(painter: QPainter, piece: Line, color: str, brush: Brush) -> None:
    font, place = brush.font(piece.size, bold=piece.bold), at(piece.rect)
    painter.setFont(font)
    painter.setPen(QColor(color))
    text = QFontMetricsF(font).elidedText(piece.text, Qt.TextElideMode.ElideRight, place.width() + 1)
    painter.drawText(place, _SIDES[piece.side] | _LOOSE, text)


def _box(painter: QPainter, piece: Box, place: QRectF) -> None:
    if piece.glow:
        _glow(painter, place, QColor(piece.glow))
    painter.setPen(QPen(QColor(piece.edge), 1) if piece.edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(piece.fill) if piece.fill else QPalette().base())
    inner = place.adjusted(0.5, 0.5, -0.5, -0.5) if piece.edge else place
    if piece.radius:
        painter.drawRoundedRect(inner, piece.radius, piece.radius)
    else:
        painter.drawRect(inner)


def _glow(painter: QPainter, place: QRectF, color: QColor) -> None:
    """A soft light around a button."""
    painter.setPen(Qt.PenStyle.NoPen)
    for reach in range(14, 0, -2):
        color.setAlpha(22)
        painter.setBrush(color)
        painter.drawRoundedRect(place.adjusted(-reach, -reach, reach, reach), reach, reach)


def _tile(painter: QPainter, piece: Tile, brush: Brush, *, hover: bool) -> None:
    skin = piece.hover if hover else piece.rest
    place = at(piece.rect)
    _box(painter, Box(piece.rect, skin.face, skin.edge, piece.radius), place)
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    if piece.icon is not None and skin.icon:
        paint_icon(painter, brush.icons, piece.glyph, at(piece.icon), QColor(skin.icon))
    for line in piece.lines:
        _line(painter, line, skin.ink, brush)
    painter.restore()
