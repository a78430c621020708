"""Review: journeys in words, the XML behind them, files, checks, and what is said of an unfinished draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from latchkey.check.finding import Finding, Level
from latchkey.draft import edits
from latchkey.gui.models.story_model import NODE
from latchkey.gui.pages.review_tabs import CHECKS, FILES, JOURNEY
from latchkey.gui.widgets.xml_view import Span, spans

Settled = Callable[[Any], None]


@pytest.fixture
def page(contoso: Any, settled: Settled, qtbot: Any) -> Any:
    """The page on the example, told."""
    contoso.session.go("review")
    settled(contoso)
    made = contoso.window.content.page
    qtbot.waitUntil(lambda: bool(made._told.journeys))
    return made


def links(page: Any) -> list[QPushButton]:
    return [page.note.links.itemAt(number).widget() for number in range(page.note.links.count())]


def buttons(page: Any) -> list[str]:
    """The titles of the lines below the first step."""
    step = page.journey.story.index(0, 0, page.journey.story.index(0, 0))
    return [page.journey.story.index(row, 0, step).data() for row in range(page.journey.story.rowCount(step))]


def test_the_journey_is_told_and_its_first_steps_stand_open(page: Any) -> None:
    first = page.journey.story.index(0, 0)
    assert first.data() == "Sign up or sign in"
    assert page.journey.tree.isExpanded(first)
    assert buttons(page)[:3] == ["Button “WeChat”", "Button “QQ”", "Button “Contoso employees”"]


def test_the_xml_of_what_is_chosen_is_marked(page: Any) -> None:
    step = page.journey.story.index(0, 0, page.journey.story.index(0, 0))
    page.journey.tree.setCurrentIndex(page.journey.story.index(1, 0, step))
    assert page.card.file_name.accessibleName() == "TrustFrameworkExtensions.xml"
    assert 'TargetClaimsExchangeId="QQExchange"' in page.card.xml.marked_text()
    number = int(page.card.line.text().removeprefix("line "))
    assert "QQExchange" in page.card.xml.document().findBlockByNumber(number - 1).text()
    page.card.copy.click()
    assert QApplication.clipboard().text() == page.card.xml.marked_text()


def test_a_whole_element_is_marked_to_its_end(page: Any) -> None:
    page.journey.tree.setCurrentIndex(page.journey.story.index(0, 0))
    marked = page.card.xml.marked_text().strip()
    assert marked.startswith("<UserJourney ")
    assert marked.endswith("</UserJourney>")


def test_a_change_keeps_what_is_open_and_chosen(page: Any, contoso: Any, settled: Settled, qtbot: Any) -> None:
    step = page.journey.story.index(0, 0, page.journey.story.index(0, 0))
    page.journey.tree.setCurrentIndex(page.journey.story.index(1, 0, step))
    contoso.session.do(edits.move_provider(contoso.session.draft.providers[1].key, 0, "QQ"))
    settled(contoso)
    qtbot.waitUntil(lambda: buttons(page)[0] == "Button “QQ”")
    current = page.journey.tree.currentIndex()
    assert current.data(NODE).id == "QQExchange"
    assert current.row() == 0
    assert page.journey.tree.isExpanded(current.parent())
    assert "QQExchange" in page.card.xml.marked_text()


def test_the_files_are_those_that_would_be_written(page: Any, contoso: Any) -> None:
    page._show_tab(FILES)
    composed = contoso.session.composed.composed
    assert [page.files.index(row).data() for row in range(page.files.rowCount())] == [
        one.file for one in composed.files
    ]
    for row, file in enumerate(composed.files):
        page.file_list.setCurrentIndex(page.files.index(row))
        assert page.card.xml.toPlainText().splitlines() == file.data.decode().splitlines()


def test_all_well_is_said(page: Any) -> None:
    page._show_tab(CHECKS)
    assert page.found.all_well.isVisible()
    assert page.found.well.text() == "6 files were checked: nothing is wrong."
    assert not page.note.isVisible()


def test_the_tabs_are_worked_with_the_mouse(page: Any, qtbot: Any) -> None:
    for tab in (FILES, CHECKS, JOURNEY):
        qtbot.mouseClick(page.tabs.button(tab), Qt.MouseButton.LeftButton)
        assert page.tabs.checkedId() == tab
        assert page.found.checks.isVisible() == (tab == CHECKS and bool(page.found.findings.rowCount()))


def test_an_unfinished_draft_is_a_preview_with_links(page: Any, contoso: Any, settled: Settled, qtbot: Any) -> None:
    key = contoso.session.draft.providers[0].key
    contoso.session.do(edits.set_client_id(key, "", "WeChat"))
    settled(contoso)
    qtbot.waitUntil(page.note.isVisible)
    assert page.note.says.text().startswith("This is a preview.")
    assert [link.text() for link in links(page)] == ["WeChat: The APP ID is still missing."]
    assert page.stack.isVisible()
    assert page.tabs.button(CHECKS).text() == "Checks (1)"
    links(page)[0].click()
    assert contoso.session.step == f"provider:{key}"
    assert contoso.window.content.page.credentials.client_id.editor is contoso.window.focusWidget()


def test_where_nothing_can_be_shown_it_is_said_what_is_missing(
    page: Any, contoso: Any, settled: Settled, qtbot: Any
) -> None:
    contoso.session.do(edits.set_tenant_name("con toso"))
    settled(contoso)
    qtbot.waitUntil(lambda: not page.stack.isVisible())
    assert page.note.says.text().startswith("There is nothing to look at yet.")
    links(page)[0].click()
    assert contoso.session.step == "tenant"


def test_many_missing_things_are_counted(page: Any, contoso: Any, settled: Settled, qtbot: Any) -> None:
    session = contoso.session
    for provider in session.draft.providers:
        session.do(edits.set_client_id(provider.key, "", "it"))
    session.do(edits.set_ief_app_id(""))
    settled(contoso)
    qtbot.waitUntil(lambda: len(links(page)) == 4)
    assert links(page)[3].text() == "All 4…"
    links(page)[3].click()
    assert page.tabs.checkedId() == CHECKS
    assert page.found.findings.rowCount() == 4


def test_a_finding_in_a_file_goes_to_its_line(page: Any) -> None:
    finding = Finding("any", Level.ERROR, "Wrong.", "Mend it.", file="TrustFrameworkBase.xml", line=20)
    assert page.focus_field(finding)
    assert page.tabs.checkedId() == FILES
    assert page.card.file_name.accessibleName() == "TrustFrameworkBase.xml"
    assert page.card.line.text() == "line 20"


def test_a_chosen_check_goes_to_its_field(page: Any, contoso: Any, settled: Settled, qtbot: Any) -> None:
    contoso.session.do(edits.set_ief_app_id("wrong"))
    settled(contoso)
    page._show_tab(CHECKS)
    place = page.found.checks.visualRect(page.found.findings.index(0)).center()
    qtbot.mouseClick(page.found.checks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.found.panel.go.text() == "Go to the answer"
    page.found.panel.go.click()
    assert contoso.session.step == "accounts"


def test_it_speaks_the_language_in_force(page: Any, contoso: Any, qtbot: Any, settled: Settled) -> None:
    contoso.choose_language("zh_CN")
    settled(contoso)
    qtbot.waitUntil(lambda: page._told.language == "zh_CN")
    contoso.choose_language("en")
    settled(contoso)
    qtbot.waitUntil(lambda: page._told.language == "en")


def test_lines_are_coloured_lightly() -> None:
    line = '  <Item Key="scope">openid</Item> <!-- why -->'
    assert [(line[span.start : span.start + span.length], span.token) for span in spans(line, in_comment=False)] == [
        ("<Item", "accent"), ('"scope"', "attention"), (">", "accent"), ("</Item", "accent"), (">", "accent"),
        ("<!-- why -->", "soft"),
    ]  # fmt: skip
    assert next(spans("still --> <A>", in_comment=True)) == Span(0, 9, "soft")
    assert list(spans("all of it", in_comment=True)) == [Span(0, 9, "soft")]
