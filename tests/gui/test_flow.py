"""Things beside each other as far as there is room."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from latchkey.gui.widgets.flow import Columns, Flow


def block(width: int, height: int = 20) -> QWidget:
    made = QWidget()
    made.setFixedSize(width, height)
    return made


def places(holder: Any) -> list[tuple[int, int]]:
    return [(one.x(), one.y()) for one in holder.items() if not one.isHidden()]


@pytest.fixture
def flow(qtbot: Any) -> Flow:
    made = Flow(spacing=10)
    qtbot.addWidget(made)
    for width in (100, 50, 80):
        made.add(block(width))
    return made


def test_all_stand_on_one_line_where_there_is_room(flow: Flow, qtbot: Any) -> None:
    flow.resize(250, flow.heightForWidth(250))
    flow.show()
    assert places(flow) == [(0, 0), (110, 0), (170, 0)]
    assert flow.sizeHint().width() == 250
    assert flow.heightForWidth(250) == 20


def test_the_rest_goes_on_below(flow: Flow) -> None:
    flow.resize(170, flow.heightForWidth(170))
    flow.show()
    assert places(flow) == [(0, 0), (110, 0), (0, 30)]
    assert flow.heightForWidth(170) == 50
    assert flow.minimumSizeHint().width() == 100


def test_one_that_hides_leaves_no_gap(flow: Flow, qtbot: Any) -> None:
    flow.resize(250, 60)
    flow.show()
    flow.items()[1].hide()
    qtbot.waitUntil(lambda: places(flow) == [(0, 0), (110, 0)])


def test_what_changed_while_hidden_is_seen_when_it_is_shown(flow: Flow) -> None:
    flow.resize(300, 60)
    flow.show()
    flow.hide()
    flow.items()[0].setFixedSize(20, 20)
    flow.show()
    assert places(flow) == [(0, 0), (30, 0), (90, 0)]


def test_at_the_end_the_last_one_touches_the_edge(qtbot: Any) -> None:
    made = Flow(spacing=10, end=True)
    qtbot.addWidget(made)
    for width in (100, 50):
        made.add(block(width))
    made.resize(300, 20)
    made.show()
    assert places(made) == [(140, 0), (250, 0)]


def test_columns_are_equal_or_one_below_the_other(qtbot: Any) -> None:
    made = Columns(spacing=10, least=100)
    qtbot.addWidget(made)
    for width, height in ((60, 20), (80, 40)):
        one = QWidget()
        one.setMinimumSize(width, height)
        made.add(one)
    made.resize(300, made.heightForWidth(300))
    made.show()
    assert [one.geometry() for one in made.items()] == [QRect(0, 0, 145, 40), QRect(155, 0, 145, 40)]
    made.resize(190, made.heightForWidth(190))
    assert [one.geometry() for one in made.items()] == [QRect(0, 0, 190, 20), QRect(0, 30, 190, 40)]
    assert made.heightForWidth(190) == 70
