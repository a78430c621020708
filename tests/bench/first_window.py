"""Opens the wizard on a draft (or, without one, an empty window) and ends as soon as the window is painted."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class UntilPainted(QObject):
    """Ends the process after the first painting of a window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            QTimer.singleShot(0, lambda: os._exit(0))  # after this painting, before anything else
        return False


def main() -> None:
    """The window."""
    app = QApplication(sys.argv[:1])
    until = UntilPainted()
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
