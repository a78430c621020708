"""Sign-in buttons: add, remove, order, rename; the sketch and the words follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QFocusEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from latchkey.draft import edits
from latchkey.draft.draft import Draft
from latchkey.gui.pages import buttons_acts as acts_module
from latchkey.gui.widgets.sketch_panel import Chosen


@pytest.fixture
def page(contoso: Any) -> Any:
    """The page on the example: WeChat, QQ, Contoso employees."""
    contoso.session.go("buttons")
    contoso.window.activateWindow()
    return contoso.window.content.page


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader was told."""
    texts: list[str] = []
    monkeypatch.setattr(acts_module, "announce", lambda _widget, text: texts.append(text))
    return texts


def names(page: Any) -> list[str]:
    """The names in the list, from top to bottom."""
    return [page.model.index(row).data() for row in range(page.model.rowCount())]


def types(draft: Draft) -> list[str]:
    return [provider.type for provider in draft.providers]


def order_in_sketch(page: Any) -> list[str]:
    places = page.sketch.view.sketch.drawing.places
    return sorted(places, key=lambda key: (places[key].top, places[key].left))


def choose(page: Any, *rows: int) -> list[str]:
    keys = [page.tools.session.draft.providers[row].key for row in rows]
    page.list.select(keys)
    return keys


def test_it_shows_the_draft(page: Any) -> None:
    assert names(page) == ["WeChat", "QQ", "Contoso employees"]
    assert order_in_sketch(page) == [provider.key for provider in page.tools.session.draft.providers]


def test_alt_down_moves_the_row_and_says_so(page: Any, qtbot: Any, said: list[str]) -> None:
    (key,) = choose(page, 0)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(page) == ["QQ", "WeChat", "Contoso employees"]
    assert said == ["WeChat moved to 2 of 3"]
    assert page.list.selected_keys() == [key]
    assert page.list.current_key() == key
    assert order_in_sketch(page)[1] == key
    qtbot.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(page) == ["QQ", "Contoso employees", "WeChat"]
    assert said[1:] == ["WeChat moved to 3 of 3"]
    qtbot.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(page) == ["QQ", "WeChat", "Contoso employees"]


def test_the_buttons_move_it_and_know_the_ends(page: Any) -> None:
    choose(page, 2)
    assert page.up.isEnabled()
    assert not page.down.isEnabled()
    page.up.click()
    page.up.click()
    assert names(page) == ["Contoso employees", "WeChat", "QQ"]
    assert not page.up.isEnabled()
    assert page.down.isEnabled()


def test_several_rows_move_together(page: Any, said: list[str]) -> None:
    choose(page, 1, 2)
    page.up.click()
    assert names(page) == ["QQ", "Contoso employees", "WeChat"]
    assert said == ["2 buttons moved to 1 of 3"]
    page.tools.session.undo_stack.undo()
    assert names(page) == ["WeChat", "QQ", "Contoso employees"]


def test_undo_and_redo_bring_back_order_and_selection(page: Any) -> None:
    (key,) = choose(page, 0)
    page.down.click()
    stack = page.tools.session.undo_stack
    assert stack.undoText() == "Move WeChat to place 2"
    stack.undo()
    assert names(page) == ["WeChat", "QQ", "Contoso employees"]
    assert page.list.selected_keys() == [key]
    stack.redo()
    assert names(page) == ["QQ", "WeChat", "Contoso employees"]
    assert page.list.selected_keys() == [key]


def test_delete_removes_all_chosen_rows_and_undo_brings_them_back(page: Any, qtbot: Any, said: list[str]) -> None:
    choose(page, 0, 2)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert names(page) == ["QQ"]
    assert said == ["2 buttons removed. Ctrl+Z brings them back."]
    page.tools.session.undo_stack.undo()
    assert names(page) == ["WeChat", "QQ", "Contoso employees"]


def test_an_emptied_list_helps_to_begin_anew(page: Any, said: list[str]) -> None:
    choose(page, 0, 1, 2)
    page.remove.click()
    assert page.card.nothing.isVisible()
    assert not page.list.isVisible()
    assert page.own_primary()
    suggested = page.card.suggestions()[0]
    assert suggested.accessibleName() == "Add WeChat"
    suggested.click()
    assert names(page) == ["WeChat"]
    assert page.list.isVisible()
    assert not page.own_primary()
    assert said[-1] == "WeChat added"


