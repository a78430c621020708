"""The gallery of provider types as a Qt model: what the search finds, and always those that stand for any provider."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.draft.draft import Kind
from latchkey.gui.called import type_name
from latchkey.text import _

Index = QModelIndex | QPersistentModelIndex

ENTRY = Qt.ItemDataRole.UserRole
ADDED = Qt.ItemDataRole.UserRole + 1  # such a button is there already

_NONE = QModelIndex()


class GalleryModel(QAbstractListModel):
    """Entries in the catalogue's order; generic ones last, whatever is searched for."""

    def __init__(self, catalogue: Catalogue, kind: Kind, added: Collection[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._kind = kind
        self._added = frozenset(added)
        self._found: tuple[Entry, ...] = ()
        self.named = 0  # how many of them have a name of their own
        self.search("")

    def search(self, words: str) -> None:
        """Show what the words find."""
        found = [entry for entry in self._catalogue.search(words) if not entry.generic and self._kind in entry.kinds]
        any_provider = [entry for entry in self._catalogue.values() if entry.generic and self._kind in entry.kinds]
        self.beginResetModel()
        self._found = (*found, *any_provider)
        self.named = len(found)
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many were found."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One entry in one role."""
        if not index.isValid() or index.row() >= len(self._found):
            return None
        entry = self._found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return title(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            there = (
                _("{provider}, already in your list")
                if entry.type in self._added and not entry.generic
                else "{provider}"
            )
            return there.format(provider=title(entry))
        if role == ENTRY:
            return entry
        return entry.type in self._added if role == ADDED else None


def title(entry: Entry) -> str:
    """What the gallery calls a type."""
    if entry.generic:
        return _("Another provider that speaks {protocol}…").format(protocol=type_name(entry))
    return type_name(entry)
