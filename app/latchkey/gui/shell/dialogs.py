"""What the help menu's dialogs have in common: a heading, room for what they say, and buttons below. On a screen that
is too small for all of it, what stands between heading and buttons scrolls.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from latchkey.gui.widgets.dialog import Dialog
from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.text import _

_EDGE = 40  # pixels of the screen that the window's frame and the desktop's bars need
_LEAST = 80  # of what scrolls


class HelpDialog(Dialog):
    """Closes with Escape; goes when it is closed."""

    def __init__(self, parent: QWidget | None, title: str, width: int = 460) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(min(width, self.screen().availableSize().width() - _EDGE))
        whole = column(self, spacing=12, margins=(24, 20, 24, 20))
        self.heading = label("heading", title)
        whole.addWidget(self.heading)
        self._inner = QWidget()
        self._inner.setObjectName("page")
        self.body: QVBoxLayout = column(self._inner, spacing=12)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inner)
        whole.addWidget(self._area, 1)
        whole.addSpacing(4)
        self._buttons = row(spacing=8)
        self._buttons.addStretch(1)
        whole.addLayout(self._buttons)

    def grow(self) -> None:
        """As high as everything needs, or as the screen allows."""
        whole = self.layout()
        if whole is None:
            return
        self._area.setMinimumHeight(0)
        whole.activate()
        around = whole.totalMinimumSize().height() - self._area.minimumSizeHint().height()
        width = self._area.width() - 2
        inner = self._inner.layout()
        needed = max(
            self._inner.minimumSizeHint().height(),
            inner.totalHeightForWidth(width) if inner is not None and inner.hasHeightForWidth() else 0,
        )
        room = self.screen().availableSize().height() - _EDGE - around
        self._area.setMinimumHeight(min(needed, max(_LEAST, room)))
        whole.activate()
        if self.height() < around + self._area.minimumHeight():
            self.resize(self.width(), around + self._area.minimumHeight())

    def add_button(self, text: str, look: str = "", *, left: bool = False) -> QPushButton:
        """A button below, from left to right; `left`: apart from the others."""
        made = button(look)
        made.setText(text)
        made.setAccessibleName(text)
        made.setDefault(look == "primary")
        if left:
            self._buttons.insertWidget(0, made)
        else:
            self._buttons.addWidget(made)
        return made

    def add_close(self, look: str = "") -> QPushButton:
        """The button that closes."""
        made = self.add_button(_("Close"), look)
        made.clicked.connect(self.reject)
        return made
