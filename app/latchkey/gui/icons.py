"""Icons by meaning. The shell's own are drawn here, so that the first window needs no icon font; those of
providers come from the font that their catalogue entry names, loaded when the first one is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPainterPath, QPen, QPixmap

from latchkey.gui.theme import Theme, contrast

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
    "open": (((14, 4), (20, 4), (20, 10)), ((20, 4), (11, 13)), ((10, 5), (4, 5), (4, 20), (19, 20), (19, 14))),
    "print": (((7, 9), (7, 3), (17, 3), (17, 9)), ((7, 17), (3, 17), (3, 9), (21, 9), (21, 17), (17, 17)),
              ((7, 14), (17, 14), (17, 21), (7, 21), (7, 14))),
    "search": (((15.2, 15.2), (20.5, 20.5)),),
}  # fmt: skip
_DOTS: dict[str, tuple[Point, ...]] = {"drag": ((9, 6), (15, 6), (9, 12), (15, 12), (9, 18), (15, 18))}
_RAYS: tuple[tuple[Point, Point], ...] = (
    ((12, 2), (12, 4.5)), ((12, 19.5), (12, 22)), ((2, 12), (4.5, 12)), ((19.5, 12), (22, 12)),
    ((5, 5), (6.7, 6.7)), ((17.3, 17.3), (19, 19)), ((5, 19), (6.7, 17.3)), ((17.3, 6.7), (19, 5)),
)  # fmt: skip
_RATIOS = (1.0, 2.0, 3.0)


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


class Icons:
    """Makes and keeps icons: `icon("copy")` in a token's colour, `tile(...)` for a provider."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, str, int], QIcon] = {}
        self._families: dict[str, str] = {}
        self._maps: dict[str, dict[str, str]] = {}

    def icon(self, name: str, token: str = "text", size: int = 18) -> QIcon:
        """The icon that means `name` ("undo", "copy", "remove"), in the colour of a token of the theme in force."""
        color = self._theme.color(token)
        key = (name, color.name(), size)
        if key not in self._made:
            self._made[key] = _icon(size, lambda painter: draw(painter, name, QRectF(0, 0, size, size), color))
        return self._made[key]

    def tile(self, glyph: str, color: str, name: str, size: int = 32) -> QIcon:
        """A provider's icon: a rounded tile in its colour with its glyph (`fa5b.weixin`), else one or two letters."""
        key = (glyph or name, color, size)
        if key not in self._made:
            font, text = self._glyph(glyph)
            self._made[key] = _icon(size, lambda painter: _tile(painter, size, color, font, text, name))
        return self._made[key]

    def paint_glyph(self, painter: QPainter, glyph: str, rect: QRectF, color: QColor) -> bool:
        """Paint a provider's glyph alone. False: there is none of that name."""
        font_family, text = self._glyph(glyph)
        if text:
            font = QFont(font_family)
            font.setPixelSize(max(1, round(rect.height())))
            painter.setFont(font)
            painter.setPen(color)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        return bool(text)

    def _glyph(self, name: str) -> tuple[str, str]:
        """The font family and the character of a qtawesome name, or two empty texts.

        qtawesome itself loads all of its twelve fonts, on the window's thread; we need one or two of them.
        """
        prefix, _dot, glyph = name.partition(".")
        spec = find_spec("qtawesome") if prefix in _FONTS else None
        if spec is None or spec.origin is None:
            return "", ""
        folder = Path(spec.origin).parent / "fonts"
        if prefix not in self._maps:
            found = sorted(folder.glob(f"{_FONTS[prefix]}*charmap*.json"))
            self._maps[prefix] = json.loads(found[0].read_text(encoding="utf-8")) if found else {}
            fonts = sorted(folder.glob(f"{_FONTS[prefix]}*.ttf"))
            number = QFontDatabase.addApplicationFont(str(fonts[0])) if fonts else -1
            self._families[prefix] = next(iter(QFontDatabase.applicationFontFamilies(number)), "") if fonts else ""
        code = self._maps[prefix].get(glyph, "")
        return (self._families[prefix], chr(int(code, 16))) if code and self._families[prefix] else ("", "")


def _icon(size: int, paint: Callable[[QPainter], None]) -> QIcon:
    made = QIcon()
    for ratio in _RATIOS:
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
        painter.end()
        made.addPixmap(pixmap)
    return made


def _tile(painter: QPainter, size: int, color: str, family: str, text: str, name: str) -> None:
    ground = color or _PLAIN_TILE
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22)
    font = QFont(family) if text else QFont()
    font.setPixelSize(round(size * (0.56 if text else 0.44)))
    font.setBold(not text)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff" if contrast(ground, "#ffffff") >= 2.5 else "#1b2430"))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, text or initials(name))


def initials(name: str) -> str:
    """One or two letters for a tile: `QQ`, `We`, `C`, and the first character of a Chinese name."""
    name = name.strip()
    if not name:
        return "?"
    if not name[0].isascii():
        return name[0]
    return name[:2] if len(name) == 2 or name[:2].isupper() else name[0].upper()


# The prefixes of qtawesome's names and the files behind them.
_FONTS = {
    "fa5b": "fontawesome5-brands", "fa5s": "fontawesome5-solid", "fa5": "fontawesome5-regular",
    "fa6b": "fontawesome6-brands", "fa6s": "fontawesome6-solid", "fa6": "fontawesome6-regular",
    "mdi6": "materialdesignicons6", "mdi": "materialdesignicons5", "ri": "remixicon", "ph": "phosphor",
    "ei": "elusiveicons", "msc": "codicon",
}  # fmt: skip
_PLAIN_TILE = "#586474"
