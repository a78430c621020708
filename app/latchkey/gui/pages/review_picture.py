"""The review's tab with the picture of a journey: who goes which way; larger, smaller, copied, saved."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QWidget

from latchkey.gui.announce import announce
from latchkey.gui.file_writer import FileWriter, Made
from latchkey.gui.models.story_model import origin_in_words
from latchkey.gui.telling import Told
from latchkey.gui.tips import tip
from latchkey.gui.widgets.choice import Choice
from latchkey.gui.widgets.flow import Flow as Wrapping
from latchkey.gui.widgets.flow_paint import as_png, image
from latchkey.gui.widgets.flow_picture import FlowPicture
from latchkey.gui.widgets.labels import button, column, frame, label, row
from latchkey.policy.flow import Flow, flow
from latchkey.policy.flow_svg import to_svg
from latchkey.policy.story import StoryNode
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.gui.pages.base import Page

_ICON = 16


class PicturePart(QWidget):
    """One journey at a time; choosing a part tells which."""

    chosen = Signal(object)  # a StoryNode of the story that is shown
    opened = Signal(object)  # show it in the tree

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._tools = page.tools
        self._told: Told | None = None
        self._stale = True  # the picture is of another story
        self._flow: Flow | None = None
        self.journeys = Choice()
        self.view = FlowPicture(page.tools.theme)
        self.smaller, self.percent, self.larger, self.fit, self.more = (button("icon") for _each in range(5))
        self.percent.setProperty("look", "small")
        self.fit.setProperty("look", "small")
        self._says, self.open = label("soft", wrap=False), button("link")
        self._writer = FileWriter(page.tools.runner, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for each in (self.smaller, self.larger, self.more):
            each.setIconSize(QSize(_ICON, _ICON))
        self.journeys.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        bar = Wrapping()
        bar.add(self.journeys)
        for each in (self.smaller, self.percent, self.larger, self.fit, self.more):
            bar.add(each)
        card = frame("card")
        below = row(spacing=12, margins=(14, 6, 10, 6))
        self._says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        below.addWidget(self._says, 1)
        below.addWidget(self.open)
        inside = column(card, spacing=0, margins=(1, 1, 1, 1))
        inside.addWidget(self.view, 1)
        inside.addWidget(frame("line"))
        inside.addLayout(below)
        layout = column(self, spacing=8)
        layout.addWidget(bar)
        layout.addWidget(card, 1)

    def _connect(self) -> None:
        self.journeys.currentIndexChanged.connect(self._draw)
        self.smaller.clicked.connect(self.view.zoom_out)
        self.larger.clicked.connect(self.view.zoom_in)
        self.percent.clicked.connect(self.view.zoom_to_size)
        self.fit.clicked.connect(self._fit)
        self.more.clicked.connect(self._show_menu)
        self.open.clicked.connect(self._open)
        self.view.zoomed.connect(self._show_size)
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(self.opened)
        self._writer.written.connect(self._written)
        self._writer.refused.connect(self._tools.session.refused)
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.view)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.copy)

    def retranslate(self) -> None:
        """The words of the language in force."""
        self.journeys.setAccessibleName(_("Which journey is shown"))
        self.view.setAccessibleName(_("Picture of the journey: who goes which way"))
        for made, says in (
            (self.smaller, _("Smaller")), (self.larger, _("Larger")), (self.percent, _("In its own size")),
            (self.more, _("Save or copy the picture")),
        ):  # fmt: skip
            made.setAccessibleName(says)
            made.setToolTip(says)
        self.fit.setText(_("Fit"))
        self.fit.setAccessibleName(_("Fit the picture into the window"))
        self.fit.setToolTip(_("The whole picture; once more: as wide as the window"))
        self.open.setText(_("Show in the journey"))
        self.open.setAccessibleName(_("Show the chosen part in the journey"))
        self._show_choice()

    def show_theme(self) -> None:
        """Colours of painted things."""
        for made, name in ((self.smaller, "minus"), (self.larger, "plus"), (self.more, "more")):
            made.setIcon(self._tools.icons.icon(name, "text", _ICON))
        self.view.show_theme()

    def show_told(self, told: Told) -> None:
        """Another story; drawn when somebody looks."""
        self._told, self._stale = told, True
        before = self.journeys.value()
        self.journeys.blockSignals(True)
        self.journeys.clear()
        for journey in told.journeys:
            self.journeys.addItem(journey.title, journey.id)
        self.journeys.setCurrentIndex(max(0, self.journeys.findData(before)) if told.journeys else -1)
        self.journeys.blockSignals(False)
        self.journeys.setVisible(len(told.journeys) > 1)
        if self.isVisible():
            self.draw()

    def draw(self) -> None:
        """Somebody looks."""
        if self._stale:
            self._draw()

    def show_part(self, journey: StoryNode, node: StoryNode) -> None:
        """Show a part, in the picture of its journey."""
        self.journeys.show_value(journey.id)
        self.draw()
        self.view.choose(node)
        self._show_choice()

    @Slot()
    def _draw(self) -> None:
        told, number = self._told, self.journeys.currentIndex()
        self._stale = False
        if told is None or not 0 <= number < len(told.journeys):
            self._flow = None
        else:
            self._flow = flow(told.journeys[number], self._badge)
        self.view.show_flow(self._flow)
        self.more.setEnabled(self._flow is not None)
        self._show_choice()

    def _badge(self, node: StoryNode) -> str:
        """What everybody has needs no word here."""
        origin = self._told.origin(node) if self._told is not None else ""
        return origin_in_words(origin) if origin in ("new", "changed") else ""

    @Slot(int)
    def _show_size(self, percent: int) -> None:
        self.percent.setText(_("{percent} %").format(percent=percent))

    @Slot()
    def _fit(self) -> None:
        """All of it; again: as wide as there is room."""
        before = self.view.percent
        self.view.fit_all()
        if self.view.percent == before:
            self.view.fit_width()

    @Slot(object)
    def _choose(self, node: StoryNode) -> None:
        self._show_choice()
        self.chosen.emit(node)

    def _show_choice(self) -> None:
        box = self.view.current
        said = box.says if box is not None else _("Choose a part to see what it is.")
        self._says.setText(said)
        self._says.setToolTip(tip(said))
        self.open.setVisible(box is not None)

    @Slot()
    def _open(self) -> None:
        if self.view.current is not None:
            self.opened.emit(self.view.current.node)

    # Taking it along

    def menu(self) -> QMenu:
        """What can be done with the picture."""
        menu, icons = QMenu(self), self._tools.icons
        menu.addAction(icons.icon("save", "soft", _ICON), _("Save as SVG…"), self._ask_svg)
        menu.addAction(icons.icon("save", "soft", _ICON), _("Save as PNG…"), self._ask_png)
        menu.addAction(icons.icon("copy", "soft", _ICON), _("Copy the picture"), self.copy)
        return menu

    @Slot()
    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if self._flow is not None:
            QGuiApplication.clipboard().setImage(image(self._flow, self._tools.theme))
            self._say(_("Picture copied"))

    @Slot()
    def _ask_svg(self) -> None:
        self._ask(".svg")

    @Slot()
    def _ask_png(self) -> None:
        self._ask(".png")

    def _ask(self, ending: str) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self.window(),
            _("Save the picture"),
            str(Path.home() / self.file_name(ending)),
            _("Pictures ({pattern})").format(pattern=f"*{ending}"),
        )
        if name:
            self.save(Path(name), ending)

    def file_name(self, ending: str) -> str:
        """What a file with the picture may be called: the policy's id."""
        return re.sub(r"[^A-Za-z0-9_.-]+", "-", self.journeys.value()).strip("-.") + ending

    def save(self, file: Path, ending: str) -> None:
        """Write the picture. Painting needs this thread, making a file of it does not."""
        drawn = self._flow
        if drawn is None:
            return
        target = file if file.suffix else file.with_suffix(ending)
        painted = image(drawn, self._tools.theme) if ending == ".png" else None

        def make() -> Made:
            return {target: to_svg(drawn).encode() if painted is None else as_png(painted)}

        self._writer.write(make, "picture of a journey")

    @Slot(object)
    def _written(self, files: list[Path]) -> None:
        self._say(_("Written: {file}").format(file=files[0]))

    def _say(self, what: str) -> None:
        self._says.setText(what)
        self._says.setToolTip(tip(what))
        announce(self, what)
