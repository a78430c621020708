"""Journeys told in words as a Qt tree. Rows are made when a view asks for them; a new story of the same journeys is
taken over by the fewest inserts, removals and moves, so that what is open and chosen stays so. While somebody
searches, only the hits and what belongs to them are there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from latchkey.gui.models.row_changes import Insertion, Move, changes
from latchkey.gui.tips import tip
from latchkey.text import _, join_list

if TYPE_CHECKING:
    from latchkey.gui.story_origins import Origin
    from latchkey.policy.story import StoryNode
    from latchkey.policy.story_search import Chain, Found

Index = QModelIndex | QPersistentModelIndex

NODE = Qt.ItemDataRole.UserRole  # the StoryNode
ORIGIN = Qt.ItemDataRole.UserRole + 1  # "base", "new", "changed" or empty
WORDS = Qt.ItemDataRole.UserRole + 2  # what is searched for

_NONE = QModelIndex()


@dataclass(slots=True, eq=False)
class _Item:
    """A row that was asked for. `rows` are its children's, None until somebody asks; `key` tells siblings apart."""

    number: int
    key: str
    node: StoryNode | None
    parent: _Item | None
    rows: list[_Item] | None = None


class StoryModel(QAbstractItemModel):
    """Read-only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._origin: Callable[[StoryNode], Origin] = _nowhere
        self._journeys: tuple[StoryNode, ...] = ()
        self._found: Found | None = None
        self._root = _Item(0, "", None, None, [])
        self._items: dict[int, _Item] = {0: self._root}
        self._next = 1

    def show(
        self, journeys: Sequence[StoryNode], origin: Callable[[StoryNode], Origin], found: Found | None = None
    ) -> None:
        """Become these journeys, or what was found in them. Another search is another tree: most of its lines come or
        go, and it is made anew.
        """
        again = (found and found[:2]) != (self._found and self._found[:2])
        if again:
            self.beginResetModel()
        self._journeys, self._origin, self._found = tuple(journeys), origin, found
        if again:
            self._root = _Item(0, "", None, None)
            self._items = {0: self._root}
            self.endResetModel()
        else:
            self._follow(self._root)

    @property
    def words(self) -> tuple[str, ...]:
        """What is searched for."""
        return self._found.words if self._found is not None else ()

    def index_of(self, chain: Chain) -> QModelIndex:
        """The row of the last of these, each below the one before; not valid where it is not shown."""
        item = self._root
        for node in chain:
            below = next((row for row in self._rows(item) if row.node is node), None)
            if below is None:
                return QModelIndex()
            item = below
        return self._index(item)

    def index_at(self, path: Sequence[str]) -> QModelIndex:
        """The row with that path, if it is there."""
        item = self._root
        for key in path:
            below = next((row for row in self._rows(item) if row.key == key), None)
            if below is None:
                return QModelIndex()
            item = below
        return self._index(item)

    def chain(self, index: Index) -> Chain:
        """What leads to a row, from its journey down to it."""
        nodes: list[StoryNode] = []
        item: _Item | None = self._item(index)
        while item is not None and item.node is not None:
            nodes.append(item.node)
            item = item.parent
        return tuple(reversed(nodes))

    def path(self, index: Index) -> tuple[str, ...]:
        """The keys from the root to a row: finds it again in a later story."""
        keys: list[str] = []
        item: _Item | None = self._item(index)
        while item is not None and item.node is not None:
            keys.append(item.key)
            item = item.parent
        return tuple(reversed(keys))

    # Qt's side

    def index(self, row: int, column: int, parent: Index = _NONE) -> QModelIndex:
        """A row by its place."""
        rows = self._rows(self._item(parent))
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row].number)

    def parent(self, index: Index = _NONE) -> QModelIndex:  # type: ignore[override]
        """The row above."""
        parent = self._item(index).parent
        return QModelIndex() if parent is None or parent is self._root else self._index(parent)

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many rows are below."""
        return 0 if parent.column() > 0 else self._count(self._item(parent))

    def columnCount(self, _parent: Index = _NONE) -> int:
        """One: everything stands in a line."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One row in one role."""
        node = self._item(index).node
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return join_list(part for part in (node.title, origin_in_words(self._origin(node)), node.note) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join(part for part in (node.title, node.note) if part))
        if role == NODE:
            return node
        if role == WORDS:
            return self.words
        return self._origin(node) if role == ORIGIN else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """To be looked at."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # Rows

    def _item(self, index: Index) -> _Item:
        return self._items[index.internalId()] if index.isValid() else self._root

    def _index(self, item: _Item) -> QModelIndex:
        if item.parent is None:
            return QModelIndex()
        return self.createIndex(self._rows(item.parent).index(item), 0, item.number)

    def _rows(self, item: _Item) -> list[_Item]:
        """The rows below, made now if nobody asked before."""
        if item.rows is None:
            item.rows = [self._made(key, node, item) for key, node in self._below(item)]
        return item.rows

    def _below(self, item: _Item) -> list[tuple[str, StoryNode]]:
        """What belongs below an item, with its keys: all, or what was found."""
        nodes = self._journeys if item.node is None else item.node.children
        kept = self._found.kept if self._found is not None else None
        return [pair for pair in zip(_keys(nodes), nodes, strict=True) if kept is None or id(pair[1]) in kept]

    def _count(self, item: _Item) -> int:
        return len(item.rows) if item.rows is not None else len(self._below(item))

    def _made(self, key: str, node: StoryNode, parent: _Item) -> _Item:
        item = _Item(self._next, key, node, parent)
        self._items[item.number] = item
        self._next += 1
        return item

    def _forget(self, item: _Item) -> None:
        del self._items[item.number]
        for below in item.rows or ():
            self._forget(below)

    def _follow(self, item: _Item) -> None:
        """Bring the rows below an item to what belongs there."""
        rows, place = self._rows(item), self._index(item)
        after = dict(self._below(item))
        for change in changes([row.key for row in rows], list(after)):
            if isinstance(change, Insertion):
                self.beginInsertRows(place, change.at, change.at)
                rows.insert(change.at, self._made(change.key, after[change.key], item))
                self.endInsertRows()
            elif isinstance(change, Move):
                target = change.to + 1 if change.to > change.at else change.to
                self.beginMoveRows(place, change.at, change.at, place, target)
                rows.insert(change.to, rows.pop(change.at))
                self.endMoveRows()
            else:
                self.beginRemoveRows(place, change.at, change.at)
                self._forget(rows.pop(change.at))
                self.endRemoveRows()
        for row in rows:
            self._renew(row, after[row.key])

    def _renew(self, item: _Item, node: StoryNode) -> None:
        before = item.node
        assert before is not None
        if item.rows is None and bool(before.children) != bool(node.children):
            old = zip(_keys(before.children), before.children, strict=True)
            item.rows = [self._made(key, child, item) for key, child in old]
        item.node = node
        if item.rows is not None:
            self._follow(item)
        if before != node:
            place = self._index(item)
            self.dataChanged.emit(place, place)


def origin_in_words(origin: Origin) -> str:
    """The badge of a row."""
    return {"base": _("base"), "yours": _("yours"), "new": _("new"), "changed": _("changed")}.get(origin, "")


def _keys(nodes: Sequence[StoryNode]) -> list[str]:
    """A key for each: what it is, its id, and for those that share both a number."""
    seen: dict[str, int] = {}
    keys = []
    for node in nodes:
        name = f"{node.kind}/{node.id}"
        seen[name] = seen.get(name, 0) + 1
        keys.append(f"{name}/{seen[name]}")
    return keys


def _nowhere(_node: StoryNode) -> Origin:
    return ""
