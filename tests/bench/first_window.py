"""Opens the wizard on a draft, or an empty window, and ends as soon as it is painted.

first_window.py [DRAFT [page]]      `page`: not before a page of the wizard is painted in the window
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class UntilPainted(QObject):
    """Ends the process after the first painting of a window, or of a page in it."""

    def __init__(self, page: bool) -> None:
        super().__init__()
        self._page = page

    def wanted(self, watched: QObject) -> bool:
        """Whether this is what should be painted."""
        if self._page:
            return type(watched).__module__.startswith("latchkey.gui.pages")
        return isinstance(watched, QWidget) and watched.isWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.wanted(watched):
            QTimer.singleShot(0, lambda: os._exit(0))  # after this painting, before anything else
        return False


def main() -> None:
    """The window."""
    app = QApplication(sys.argv[:1])
    until = UntilPainted(page="page" in sys.argv[2:])
    del sys.argv[2:]
    app.installEventFilter(until)
    if len(sys.argv) > 1:
        from latchkey.__main__ import main as latchkey

        latchkey()
    else:
        window = QWidget()
        window.resize(1280, 800)
        window.show()
        app.exec()


if __name__ == "__main__":
    main()
