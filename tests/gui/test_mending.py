"""Findings explained, mended by a button in policies that are there, and Azure's own messages read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from helpers.improving import Settled, add_wechat, answer, data, opened, page, write
from helpers.small_set import EXTENSIONS, PARTY, small_set
from latchkey.check.explained import explained
from latchkey.draft import edits
from latchkey.gui.models.findings_model import FINDING
from latchkey.gui.shell.azure_message import AzureMessage
from latchkey.gui.widgets.diff_list import DiffList

JOURNEY, FILES, CHECKS = 0, 1, 2
RULE = "policy-schema-version"
MESSAGE = (
    "Validation failed: 1 validation error(s) found in policy \"B2C_1A_SIGNIN\" of tenant"
    " \"litware.onmicrosoft.com\".Schema validation error found at line 3 col 3 in policy \"B2C_1A_SignIn\" of tenant"
    " \"litware.onmicrosoft.com\": The 'PolicySchemaVersion' attribute is invalid - The value '0.2.0.0' is invalid"
    " according to its datatype 'String' - The Enumeration constraint failed."
)  # fmt: skip


def broken() -> dict[str, str]:
    """The small set with one thing in it that has one right answer."""
    files = small_set()
    files[PARTY] = files[PARTY].replace('PolicySchemaVersion="0.3.0.0"', 'PolicySchemaVersion="0.2.0.0"')
    return files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "policies", broken())


@pytest.fixture
def improving(make_wizard: Callable[..., Any], folder: Path, qtbot: Any, settled: Settled) -> Any:
    """A wizard on the broken set."""
    return opened(make_wizard(folder), qtbot, settled)


def checks(wizard: Any) -> Any:
    """The review's tab about findings, with the wrong schema version chosen."""
    review = page(wizard, "review")
    review.tabs.button(CHECKS).click()
    part = review.found
    found = [part.before.index(n) for n in range(part.before.rowCount())]
    part.old.setCurrentIndex(next(one for one in found if one.data(FINDING).rule == RULE))
    return part


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def mended(folder: Path) -> bool:
    return data(folder) == {name: text.encode() for name, text in small_set().items()}


# Explaining


def test_a_chosen_finding_is_explained_in_the_language_in_force(improving: Any, settled: Settled) -> None:
    panel = checks(improving).panel
    english = explained(RULE)
    assert english is not None
    assert {english.says, english.do} <= set(texts(panel))
    improving.choose_language("zh_CN")
    settled(improving)
    try:
        chinese = explained(RULE)
        assert chinese is not None
        assert chinese.says != english.says
        assert chinese.says in texts(panel)
        assert english.says not in texts(panel)
    finally:
        improving.choose_language("en")
        settled(improving)


def test_an_explanation_is_copied_whole(improving: Any) -> None:
    panel = checks(improving).panel
    panel.explanation.copy.click()
    copied = QApplication.clipboard().text()
    told = explained(RULE)
    assert told is not None
    for part in (RULE, f"{PARTY}, line", told.says, told.do, *told.links):
        assert part in copied
    assert panel.explanation.copy.text() == "Copied"


def test_links_open_the_browser_and_are_https_only(improving: Any, qtbot: Any, monkeypatch: Any) -> None:
    view = checks(improving).panel.explanation
    told = explained(RULE)
    assert told is not None
    view.explain(told._replace(links=("https://safe.example/a/b#c", "http://plain.example/", "file:///etc/passwd")))
    links = [one for one in view.findChildren(QLabel) if "<a href" in one.text()]
    assert [one.accessibleName() for one in links] == ["https://safe.example/a/b#c"]
    assert links[0].openExternalLinks()
    seen: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: seen.append(url.toString()))
    view.copy.click()
    assert "plain.example" not in QApplication.clipboard().text()


def test_what_is_pasted_into_a_policy_is_no_markup(improving: Any) -> None:
    view = checks(improving).panel.explanation
    told = explained(RULE)
    assert told is not None
    view.explain(told._replace(texts=("<b>bold</b>",)))
    assert [one.textFormat() for one in view.findChildren(QLabel) if one.text() == "<b>bold</b>"] == [
        Qt.TextFormat.PlainText
    ]


