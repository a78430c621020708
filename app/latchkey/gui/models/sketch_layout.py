"""Where things stand on a sign-in page, as simple pieces to paint: Azure's three page designs, drawn small.

A sketch made from facts (order, sides, shapes, colours), not a copy: pictures and logos are our own. The page design
decides where the e-mail form stands; the order of the buttons is the draft's.
https://learn.microsoft.com/azure/active-directory-b2c/customize-ui describes the designs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Design = Literal["ocean-blue", "slate-gray", "classic"]
Side = Literal["left", "center", "right"]
Width = Callable[[str, int, bool], float]  # text, pixel size, bold → how wide it is drawn


class Rect(NamedTuple):
    """A place, in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def inset(self, by: float) -> Rect:
        """Smaller by so much on each side; larger when negative."""
        return Rect(self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by)


class Box(NamedTuple):
    """A filled rectangle, a frame, or both."""

    rect: Rect
    fill: str = ""
    edge: str = ""
    radius: float = 0


class Line(NamedTuple):
    """A line of text, shortened to its place."""

    rect: Rect
    text: str
    color: str
    size: int
    side: Side = "left"
    bold: bool = False


class Mark(NamedTuple):
    """A small picture: a provider's glyph, the grey person of an unknown one, or the placeholder for a logo."""

    rect: Rect
    name: str
    color: str


Piece = Box | Line | Mark


class SketchButton(NamedTuple):
    """A button: its row's key, the text that customers read, its exchange's id and its type's glyph."""

    key: str
    text: str
    exchange: str
    glyph: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows. `texts` are those of the composed policies; without `local` there is no e-mail form."""

    design: Design
    buttons: tuple[SketchButton, ...]
    local: bool
    sign_up: bool
    texts: dict[str, str]


@dataclass(slots=True)
class Drawing:
    """The pieces from back to front, the place of each button, and how high the whole is."""

    pieces: list[Piece] = field(default_factory=list)
    places: dict[str, Rect] = field(default_factory=dict)
    form: Rect | None = None
    height: float = 0


# What the designs make of the providers they know, by the id of the exchange: (icon colour, tile's face in Classic, its
# ink). Classic has no rule for WeChat, QQ and Weibo; an id that differs in one letter is unknown to all three.
_KNOWN = {
    "FacebookExchange": ("#3a589c", "#3b5b9c", "#ffffff"), "GoogleExchange": ("#3e82f7", "#ffffff", "#000000"),
    "MicrosoftAccountExchange": ("#f25022", "#ffffff", "#000000"),
    "LinkedInExchange": ("#007ab7", "#0077b5", "#ffffff"),
    "AmazonExchange": ("#36474f", "#ffffff", "#000000"), "TwitterExchange": ("#059ff5", "#60a9dd", "#ffffff"),
    "GitHubExchange": ("#0f0f0f", "#ffffff", "#000000"), "AppleExchange": ("#000000", "#ffffff", "#000000"),
    "WeChatExchange": ("#4cc522", "", ""), "QQExchange": ("#1a97df", "", ""), "WeiboExchange": ("#e81123", "", ""),
}  # fmt: skip
_WORDS = re.compile(r"[\u2e80-\uffff]\s*|[^\s\u2e80-\uffff]+\s*")
_UNKNOWN_TILE = ("#505050", "#ffffff")
_INK, _LINK, _EDGE = "#333333", "#2f6fa8", "#605e5c"


_AIR = (1.0, 0.92, 0.85, 0.78, 0.72)  # how generous heights and gaps are; less where a page would not fit


def draw(page: Page, width: float, room: float, size: int, measure: Width) -> Drawing:
    """The page at a width; `room` is the height there is to fill, `size` the text's."""
    maker = _Classic if page.design == "classic" else _Slate if page.design == "slate-gray" else _Ocean
    if not page.buttons:
        page = replace(page, buttons=(SketchButton("", page.texts["none_yet"], "", ""),))
    for air in _AIR[:-1]:
        made = maker(page, width, size, measure, air).made(room)
        if made.height <= room:
            return made
    return maker(page, width, size, measure, _AIR[-1]).made(room)


class _Maker:
    """Goes down the column of a page and puts piece after piece."""

    gap_after_form = 26.0

    def __init__(self, page: Page, width: float, size: int, measure: Width, air: float) -> None:
        self.page, self.width, self.size, self.measure, self.air = page, width, size, measure, air
        self.out = Drawing()
        self.y = 0.0
        self.left, self.column = 0.0, width
        self.line = size * (1.1 + 0.4 * air)

    def text(self, text: str, color: str = _INK, *, size: int = 0, side: Side = "left", bold: bool = False) -> None:
        """A sentence across the column, in as many lines as it needs."""
        size = size or self.size
        high = self.line + size - self.size
        for line in wrapped(text, self.column, lambda part: self.measure(part, size, bold)):
            self.out.pieces.append(Line(Rect(self.left, self.y, self.column, high), line, color, size, side, bold))
            self.y += high

    def button_at(self, button: SketchButton, place: Rect) -> None:
        """Remember where it is. The stand-in for buttons that are still to come has no key."""
        if button.key:
            self.out.places[button.key] = place

    def made(self, room: float) -> Drawing:
        raise NotImplementedError

    def buttons(self) -> None:
        raise NotImplementedError

    def form(self) -> None:
        raise NotImplementedError


