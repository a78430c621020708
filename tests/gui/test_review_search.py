"""Review: searching in the journeys and in a file, copying, what stays open, and what is shown while it is old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from latchkey.draft import edits
from latchkey.gui.models.story_model import NODE
from latchkey.gui.pages.review_tabs import CHECKS, FILES, JOURNEY, PICTURE

Settled = Callable[[Any], None]


@pytest.fixture
def page(contoso: Any, settled: Settled, qtbot: Any) -> Any:
    """The page on the example, told."""
    contoso.session.go("review")
    settled(contoso)
    made = contoso.window.content.page
    qtbot.waitUntil(lambda: bool(made._told.journeys))
    return made


def shown(page: Any) -> list[str]:
    """The titles of all lines in sight, from the top."""
    tree, found = page.journey.tree, []
    index = page.journey.story.index(0, 0)
    while index.isValid():
        found.append(index.data())
        index = tree.indexBelow(index)
    return found


def act(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().startswith(text))


def current(page: Any) -> Any:
    return page.journey.tree.currentIndex().data(NODE)


def test_a_search_shows_the_hits_and_the_way_to_them(page: Any) -> None:
    before = shown(page)
    QTest.keyClick(page.journey.tree, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = page.journey.search.field
    assert page.window().focusWidget() is field
    QTest.keyClicks(field, "qq nickname")
    assert page.journey.search.said() == "Nothing found"
    assert not page.journey.search.next.isEnabled()
    field.clear()
    QTest.keyClicks(field, "qqexchange")
    assert shown(page)[:3] == ["Sign up or sign in", "1 · Show the sign-in page", "Button “QQ”"]
    assert "Button “WeChat”" not in shown(page)
    assert page.journey.search.said().startswith("1 of ")
    assert current(page).title == "Button “QQ”"
    assert 'TargetClaimsExchangeId="QQExchange"' in page.card.xml.marked_text()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert current(page).title == "QQ → QQ-OAuth2"
    QTest.keyClick(field, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert current(page).title == "Button “QQ”"
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert page.journey.search.said() == "{0} of {0}".format(page.journey.search.said().rpartition(" ")[2])
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert page.journey.search.said() == ""
    assert set(before) <= set(shown(page))
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert page.window().focusWidget() is page.journey.tree


def test_a_search_goes_on_in_a_newer_story(page: Any, contoso: Any, settled: Settled, qtbot: Any) -> None:
    page.journey.search.field.setText("button")
    assert [title for title in shown(page) if title.startswith("Button")][:2] == ["Button “WeChat”", "Button “QQ”"]
    contoso.session.do(edits.move_provider(contoso.session.draft.providers[1].key, 0, "QQ"))
    settled(contoso)
    qtbot.waitUntil(lambda: [t for t in shown(page) if t.startswith("Button")][:1] == ["Button “QQ”"])
    assert page.journey.search.said()[0] in "123456789"


def test_what_is_open_stays_open_while_it_is_told_again(page: Any, contoso: Any, settled: Settled, qtbot: Any) -> None:
    """Also where the part is away for a while: a tenant that has no name leaves nothing to show."""
    tree, story = page.journey.tree, page.journey.story
    step = story.index(1, 0, story.index(0, 0))
    exchange = story.index(0, 0, step)
    tree.expand(step)
    tree.expand(exchange)
    tree.expand(story.index(0, 0, exchange))
    assert "Technical profile WeChat-OAuth2" in shown(page)
    claims = [title for title in shown(page) if "←" in title]
    assert claims
    tree.collapse(story.index(0, 0, story.index(0, 0)))
    assert "Button “WeChat”" not in shown(page)
    name = contoso.session.draft.tenant.name
    contoso.session.do(edits.set_tenant_name("con toso"))
    settled(contoso)
    qtbot.waitUntil(lambda: story.rowCount() == 0)
    contoso.session.do(edits.set_tenant_name(name))
    settled(contoso)
    qtbot.waitUntil(lambda: story.rowCount() > 0)
    assert [title for title in shown(page) if "←" in title] == claims
    assert "Button “WeChat”" not in shown(page)


def test_only_what_is_new_or_changed_is_shown_where_one_asks(page: Any) -> None:
    before = shown(page)
    page.journey.only.click()
    titles = shown(page)
    assert "Button “WeChat”" in titles
    assert "Link to sign up" not in titles
    assert not [title for title in titles if title.startswith("5 · ")]
    count = len(page.journey._found.hits)
    assert page.journey.search.said() == f"1 of {count}"
    QTest.keyClick(page.window(), Qt.Key.Key_F3)
    assert page.journey.search.said() == f"2 of {count}"
    page.journey.search.field.setText("forgot")
    assert set(shown(page)) < set(titles) | {title for title in shown(page) if "orgot" in title or "·" in title}
    page.journey.search.field.clear()
    page.journey.only.click()
    assert shown(page) == before


def test_an_empty_tree_says_why(page: Any) -> None:
    full = page.journey.tree.viewport().grab().toImage()
    page.journey.search.field.setText("no such thing")
    assert page.journey.story.rowCount() == 0
    empty = page.journey.tree.viewport().grab().toImage()
    assert empty != full
    assert len({empty.pixel(x, y) for x in range(0, empty.width(), 2) for y in range(16, 40)}) > 1


def test_a_line_is_copied_in_words_and_by_its_id(page: Any) -> None:
    tree, story = page.journey.tree, page.journey.story
    step = story.index(0, 0, story.index(0, 0))
    tree.choose(story.index(1, 0, step))
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Button “QQ”, new"
    menu = tree.menu()
    act(menu, "Copy the id “QQExchange”").trigger()
    assert QApplication.clipboard().text() == "QQExchange"
    act(menu, "Copy the XML").trigger()
    assert QApplication.clipboard().text() == page.card.xml.marked_text()
    tree.choose(story.index(1, 0, story.index(0, 0)))
    act(tree.menu(), "Open all below").trigger()
    assert "Technical profile QQ-OAuth2" in shown(page)
    act(tree.menu(), "Close all below").trigger()
    assert "WeChat → WeChat-OAuth2" not in shown(page)


def test_the_menu_key_opens_the_menu_of_the_chosen_line(page: Any, qtbot: Any) -> None:
    tree = page.journey.tree
    tree.setFocus()
    place = tree.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, tree.viewport().mapToGlobal(place))
    QApplication.sendEvent(tree.viewport(), event)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()][:1] == ["Copy the text"]
    menu.close()


def test_words_are_found_in_the_file(page: Any) -> None:
    card = page.card
    page._show_tab(FILES)
    page.file_list.setCurrentIndex(page.files.index(page.files.row_of("TrustFrameworkExtensions.xml")))
    card.xml.setFocus()
    QTest.keyClick(card.xml, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.window().focusWidget() is card.search.field
    QTest.keyClicks(card.search.field, "wechatexchange")
    count = card.xml.toPlainText().lower().count("wechatexchange")
    assert card.search.said() == f"1 of {count}"
    assert len(card.xml.extraSelections()) == count
    card.search.next.click()
    assert card.search.said() == f"2 of {count}"
    assert card.xml.textCursor().selectedText() == "WeChatExchange"
    card.search.previous.click()
    card.search.previous.click()
    assert card.search.said() == f"{count} of {count}"
    page.file_list.setCurrentIndex(page.files.index(page.files.row_of("SignUpOrSignin.xml")))
    assert card.search.said() == "Nothing found"
    QTest.keyClick(card.search.field, Qt.Key.Key_Escape)
    assert not card.search.isVisible()
    assert card.xml.extraSelections() == []


def test_the_whole_file_opens_at_the_same_place(page: Any) -> None:
    story = page.journey.story
    page.journey.tree.choose(story.index(1, 0, story.index(0, 0, story.index(0, 0))))
    marked = page.card.xml.marked_text()
    page.window().resize(1280, 720)
    page.card.whole_wanted.emit()
    assert page.tabs.checkedId() == FILES
    assert page.file_list.currentIndex().data() == "TrustFrameworkExtensions.xml"
    assert page.card.xml.marked_text() == marked
    assert not page.card.whole.isVisible()
    page.card.xml.verticalScrollBar().setValue(0)
    page.card.line.click()
    assert page.card.xml.verticalScrollBar().value() > 0


def test_a_narrow_card_leaves_to_its_menu_what_has_no_room(page: Any, qtbot: Any) -> None:
    page.window().resize(1280, 720)
    assert page.card.line.isVisible()
    page.window().resize(900, 700)
    qtbot.waitUntil(lambda: page.card.width() < 340)
    assert not page.card.line.isVisible()
    texts = [action.text() for action in page.card.menu().actions()]
    assert texts[-1] == "Open the whole file"


def test_what_is_old_says_so_and_stays(page: Any, contoso: Any, settled: Settled, qtbot: Any) -> None:
    assert not page.veil.lies
    before = shown(page)
    contoso.session.do(edits.move_provider(contoso.session.draft.providers[1].key, 0, "QQ"))
    assert page.veil.lies
    assert shown(page) == before
    page.veil._appear()  # as after a quarter of a second
    assert page.veil.isVisible()
    assert page.veil._says == "Bringing it up to date…"
    assert page.veil.geometry() == page.stack.rect()
    page.journey.tree.setCurrentIndex(page.journey.story.index(0, 0))  # and it can be worked with
    settled(contoso)
    qtbot.waitUntil(lambda: not page.veil.lies)
    assert not page.veil.isVisible()


def test_before_the_first_set_is_there_something_is_said(contoso: Any, settled: Settled, qtbot: Any) -> None:
    contoso.session.go("review")
    page = contoso.window.content.page
    assert page.veil.lies
    assert page.veil._says == "Putting it together…"
    settled(contoso)
    qtbot.waitUntil(lambda: not page.veil.lies)


@pytest.mark.parametrize("width", [640, 900, 1280])
def test_the_tabs_are_whole_at_every_width(page: Any, width: int, qtbot: Any) -> None:
    page.window().resize(width, 600)
    qtbot.waitUntil(lambda: page.window().width() == width)
    area = page.window().content._room.stack.currentWidget()
    for tab in (JOURNEY, PICTURE, FILES, CHECKS):
        made = page.tabs.button(tab)
        assert made.width() >= made.sizeHint().width()
        right = made.mapTo(page, made.rect().topRight()).x()
        assert right <= area.viewport().width()
        made.click()
        qtbot.waitUntil(lambda: page.stack.width() <= area.viewport().width())


def test_tab_goes_through_the_parts_in_order(page: Any) -> None:
    page.journey.search.field.setFocus()
    order = []
    for _step in range(8):
        order.append(page.window().focusWidget())
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
    assert order.index(page.journey.tree) < order.index(page.card.look) < order.index(page.card.copy)
    assert page.card.xml in order
