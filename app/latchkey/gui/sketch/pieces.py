"""What a sketch of the sign-in page is made of: what it shows, how large it is, and the pieces to paint. No Qt.

All places and sizes are the pixels of the page as a browser counts them; whoever paints makes them larger or smaller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from latchkey.policy.page_designs import Design

Side = Literal["left", "center", "right"]
Screen = Literal["desktop", "phone"]
Width = Callable[[str, float, bool], float]  # text, size, bold → how wide it is drawn


class Rect(NamedTuple):
    """A place."""

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

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x < self.right and self.top <= y < self.bottom


class Box(NamedTuple):
    """A filled rectangle, a frame, or both. `glow`: a soft light around it."""

    rect: Rect
    fill: str = ""
    edge: str = ""
    radius: float = 0
    glow: str = ""


class Line(NamedTuple):
    """A line of text, shortened to its place."""

    rect: Rect
    text: str
    color: str
    size: float
    side: Side = "left"
    bold: bool = False


class Art(NamedTuple):
    """A picture of our own: the cube that holds the place of a logo, the ground behind a card, a town."""

    rect: Rect
    name: str
    color: str = ""


class Skin(NamedTuple):
    """How a button looks: its face, text and edge, its icon's colour (empty: it has none)."""

    face: str
    ink: str
    edge: str = ""
    icon: str = ""


class Tile(NamedTuple):
    """A sign-in button: at rest, and with the mouse over it. Its text may take several lines."""

    key: str
    rect: Rect
    lines: tuple[Line, ...]
    glyph: str
    icon: Rect | None
    rest: Skin
    hover: Skin
    radius: float = 0


Piece = Box | Line | Art | Tile


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


class View(NamedTuple):
    """How large a page is drawn: its width, the height there is to fill, and how generous heights and gaps are (1: as
    in the browser; less where a page is squeezed into a small panel).
    """

    screen: Screen
    width: float
    height: float
    air: float = 1.0


# Windows in which a page is drawn whole, for pictures that are kept.
WHOLE: dict[Screen, View] = {"desktop": View("desktop", 1280, 800), "phone": View("phone", 390, 844)}


@dataclass(slots=True)
class Drawing:
    """The pieces from back to front, the place of each button, and how large the whole is."""

    pieces: list[Piece] = field(default_factory=list)
    places: dict[str, Rect] = field(default_factory=dict)
    form: Rect | None = None
    width: float = 0
    height: float = 0

    def at(self, x: float, y: float) -> str:
        """The key of the button at a point, or empty."""
        return next((key for key, place in self.places.items() if place.holds(x, y)), "")
