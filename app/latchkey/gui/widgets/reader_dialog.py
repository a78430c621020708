"""A provider's metadata came in from outside: dropped on the window, pasted, or named at the start.

A file is read at once. An address is shown with the button that asks it: nothing goes over the network before somebody
presses. What was read becomes a new sign-in button, or fills in the one that is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from latchkey.draft import edits
from latchkey.draft.draft import Provider
from latchkey.draft.steps import PROVIDER
from latchkey.errors import LatchkeyError
from latchkey.gui.discovering import Asking
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.busy_line import BusyLine
from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.gui.widgets.reader_card import may_insist
from latchkey.gui.widgets.reading_result import ReadingResult
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.catalogue.entries import Entry
    from latchkey.discovery.reading import Reading

_WIDTH, _SMALL, _LARGE = 640, 200, 560


class ReaderDialog(QDialog):
    """One document; `where` is a path, an address, or the document itself."""

    def __init__(self, tools: Tools, where: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._where = tools, where
        self._row: Provider | None = None
        self._entry: Entry | None = None
        self.asking = Asking(tools.runner, self)
        self._source, self._intro = label("heading"), label("intro")
        self.ask, self.use, self.close_button = button(), button("primary"), button()
        self.busy, self.told = BusyLine(), ReadingResult(tools)
        self._build()
        self._connect()
        self._say()
        (self.ask if self._is_address() else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._is_address():
            self._begin(local=False)

    def _build(self) -> None:
        self.setWindowTitle(_("Metadata of a provider"))
        self.resize(_WIDTH, _SMALL)
        outer = column(self, spacing=12, margins=(24, 20, 24, 20))
        for part in (self._source, self._intro, self.busy):
            outer.addWidget(part)
        inner = QWidget()
        inner.setObjectName("page")
        room = column(inner, margins=(4, 8, 12, 8))
        room.addWidget(self.told)
        room.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(inner)
        outer.addWidget(self._area, 1)
        outer.addStretch(0)
        answers = row(spacing=8)
        answers.addStretch(1)
        for each in (self.close_button, self.ask, self.use):
            answers.addWidget(each)
        outer.addLayout(answers)

    def _connect(self) -> None:
        self._tools.theme.changed.connect(self.told.show_theme)
        self.ask.clicked.connect(self._ask)
        self.use.clicked.connect(self._use)
        self.close_button.clicked.connect(self.reject)
        self.busy.cancelled.connect(self.asking.stop)
        self.finished.connect(self.asking.stop)
        self.told.chosen_changed.connect(self._show_able)
        self.asking.progress.connect(self.busy.say)
        self.asking.answered.connect(self._answered)
        self.asking.refused.connect(self._refused)
        self.asking.stopped.connect(self._show_able)

    def _is_address(self) -> bool:
        return self._where.startswith(("http://", "https://"))

    def _say(self) -> None:
        from latchkey.draft.characters import shown

        document = self._where.lstrip()[:1] in ("{", "<")
        self._source.setText(_("The pasted text") if document else shown(self._where, 160))
        self._intro.setText(
            _("This is the address of a provider. Press the button to ask it; nothing of yours is sent.")
            if self._is_address()
            else _("This is read as it was saved; nothing is asked over the network.")
        )
        for each, text in ((self.ask, _("Read from provider")), (self.close_button, _("Close"))):
            each.setText(text)
            each.setAccessibleName(text)
        self._show_able()

    @Slot()
    def _show_able(self) -> None:
        asked, read = self.asking.busy, self.told.reading is not None
        self.busy.setVisible(asked)
        self._area.setVisible(not self.told.isHidden())
        if read and self.height() < _LARGE:
            self.resize(self.width(), _LARGE)
        self.ask.setVisible(self._is_address() and not read)
        self.ask.setEnabled(not asked)
        self.use.setVisible(read)
        self.use.setText(_("Use these values") if self._row is not None else _("Add a sign-in button"))
        self.use.setAccessibleName(self.use.text())
        self.use.setEnabled(read and (self._row is None or bool(self.told.chosen())))

    @Slot()
    def _ask(self) -> None:
        self._begin(local=self.ask.property("insist") is True)

    def _begin(self, *, local: bool) -> None:
        self.told.clear()
        self.busy.begin(_("Reading…"))
        self.asking.read(self._where, None, local=local)
        self._show_able()

    @Slot(object)
    def _answered(self, reading: Reading) -> None:
        from latchkey.discovery.rows import row_for

        session = self._tools.session
        self._row = row_for(reading, session.draft, session.catalogue)
        type_ = self._row.type if self._row is not None else reading.kind
        self._entry = session.catalogue[type_]
        self.told.show_reading(reading, self._entry, self._row or Provider(type_), self.asking.before)
        self._show_able()
        self.use.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _refused(self, problem: LatchkeyError) -> None:
        self.told.show_problem(problem)
        if may_insist(problem):
            self.ask.setProperty("insist", True)
            self.ask.setText(_("Read it all the same"))
            self.ask.setAccessibleName(self.ask.text())
        self._show_able()

    @Slot()
    def _use(self) -> None:
        """Fill it in, or add it, in one step; then show its page."""
        from latchkey.discovery.fill import filled

        session, reading, entry = self._tools.session, self.told.reading, self._entry
        if reading is None or entry is None:
            return
        chosen, changes = self.told.chosen(), []
        key = self._row.key if self._row is not None else edits.fresh_key(session.draft)
        called = session.called(self._row) if self._row is not None else entry.title
        if self._row is None:
            changes.append(edits.add_provider(entry.type, called, key))
        fill = filled(key, chosen, called)
        changes.append(fill)
        if session.do(edits.together(fill.label if self._row is not None else changes[0].label, changes)):
            self.asking.keep(reading)
        self.accept()
        session.go(f"{PROVIDER}{key}")
