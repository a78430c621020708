"""The composed files as a Qt list, in the order in which they are uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from latchkey.gui.tips import tip
from latchkey.text import join_list

if TYPE_CHECKING:
    from latchkey.gui.telling import FileText

Index = QModelIndex | QPersistentModelIndex

FILE = Qt.ItemDataRole.UserRole

_NONE = QModelIndex()


class FilesModel(QAbstractListModel):
    """Read-only. Files of the same names keep their rows."""

    def __init__(self) -> None:
        super().__init__()
        self._files: tuple[FileText, ...] = ()

    def show(self, files: Sequence[FileText]) -> None:
        """Become these files."""
        same = [file.file for file in files] == [file.file for file in self._files]
        if same:
            self._files = tuple(files)
            if files:
                self.dataChanged.emit(self.index(0), self.index(len(files) - 1))
            return
        self.beginResetModel()
        self._files = tuple(files)
        self.endResetModel()

    def row_of(self, file: str) -> int:
        """The row of a file, or -1."""
        return next((number for number, one in enumerate(self._files) if one.file == file), -1)

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One file in one role."""
        if not index.isValid() or index.row() >= len(self._files):
            return None
        file = self._files[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return file.file
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return join_list((file.file, file.role))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(file.policy)
        return file if role == FILE else None
