"""One page in the middle: it scrolls, and in a narrow window its help stands under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from latchkey.gui.pages.base import Page
from latchkey.gui.shell.help_panel import HelpText
from latchkey.gui.widgets.labels import column


class PageArea(QScrollArea):
    """Holds a page."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._below = HelpText()
        self._below.setContentsMargins(32, 0, 32, 24)
        self._below.hide()
        inner = QWidget()
        inner.setObjectName("page")
        layout = column(inner, spacing=0)
        layout.addWidget(page, 1)
        layout.addWidget(self._below)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def color_links(self) -> None:
        """Links have their colour from the moment when a label was given its text: give it again."""
        for label in self.page.findChildren(QLabel):
            if label.textFormat() is Qt.TextFormat.RichText:
                text = label.text()
                label.clear()
                label.setText(text)

    def show_help(self, below: bool) -> None:
        """Say the help under the page, or leave it to the panel beside."""
        self._below.setVisible(below)
        if below:
            self._below.show_help(self.page.why(), self.page.good_to_know())
