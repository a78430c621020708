"""The gallery: sections, search in two languages, keys, and never a dead end."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit

from latchkey.gui.models.gallery_model import ENTRY, GalleryModel
from latchkey.gui.widgets.gallery import Gallery
from latchkey.text import set_language

HEADINGS = ["Known in China", "Social accounts", "At work", "Official identity", "Any other provider"]


@pytest.fixture
def page(contoso: Any) -> Any:
    """The page on the example: WeChat, QQ, Contoso employees."""
    contoso.session.go("buttons")
    contoso.window.activateWindow()
    return contoso.window.content.page


@pytest.fixture
def gallery(page: Any, qtbot: Any) -> Any:
    session = page.tools.session
    made = Gallery(page.tools, session.catalogue, "custom", ["wechat"], page)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def rows(gallery: Any) -> list[str]:
    return [gallery.model.index(row).data() for row in range(gallery.model.rowCount())]


def found(gallery: Any) -> list[str]:
    """What can be chosen, without the headings."""
    return [row for row in rows(gallery) if row not in HEADINGS]


def row_of(gallery: Any, title: str) -> int:
    return rows(gallery).index(title)


def chosen(gallery: Any) -> str:
    return str(gallery.list.currentIndex().data())


def test_it_has_sections_and_ends_with_any_provider(gallery: Any) -> None:
    assert [row for row in rows(gallery) if row in HEADINGS] == HEADINGS
    assert rows(gallery)[:4] == ["Known in China", "WeChat", "QQ", "Weibo"]
    assert rows(gallery)[-4:] == [
        "Any other provider", "Another provider that speaks OpenID Connect…",
        "Another provider that speaks OAuth 2.0…", "Another provider that speaks SAML 2.0…",
    ]  # fmt: skip
    assert chosen(gallery) == "QQ"  # the first that is not there yet
    assert gallery.field.hasFocus() or not QApplication.focusWidget()


def test_every_type_is_there_once(gallery: Any, page: Any) -> None:
    offered = [gallery.model.index(row).data(ENTRY) for row in range(gallery.model.rowCount())]
    types = [entry.type for entry in offered if entry is not None]
    assert sorted(types) == sorted(page.tools.session.catalogue)


def test_a_heading_can_not_be_chosen(gallery: Any) -> None:
    heading = gallery.model.index(row_of(gallery, "Social accounts"))
    assert not heading.flags() & Qt.ItemFlag.ItemIsSelectable
    assert heading.data(ENTRY) is None


@pytest.mark.parametrize("words", ["weixin", "微信", "WEIXIN", "ｗｅｉｘｉｎ", "wei xin", "wx", "腾讯 wei"])
def test_a_name_is_found_as_people_write_it(gallery: Any, qtbot: Any, words: str) -> None:
    gallery.field.setText(words)
    assert chosen(gallery) == "WeChat"
    assert gallery.none.isHidden()


def test_the_best_is_chosen_and_not_the_first(gallery: Any) -> None:
    gallery.field.setText("x")
    assert chosen(gallery) == "X"
    assert "WeChat" in found(gallery)  # weixin holds an x too
    gallery.field.setText("apple")
    assert chosen(gallery) == "Apple"
    gallery.field.setText("")
    assert chosen(gallery) == "QQ"


def test_a_section_without_a_find_has_no_heading(gallery: Any) -> None:
    gallery.field.setText("google")
    assert rows(gallery)[:2] == ["Social accounts", "Google"]
    assert "At work" not in rows(gallery)


def test_nothing_found_offers_what_fits_any_provider_and_keeps_the_name(gallery: Any, qtbot: Any) -> None:
    taken: list[tuple[str, str]] = []
    gallery.taken.connect(lambda type_, name: taken.append((type_, name)))
    gallery.field.setText("  Fabrikam   staff ")
    assert found(gallery)[0] == "Another provider that speaks OpenID Connect…"
    assert "“Fabrikam   staff”" in gallery.none.text()
    assert gallery.none.isVisible()
    assert gallery.add.isEnabled()
    qtbot.keyClick(gallery.field, Qt.Key.Key_Return)
    assert taken == [("openid-connect", "Fabrikam staff")]


def test_a_name_that_a_protocol_is_known_for_leads_there(gallery: Any, qtbot: Any) -> None:
    taken: list[tuple[str, str]] = []
    gallery.taken.connect(lambda type_, name: taken.append((type_, name)))
    gallery.field.setText("shibboleth")
    assert chosen(gallery) == "Another provider that speaks SAML 2.0…"
    qtbot.keyClick(gallery.field, Qt.Key.Key_Return)
    assert taken == [("saml", "")]


def test_the_searched_name_becomes_the_buttons(page: Any, qtbot: Any) -> None:
    page.open_gallery()
    gallery: Any = QApplication.activeModalWidget()
    gallery.field.setText("Fabrikam staff")
    gallery.add.click()
    assert page.tools.session.draft.providers[-1].name == "Fabrikam staff"
    assert page.tools.session.undo_stack.undoText() == "Add Fabrikam staff"
    qtbot.waitUntil(lambda: page.list.findChild(QLineEdit, "inline") is not None)
    assert page.list.findChild(QLineEdit, "inline").text() == "Fabrikam staff"


def test_enter_in_the_search_takes_the_best(gallery: Any, qtbot: Any) -> None:
    qtbot.keyClicks(gallery.field, "qq")
    qtbot.keyClick(gallery.field, Qt.Key.Key_Return)
    assert gallery.chosen == "qq"
    assert not gallery.isVisible()


def test_escape_leaves_without_choosing(gallery: Any, qtbot: Any) -> None:
    qtbot.keyClick(gallery.field, Qt.Key.Key_Escape)
    assert gallery.chosen == ""
    assert not gallery.isVisible()


def test_arrows_walk_over_headings(gallery: Any, qtbot: Any) -> None:
    gallery.activateWindow()
    qtbot.keyClick(gallery.field, Qt.Key.Key_Down)
    assert gallery.list.hasFocus()
    seen = [chosen(gallery)]
    for _ in range(3):
        qtbot.keyClick(gallery.list, Qt.Key.Key_Right)
        seen.append(chosen(gallery))
    assert seen == ["QQ", "Weibo", "Amazon", "Apple"]
    qtbot.keyClick(gallery.list, Qt.Key.Key_Left)
    qtbot.keyClick(gallery.list, Qt.Key.Key_Left)
    assert chosen(gallery) == "Weibo"
    qtbot.keyClick(gallery.list, Qt.Key.Key_Down)
    assert chosen(gallery) == "eBay"  # below it, over the heading between
    qtbot.keyClick(gallery.list, Qt.Key.Key_Up)
    assert chosen(gallery) == "Weibo"
    qtbot.keyClick(gallery.list, Qt.Key.Key_End)
    assert chosen(gallery) == "Another provider that speaks SAML 2.0…"
    qtbot.keyClick(gallery.list, Qt.Key.Key_Return)
    assert gallery.chosen == "saml"


def test_up_from_the_first_line_goes_back_to_the_search(gallery: Any, qtbot: Any) -> None:
    gallery.activateWindow()
    qtbot.keyClick(gallery.field, Qt.Key.Key_Down)
    qtbot.keyClick(gallery.list, Qt.Key.Key_Up)
    assert gallery.field.hasFocus()


def test_letters_typed_over_the_cards_are_a_search(gallery: Any, qtbot: Any) -> None:
    gallery.activateWindow()
    qtbot.keyClick(gallery.field, Qt.Key.Key_Down)
    qtbot.keyClick(gallery.list, Qt.Key.Key_G)
    qtbot.keyClicks(gallery.field, "ithub")
    assert gallery.field.text() == "github"
    assert chosen(gallery) == "GitHub"


def test_a_double_click_takes_a_card_and_a_heading_is_none(gallery: Any, qtbot: Any) -> None:
    def press_twice(row: int) -> None:
        place = gallery.list.visualRect(gallery.model.index(row)).center()
        qtbot.mouseClick(gallery.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(gallery.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    press_twice(0)
    assert gallery.chosen == ""
    press_twice(row_of(gallery, "Google"))
    assert gallery.chosen == "google"


def test_what_is_in_the_list_already_says_so(gallery: Any) -> None:
    index = gallery.model.index(row_of(gallery, "WeChat"))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "WeChat, already in your list"
    interface = QAccessible.queryAccessibleInterface(gallery.list)
    assert interface.text(QAccessible.Text.Name) == "Ways to sign in"


def test_user_flows_are_offered_what_they_can_have(page: Any) -> None:
    session = page.tools.session
    model = GalleryModel(session.catalogue, "user-flow", [])
    offered = [model.index(row).data(ENTRY) for row in range(model.rowCount())]
    assert {entry.type for entry in offered if entry is not None} == {
        entry.type for entry in session.catalogue.values() if "user-flow" in entry.kinds
    }


def test_names_are_in_the_readers_language(page: Any) -> None:
    set_language("zh_CN")
    model = GalleryModel(page.tools.session.catalogue, "custom", [])
    assert model.index(1).data() == "微信"
