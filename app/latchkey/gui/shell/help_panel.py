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
        self._labels: list[QLabel] = []
        self._count = (0, 0)  # paragraphs under each heading

    def show_help(self, why: str, good_to_know: Sequence[str]) -> None:
        """Replace what is said. Plain text; it can be selected with the mouse."""
        parts = ((_("Why we ask"), [why] if why else []), (_("Good to know"), list(good_to_know)))
        count = len(parts[0][1]), len(parts[1][1])
        if count != self._count:
            self._count = count
            self._build(count)
        said = [text for title, paragraphs in parts if paragraphs for text in (title, *paragraphs)]
        for made, text in zip(self._labels, said, strict=True):
            if made.text() != text:
                made.setText(text)

    def _build(self, count: tuple[int, int]) -> None:
        empty(self._layout)
        self._labels = []
        for paragraphs in filter(None, count):
            if self._labels:
                self._layout.addSpacing(8)
            made = [label("help-title"), *[_paragraph() for _number in range(paragraphs)]]
            for number, each in enumerate(made):
                self._layout.addWidget(each)
                if number:
                    self._layout.addSpacing(2)
            self._labels += made


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


def _paragraph() -> QLabel:
    made = label("help")
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
