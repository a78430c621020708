"""The models of the review: journeys as a tree, findings and files as lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from latchkey.catalogue.loader import load_catalogue
from latchkey.check.finding import Finding, Level
from latchkey.draft import edits
from latchkey.draft.store import load
from latchkey.gui.composing import compose_and_check
from latchkey.gui.models.files_model import FILE, FilesModel
from latchkey.gui.models.findings_model import FINDING, FindingsModel
from latchkey.gui.models.story_model import NODE, ORIGIN, StoryModel
from latchkey.gui.telling import Told, tell_all
from latchkey.jobs import Unwatched
from latchkey.policy.story import StoryNode
from latchkey.policy.story_search import search


@pytest.fixture(autouse=True)
def application(qapp: Any) -> None:
    """Models want an application."""


@pytest.fixture(scope="module")
def told(root: Any) -> tuple[Told, Told]:
    """The example, and the same with its buttons in another order."""
    draft = load(root / "resources/examples/contoso.latchkey.toml")
    key = draft.providers[0].key
    moved = edits.move_provider(key, 2, "WeChat").apply(draft)
    catalogue = load_catalogue()
    return tuple(tell_all(compose_and_check(one, catalogue, None, Unwatched()), Unwatched()) for one in (draft, moved))  # type: ignore[return-value]


def whole(model: StoryModel, parent: QModelIndex = QModelIndex()) -> list[Any]:  # noqa: B008
    """Everything that the model shows."""
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found.append((model.data(index), model.data(index, ORIGIN), whole(model, index)))
    return found


def test_the_tree_keeps_qts_rules(told: tuple[Told, Told], qtmodeltester: Any) -> None:
    model = StoryModel()
    model.show(told[0].journeys, told[0].origin)
    qtmodeltester.check(model, force_py=True)


def test_rows_are_made_when_somebody_asks(told: tuple[Told, Told]) -> None:
    model = StoryModel()
    model.show(told[0].journeys, told[0].origin)
    assert len(model._items) == 1 + len(told[0].journeys)
    assert model.hasChildren(model.index(0, 0))
    whole(model)
    assert len(model._items) == 1 + sum(1 for journey in told[0].journeys for _node in journey.walk())


def test_a_moved_button_moves_and_everything_else_stays_open(told: tuple[Told, Told]) -> None:
    model, fresh = StoryModel(), StoryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(told[0].journeys, told[0].origin)
    whole(model)
    step = model.index(0, 0, model.index(0, 0))
    qq = QPersistentModelIndex(model.index(1, 0, step))
    assert qq.data(NODE).id == "QQExchange"
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.show(told[1].journeys, told[1].origin)
    fresh.show(told[1].journeys, told[1].origin)
    assert whole(model) == whole(fresh)
    assert qq.row() == 0
    assert qq.data(NODE).id == "QQExchange"
    assert not resets
    del tester


def test_a_row_is_found_again_by_its_path(told: tuple[Told, Told]) -> None:
    model = StoryModel()
    model.show(told[0].journeys, told[0].origin)
    index = model.index(1, 0, model.index(0, 0, model.index(0, 0)))
    assert model.path(index) == ("journey/B2C_1A_signup_signin/1", "step/1/1", "button/QQExchange/1")


def test_a_screen_reader_hears_where_a_part_comes_from(told: tuple[Told, Told]) -> None:
    model = StoryModel()
    model.show(told[0].journeys, told[0].origin)
    button = model.index(0, 0, model.index(0, 0, model.index(0, 0)))
    assert model.data(button, Qt.ItemDataRole.AccessibleTextRole) == "Button “WeChat”, new"


nodes = st.recursive(
    st.builds(StoryNode, st.just("step"), st.sampled_from("abc"), st.sampled_from("xyz")),
    lambda inner: st.builds(
        lambda node, children: replace(node, children=tuple(children)),
        st.builds(StoryNode, st.just("step"), st.sampled_from("abc"), st.sampled_from("xyz")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(st.lists(nodes, max_size=3), min_size=1, max_size=4), st.booleans())
def test_any_story_becomes_any_other(stories: list[list[StoryNode]], asked: bool) -> None:
    model = StoryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for story in stories:
        model.show(story, lambda _node: "")
        fresh = StoryModel()
        fresh.show(story, lambda _node: "")
        if asked:
            assert whole(model) == whole(fresh)
    assert whole(model) == whole(fresh)
    assert len(model._items) == 1 + sum(1 for node in stories[-1] for _below in node.walk())
    del tester


@settings(deadline=None)
@given(st.lists(st.tuples(st.lists(nodes, max_size=3), st.sampled_from(["", "x", "y z", "a"])), min_size=1, max_size=5))
def test_any_search_in_any_story_shows_its_hits_and_what_belongs_to_them(
    told: list[tuple[list[StoryNode], str]],
) -> None:
    model = StoryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for story, query in told:
        found = search(story, query)
        model.show(story, lambda _node: "", found)
        shown = list(lines(model))
        every = [node for journey in story for node in journey.walk()]
        assert [id(node) for node in shown] == [id(node) for node in every if found is None or id(node) in found.kept]
        for chain in found.hits if found is not None else ():
            index = model.index_of(chain)
            assert index.data(NODE) is chain[-1]
            assert model.index_at(model.path(index)) == index
            assert model.chain(index) == chain
    del tester


def lines(model: StoryModel, parent: QModelIndex = QModelIndex()) -> Iterator[StoryNode]:  # noqa: B008
    """Every part that is shown, from the top."""
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index.data(NODE)
        yield from lines(model, index)


findings = st.builds(
    Finding,
    st.sampled_from("ab"),
    st.sampled_from(list(Level)),
    st.sampled_from(["one", "two"]),
    line=st.integers(0, 2),
)


@settings(deadline=None)
@given(st.lists(st.lists(findings, max_size=6), min_size=1, max_size=4))
def test_any_findings_become_any_others_worst_first(lists: list[list[Finding]]) -> None:
    model = FindingsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for each in lists:
        model.show(each)
    shown = [model.data(model.index(row), FINDING) for row in range(model.rowCount())]
    order = [Level.ERROR, Level.WARNING, Level.INFO]
    assert shown == sorted(lists[-1], key=lambda finding: order.index(finding.level))
    del tester


def test_a_finding_is_heard_whole() -> None:
    model = FindingsModel()
    model.show([Finding("r", Level.WARNING, "It is odd.", "Look.", file="A.xml", line=3)])
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Please look. It is odd. Look. A.xml, line 3"


def test_files_keep_their_rows(told: tuple[Told, Told], qtmodeltester: Any) -> None:
    model = FilesModel()
    model.show(told[0].files)
    kept = QPersistentModelIndex(model.index(2))
    model.show(told[1].files)
    assert kept.data(FILE) is told[1].files[2]
    assert model.row_of("TrustFrameworkExtensions.xml") == 2
    assert model.row_of("Other.xml") == -1
    qtmodeltester.check(model, force_py=True)
