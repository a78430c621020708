"""Classic: a white panel at the right edge beside a picture; the buttons first, as small tiles. No Qt.

Sizes and gaps are those of the design, measured in a browser.
"""

from __future__ import annotations

from latchkey.gui.sketch.maker import Maker, wrapped
from latchkey.gui.sketch.pieces import Art, Box, Drawing, Line, Page, Rect, SketchButton, View, Width
from latchkey.gui.sketch.skins import CLASSIC_TEXTS, skins

_PANEL, _INSIDE, _COLUMN = 501.0, 53.0, 378.0
_SMALL_PANEL, _SMALL_INSIDE = 350.0, 14.0  # in a window that could not show both panel and picture
_NARROW = 620.0
_TILE, _TILE_HIGH, _STEP, _ROWS = 158.0, 34.0, 164.0, 9.0
_ICON_ZONE = 30.0
_FIELD = 305.0
_INK, _LINK = "#000000", "#2872dd"


class Classic(Maker):
    """The oldest design."""

    def __init__(self, page: Page, view: View, measure: Width) -> None:
        super().__init__(page, view, measure)
        self.phone = view.screen == "phone"
        self.size = 12.8 if self.phone else 14.4
        self.row = 20.0 if self.phone else 22.0

    def made(self) -> Drawing:
        """Buttons, "or", form; the panel and the picture behind them."""
        panel = self._panel()
        self.y = 122 * self.view.air**3
        if self.page.buttons:
            self.text(self.page.texts["social_intro"], _INK, line=self.row)
            self.gap(7)
            self.buttons()
        if self.page.local:
            if self.page.buttons:
                self.divider()
            start = self.y
            self.form()
            self.out.form = Rect(self.left, start, self.column, self.y - start)
        self.out.height = max(self.view.height, self.y + 24)
        whole = Rect(0, 0, self.view.width, self.out.height)
        behind: list[Art | Box] = [Box(whole, "#ffffff")]
        if panel:
            behind.append(Art(Rect(0, 0, self.view.width - panel, whole.height), "town"))
        self.out.pieces[:0] = behind
        return self.out

    def _panel(self) -> float:
        """How wide the panel is; 0: it takes the whole window, and there is no picture."""
        if self.phone:
            self.left, self.column = 2, self.view.width - 4
            return 0
        small = self.view.width < _NARROW
        panel = _SMALL_PANEL if small else _PANEL
        start = self.view.width - panel
        self.left = start + (_SMALL_INSIDE if small else _INSIDE)
        self.column = panel - 2 * _SMALL_INSIDE if small else _COLUMN
        return panel

    def buttons(self) -> None:
        """Tiles, as many side by side as there is room for."""
        across = max(1, int((self.column + _STEP - _TILE) // _STEP))
        high = self.high(_TILE_HIGH)
        for number, button in enumerate(self.page.buttons):
            left = self.left + (number % across) * _STEP
            self.put(button, Rect(left, self.y, _TILE, high))
            if number % across == across - 1 or number == len(self.page.buttons) - 1:
                self.y += high
                self.gap(_ROWS if number < len(self.page.buttons) - 1 else 0)

    def put(self, button: SketchButton, place: Rect) -> None:
        """One tile: a name that is too long takes two lines and is cut off there."""
        known = skins("classic", button.exchange)[0] != skins("classic", "")[0]
        room = Rect(place.left + _ICON_ZONE, place.top, place.width - _ICON_ZONE - 3, place.height)
        text = CLASSIC_TEXTS.get(button.exchange, button.text)
        size = 12.8 if button.exchange in CLASSIC_TEXTS else self.size
        lines = wrapped(text, room.width, lambda part: self.measure(part, size, False))
        step = size * 1.15
        if len(lines) > 2:
            lines = [lines[0], " ".join(lines[1:])]
        if step * len(lines) > place.height:
            lines = [text]
        top = place.top + (place.height - step * len(lines)) / 2
        side = min(26.0, place.height - 6)
        icon = Rect(place.left + 5, place.top + (place.height - side) / 2, side, side)
        shown = tuple(
            Line(Rect(room.left, top + number * step, room.width, step), part, "", size, "center")
            for number, part in enumerate(lines)
        )
        self.tile(button, place, shown, icon, glyph="" if known else "person")

    def divider(self) -> None:
        """A word between two rules."""
        self.gap(20)
        text = self.page.texts["or"]
        wide = self.measure(text, self.size, True) + 20
        left, width = (0.0, self.view.width) if self.phone else (self.left - 5, self.column + 10)
        half = (width - wide) / 2
        for start in (left, left + width - half):
            self.out.pieces.append(Box(Rect(start, self.y + 12, half, 1), "#b8b8b8"))
        self.out.pieces.append(Line(Rect(left, self.y, width, 24), text, _INK, self.size, "center", bold=True))
        self.y += 24
        self.gap(10)

    def form(self) -> None:
        """Names above their fields, the link beside the second name."""
        texts = self.page.texts
        self.text(texts["local_intro"], _INK, line=self.row)
        self.gap(6)
        high = self.high(30)
        for name in ("email", "password"):
            if name == "password":
                wide = self.measure(texts["password"], self.size, False) + 9
                place = Rect(self.left + wide, self.y, self.column - wide, 20)
                self.out.pieces.append(Line(place, texts["forgot"], _LINK, self.size * 0.75))
            self.text(texts[name], _INK)
            field = self.column if self.phone else min(_FIELD, self.column)
            self.out.pieces.append(Box(Rect(self.left, self.y, field, high), "#ffffff", "#b8b8b8"))
            self.y += high
            self.gap(7 if name == "email" else 9)
        wide = max(50.0, self.measure(texts["sign_in"], self.size, False) + 22)
        place = Rect(self.left, self.y, wide, self.high(30.5))
        self.out.pieces += [Box(place, "#0078d4"), Line(place, texts["sign_in"], "#ffffff", self.size, "center")]
        self.y = place.bottom
        if self.page.sign_up:
            self.gap(6.5)
            self.two(texts["new_here"], _INK, texts["sign_up"], _LINK, 5, "left")
