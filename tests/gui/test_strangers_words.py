"""Ids, names and paths out of a stranger's files are shown as they are written: nothing is taken for HTML and loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from helpers.improving import Settled, opened, write
from helpers.small_set import small_set
from latchkey.draft import edits
from latchkey.gui.tips import tip

EVIL = "<img src='//evil.example/x.png'>"
WRITTEN = EVIL.replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    "text", [EVIL, f"{EVIL}\n<b>x", "<b>bold</b> & more", "a < b > c", "&lt;b>", "plain\ntext", ""]
)
def test_a_tip_shows_what_is_written(text: str) -> None:
    shown = QTextDocument()
    if Qt.mightBeRichText(tip(text)):
        shown.setHtml(tip(text))
    else:
        shown.setPlainText(tip(text))
    assert shown.toPlainText() == text


def tips(widget: QWidget) -> Iterator[str]:
    """All tool tips of a window and of the rows of its lists."""
    for each in (widget, *widget.findChildren(QWidget)):
        yield each.toolTip()
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            yield from rows(each.model(), QModelIndex())


def rows(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for number in range(min(model.rowCount(parent), 200)):
        index = model.index(number, 0, parent)
        yield str(model.data(index, Qt.ItemDataRole.ToolTipRole) or "")
        yield from rows(model, index)


def test_no_page_takes_a_strangers_words_for_html(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    files = {name: text.replace("CustomSignIn", WRITTEN) for name, text in small_set().items()}
    folder = write(tmp_path / "a <b>bold set", files)
    wizard = opened(make_wizard(folder), qtbot, settled)
    session = wizard.session
    session.do(edits.add_provider("wechat", EVIL, "p9", 0, client_id=EVIL))
    seen = []
    for step in ("start", "tenant", "accounts", "buttons", "provider:p9", "review", "save", "go-live"):
        session.go(step)
        settled(wizard)
        for label in wizard.window.findChildren(QLabel):
            assert label.textFormat() is not Qt.TextFormat.AutoText or not Qt.mightBeRichText(label.text()), (
                label.text()
            )
            assert label.textFormat() is not Qt.TextFormat.RichText or "<img" not in label.text(), label.text()
        for text in tips(wizard.window):
            assert not Qt.mightBeRichText(text) or ("<img" not in text and "<b>" not in text), text
            seen.append(text)
    assert sum("img src" in text for text in seen) > 3, "the words are nowhere, so nothing was tried"
