"""Goes down the column of a page and puts piece after piece; what each page design adds is in `cards` and `classic`."""

from __future__ import annotations

import re
from collections.abc import Callable

from latchkey.gui.sketch.pieces import Drawing, Line, Page, Rect, Side, SketchButton, Tile, View, Width
from latchkey.gui.sketch.skins import INK, skins

_WORDS = re.compile(r"[\u2e80-\uffff]\s*|[^\s\u2e80-\uffff]+\s*")
_LEAST = 22.0  # a control is never lower than its text


class Maker:
    """One page of one design at one size."""

    size = 14.0  # of ordinary text

    def __init__(self, page: Page, view: View, measure: Width) -> None:
        self.page, self.view, self.measure = page, view, measure
        self.out = Drawing(width=view.width)
        self.y = 0.0
        self.left, self.column = 0.0, view.width

    def made(self) -> Drawing:
        """The whole page."""
        raise NotImplementedError

    # Going down

    def gap(self, pixels: float) -> None:
        """Leave room."""
        self.y += pixels * self.view.air**1.6  # gaps give way sooner than what one can press

    def high(self, pixels: float) -> float:
        """How high a control is that has so many pixels in the browser."""
        return max(pixels * self.view.air, min(pixels, _LEAST))

    def text(
        self, text: str, color: str = INK, *, size: float = 0, line: float = 20, side: Side = "left", bold: bool = False
    ) -> None:
        """A sentence across the column, in as many lines as it needs."""
        size = size or self.size
        for part in wrapped(text, self.column, lambda words: self.measure(words, size, bold)):
            self.line(part, color, size=size, line=line, side=side, bold=bold)

    def line(
        self, text: str, color: str, *, size: float = 0, line: float = 20, side: Side = "left", bold: bool = False
    ) -> None:
        """One line across the column."""
        place = Rect(self.left, self.y, self.column, line)
        self.out.pieces.append(Line(place, text, color, size or self.size, side, bold))
        self.y += line

    def two(self, first: str, first_color: str, second: str, second_color: str, between: float, side: Side) -> None:
        """A sentence and the link behind it; the link goes to a line of its own where there is no room beside."""
        wide, link = (self.measure(text, self.size, False) for text in (first, second))
        if wide + between + link > self.column:
            self.line(first, first_color, side=side)
            self.line(second, second_color, side=side)
            return
        start = self.left if side == "left" else self.left + self.column - wide - between - link
        for text, color, left, width in (
            (first, first_color, start, wide + 2), (second, second_color, start + wide + between, link + 2),
        ):  # fmt: skip
            self.out.pieces.append(Line(Rect(left, self.y, width, 20), text, color, self.size))
        self.y += 20

    def tile(
        self, button: SketchButton, place: Rect, lines: tuple[Line, ...], icon: Rect | None, *, glyph: str = "",
        radius: float = 0,
    ) -> None:  # fmt: skip
        """A button, and the memory of where it is. The stand-in for buttons that are still to come has no key."""
        rest, hover = skins(self.page.design, button.exchange)
        self.out.pieces.append(Tile(button.key, place, lines, glyph or button.glyph, icon, rest, hover, radius))
        if button.key:
            self.out.places[button.key] = place


def wrapped(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """The text in lines that fit: broken at spaces, and after any wide character (Chinese has no spaces)."""
    lines = [""]
    for word in _WORDS.findall(text):
        if lines[-1] and measure((lines[-1] + word).strip()) > room:
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines]
