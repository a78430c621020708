"""Draws what the setup shows: its pictures, and the icon of a draft.

    python packaging/windows/art.py FOLDER

Needs Qt, and no screen. The program's own icon is in `resources/icons`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import icons
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

# What NSIS shows at 100 %. Windows scales without smoothing: a bigger picture would lose lines where most people look.
SIDE = (164, 314)
HEADER = (150, 57)


def draft_icon() -> bytes:
    """A sheet with a key."""
    renderer = QSvgRenderer(str(HERE / "draft.svg"))
    pictures = {size: icons.picture(renderer, size) for size in icons.WINDOWS}
    big = max(icons.WINDOWS)
    return icons.windows_icon(
        {size: icons.png(image) if size == big else icons.bitmap(image) for size, image in pictures.items()}
    )


def side() -> QImage:
    """The tall picture of the first and the last page."""
    image = QImage(*SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("#d6e9e5"))  # one colour: Windows scales it, and a gradient would get stripes
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = 88
    _program().render(painter, QRectF((SIDE[0] - size) / 2, 75, size, size))
    painter.end()
    return image


def header() -> QImage:
    """The small picture at the top right of the other pages."""
    image = QImage(*HEADER, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = HEADER[1] - 13
    _program().render(painter, QRectF(HEADER[0] - size - 8, 6.5, size, size))
    painter.end()
    return image


def _program() -> QSvgRenderer:
    return QSvgRenderer(str(icons.FOLDER / "latchkey.svg"))


def main() -> None:
    """Draw all of them into the folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(icons.FOLDER / "latchkey.ico", folder / "setup.ico")
    (folder / "draft.ico").write_bytes(draft_icon())
    for name, image in {"side": side(), "header": header()}.items():
        if not image.save(str(folder / f"{name}.bmp")):
            sys.exit(f"{folder}: {name}.bmp can't be written")


if __name__ == "__main__":
    main()
