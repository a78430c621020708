"""Ocean Blue and Slate Gray: a white card in the middle of a full-page picture, the e-mail form first. No Qt.

Sizes and gaps are those of the designs, measured in a browser.
"""

from __future__ import annotations

from latchkey.gui.sketch.maker import Maker
from latchkey.gui.sketch.pieces import Art, Box, Drawing, Line, Piece, Rect, Side, SketchButton, Tile
from latchkey.gui.sketch.skins import LINK

_CARD, _PAD, _INNER = 470.0, 45.0, 30.0  # the card, and from its edge to what is in it: usually, and in a narrow one
_NO_PICTURE = 600.0  # a window that is not wider shows neither picture nor card
_BESIDE = 24.0  # at least so much picture at each side of the card
_ABOVE = 40.0
_HEADING, _HEADING_LINE = 20.0, 22.0


class Card(Maker):
    """What the two designs share."""

    ground = ""
    logo_side: Side = "center"
    below_logo = 20.0
    above_buttons = 60.0
    between = 10.0
    radius = 5.0

    def made(self) -> Drawing:
        """Logo, form, buttons; the card around them and the picture behind."""
        bare = self.view.screen == "phone"
        card = self.view.width if bare else min(_CARD, self.view.width - 2 * _BESIDE)
        pad = _PAD if card == _CARD else _INNER
        edge = (self.view.width - card) / 2
        self.left, self.column = edge + pad, card - 2 * pad
        self.gap(41)
        self.logo()
        self.gap(self.below_logo)
        if self.page.local:
            start = self.y
            self.form()
            self.out.form = Rect(self.left, start, self.column, self.y - start)
        if self.page.buttons:
            if self.page.local:
                self.gap(self.above_buttons)
            self.heading(self.page.texts["social_intro"])
            self.gap(10)
            self.buttons()
        self.gap(40)
        self._frame(edge, card, bare=bare)
        return self.out

    def _frame(self, edge: float, card: float, *, bare: bool) -> None:
        """Put what was made into the middle of the window, on its ground."""
        above = 0.0 if bare else _ABOVE * self.view.air**2
        top = max(above, (self.view.height - self.y) / 2)
        moved(self.out, top)
        self.out.height = max(self.view.height, self.y + 2 * above)
        whole = Rect(0, 0, self.view.width, self.out.height)
        box = Rect(edge, top, card, self.y)
        if bare:
            self.out.pieces.insert(0, Box(whole, "#ffffff"))
        else:
            self.out.pieces[:0] = [Art(whole, self.ground), Box(box, "#ffffff", "#dddddd", 4)]

    def heading(self, text: str) -> None:
        """The sentence above the form, and that above the buttons."""
        self.text(text, size=_HEADING, line=_HEADING_LINE)

    def logo(self) -> None:
        """Azure's stand-in for the tenant's logo, in a box of 108 by 70."""
        side = 70 * self.view.air
        left = self.left + (self.column - side) / 2 if self.logo_side == "center" else self.left + 19 * self.view.air
        self.out.pieces.append(Art(Rect(left, self.y, side, side), "cube", "#a1a1a1"))
        self.y += side

    def form(self) -> None:
        """E-mail and password."""
        raise NotImplementedError

    def buttons(self) -> None:
        """One below the other, each as wide as the column: icon at the left, text in the middle."""
        high = self.high(45)
        for button in self.page.buttons:
            place = Rect(self.left, self.y, self.column, high)
            side = high * 0.7
            icon = Rect(place.left + 30 - side / 2, place.top + (high - side) / 2, side, side)
            middle = Rect(place.left + 48, place.top, place.width - 96, high)
            self.put(button, place, icon, (Line(middle, button.text, "", 16, "center"),))
            self.y += high
            self.gap(self.between)
        self.y -= self.between * self.view.air**1.6

    def put(self, button: SketchButton, place: Rect, icon: Rect, lines: tuple[Line, ...]) -> None:
        """One button."""
        self.tile(button, place, lines, icon, radius=self.radius)


class Ocean(Card):
    """Ocean Blue."""

    ground = "waves"

    def form(self) -> None:
        """Boxes with their names inside, links at the left."""
        texts = self.page.texts
        self.heading(texts["local_intro"])
        self.gap(16)
        high = self.high(50)
        for name in ("email", "password"):
            place = Rect(self.left, self.y, self.column, high)
            inner = Rect(place.left + 21, place.top, place.width - 42, high)
            self.out.pieces += [Box(place, "#ffffff", "#605e5c", 5), Line(inner, texts[name], "#6a6a6a", 14)]
            self.y += high
            self.gap(12 if name == "email" else 6)
        self.text(texts["forgot"], LINK)
        self.gap(20)
        place = Rect(self.left, self.y, self.column * 0.63, self.high(39))
        self.out.pieces += [
            Box(place, "#296ec6", "", 5, "#dae1f7"),
            Line(place, texts["sign_in"], "#ffffff", 14, "center"),
        ]
        self.y = place.bottom
        if self.page.sign_up:
            self.gap(5)
            self.two(texts["new_here"], "#333333", texts["sign_up"], LINK, 16, "left")


class Slate(Card):
    """Slate Gray."""

    ground = "slope"
    logo_side: Side = "left"
    below_logo = 30.0
    above_buttons = 30.0
    between = 5.0
    radius = 0.0

    def form(self) -> None:
        """Fields that are a line, links and button at the right."""
        texts = self.page.texts
        self.heading(texts["local_intro"])
        self.gap(16)
        high = self.high(30)
        for name in ("email", "password"):
            place = Rect(self.left, self.y, self.column, high)
            rule = Rect(self.left, place.bottom - 1, self.column, 1)
            inner = Rect(place.left + 2, place.top, place.width - 4, high)
            self.out.pieces += [Line(inner, texts[name], "#757575", 14), Box(rule, "#cccccc")]
            self.y += high
            self.gap(12 if name == "email" else 6)
        self.text(texts["forgot"], LINK, side="right")
        self.gap(25)
        wide = self.column * 0.4
        place = Rect(self.left + self.column - wide, self.y, wide, self.high(39))
        self.out.pieces += [Box(place, "#0067b8", "", 2), Line(place, texts["sign_in"], "#ffffff", 14, "center")]
        self.y = place.bottom
        if self.page.sign_up:
            self.gap(6)
            self.two(texts["new_here"], "#333333", texts["sign_up"], LINK, 16, "right")


def moved(out: Drawing, by: float) -> None:
    """Move everything down."""

    def lower(rect: Rect) -> Rect:
        return rect._replace(top=rect.top + by)

    def lowered(piece: Piece) -> Piece:
        if isinstance(piece, Tile):
            lines = tuple([line._replace(rect=lower(line.rect)) for line in piece.lines])
            icon = lower(piece.icon) if piece.icon is not None else None
            return piece._replace(rect=lower(piece.rect), lines=lines, icon=icon)
        return piece._replace(rect=lower(piece.rect))

    out.pieces = [lowered(piece) for piece in out.pieces]
    out.places = {key: lower(place) for key, place in out.places.items()}
    out.form = lower(out.form) if out.form is not None else None