def test_one_finding_is_chosen_in_both_lists_together(improving: Any, settled: Settled, qtbot: Any) -> None:
    part = checks(improving)
    assert part.panel._message.text() == part.old.currentIndex().data()
    old = part.before.index(part.before.rowCount() - 1)
    part.old.setCurrentIndex(old)
    assert part.panel._message.text() == old.data()
    improving.session.do(edits.add_provider("wechat", "WeChat", "p9", 0))
    settled(improving)
    new = part.findings.index(0)
    part.checks.setCurrentIndex(new)
    assert part.panel._message.text() == new.data()
    assert not part.old.currentIndex().isValid()
    assert part.panel.go.text() == "Go to the answer"


def test_the_line_of_a_finding_says_what_is_wrong_and_leads_to_the_explanation(improving: Any, qtbot: Any) -> None:
    part = checks(improving)
    review = improving.window.content.page
    part.panel.go.click()
    qtbot.waitUntil(lambda: review.card.file_name.accessibleName() == PARTY)
    finding = review.card.about
    assert finding.rule == RULE
    assert finding.message in review.card.wrong_text.text()
    review.card.more.click()
    assert part.isVisible()
    assert part.old.currentIndex().data(FINDING) == finding
    review.tabs.button(FILES).click()
    assert review.card.wrong.isVisible()
    review.tabs.button(JOURNEY).click()
    assert not review.card.wrong.isVisible()


def test_a_file_that_was_mended_is_shown_as_it_is_now(improving: Any, folder: Path, qtbot: Any) -> None:
    part = checks(improving)
    review = improving.window.content.page
    qtbot.waitUntil(part.panel.mend.isVisible)
    qtbot.waitUntil(lambda: bool(review._told.files))
    offered = part.panel._offer
    part.panel.go.click()
    assert 'PolicySchemaVersion="0.2.0.0"' in review.card.xml.toPlainText()
    part.panel._write(offered)
    qtbot.waitUntil(lambda: 'PolicySchemaVersion="0.3.0.0"' in review.card.xml.toPlainText())
    assert not review.card.wrong.isVisible()


# Mending


def test_a_button_shows_the_difference_then_mends_and_put_back_undoes_it(
    improving: Any, folder: Path, qtbot: Any, settled: Settled
) -> None:
    before = data(folder)
    improving.session.do(edits.tick("go-live/upload/B2C_1A_SignIn", True))
    settled(improving)
    part = checks(improving)
    qtbot.waitUntil(part.panel.mend.isVisible)
    part.panel.mend.click()
    dialog = next(one for one in improving.window.findChildren(QWidget) if one.windowTitle().startswith("Mend this"))
    lines = dialog.findChild(DiffList).lines
    shown = lines.text_of(range(lines.rowCount()))
    assert '-  PolicySchemaVersion="0.2.0.0"' in shown
    assert '+  PolicySchemaVersion="0.3.0.0"' in shown
    assert data(folder) == before
    answer(improving, "Mend it", qtbot)
    qtbot.waitUntil(lambda: mended(folder))
    settled(improving)
    qtbot.waitUntil(lambda: not any(one.rule == RULE for one in improving.session.composed.into.before))
    assert "go-live/upload/B2C_1A_SignIn" not in improving.session.draft.done
    assert {one.policy for one in improving.session.composed.guide.uploads} == {"B2C_1A_SignIn"}
    assert part.panel._message.text() == "" or not part.panel.mend.isVisible()
    save = page(improving, "save")
    assert save.back.isEnabled()
    save.back.click()
    qtbot.waitUntil(lambda: data(folder) == before)
    settled(improving)


def test_leaving_it_changes_nothing(improving: Any, folder: Path, qtbot: Any, settled: Settled) -> None:
    before = data(folder)
    part = checks(improving)
    qtbot.waitUntil(part.panel.mend.isVisible)
    part.panel.mend.click()
    answer(improving, "Leave it", qtbot)
    settled(improving)
    assert data(folder) == before
    assert improving.session.composed.into.kept is None


def test_mending_beside_changes_that_are_not_written_leaves_them_so(
    improving: Any, folder: Path, qtbot: Any, settled: Settled
) -> None:
    add_wechat(improving)
    settled(improving)
    part = checks(improving)
    qtbot.waitUntil(part.panel.mend.isVisible)
    part.panel.mend.click()
    answer(improving, "Mend it", qtbot)
    qtbot.waitUntil(lambda: mended(folder))
    settled(improving)
    assert [change.file for change in improving.session.composed.into.plan.changes] == [EXTENSIONS]


