"""Beside the list of what the checks found: one finding, what it means, and a button that mends it where it has one
right answer in policies that are there already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from latchkey.check.finding import Finding
from latchkey.draft import edits
from latchkey.gui import mending
from latchkey.gui.announce import announce
from latchkey.gui.jobs import Job
from latchkey.gui.mending import Offer
from latchkey.gui.models.findings_model import level_in_words, place_in_words
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.explanation import ExplanationView
from latchkey.gui.widgets.labels import button, column, frame, label, row, set_sentence
from latchkey.gui.widgets.mend_dialog import mend_dialog
from latchkey.jobs import Watch
from latchkey.text import _, language

if TYPE_CHECKING:
    from latchkey.gui.existing import Existing


class FindingPanel(QFrame):
    """Empty until a finding is shown."""

    go_requested = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setMinimumSize(240, 160)
        self._tools = tools
        self._of: tuple[Finding | None, str, Existing | None] = (None, "", None)
        self._offer: Offer | None = None
        self._looking: Job | None = None
        self._writing: Job | None = None
        self._level, self._message, self._hint = label("hint"), label("section"), label("soft")
        self._place = label("hint")
        self._cure = label("hint")
        self.go, self.mend = button("small"), button("small")
        self.go.clicked.connect(self._go)
        self.mend.clicked.connect(self._ask)
        self.explanation = ExplanationView(tools)
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget()
        inside = column(inner, spacing=6, margins=(18, 14, 18, 16))
        for each in (self._level, self._message, self._hint, self._place):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inside.addWidget(each)
        does = row(spacing=8, margins=(0, 4, 0, 4))
        does.addWidget(self.go)
        does.addWidget(self.mend)
        does.addStretch(1)
        inside.addLayout(does)
        inside.addWidget(self._cure)
        inside.addWidget(frame("line"))
        inside.addSpacing(4)
        inside.addWidget(self.explanation)
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("help_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        column(self, margins=(1, 1, 1, 1)).addWidget(self._scroll)
        self._scroll.hide()

    # Showing

    def show_finding(self, finding: Finding | None) -> None:
        """Show one, or nothing; the same again is told anew only where the language or the folder's files changed."""
        now = (finding, language(), self._tools.session.existing)
        if now == self._of:
            return
        same = finding == self._of[0]
        self._of = now
        self._scroll.setVisible(finding is not None)
        self._look(finding)
        if finding is None:
            return
        self._level.setText(level_in_words(finding.level))
        for each, text in (
            (self._message, finding.message),
            (self._hint, finding.hint),
            (self._place, place_in_words(finding)),
        ):
            set_sentence(each, text)
            each.setVisible(bool(text))
        self.go.setText(_("Show the place") if finding.file and not finding.field else _("Go to the answer"))
        self.go.setAccessibleName(self.go.text())
        self._explain(finding)
        if not same:
            self._scroll.verticalScrollBar().setValue(0)

    def _explain(self, finding: Finding) -> None:
        from latchkey.check.explained import explained

        told = explained(finding.rule)
        self.explanation.setVisible(told is not None)
        if told is not None:
            place = place_in_words(finding)
            self.explanation.explain(told, "\n".join(part for part in (place, finding.message, finding.hint) if part))

    def _look(self, finding: Finding | None) -> None:
        """Whether this can be mended is worked out beside the window."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._show_offer(None)
        existing, draft = self._tools.session.existing, self._tools.session.draft
        if finding is None or existing is None or not mending.curable(finding):
            return
        wanted, there = finding, existing

        def work(watch: Watch) -> Offer | None:
            return mending.offer(there, wanted, draft, watch)

        self._looking = Job(work, "look for a cure")
        self._looking.done.connect(self._looked)
        self._looking.failed.connect(self._failed)
        self._tools.runner.start(self._looking)

    @Slot(object)
    def _looked(self, offered: Offer | None) -> None:
        if self.sender() is self._looking:
            self._looking = None
            self._show_offer(offered)

    def _show_offer(self, offered: Offer | None) -> None:
        self._offer = offered
        self.mend.setVisible(offered is not None)
        self._cure.setVisible(offered is not None)
        if offered is not None:
            self.mend.setText(_("Mend this…"))
            self.mend.setAccessibleName(_("Mend this: {what}").format(what=offered.labels[0]))
            self.mend.setEnabled(self._writing is None)
            self._cure.setText(_("Latchkey can do this for you: {what}").format(what=offered.labels[0]))

    # Doing

    @Slot()
    def _go(self) -> None:
        if self._of[0] is not None:
            self.go_requested.emit(self._of[0])

    @Slot()
    def _ask(self) -> None:
        if self._offer is not None:
            self.ask(self._offer)

    def ask(self, offered: Offer) -> None:
        """Show what would change; it is written when the person says so."""
        dialog = mend_dialog(self.window(), offered, self._tools.theme)

        def write() -> None:
            self._write(offered)

        dialog.accepted.connect(write)
        dialog.open()

    def _write(self, offered: Offer) -> None:
        if self._writing is not None:
            return

        def work(_watch: Watch) -> Offer:
            mending.carry_out(offered)
            return offered

        self.mend.setEnabled(False)
        self._writing = Job(work, "mend")
        self._writing.done.connect(self._written)
        self._writing.failed.connect(self._failed)
        self._writing.ended.connect(self._ended)
        self._tools.runner.start(self._writing)

    @Slot(object)
    def _written(self, offered: Offer) -> None:
        for policy in offered.policies:  # what was uploaded before is to be uploaded again
            self._tools.session.do(edits.tick(f"go-live/upload/{policy}", False))
        announce(self, _("It is mended. “Put back” on the page about writing takes it back."))

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._tools.session.refuse(error)

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        """Either way the folder is read again: what is shown is what is there."""
        self._writing = None
        self.mend.setEnabled(True)
        self._tools.session.compose_now()
