"""Draws the program's icon anew from `resources/icons/latchkey.svg`, in every size and form that a system wants.

    python packaging/icons.py

The pictures are in the repository, so that building needs no screen and gives the same bytes everywhere. Windows' .ico
and Apple's .icns are pictures one after the other, with a table in front: PNG, and in the .ico only for the biggest,
since installers and older parts of Windows read the small ones as plain bitmaps.
Forms: https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10), https://en.wikipedia.org/wiki/Apple_Icon_Image_format
"""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "icons"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
WINDOWS = (16, 24, 32, 48, 64, 256)
MACOS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def picture(renderer: QSvgRenderer, size: int) -> QImage:
    """The icon, so many pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # The margin around the tile is for big sizes; small ones need every pixel.
    edge = size * 3 / 64 if size < 48 else 0
    renderer.render(painter, QRectF(-edge, -edge, size + 2 * edge, size + 2 * edge))
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """The picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # text works; the stub knows bytes only, which do not
    return bytes(buffer.data().data())


def bitmap(image: QImage) -> bytes:
    """The picture as an icon's bitmap: rows from the bottom up, and an empty mask, since alpha says what is seen."""
    size = image.width()
    head = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = [_row(image, row) for row in reversed(range(size))]
    return head + b"".join(rows) + bytes((size + 31) // 32 * 4 * size)


def _row(image: QImage, number: int) -> bytes:
    line = image.constScanLine(number)
    assert isinstance(line, memoryview)
    return bytes(line)[: 4 * image.width()]


def windows_icon(pictures: dict[int, bytes]) -> bytes:
    """An .ico file: a head, a line of 16 bytes for each picture, the pictures."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    lines = b""
    for size, data in pictures.items():
        lines += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return head + lines + b"".join(pictures.values())


def macos_icon(pictures: dict[int, bytes]) -> bytes:
    """An .icns file: a head, and each picture behind its kind and length."""
    parts = b"".join(MACOS[size] + struct.pack(">I", 8 + len(data)) + data for size, data in pictures.items())
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def main() -> None:
    """Draw and write all of them."""
    renderer = QSvgRenderer(str(FOLDER / "latchkey.svg"))
    pictures = {size: picture(renderer, size) for size in SIZES}
    for size, image in pictures.items():
        (FOLDER / f"latchkey-{size}.png").write_bytes(png(image))
    forms = {size: (png if size == max(WINDOWS) else bitmap)(pictures[size]) for size in WINDOWS}
    (FOLDER / "latchkey.ico").write_bytes(windows_icon(forms))
    (FOLDER / "latchkey.icns").write_bytes(macos_icon({size: png(pictures[size]) for size in MACOS}))
    print(f"icons: {FOLDER}")


if __name__ == "__main__":
    main()
