"""A difference as a Qt list: side by side or one below the other, all lines or only what changed. What is folded away
is opened by choosing it. The rows come of `compose.comparing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from latchkey.compose.comparing import Fold, Row, Span, folded, marks
from latchkey.text import _, ngettext

Index = QModelIndex | QPersistentModelIndex

LINE = Qt.ItemDataRole.UserRole  # the Line

_NONE = QModelIndex()


class Line(NamedTuple):
    """A line that is shown: a row with both its sides, or one of them; or a fold with so many rows."""

    row: Row | None
    side: str = ""  # "old", "new"; empty: both
    fold: Fold | None = None


class DiffModel(QAbstractListModel):
    """Read-only."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._lines: list[Line] = []
        self._beside = True
        self._folding = True
        self._marks: dict[tuple[str, str], tuple[tuple[Span, ...], tuple[Span, ...]]] = {}
        self._longest = 0

    @property
    def beside(self) -> bool:
        """Both sides beside each other."""
        return self._beside

    @property
    def longest(self) -> int:
        """Letters of the longest line."""
        return self._longest

    @property
    def highest(self) -> int:
        """The highest number of a line."""
        return max((max(row.old, row.new) for row in self._rows), default=0)

    def show(self, rows: Sequence[Row]) -> None:
        """Become this difference."""
        if self._rows != tuple(rows):
            self._rows = tuple(rows)
            self._marks.clear()
            self._longest = max((max(len(row.before), len(row.after)) for row in rows), default=0)
            self._again()

    def set_beside(self, beside: bool) -> None:
        """Both sides beside each other, or one text."""
        if beside != self._beside:
            self._beside = beside
            self._again()

    def set_folding(self, folding: bool) -> None:
        """Only what changed, or all lines."""
        if folding != self._folding:
            self._folding = folding
            self._again()

    def unfold(self, index: Index) -> bool:
        """Show what a fold hides. False: it is none."""
        line = self._lines[index.row()] if index.isValid() else None
        if line is None or line.fold is None:
            return False
        at, inside = index.row(), self._made(self._rows[line.fold.first : line.fold.last])
        self.beginRemoveRows(_NONE, at, at)
        del self._lines[at]
        self.endRemoveRows()
        self.beginInsertRows(_NONE, at, at + len(inside) - 1)
        self._lines[at:at] = inside
        self.endInsertRows()
        return True

    def changes(self) -> list[int]:
        """The rows where each change begins."""
        found = []
        for number, line in enumerate(self._lines):
            before = self._lines[number - 1] if number else None
            if _is_change(line) and not (before is not None and _is_change(before)):
                found.append(number)
        return found

    def marks_of(self, line: Line) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """What differs within a changed line, before and after."""
        row = line.row
        if row is None or row.kind != "changed":
            return (), ()
        pair = row.before, row.after
        if pair not in self._marks:
            self._marks[pair] = marks(*pair)
        return self._marks[pair]

    def text_of(self, numbers: Sequence[int]) -> str:
        """Some lines, to be pasted: with + and - before what came and went."""
        texts: list[str] = []
        for number in numbers:
            line = self._lines[number]
            if line.row is None:
                continue
            if line.row.kind == "same":
                texts.append(f" {line.row.after}")
                continue
            if line.row.old and line.side != "new":
                texts.append(f"-{line.row.before}")
            if line.row.new and line.side != "old":
                texts.append(f"+{line.row.after}")
        return "\n".join(texts)

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many lines there are to see."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One line in one role."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return in_words(line)
        return None

    def _again(self) -> None:
        self.beginResetModel()
        shown: Sequence[Row | Fold] = folded(self._rows) if self._folding else self._rows
        self._lines = self._made(shown)
        self.endResetModel()

    def _made(self, shown: Sequence[Row | Fold]) -> list[Line]:
        """As lines: what came and went stands together where there is one text only."""
        if self._beside:
            return [Line(None, fold=one) if isinstance(one, Fold) else Line(one) for one in shown]
        lines: list[Line] = []
        come: list[Line] = []
        for one in shown:
            if isinstance(one, Row) and one.kind != "same":
                if one.old:
                    lines.append(Line(one, "old"))
                if one.new:
                    come.append(Line(one, "new"))
            else:
                lines += come
                come = []
                lines.append(Line(None, fold=one) if isinstance(one, Fold) else Line(one))
        return lines + come


def in_words(line: Line) -> str:
    """A line as a screen reader says it."""
    row = line.row
    if line.fold is not None:
        count = line.fold.last - line.fold.first
        return ngettext("{count} line that stays", "{count} lines that stay", count).format(count=count)
    if row is None:
        return ""
    if row.kind == "same":
        return _("Line {number}: {text}").format(number=row.new, text=row.after)
    if row.kind == "added" or line.side == "new":
        return _("New line {number}: {text}").format(number=row.new, text=row.after)
    if row.kind == "removed" or line.side == "old":
        return _("Line {number} goes: {text}").format(number=row.old, text=row.before)
    return _("Line {number} becomes: {text}. It was: {before}").format(
        number=row.new, text=row.after, before=row.before
    )


def _is_change(line: Line) -> bool:
    return line.row is not None and line.row.kind != "same"
