"""The pictures in the sketch, all of our own: a cube for the logo, grounds behind the card, a town for Classic, and the
icons that a single letter of a font can't show.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from latchkey.gui.icons import Icons

_FOUR_OF_GOOGLE = (("#ed412d", 0, 0, 1, 0.36), ("#fdbd00", 0, 0.3, 0.36, 0.4), ("#2da94f", 0, 0.64, 1, 0.36),
                   ("#3e82f7", 0.46, 0.4, 0.54, 0.36))  # fmt: skip
_FOUR_OF_MICROSOFT = (("#f25022", 0, 0), ("#7fba00", 1, 0), ("#59b4d9", 0, 1), ("#ffb900", 1, 1))

# The town: left, width and height of each house in parts of the picture's width; front, side and windows.
_HOUSES = (
    (0.26, 0.22, 0.62, "#e8912d", "#c9731b", "#f6c78c"), (0.46, 0.13, 0.5, "#d9dde2", "#b3bac2", "#8fbf5c"),
    (0.31, 0.23, 0.46, "#6d3f97", "#54307a", "#a887c4"), (0.56, 0.15, 0.36, "#7fb93c", "#67992d", "#c5e39f"),
    (0.09, 0.2, 0.3, "#eef1f4", "#c3c9d0", "#86b94a"),
)  # fmt: skip
_FAR = ((0.0, 0.06, 0.15), (0.05, 0.05, 0.23), (0.12, 0.08, 0.18), (0.5, 0.07, 0.24), (0.62, 0.09, 0.2),
        (0.7, 0.05, 0.3), (0.77, 0.08, 0.25), (0.84, 0.06, 0.19), (0.89, 0.11, 0.28))  # fmt: skip


def paint_art(painter: QPainter, name: str, place: QRectF, color: str) -> None:
    """Paint one of our pictures into its place."""
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    if name == "cube":
        painter.setClipping(False)
        _cube(painter, place, QColor(color))
    elif name == "waves":
        _waves(painter, place)
    elif name == "slope":
        painter.fillRect(place, QColor("#b5b5b5"))
        painter.setBrush(QColor("#adadad"))
        low = QPointF(place.left() + place.width() * 0.08, place.bottom())
        high = QPointF(place.right() - place.width() * 0.03, place.top())
        painter.drawPolygon(QPolygonF([low, high, place.topRight(), place.bottomRight()]))
    else:
        _town(painter, place)
    painter.restore()


def paint_icon(painter: QPainter, icons: Icons, glyph: str, place: QRectF, color: QColor) -> None:
    """A provider's icon in one colour; at rest some have more than one."""
    if glyph == "person":
        _person(painter, place, color)
    elif glyph.endswith(".google") and color.name() == "#3e82f7":
        for part, left, top, width, height in _FOUR_OF_GOOGLE:
            painter.save()
            side = place.width()
            clip = QRectF(place.left() + left * side, place.top() + top * side, width * side, height * side)
            painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
            icons.paint_glyph(painter, glyph, place, QColor(part))
            painter.restore()
    elif glyph.endswith((".microsoft", ".windows")):
        _squares(painter, place, color)
    else:
        icons.paint_glyph(painter, glyph, place, color)


def _squares(painter: QPainter, place: QRectF, color: QColor) -> None:
    """Four squares, each of its colour; all white under the mouse."""
    side, painted = place.width() * 0.42, color.name() == "#f25022"
    painter.setPen(Qt.PenStyle.NoPen)
    for part, column, row in _FOUR_OF_MICROSOFT:
        corner = place.topLeft() + QPointF(place.width() * (0.06 + 0.46 * column), place.width() * (0.06 + 0.46 * row))
        painter.fillRect(QRectF(corner.x(), corner.y(), side, side), QColor(part) if painted else color)


def _cube(painter: QPainter, place: QRectF, color: QColor) -> None:
    """Azure's place for the tenant's logo."""
    width, height = place.width(), place.height()

    def at(x: float, y: float) -> QPointF:
        return QPointF(place.left() + x * width, place.top() + y * height)

    painter.setPen(QPen(color, max(1.0, width / 45), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                        Qt.PenJoinStyle.RoundJoin))  # fmt: skip
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([at(0.5, 0), at(1, 0.2), at(0.5, 0.4), at(0, 0.2)]))
    painter.drawPolygon(QPolygonF([at(1, 0.2), at(1, 0.75), at(0.5, 1), at(0.5, 0.4)]))
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([at(0, 0.2), at(0.5, 0.4), at(0.5, 1), at(0, 0.75)]))