def test_a_name_is_edited_in_its_place(page: Any, qtbot: Any) -> None:
    choose(page, 1)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_F2)
    editor = page.list.findChild(QLineEdit, "inline")
    assert editor.accessibleName() == "Text of the button"
    assert editor.text() == "QQ"
    editor.selectAll()
    qtbot.keyClicks(editor, "Tencent QQ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.tools.session.draft.providers[1].name == "Tencent QQ")
    assert page.tools.session.undo_stack.undoText() == "Rename QQ"
    page.tools.session.undo_stack.undo()
    assert names(page)[1] == "QQ"


def test_a_change_of_its_state_leaves_a_name_that_is_being_typed(page: Any, qtbot: Any, contoso: Any) -> None:
    page.list.edit(page.model.index(1))
    editor = page.list.findChild(QLineEdit, "inline")
    qtbot.keyClicks(editor, "Ten")
    with qtbot.waitSignal(page.model.dataChanged):
        contoso.tools.vault.store("contoso", "QQSecret", "0123456789abcdef")
    assert editor.text() == "Ten"


def test_a_double_click_begins_to_rename_and_escape_leaves_it(page: Any, qtbot: Any) -> None:
    place = page.list.visualRect(page.model.index(0)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = page.list.findChild(QLineEdit, "inline")
    qtbot.keyClicks(editor, "x")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.tools.session.draft.providers[0].name == ""
    assert page.tools.session.step == "buttons"


def test_another_window_in_front_does_not_end_the_renaming(page: Any, qtbot: Any) -> None:
    page.list.edit(page.model.index(1))
    editor = page.list.findChild(QLineEdit, "inline")
    editor.selectAll()
    qtbot.keyClicks(editor, "Tencent")
    QApplication.sendEvent(editor, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    assert page.list.findChild(QLineEdit, "inline") is editor
    assert page.tools.session.draft.providers[1].name == ""
    page.add.setFocus()
    qtbot.waitUntil(lambda: page.tools.session.draft.providers[1].name == "Tencent")


def test_an_emptied_name_is_the_default_again(page: Any) -> None:
    model = page.model
    model.setData(model.index(0), "Mine")
    assert model.setData(model.index(0), "")
    assert page.tools.session.draft.providers[0].name == ""
    model.setData(model.index(0), "Mine")
    model.setData(model.index(0), "WeChat")
    assert page.tools.session.draft.providers[0].name == ""


def test_a_control_character_in_a_name_is_refused_and_nothing_lost(page: Any, contoso: Any) -> None:
    assert not page.model.setData(page.model.index(0), "bad\x07name")
    assert page.tools.session.draft.providers[0].name == ""
    assert contoso.window.content.notice.isVisible()


def test_enter_opens_the_providers_page(page: Any, qtbot: Any) -> None:
    (key,) = choose(page, 1)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.tools.session.step == f"provider:{key}"


def test_the_menu_offers_what_can_be_done(page: Any) -> None:
    choose(page, 0)
    menu = page.acts.menu()
    able = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert able == {
        "Set up…": True, "Rename": True, "Move up": False, "Move down": True, "Move to the top": False,
        "Move to the bottom": True, "Select all": True, "Remove": True,
    }  # fmt: skip
    next(action for action in menu.actions() if action.text() == "Move down").trigger()
    assert names(page)[0] == "QQ"
    menu.deleteLater()


def test_rows_say_what_they_need(page: Any, qtbot: Any, settled: Callable[[Any], None], contoso: Any) -> None:
    settled(contoso)
    words = [page.model.data(page.model.index(row), Qt.ItemDataRole.AccessibleDescriptionRole) for row in range(3)]
    assert words[0].startswith("needs the APP KEY")
    contoso.tools.vault.store("contoso", "WeChatSecret", "0123456789abcdef0123456789abcdef")
    qtbot.waitUntil(lambda: "ready" in page.model.data(page.model.index(0), Qt.ItemDataRole.AccessibleDescriptionRole))


def test_e_mail_and_password_stands_below_and_is_explained(page: Any) -> None:
    assert page.card.local.isVisible()
    page.do(edits.set_accounts("social"))
    assert not page.card.local.isVisible()
    assert page.sketch.view.sketch.drawing.form is None


def test_the_sketch_outlines_what_is_chosen(page: Any) -> None:
    (key,) = choose(page, 1)
    assert page.sketch.view.sketch._chosen == {key}


def test_the_sketch_is_described_to_a_screen_reader(page: Any) -> None:
    interface = QAccessible.queryAccessibleInterface(page.sketch.view.sketch)
    assert interface.text(QAccessible.Text.Name) == "Sketch of your sign-in page"
    assert "WeChat, QQ, Contoso employees" in interface.text(QAccessible.Text.Description)


def test_pressing_a_button_in_the_sketch_chooses_its_row(page: Any, qtbot: Any) -> None:
    sketch = page.sketch.view.sketch
    keys = [provider.key for provider in page.tools.session.draft.providers]

    def press(key: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        place = sketch.place(key)
        point = QPoint(round(place.left + place.width / 2), round(place.top + place.height / 2))
        qtbot.mouseClick(sketch, Qt.MouseButton.LeftButton, modifier, point)

    press(keys[2])
    assert page.list.selected_keys() == [keys[2]]
    assert page.list.current_key() == keys[2]
    assert page.list.hasFocus()
    press(keys[0], Qt.KeyboardModifier.ControlModifier)
    assert page.list.selected_keys() == [keys[0], keys[2]]
    press(keys[1])
    assert page.list.selected_keys() == [keys[1]]


def test_beside_the_buttons_a_press_does_nothing(page: Any, qtbot: Any) -> None:
    (key,) = choose(page, 1)
    qtbot.mouseClick(page.sketch.view.sketch, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert page.list.selected_keys() == [key]


def test_a_button_under_the_mouse_looks_as_on_the_real_page(page: Any, qtbot: Any) -> None:
    sketch = page.sketch.view.sketch
    place = sketch.place(page.tools.session.draft.providers[0].key)
    # Beside icon and text, where nothing but the face is painted.
    spot = QPoint(round(place.left + place.width * 0.8), round(place.top + place.height / 2))

    def color() -> str:
        return str(sketch.grab().toImage().pixelColor(spot * sketch.devicePixelRatioF()).name())

    assert color() == "#ffffff"
    qtbot.mouseMove(sketch, spot)
    qtbot.waitUntil(lambda: color() == "#4cc522")
    assert sketch.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_a_phone_can_be_looked_at(page: Any) -> None:
    page.sketch.screens[1].click()
    assert page.sketch.view.sketch.drawing.width == 390
    page.sketch.screens[0].click()
    assert page.sketch.view.sketch.drawing.width > 390


def test_what_was_chosen_for_the_sketch_is_remembered(page: Any, contoso: Any, make_wizard: Callable[..., Any]) -> None:
    page.sketch.designs.actions()[2].trigger()
    page.sketch.languages.actions()[1].trigger()
    page.sketch.screens[1].click()
    contoso.window.close()
    again = make_wizard(contoso.keeper.file)
    again.session.go("buttons")
    sketch = again.window.content.page.sketch
    assert (sketch.design, sketch.language, sketch.screen_shown) == ("classic", "zh-Hans", "phone")


@pytest.mark.parametrize("kept", ["", "nonsense", "classic nonsense de", "x y z a b"])
def test_what_is_not_known_any_more_counts_as_not_chosen(kept: str) -> None:
    chosen = Chosen.read(kept)
    assert chosen.design in ("classic", "")
    assert (chosen.screen, chosen.language) == ("desktop", "")


def test_the_page_design_of_new_policies_is_the_drafts_and_can_be_undone(page: Any) -> None:
    session = page.tools.session
    page.sketch.designs.actions()[2].trigger()
    assert session.draft.policies.page_design == "classic"
    assert session.undo_stack.undoText() == "Choose the page design"
    assert page.sketch.view.sketch.page.design == "classic"
    session.undo_stack.undo()
    assert page.sketch.design == "ocean-blue"
    session.undo_stack.redo()
    page.sketch.designs.actions()[0].trigger()
    assert session.draft.policies.page_design == ""  # the draft says nothing, as before
    assert "Your policies ask for" not in page.sketch.note.text()


def test_what_is_tried_for_a_user_flow_is_no_part_of_the_draft(page: Any) -> None:
    session = page.tools.session
    page.do(edits.set_kind("user-flow"))
    page.sketch.designs.actions()[2].trigger()
    assert session.draft.policies.page_design == ""
    assert page.sketch.design == "classic"
    assert page.tools.memory.now.sketch == "classic desktop "
    page.sketch.designs.actions()[0].trigger()
    assert page.tools.memory.now.sketch == " desktop "


def test_a_single_button_without_a_form_is_never_seen(page: Any) -> None:
    assert "people go straight" not in page.sketch.note.text()
    page.do(edits.set_accounts("social"))
    choose(page, 0, 2)
    page.remove.click()
    assert "people go straight to QQ" in page.sketch.note.text()
    assert "Approximate" in page.sketch.note.text()


def test_the_language_of_the_sketch_can_be_tried(page: Any) -> None:
    before = page.tools.session.draft
    page.sketch.languages.actions()[1].trigger()
    assert page.sketch.view.sketch.page.texts["sign_in"] == "登录"
    assert page.tools.session.draft == before


def test_a_finding_about_a_row_chooses_it(page: Any, contoso: Any) -> None:
    contoso.session.do(edits.rename_provider(contoso.session.draft.providers[1].key, "WeChat", "QQ"))
    finding = next(one for one in contoso.session.findings if one.field.endswith(".name"))
    assert page.focus_field(finding)
    assert page.list.selected_keys() == [finding.provider]


def test_all_rows_are_chosen_by_one_key_and_go_in_one_step(page: Any, qtbot: Any, said: list[str]) -> None:
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.list.selected_keys()) == 3
    count = page.tools.session.undo_stack.count()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert names(page) == []
    assert page.tools.session.undo_stack.count() == count + 1
    page.tools.session.undo_stack.undo()
    assert names(page) == ["WeChat", "QQ", "Contoso employees"]


def test_rows_between_are_chosen_with_shift_and_single_ones_with_ctrl(page: Any, qtbot: Any) -> None:
    def press(row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[str]:
        place = page.list.visualRect(page.model.index(row)).center()
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, modifier, place)
        return [page.tools.session.called(page.tools.session.draft.provider(key)) for key in page.list.selected_keys()]

    assert press(0) == ["WeChat"]
    assert press(2, Qt.KeyboardModifier.ShiftModifier) == ["WeChat", "QQ", "Contoso employees"]
    assert press(1, Qt.KeyboardModifier.ControlModifier) == ["WeChat", "Contoso employees"]


def test_rows_that_stand_apart_move_together_in_one_step(page: Any, said: list[str]) -> None:
    keys = choose(page, 0, 2)
    count = page.tools.session.undo_stack.count()
    page.down.click()
    assert names(page) == ["QQ", "WeChat", "Contoso employees"]
    assert said == ["2 buttons moved to 2 of 3"]
    assert page.tools.session.undo_stack.count() == count + 1
    assert page.list.selected_keys() == keys


def test_alt_home_and_end_go_to_the_ends(page: Any, qtbot: Any, said: list[str]) -> None:
    choose(page, 2)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert names(page) == ["Contoso employees", "WeChat", "QQ"]
    qtbot.keyClick(page.list, Qt.Key.Key_End, Qt.KeyboardModifier.AltModifier)
    assert names(page) == ["WeChat", "QQ", "Contoso employees"]
    assert said == ["Contoso employees moved to 1 of 3", "Contoso employees moved to 3 of 3"]


def test_what_is_said_reaches_a_screen_reader(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append((event.object(), event.message()))
    )
    choose(page, 1)
    told.clear()
    page.up.click()
    assert (page.list, "QQ moved to 1 of 3") in told


def test_fifty_rows_scroll_and_the_current_one_is_in_sight(page: Any, qtbot: Any) -> None:
    session = page.tools.session
    for number in range(47):
        session.do(edits.add_provider("openid-connect", "OpenID Connect", f"n{number}", name=f"Contoso {number}"))
    page.list.select(["n46"])
    assert page.list.viewport().rect().intersects(page.list.visualRect(page.list.currentIndex()))
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert session.draft.providers[48].key == "n46"
    area = page.parentWidget().parentWidget().parentWidget()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert page.list.verticalScrollBar().maximum() > 0
    assert page.list.viewport().rect().intersects(page.list.visualRect(page.list.currentIndex()))


def test_a_narrow_page_puts_the_sketch_below(page: Any, contoso: Any, qtbot: Any) -> None:
    contoso.window.resize(800, 700)
    qtbot.waitUntil(lambda: page._sides[1].mapTo(page, QPoint()).y() > page._sides[0].geometry().bottom())
    contoso.window.resize(1280, 700)
    qtbot.waitUntil(lambda: page._sides[1].y() == page._sides[0].y())


def test_adding_any_provider_asks_for_its_name_at_once(page: Any, qtbot: Any) -> None:
    page.acts.add("openid-connect")
    qtbot.waitUntil(lambda: page.list.findChild(QLineEdit, "inline") is not None)
    editor = page.list.findChild(QLineEdit, "inline")
    editor.selectAll()
    qtbot.keyClicks(editor, "Fabrikam staff")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(page)[-1] == "Fabrikam staff")
    page.tools.session.undo_stack.undo()
    page.tools.session.undo_stack.undo()
    assert len(names(page)) == 3


def test_keys_of_removed_rows_are_not_given_again(page: Any) -> None:
    stack = page.tools.session.undo_stack
    page.acts.add("qq")
    first = page.tools.session.draft.providers[-1].key
    stack.undo()
    page.acts.add("qq")
    assert page.tools.session.draft.providers[-1].key != first
