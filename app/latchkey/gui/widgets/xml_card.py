"""A policy file to read, with its name, the place that is marked, a search in it, and what is wrong there if a finding
led here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu

from latchkey.check.finding import Finding
from latchkey.gui.announce import announce
from latchkey.gui.tips import tip
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.elided import Elided
from latchkey.gui.widgets.labels import button, column, frame, label, row, set_sentence
from latchkey.gui.widgets.search_bar import SearchBar
from latchkey.gui.widgets.xml_view import XmlView
from latchkey.text import _, join_sentences

if TYPE_CHECKING:
    from latchkey.gui.telling import FileText

_NAME = 96  # pixels of the file's name that are always to be seen
_ROOMY = 360  # pixels from which all that the head holds has room; else the menu has it


class XmlCard(QFrame):
    """Empty until a file is shown."""

    whole_wanted = Signal()  # show the whole file, with room
    explain_wanted = Signal(object)  # that finding

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setMinimumSize(240, 160)
        self._tools = tools
        self._about: Finding | None = None
        self._line_number = 0
        self._more_room = True  # there is a place where the whole file has more room
        self.xml = XmlView(tools.theme)
        self.file_name = Elided("section")
        self.file_name.setMinimumWidth(_NAME)
        self.line, self.copy = button("link"), button("small")
        self.look, self.whole = button("icon-tab"), button("icon-tab")
        for each in (self.look, self.whole):
            each.setIconSize(QSize(16, 16))
        self.search = SearchBar(tools.icons, closes=True)
        self.search.hide()
        self.wrong = frame("note-attention")
        self.wrong_text, self.more = label(), button("small")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(spacing=8, margins=(16, 8, 10, 8))
        head.addWidget(self.file_name, 1)
        for each in (self.line, self.look, self.whole, self.copy):
            head.addWidget(each)
        inside = row(self.wrong, spacing=8, margins=(14, 8, 9, 8))
        inside.addWidget(self.wrong_text, 1)
        inside.addWidget(self.more)
        self.wrong.hide()
        self.search.setContentsMargins(10, 0, 10, 8)
        layout = column(self, spacing=0, margins=(1, 1, 1, 1))
        layout.addLayout(head)
        layout.addWidget(self.search)
        layout.addWidget(frame("line"))
        layout.addWidget(self.wrong)
        layout.addWidget(self.xml, 1)

    def _connect(self) -> None:
        self.copy.clicked.connect(self._copy)
        self.whole.clicked.connect(self.whole_wanted)
        self.line.clicked.connect(self.xml.go_to_mark)
        self.more.clicked.connect(self._explain)
        self.look.clicked.connect(self.search.begin)
        self.search.typed.connect(self._search)
        self.search.stepped.connect(self._step)
        self.search.closed.connect(self._end_search)
        self.xml.menu_wanted.connect(self._show_menu)

    def retranslate(self) -> None:
        """The words of the language in force."""
        self.xml.setAccessibleName(_("The policy file, to read"))
        self.search.retranslate(_("Find in this file"))
        self.look.setAccessibleName(_("Find in this file"))
        self.look.setToolTip(_("Find in this file (Ctrl+F)"))
        self.whole.setAccessibleName(_("Open the whole file"))
        self.whole.setToolTip(tip(self.whole.accessibleName()))
        self._say()

    def show_theme(self) -> None:
        """Colours of painted things."""
        self.xml.show_theme()
        self.search.show_theme()
        self.look.setIcon(self._tools.icons.icon("search", "text", 16))
        self.whole.setIcon(self._tools.icons.icon("enlarge", "text", 16))

    def offer_whole(self, there: bool) -> None:
        """Whether the whole file can be opened with more room."""
        self._more_room = there
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow card the menu alone has what the head has no room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        roomy = self.width() >= _ROOMY
        self.line.setVisible(roomy and self._line_number > 0)
        self.whole.setVisible(roomy and self._more_room)

    @property
    def about(self) -> Finding | None:
        """What led to the place that is shown."""
        return self._about

    def show_file(self, file: FileText | None, line: int, finding: Finding | None, explained: bool) -> None:
        """Show a file at a line (0: from the beginning); with what is wrong there, and whether more can be said."""
        self.xml.show_file(file, line)
        self._about, self._line_number = finding, line
        self.wrong.setVisible(finding is not None)
        if finding is not None:
            set_sentence(self.wrong_text, join_sentences(finding.message, finding.hint))
        self.more.setVisible(explained)
        self.file_name.set_whole(file.file if file is not None else "")
        self.search.show_hits(*self.xml.search(self.search.field.text()))
        self._say()

    def _say(self) -> None:
        line, there = self._line_number, self.xml.file is not None
        self.line.setText(_("line {line}").format(line=line) if line else "")
        self._fit()
        self.line.setAccessibleName(_("Go to line {line}").format(line=line))
        self.line.setToolTip(tip(self.line.accessibleName()))
        self.more.setText(_("Explain"))
        self.more.setAccessibleName(_("Explain this finding"))
        self.copy.setText(_("Copy"))
        self.copy.setAccessibleName(_("Copy the marked lines") if line else _("Copy the whole file"))
        self.copy.setToolTip(tip(self.copy.accessibleName()))
        for each in (self.copy, self.look, self.whole):
            each.setEnabled(there)

    def menu(self) -> QMenu:
        """What can be done with the text."""
        menu, chosen = QMenu(self), self.xml.textCursor().hasSelection()
        menu.addAction(_("Copy what is selected"), self.xml.copy).setEnabled(chosen)
        if self._line_number:
            menu.addAction(_("Copy the marked lines"), self._copy)
        menu.addAction(_("Copy the whole file"), self._copy_whole)
        menu.addSeparator()
        menu.addAction(_("Find in this file"), self.search.begin)
        if self._more_room:
            menu.addAction(_("Open the whole file"), self.whole_wanted.emit)
        return menu

    @Slot(object)
    def _show_menu(self, place: QPoint) -> None:
        if self.xml.file is not None:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(place)

    @Slot()
    def _copy(self) -> None:
        self._tools.clipboard.copy(self.xml.marked_text())
        self.copy.setText(_("Copied"))
        announce(self, _("Copied"))

    @Slot()
    def _copy_whole(self) -> None:
        if self.xml.file is not None:
            self._tools.clipboard.copy(self.xml.file.text)
            announce(self, _("Copied"))

    @Slot()
    def _explain(self) -> None:
        self.explain_wanted.emit(self._about)

    @Slot(str)
    def _search(self, words: str) -> None:
        self.search.show_hits(*self.xml.search(words))

    @Slot(int)
    def _step(self, by: int) -> None:
        self.search.show_hits(*self.xml.step(by))

    @Slot()
    def _end_search(self) -> None:
        self.search.hide()
        self.xml.setFocus(Qt.FocusReason.OtherFocusReason)
