"""The picture of a journey as SVG: the same bytes on every machine, readable by every program that shows pictures.

Everything is said in attributes (no style sheet, no script, no font of its own), so that it looks the same in browsers,
office programs and on code hosts (https://www.w3.org/TR/SVG11/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType

from latchkey.policy.flow import Badge, Box, Edge, Flow, Line

_FONTS = "Noto Sans, Noto Sans CJK SC, Segoe UI, Microsoft YaHei, PingFang SC, Helvetica, Arial, sans-serif"
# What XML may not hold, and marks that turn the reading direction of what follows them.
_FORBIDDEN = re.compile(
    "[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)

# What each colour is for; the wizard draws with its own tokens of these names.
COLORS: Mapping[str, str] = MappingProxyType(
    {
        "background": "#ffffff", "panel": "#ffffff", "rail": "#f6f7f9", "edge": "#848f9f", "text": "#1b2430",
        "soft": "#586474", "accent": "#0b6b5d", "accent_soft": "#e3f3f0",
    }
)  # fmt: skip

# Ground and border of each kind of box, and the colour of each kind of line.
BOXES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "terminal": ("rail", "edge"), "step": ("panel", "edge"), "choice": ("accent_soft", "accent"),
        "way": ("rail", "edge"), "frame": ("background", "edge"),
    }
)  # fmt: skip
EDGES: Mapping[str, str] = MappingProxyType({"on": "edge", "choice": "accent", "skip": "soft"})
INKS: Mapping[str, str] = MappingProxyType({"title": "text", "text": "text", "soft": "soft", "badge": "accent"})
HEAD = 5.0  # half the width of an arrow's head


def to_svg(flow: Flow) -> str:
    """The whole picture."""
    wide, high = _number(flow.width), _number(flow.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
        f' role="img" font-family="{_FONTS}">\n<title>{_text(flow.title)}</title>\n'
        f'<rect width="{wide}" height="{high}" fill="{COLORS["background"]}"/>\n'
    )
    return head + "\n".join(line for part in flow.painted() for line in _part(part)) + "\n</svg>\n"


def radius(box: Box) -> float:
    """How round its corners are."""
    return {"terminal": box.height / 2, "choice": 15, "way": 6}.get(box.kind, 10)


def head(edge: Edge) -> tuple[tuple[float, float], ...]:
    """The three points of an arrow's head at the end of a line."""
    (x0, y0), (x, y) = edge.points[-2:]
    length = max(abs(x - x0), abs(y - y0)) or 1.0
    along, across = ((x - x0) / length, (y - y0) / length), ((y - y0) / length, (x - x0) / length)
    back = (x - along[0] * HEAD * 1.6, y - along[1] * HEAD * 1.6)
    return (
        (x, y),
        (back[0] + across[0] * HEAD, back[1] + across[1] * HEAD),
        (back[0] - across[0] * HEAD, back[1] - across[1] * HEAD),
    )


def _part(part: Box | Edge | Line) -> Iterator[str]:
    if isinstance(part, Box):
        yield from _box(part)
    elif isinstance(part, Edge):
        yield from _edge(part)
    else:
        yield _line(part)


def _box(box: Box) -> Iterator[str]:
    ground, border = (COLORS[name] for name in BOXES[box.kind])
    dashes = ' stroke-dasharray="5 4"' if box.kind == "frame" else ""
    yield "<g>"
    yield f"<title>{_text(box.says)}</title>"
    yield (
        f"<rect {_place(box.x, box.y, box.width, box.height)} rx="
        f'"{_number(radius(box))}" fill="{ground}" stroke="{border}"{dashes}/>'
    )
    yield from (_line(line) for line in box.lines)
    if box.badge is not None:
        yield from _badge(box.badge)
    yield "</g>"


def _badge(badge: Badge) -> Iterator[str]:
    place = _place(badge.x, badge.y, badge.width, badge.height)
    yield f'<rect {place} rx="4" fill="{COLORS["panel"]}" stroke="{COLORS["accent"]}"/>'
    yield _line(badge.line)


def _edge(edge: Edge) -> Iterator[str]:
    color = COLORS[EDGES[edge.kind]]
    dashes = ' stroke-dasharray="4 4"' if edge.kind == "skip" else ""
    yield f'<polyline points="{_points(edge.points)}" fill="none" stroke="{color}" stroke-width="1.5"{dashes}/>'
    if edge.arrow:
        yield f'<polygon points="{_points(head(edge))}" fill="{color}"/>'


def _line(line: Line) -> str:
    weight = ' font-weight="700"' if line.role == "title" else ""
    anchor = f' text-anchor="{line.anchor}"' if line.anchor != "start" else ""
    place = f'x="{_number(line.x)}" y="{_number(line.y)}"'
    return (
        f'<text {place} font-size="{line.size}"{weight}{anchor} fill="{COLORS[INKS[line.role]]}">'
        f"{_text(line.text)}</text>"
    )


def _place(x: float, y: float, width: float, height: float) -> str:
    return f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", " ".join(text.split())))