class _Card(_Maker):
    """A white card on a full-page picture, the e-mail form first."""

    background: Sequence[Piece] = ()
    logo_side: Side = "center"

    def made(self, room: float) -> Drawing:
        margin, pad = self.width * 0.07, self.width * 0.065
        self.left, self.column = margin + pad, self.width - 2 * (margin + pad)
        margin, pad = margin * self.air**2, pad * self.air
        top = margin + 4
        self.y = top + pad + 4
        self.logo()
        if self.page.local:
            start = self.y
            self.form()
            self.out.form = Rect(self.left, start, self.column, self.y - start)
            self.y += self.gap_after_form * self.air**2 if self.page.buttons else 0
        if self.page.buttons:
            self.text(self.page.texts["social_intro"], size=self.size + 2)
            self.y += 6
            self.buttons()
        side = self.width * 0.07
        card = Rect(side, top, self.width - 2 * side, self.y + pad - top)
        spare = max(0.0, room - card.bottom - margin)
        self.out.height = card.bottom + margin + spare
        self.out.pieces[:0] = [*self.back(self.out.height), Box(card, "#ffffff", "#dddddd", 5)]
        return self.out

    def back(self, height: float) -> list[Piece]:
        raise NotImplementedError

    def logo(self) -> None:
        side = self.size * 2.4 * self.air
        left = self.left + (self.column - side) / 2 if self.logo_side == "center" else self.left
        self.out.pieces.append(Mark(Rect(left, self.y, side, side), "logo", "#a1a1a1"))
        self.y += side + 10 * self.air


class _Ocean(_Card):
    gap_after_form = 30.0

    def back(self, height: float) -> list[Piece]:
        wide = max(self.width, height)
        whole = Rect(0, 0, self.width, height)
        rise = Rect(self.width * 0.25, -wide * 0.2, wide * 1.1, wide * 1.1)
        fall = Rect(-wide * 0.45, height * 0.4, wide, wide)
        return [Box(whole, "#0f6cb8"), Box(rise, "#1b78c2", radius=-1), Box(fall, "#1471bd", radius=-1)]

    def form(self) -> None:
        texts = self.page.texts
        self.text(texts["local_intro"], size=self.size + 2)
        self.y += 6
        high = self.size * 2.5 * self.air
        for name in ("email", "password"):
            place = Rect(self.left, self.y, self.column, high)
            inner = Rect(place.left + 12, place.top, place.width - 20, high)
            self.out.pieces += [Box(place, "#ffffff", _EDGE, 4), Line(inner, texts[name], "#6a6a6a", self.size)]
            self.y += high + 8 * self.air
        self.y -= 4
        self.text(texts["forgot"], _LINK)
        self.y += 8 * self.air
        place = Rect(self.left, self.y, self.column * 0.63, self.size * 2.3 * self.air)
        self.out.pieces += [Box(place, "#296ec6", "", 4), Line(place, texts["sign_in"], "#ffffff", self.size, "center")]
        self.y = place.bottom + 5
        if self.page.sign_up:
            wide = self.measure(texts["new_here"], self.size, False)
            link = Rect(self.left + wide + 10, self.y, self.column - wide - 10, self.line)
            self.out.pieces += [Line(link, texts["sign_up"], _LINK, self.size)]
            self.text(texts["new_here"])

    def buttons(self) -> None:
        high = self.size * 2.5 * self.air
        for button in self.page.buttons:
            place = Rect(self.left, self.y, self.column, high)
            self.out.pieces.append(Box(place, "#ffffff", _EDGE, 4))
            self.inside(button, place)
            self.y += high + 7 * self.air

    def inside(self, button: SketchButton, place: Rect) -> None:
        """Icon at the left where the design has one, the name in the middle."""
        icon = _KNOWN.get(button.exchange)
        side = place.height * 0.6
        if icon is not None:
            mark = Rect(place.left + place.width * 0.05, place.top + (place.height - side) / 2, side, side)
            self.out.pieces.append(Mark(mark, button.glyph, icon[0]))
        middle = Rect(place.left + place.width * 0.13, place.top, place.width * 0.74, place.height)
        self.out.pieces.append(Line(middle, button.text, _INK, self.size + 1, "center"))
        self.button_at(button, place)


