"""What was found out about a provider: what stands against it, what is worth knowing; folded away, what is fine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from latchkey.gui.icons import Icons
from latchkey.gui.widgets.labels import button, column, empty, label, row
from latchkey.text import _, ngettext

if TYPE_CHECKING:
    from latchkey.discovery.verdict import Kind, Verdict

_MARK = 16


class VerdictList(QWidget):
    """One line each, with its mark; a hint below it."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._verdicts: tuple[Verdict, ...] = ()
        self._open = False
        self._layout = column(self, spacing=8)
        self._first = column(spacing=8)
        self.fine = button("link")
        self.fine.clicked.connect(self._toggle)
        self._folded = QWidget()
        self._rest = column(self._folded, spacing=8)
        self._layout.addLayout(self._first)
        self._layout.addWidget(self.fine)
        self._layout.addWidget(self._folded)

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Show these; the good news folded away unless there is no other."""
        if tuple(verdicts) != self._verdicts:
            self._verdicts, self._open = tuple(verdicts), self._open and bool(self._verdicts)
            self._show()

    def _show(self) -> None:
        from latchkey.discovery.verdict import Kind

        order = {Kind.WONT: 0, Kind.NOTE: 1, Kind.OK: 2}
        for layout in (self._first, self._rest):
            empty(layout)
        fine = [one for one in self._verdicts if one.kind is Kind.OK]
        told = sorted((one for one in self._verdicts if one.kind is not Kind.OK), key=lambda one: order[one.kind])
        self._open = self._open or not told
        for one in told:
            self._add(self._first, one)
        for one in fine:
            self._add(self._rest, one)
        self.fine.setVisible(bool(fine) and bool(told))
        self._show_open()

    def show_theme(self) -> None:
        """Marks in the colours of the theme."""
        self._show()

    def _add(self, layout: QVBoxLayout, verdict: Verdict) -> None:
        from latchkey.discovery.verdict import Kind

        name, color = {
            Kind.WONT: ("close", "refusal"), Kind.NOTE: ("attention", "attention"), Kind.OK: ("tick", "done")
        }[verdict.kind]  # fmt: skip
        mark = QLabel()
        mark.setPixmap(self._icons.icon(name, color, _MARK).pixmap(_MARK, _MARK))
        said = label("", verdict.message)
        said.setAccessibleName(_("{kind}: {message}").format(kind=_word(verdict.kind), message=verdict.message))
        mark.setFixedSize(_MARK, said.fontMetrics().height() + 3)
        texts = column(spacing=1)
        texts.addWidget(said)
        if verdict.hint:
            texts.addWidget(label("hint", verdict.hint))
        line = row(spacing=8)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        layout.addLayout(line)

    @Slot()
    def _toggle(self) -> None:
        self._open = not self._open
        self._show_open()

    def _show_open(self) -> None:
        from latchkey.discovery.verdict import Kind

        count = sum(one.kind is Kind.OK for one in self._verdicts)
        self._folded.setVisible(self._open and count > 0)
        said = (
            ngettext("Hide the {count} thing that is fine", "Hide the {count} things that are fine", count)
            if self._open
            else ngettext("{count} more thing is fine", "{count} more things are fine", count)
        )
        self.fine.setText(said.format(count=count))
        self.fine.setAccessibleName(self.fine.text())


def _word(kind: Kind) -> str:
    """What a mark says, for those who don't see it."""
    return {"will-not-work": _("Will not work"), "worth-knowing": _("Worth knowing")}.get(kind.value, _("Works"))
