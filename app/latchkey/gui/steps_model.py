"""The step table as a Qt model for the step list: titles, numbers and states, changed by the smallest signals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot

from latchkey.draft import steps
from latchkey.draft.draft import Draft, Provider
from latchkey.draft.steps import Problem, State, Step
from latchkey.gui.session import Session
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.check.finding import Finding

Index = QModelIndex | QPersistentModelIndex


SAMPLE_LEFT = "placeholder-left"  # the own value is still to be given, also where that is only a warning


class StepRow(NamedTuple):
    """What the list shows of one step."""

    id: str
    title: str
    number: int  # 0: a step within another
    inner: bool
    state: State


def problems(findings: Sequence[Finding]) -> tuple[Problem, ...]:
    """Findings as the step table reads them."""
    return tuple(Problem(f.field, f.provider, f.level.name == "ERROR", f.rule == SAMPLE_LEFT) for f in findings)


def still_open(missing: Sequence[Finding]) -> tuple[Problem, ...]:
    """What is still to be given and holds nothing back."""
    return tuple(Problem(f.field, f.provider, is_error=False, is_open=True) for f in missing)


def step_for(finding: Finding, draft: Draft) -> str:
    """The step to show for a finding; those on composed files are looked at in the review."""
    return steps.owner(draft, finding.field, finding.provider) or "review"


class StepsModel(QAbstractListModel):
    """Follows the session."""

    steps_changed = Signal()  # rows came, went or moved

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.row_size = QSize()  # of a row in the list, as the view wants it
        self._rows: tuple[StepRow, ...] = self._made()
        session.draft_changed.connect(self._follow)
        session.findings_changed.connect(self.again)
        session.missing_changed.connect(self.again)
        session.composed_changed.connect(self.again)
        session.progress_changed.connect(self.again)
        session.opened.connect(self.again)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """The number of steps."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself for the painter; words for a screen reader."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.SizeHintRole:
            return self.row_size
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return _("{step}, {state}").format(step=row.title, state=state_in_words(row.state))
        return None

    def at(self, row: int) -> StepRow:
        """One row."""
        return self._rows[row]

    def row_of(self, step: str) -> int:
        """The row of a step, or -1."""
        return next((number for number, row in enumerate(self._rows) if row.id == step), -1)

    def neighbours(self, step: str) -> tuple[StepRow | None, StepRow | None]:
        """The steps on both sides, also of one that is gone."""
        draft = self._session.draft
        before, after = steps.previous_step(draft, step), steps.next_step(draft, step)
        return (self.at(self.row_of(before.id)) if before else None, self.at(self.row_of(after.id)) if after else None)

    @Slot()
    def again(self) -> None:
        """Ask the table again."""
        after = self._made()
        before, self._rows = self._rows, after
        if [row.id for row in before] == [row.id for row in after]:
            other = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
            if other:  # told once: the whole window listens, and fifty providers may change their state together
                self.dataChanged.emit(self.index(other[0]), self.index(other[-1]))
            return
        self._rows = before
        self._replace(after)
        self.steps_changed.emit()

    def _replace(self, after: tuple[StepRow, ...]) -> None:
        """Become these rows by the fewest steps: a view stays on its row as long as that is there."""
        from latchkey.gui.models.row_changes import Insertion, Removal, changes  # not for the first picture

        wanted = {row.id: row for row in after}
        for change in changes([row.id for row in self._rows], list(wanted)):
            rows = list(self._rows)
            if isinstance(change, Removal):
                self.beginRemoveRows(QModelIndex(), change.at, change.at)
                del rows[change.at]
                self._rows = tuple(rows)
                self.endRemoveRows()
            elif isinstance(change, Insertion):
                self.beginInsertRows(QModelIndex(), change.at, change.at)
                rows.insert(change.at, wanted[change.key])
                self._rows = tuple(rows)
                self.endInsertRows()
            else:
                # Qt counts the target with the row still in its old place.
                target = change.to + 1 if change.to > change.at else change.to
                self.beginMoveRows(QModelIndex(), change.at, change.at, QModelIndex(), target)
                rows.insert(change.to, rows.pop(change.at))
                self._rows = tuple(rows)
                self.endMoveRows()
        self._rows = after
        self.dataChanged.emit(self.index(0), self.index(len(after) - 1))

    @Slot(object, object)
    def _follow(self, _before: Draft, _after: Draft) -> None:
        self.again()

    def _made(self) -> tuple[StepRow, ...]:
        session = self._session
        draft = session.draft
        told = problems(session.all_findings) + still_open(session.missing)
        states = steps.states(draft, told, session.visited, session.finished)
        rows: list[StepRow] = []
        number = 0
        for step in steps.visible_steps(draft):
            number += not step.parent
            title = self._called(draft.provider(step.provider)) if step.provider else self._title(step)
            rows.append(StepRow(step.id, title, 0 if step.parent else number, bool(step.parent), states[step.id]))
        return tuple(rows)

    def _called(self, provider: Provider) -> str:
        known = self._session.known_catalogue is not None
        return self._session.called(provider) if known else provider.name.strip() or "…"

    def _title(self, step: Step) -> str:
        """Policies that are there already have their accounts; what is asked instead is about them."""
        return _("Your policies") if step.id == "accounts" and self._session.source is not None else _(step.title)


def state_in_words(state: State) -> str:
    """A state as a person says it."""
    return {
        "todo": _("to do"), "in-progress": _("in progress"), "attention": _("needs attention"), "done": _("done"),
    }[state]  # fmt: skip
