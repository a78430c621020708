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
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtSvg import QSvgRenderer

# Twice what the setup's pages show at 100 %, so that they stay sharp on the usual screens.
SIDE = (328, 628)
HEADER = (300, 114)


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
    ground = QLinearGradient(0, 0, 0, SIDE[1])
    ground.setColorAt(0, QColor("#e4f1ee"))
    ground.setColorAt(1, QColor("#bfded8"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(image.rect(), ground)
    size = 176
    _program().render(painter, QRectF((SIDE[0] - size) / 2, 150, size, size))
    painter.end()
    return image


def header() -> QImage:
    """The small picture at the top right of the other pages."""
    image = QImage(*HEADER, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = HEADER[1] - 26
    _program().render(painter, QRectF(HEADER[0] - size - 20, 13, size, size))
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
        if not image.save(str(folder / f"{name}.bmp"), "BMP"):
            sys.exit(f"{folder}: {name}.bmp can't be written")


if __name__ == "__main__":
    main()
