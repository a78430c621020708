"""The review's tab about what changes in files: in words, and file by file, side by side or one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QScrollArea, QSizePolicy, QWidget

from latchkey.gui.announce import announce
from latchkey.gui.file_writer import FileWriter, Made
from latchkey.gui.widgets.checks import CheckBox
from latchkey.gui.widgets.choice import Choice
from latchkey.gui.widgets.diff_list import DiffList
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.labels import button, column, empty, frame, label
from latchkey.text import N_, _

if TYPE_CHECKING:
    from latchkey.gui.pages.base import Page
    from latchkey.gui.telling import Difference

_ICON = 16
_HIGHEST = 128  # pixels of the sentences; more of them are scrolled
_ROOM_FOR_BOTH = 640  # pixels from which both sides can be read


class ChangesPart(QWidget):
    """Sentences above, then the difference of one file."""

    said = Signal(str)  # what came of copying or saving

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._tools = page.tools
        self._changes: tuple[Difference, ...] = ()
        self._beside = True  # what the person wants; in a narrow window it is one text all the same
        self.files, self.view = Choice(), DiffList(page.tools.theme)
        self.beside, self.below = button("tab"), button("tab")
        self.only = CheckBox()
        self.previous, self.next, self.more = button("icon"), button("icon"), button("icon")
        self._count, self._place = label("hint", wrap=False), label("hint", wrap=False)
        self._nothing, self._nothing_card = label(), frame("card")
        self._words = column(spacing=4, margins=(14, 6, 14, 6))
        self._writer = FileWriter(page.tools.runner, self)
        self._lay_out()
        self._connect()
        page.say(self.files.setAccessibleName, N_("File that changes"))
        page.say(self.view.setAccessibleName, N_("What changes in the file"))
        page.say(self.beside.setText, N_("Side by side"))
        page.say(self.below.setText, N_("One below the other"))
        page.say(self.only.setText, N_("Only what changes"))

    def _lay_out(self) -> None:
        for each in (self.beside, self.below):
            each.setCheckable(True)
            each.setAutoExclusive(True)
        self.beside.setChecked(True)
        self.only.setChecked(True)
        for each in (self.previous, self.next, self.more):
            each.setIconSize(QSize(_ICON, _ICON))
        self.files.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._bar = Flow()
        parts = (self.files, self._count, self.beside, self.below, self.only)
        for part in (*parts, self.previous, self._place, self.next, self.more):
            self._bar.add(part)
        self._card = frame("card")
        column(self._card, margins=(1, 1, 1, 1)).addWidget(self.view)
        layout = column(self, spacing=8)
        column(self._nothing_card, margins=(20, 18, 20, 18)).addWidget(self._nothing)
        layout.addWidget(self._nothing_card)
        layout.addWidget(self._sentences())
        layout.addWidget(self._bar)
        layout.addWidget(self._card, 1)
        layout.addStretch(0)

    def _sentences(self) -> QFrame:
        self._inner = QWidget()
        self._inner.setLayout(self._words)
        scroll = QScrollArea()
        scroll.setObjectName("help_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inner)
        self._above = frame("card")
        column(self._above, margins=(1, 4, 1, 4)).addWidget(scroll)
        return self._above

    def _connect(self) -> None:
        self.files.currentIndexChanged.connect(self._show_file)
        self.beside.clicked.connect(self._put_beside)
        self.below.clicked.connect(self._put_below)
        self.only.toggled.connect(self._fold)
        self.previous.clicked.connect(self.view.to_previous)
        self.next.clicked.connect(self.view.to_next)
        self.more.clicked.connect(self._show_menu)
        self.view.moved.connect(self._show_place)
        self.view.copy_wanted.connect(self._copy)
        self._writer.written.connect(self._written)
        self._writer.refused.connect(self._tools.session.refused)
        for keys, does in (("F7", self.view.to_next), ("Shift+F7", self.view.to_previous)):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(does)

    def retranslate(self) -> None:
        """The words of the language in force."""
        for made, says, keys in (
            (self.previous, _("Previous change"), "Shift+F7"), (self.next, _("Next change"), "F7"),
            (self.more, _("Copy or save the changes"), ""),
        ):  # fmt: skip
            made.setAccessibleName(says)
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            made.setToolTip(_("{does} ({keys})").format(does=says, keys=shown) if keys else says)
        for made in (self.beside, self.below):
            made.setAccessibleName(made.text())
        self.only.setAccessibleName(self.only.text())
        self._show_place()

    def show_theme(self) -> None:
        """Colours of painted things."""
        for made, name in ((self.previous, "up"), (self.next, "down"), (self.more, "more")):
            made.setIcon(self._tools.icons.icon(name, "text", _ICON))
        self.view.show_theme()

    def show_changes(self, words: Sequence[str], changes: tuple[Difference, ...], nothing: str) -> None:
        """Show a plan; `nothing` is what is said where nothing changes."""
        if changes != self._changes or not changes:
            before = self.files.value()
            self.files.blockSignals(True)
            self.files.clear()
            for change in changes:
                self.files.addItem(_named(change), change.file)
            self._changes = changes
            self.files.setCurrentIndex(max(0, self.files.findData(before)) if changes else -1)
            self.files.blockSignals(False)
            self._show_file()
        empty(self._words)
        for sentence in words:
            self._words.addWidget(label("", _("• {sentence}").format(sentence=sentence)))
        self._words.addStretch(1)
        self._above.setVisible(bool(words and changes))
        self._above.setFixedHeight(min(_HIGHEST, self._inner.sizeHint().height() + 10))
        self._nothing.setText(nothing)
        self._nothing_card.setVisible(not changes)
        for part in (self._bar, self._card):
            part.setVisible(bool(changes))

    def follow_width(self, width: int) -> None:
        """Where both sides would be too narrow, it is one text."""
        for each in (self.beside, self.below):
            each.setVisible(width >= _ROOM_FOR_BOTH)
        self.view.lines.set_beside(self._beside and width >= _ROOM_FOR_BOTH)

    @property
    def change(self) -> Difference | None:
        """The one that is shown."""
        number = self.files.currentIndex()
        return self._changes[number] if 0 <= number < len(self._changes) else None

    @Slot()
    def _show_file(self) -> None:
        change = self.change
        self.view.lines.show(change.rows if change is not None else ())
        rows = change.rows if change is not None else ()
        come = sum(row.kind in ("added", "changed") for row in rows)
        gone = sum(row.kind in ("removed", "changed") for row in rows)
        self._count.setText(_("+{come} −{gone} lines").format(come=come, gone=gone))
        self.view.to_first()

    @Slot()
    def _show_place(self) -> None:
        at, count = self.view.place()
        self._place.setText(_("{place} of {count}").format(place=at or "–", count=count))
        for each in (self.previous, self.next):
            each.setEnabled(count > 0)

    @Slot()
    def _put_beside(self) -> None:
        self._choose(beside=True)

    @Slot()
    def _put_below(self) -> None:
        self._choose(beside=False)

    def _choose(self, *, beside: bool) -> None:
        self._beside = beside
        self.view.lines.set_beside(beside)
        self.view.to_first()

    @Slot(bool)
    def _fold(self, only: bool) -> None:
        self.view.lines.set_folding(only)
        self.view.to_first()

    # Taking it along

    def menu(self) -> QMenu:
        """What can be done with the changes."""
        menu, icons = QMenu(self), self._tools.icons
        copy, save = icons.icon("copy", "soft", _ICON), icons.icon("save", "soft", _ICON)
        copying = menu.addAction(copy, _("Copy as a patch"), self.copy_patch)
        copying.setEnabled(self._patch_text() is not None)
        menu.addAction(save, _("Save as a patch…"), self._ask_one)
        if len(self._changes) > 1:
            menu.addAction(save, _("Save all files as a patch…"), self._ask_all)
        return menu

    @Slot()
    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @Slot()
    def copy_patch(self) -> None:
        """Put the file's patch on the clipboard: `git apply` and `patch` take it."""
        text = self._patch_text()
        if text is not None:
            self._copy(text)

    def save(self, file: Path, changes: Sequence[Difference]) -> None:
        """Write patches into one file, to the byte."""
        target = file if file.suffix else file.with_suffix(".patch")
        data = b"".join(change.patch for change in changes)

        def make() -> Made:
            return {target: data}

        self._writer.write(make, "patch")

    def _patch_text(self) -> str | None:
        from latchkey.compose.patch import as_text

        change = self.change
        return as_text(change.patch) if change is not None else None

    @Slot(str)
    def _copy(self, text: str) -> None:
        if text:
            self._tools.clipboard.copy(text)
            announce(self, _("Copied"))
            self.said.emit(_("Copied"))

    @Slot()
    def _ask_one(self) -> None:
        if self.change is not None:
            self._ask((self.change,), Path(self.change.file).stem)

    @Slot()
    def _ask_all(self) -> None:
        self._ask(self._changes, "latchkey")

    def _ask(self, changes: Sequence[Difference], name: str) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self.window(),
            _("Save the patch"),
            str(Path.home() / f"{name}.patch"),
            _("Patches ({pattern})").format(pattern="*.patch *.diff"),
        )
        if chosen:
            self.save(Path(chosen), changes)

    @Slot(object)
    def _written(self, files: list[Path]) -> None:
        said = _("Written: {file}").format(file=files[0])
        announce(self, said)
        self.said.emit(said)


def _named(change: Difference) -> str:
    if change.kind == "new":
        return _("{file} (new)").format(file=change.file)
    if change.kind == "removed":
        return _("{file} (goes)").format(file=change.file)
    return change.file
