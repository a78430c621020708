"""Review: each journey told in words beside the XML of what is chosen, the files, and what the checks found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QListView,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from latchkey.check.finding import Finding, Level
from latchkey.draft.draft import Draft
from latchkey.gui.composing import Composed
from latchkey.gui.jobs import Job
from latchkey.gui.models.files_model import FILE, FilesModel
from latchkey.gui.models.story_model import NODE, StoryModel
from latchkey.gui.pages.base import Page
from latchkey.gui.pages.review_changes import ChangesPart
from latchkey.gui.pages.review_checks import ChecksPart
from latchkey.gui.telling import FileText, Told, tell_all
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.file_delegate import FileDelegate
from latchkey.gui.widgets.labels import button, column, empty, frame, label, row
from latchkey.gui.widgets.story_tree import StoryTree
from latchkey.gui.widgets.xml_view import XmlView
from latchkey.jobs import Watch
from latchkey.text import N_, _, join_sentences, language

JOURNEY, FILES, CHECKS, CHANGES = range(4)
_SIDE_BY_SIDE = 600  # pixels from which the XML has room beside the journey
_OPENED = 2  # levels of the first journey that stand open at first
_NAMED = 3  # of what is missing, so many are named at the top


class ReviewPage(Page):
    """Shows what was composed, and says what stands against it."""

    step_id = "review"
    wide = True

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._told = Told(Draft(), "")
        self._of: Composed | None = None  # what it was told of, or is being told of
        self._job: Job | None = None
        self._seen = False
        self._about: Finding | None = None  # what led to the file that is shown
        self._awaited: Finding | None = None  # to be shown in its file, once the files are told
        self.story, self.files = StoryModel(self), FilesModel()
        self._note = frame("note-attention")
        self._lay_out_note()
        self.body.addWidget(self._note)
        self.tabs = self._tabs()
        self.left, self.stack = QStackedWidget(), QStackedWidget()
        self.tree, self.file_list = self._tree(), self._file_list()
        for each in (self.tree, self.file_list):
            self.left.addWidget(each)
        self.found = ChecksPart(self)
        self.stack.addWidget(self._halves())
        self.stack.addWidget(self.found)
        self.changes = ChangesPart(self)
        self.stack.addWidget(self.changes)
        self.body.addWidget(self.stack, 1)
        self._connect()
        self._show_tab(JOURNEY)

    # Words

    def title(self) -> str:
        """The heading."""
        return _("What will happen when somebody signs in")

    def intro(self) -> str:
        """Under the heading."""
        return _("Choose a line to see the part of the policy behind it. Nothing is written before you say so.")

    # Building

    def _lay_out_note(self) -> None:
        layout = column(self._note, spacing=4, margins=(16, 10, 16, 10))
        self._says = label()
        layout.addWidget(self._says)
        self._links = column(spacing=0)
        layout.addLayout(self._links)
        self._note.hide()

    def _tabs(self) -> QButtonGroup:
        group = QButtonGroup(self)
        bar = row(spacing=8)
        for number in (JOURNEY, CHANGES, FILES, CHECKS):
            tab = button("tab")
            tab.setCheckable(True)
            group.addButton(tab, number)
            bar.addWidget(tab)
        bar.addStretch(1)
        self.body.addLayout(bar)
        return group

    def _tree(self) -> StoryTree:
        tree = StoryTree(self.story, self.tools.theme)
        self.say(tree.setAccessibleName, N_("Journeys, step by step"))
        return tree

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
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(16)
        self.left.setMinimumSize(240, 160)
        splitter.addWidget(self.left)
        splitter.addWidget(self._xml_card())
        splitter.setStretchFactor(0, 54)
        splitter.setStretchFactor(1, 46)
        self.splitter = splitter
        return splitter

    def _xml_card(self) -> QFrame:
        card = frame("card")
        card.setMinimumSize(240, 160)
        self.xml = XmlView(self.tools.theme)
        self.say(self.xml.setAccessibleName, N_("The policy file, to read"))
        self._file, self._line = label("section", wrap=False), label("soft", wrap=False)
        self._file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.copy = button("small")
        head = row(spacing=8, margins=(16, 8, 10, 8))
        head.addWidget(self._file, 1)
        head.addWidget(self._line)
        head.addWidget(self.copy)
        layout = column(card, spacing=0, margins=(1, 1, 1, 1))
        layout.addLayout(head)
        layout.addWidget(frame("line"))
        layout.addWidget(self._lay_out_wrong())
        layout.addWidget(self.xml, 1)
        return card

    def _lay_out_wrong(self) -> QFrame:
        """What is wrong with the marked line, where a finding led here."""
        self._wrong = frame("note-attention")
        self._wrong_text, self.more = label(), button("small")
        inside = row(self._wrong, spacing=8, margins=(14, 8, 9, 8))
        inside.addWidget(self._wrong_text, 1)
        inside.addWidget(self.more)
        self._wrong.hide()
        return self._wrong

    def _connect(self) -> None:
        self.tabs.idClicked.connect(self._show_tab)
        self.tree.selectionModel().currentChanged.connect(self._show_chosen)
        self.file_list.selectionModel().currentChanged.connect(self._show_chosen)
        self.found.go_requested.connect(self._go_to)
        self.more.clicked.connect(self._show_more)
        self.copy.clicked.connect(self._copy)

    # Following

    def show_composed(self, composed: Composed) -> None:
        """Tell the newest set, on the worker."""
        self._show_state(composed)
        told = self._of is composed and self._told.language == language()
        if told or self._job is not None:
            return
        self._of = composed

        def work(watch: Watch) -> Told:
            return tell_all(composed, watch)

        self._job = Job(work, "tell the journeys")
        self._job.done.connect(self._show_told)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self.tools.runner.start(self._job)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the XML stands below the journey."""
        super().resizeEvent(event)
        beside = event.size().width() >= _SIDE_BY_SIDE
        for splitter in (self.splitter, self.changes.splitter, self.found.splitter):
            splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """The draft's and the set's, together."""
        super().show_findings(findings)
        self._show_checks()

    def show_theme(self) -> None:
        """Colours of painted things."""
        self.xml.show_theme()
        self.changes.show_theme()
        for view in (self.tree, self.file_list, self.found.checks, self.found.old):
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
        self.xml.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot(object)
    def _show_told(self, told: Told) -> None:
        self._told = told
        self.story.show(told.journeys, told.origin)
        self.files.show(told.files)
        self.changes.show_changes(told.words, told.changes)
        self.tree.viewport().update()
        if told.journeys and not self._seen:
            self._seen = True
            first = self.story.index(0, 0)
            self.tree.expandRecursively(first, _OPENED - 1)
            self.tree.setCurrentIndex(first)
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

    def _show_state(self, composed: Composed) -> None:
        """Above it all: that this is a preview, or that there is nothing to look at, and what is missing."""
        wanted = [finding for finding in self.tools.session.findings if finding.level is Level.ERROR]
        missing = composed.missing
        if composed.draft != self.tools.session.draft and composed.composed is None and composed.refusal is None:
            missing = None
        self._note.setVisible(missing is not None)
        there = composed.composed is not None or composed.into is not None
        self.stack.setVisible(there or not missing)
        if missing is None:
            return
        first = (
            _("These are your policies as they are. Your changes can be shown when this is settled:")
            if composed.into is not None
            else _("This is a preview. It can be written when these are answered:")
            if there
            else _("There is nothing to look at yet. First answer these:")
        )
        self._says.setText(first if wanted else join_sentences(missing.message, missing.hint))
        empty(self._links)
        for finding in wanted[:_NAMED]:
            link = button("link")
            link.setText(finding.message)
            link.setAccessibleName(finding.message)
            link.setProperty("finding", finding)
            link.clicked.connect(self._follow_link)
            self._links.addWidget(link)
        if len(wanted) > _NAMED:
            more = button("link")
            more.setText(_("All {count}…").format(count=len(wanted)))
            more.setAccessibleName(_("All {count} things that are missing").format(count=len(wanted)))
            more.clicked.connect(self._show_all)
            self._links.addWidget(more)

    def _show_checks(self) -> None:
        session = self.tools.session
        found = session.all_findings
        self.found.show_checks(len(self._told.files))
        self.tabs.button(CHANGES).setVisible(session.source is not None)
        open_ones = [finding for finding in found if finding.level is not Level.INFO]
        for number, text in (
            (JOURNEY, _("Journey")),
            (
                CHANGES,
                _("Changes in files ({count})").format(count=len(self._told.changes))
                if self._told.changes
                else _("Changes in files"),
            ),
            (FILES, _("Files ({count})").format(count=len(self._told.files)) if self._told.files else _("Files")),
            (CHECKS, _("Checks ({count})").format(count=len(open_ones)) if open_ones else _("Checks")),
        ):
            tab = self.tabs.button(number)
            tab.setText(text)
            tab.setAccessibleName(text)
        clean = not open_ones and session.composed.writable
        self.tabs.button(CHECKS).setIcon(
            self.tools.icons.icon("tick", "done", 14) if clean else self.tools.icons.icon("none", "soft", 1)
        )

    @Slot(int)
    def _show_tab(self, tab: int) -> None:
        self._awaited = None
        self.tabs.button(tab).setChecked(True)
        self.stack.setCurrentIndex({CHECKS: 1, CHANGES: 2}.get(tab, 0))
        if tab in (JOURNEY, FILES):
            self.left.setCurrentIndex(tab)
            self._show_chosen()

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
            line = 0
            if file is not None and self.xml.file is not None and file[:4] == self.xml.file[:4]:
                return  # the marked line stays marked
        else:
            node = self.tree.currentIndex().data(NODE)
            where = node.where if node is not None else None
            file = self._file_of(where.source.file) if where is not None else None
            line = where.line if where is not None else 0
        self._show_file(file, line)

    def _show_file(self, file: FileText | None, line: int, finding: Finding | None = None) -> None:
        self.xml.show_file(file, line)
        self._about = finding
        self._wrong.setVisible(finding is not None)
        if finding is not None:
            self._wrong_text.setText(join_sentences(finding.message, finding.hint))
            self.more.setText(_("Explain"))
            self.more.setAccessibleName(_("Explain this finding"))
            self.more.setVisible(self.found.has(finding))
        self._file.setText(file.file if file is not None else "")
        self._file.setToolTip(file.policy if file is not None else "")
        self._line.setText(_("line {line}").format(line=line) if line else "")
        self.copy.setText(_("Copy"))
        self.copy.setAccessibleName(_("Copy the marked lines") if line else _("Copy the whole file"))
        self.copy.setToolTip(self.copy.accessibleName())
        self.copy.setEnabled(file is not None)

    def _file_of(self, name: str) -> FileText | None:
        return next((file for file in self._told.files if file.file == name), None)

    # Doing

    @Slot()
    def _copy(self) -> None:
        self.tools.clipboard.copy(self.xml.marked_text())
        self.copy.setText(_("Copied"))

    @Slot()
    def _show_more(self) -> None:
        self._show_tab(CHECKS)
        if self._about is not None:
            self.found.select(self._about)

    @Slot()
    def _follow_link(self) -> None:
        self._go_to(self.sender().property("finding"))

    @Slot(object)
    def _go_to(self, finding: Finding) -> None:
        if finding.file:
            self.focus_field(finding)
        else:
            self.finding_requested.emit(finding)
