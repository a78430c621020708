"""Beside the page: why we ask, and what is good to know."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from latchkey.gui.widgets.labels import column, empty, label
from latchkey.text import _

WIDTH = 296


class HelpText(QWidget):
    """The two headings and their paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(self, spacing=6)

    def show_help(self, why: str, good_to_know: Sequence[str]) -> None:
        """Replace what is said. Plain text; it can be selected with the mouse."""
        empty(self._layout)
        for title, paragraphs in ((_("Why we ask"), [why] if why else []), (_("Good to know"), list(good_to_know))):
            if not paragraphs:
                continue
            if self._layout.count():
                self._layout.addSpacing(8)
            self._layout.addWidget(label("help-title", title))
            for paragraph in paragraphs:
                self._layout.addWidget(_paragraph(paragraph))
                self._layout.addSpacing(2)


class HelpPanel(QFrame):
    """The place of the help at the right of a wide window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help_panel")
        self.setFixedWidth(WIDTH)
        self._layout = column(self, spacing=0)

    def hold(self, text: HelpText) -> None:
        """Show `text`, which scrolls when it is longer than the window."""
        from PySide6.QtWidgets import QScrollArea

        inner = QWidget()
        layout = column(inner, margins=(22, 28, 22, 20))
        layout.addWidget(text)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("help_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._layout.addWidget(scroll)


def _paragraph(text: str) -> QLabel:
    made = label("help", text)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
