"""Findings explained where they are listed, code in sentences, and user flows that need nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from latchkey.check.explained import explained
from latchkey.check.finding import Finding, Level
from latchkey.draft import edits
from latchkey.gui.pages.review_tabs import CHECKS
from latchkey.gui.shell.attention import in_lines

Settled = Callable[[Any], None]


@pytest.fixture
def listed(contoso: Any, settled: Settled) -> Any:
    """The open list with two things."""
    contoso.session.do(edits.set_custom_domain("https://wrong/"))
    contoso.session.do(edits.set_ief_app_id("wrong"))
    settled(contoso)
    contoso.window.bottom.attention.click()
    return contoso.window.content.attention


def texts(listed: Any) -> list[str]:
    return [one.text() for one in listed._long.findChildren(QLabel)]


def test_each_line_of_the_attention_list_is_explained(listed: Any, contoso: Any) -> None:
    step = contoso.session.step
    buttons = listed._list.findChildren(QPushButton)
    findings = contoso.window.content.findings()
    assert len(buttons) == len(findings) == 2
    assert all(made.accessibleName().startswith("Explain: ") for made in buttons)
    assert not listed._long.isVisible()
    bottom = listed.geometry().bottom()
    for made, finding in zip(buttons, findings, strict=True):
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        told = explained(finding.rule)
        assert told is not None
        assert told.says in texts(listed)
        assert finding.message in texts(listed)
    assert listed._long.isVisible()
    assert abs(listed.geometry().bottom() - bottom) <= 4
    assert contoso.session.step == step
    listed.close()


def test_the_right_arrow_key_explains_and_return_still_goes(listed: Any, contoso: Any) -> None:
    QTest.keyClick(listed._list, Qt.Key.Key_Down)
    QTest.keyClick(listed._list, Qt.Key.Key_Right)
    assert contoso.window.content.findings()[1].message in texts(listed)
    QTest.keyClick(listed._list, Qt.Key.Key_Return)
    assert not listed.isVisible()
    assert contoso.session.step == "accounts"


def test_a_list_that_opens_again_explains_nothing_yet(listed: Any, contoso: Any) -> None:
    QTest.keyClick(listed._list, Qt.Key.Key_Right)
    listed.close()
    contoso.window.bottom.attention.click()
    assert not listed._long.isVisible()
    listed.close()


def test_no_backtick_is_seen_in_the_review(contoso: Any, settled: Settled, qtbot: Any) -> None:
    contoso.session.go("review")
    settled(contoso)
    page = contoso.window.content.page
    finding = Finding(
        "sample-text", Level.WARNING, "Use `latchkey check`.", "Or `--fix`.", file="SignUpOrSignin.xml", line=3
    )
    page._show_tab(CHECKS)
    page.found.findings.show([finding])
    page.found.panel.show_finding(finding)
    page._show_file(page._file_of("SignUpOrSignin.xml"), 3, finding)
    shown = [one.text() for one in page.findChildren(QLabel)]
    assert not [text for text in shown if "`" in text]
    assert any("<code" in text for text in shown)
    assert page.card.wrong_text.accessibleName() == "Use “latchkey check”. Or “--fix”."
    assert page.found.findings.index(0).data() == "Use “latchkey check”."


def test_a_user_flow_can_need_nothing(contoso: Any, settled: Settled) -> None:
    contoso.session.do(edits.set_kind("user-flow"))
    settled(contoso)
    assert contoso.window.content.findings() == ()
    assert contoso.window.bottom.attention.text() == "Nothing needs attention"
    contoso.session.do(edits.set_custom_domain("https://wrong/"))
    settled(contoso)
    assert contoso.window.bottom.attention.text() == "1 thing needs attention"


@pytest.mark.parametrize(
    "text", ["“" + "0" * 90 + "” is sample text.\nPut your own value there.", "短句。" * 30, "😀 smile " * 30, "One."]
)
def test_no_line_runs_under_the_button_beside_it(qapp: Any, text: str) -> None:
    lines = in_lines(text, qapp.font(), 200)
    metrics = QFontMetrics(qapp.font())
    assert max(metrics.horizontalAdvance(line) for line in lines) <= 200
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
