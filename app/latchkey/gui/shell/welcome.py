"""The first start: one screen that says what this is and asks for language and theme. It never comes again."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from latchkey.gui.shell.dialogs import HelpDialog
from latchkey.gui.theme import Choice
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import label
from latchkey.gui.widgets.options import Options
from latchkey.gui.widgets.texts import Texts
from latchkey.text import LANGUAGES, N_, _, language

_DOES = (
    ("tick", N_("You answer plain questions; Latchkey writes the policy files that Azure AD B2C accepts.")),
    (
        "folder",
        N_("Policies that you have already stay yours: only what you change is changed, and it can be put back."),
    ),
    ("copy", N_("What is left to do by hand comes as a list, with every value ready to copy.")),
    ("save", N_("Nothing is sent anywhere. Answers are saved as you go; secrets go into this computer's keyring.")),
)
_THEMES = (
    ("system", N_("Like the system"), ""),
    ("light", N_("Light"), ""),
    ("dark", N_("Dark"), ""),
)


class WelcomeDialog(HelpDialog):
    """Both choices work at once, so that each can be seen."""

    language_chosen = Signal(str)

    def __init__(self, parent: QWidget, tools: Tools) -> None:
        super().__init__(parent, "", 700)
        self._tools = tools
        self._texts = Texts()
        self._texts.put(self.setWindowTitle, N_("Welcome to Latchkey"))
        self._texts.put(self.heading.setText, N_("Welcome to Latchkey"))
        self._lay_out_what()
        self._language_title = label("section")
        self._texts.put(self._language_title.setText, N_("Language"))
        self.body.addWidget(self._language_title)
        # Languages are called what they call themselves, in every language.
        self.languages = Options(self._texts, [(code, name, "") for code, name in LANGUAGES.items()], across=True)
        self.languages.answer(N_("Language"))
        self.languages.show_value(language())
        self.languages.chosen.connect(self._choose_language)
        self.body.addWidget(self.languages)
        self._theme_title = label("section")
        self._texts.put(self._theme_title.setText, N_("Light or dark"))
        self.body.addWidget(self._theme_title)
        self.themes = Options(self._texts, _THEMES, across=True)
        self.themes.answer(N_("Light or dark"))
        self.themes.show_value(tools.theme.choice)
        self.themes.chosen.connect(self._choose_theme)
        self.body.addWidget(self.themes)
        self._later = label("hint")
        self._texts.put(self._later.setText, N_("Both can be changed at any time, at the top right of the window."))
        self.body.addWidget(self._later)
        self.begin = self.add_button(_("Begin"), "primary")
        self._texts.put(self.begin.setText, N_("Begin"))
        self._texts.put(self.begin.setAccessibleName, N_("Begin"))
        self.begin.clicked.connect(self.accept)
        self.begin.setFocus()
        self.finished.connect(self._seen)

    def retranslate(self) -> None:
        """The language changed: say it at once."""
        self._texts.again()
        self.languages.show_value(language())

    def _lay_out_what(self) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        for number, (_icon, sentence) in enumerate(_DOES):
            line = label("")
            self._texts.put(line.setText, sentence)
            self._grid.addWidget(line, number, 1)
        self._show_icons()
        self.body.addLayout(self._grid)

    def _show_icons(self) -> None:
        for number, (icon, _sentence) in enumerate(_DOES):
            old = self._grid.itemAtPosition(number, 0)
            made = old.widget() if old is not None else None
            if made is None:
                made = label(wrap=False)
                self._grid.addWidget(made, number, 0, Qt.AlignmentFlag.AlignTop)
                made.setContentsMargins(0, 2, 0, 0)
            made.setProperty("pixmap", self._tools.icons.icon(icon, "accent", 18).pixmap(18, 18))

    @Slot(str)
    def _choose_language(self, code: str) -> None:
        self.language_chosen.emit(code)
        self.retranslate()

    @Slot(str)
    def _choose_theme(self, theme: str) -> None:
        chosen = cast("Choice", theme)
        self._tools.theme.choose(chosen)
        self._tools.memory.choose_theme(chosen)
        self._show_icons()

    @Slot(int)
    def _seen(self, _result: int) -> None:
        self._tools.memory.note_welcome()
        self._tools.memory.write()
