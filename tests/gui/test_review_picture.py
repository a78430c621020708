"""Review: the picture of a journey."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from latchkey.draft import edits
from latchkey.gui.models.story_model import NODE
from latchkey.gui.pages.review_tabs import JOURNEY, PICTURE

Settled = Callable[[Any], None]


@pytest.fixture
def page(contoso: Any, settled: Settled, qtbot: Any) -> Any:
    """The page on the example, with the picture in sight."""
    contoso.session.go("review")
    settled(contoso)
    made = contoso.window.content.page
    qtbot.waitUntil(lambda: bool(made._told.journeys))
    made.tabs.button(PICTURE).click()
    return made


def box(page: Any, says: str) -> Any:
    return next(one for one in page.picture._flow.boxes if one.says.startswith(says))


def test_the_picture_tells_the_journey_and_marks_what_is_new(page: Any) -> None:
    assert page.picture.view.isVisible()
    assert [page.picture.journeys.itemText(number) for number in range(page.picture.journeys.count())] == [
        journey.title for journey in page._told.journeys
    ]
    assert box(page, "Button “WeChat”").says == "Button “WeChat” · new"
    assert page.picture.view.grab().toImage().pixelColor(30, 30).isValid()


def test_a_click_chooses_the_part_in_the_tree_too(page: Any) -> None:
    part = box(page, "Button “QQ”")
    QTest.mouseClick(page.picture.view.viewport(), Qt.MouseButton.LeftButton, pos=page.picture.view.place_of(part))
    assert page.picture.view.current is part
    assert page.picture._says.text() == "Button “QQ” · new"
    assert page.journey.tree.currentIndex().data(NODE) is part.node
    assert page.tabs.checkedId() == PICTURE
    page.picture.open.click()
    assert page.tabs.checkedId() == JOURNEY
    assert 'TargetClaimsExchangeId="QQExchange"' in page.card.xml.marked_text()


def test_the_arrow_keys_go_from_part_to_part_and_return_opens(page: Any) -> None:
    view = page.picture.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.current.says.startswith("1 · Show the sign-in page")
    seen = [view.current.says]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(view, key)
        seen.append(view.current.says)
    assert seen[1].startswith("Button “WeChat”")
    assert seen[2].startswith("WeChat → WeChat-OAuth2")
    assert seen[3] == seen[1]
    assert seen[4].endswith("Tell your app who it is")
    assert seen[5] == seen[0]
    assert view.accessibleDescription() == seen[0]
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert page.tabs.checkedId() == JOURNEY
    assert page.journey.tree.hasFocus()


def test_who_has_the_focus_is_seen_also_where_a_part_was_chosen_before(page: Any) -> None:
    view = page.picture.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    having = view.viewport().grab().toImage()
    page.picture.fit.setFocus()
    assert view.current is not None
    assert view.viewport().grab().toImage() != having


def test_it_zooms_around_the_mouse_and_fits(page: Any) -> None:
    view = page.picture.view
    before = view.percent
    page.picture.larger.click()
    assert view.percent > before
    assert page.picture.percent.text() == f"{view.percent} %"
    page.picture.percent.click()
    assert view.percent == 100
    part = box(page, "4 · ")
    view.choose(part.node)
    place = view.place_of(part)
    event = QWheelEvent(
        QPointF(place), QPointF(view.viewport().mapToGlobal(place)), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)
    assert view.percent == 120
    assert (view.place_of(part) - place).manhattanLength() <= 12
    page.picture.fit.click()
    assert view.verticalScrollBar().maximum() == 0
    page.picture.fit.click()
    assert view.horizontalScrollBar().maximum() == 0
    assert view.verticalScrollBar().maximum() > 0
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.percent == 100


def test_it_is_dragged_and_a_drag_chooses_nothing(page: Any) -> None:
    view = page.picture.view
    page.picture.percent.click()
    before = view.verticalScrollBar().value()
    start, end = QPoint(200, 260), QPoint(200, 100)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), QPoint(200, 200))
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert view.verticalScrollBar().value() - before == 160
    assert view.current is None


def test_a_part_of_the_tree_is_shown_in_the_picture(page: Any) -> None:
    """A claim has no box of its own: the nearest that holds it is chosen."""
    page.tabs.button(JOURNEY).click()
    story = page.journey.story
    step = story.index(1, 0, story.index(0, 0))
    profile = story.index(0, 0, story.index(0, 0, step))
    page.journey.tree.choose(story.index(0, 0, profile))
    page.journey.tree._ask_picture()
    assert page.tabs.checkedId() == PICTURE
    assert page.picture.view.current.says.startswith("WeChat → WeChat-OAuth2")


def test_another_journey_is_chosen_and_stays_when_it_is_told_again(
    page: Any, contoso: Any, settled: Settled, qtbot: Any
) -> None:
    page.picture.journeys.setCurrentIndex(1)
    assert page.picture._flow.title == page._told.journeys[1].title
    first = page.picture._flow
    part = box(page, "Button “WeChat”")
    page.picture.view.choose(part.node)
    contoso.session.do(edits.move_provider(contoso.session.draft.providers[1].key, 0, "QQ"))
    settled(contoso)
    qtbot.waitUntil(lambda: page.picture._flow is not first)
    assert page.picture.journeys.currentIndex() == 1
    assert page.picture.view.current.says == part.says
    assert page.picture.view.current.y > part.y


def test_the_picture_is_copied_and_saved(
    page: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.picture.view.setFocus()
    QTest.keyClick(page.picture.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().image().width() == round(page.picture._flow.width * 2)
    assert page.picture.file_name(".svg") == "B2C_1A_signup_signin.svg"
    for ending, text in ((".svg", "Save as SVG…"), (".png", "Save as PNG…")):
        file = tmp_path / "way"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, file=file: (str(file), ""))
        next(action for action in page.picture.menu().actions() if action.text() == text).trigger()
        made = file.with_suffix(ending)
        qtbot.waitUntil(lambda made=made: page.picture._says.text() == f"Written: {made}")
    assert ET.parse(tmp_path / "way.svg").getroot().get("width") == f"{page.picture._flow.width:g}"
    assert QImage(str(tmp_path / "way.png")).width() == round(page.picture._flow.width * 2)


def test_a_picture_that_can_not_be_written_is_refused_in_words(page: Any, tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "way.svg").mkdir()
    with qtbot.waitSignal(page.tools.session.refused) as told:
        page.picture.save(tmp_path / "way.svg", ".svg")
    assert "can't be written" in told.args[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_word_of_the_picture_is_cut_on_the_screen(
    page: Any, contoso: Any, settled: Settled, qtbot: Any, scheme: str, language: str
) -> None:
    """Places are reckoned without fonts: what is really drawn fits as well, in both languages."""
    from PySide6.QtGui import QFontMetricsF

    from latchkey.gui.widgets.flow_paint import on_screen

    contoso.choose_language(language)
    contoso.theme.choose(scheme)
    settled(contoso)
    qtbot.waitUntil(lambda: page._told.language == language)
    pencils = on_screen(page.tools.theme)
    for part in page.picture._flow.boxes:
        for line in part.lines:
            wide = QFontMetricsF(pencils.font(line.size, line.role == "title")).horizontalAdvance(line.text)
            left = {"start": line.x, "middle": line.x - wide / 2, "end": line.x - wide}[line.anchor]
            assert part.x < left
            assert left + wide < part.x + part.width, line.text
    contoso.choose_language("en")


def test_a_picture_without_end_is_painted_and_kept_all_the_same(qtbot: Any, contoso: Any) -> None:
    """Only what is in sight is painted; an image is no longer than programs take."""
    from latchkey.gui.widgets.flow_paint import image
    from latchkey.gui.widgets.flow_picture import FlowPicture
    from latchkey.policy.flow import flow
    from latchkey.policy.story import StoryNode

    steps = tuple(StoryNode("step", str(n), f"{n} · Work out values", skips=("skipped when a",)) for n in range(600))
    drawn = flow(StoryNode("journey", "J", "Endless", children=steps))
    assert drawn.height > 30_000
    view = FlowPicture(contoso.theme)
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show_flow(drawn)
    view.show()
    first = view.viewport().grab().toImage()
    view.choose(steps[-1])
    assert view.current.node is steps[-1]
    last = view.viewport().grab().toImage()
    assert first != last
    assert len({last.pixel(x, y) for x in range(0, last.width(), 5) for y in range(0, last.height(), 5)}) > 4
    kept = image(drawn, contoso.theme)
    assert kept.height() == 30_000
