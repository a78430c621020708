"""The review's tab about what the checks found: lists at the left, the chosen finding explained at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QSplitter, QWidget

from latchkey.check.finding import Finding, Level
from latchkey.gui import mending
from latchkey.gui.jobs import Job
from latchkey.gui.mending import Offer
from latchkey.gui.models.findings_model import FINDING, FindingsModel
from latchkey.gui.pages.finding_panel import FindingPanel
from latchkey.gui.widgets.findings_list import FindingsList
from latchkey.gui.widgets.labels import button, column, frame, label
from latchkey.jobs import Watch
from latchkey.text import N_, _, language, ngettext

if TYPE_CHECKING:
    from latchkey.gui.pages.base import Page


class ChecksPart(QWidget):
    """Choosing a finding explains it; Enter or a double click goes to where it is."""

    go_requested = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._tools = page.tools
        self._job: Job | None = None
        self.findings = FindingsModel()
        self.before = FindingsModel()  # what was found in policies before anything changed
        self.checks = FindingsList(self.findings, page.tools.theme)
        self.old = FindingsList(self.before, page.tools.theme)
        page.say(self.checks.setAccessibleName, N_("What the checks found"))
        page.say(self.old.setAccessibleName, N_("What the checks found before your changes"))
        self.new_title, self.old_title = label("section"), label("section")
        self._all: Offer | None = None
        self._all_of: object = None  # policies and answers for which that was worked out
        self.mend_all = button("small")
        page.say(self.mend_all.setText, N_("Mend all that has one right answer…"))
        page.say(self.mend_all.setAccessibleName, N_("Mend all that has one right answer…"))
        self.panel = FindingPanel(page.tools)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.all_well = frame("card")
        self.well = label()
        column(self.all_well, margins=(20, 18, 20, 18)).addWidget(self.well)
        self.mend_all.hide()
        left = QWidget()
        left.setMinimumWidth(240)
        layout = column(left, spacing=12)
        for each in (self.new_title, self.checks, self.old_title, self.old):
            layout.addWidget(each, 1 if each in (self.checks, self.old) else 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(16)
        # as high as there is room: the lists and the explanation scroll by themselves
        self.splitter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 54)
        self.splitter.setStretchFactor(1, 46)
        whole = column(self, spacing=12)
        whole.addWidget(self.all_well)
        whole.addWidget(self.splitter, 1)
        whole.addWidget(self.mend_all)
        whole.addStretch(0)

    def _connect(self) -> None:
        for view in (self.checks, self.old):
            view.chosen.connect(self.go_requested)
            view.selectionModel().currentChanged.connect(self._chosen)
        self.panel.go_requested.connect(self.go_requested)
        self.mend_all.clicked.connect(self._ask)

    # Showing

    def show_checks(self, files: int, changes: int) -> None:
        """What the session knows now; how many files there are, and in how many of them something changes."""
        session = self._tools.session
        found, into = session.all_findings, session.composed.into
        before = into.before if into is not None else ()
        self.findings.show(found)
        self.before.show(before)
        for title, there in ((self.new_title, bool(found)), (self.old_title, bool(before))):
            title.setVisible(there and into is not None)
        in_files = bool(changes) and any(finding.file for finding in found)
        self.new_title.setText(_("New with your changes") if in_files else _("In your answers"))
        self.old_title.setText(
            _("There before, and not in the way of your changes")
            if changes
            else _("What the checks found in your policies")
        )
        self.checks.setVisible(bool(found))
        self.old.setVisible(bool(before))
        self.splitter.setVisible(bool(found or before))
        self._look_for_all()
        self._show_well(found, files, changes)
        self._show_chosen()

    def _show_well(self, found: tuple[Finding, ...], files: int, changes: int) -> None:
        """That all is well, where there is something to say it of."""
        session = self._tools.session
        into = session.composed.into
        clean = session.composed.writable and not any(finding.level is not Level.INFO for finding in found)
        only_old = into is not None and not changes and bool(into.before)
        self.all_well.setVisible(not found and not only_old)
        well = ngettext(
            "{count} file was checked: nothing is wrong.", "{count} files were checked: nothing is wrong.", files
        )
        if into is not None and changes:
            self.well.setText(_("Your changes bring nothing that Azure would refuse."))
        else:
            self.well.setText(well.format(count=files) if clean and files else _("Nothing was checked yet."))

    def select(self, finding: Finding) -> bool:
        """Choose a finding in its list. False: it is in none."""
        for view, model in ((self.checks, self.findings), (self.old, self.before)):
            for number in range(model.rowCount()):
                if model.index(number).data(FINDING) == finding:
                    view.setCurrentIndex(model.index(number))
                    view.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return False

    def has(self, finding: Finding) -> bool:
        """Whether a finding is in one of the lists."""
        return any(
            model.index(number).data(FINDING) == finding
            for model in (self.findings, self.before)
            for number in range(model.rowCount())
        )

    @Slot(QModelIndex)
    def _chosen(self, index: QModelIndex) -> None:
        """One is chosen in both lists together."""
        for view in (self.checks, self.old):
            if index.isValid() and view.model() is not index.model() and view.currentIndex().isValid():
                view.selectionModel().setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.Clear)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = [view.currentIndex() for view in (self.checks, self.old) if view.currentIndex().isValid()]
        if not chosen:  # what is worst is explained first
            chosen = [model.index(0) for model in (self.findings, self.before) if model.rowCount()]
        self.panel.show_finding(chosen[0].data(FINDING) if chosen else None)

    # Mending

    def _look_for_all(self) -> None:
        """Whether anything can be mended is worked out beside the window."""
        session = self._tools.session
        existing, draft = session.existing, session.draft
        if self._job is not None or self._all_of == (existing, draft, language()):
            return
        self._all_of = (existing, draft, language())
        if existing is None:
            self._looked(None)
            return
        there = existing

        def work(_watch: Watch) -> Offer | None:
            return mending.offer_all(there, draft)

        self._job = Job(work, "look for cures")
        self._job.done.connect(self._looked)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self._tools.runner.start(self._job)

    @Slot(object)
    def _looked(self, offered: Offer | None) -> None:
        self._all = offered
        self.mend_all.setVisible(offered is not None)

    @Slot()
    def _ask(self) -> None:
        if self._all is not None:
            self.panel.ask(self._all)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._tools.session.refuse(error)

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None
        self._look_for_all()
