"""Review: each journey in words and as a picture, the XML of what is chosen, what changes in files, the files, and what
the checks found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from latchkey.check.finding import Finding, Level
from latchkey.draft.draft import Draft
from latchkey.gui.called import said_of
from latchkey.gui.composing import Composed
from latchkey.gui.jobs import Job
from latchkey.gui.models.files_model import FILE, FilesModel
from latchkey.gui.pages.base import Page
from latchkey.gui.pages.review_changes import ChangesPart
from latchkey.gui.pages.review_checks import ChecksPart
from latchkey.gui.pages.review_journey import JourneyPart
from latchkey.gui.pages.review_note import MissingNote
from latchkey.gui.pages.review_picture import PicturePart
from latchkey.gui.pages.review_tabs import CHANGES, CHECKS, FILES, JOURNEY, PICTURE, ReviewTabs
from latchkey.gui.telling import FileText, Told, tell_all
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.file_delegate import FileDelegate
from latchkey.gui.widgets.search_bar import SearchBar
from latchkey.gui.widgets.veil import Veil
from latchkey.gui.widgets.xml_card import XmlCard
from latchkey.jobs import Watch
from latchkey.text import N_, _, language

if TYPE_CHECKING:
    from latchkey.policy.story import StoryNode

_SIDE_BY_SIDE = 600  # pixels from which the XML has room beside the journey
_LOWEST, _LOWEST_BELOW = 300, 400  # pixels of the part below the tabs; in a lower window the page scrolls
_PARTS = {JOURNEY: (54, 46), FILES: (30, 70)}  # how journey or files and the XML share the width at first


class ReviewPage(Page):
    """Shows what was composed, and says what stands against it."""

    step_id = "review"
    wide = True

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._told = Told(Draft(), "")
        self._of: Composed | None = None  # what it was told of, or is being told of
        self._job: Job | None = None
        self._awaited: Finding | None = None  # to be shown in its file, once the files are told
        self._widths: dict[int, list[int]] = {}  # of journey or files and the XML, where the person chose them
        self.files = FilesModel()
        self.note = MissingNote()
        self.body.addWidget(self.note)
        self.tabs = ReviewTabs(self)
        self.body.addWidget(self.tabs.bar)
        self.left, self.stack = QStackedWidget(), _Parts()
        self.journey, self.card = JourneyPart(tools), XmlCard(tools)
        self.file_list = self._file_list()
        self.found, self.changes, self.picture = ChecksPart(self), ChangesPart(self), PicturePart(self)
        for each in (self.journey, self.file_list):
            self.left.addWidget(each)
        for part in (self._halves(), self.found, self.changes, self.picture):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)
        self.veil = Veil(self.stack, tools.theme)
        self._say_parts()
        self._connect()
        self._show_tab(JOURNEY)

    # Words

    def title(self) -> str:
        """The heading."""
        return _("What will happen when somebody signs in")

    def intro(self) -> str:
        """Under the heading."""
        return _("Choose a line to see the part of the policy behind it. Nothing is written before you say so.")

    def retranslate(self) -> None:
        """The language changed."""
        self._say_parts()
        super().retranslate()

    def _say_parts(self) -> None:
        for part in (self.journey, self.card, self.changes, self.picture):
            part.retranslate()

    # Building

    def _file_list(self) -> QListView:
        made = QListView()
        made.setObjectName("files")
        made.setModel(self.files)
        made.setItemDelegate(FileDelegate(self.tools.theme, made))
        made.setMouseTracking(True)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.say(made.setAccessibleName, N_("Files, in the order of upload"))
        return made

    def _halves(self) -> QWidget:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(16)
        self.left.setMinimumSize(240, 160)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self.card)
        self.splitter.splitterMoved.connect(self._note_widths)
        return self.splitter

    def _connect(self) -> None:
        self.tabs.idClicked.connect(self._show_tab)
        self.journey.chosen.connect(self._show_chosen)
        self.journey.xml_wanted.connect(self._copy_xml)
        self.journey.picture_wanted.connect(self._show_in_picture)
        self.picture.chosen.connect(self.journey.choose)
        self.picture.opened.connect(self._show_in_journey)
        self.file_list.selectionModel().currentChanged.connect(self._show_chosen)
        self.found.go_requested.connect(self._go_to)
        self.note.finding_chosen.connect(self._go_to)
        self.note.all_wanted.connect(self._show_all)
        self.card.explain_wanted.connect(self.explain)
        self.card.whole_wanted.connect(self._show_whole)
        for keys, does in (
            (QKeySequence.StandardKey.Find, self._search),
            (QKeySequence.StandardKey.FindNext, self._search_on),
            (QKeySequence.StandardKey.FindPrevious, self._search_back),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(does)

    # Following

    def show_draft(self, draft: Draft) -> None:
        """What is shown is of an older draft until it is composed again."""
        self._show_age()

    def show_composed(self, composed: Composed) -> None:
        """Tell the newest set, on the worker."""
        self._show_state(composed)
        told = self._of is composed and self._told.language == language()
        if not told and self._job is None:
            self._of = composed

            def work(watch: Watch) -> Told:
                return tell_all(composed, watch)

            self._job = Job(work, "tell the journeys")
            self._job.done.connect(self._show_told)
            self._job.failed.connect(self._failed)
            self._job.ended.connect(self._ended)
            self.tools.runner.start(self._job)
        self._show_age()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the XML stands below the journey."""
        super().resizeEvent(event)
        beside = event.size().width() >= _SIDE_BY_SIDE
        for splitter in (self.splitter, self.found.splitter):
            splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self.stack.setMinimumHeight(_LOWEST if beside else _LOWEST_BELOW)
        self.changes.follow_width(event.size().width())
        self._share()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """The draft's and the set's, together."""
        super().show_findings(findings)
        self._show_checks()

    def show_theme(self) -> None:
        """Colours of painted things."""
        for part in (self.journey, self.card, self.changes, self.picture):
            part.show_theme()
        for view in (self.file_list, self.found.checks, self.found.old):
            view.viewport().update()

    def focus_field(self, finding: Finding) -> bool:
        """Show the line that a finding is about."""
        if not finding.file or self.files.row_of(finding.file) < 0:
            self._show_tab(CHECKS)
            if not self.found.select(finding):
                self.found.checks.setFocus(Qt.FocusReason.OtherFocusReason)
            self._awaited = finding if finding.file and self._job is not None else None
            return True
        self._show_tab(FILES)
        self.file_list.setCurrentIndex(self.files.index(self.files.row_of(finding.file)))
        self._show_file(self._file_of(finding.file), finding.line, finding)
        self.card.xml.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot(object)
    def explain(self, finding: Finding | None) -> None:
        """Show what a finding means."""
        self._show_tab(CHECKS)
        if finding is not None:
            self.found.select(finding)

    @Slot(object)
    def _show_told(self, told: Told) -> None:
        self._told = told
        self.files.show(told.files)
        self.journey.show_told(told)
        self.picture.show_told(told)
        nothing = _("Nothing changes: your policies are as your answers say.")
        self.changes.show_changes(told.words, told.changes, nothing)
        if told.files and not self.file_list.currentIndex().isValid():
            self.file_list.setCurrentIndex(self.files.index(0))
        self._show_chosen()
        self._show_checks()
        awaited, self._awaited = self._awaited, None
        if awaited is not None and self.files.row_of(awaited.file) >= 0:
            self.focus_field(awaited)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        """Telling has nothing to refuse: an error that reaches here is a defect and is told as one."""
        raise error

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None
        self.show_composed(self.tools.session.composed)

    def _show_age(self) -> None:
        """Whether what is shown is of the draft as it is now."""
        session = self.tools.session
        now = (session.draft, session.folder, session.source)
        composed = session.composed
        new = (composed.draft, composed.folder, composed.source) == now and composed.guided is not None
        if new and self._job is None:
            self.veil.lift()
        else:
            self.veil.lay(_("Bringing it up to date…") if self._told.files else _("Putting it together…"))

    def _show_state(self, composed: Composed) -> None:
        """Above it all: that this is a preview, or that there is nothing to look at, and what is missing."""
        wanted = [finding for finding in self.tools.session.findings if finding.level is Level.ERROR]
        missing = composed.missing
        if composed.draft != self.tools.session.draft and composed.composed is None and composed.refusal is None:
            missing = None
        there = composed.composed is not None or composed.into is not None
        self.stack.setVisible(there or not missing)
        if missing is None:
            self.note.hide()
            return
        if composed.into is not None:
            first = _("These are your policies as they are. Your changes can be shown when this is settled:")
        elif there:
            first = _("This is a preview. It can be written when these are answered:")
        else:
            first = _("There is nothing to look at yet. First answer these:")
        self.note.show_missing(first, wanted, missing, self._said)

    def _said(self, finding: Finding) -> str:
        return said_of(finding, self.tools.session.draft, self.tools.session.catalogue)

    def _show_checks(self) -> None:
        session, told = self.tools.session, self._told
        self.found.show_checks(len(told.files), len(told.changes))
        open_ones = [finding for finding in session.all_findings if finding.level is not Level.INFO]
        clean = not open_ones and session.composed.writable
        changing = session.source is not None
        self.tabs.show_counts(told, len(open_ones), changing=changing, clean=clean, icons=self.tools.icons)
        if self.tabs.button(CHANGES).isHidden() and self.tabs.checkedId() == CHANGES:
            self._show_tab(JOURNEY)

    @Slot(int)
    def _show_tab(self, tab: int) -> None:
        self._awaited = None
        self.tabs.button(tab).setChecked(True)
        self.stack.setCurrentIndex({CHECKS: 1, CHANGES: 2, PICTURE: 3}.get(tab, 0))
        if tab in (JOURNEY, FILES):
            self.left.setCurrentIndex(tab)
            self.card.offer_whole(tab == JOURNEY)
            self._share()
            self._show_chosen()
        elif tab == PICTURE:
            self.picture.draw()

    def _share(self) -> None:
        """Files need less room beside their text than journeys."""
        if self.splitter.orientation() is Qt.Orientation.Vertical:
            self.splitter.setSizes([1000, 1000])
            return
        tab = self.left.currentIndex()
        wide = max(1, self.splitter.width())
        self.splitter.setSizes(self._widths.get(tab) or [wide * part // 100 for part in _PARTS[tab]])

    @Slot()
    def _note_widths(self) -> None:
        if self.splitter.orientation() is Qt.Orientation.Horizontal:
            self._widths[self.left.currentIndex()] = self.splitter.sizes()

    @Slot()
    def _show_all(self) -> None:
        self.stack.show()
        self._show_tab(CHECKS)
        self.found.checks.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_chosen(self) -> None:
        """The file of what is chosen at the left."""
        if self.left.currentIndex() == FILES:
            file: FileText | None = self.file_list.currentIndex().data(FILE)
            if file is not None and self.card.xml.file is not None and file[:4] == self.card.xml.file[:4]:
                return  # the marked line stays marked
            self._show_file(file, 0)
        else:
            node = self.journey.current
            where = node.where if node is not None else None
            file = self._file_of(where.source.file) if where is not None else None
            self._show_file(file, where.line if where is not None else 0)

    def _show_file(self, file: FileText | None, line: int, finding: Finding | None = None) -> None:
        self.card.show_file(file, line, finding, finding is not None and self.found.has(finding))

    def _file_of(self, name: str) -> FileText | None:
        return next((file for file in self._told.files if file.file == name), None)

    # Doing

    def _searched(self) -> SearchBar:
        """What the keys search: the file where one reads it, else the journeys."""
        in_file = self.tabs.checkedId() == FILES or self.card.isAncestorOf(self.window().focusWidget())
        return self.card.search if in_file else self.journey.search

    @Slot()
    def _search(self) -> None:
        if self.tabs.checkedId() not in (JOURNEY, FILES):
            self._show_tab(JOURNEY)
        self._searched().begin()

    @Slot()
    def _search_on(self) -> None:
        self._searched().stepped.emit(1)

    @Slot()
    def _search_back(self) -> None:
        self._searched().stepped.emit(-1)

    @Slot()
    def _copy_xml(self) -> None:
        self.card.copy.click()

    @Slot()
    def _show_whole(self) -> None:
        """The file of the chosen part with room, at the same place."""
        file, node = self.card.xml.file, self.journey.current
        if file is not None:
            line = node.where.line if node is not None and node.where is not None else 0
            self.file_list.setCurrentIndex(self.files.index(self.files.row_of(file.file)))
            self._show_tab(FILES)
            self._show_file(file, line)
            self.card.xml.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_in_picture(self, node: StoryNode) -> None:
        journey = self.journey.current_journey
        if journey is not None:
            self._show_tab(PICTURE)
            self.picture.show_part(journey, node)
            self.picture.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_in_journey(self, node: StoryNode) -> None:
        self._show_tab(JOURNEY)
        self.journey.choose(node)
        self.journey.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _go_to(self, finding: Finding) -> None:
        if finding.file:
            self.focus_field(finding)
        else:
            self.finding_requested.emit(finding)


class _Parts(QStackedWidget):
    """As high as there is room: everything in it scrolls by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LOWEST)

    def sizeHint(self) -> QSize:
        """No more than it must have."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def hasHeightForWidth(self) -> bool:
        """Whatever its parts would like."""
        return False
