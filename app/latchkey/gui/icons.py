"""Icons by meaning. The shell's own are drawn here, so that the first window needs no icon font; those of
providers come from the font that their catalogue entry names, loaded when the first one is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

from latchkey.gui.strokes import draw
from latchkey.gui.theme import Theme
from latchkey.paths import resource
from latchkey.tiles import initials, ink_on

__all__ = ["Icons", "Tiles", "draw", "initials", "program_icon"]

_RATIOS = (1.0, 2.0, 3.0)
_PROGRAM_SIZES = (16, 24, 32, 48, 64, 128, 256)


class Tiles:
    """Makes and keeps the icons of providers, which look the same in every theme."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, int], QIcon] = {}
        self._families: dict[str, str] = {}
        self._maps: dict[str, dict[str, str]] = {}

    def tile(self, glyph: str, color: str, name: str, size: int = 32) -> QIcon:
        """A provider's icon: a rounded tile in its colour with its glyph (`fa5b.weixin`), else one or two letters."""
        key = (glyph or name, color, size)
        if key not in self._made:
            font, text = self._glyph(glyph)
            self._made[key] = _icon(size, lambda painter: _tile(painter, size, color, font, text, name))
        return self._made[key]

    def has_glyph(self, glyph: str) -> bool:
        """Whether there is a glyph of that name."""
        return bool(self._glyph(glyph)[1])

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
            # By its bytes: a path with letters beyond the system's code page is not found by every Windows.
            number = QFontDatabase.addApplicationFontFromData(fonts[0].read_bytes()) if fonts else -1
            self._families[prefix] = next(iter(QFontDatabase.applicationFontFamilies(number)), "") if fonts else ""
        code = self._maps[prefix].get(glyph, "")
        return (self._families[prefix], chr(int(code, 16))) if code and self._families[prefix] else ("", "")


class Icons(Tiles):
    """Makes and keeps icons: `icon("copy")` in a token's colour, `tile(...)` for a provider."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def icon(self, name: str, token: str = "text", size: int = 18) -> QIcon:
        """The icon that means `name` ("undo", "copy", "remove"), in the colour of a token of the theme in force."""
        color = self._theme.color(token)
        key = (name, color.name(), size)
        if key not in self._made:
            self._made[key] = _icon(size, lambda painter: draw(painter, name, QRectF(0, 0, size, size), color))
        return self._made[key]


def program_icon() -> QIcon:
    """Latchkey's own icon, for the window and the task bar. Pictures are read when one of their size is wanted."""
    made = QIcon()
    for size in _PROGRAM_SIZES:
        made.addFile(str(resource("icons", f"latchkey-{size}.png")), QSize(size, size))
    return made


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
    painter.setPen(QColor(ink_on(ground)))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, text or initials(name))


# The prefixes of qtawesome's names and the files behind them.
_FONTS = {
    "fa5b": "fontawesome5-brands", "fa5s": "fontawesome5-solid", "fa5": "fontawesome5-regular",
    "fa6b": "fontawesome6-brands", "fa6s": "fontawesome6-solid", "fa6": "fontawesome6-regular",
    "mdi6": "materialdesignicons6", "mdi": "materialdesignicons5", "ri": "remixicon", "ph": "phosphor",
    "ei": "elusiveicons", "msc": "codicon",
}  # fmt: skip
_PLAIN_TILE = "#586474"