def test_a_file_that_changed_meanwhile_is_not_overwritten(
    improving: Any, folder: Path, qtbot: Any, settled: Settled
) -> None:
    part = checks(improving)
    qtbot.waitUntil(part.panel.mend.isVisible)
    part.panel.mend.click()
    theirs = broken()[PARTY].replace("<RelyingParty>", "<!-- theirs --><RelyingParty>").encode()
    (folder / PARTY).write_bytes(theirs)
    answer(improving, "Mend it", qtbot)
    qtbot.waitUntil(improving.window.content.notice.isVisible)
    assert (folder / PARTY).read_bytes() == theirs
    settled(improving)
    qtbot.waitUntil(lambda: part.panel._offer is not None and b"theirs" in part.panel._offer.changes[0].before)


def test_all_that_has_one_right_answer_is_mended_together(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    files = broken()
    files[EXTENSIONS] = files[EXTENSIONS].replace('PolicySchemaVersion="0.3.0.0"', 'PolicySchemaVersion="0.1.0.0"')
    folder = write(tmp_path / "several", files)
    wizard = opened(make_wizard(folder), qtbot, settled)
    part = checks(wizard)
    qtbot.waitUntil(part.mend_all.isVisible)
    part.mend_all.click()
    qtbot.waitUntil(lambda: len(wizard.window.findChildren(DiffList)) >= 2)
    answer(wizard, "Mend it", qtbot)
    qtbot.waitUntil(lambda: mended(folder))
    settled(wizard)
    qtbot.waitUntil(lambda: not part.mend_all.isVisible())


def test_where_nothing_can_be_mended_there_is_no_button(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    wizard = opened(make_wizard(write(tmp_path / "sound", small_set())), qtbot, settled)
    review = page(wizard, "review")
    review.tabs.button(CHECKS).click()
    settled(wizard)
    assert not review.found.mend_all.isVisible()
    assert not review.found.panel.mend.isVisible()


# Azure's messages


def asked(wizard: Any, text: str, qtbot: Any) -> Any:
    wizard.window.acts["azure_message"].trigger()
    dialog: Any = wizard.window.findChild(AzureMessage)
    assert not dialog.explain.isEnabled()
    dialog.text.setPlainText(text)
    dialog.explain.click()
    qtbot.waitUntil(lambda: bool(dialog._says.text()))
    if dialog._faults.count():
        qtbot.waitUntil(dialog._faults.itemAt(0).widget().isVisible)
    return dialog


def test_a_message_is_explained_and_leads_to_its_place(improving: Any, qtbot: Any, settled: Settled) -> None:
    dialog = asked(improving, MESSAGE, qtbot)
    link = next(one for one in dialog.findChildren(QPushButton) if one.property("finding") is not None)
    assert link.text().startswith(PARTY)
    assert link.property("finding").rule == RULE
    assert any("Latchkey can do this for you" in text for text in texts(dialog))
    finding = link.property("finding")
    link.click()
    assert improving.session.step == "review"
    review = improving.window.content.page
    qtbot.waitUntil(lambda: review.card.file_name.accessibleName() == PARTY)
    assert review.card.line.text() == f"line {finding.line}"
    assert finding.message in review.card.wrong_text.text()


def test_a_message_about_composed_files_leads_to_the_answer(contoso: Any, qtbot: Any, settled: Settled) -> None:
    settled(contoso)
    dialog = asked(contoso, MESSAGE, qtbot)
    assert any("perhaps it is mended" in text for text in texts(dialog))
    dialog.reject()


def test_without_policies_a_message_is_explained_all_the_same(wizard: Any, qtbot: Any) -> None:
    dialog = asked(wizard, MESSAGE, qtbot)
    assert any(text.startswith("Open your policies") for text in texts(dialog))
    dialog.reject()


def test_a_text_that_nobody_knows_is_said_to_be_unknown(wizard: Any, qtbot: Any) -> None:
    dialog = asked(wizard, "Something went wrong.", qtbot)
    assert dialog._says.text() == "Latchkey does not know this text."
    dialog.reject()


def test_everything_in_the_dialogs_has_a_name(improving: Any, qtbot: Any, settled: Settled) -> None:
    part = checks(improving)
    qtbot.waitUntil(part.panel.mend.isVisible)
    part.panel.mend.click()
    asked(improving, MESSAGE, qtbot)
    for each in [made for kind in (QPushButton, QPlainTextEdit) for made in improving.window.findChildren(kind)]:
        assert not each.isVisible() or each.accessibleName(), each
    for dialog in improving.window.findChildren(QWidget):
        if dialog.isWindow() and dialog.isVisible():
            dialog.close()
