"""Nothing is squeezed: in narrow, usual and wide windows every text and every field has the height it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QWidget

from latchkey.text import LANGUAGES


def squeezed(page: QWidget) -> list[str]:
    """What is lower than it must be."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QLineEdit | QPushButton):
            continue
        needed = widget.minimumSizeHint().height()
        if isinstance(widget, QLabel):
            if not widget.text():
                continue
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else needed
        if widget.height() < needed - 1:
            text = widget.text()[:40]
            found.append(f"{type(widget).__name__} “{text}” has {widget.height()} of {needed} pixels")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "height"), [(640, 480), (1280, 720), (1920, 1000)])
def test_every_page_has_room(
    contoso: Any, settled: Callable[[Any], None], qtbot: Any, width: int, height: int, language: str
) -> None:
    contoso.window.resize(width, height)
    contoso.choose_language(language)
    settled(contoso)
    for row in range(contoso.window.model.rowCount()):
        step = contoso.window.model.at(row).id
        contoso.session.go(step)
        settled(contoso)
        area = contoso.window.stack.currentWidget()
        if width >= 1000 or step.partition(":")[0] in ("buttons", "provider", "review", "save"):
            assert area.widget().width() <= area.viewport().width(), f"{step} is too wide"
        qtbot.waitUntil(lambda: not squeezed(contoso.window.stack.currentWidget()), timeout=1000)


def test_frames_without_content_are_noticed(qtbot: Any) -> None:
    holder = QFrame()
    qtbot.addWidget(holder)
    label = QLabel("a text that is long enough to need more than one line", holder)
    label.setWordWrap(True)
    label.setGeometry(0, 0, 60, 10)
    holder.show()
    assert squeezed(holder)