class _Slate(_Ocean):
    gap_after_form = 20.0
    logo_side = "left"

    def back(self, height: float) -> list[Piece]:
        return [
            Box(Rect(0, 0, self.width, height), "#b5b5b5"),
            Mark(Rect(0, 0, self.width, height), "slope", "#adadad"),
        ]

    def form(self) -> None:
        texts = self.page.texts
        self.text(texts["local_intro"], size=self.size + 2)
        self.y += 4
        high = self.size * 1.9 * self.air
        for name in ("email", "password"):
            place = Rect(self.left, self.y, self.column, high)
            rule = Rect(self.left, place.bottom - 1, self.column, 1)
            self.out.pieces += [Line(place, texts[name], "#757575", self.size), Box(rule, "#cccccc")]
            self.y += high + 8 * self.air
        self.y -= 4
        self.text(texts["forgot"], _LINK, side="right")
        self.y += 8 * self.air
        wide = self.column * 0.4
        place = Rect(self.left + self.column - wide, self.y, wide, self.size * 2.3 * self.air)
        self.out.pieces += [Box(place, "#0067b8", "", 2), Line(place, texts["sign_in"], "#ffffff", self.size, "center")]
        self.y = place.bottom + 5
        if self.page.sign_up:
            wide = self.measure(texts["sign_up"], self.size, False)
            before = Rect(self.left, self.y, self.column - wide - 10, self.line)
            self.out.pieces += [Line(before, texts["new_here"], _INK, self.size, "right")]
            self.text(texts["sign_up"], _LINK, side="right")

    def buttons(self) -> None:
        high = self.size * 2.5 * self.air
        for button in self.page.buttons:
            place = Rect(self.left, self.y, self.column, high)
            self.out.pieces.append(Box(place, "#efefef"))
            self.inside(button, place)
            self.y += high + 4


class _Classic(_Maker):
    """A picture at the left, a white panel at the right edge; the buttons first, as tiles."""

    def made(self, room: float) -> Drawing:
        picture = self.width * 0.24
        self.left, self.column = picture + 16, self.width - picture - 30
        self.y = max(28.0, room * 0.12)
        if self.page.buttons:
            self.text(self.page.texts["social_intro"], "#000000")
            self.y += 2
            self.buttons()
        if self.page.local:
            if self.page.buttons:
                self.divider()
            start = self.y
            self.form()
            self.out.form = Rect(self.left, start, self.column, self.y - start)
        self.out.height = max(room, self.y + 24)
        whole = Rect(0, 0, self.width, self.out.height)
        self.out.pieces[:0] = [
            Box(whole, "#ffffff"), Box(Rect(0, 0, picture, whole.height), "#00abec"),
            Mark(Rect(0, whole.height - picture * 1.6, picture, picture * 1.6), "town", "#ffffff"),
        ]  # fmt: skip
        return self.out

    def divider(self) -> None:
        self.y += 12
        text = self.page.texts["or"]
        half = (self.column - self.measure(text, self.size, True) - 16) / 2
        for left in (self.left, self.left + self.column - half):
            self.out.pieces.append(Box(Rect(left, self.y + self.line / 2, half, 1), "#b8b8b8"))
        self.text(text, "#000000", side="center", bold=True)
        self.y += 6

    def form(self) -> None:
        texts = self.page.texts
        self.text(texts["local_intro"], "#000000")
        self.y += 2
        for name in ("email", "password"):
            if name == "password":
                wide = self.measure(texts["password"], self.size, False)
                place = Rect(self.left + wide + 6, self.y, self.column - wide - 6, self.line)
                self.out.pieces.append(Line(place, texts["forgot"], "#2872dd", self.size - 2))
            self.text(texts[name], "#000000")
            high = self.size * 1.8
            self.out.pieces.append(Box(Rect(self.left, self.y, self.column * 0.86, high), "#ffffff", "#b8b8b8"))
            self.y += high + 5
        wide = self.measure(texts["sign_in"], self.size, False) + 20
        place = Rect(self.left, self.y + 2, wide, self.size * 2.0)
        self.out.pieces += [Box(place, "#0078d4"), Line(place, texts["sign_in"], "#ffffff", self.size, "center")]
        self.y = place.bottom + 6
        if self.page.sign_up:
            wide = self.measure(texts["new_here"], self.size, False)
            link = Rect(self.left + wide + 5, self.y, self.column - wide - 5, self.line)
            self.out.pieces.append(Line(link, texts["sign_up"], "#2872dd", self.size))
            self.text(texts["new_here"], "#000000")

    def buttons(self) -> None:
        wide, high = (self.column - 6) / 2, self.size * 2.1
        for number, button in enumerate(self.page.buttons):
            left = self.left + (number % 2) * (wide + 6)
            place = Rect(left, self.y, wide, high)
            icon, face, ink = _KNOWN.get(button.exchange, ("", "", ""))
            known = bool(face)
            face, ink = (face, ink) if known else _UNKNOWN_TILE
            side = high * 0.66
            mark = Rect(left + 4, self.y + (high - side) / 2, side, side)
            middle = Rect(mark.right + 4, self.y, wide - side - 12, high)
            self.out.pieces += [
                Box(place, face, "#aaaaaa" if face == "#ffffff" else ""),
                Mark(mark, button.glyph if known else "person", (icon if face == "#ffffff" else "#ffffff")),
                Line(middle, button.text, ink, self.size, "center"),
            ]
            self.button_at(button, place)
            if number % 2 or number == len(self.page.buttons) - 1:
                self.y += high + 7


def wrapped(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """The text in lines that fit: broken at spaces, and after any wide character (Chinese has no spaces)."""
    lines = [""]
    for word in _WORDS.findall(text):
        if lines[-1] and measure((lines[-1] + word).strip()) > room:
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines]
