"""The bar below: the quiet line that says what needs attention, Back and Next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame

from latchkey.gui.tips import tip
from latchkey.gui.widgets.elided import Elided
from latchkey.gui.widgets.labels import button, row, set_role
from latchkey.text import _, ngettext

_LONGEST = 200  # pixels for the name of the next step, which may be a provider's


class BottomBar(QFrame):
    """Back and Next are never blocked by something unfinished."""

    attention_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bottom_bar")
        self.attention, self._summary = button("attention"), Elided("hint")
        self.back, self.next = button(), button("primary")
        self.attention.clicked.connect(self.attention_asked)
        for each in (self.back, self.next):
            each.installEventFilter(self)
        layout = row(self, spacing=12, margins=(20, 10, 20, 10))
        layout.addWidget(self.attention)
        layout.addWidget(self._summary, 1)
        layout.addWidget(self.back)
        layout.addWidget(self.next)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click is one step: nobody shall pass a page that they have not seen."""
        return event.type() == QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)

    def show_count(self, count: int, summary: str, ready: str) -> None:
        """How many things need attention; `ready` is what stands there when none does."""
        if count:
            text = ngettext("{count} thing needs attention", "{count} things need attention", count).format(count=count)
        else:
            text = ready
        set_role(self.attention, "look", "attention" if count else "ready")
        self.attention.setText(text)
        self.attention.setAccessibleName(_("{text}. Press for the list.").format(text=text) if count else text)
        self.attention.setEnabled(count > 0)
        self.attention.setVisible(bool(text))
        self._summary.set_whole(summary)

    def show_neighbours(self, previous: str | None, following: str | None) -> None:
        """The titles of the steps on both sides; None: there is none."""
        self.back.setText(_("Back"))
        self.back.setEnabled(previous is not None)
        self.back.setAccessibleName(_("Back: {step}").format(step=previous) if previous else _("Back"))
        whole = _("Next: {step}").format(step=following) if following else _("Next")
        cut = self.next.fontMetrics().elidedText(following or "", Qt.TextElideMode.ElideRight, _LONGEST)
        self.next.setText((_("Next: {step}").format(step=cut) if following else whole).replace("&", "&&"))
        self.next.setToolTip(tip(whole) if cut != (following or "") else "")
        self.next.setVisible(following is not None)
        self.next.setAccessibleName(whole)
