"""Above the review: that it is a preview, or that there is nothing to look at yet, and what is missing, as links."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy

from latchkey.check.finding import Finding
from latchkey.errors import LatchkeyError
from latchkey.gui.inline_code import as_text
from latchkey.gui.widgets.labels import button, column, empty, label, set_sentence, soft_breaks
from latchkey.text import _, join_sentences

_NAMED = 3  # of what is missing, so many are named


class MissingNote(QFrame):
    """Hidden while nothing is missing."""

    finding_chosen = Signal(object)
    all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "note-attention")
        layout = column(self, spacing=4, margins=(16, 10, 16, 10))
        self.says = label()
        layout.addWidget(self.says)
        self.links = column(spacing=0)
        layout.addLayout(self.links)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_missing(
        self, first: str, wanted: Sequence[Finding], missing: LatchkeyError, says: Callable[[Finding], str]
    ) -> None:
        """What stands against it: the first of `wanted`, or, where no finding says so, `missing` itself. `says`: a
        finding's message away from its field.
        """
        set_sentence(self.says, first if wanted else join_sentences(missing.message, missing.hint))
        empty(self.links)
        for finding in wanted[:_NAMED]:
            link = button("link")
            said = as_text(says(finding))
            link.setText(soft_breaks(said))
            link.setAccessibleName(said)
            link.setProperty("finding", finding)
            link.clicked.connect(self._follow)
            self.links.addWidget(link)
        if len(wanted) > _NAMED:
            more = button("link")
            more.setText(_("All {count}…").format(count=len(wanted)))
            more.setAccessibleName(_("All {count} things that are missing").format(count=len(wanted)))
            more.clicked.connect(self.all_wanted)
            self.links.addWidget(more)
        self.show()

    @Slot()
    def _follow(self) -> None:
        self.finding_chosen.emit(self.sender().property("finding"))
