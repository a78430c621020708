"""The bar above: whose draft this is, undo and redo, language, theme, help."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QPushButton

from latchkey.gui.icons import Icons
from latchkey.gui.widgets.labels import button, label, row
from latchkey.text import LANGUAGES, _, language


class TopBar(QFrame):
    """Built from the window's actions; the language switch is its own."""

    language_chosen = Signal(str)

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self._actions = actions
        self._brand, self._context = label("brand", "Latchkey", wrap=False), label("soft", wrap=False)
        self.draft_menu, self.theme_menu, self.help_menu = QMenu(self), QMenu(self), QMenu(self)
        self._draft, self._theme, self._help = button("quiet"), button("quiet"), button("quiet")
        self._undo, self._redo, self._language = button("quiet"), button("quiet"), button("quiet")
        for opener, menu, names in (
            (self._draft, self.draft_menu, ("new", "open", "save_as", "", "quit")),
            (self._theme, self.theme_menu, ("theme_system", "theme_light", "theme_dark")),
            (self._help, self.help_menu, ("shortcuts", "about")),
        ):
            for name in names:
                menu.addAction(actions[name]) if name else menu.addSeparator()
            opener.setMenu(menu)
        for pressed, name in ((self._undo, "undo"), (self._redo, "redo")):
            pressed.clicked.connect(actions[name].trigger)
            actions[name].changed.connect(self._follow)
        self._language.clicked.connect(self._switch)
        layout = row(self, spacing=4, margins=(16, 4, 12, 4))
        layout.addWidget(self._brand)
        layout.addSpacing(16)
        layout.addWidget(self._context, 1)
        for each in (self._draft, self._undo, self._redo, self._language, self._theme, self._help):
            layout.addWidget(each)
        self.retranslate()
        self._follow()

    def set_context(self, text: str) -> None:
        """Whose draft and which step: "contoso — sign-in buttons"."""
        self._context.setText(text)

    def show_icons(self, icons: Icons) -> None:
        """Icons in the theme's colours."""
        for each, name in ((self._undo, "undo"), (self._redo, "redo"), (self._theme, "theme")):
            each.setIcon(icons.icon(name, "soft", 16))
            each.setIconSize(QSize(16, 16))

    def retranslate(self) -> None:
        """Texts in the language in force."""
        other = next(code for code in LANGUAGES if code != language())
        self._draft.setText(_("Draft"))
        self._draft.setAccessibleName(_("Draft: new, open, save as"))
        self._undo.setText(_("Undo"))
        self._redo.setText(_("Redo"))
        self._language.setText("EN · 中文")
        self._language.setAccessibleName(
            _("Language: {language}. Press for {other}.").format(language=LANGUAGES[language()], other=LANGUAGES[other])
        )
        self._language.setToolTip(LANGUAGES[other])
        self._theme.setAccessibleName(_("Theme"))
        self._theme.setToolTip(_("Theme"))
        self._help.setText("?")
        self._help.setAccessibleName(_("Help"))
        self._help.setToolTip(_("Help"))
        self._follow()

    def buttons(self) -> tuple[QPushButton, ...]:
        """In the order of the tab key."""
        return self._draft, self._undo, self._redo, self._language, self._theme, self._help

    def _switch(self) -> None:
        self.language_chosen.emit(next(code for code in LANGUAGES if code != language()))

    def _follow(self) -> None:
        for each, name in ((self._undo, "undo"), (self._redo, "redo")):
            action = self._actions[name]
            each.setEnabled(action.isEnabled())
            each.setToolTip(action.toolTip())
            each.setAccessibleName(action.toolTip() or action.text())
