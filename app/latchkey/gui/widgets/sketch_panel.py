"""The sketch of the sign-in page with its choices: which page design, in which language, on which screen; and what can
be done with the picture.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from latchkey.gui.sketch.asked import Asked
from latchkey.gui.sketch.pieces import Page, Screen
from latchkey.gui.tips import tip
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.gui.widgets.sign_in_sketch import SketchScroll
from latchkey.gui.widgets.sketch_picture import PictureKeeper
from latchkey.gui.widgets.texts import Texts
from latchkey.policy.page_designs import DEFAULT, TITLES, Design
from latchkey.text import N_, _, join_sentences, language

_DESIGNS: dict[str, str] = {design: title for design, title in TITLES.items()}
_LANGUAGES = {"en": "English", "zh-Hans": "简体中文"}
_SCREENS: tuple[Screen, ...] = ("desktop", "phone")
_ICON = 18


class Chosen(NamedTuple):
    """What the person wants to see. No design: the one that the policies ask for; no language: the person's own."""

    design: str = ""
    screen: str = "desktop"
    language: str = ""

    @classmethod
    def read(cls, text: str) -> Chosen:
        """From the memory's text; what is not known there any more counts as not chosen."""
        design, screen, code = (*text.split(" "), "", "", "")[:3]
        return cls(
            design if design in TITLES else "",
            screen if screen in _SCREENS else "desktop",
            code if code in _LANGUAGES else "",
        )


