"""The bar below: the quiet line that says what needs attention, Back and Next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from latchkey.gui.widgets.labels import button, row, set_role
from latchkey.text import _, ngettext

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Elided(QLabel):
    """One line that is cut with dots where it does not fit; the whole is its tool tip."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def set_whole(self, text: str) -> None:
        """Show as much of it as fits."""
        self._whole = text
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut again."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        cut = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width() - 4))
        if cut != self.text():
            self.setText(cut)
        self.setToolTip(self._whole if cut != self._whole else "")


class BottomBar(QFrame):
    """Back and Next are never blocked by something unfinished."""

    attention_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bottom_bar")
        self.attention, self._summary = button("attention"), Elided("hint")
        self.back, self.next = button(), button("primary")
        self.attention.clicked.connect(self.attention_asked)
        layout = row(self, spacing=12, margins=(20, 10, 20, 10))
        layout.addWidget(self.attention)
        layout.addWidget(self._summary, 1)
        layout.addWidget(self.back)
        layout.addWidget(self.next)

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
        self.next.setText(_("Next: {step}").format(step=following) if following else _("Next"))
        self.next.setVisible(following is not None)
        self.next.setAccessibleName(self.next.text())
