"""Check boxes: a tick counts whoever sets it, and what is only shown is no answer."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtTest import QTest

from latchkey.gui.theme import Theme
from latchkey.gui.widgets.checks import CheckBox
from latchkey.gui.widgets.tick_box import TickBox


@pytest.fixture(params=["box", "mark"])
def box(request: pytest.FixtureRequest, qtbot: Any, qapp: Any) -> Any:
    made = CheckBox() if request.param == "box" else TickBox(Theme(qapp, "light"), 1)
    qtbot.addWidget(made)
    made.show()
    return made


def test_mouse_key_and_screen_reader_tick(box: Any) -> None:
    said: list[bool] = []
    box.ticked.connect(said.append)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    QTest.keyClick(box, Qt.Key.Key_Space)
    actions = QAccessible.queryAccessibleInterface(box).actionInterface()
    actions.doAction(QAccessibleActionInterface.toggleAction())
    assert said == [True, False, True]
    assert box.isChecked()


def test_showing_ticks_nothing(box: Any) -> None:
    said: list[bool] = []
    box.ticked.connect(said.append)
    box.show_checked(True)
    assert box.isChecked()
    box.show_checked(False)
    assert said == []


def test_a_screen_reader_answers_the_accounts_page(contoso: Any) -> None:
    contoso.session.go("accounts")
    page = contoso.window.content.page
    before = contoso.session.draft.policies.journeys
    actions = QAccessible.queryAccessibleInterface(page.profile_edit).actionInterface()
    actions.doAction(QAccessibleActionInterface.toggleAction())
    assert set(before) ^ set(contoso.session.draft.policies.journeys) == {"profile-edit"}
