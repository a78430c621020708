"""A line above the page that says what happened outside of it, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from latchkey.gui.announce import announce
from latchkey.gui.icons import Icons
from latchkey.gui.widgets.labels import button, column, frame, label, row, set_role, set_sentence
from latchkey.text import _

Choice = tuple[str, Callable[[], None]]  # what the button says, what it does


class Notice(QWidget):
    """Hidden until there is something to say; one thing at a time."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._frame = frame("note-attention")
        column(self, margins=(24, 12, 24, 0)).addWidget(self._frame)
        self._text = label()
        self._buttons: list[QPushButton] = []
        self._does: list[Callable[[], None]] = []
        self._close = button("quiet")
        self._close.setIconSize(QSize(16, 16))
        self._close.clicked.connect(self.hide)
        self._layout = row(self._frame, spacing=8, margins=(16, 8, 8, 8))
        self._layout.addWidget(self._text, 1)
        self._layout.addWidget(self._close)
        self.hide()

    @property
    def says(self) -> str:
        """What stands there now; empty when it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, role: str = "note-attention", choices: Sequence[Choice] = ()) -> None:
        """Show `text`; each choice closes the notice and does its thing."""
        for old in self._buttons:
            self._layout.removeWidget(old)
            old.deleteLater()
        self._buttons.clear()
        self._does.clear()
        for says, does in choices:
            made = button("small")
            made.setText(says)
            made.setAccessibleName(says)
            made.clicked.connect(self._choose)
            self._layout.insertWidget(self._layout.count() - 1, made)
            self._buttons.append(made)
            self._does.append(does)
        set_role(self._frame, "role", role)
        set_sentence(self._text, text)
        self._close.setIcon(self._icons.icon("close", "soft", 16))
        self._close.setAccessibleName(_("Close this notice"))
        self.show()
        announce(self, text)

    @Slot()
    def _choose(self) -> None:
        pressed = self.sender()
        does = next(does for made, does in zip(self._buttons, self._does, strict=True) if made is pressed)
        self.hide()
        does()
