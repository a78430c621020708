"""The review's tabs: which there are, and how much each holds."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup

from latchkey.gui.icons import Icons
from latchkey.gui.telling import Told
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.labels import button
from latchkey.text import _

JOURNEY, FILES, CHECKS, CHANGES, PICTURE = range(5)


class ReviewTabs(QButtonGroup):
    """`bar` holds the buttons; where there is little room they stand in two lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.bar = Flow()
        for number in (JOURNEY, PICTURE, CHANGES, FILES, CHECKS):
            tab = button("tab")
            tab.setCheckable(True)
            self.addButton(tab, number)
            self.bar.add(tab)

    def show_counts(self, told: Told, open_ones: int, *, changing: bool, clean: bool, icons: Icons) -> None:
        """What there is to see; `changing`: files that are there already are changed."""
        self.button(CHANGES).setVisible(changing or bool(told.changes))
        for number, text, count in (
            (JOURNEY, _("Journey"), 0),
            (PICTURE, _("Picture"), 0),
            (CHANGES, _("Changes in files"), len(told.changes)),
            (FILES, _("Files"), len(told.files)),
            (CHECKS, _("Checks"), open_ones),
        ):
            tab, said = self.button(number), _("{what} ({count})").format(what=text, count=count)
            tab.setText(said if count else text)
            tab.setAccessibleName(tab.text())
        self.button(CHECKS).setIcon(icons.icon("tick", "done", 14) if clean else QIcon())
