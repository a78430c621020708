"""Painting the picture of a journey, on the screen or into an image."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from latchkey.gui.theme import LIGHT, Theme
from latchkey.policy.flow import SMALL, TEXT, Badge, Box, Edge, Flow, Line
from latchkey.policy.flow_svg import BOXES, EDGES, INKS, head, radius

_SHARP = 2.0  # pixels of an image for each of the picture
_LONGEST = 30_000  # pixels of an image: what programs that show pictures take
_AROUND = 12  # pixels that lines and heads of arrows reach beyond their points


class Pencils(NamedTuple):
    """Colours by token, and the font by size and weight."""

    color: Callable[[str], QColor]
    font: Callable[[int, bool], QFont]


def on_screen(theme: Theme) -> Pencils:
    """As everything else looks."""
    return Pencils(theme.color, lambda size, bold: _font(theme, size, bold))


def on_paper(theme: Theme) -> Pencils:
    """Dark on light, whatever the theme: for documents."""
    return Pencils(lambda token: QColor(getattr(LIGHT, token)), lambda size, bold: _font(theme, size, bold))


def paint(
    painter: QPainter,
    flow: Flow,
    pencils: Pencils,
    sight: QRectF | None = None,
    lit: Box | None = None,
    chosen: Box | None = None,
) -> None:
    """The picture, or what of it is in sight; `lit` is under the mouse, `chosen` is the one that is looked at."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for part in flow.painted():
        if sight is not None and not _is_in(part, sight):
            continue
        if isinstance(part, Box):
            _paint_box(painter, part, pencils, lit=part is lit)
        elif isinstance(part, Edge):
            _paint_edge(painter, part, pencils)
        else:
            _paint_line(painter, part, pencils, None)
    if chosen is not None:
        painter.setPen(QPen(pencils.color("accent"), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(_rect(chosen).adjusted(-2, -2, 2, 2), radius(chosen) + 2, radius(chosen) + 2)


def _is_in(part: Box | Edge | Line, sight: QRectF) -> bool:
    """Whether any of it may be in sight, from top to bottom."""
    if isinstance(part, Box):
        top, bottom = part.y, part.y + part.height
    elif isinstance(part, Edge):
        heights = [y for _x, y in part.points]
        top, bottom = min(heights), max(heights)
    else:
        top, bottom = part.y - part.size, part.y + part.size
    return bottom + _AROUND >= sight.top() and top - _AROUND <= sight.bottom()


def image(flow: Flow, theme: Theme) -> QImage:
    """The picture for documents, sharp also when it is printed; a very long one a little less."""
    sharp = min(_SHARP, _LONGEST / max(flow.width, flow.height))
    made = QImage(round(flow.width * sharp), round(flow.height * sharp), QImage.Format.Format_RGB32)
    made.fill(QColor(LIGHT.panel))
    painter = QPainter(made)
    painter.scale(sharp, sharp)
    paint(painter, flow, on_paper(theme))
    painter.end()
    return made


def as_png(picture: QImage) -> bytes:
    """The bytes of a file with the picture. Needs no screen and no window's thread."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())


def _paint_box(painter: QPainter, box: Box, pencils: Pencils, *, lit: bool) -> None:
    ground, border = BOXES[box.kind]
    pen = QPen(pencils.color("accent" if lit else border), 1.6 if lit else 1.1)
    if box.kind == "frame":
        pen.setDashPattern([5, 4])
    painter.setPen(pen)
    painter.setBrush(pencils.color("panel" if ground == "background" else ground))
    painter.drawRoundedRect(_rect(box), radius(box), radius(box))
    for line in box.lines:
        beside = box.badge is not None and line.y < box.badge.y + box.badge.height + line.size / 2
        right = box.badge.x - 4 if box.badge is not None and beside else box.x + box.width - 6
        _paint_line(painter, line, pencils, right - line.x if line.anchor == "start" else None)
    if box.badge is not None:
        _paint_badge(painter, box.badge, pencils)


def _paint_badge(painter: QPainter, badge: Badge, pencils: Pencils) -> None:
    painter.setPen(QPen(pencils.color("accent"), 1))
    painter.setBrush(pencils.color("panel"))
    place = QRectF(badge.x, badge.y, badge.width, badge.height)
    painter.drawRoundedRect(place, 4, 4)
    painter.setFont(pencils.font(badge.line.size, False))
    painter.setPen(pencils.color(INKS["badge"]))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, badge.line.text)


def _paint_edge(painter: QPainter, edge: Edge, pencils: Pencils) -> None:
    color = pencils.color(EDGES[edge.kind])
    pen = QPen(color, 1.5)
    if edge.kind == "skip":
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in edge.points]))
    if edge.arrow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in head(edge)]))


def _paint_line(painter: QPainter, line: Line, pencils: Pencils, room: float | None) -> None:
    """A line of text; its places were reckoned without fonts, so one that is too wide ends in dots."""
    font = pencils.font(line.size, line.role == "title")
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, room) if room is not None else line.text
    wide = metrics.horizontalAdvance(text)
    left = line.x - {"start": 0.0, "middle": wide / 2, "end": wide}[line.anchor]
    painter.setFont(font)
    painter.setPen(pencils.color(INKS[line.role]))
    painter.drawText(QPointF(left, line.y), text)


def _rect(box: Box) -> QRectF:
    return QRectF(QPointF(box.x, box.y), QSizeF(box.width, box.height))


def _font(theme: Theme, size: int, bold: bool) -> QFont:
    font = theme.font("hint" if size <= SMALL else "body", bold)
    font.setPixelSize(size if size != TEXT else TEXT)
    return font
