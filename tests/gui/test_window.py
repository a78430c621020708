"""The window around the pages: every step, names for a screen reader, languages, keys, themes, narrow windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from latchkey import text
from latchkey.draft import edits
from latchkey.text import LANGUAGES


def every_step(wizard: Any) -> Iterator[str]:
    """Go to each step in turn."""
    for row in range(wizard.window.model.rowCount()):
        step = wizard.window.model.at(row).id
        wizard.session.go(step)
        yield step


def test_each_step_has_its_page(contoso: Any, settled: Callable[[Any], None]) -> None:
    settled(contoso)
    for step in every_step(contoso):
        page = contoso.window.content.page
        assert page.step == step
        assert page.title()
        assert page.why() or page.wide
        assert contoso.window.rail.currentIndex().row() == contoso.window.model.row_of(step)


def test_steps_say_their_state_to_a_screen_reader(contoso: Any) -> None:
    model = contoso.window.model
    words = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert words[1] == "Your tenant, done"
    assert len(set(words)) == len(words)


def test_next_goes_through_all_steps_and_back_returns(contoso: Any) -> None:
    window = contoso.window
    ids = [window.model.at(row).id for row in range(window.model.rowCount())]
    contoso.session.go("start")
    seen = ["start"]
    while window.bottom.next.isVisible():
        window.bottom.next.click()
        seen.append(contoso.session.step)
    assert seen == ids
    for expected in reversed(ids[:-1]):
        window.bottom.back.click()
        assert contoso.session.step == expected
    assert not window.bottom.back.isEnabled()


def test_the_arrow_keys_walk_the_list_of_steps(contoso: Any, qtbot: Any) -> None:
    contoso.session.go("start")
    contoso.window.rail.setFocus()
    qtbot.keyClick(contoso.window.rail, Qt.Key.Key_Down)
    assert contoso.session.step == "tenant"
    qtbot.keyClick(contoso.window.rail, Qt.Key.Key_Up)
    assert contoso.session.step == "start"


def test_a_click_on_a_step_goes_there(contoso: Any, qtbot: Any) -> None:
    rail, model = contoso.window.rail, contoso.window.model
    rect = rail.visualRect(model.index(model.row_of("go-live")))
    qtbot.mouseClick(rail.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert contoso.session.step == "go-live"


def test_shortcuts_go_on_and_back(contoso: Any, qtbot: Any) -> None:
    contoso.session.go("start")
    contoso.window.activateWindow()
    qtbot.waitActive(contoso.window)
    QTest.keyClick(contoso.window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert contoso.session.step == "tenant"
    QTest.keyClick(contoso.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert contoso.session.step == "start"


def test_undo_in_a_field_is_the_drafts_undo(contoso: Any, qtbot: Any) -> None:
    contoso.session.go("tenant")
    contoso.session.do(edits.set_custom_domain("login.fabrikam.com"))
    page = contoso.window.content.page
    contoso.window.activateWindow()
    page.name.editor.setFocus()
    qtbot.keyClick(page.name.editor, Qt.Key.Key_X)
    assert contoso.session.draft.tenant.name.endswith("x")
    qtbot.keyClick(page.name.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert contoso.session.draft.tenant.name == "contoso"
    assert page.name.text() == "contoso"
    qtbot.keyClick(page.name.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert contoso.session.draft.tenant.custom_domain == "login.contoso.com"


def test_a_provider_that_goes_takes_its_page_along(contoso: Any) -> None:
    key = contoso.session.draft.providers[0].key
    contoso.session.go(f"provider:{key}")
    contoso.session.do(edits.remove_providers([key]))
    assert contoso.session.step == "buttons"
    assert contoso.window.content.page.step == "buttons"
    contoso.session.undo_stack.undo()
    contoso.session.go(f"provider:{key}")
    assert contoso.window.content.page.step == f"provider:{key}"


def test_user_flows_have_fewer_steps_and_come_back(contoso: Any) -> None:
    contoso.session.go("review")
    contoso.session.do(edits.set_kind("user-flow"))
    ids = [contoso.window.model.at(row).id for row in range(contoso.window.model.rowCount())]
    assert "review" not in ids
    assert contoso.session.step in ids
    contoso.session.undo_stack.undo()
    assert contoso.window.model.row_of("review") > 0


# Languages


def test_the_language_is_switched_by_its_button_and_remembered(contoso: Any) -> None:
    contoso.session.go("tenant")
    switch = contoso.window.top.buttons()[3]
    switch.click()
    assert text.language() == "zh_CN"
    assert contoso.memory.settings.language == "zh_CN"
    switch.click()
    assert text.language() == "en"
    assert len(LANGUAGES) == 2


# Looks


@pytest.mark.parametrize("width", [640, 1000, 1280])
def test_the_bars_stay_in_a_small_window(contoso: Any, qtbot: Any, width: int) -> None:
    window = contoso.window
    window.resize(width, 480)
    qtbot.waitUntil(lambda: window.width() == width)
    for step in every_step(contoso):
        bottom = window.bottom.next if window.bottom.next.isVisible() else window.bottom.back
        corner = bottom.mapTo(window, QPoint(bottom.width(), bottom.height()))
        assert corner.x() <= window.width(), step
        assert corner.y() <= window.height(), step
        assert window.help.isVisible() == (width >= 1080 and bool(window.content.page.why())), step


def test_pages_fit_the_width_of_a_small_screen(contoso: Any, qtbot: Any, settled: Callable[[Any], None]) -> None:
    settled(contoso)
    contoso.window.resize(1280, 720)
    for _step in every_step(contoso):
        area = contoso.window.stack.currentWidget()
        qtbot.waitUntil(lambda area=area: area.widget().width() <= area.viewport().width(), timeout=2000)


def test_the_theme_is_chosen_and_remembered(contoso: Any) -> None:
    before = contoso.theme.tokens
    contoso.window.acts["theme_dark"].trigger()
    assert contoso.theme.scheme == "dark"
    assert contoso.theme.tokens != before
    assert contoso.memory.settings.theme == "dark"
    contoso.window.acts["theme_system"].trigger()
    assert contoso.theme.choice == "system"


# Attention


def test_attention_is_counted_listed_and_leads_to_the_field(contoso: Any, settled: Callable[[Any], None]) -> None:
    contoso.session.go("accounts")
    contoso.session.do(edits.set_custom_domain("https://wrong/"))
    settled(contoso)
    window = contoso.window
    assert "1 thing needs attention" in window.bottom.attention.text()
    window.bottom.attention.click()
    assert window.content.attention.isVisible()
    QTest.keyClick(window.content.attention._list, Qt.Key.Key_Return)
    assert not window.content.attention.isVisible()
    assert contoso.session.step == "tenant"
    window.activateWindow()
    assert window.focusWidget() is window.content.page.domain.editor


def test_nothing_needs_attention_when_all_is_well(contoso: Any, settled: Callable[[Any], None]) -> None:
    settled(contoso)
    assert contoso.window.content.findings() == ()
    assert contoso.window.bottom.attention.text() == "Nothing needs attention"
    assert not contoso.window.bottom.attention.isEnabled()
