"""Sign-in buttons: add, remove, order, rename; the sketch and the words follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit

from latchkey.draft import edits
from latchkey.draft.draft import Draft
from latchkey.gui.pages import buttons as page_module
from latchkey.gui.widgets.gallery import Gallery


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
    monkeypatch.setattr(page_module, "announce", lambda _widget, text: texts.append(text))
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
    assert said == ["2 buttons removed. Ctrl+Z brings it back."]
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
    menu = page.row_menu()
    able = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert able == {"Set up…": True, "Rename": True, "Move up": False, "Move down": True, "Remove": True}
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


def test_design_and_language_of_the_sketch_can_be_tried(page: Any) -> None:
    before = page.tools.session.draft
    page.sketch.designs.actions()[2].trigger()
    assert page.sketch.view.sketch._page.design == "classic"
    page.sketch.languages.actions()[1].trigger()
    assert page.sketch.view.sketch._page.texts["sign_in"] == "登录"
    assert page.tools.session.draft == before


def test_a_finding_about_a_row_chooses_it(page: Any, contoso: Any) -> None:
    contoso.session.do(edits.rename_provider(contoso.session.draft.providers[1].key, "WeChat", "QQ"))
    finding = next(one for one in contoso.session.findings if one.field.endswith(".name"))
    assert page.focus_field(finding)
    assert page.list.selected_keys() == [finding.provider]


def test_fifty_rows_scroll_and_the_current_one_is_in_sight(page: Any, qtbot: Any) -> None:
    session = page.tools.session
    for number in range(47):
        session.do(edits.add_provider("openid-connect", "OpenID Connect", f"n{number}", name=f"Contoso {number}"))
    page.list.select(["n46"])
    assert page.list.viewport().rect().intersects(page.list.visualRect(page.list.currentIndex()))
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert session.draft.providers[48].key == "n46"
    assert page.list.viewport().rect().intersects(page.list.visualRect(page.list.currentIndex()))


def test_a_narrow_page_puts_the_sketch_below(page: Any, contoso: Any, qtbot: Any) -> None:
    contoso.window.resize(800, 700)
    qtbot.waitUntil(lambda: page._sides[1].mapTo(page, QPoint()).y() > page._sides[0].geometry().bottom())
    contoso.window.resize(1280, 700)
    qtbot.waitUntil(lambda: page._sides[1].y() == page._sides[0].y())


# The gallery


@pytest.fixture
def gallery(page: Any, qtbot: Any) -> Any:
    session = page.tools.session
    made = Gallery(page.tools, session.catalogue, "custom", ["wechat"], page)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def found(gallery: Any) -> list[str]:
    return [gallery.model.index(row).data() for row in range(gallery.model.rowCount())]


def test_the_gallery_ends_with_any_provider(gallery: Any) -> None:
    assert found(gallery)[:2] == ["WeChat", "QQ"]
    assert "Another provider that speaks OpenID Connect…" in found(gallery)
    assert gallery.field.hasFocus() or not QApplication.focusWidget()


def test_search_finds_and_is_never_a_dead_end(gallery: Any, qtbot: Any) -> None:
    qtbot.keyClicks(gallery.field, "weixin")
    assert found(gallery)[0] == "WeChat"
    assert gallery.none.isHidden()
    gallery.field.selectAll()
    qtbot.keyClicks(gallery.field, "no such thing")
    assert found(gallery)[0].startswith("Another provider")
    assert gallery.none.isVisible()
    assert gallery.add.isEnabled()


def test_enter_in_the_search_takes_the_first(gallery: Any, qtbot: Any) -> None:
    qtbot.keyClicks(gallery.field, "qq")
    qtbot.keyClick(gallery.field, Qt.Key.Key_Return)
    assert gallery.chosen == "qq"
    assert not gallery.isVisible()


def test_arrows_go_from_the_search_into_the_gallery(gallery: Any, qtbot: Any) -> None:
    gallery.activateWindow()
    qtbot.keyClick(gallery.field, Qt.Key.Key_Down)
    assert gallery.list.hasFocus()
    qtbot.keyClick(gallery.list, Qt.Key.Key_Right)
    assert gallery.list.currentIndex().row() == 1
    qtbot.keyClick(gallery.list, Qt.Key.Key_Return)
    assert gallery.chosen == "qq"


def test_what_is_in_the_list_already_says_so(gallery: Any) -> None:
    said = gallery.model.data(gallery.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "WeChat, already in your list"


def test_user_flows_are_offered_what_they_can_have(page: Any) -> None:
    session = page.tools.session
    from latchkey.gui.models.gallery_model import ENTRY, GalleryModel

    model = GalleryModel(session.catalogue, "user-flow", [])
    offered = [model.index(row).data(ENTRY) for row in range(model.rowCount())]
    assert {entry.type for entry in offered} == {
        entry.type for entry in session.catalogue.values() if "user-flow" in entry.kinds
    }


def test_adding_any_provider_asks_for_its_name_at_once(page: Any, qtbot: Any) -> None:
    page.add_type("openid-connect")
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
    page.add_type("qq")
    first = page.tools.session.draft.providers[-1].key
    stack.undo()
    page.add_type("qq")
    assert page.tools.session.draft.providers[-1].key != first
