"""What builds on what in a folder of policies, as a Qt tree: each policy below the one that it builds on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from latchkey.gui.existing import Link
from latchkey.gui.tips import tip
from latchkey.policy.names import key
from latchkey.text import _, join_list

ROW = Qt.ItemDataRole.UserRole


class ChainRow(NamedTuple):
    """A line: file and policy, and what it is to the draft in two or three words each."""

    title: str
    note: str
    roles: tuple[str, ...] = ()
    trouble: str = ""


class ChainModel(QStandardItemModel):
    """Read-only; made again only when something is different."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None

    def show(self, links: Sequence[Link], roles: Mapping[str, Collection[str]]) -> bool:
        """Become this tree. `roles`: by folded policy id. False: it was that already."""
        wanted = (tuple(links), {name: tuple(words) for name, words in roles.items()}, _("not in this folder"))
        if wanted == self._shown:
            return False
        self._shown = wanted
        self.clear()
        for link in links:
            self.appendRow(_item(link, roles))
        return True

    def lines(self) -> int:
        """How many lines there are when all is open."""

        def count(item: QStandardItem) -> int:
            return 1 + sum(count(item.child(number)) for number in range(item.rowCount()))

        return sum(count(self.item(number)) for number in range(self.rowCount()))


def _item(link: Link, roles: Mapping[str, Collection[str]]) -> QStandardItem:
    row = _row(link, tuple(roles.get(key(link.id), ())))
    item = QStandardItem(row.title)
    item.setEditable(False)
    item.setData(row, ROW)
    words = join_list(part for part in (row.title, row.note, *row.roles, row.trouble) if part)
    item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
    item.setData(tip(row.trouble or row.note), Qt.ItemDataRole.ToolTipRole)
    for below in link.below:
        item.appendRow(_item(below, roles))
    return item


def _row(link: Link, roles: tuple[str, ...]) -> ChainRow:
    if link.trouble:
        return ChainRow(link.file, "", (), link.trouble)
    if link.file:
        return ChainRow(link.file, link.id, roles)
    if link.said:
        return ChainRow(link.id, "", (_("in Azure, as you said"),))
    return ChainRow(link.id, "", (), _("not in this folder"))
