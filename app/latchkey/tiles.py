"""What a tile with letters needs, on the screen and in a picture file: one or two letters of a name, and colours that
can be read on each other.
"""

from __future__ import annotations

READABLE = 4.5  # to 1: https://www.w3.org/TR/WCAG22/#contrast-minimum
_WHITE, _DARK = "#ffffff", "#1b2430"


def luminance(color: str) -> float:
    """Relative luminance, as https://www.w3.org/TR/WCAG22/#dfn-relative-luminance defines it."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def ink_on(ground: str) -> str:
    """White where it can be told apart on a tile, as brands have it; else a dark colour."""
    return _WHITE if contrast(ground, _WHITE) >= 2.5 else _DARK


def darkened(color: str) -> str:
    """The colour, as much darker as white text on it needs."""
    parts = [int(color[start : start + 2], 16) for start in (1, 3, 5)]
    while contrast(color, _WHITE) < READABLE:
        parts = [part * 9 // 10 for part in parts]
        color = "#" + "".join(f"{part:02x}" for part in parts)
    return color


def initials(name: str) -> str:
    """One or two letters for a tile: `QQ`, `We`, `C`, and the first character of a Chinese name."""
    name = name.strip()
    if not name:
        return "?"
    if not name[0].isascii():
        return name[0]
    return name[:2].rstrip() if len(name) == 2 or name[:2].isupper() else name[0].upper()
