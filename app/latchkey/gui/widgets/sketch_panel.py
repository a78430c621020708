"""The sketch of the sign-in page with its two choices: which page design, and in which language to read it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from latchkey.gui.models.sketch_layout import Design
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.gui.widgets.sign_in_sketch import SketchScroll
from latchkey.gui.widgets.texts import Texts
from latchkey.text import N_, _, language

_DESIGNS = {"ocean-blue": "Ocean Blue", "slate-gray": "Slate Gray", "classic": "Classic"}
_LANGUAGES = {"en": "English", "zh-Hans": "简体中文"}


class SketchPanel(QWidget):
    """Choosing here changes what is shown and nothing of the draft."""

    changed = Signal()  # another design or language was chosen

    def __init__(self, tools: Tools, texts: Texts) -> None:
        super().__init__()
        self._icons = tools.icons
        self._design = "ocean-blue"
        self._language = ""  # empty: the person's own
        self.view = SketchScroll(tools.theme, tools.icons)
        said, note = label("soft", wrap=False), label("hint")
        texts.put(said.setText, N_("Sketch"))
        texts.put(
            note.setText, N_("Approximate: colours and icons of the real page may differ. Its order is this one.")
        )
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._openers = button("quiet"), button("quiet")
        bar = row(spacing=4)
        bar.addWidget(said, 1)
        for each in self._openers:
            each.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow after the word
            bar.addWidget(each)
        layout = column(self, spacing=8)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        layout.addWidget(note)
        self.languages = _menu(self._openers[0], _LANGUAGES)
        self.designs = _menu(self._openers[1], _DESIGNS)
        self.languages.triggered.connect(self._choose_language)
        self.designs.triggered.connect(self._choose_design)
        self.show_choices()

    @property
    def design(self) -> Design:
        """The page design that is shown."""
        return cast("Design", self._design)

    @property
    def language(self) -> str:
        """The language that is shown, in Azure's code."""
        return self._language or ("zh-Hans" if language() == "zh_CN" else "en")

    def show_choices(self) -> None:
        """What is chosen, on the openers and in their menus."""
        for opener, group, value, names, what in (
            (self._openers[0], self.languages, self.language, _LANGUAGES, _("Language of the sketch: {value}")),
            (self._openers[1], self.designs, self._design, _DESIGNS, _("Page design: {value}")),
        ):
            said = what.format(value=names[value])
            opener.setText(names[value])
            opener.setAccessibleName(said)
            opener.setToolTip(said)
            for action in group.actions():
                action.setChecked(action.data() == value)

    def show_theme(self) -> None:
        """Arrows in the theme's colour."""
        for each in self._openers:
            each.setIcon(self._icons.icon("down", "soft", 14))
        self.view.sketch.update()

    @Slot(QAction)
    def _choose_design(self, action: QAction) -> None:
        self._design = str(action.data())
        self.show_choices()
        self.changed.emit()

    @Slot(QAction)
    def _choose_language(self, action: QAction) -> None:
        self._language = str(action.data())
        self.show_choices()
        self.changed.emit()


def _menu(opener: QPushButton, choices: dict[str, str]) -> QActionGroup:
    menu, group = QMenu(opener), QActionGroup(opener)
    for value, says in choices.items():
        action = QAction(says, group)
        action.setCheckable(True)
        action.setData(value)
        menu.addAction(action)
    opener.setMenu(menu)
    return group
