"""What a person does with the list of sign-in buttons: add, rename, move, remove. Each is one edit of the draft, so one
step back, and is told to a screen reader.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from latchkey.draft import edits
from latchkey.gui.announce import announce
from latchkey.gui.called import called, type_name
from latchkey.gui.models.buttons_model import ButtonsModel
from latchkey.gui.session import Session
from latchkey.gui.widgets.button_list import ButtonList
from latchkey.text import _, ngettext

Remover = Callable[[Sequence[str], Callable[[], None]], None]


class ButtonActs(QObject):
    """Between the list and the draft. `ask_before`: what must be asked before rows are taken off."""

    opened = Signal(str)  # a row's own page is wanted
    emptied = Signal()  # the last row was removed
    able_changed = Signal()  # what can be done now may be something else

    def __init__(self, session: Session, ask_before: Remover, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._ask_before = ask_before
        self._seen: set[str] = set()  # keys of rows that undo could bring back
        self.model = ButtonsModel(self._rename, self.move, self)

    def serve(self, shown: ButtonList) -> None:
        """Do what this list asks for."""
        self.list = shown
        shown.step_wanted.connect(self.step)
        shown.end_wanted.connect(self.step_to_end)
        shown.removal_wanted.connect(self.remove)
        shown.move_wanted.connect(self._drop)
        shown.opening_wanted.connect(self.opened)
        shown.menu_wanted.connect(self._show_menu)

    def remember(self) -> None:
        """The draft's keys are taken from now on, also when their rows go."""
        self._seen |= {provider.key for provider in self._session.draft.providers}

    def able(self) -> tuple[bool, bool, bool]:
        """Whether the chosen rows can go up, go down, and be removed."""
        rows = [self.model.row_of(key) for key in self.list.selected_keys()]
        together = bool(rows) and rows[-1] - rows[0] == len(rows) - 1
        up = bool(rows) and not (together and rows[0] == 0)
        down = bool(rows) and not (together and rows[-1] == self.model.rowCount() - 1)
        return up, down, bool(rows)

    # Adding

    def add(self, type_: str, name: str = "") -> bool:
        """Put a new button at the end; one without a name of its own asks for it at once."""
        session = self._session
        entry = session.catalogue[type_]
        key = edits.fresh_key(session.draft, self._seen)
        self._seen.add(key)
        stated: dict[str, Any] = {"name": name} if name else {}
        if not session.do(edits.add_provider(type_, name or type_name(entry), key, **stated)):
            return False
        self.list.select([key])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.list, _("{provider} added").format(provider=name or type_name(entry)))
        if entry.generic:
            QTimer.singleShot(0, self, self._name_last)
        return True

    @Slot()
    def _name_last(self) -> None:
        index = self.model.index(self.model.rowCount() - 1)
        if index.isValid() and self.list.isVisible():
            self.list.edit(index)

    # Changing

    def _rename(self, key: str, name: str) -> bool:
        session = self._session
        provider = session.draft.provider(key)
        before = called(provider, session.catalogue)
        default = type_name(session.catalogue[provider.type]) if provider.type in session.catalogue else ""
        return session.do(edits.rename_provider(key, "" if name == default else name, before))

    def move(self, keys: Sequence[str], place: int) -> bool:
        """Move rows before `place`, counted with the rows still where they are; spoken."""
        session = self._session
        rows = sorted(self.model.row_of(key) for key in keys)
        if not rows or rows[0] < 0:
            return False
        index = place - sum(1 for number in rows if number < place)
        moved = [session.draft.providers[number] for number in rows]
        names = [session.called(provider) for provider in moved]
        edit = (
            edits.move_provider(moved[0].key, index, names[0])
            if len(moved) == 1
            else edits.move_providers([provider.key for provider in moved], index)
        )
        if not session.do(edit):
            return False
        announce(self.list, _moved_in_words(names, index + 1, self.model.rowCount()))
        self.list.scrollTo(self.model.index(index))
        self.able_changed.emit()
        return True

    @Slot(list, int)
    def _drop(self, keys: list[str], place: int) -> None:
        if self.move(keys, place):
            self.list.select(keys)

    @Slot(int)
    def step(self, by: int) -> None:
        """The chosen rows one place up (-1) or down (1), together."""
        keys = self.list.selected_keys()
        rows = [self.model.row_of(key) for key in keys]
        if rows:
            place = rows[0] - 1 if by < 0 else rows[-1] + 2
            self.move(keys, min(max(place, 0), self.model.rowCount()))

    @Slot(int)
    def step_to_end(self, by: int) -> None:
        """The chosen rows to the top (-1) or to the bottom (1)."""
        self.move(self.list.selected_keys(), 0 if by < 0 else self.model.rowCount())

    @Slot()
    def up(self) -> None:
        """One place up."""
        self.step(-1)

    @Slot()
    def down(self) -> None:
        """One place down."""
        self.step(1)

    @Slot()
    def remove(self) -> None:
        """Take rows off the list; one that people use already only when the person has said that they know."""
        self._ask_before(self.list.selected_keys(), self._remove_now)

    def _remove_now(self) -> None:
        session, keys = self._session, self.list.selected_keys()
        if not keys:
            return
        name = session.called(session.draft.provider(keys[0]))
        row_left = self.model.row_of(keys[0])
        if not session.do(edits.remove_providers(keys, name)):
            return
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(min(row_left, self.model.rowCount() - 1)))
        else:
            self.emptied.emit()
        undo = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        announce(self.list, _removed_in_words(name, len(keys), undo))

    # The menu of a row

    @Slot()
    def _open_current(self) -> None:
        self.opened.emit(self.list.current_key())

    @Slot()
    def _edit_current(self) -> None:
        self.list.edit(self.list.currentIndex())

    @Slot()
    def _to_top(self) -> None:
        self.step_to_end(-1)

    @Slot()
    def _to_bottom(self) -> None:
        self.step_to_end(1)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def menu(self) -> QMenu:
        """What can be done with the chosen rows."""
        menu = QMenu(self.list)
        up, down, chosen = self.able()
        one = len(self.list.selected_keys()) == 1
        named = one and bool(self.list.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable)
        for text, keys, does, able in (
            (_("Set up…"), "Return", self._open_current, one),
            (_("Rename"), "F2", self._edit_current, named),
            ("", "", None, False),
            (_("Move up"), "Alt+Up", self.up, up),
            (_("Move down"), "Alt+Down", self.down, down),
            (_("Move to the top"), "Alt+Home", self._to_top, up),
            (_("Move to the bottom"), "Alt+End", self._to_bottom, down),
            ("", "", None, False),
            (_("Select all"), "Ctrl+A", self.list.selectAll, self.model.rowCount() > 0),
            (_("Remove"), "Del", self.remove, chosen),
        ):  # fmt: skip
            if does is None:
                menu.addSeparator()
                continue
            action = menu.addAction(text, does)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutVisibleInContextMenu(True)
            action.setEnabled(able)
        return menu


def _moved_in_words(names: Sequence[str], place: int, count: int) -> str:
    if len(names) == 1:
        return _("{provider} moved to {place} of {count}").format(provider=names[0], place=place, count=count)
    said = ngettext(
        "{moved} button moved to {place} of {count}", "{moved} buttons moved to {place} of {count}", len(names)
    )
    return said.format(moved=len(names), place=place, count=count)


def _removed_in_words(name: str, count: int, undo: str) -> str:
    if count == 1:
        return _("{provider} removed. {keys} brings it back.").format(provider=name, keys=undo)
    said = ngettext(
        "{count} button removed. {keys} brings it back.", "{count} buttons removed. {keys} brings them back.", count
    )
    return said.format(count=count, keys=undo)
