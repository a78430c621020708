"""The list of sign-in buttons as a Qt model. It follows the draft by the keys of its rows with the fewest inserts,
removals and moves, so that selection and place in the view survive; what a person does there is asked for as an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from latchkey.gui.models.button_row import ButtonRow
from latchkey.gui.models.row_changes import Insertion, Move, changes
from latchkey.gui.tips import tip
from latchkey.text import _

Index = QModelIndex | QPersistentModelIndex

MIME = "application/x-latchkey-buttons"
ROW = Qt.ItemDataRole.UserRole  # the whole ButtonRow
KEY = Qt.ItemDataRole.UserRole + 1

_NONE = QModelIndex()


class ButtonsModel(QAbstractListModel):
    """Rows in the order of the buttons."""

    def __init__(
        self,
        rename: Callable[[str, str], bool],
        move: Callable[[Sequence[str], int], bool],
        parent: QObject | None = None,
    ) -> None:
        """`rename(key, name)` and `move(keys, place)` change the draft; `show` is called with what came of it. A place
        counts rows as they are before the move: 0 is before the first, the number of rows after the last.
        """
        super().__init__(parent)
        self._rename = rename
        self._move = move
        self._rows: list[ButtonRow] = []

    # What is shown

    def show(self, rows: Sequence[ButtonRow]) -> None:
        """Become these rows."""
        after = {row.key: row for row in rows}
        for change in changes([row.key for row in self._rows], list(after)):
            if isinstance(change, Insertion):
                self.beginInsertRows(_NONE, change.at, change.at)
                self._rows.insert(change.at, after[change.key])
                self.endInsertRows()
            elif isinstance(change, Move):
                # Qt counts the target with the row still in its old place.
                target = change.to + 1 if change.to > change.at else change.to
                self.beginMoveRows(_NONE, change.at, change.at, _NONE, target)
                self._rows.insert(change.to, self._rows.pop(change.at))
                self.endMoveRows()
            else:
                self.beginRemoveRows(_NONE, change.at, change.at)
                del self._rows[change.at]
                self.endRemoveRows()
        for number, row in enumerate(rows):
            if self._rows[number] != row:
                self._rows[number] = row
                place = self.index(number)
                self.dataChanged.emit(place, place)

    def row_of(self, key: str) -> int:
        """The place of a key, or -1."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    def keys(self, indexes: Sequence[Index]) -> list[str]:
        """The keys of some rows, in the order of the list."""
        return [self._rows[number].key for number in sorted({index.row() for index in indexes})]

    # Qt's side

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many; a row has no rows below it."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One row in one role."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{name}, {place} of {count}").format(name=row.name, place=index.row() + 1, count=len(self._rows))
        if role in (Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.ToolTipRole):
            said = ". ".join(part for part in (row.badge, row.line) if part)
            return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return {ROW: row, KEY: row.key}.get(Qt.ItemDataRole(role) if role < ROW else role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A name was typed in place."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row = self._rows[index.row()]
        return str(value) != row.name and self._rename(row.key, str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be renamed and dragged; things are dropped between rows, never on one."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        common = (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )  # fmt: skip
        return common if self._rows[index.row()].fixed else common | Qt.ItemFlag.ItemIsEditable

    def supportedDropActions(self) -> Qt.DropAction:
        """Dragging changes the order and nothing else."""
        return Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:
        """Dragging changes the order and nothing else."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only rows of this list."""
        return [MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The keys of the dragged rows."""
        data = QMimeData()
        data.setData(MIME, QByteArray("\n".join(self.keys(indexes)).encode()))
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, _row: int, _column: int, _parent: Index) -> bool:
        """Rows of this list, moved."""
        return data.hasFormat(MIME) and action == Qt.DropAction.MoveAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """The dragged rows belong before `row` now; -1 is after the last."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._rows)
        keys = data.data(MIME).toStdString().split("\n")
        return self._move([key for key in keys if self.row_of(key) >= 0], place)

    def moveRows(self, source: Index, row: int, count: int, target: Index, place: int) -> bool:
        """Some rows that stand together belong before `place` now."""
        inside = 0 <= row <= row + count <= len(self._rows) and 0 <= place <= len(self._rows)
        if source.isValid() or target.isValid() or count < 1 or not inside or row <= place <= row + count:
            return False
        return self._move([moved.key for moved in self._rows[row : row + count]], place)
