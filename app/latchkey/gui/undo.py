"""The one undo command: a draft before and a draft after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from latchkey.draft.draft import Draft


class EditCommand(QUndoCommand):
    """Shows `after` when done and `before` when undone. Edits with one `merge_key` in a row become one."""

    _ID = 1

    def __init__(self, label: str, before: Draft, after: Draft, merge_key: str, show: Callable[[Draft], None]) -> None:
        super().__init__(label)
        self._before = before
        self.after = after
        self.merge_key = merge_key
        self._show = show

    def id(self) -> int:
        """Only commands with the same id are ever merged; -1 is never."""
        return self._ID if self.merge_key else -1

    def redo(self) -> None:
        """Do, or do again."""
        self._show(self.after)

    def undo(self) -> None:
        """Back to what was."""
        self._show(self._before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Typing in one field is one step; typed back to the start it is none."""
        if not isinstance(other, EditCommand) or other.merge_key != self.merge_key:
            return False
        self.after = other.after
        self.setObsolete(self.after.same(self._before))
        return True
