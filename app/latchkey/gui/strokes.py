"""The shell's own icons as strokes on a grid of 24 by 24. They need no icon font, so the first picture has them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

Point = tuple[float, float]

# Lines on a grid of 24 by 24: one tuple of points per stroke.
_STROKES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "tick": (((5, 12.5), (10, 17.5), (19, 7)),),
    "plus": (((12, 5), (12, 19)), ((5, 12), (19, 12))),
    "minus": (((5, 12), (19, 12)),),
    "close": (((6, 6), (18, 18)), ((18, 6), (6, 18))),
    "up": (((6, 14.5), (12, 8.5), (18, 14.5)),),
    "down": (((6, 9.5), (12, 15.5), (18, 9.5)),),
    "next": (((9.5, 6), (15.5, 12), (9.5, 18)),),
    "back": (((14.5, 6), (8.5, 12), (14.5, 18)),),
    "copy": (((9, 9), (20, 9), (20, 20), (9, 20), (9, 9)), ((15, 9), (15, 4), (4, 4), (4, 15), (9, 15))),
    "folder": (((3, 19), (3, 5), (9, 5), (11, 8), (21, 8), (21, 19), (3, 19)),),
    "file": (((6, 3), (14, 3), (18, 7), (18, 21), (6, 21), (6, 3)), ((14, 3), (14, 7), (18, 7))),
    "remove": (((4, 7), (20, 7)), ((6, 7), (7, 20), (17, 20), (18, 7)), ((9, 7), (9, 4), (15, 4), (15, 7))),
    "menu": (((4, 7), (20, 7)), ((4, 12), (20, 12)), ((4, 17), (20, 17))),
    "attention": (((12, 4), (21.5, 20), (2.5, 20), (12, 4)), ((12, 10), (12, 14.5)), ((12, 17), (12, 17.2))),
    "drag": (),
    "more": (),
    "screen": (((3, 5), (21, 5), (21, 16), (3, 16), (3, 5)), ((9, 20), (15, 20)), ((12, 16), (12, 20))),
    "phone": (((7.5, 3), (16.5, 3), (16.5, 21), (7.5, 21), (7.5, 3)), ((11, 18), (13, 18))),
    "save": (((12, 4), (12, 15)), ((7, 10.5), (12, 15.5), (17, 10.5)), ((4, 16), (4, 20), (20, 20), (20, 16))),
    "enlarge": (((14, 4), (20, 4), (20, 10)), ((20, 4), (14, 10)), ((10, 20), (4, 20), (4, 14)), ((4, 20), (10, 14))),
    "picture": (((4, 5), (20, 5), (20, 19), (4, 19), (4, 5)), ((4, 16), (9, 11), (13, 15), (16, 12.5), (20, 16))),
    "open": (((14, 4), (20, 4), (20, 10)), ((20, 4), (11, 13)), ((10, 5), (4, 5), (4, 20), (19, 20), (19, 14))),
    "pin": (((9, 3), (15, 3)), ((10, 3), (9, 10), (6, 14), (18, 14), (15, 10), (14, 3)), ((12, 14), (12, 21))),
    "print": (((7, 9), (7, 3), (17, 3), (17, 9)), ((7, 17), (3, 17), (3, 9), (21, 9), (21, 17), (17, 17)),
              ((7, 14), (17, 14), (17, 21), (7, 21), (7, 14))),
    "search": (((15.2, 15.2), (20.5, 20.5)),),
}  # fmt: skip
_DOTS: dict[str, tuple[Point, ...]] = {
    "drag": ((9, 6), (15, 6), (9, 12), (15, 12), (9, 18), (15, 18)), "more": ((5, 12), (12, 12), (19, 12)),
    "picture": ((15.5, 8.5),),
}  # fmt: skip
_RAYS: tuple[tuple[Point, Point], ...] = (
    ((12, 2), (12, 4.5)), ((12, 19.5), (12, 22)), ((2, 12), (4.5, 12)), ((19.5, 12), (22, 12)),
    ((5, 5), (6.7, 6.7)), ((17.3, 17.3), (19, 19)), ((5, 19), (6.7, 17.3)), ((17.3, 6.7), (19, 5)),
)  # fmt: skip


def _extra(name: str, path: QPainterPath) -> None:
    """What lines alone don't draw."""
    if name in ("undo", "redo"):
        path.moveTo(5, 9)
        path.lineTo(14, 9)
        path.cubicTo(QPointF(22, 9), QPointF(22, 19), QPointF(14, 19))
        path.lineTo(10, 19)
        path.moveTo(9, 4.5)
        path.lineTo(4.5, 9)
        path.lineTo(9, 13.5)
    elif name == "search":
        path.addEllipse(QPointF(10, 10), 6.5, 6.5)
    elif name in ("light", "theme"):
        path.addEllipse(QPointF(12, 12), 4, 4)
        for line in _RAYS:
            path.moveTo(*line[0])
            path.lineTo(*line[1])
    elif name == "dark":
        path.moveTo(19.5, 14.5)
        path.arcTo(QRectF(4, 3.5, 16, 16), -20, -250)
        path.cubicTo(QPointF(8, 12), QPointF(13, 17), QPointF(19.5, 14.5))


def draw(painter: QPainter, name: str, rect: QRectF, color: QColor, width: float = 1.8) -> None:
    """Paint one of the shell's own icons into `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 24, rect.height() / 24)
    if name == "redo":
        painter.translate(24, 0)
        painter.scale(-1, 1)
    pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    path = QPainterPath()
    for stroke in _STROKES.get(name, ()):
        path.moveTo(*stroke[0])
        for point in stroke[1:]:
            path.lineTo(*point)
    _extra(name, path)
    painter.drawPath(path)
    painter.setBrush(color)
    painter.setPen(Qt.PenStyle.NoPen)
    for dot in _DOTS.get(name, ()):
        painter.drawEllipse(QPointF(*dot), 1.6, 1.6)
    painter.restore()
