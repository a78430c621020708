"""The sketch of the sign-in page as a picture: looked at in its own size, copied, or saved as a file."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QLabel, QScrollArea, QWidget

from latchkey.gui.announce import announce
from latchkey.gui.file_writer import FileWriter, Made
from latchkey.gui.sketch.page import in_words
from latchkey.gui.sketch.paint import Brush, picture
from latchkey.gui.sketch.pieces import Page, Screen
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, label, row, set_role
from latchkey.text import _, join_sentences

_READABLE = 0.65  # a page that is made smaller can't be read
_PHONE = 600  # pixels; wider is a large screen


class PictureKeeper(QObject):
    """Makes pictures of the page that is shown."""

    said = Signal(str, bool)  # what came of it, and whether it went well

    def __init__(self, tools: Tools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._over = tools, parent
        self._page: Page | None = None
        self._screen: Screen = "desktop"
        self._language = ""
        self._writer = FileWriter(tools.runner, self)
        self._writer.written.connect(self._written)
        self._writer.refused.connect(self._refused)

    def follow(self, page: Page, screen: Screen, language: str) -> None:
        """Another page is shown."""
        self._page, self._screen, self._language = page, screen, language

    def image(self) -> QImage:
        """The page as it is in a browser."""
        assert self._page is not None
        return picture(self._page, self._screen, Brush(self._tools.theme, self._tools.icons))

    def file_name(self) -> str:
        """What a file with the picture may be called: `contoso-sign-in-ocean-blue-phone-en.png`."""
        assert self._page is not None
        tenant = re.sub(r"[^a-z0-9-]+", "", self._tools.session.draft.tenant.name.strip().partition(".")[0].casefold())
        parts = [tenant, "sign-in", self._page.design, self._screen, self._language.casefold()]
        return "-".join(part for part in parts if part) + ".png"

    @Slot()
    def enlarge(self) -> None:
        """Look at the whole page in its own size."""
        if self._page is not None:
            window = PictureWindow(self, in_words(self._page, self._screen), self._over)
            window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            window.open()

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.image())
        announce(self._over, _("Picture copied"))
        self.said.emit(_("Picture copied"), True)

    @Slot()
    def ask_file(self) -> None:
        """Ask where, and save."""
        over = QGuiApplication.focusWindow() and self._over
        name, _filter = QFileDialog.getSaveFileName(
            over or self._over,
            _("Save the picture"),
            str(Path.home() / self.file_name()),
            _("Pictures ({pattern})").format(pattern="*.png"),
        )
        if name:
            self.save(Path(name))

    def save(self, file: Path) -> None:
        """Write the picture; painting needs this thread, making a file of it does not."""
        image = self.image()
        target = file if file.suffix else file.with_suffix(".png")

        def make() -> Made:
            return {target: _as_png(image)}

        self._writer.write(make, "picture of the sign-in page")

    @Slot(object)
    def _written(self, files: list[Path]) -> None:
        said = _("Written: {file}").format(file=files[0])
        announce(self._over, said)
        self.said.emit(said, True)

    @Slot(str, str)
    def _refused(self, message: str, hint: str) -> None:
        self._tools.session.refused.emit(message, hint)
        self.said.emit(join_sentences(message, hint), False)


class PictureWindow(QDialog):
    """The whole page, as large as the window."""

    def __init__(self, keeper: PictureKeeper, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Sketch of your sign-in page"))
        self._picture = QPixmap.fromImage(keeper.image())
        self.shown = QLabel()
        self.shown.setAccessibleName(_("Sketch of your sign-in page"))
        self.shown.setAccessibleDescription(words)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self.shown)
        self.said = label("done")
        self.said.setWordWrap(False)
        copy, save, close = button(), button("primary"), button()
        for each, text, does in (
            (copy, _("Copy the picture"), keeper.copy), (save, _("Save the picture…"), keeper.ask_file),
            (close, _("Close"), self.reject),
        ):  # fmt: skip
            each.setText(text)
            each.clicked.connect(does)
        layout = column(self, spacing=12, margins=(16, 16, 16, 16))
        layout.addWidget(self._area, 1)
        ends = row(spacing=8)
        ends.addWidget(self.said, 1)
        ends.addWidget(close)
        ends.addWidget(copy)
        ends.addWidget(save)
        layout.addLayout(ends)
        keeper.said.connect(self._say)
        self.resize(self._first_size())

    def _first_size(self) -> QSize:
        """As large as the picture, and not larger than most of the screen."""
        wanted = self._picture.deviceIndependentSize().toSize() + QSize(48, 100)
        return wanted.boundedTo(self.screen().availableSize() * 0.9)

    def resizeEvent(self, event: object) -> None:
        """The picture fills the width, up to its own size."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        ratio = self.devicePixelRatioF()
        room, natural = self._area.contentsRect().size(), self._picture.deviceIndependentSize()
        scale = min(1.0, room.height() / natural.height(), room.width() / natural.width())
        if scale < _READABLE or natural.width() <= _PHONE:
            # A phone's page, or one with many buttons, would be too small to read: it scrolls.
            bar = self._area.verticalScrollBar().sizeHint().width()
            scale = min(1.0, (room.width() - bar) / natural.width())
        target = (natural * scale * ratio).toSize()
        shown = self._picture.scaled(
            target, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        self.shown.setPixmap(shown)

    @Slot(str, bool)
    def _say(self, text: str, well: bool) -> None:
        set_role(self.said, "role", "done" if well else "refusal")
        self.said.setText(text)


def _as_png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())
