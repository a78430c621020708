"""Something is under way: what it does, a bar that moves, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.text import _


class BusyLine(QWidget):
    """Hidden while nothing is under way."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._doing, self._bar, self.cancel = label("hint"), QProgressBar(), button("small")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self.cancel.clicked.connect(self.cancelled)
        beside = column(spacing=6)
        beside.addWidget(self._doing)
        beside.addWidget(self._bar)
        layout = row(self, spacing=12)
        layout.addLayout(beside, 1)
        layout.addWidget(self.cancel)
        self.hide()

    def begin(self, text: str) -> None:
        """It has begun."""
        self.cancel.setText(_("Cancel"))
        self.cancel.setAccessibleName(self.cancel.text())
        self._bar.setAccessibleName(text)
        self.say(text)
        self.show()

    @Slot(str)
    def say(self, text: str) -> None:
        """What it does now."""
        self._doing.setText(text)
