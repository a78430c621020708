"""The gallery: choose a way to sign in, by mouse or keyboard, with a search that never ends in nothing."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.draft.draft import Kind
from latchkey.gui.announce import announce
from latchkey.gui.models.gallery_model import ENTRY, GalleryModel
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.gallery_list import GalleryList
from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.text import _, ngettext


class Gallery(QDialog):
    """Open until something is chosen; `chosen` is its type, empty when nothing was."""

    taken = Signal(str, str)  # a type, and the name that was searched for where the type has none of its own

    def __init__(self, tools: Tools, catalogue: Catalogue, kind: Kind, added: Collection[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen = ""
        self.setWindowTitle(_("Add a way to sign in"))
        self.resize(660, 600)
        self.model = GalleryModel(catalogue, kind, added, self)
        self.list = GalleryList(self.model, tools.theme, tools.icons)
        self.list.setAccessibleName(_("Ways to sign in"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Search by name, in English or Chinese"))
        self.field.setAccessibleName(_("Search"))
        self.field.setClearButtonEnabled(True)
        self.field.addAction(
            QAction(tools.icons.icon("search", "soft", 16), "", self.field), QLineEdit.ActionPosition.LeadingPosition
        )
        self.none = label("soft")
        self.none.hide()
        self.add, cancel = button("primary"), button()
        self.add.setText(_("Add"))
        self.add.setDefault(True)
        cancel.setText(_("Cancel"))
        self._lay_out(cancel)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search)
        self.list.taken.connect(self._take)
        self.list.typed.connect(self._type_on)
        self.list.left.connect(self.field.setFocus)
        self.add.clicked.connect(self._take)
        cancel.clicked.connect(self.reject)
        self._show_best()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, cancel: QWidget) -> None:
        layout = column(self, spacing=8, margins=(20, 20, 20, 16))
        layout.addWidget(label("heading", _("Add a way to sign in")))
        layout.addSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        ends = row(spacing=8)
        ends.addStretch(1)
        ends.addWidget(cancel)
        ends.addWidget(self.add)
        layout.addLayout(ends)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, the arrow keys go into the gallery."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _search(self, words: str) -> None:
        self.model.search(words)
        found = self.model.named
        self.none.setVisible(not found)
        self.none.setText(
            _("Latchkey has no walk-through for “{words}” yet. If it speaks one of these, it can be added:").format(
                words=words.strip()
            )
        )
        self._show_best()
        announce(self.list, self.none.text() if not found else _found_in_words(found))

    @Slot(str)
    def _type_on(self, letters: str) -> None:
        """Somebody types while the cards have the focus: that is a search."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.insert(letters)

    def _show_best(self) -> None:
        best = self.model.index(self.model.best)
        if best.isValid():
            self.list.setCurrentIndex(best)
            if self.model.best <= 1:
                self.list.scrollToTop()  # its heading too
        self.add.setEnabled(best.isValid())

    @Slot()
    def _take(self) -> None:
        entry: Entry | None = self.list.currentIndex().data(ENTRY)
        if entry is not None:
            self.chosen = entry.type
            searched = " ".join(self.field.text().split())
            self.accept()
            self.taken.emit(entry.type, searched if entry.generic and not self.model.known else "")


def _found_in_words(count: int) -> str:
    return ngettext("{count} found", "{count} found", count).format(count=count)
