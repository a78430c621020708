"""What every dialog of ours is: as high as its texts need, and never higher than the screen."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog


class Dialog(QDialog):
    """Qt reckons a dialog's first height before its texts have their fonts and their width."""

    def showEvent(self, event: QShowEvent) -> None:
        """Grow where a text would be cut off."""
        super().showEvent(event)
        self.grow()

    def grow(self) -> None:
        """Be as high as everything needs that is in it now."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return
        layout.activate()
        needed = layout.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), min(needed, self.screen().availableSize().height()))
