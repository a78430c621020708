"""The bar above: whose draft this is, undo and redo, language, theme, help.

It is in the first picture; menus and icons come with `join`, once that is painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame

from latchkey.gui.widgets.elided import Elided
from latchkey.gui.widgets.labels import button, label, row
from latchkey.text import LANGUAGES, _, language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QPushButton

    from latchkey.gui.icons import Icons

_ICON = QSize(16, 16)


class TopBar(QFrame):
    """Its buttons do what the window's actions do; the language switch is its own."""

    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self._actions: Mapping[str, QAction] = {}
        brand, self._context = label("brand", "Latchkey", wrap=False), Elided("soft")
        self._draft, self._theme, self._help = button("quiet"), button("quiet"), button("quiet")
        self._undo, self._redo, self._language = button("quiet"), button("quiet"), button("quiet")
        self._language.clicked.connect(self._switch)
        layout = row(self, spacing=4, margins=(16, 4, 12, 4))
        layout.addWidget(brand)
        layout.addSpacing(16)
        layout.addWidget(self._context, 1)
        for each in self.buttons():
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press leaves the cursor in the field where it is
            layout.addWidget(each)
        for each in (self._undo, self._redo, self._theme):
            each.setIconSize(_ICON)
        self.retranslate()

    def join(self, actions: Mapping[str, QAction], icons: Icons) -> None:
        """Make the buttons work."""
        from PySide6.QtWidgets import QMenu

        self._actions = actions
        for opener, names in (
            (self._draft, ("new", "open", "paste", "save_as", "", "quit")),
            (self._theme, ("theme_system", "theme_light", "theme_dark")),
            (self._help, ("azure_message", "shortcuts", "", "secrets", "updates", "report", "about")),
        ):
            menu = QMenu(self)
            for name in names:
                if name:
                    menu.addAction(actions[name])
                else:
                    menu.addSeparator()
            opener.setMenu(menu)
        for pressed, name in ((self._undo, "undo"), (self._redo, "redo")):
            pressed.clicked.connect(actions[name].trigger)
            actions[name].changed.connect(self._follow)
        self.show_icons(icons)
        self._follow()

    def set_context(self, text: str) -> None:
        """Whose draft and which step: "contoso — sign-in buttons"."""
        self._context.set_whole(text)

    def show_icons(self, icons: Icons) -> None:
        """Icons in the theme's colours."""
        for each, name in ((self._undo, "undo"), (self._redo, "redo"), (self._theme, "theme")):
            each.setIcon(icons.icon(name, "soft", 16))

    def retranslate(self) -> None:
        """Texts in the language in force."""
        here, other = LANGUAGES.get(language(), language()), LANGUAGES[self._other()]
        self._draft.setText(_("Draft"))
        self._draft.setAccessibleName(_("Draft: new, open, save as"))
        self._undo.setText(_("Undo"))
        self._redo.setText(_("Redo"))
        self._language.setText("EN · 中文")
        self._language.setAccessibleName(
            _("Language: {language}. Press for {other}.").format(language=here, other=other)
        )
        self._language.setToolTip(other)
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
        self.language_chosen.emit(self._other())

    def _other(self) -> str:
        return next(code for code in LANGUAGES if code != language())

    def _follow(self) -> None:
        for each, name in ((self._undo, "undo"), (self._redo, "redo")):
            action = self._actions.get(name)
            each.setEnabled(action is not None and action.isEnabled())
            each.setToolTip(action.toolTip() if action is not None else "")
            each.setAccessibleName(each.toolTip() or each.text())
