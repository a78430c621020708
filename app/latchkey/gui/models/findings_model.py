"""What the checks found, as a Qt list, worst first. A later list is taken over row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from latchkey.check.finding import Finding, Level
from latchkey.gui.inline_code import as_text
from latchkey.gui.models.row_changes import Insertion, Move, changes
from latchkey.text import _

Index = QModelIndex | QPersistentModelIndex

FINDING = Qt.ItemDataRole.UserRole

_NONE = QModelIndex()
_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


class FindingsModel(QAbstractListModel):
    """Read-only."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, Finding]] = []

    def show(self, findings: Sequence[Finding]) -> None:
        """Become these findings."""
        after = dict(_keyed(sorted(findings, key=lambda finding: _ORDER[finding.level])))
        for change in changes([key for key, _finding in self._rows], list(after)):
            if isinstance(change, Insertion):
                self.beginInsertRows(_NONE, change.at, change.at)
                self._rows.insert(change.at, (change.key, after[change.key]))
                self.endInsertRows()
            elif isinstance(change, Move):
                target = change.to + 1 if change.to > change.at else change.to
                self.beginMoveRows(_NONE, change.at, change.at, _NONE, target)
                self._rows.insert(change.to, self._rows.pop(change.at))
                self.endMoveRows()
            else:
                self.beginRemoveRows(_NONE, change.at, change.at)
                del self._rows[change.at]
                self.endRemoveRows()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One finding in one role."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        finding = self._rows[index.row()][1]
        if role == Qt.ItemDataRole.DisplayRole:
            return as_text(finding.message)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (level_in_words(finding.level), finding.message, finding.hint, place_in_words(finding))
            return as_text(". ".join(part.rstrip(".") for part in parts if part))
        return finding if role == FINDING else None


def level_in_words(level: Level) -> str:
    """How bad it is."""
    return {Level.ERROR: _("Wrong"), Level.WARNING: _("Please look"), Level.INFO: _("Good to know")}[level]


def place_in_words(finding: Finding) -> str:
    """Where it is, if it is in a file."""
    if not finding.file:
        return ""
    if not finding.line:
        return finding.file
    return _("{file}, line {line}").format(file=finding.file, line=finding.line)


def _keyed(findings: Sequence[Finding]) -> list[tuple[str, Finding]]:
    """A key for each; of equal ones every one has its own."""
    seen: dict[Finding, int] = {}
    keyed = []
    for finding in findings:
        seen[finding] = seen.get(finding, 0) + 1
        keyed.append((f"{finding!r}/{seen[finding]}", finding))
    return keyed
