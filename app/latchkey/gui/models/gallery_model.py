"""The gallery of provider types as a Qt model: in sections what the search finds, and always those that stand for any
provider.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from latchkey.catalogue.catalogue import Catalogue, rank
from latchkey.catalogue.entries import Entry, Section
from latchkey.draft.draft import Kind
from latchkey.gui.called import type_name
from latchkey.text import N_, _

Index = QModelIndex | QPersistentModelIndex

ENTRY = Qt.ItemDataRole.UserRole  # the Entry; None in the heading of a section
ADDED = Qt.ItemDataRole.UserRole + 1  # such a button is there already

_NONE = QModelIndex()
_SECTIONS: Mapping[Section, str] = {
    "china": N_("Known in China"),
    "social": N_("Social accounts"),
    "work": N_("At work"),
    "identity": N_("Official identity"),
}
_ANY = N_("Any other provider")


class GalleryModel(QAbstractListModel):
    """Headings and entries; generic ones last, whatever is searched for."""

    def __init__(self, catalogue: Catalogue, kind: Kind, added: Collection[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._kind = kind
        self._added = frozenset(added)
        self._rows: tuple[Entry | str, ...] = ()
        self.named = 0  # how many of them have a name of their own
        self.known = 0  # how many the words find at all, generic ones among them
        self.best = 0  # the row that fits the words best
        self.search("")

    def search(self, words: str) -> None:
        """Show what the words find."""
        fitting = [entry for entry in self._catalogue.search(words) if self._kind in entry.kinds]
        found = [entry for entry in fitting if not entry.generic]
        any_provider = [entry for entry in self._catalogue.values() if entry.generic and self._kind in entry.kinds]
        self.beginResetModel()
        self._rows = tuple(_in_sections(found, any_provider))
        self.named, self.known = len(found), len(fitting)
        self.best = self._best(words, found or [entry for entry in fitting if entry.generic])
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many were found, with the headings."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can't be chosen."""
        if index.isValid() and isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One entry or heading in one role."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        entry = self._rows[index.row()]
        if isinstance(entry, str):
            return entry if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return title(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            there = entry.type in self._added and not entry.generic
            return (_("{provider}, already in your list") if there else "{provider}").format(provider=title(entry))
        if role == ENTRY:
            return entry
        return entry.type in self._added if role == ADDED else None

    def _best(self, words: str, among: list[Entry]) -> int:
        """The row of the entry that the words fit best; without any, of the first that is not in the list yet."""
        entries = [entry for entry in self._rows if not isinstance(entry, str)]
        if words.strip():
            wanted = min(among or entries, key=lambda entry: rank(entry, words), default=None)
        else:
            wanted = next((entry for entry in entries if entry.type not in self._added or entry.generic), None)
        return self._rows.index(wanted) if wanted is not None else 0


def title(entry: Entry) -> str:
    """What the gallery calls a type."""
    if entry.generic:
        return _("Another provider that speaks {protocol}…").format(protocol=type_name(entry))
    return type_name(entry)


def _in_sections(found: list[Entry], any_provider: list[Entry]) -> Iterator[Entry | str]:
    for section, heading in _SECTIONS.items():
        inside = [entry for entry in found if entry.section == section]
        if inside:
            yield _(heading)
            yield from inside
    if any_provider:
        yield _(_ANY)
        yield from any_provider