def _person(painter: QPainter, place: QRectF, color: QColor) -> None:
    """A head and shoulders."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    head = place.width() * 0.46
    painter.drawEllipse(QRectF(place.center().x() - head / 2, place.top(), head, head))
    shoulders = QRectF(place.left() + place.width() * 0.06, place.top() + place.height() * 0.54,
                       place.width() * 0.88, place.height() * 0.92)  # fmt: skip
    painter.drawPie(shoulders, 0, 180 * 16)


def _waves(painter: QPainter, place: QRectF) -> None:
    """Large soft circles on blue."""
    painter.fillRect(place, QColor("#0167b8"))
    reach = max(place.width(), place.height())
    painter.setBrush(QColor("#1170bc"))
    painter.drawEllipse(QPointF(place.left() + place.width() * 0.22, place.top() + place.height() * 0.68), reach * 0.62,
                        reach * 0.62)  # fmt: skip
    painter.setBrush(QColor(255, 255, 255, 14))
    painter.drawEllipse(QPointF(place.left() + place.width() * 0.62, place.top() + place.height() * 0.8), reach * 0.44,
                        reach * 0.44)  # fmt: skip


def _town(painter: QPainter, place: QRectF) -> None:
    """A town by the sea of air: a balloon, clouds, houses near and far."""
    painter.fillRect(place, QColor("#00abec"))
    side = min(place.width(), place.height() * 1.1)
    # In a narrow strip the town stays large enough to be one, and is cut off at its right.
    side = max(side, min(place.height() * 0.55, place.width() * 2.2))
    foot = place.bottom()
    painter.setBrush(QColor("#1890c9"))
    for left, width, high in _FAR:
        painter.drawRect(QRectF(place.left() + left * side, foot - high * side * 0.8, width * side, high * side))
    for left, width, high, front, edge, window in _HOUSES:
        _house(painter, QRectF(place.left() + left * side, foot - high * side * 0.85, width * side, high * side),
               (front, edge, window))  # fmt: skip
    top = place.top() + place.height() * 0.08
    _balloon(painter, QRectF(place.left() + side * 0.42, top, side * 0.2, side * 0.27))
    for left, low, width in ((0.66, 0.3, 0.17), (0.1, 0.17, 0.12)):
        _cloud(painter, QRectF(place.left() + left * side, place.top() + low * place.height(), width * side,
                               width * side * 0.5))  # fmt: skip


def _house(painter: QPainter, house: QRectF, colors: tuple[str, str, str]) -> None:
    """A front with windows, and a darker side."""
    front, edge, window = (QColor(color) for color in colors)
    painter.setBrush(front)
    painter.drawRect(house)
    painter.setBrush(edge)
    painter.drawRect(QRectF(house.left() + house.width() * 0.58, house.top(), house.width() * 0.42, house.height()))
    painter.setBrush(window)
    step = house.width() / 7
    down = house.top() + step
    while down < house.bottom() - step:
        for number in range(7):
            if number != 3:
                painter.drawRect(QRectF(house.left() + (number + 0.22) * step, down, step * 0.56, step * 0.75))
        down += step * 1.25


def _balloon(painter: QPainter, place: QRectF) -> None:
    """A light balloon in a soft halo."""
    width = place.width()
    painter.setBrush(QColor(255, 255, 255, 45))
    for reach in (1.55, 1.0):
        painter.drawEllipse(place.center() - QPointF(0, width * 0.12), width * reach, width * reach)
    body = QRectF(place.left(), place.top(), width, width)
    path = QPainterPath(QPointF(body.left(), body.center().y()))
    path.arcTo(body, 180, -180)
    path.quadTo(QPointF(body.right(), body.bottom() - width * 0.1), QPointF(body.center().x() + width * 0.14,
                                                                           body.bottom() + width * 0.12))  # fmt: skip
    path.lineTo(QPointF(body.center().x() - width * 0.14, body.bottom() + width * 0.12))
    path.quadTo(QPointF(body.left(), body.bottom() - width * 0.1), QPointF(body.left(), body.center().y()))
    painter.setBrush(QColor("#ffffff"))
    painter.drawPath(path)
    painter.setBrush(QColor("#dceef7"))
    painter.drawEllipse(QRectF(body.center().x(), body.top() + width * 0.04, width * 0.28, width * 0.94))
    painter.setBrush(QColor("#4a4f57"))
    painter.drawRoundedRect(QRectF(body.center().x() - width * 0.1, place.bottom() - width * 0.14, width * 0.2,
                                   width * 0.14), 2, 2)  # fmt: skip


def _cloud(painter: QPainter, place: QRectF) -> None:
    painter.setBrush(QColor("#ffffff"))
    width, height = place.width(), place.height()
    painter.drawRoundedRect(
        QRectF(place.left(), place.top() + height * 0.5, width, height * 0.5), height / 4, height / 4
    )
    for left, top, side in ((0.16, 0.22, 0.36), (0.36, 0.0, 0.48)):
        painter.drawEllipse(QRectF(place.left() + left * width, place.top() + top * height, side * width, side * width))
