"""Review: what changes in files, side by side and one below the other, and as a patch."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from helpers.improving import add_wechat, opened, write
from helpers.small_set import EXTENSIONS, small_set
from latchkey.compose.comparing import compare
from latchkey.draft import edits
from latchkey.gui.models.diff_model import LINE, DiffModel
from latchkey.gui.pages.review_tabs import CHANGES

Settled = Callable[[Any], None]

BEFORE = "\n".join(f"<L{number}/>" for number in range(60)).encode()
AFTER = BEFORE.replace(b"<L20/>", b"<New/>\n<L20 a='1'/>").replace(b"<L40/>\n", b"")


@pytest.fixture
def page(make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled) -> Any:
    """The review of the small set with a new provider, with its changes in sight."""
    wizard = opened(make_wizard(write(tmp_path / "policies", small_set())), qtbot, settled)
    add_wechat(wizard)
    wizard.session.go("review")
    settled(wizard)
    made = wizard.window.content.page
    qtbot.waitUntil(lambda: len(made._told.changes) > 0)
    made.tabs.button(CHANGES).click()
    made.window().resize(1280, 800)
    files = made.changes.files
    files.setCurrentIndex(files.findData(EXTENSIONS))
    return made


@pytest.fixture
def model(qapp: Any) -> DiffModel:
    made = DiffModel()
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)  # type: ignore[attr-defined]
    made.show(compare(BEFORE, AFTER))
    return made


def lines(model: DiffModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_only_what_changes_is_shown_until_somebody_asks(model: DiffModel) -> None:
    shown = lines(model)
    assert shown[0] == "17 lines that stay"
    assert shown[4] == "New line 21: <New/>"
    assert shown[5] == "Line 22 becomes: <L20 a='1'/>. It was: <L20/>"
    assert "Line 41 goes: <L40/>" in shown
    folds = [text for text in shown if text.endswith("that stay")]
    assert len(folds) == 3
    assert model.unfold(model.index(0))
    assert not model.unfold(model.index(0))
    assert lines(model)[:2] == ["Line 1: <L0/>", "Line 2: <L1/>"]
    model.set_folding(False)
    assert model.rowCount() == 61
    assert len(model.changes()) == 2


def test_one_below_the_other_shows_what_went_before_what_came(model: DiffModel) -> None:
    model.set_beside(False)
    shown = lines(model)
    assert shown[4:7] == ["Line 21 goes: <L20/>", "New line 21: <New/>", "New line 22: <L20 a='1'/>"]
    assert model.text_of(range(1, 7)).splitlines() == [
        " <L17/>", " <L18/>", " <L19/>", "-<L20/>", "+<New/>", "+<L20 a='1'/>",
    ]  # fmt: skip
    line = model.index(6).data(LINE)
    assert model.marks_of(line)[1] == ((4, 10),)


def test_the_changes_are_gone_through_with_keys_and_buttons(page: Any) -> None:
    view, part = page.changes.view, page.changes
    count = len(view.lines.changes())
    assert count > 2
    assert view.place() == (1, count)
    assert part._place.text() == f"1 of {count}"
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F7)
    assert part._place.text() == f"2 of {count}"
    part.next.click()
    assert view.currentIndex().row() == view.lines.changes()[2]
    QTest.keyClick(view, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    part.previous.click()
    part.previous.click()
    assert part._place.text() == f"1 of {count}"


def test_a_fold_opens_by_mouse_and_key(page: Any) -> None:
    view = page.changes.view
    assert view.model().index(0, 0).data(LINE).fold is not None
    view.scrollToTop()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0, 0)).center())
    assert view.model().index(0, 0).data(LINE).row.new == 1
    row = next(row for row in range(view.model().rowCount()) if view.model().index(row, 0).data(LINE).fold is not None)
    view.setCurrentIndex(view.model().index(row, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.model().index(row, 0).data(LINE).row is not None
    page.changes.only.click()
    assert all(view.model().index(row, 0).data(LINE).fold is None for row in range(view.model().rowCount()))


def test_both_forms_say_the_same_and_narrow_windows_have_one_text(page: Any, qtbot: Any) -> None:
    part, view = page.changes, page.changes.view
    wide = view.lines.text_of(range(view.lines.rowCount()))
    assert view.lines.beside
    part.below.click()
    assert not view.lines.beside
    text = view.lines.text_of(range(view.lines.rowCount()))
    assert sorted(text.splitlines()) == sorted(wide.splitlines())
    part.beside.click()
    page.window().resize(660, 600)
    qtbot.waitUntil(lambda: not view.lines.beside)
    assert not part.beside.isVisible()
    page.window().resize(1280, 800)
    qtbot.waitUntil(lambda: view.lines.beside)


def test_long_lines_are_scrolled_to_on_both_sides(page: Any) -> None:
    view = page.changes.view
    bar = view.horizontalScrollBar()
    assert bar.maximum() > 0
    before = view.viewport().grab().toImage()
    bar.setValue(bar.maximum())
    assert view.viewport().grab().toImage() != before


def test_chosen_lines_and_the_whole_are_copied(page: Any) -> None:
    view = page.changes.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(view.lines.changes()[0], 0))
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text()[0] in "+-"
    page.changes.copy_patch()
    assert QApplication.clipboard().text() == page.changes.change.patch.decode()


def test_saved_patches_make_of_the_folder_what_would_be_written(
    page: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = page.tools.session.composed.into.plan
    file = tmp_path / "all.patch"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    with qtbot.waitSignal(page.changes.said):
        page.changes.menu().actions()[-1].trigger()
    done = subprocess.run(["git", "apply", str(file)], cwd=tmp_path / "policies", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    for change in plan.changes:
        assert (tmp_path / "policies" / change.file).read_bytes() == change.after


def test_where_nothing_changes_that_is_said_and_nothing_is_praised(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    wizard = opened(make_wizard(write(tmp_path / "policies", small_set())), qtbot, settled)
    wizard.session.go("review")
    settled(wizard)
    page = wizard.window.content.page
    qtbot.waitUntil(lambda: bool(page._told.journeys))
    page.tabs.button(CHANGES).click()
    assert page.changes._nothing.text() == "Nothing changes: your policies are as your answers say."
    assert not page.changes.view.isVisible()
    page._show_tab(2)
    assert "bring nothing" not in page.found.well.text()
    assert page.found.old_title.text() == "What the checks found in your policies"


def test_a_new_set_shows_what_differs_from_what_was_written(
    contoso: Any, tmp_path: Path, settled: Settled, qtbot: Any
) -> None:
    from latchkey.compose import writer

    session = contoso.session
    session.choose_folder(tmp_path / "set")
    session.go("review")
    settled(contoso)
    page = contoso.window.content.page
    assert not page.tabs.button(CHANGES).isVisible()
    writer.carry_out(session.composed.plan)
    session.do(edits.move_provider(session.draft.providers[1].key, 0, "QQ"))
    settled(contoso)
    qtbot.waitUntil(lambda: len(page._told.changes) > 0)
    assert page.tabs.button(CHANGES).isVisible()
    assert {change.kind for change in page._told.changes} == {"changed"}


def test_a_long_difference_opens_quickly(qtbot: Any, contoso: Any) -> None:
    from latchkey.gui.widgets.diff_list import DiffList

    before = [f'<Item Key="k{number}">{number}</Item>' for number in range(20_000)]
    after = [line if number % 50 else line.replace("Item", "Thing") for number, line in enumerate(before)]
    rows = compare("\n".join(before).encode(), "\n".join(after).encode())
    view = DiffList(contoso.theme)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    view.lines.show(rows)
    view.lines.set_folding(False)
    assert view.lines.rowCount() == 20_000
    view.to_first()
    view.scrollToBottom()
    assert len(view.lines._marks) < 200  # only what was in sight was looked into
