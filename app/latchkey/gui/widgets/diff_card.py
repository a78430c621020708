"""What changes in one file, in a card as high as its lines, up to a point: for dialogs and notes."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from latchkey.compose.comparing import compare
from latchkey.compose.into.plan import FileChange
from latchkey.gui.theme import Theme
from latchkey.gui.widgets.diff_list import DiffList
from latchkey.gui.widgets.labels import column, frame
from latchkey.text import _

_MOST_LINES = 24  # the rest is scrolled to


def diff_card(change: FileChange, theme: Theme, most: int = _MOST_LINES) -> QFrame:
    """One text, with what goes above what comes."""
    view = DiffList(theme)
    view.lines.set_beside(False)
    view.lines.show(compare(change.before, change.after))
    view.setAccessibleName(_("What changes in {file}").format(file=change.file))
    view.setFixedHeight(view.line_height() * (min(most, view.lines.rowCount()) + 1))
    card = frame("card")
    column(card, margins=(1, 1, 1, 1)).addWidget(view)
    return card