class SketchPanel(QWidget):
    """Choosing here changes what is shown, and is remembered with the window; only the page design may be for
    the draft to say.
    """

    design_wanted = Signal(str)  # a page design for the draft
    changed = Signal()  # another design, language or screen was chosen
    icons_wanted = Signal()  # help with buttons that have no icon

    def __init__(self, tools: Tools, texts: Texts) -> None:
        super().__init__()
        self._icons, self._memory = tools.icons, tools.memory
        self._chosen = Chosen.read(tools.memory.now.sketch)
        self._asked: Asked = DEFAULT  # what the policies ask for
        self._decides = False  # the draft says what these will be
        self.view = SketchScroll(tools.theme, tools.icons)
        self.keeper = PictureKeeper(tools, self)
        self._openers = button("quiet"), button("quiet")
        self.screens = button("tab"), button("tab")
        self.more = button("quiet")
        self.note = label("hint")
        texts.put(self.more.setAccessibleName, N_("More about the sketch"))
        texts.put(self.more.setToolTip, N_("More about the sketch"))
        for each, name in zip(self.screens, (N_("Large screen"), N_("Phone")), strict=True):
            texts.put(each.setAccessibleName, name)
            texts.put(each.setToolTip, name)
        self._lay_out()
        self.designs = _choices(self._openers[0], _DESIGNS)
        self.languages = _choices(self._openers[1], _LANGUAGES)
        self.designs.triggered.connect(self._choose_design)
        self.languages.triggered.connect(self._choose_language)
        self.screens[0].clicked.connect(self._choose_desktop)
        self.screens[1].clicked.connect(self._choose_phone)
        self.more.clicked.connect(self._show_menu)
        self.show_choices()

    @property
    def design(self) -> Design:
        """The page design that is shown."""
        asked = DEFAULT if self._asked == "own" else self._asked
        return asked if self._decides else cast("Design", self._chosen.design or asked)

    @property
    def screen_shown(self) -> Screen:
        """Whether a large screen or a phone is shown."""
        return cast("Screen", self._chosen.screen)

    @property
    def language(self) -> str:
        """The language that is shown, in Azure's code."""
        return self._chosen.language or ("zh-Hans" if language() == "zh_CN" else "en")

    def follow(self, asked: Asked, *, decides: bool) -> None:
        """Which page design the policies ask for: it is shown as long as the person does not try another one.
        `decides`: to choose one is to choose for the draft.
        """
        self._asked, self._decides = asked, decides

    def show_page(self, page: Page, chosen: list[str], current: str, note: str) -> None:
        """Show a page with the chosen rows' buttons marked; `note` is what must be said of this one."""
        self.view.show_page(page, self.screen_shown, chosen, current)
        self.keeper.follow(page, self.screen_shown, self.language)
        said = _("Approximate: colours and icons of the real page may differ. Its order is this one.")
        self.note.setText(join_sentences(note, self._said_of_design(), said))
        self.show_choices()

    def _said_of_design(self) -> str:
        """What must be said of the page design."""
        if self._asked == "own":
            return _("Your policies load a page of your own, so the real one looks different.")
        if self.design == self._asked:
            return ""
        return _("Your policies ask for {design}.").format(design=TITLES[self._asked])

    def show_choices(self) -> None:
        """What is chosen, on the openers and in their menus."""
        for opener, group, value, names, what in (
            (self._openers[0], self.designs, self.design, _DESIGNS, _("Page design: {value}")),
            (self._openers[1], self.languages, self.language, _LANGUAGES, _("Language of the sketch: {value}")),
        ):
            said = what.format(value=names[value])
            opener.setText(names[value])
            opener.setAccessibleName(said)
            opener.setToolTip(tip(said))
            for action in group.actions():
                action.setChecked(action.data() == value)
        for each, screen in zip(self.screens, _SCREENS, strict=True):
            each.setChecked(screen == self.screen_shown)

    def show_theme(self) -> None:
        """Icons in the theme's colours."""
        for each in self._openers:
            each.setIcon(self._icons.icon("down", "soft", 14))
        for each, name in zip(self.screens, ("screen", "phone"), strict=True):
            each.setIcon(self._icons.icon(name, "text", _ICON))
        self.more.setIcon(self._icons.icon("more", "text", _ICON))
        self.view.sketch.forget_fonts()

    def menu(self) -> QMenu:
        """What can be done with the picture."""
        menu = QMenu(self)
        for text, icon, does in (
            (_("Look at it larger…"), "enlarge", self.keeper.enlarge),
            (_("Save the picture…"), "save", self.keeper.ask_file),
            (_("Copy the picture"), "copy", self.keeper.copy),
            ("", "", None),
            (_("Icons for buttons without one…"), "picture", self.icons_wanted.emit),
        ):  # fmt: skip
            if does is None:
                menu.addSeparator()
            else:
                menu.addAction(self._icons.icon(icon, "soft", 16), text, does)
        return menu

    def _lay_out(self) -> None:
        bar = row(spacing=2)
        for each in self._openers:
            each.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow after the word
            bar.addWidget(each)
        bar.addStretch(1)
        for each in (*self.screens, self.more):
            each.setIconSize(QSize(_ICON, _ICON))
            bar.addWidget(each)
        for each in self.screens:
            each.setCheckable(True)
            each.setAutoExclusive(True)
            each.setProperty("look", "icon-tab")
        layout = column(self, spacing=8)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.note)

    def _choose(self, **which: str) -> None:
        self._chosen = self._chosen._replace(**which)
        self._memory.note(sketch=" ".join(self._chosen))
        self.show_choices()
        self.changed.emit()

    @Slot(QAction)
    def _choose_design(self, action: QAction) -> None:
        design = str(action.data())
        if self._decides:
            self.design_wanted.emit(design)
            self.show_choices()
            return
        self._choose(design="" if design == self._asked else design)

    @Slot(QAction)
    def _choose_language(self, action: QAction) -> None:
        self._choose(language=str(action.data()))

    @Slot()
    def _choose_desktop(self) -> None:
        self._choose(screen="desktop")

    @Slot()
    def _choose_phone(self) -> None:
        self._choose(screen="phone")

    @Slot()
    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def _choices(opener: QPushButton, choices: dict[str, str]) -> QActionGroup:
    menu, group = QMenu(opener), QActionGroup(opener)
    for value, says in choices.items():
        action = QAction(says, group)
        action.setCheckable(True)
        action.setData(value)
        menu.addAction(action)
    opener.setMenu(menu)
    return group
