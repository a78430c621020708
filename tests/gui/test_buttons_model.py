"""The model behind the list of sign-in buttons: it always equals the draft, by the smallest signals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QAbstractItemModelTester

from latchkey.catalogue.loader import load_catalogue
from latchkey.draft import edits
from latchkey.draft.draft import Draft, Provider
from latchkey.draft.edits import Edit
from latchkey.gui.models.button_row import button_row
from latchkey.gui.models.buttons_model import KEY, ButtonsModel
from latchkey.gui.undo import EditCommand

CATALOGUE = load_catalogue()
NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=6)


class Bench:
    """A draft with undo and a model that follows it, as the page has them."""

    def __init__(self, count: int = 0) -> None:
        self.draft = Draft(providers=tuple(Provider("qq", key=f"p{n}", name=f"Button {n}") for n in range(count)))
        self.undo = QUndoStack()
        self.seen = {provider.key for provider in self.draft.providers}
        self.model = ButtonsModel(self._rename, self._move)
        self.model.show(self.rows())

    def rows(self) -> list[Any]:
        return [button_row(self.draft, provider, CATALOGUE, (), None) for provider in self.draft.providers]

    def do(self, edit: Edit) -> bool:
        after = edit.apply(self.draft)
        if after.same(self.draft):
            return False
        self.undo.push(EditCommand(edit.label, self.draft, after, edit.merge_key, self._show))
        return True

    def keys(self) -> list[str]:
        return [self.model.data(self.model.index(row), KEY) for row in range(self.model.rowCount())]

    def _show(self, draft: Draft) -> None:
        self.draft = draft
        self.model.show(self.rows())

    def _rename(self, key: str, name: str) -> bool:
        return self.do(edits.rename_provider(key, name, "it"))

    def _move(self, keys: Sequence[str], place: int) -> bool:
        order = [provider.key for provider in self.draft.providers]
        return self.do(edits.move_providers(keys, place - sum(order.index(key) < place for key in keys)))


class Signals(QObject):
    """Counts what a model says."""

    def __init__(self, model: ButtonsModel) -> None:
        super().__init__()
        self.said: list[str] = []
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.rowsMoved.connect(self._moved)
        model.dataChanged.connect(self._changed)
        model.modelReset.connect(self._reset)

    def _inserted(self) -> None:
        self.said.append("insert")

    def _removed(self) -> None:
        self.said.append("remove")

    def _moved(self) -> None:
        self.said.append("move")

    def _changed(self) -> None:
        self.said.append("change")

    def _reset(self) -> None:
        self.said.append("reset")


class Following(RuleBasedStateMachine):
    """Whatever is added, removed, moved, renamed, undone and redone: model and draft are one."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench()
        self.tester = QAbstractItemModelTester(self.bench.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        self.persistent: dict[str, QPersistentModelIndex] = {}

    def some_key(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([provider.key for provider in self.bench.draft.providers]))

    @rule(type_=st.sampled_from(["wechat", "qq", "openid-connect"]), place=st.integers(0, 6))
    def add(self, type_: str, place: int) -> None:
        key = edits.fresh_key(self.bench.draft, self.bench.seen)
        self.bench.seen.add(key)
        self.bench.do(edits.add_provider(type_, type_, key, place))
        self.persistent[key] = QPersistentModelIndex(self.bench.model.index(self.bench.model.row_of(key)))

    @precondition(lambda self: self.bench.draft.providers)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        keys = [provider.key for provider in self.bench.draft.providers]
        self.bench.do(edits.remove_providers(data.draw(st.sets(st.sampled_from(keys), min_size=1))))

    @precondition(lambda self: self.bench.draft.providers)
    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        model = self.bench.model
        rows = data.draw(st.sets(st.integers(0, model.rowCount() - 1), min_size=1))
        mime = model.mimeData([model.index(row) for row in rows])
        place = data.draw(st.integers(-1, model.rowCount()))
        wanted = [provider.key for provider in self.bench.draft.providers]
        moved = [wanted[row] for row in sorted(rows)]
        target = len(wanted) if place < 0 else place
        before = [key for key in wanted[:target] if key not in moved]
        after = [key for key in wanted[target:] if key not in moved]
        model.dropMimeData(mime, Qt.DropAction.MoveAction, place, 0, QModelIndex())
        assert self.bench.keys() == [*before, *moved, *after]

    @precondition(lambda self: self.bench.draft.providers)
    @rule(data=st.data(), name=NAMES)
    def rename(self, data: st.DataObject, name: str) -> None:
        key = self.some_key(data)
        self.bench.model.setData(self.bench.model.index(self.bench.model.row_of(key)), name)

    @rule()
    def undo(self) -> None:
        self.bench.undo.undo()

    @rule()
    def redo(self) -> None:
        self.bench.undo.redo()

    @invariant()
    def model_is_draft(self) -> None:
        model = self.bench.model
        assert self.bench.keys() == [provider.key for provider in self.bench.draft.providers]
        assert [model.data(model.index(row)) for row in range(model.rowCount())] == [
            row.name for row in self.bench.rows()
        ]

    @invariant()
    def views_keep_hold_of_rows(self) -> None:
        for key, index in self.persistent.items():
            if index.isValid():
                assert index.data(KEY) == key


TestFollowing = Following.TestCase
TestFollowing.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@pytest.fixture(autouse=True)
def application(qapp: Any) -> None:
    """Undo stacks and models want an application."""


def test_it_keeps_qts_rules(qtmodeltester: Any) -> None:
    qtmodeltester.check(Bench(5).model, force_py=True)


def test_a_move_is_one_move() -> None:
    bench = Bench(6)
    signals = Signals(bench.model)
    bench.do(edits.move_provider("p0", 4, "it"))
    assert signals.said == ["move"]
    bench.undo.undo()
    assert signals.said == ["move", "move"]
    assert bench.keys() == ["p0", "p1", "p2", "p3", "p4", "p5"]


def test_a_new_name_is_one_change() -> None:
    bench = Bench(6)
    signals = Signals(bench.model)
    assert bench.model.setData(bench.model.index(2), "New")
    assert signals.said == ["change"]
    assert bench.model.data(bench.model.index(2)) == "New"


def test_several_rows_move_together_and_keep_their_order() -> None:
    bench = Bench(6)
    mime = bench.model.mimeData([bench.model.index(row) for row in (4, 1)])
    assert bench.model.dropMimeData(mime, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert bench.keys() == ["p1", "p4", "p0", "p2", "p3", "p5"]
    assert bench.undo.count() == 1


def test_the_chosen_row_stays_chosen_through_move_and_undo() -> None:
    bench = Bench(4)
    selection = QItemSelectionModel(bench.model)
    selection.setCurrentIndex(bench.model.index(1), QItemSelectionModel.SelectionFlag.SelectCurrent)
    bench.do(edits.move_provider("p1", 3, "it"))
    assert [index.row() for index in selection.selectedIndexes()] == [3]
    bench.undo.undo()
    assert [index.row() for index in selection.selectedIndexes()] == [1]
    assert selection.currentIndex().data(KEY) == "p1"


def test_move_rows_answers_views_that_ask_for_it() -> None:
    bench = Bench(4)
    assert bench.model.moveRows(QModelIndex(), 0, 2, QModelIndex(), 4)
    assert bench.keys() == ["p2", "p3", "p0", "p1"]
    assert not bench.model.moveRows(QModelIndex(), 1, 1, QModelIndex(), 2)
    assert not bench.model.moveRows(QModelIndex(), 3, 2, QModelIndex(), 0)


def test_what_a_screen_reader_hears() -> None:
    bench = Bench(3)
    assert bench.model.data(bench.model.index(1), Qt.ItemDataRole.AccessibleTextRole) == "Button 1, 2 of 3"
    assert "not set up" in bench.model.data(bench.model.index(1), Qt.ItemDataRole.AccessibleDescriptionRole)


def test_foreign_things_are_not_taken() -> None:
    from PySide6.QtCore import QMimeData

    data = QMimeData()
    data.setText("p0")
    assert not Bench(2).model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
