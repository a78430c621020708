"""The review's tab about policies that are there already: what changes, in words and file by file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QScrollArea, QSplitter, QWidget

from latchkey.gui.widgets.diff_view import DiffView
from latchkey.gui.widgets.labels import column, empty, frame, label
from latchkey.text import N_, _

if TYPE_CHECKING:
    from latchkey.gui.pages.base import Page
    from latchkey.gui.telling import Difference


class ChangesPart(QWidget):
    """Sentences and files at the left, the difference of one file at the right."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._changes: tuple[Difference, ...] = ()
        self.files, self.view = QListWidget(), DiffView(page.tools.theme)
        self.files.setObjectName("changed_files")
        page.say(self.files.setAccessibleName, N_("Files that change"))
        page.say(self.view.setAccessibleName, N_("What changes in the file"))
        self.files.currentRowChanged.connect(self._show_file)
        self._words = column(spacing=6, margins=(14, 10, 14, 10))
        self._nothing = label("soft")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(16)
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(self._right())
        self.splitter.setStretchFactor(0, 42)
        self.splitter.setStretchFactor(1, 58)
        layout = column(self, spacing=8)
        layout.addWidget(self._nothing)
        layout.addWidget(self.splitter, 1)
        layout.addStretch(0)

    def _left(self) -> QWidget:
        holder = QWidget()
        holder.setMinimumSize(240, 160)
        layout = column(holder, spacing=12)
        inner = frame("card")
        inner.setObjectName("words")
        inner.setLayout(self._words)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        layout.addWidget(scroll, 3)
        layout.addWidget(self.files, 2)
        return holder

    def _right(self) -> QFrame:
        card = frame("card")
        card.setMinimumWidth(240)
        self._name = label("section", wrap=False)
        self._name.setContentsMargins(16, 8, 10, 8)
        layout = column(card, spacing=0, margins=(1, 1, 1, 1))
        layout.addWidget(self._name)
        layout.addWidget(frame("line"))
        layout.addWidget(self.view, 1)
        return card

    def show_changes(self, words: Sequence[str], changes: tuple[Difference, ...]) -> None:
        """Show a plan."""
        empty(self._words)
        for sentence in words:
            self._words.addWidget(label("", _("• {sentence}").format(sentence=sentence)))
        self._words.addStretch(1)
        self._nothing.setText(_("Nothing changes: your policies are as your answers say."))
        self._nothing.setVisible(not changes)
        self.splitter.setVisible(bool(changes))
        chosen = self.files.currentRow()
        if [change.file for change in changes] != [change.file for change in self._changes]:
            chosen = 0
            self.files.clear()
            for change in changes:
                self.files.addItem(QListWidgetItem(change.file))
        self._changes = changes
        self.files.setCurrentRow(max(0, chosen))
        self._show_file(self.files.currentRow())

    def show_theme(self) -> None:
        """Colours of painted things."""
        self.view.show_theme()

    @Slot(int)
    def _show_file(self, number: int) -> None:
        change = self._changes[number] if 0 <= number < len(self._changes) else None
        self._name.setText(change.file if change is not None else "")
        self.view.show_difference(change.text if change is not None else "")
