"""How each of Azure's page designs paints the providers it knows: colours by the id of the exchange. No Qt.

Measured on the designs' pages; https://learn.microsoft.com/azure/active-directory-b2c/customize-ui shows them.
"""

from __future__ import annotations

from typing import NamedTuple

from latchkey.gui.sketch.pieces import Skin
from latchkey.policy.page_designs import Design, has_icon

INK, LINK, EDGE = "#333333", "#337ab7", "#605e5c"
_WHITE, _BLACK = "#ffffff", "#000000"


class _Known(NamedTuple):
    """The icon's colour and the face under the mouse in the two newer designs."""

    icon: str
    hover: str


_KNOWN = {
    "FacebookExchange": _Known("#3a589c", "#3b5595"), "GoogleExchange": _Known("#3e82f7", "#c64a29"),
    "MicrosoftAccountExchange": _Known("#f25022", "#01a4ef"), "LinkedInExchange": _Known("#007ab7", "#0274b3"),
    "AmazonExchange": _Known("#36474f", "#36474f"), "TwitterExchange": _Known("#059ff5", "#1da1f2"),
    "GitHubExchange": _Known("#0f0f0f", "#0f0f0f"), "AppleExchange": _Known(_BLACK, "#0f0f0f"),
    "AppleManagedExchange": _Known(_BLACK, "#0f0f0f"), "WeChatExchange": _Known("#4cc522", "#4cc522"),
    "QQExchange": _Known("#1a97df", "#1a97df"), "WeiboExchange": _Known("#e81123", "#e81123"),
}  # fmt: skip

# Classic: the tile and its face under the mouse.
_TILES = {
    "FacebookExchange": (Skin("#3b5b9c", _WHITE, "", _WHITE), "#b0bdd7"),
    "GoogleExchange": (Skin(_WHITE, _BLACK, "#aaaaaa", "#3e82f7"), "#eeeeee"),
    "MicrosoftAccountExchange": (Skin(_WHITE, _BLACK, "#aaaaaa", "#f25022"), "#eeeeee"),
    "LinkedInExchange": (Skin("#0077b5", _WHITE, "", _WHITE), "#99cae1"),
    "AmazonExchange": (Skin("#f6cd6b", "#111111", "", "#111111"), "#f6cd6b"),
    "TwitterExchange": (Skin("#60a9dd", _WHITE, "", _WHITE), "#bfdcf1"),
    "GitHubExchange": (Skin(_WHITE, _BLACK, "#aaaaaa", _BLACK), "#eeeeee"),
    "AppleExchange": (Skin(_WHITE, _BLACK, "#aaaaaa", _BLACK), "#eeeeee"),
    "AppleManagedExchange": (Skin(_WHITE, _BLACK, "#aaaaaa", _BLACK), "#eeeeee"),
}
_UNKNOWN_TILE = (Skin("#505050", _WHITE, "", _WHITE), "#b9b9b9")

# What Classic writes on two tiles, whatever the policies say.
CLASSIC_TEXTS = {"MicrosoftAccountExchange": "Microsoft", "AmazonExchange": "Login with Amazon"}


def skins(design: Design, exchange: str) -> tuple[Skin, Skin]:
    """The button of an exchange at rest and under the mouse."""
    if design == "classic":
        rest, hover = _TILES.get(exchange, _UNKNOWN_TILE)
        return rest, rest._replace(face=hover)
    ocean = design == "ocean-blue"
    rest = Skin(_WHITE if ocean else "#efefef", INK, EDGE if ocean else "")
    if not has_icon(design, exchange):
        # Slate Gray makes the text of an unknown provider white on the same light face: that is how it looks there.
        return rest, rest._replace(face="#1662c7" if ocean else rest.face, ink=_WHITE)
    known = _KNOWN[exchange]
    return rest._replace(icon=known.icon), rest._replace(face=known.hover, ink=_WHITE, icon=_WHITE)
