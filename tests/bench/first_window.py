"""Opens the wizard on a draft, or an empty window, and ends as soon as it is painted.

first_window.py [DRAFT [page]]      `page`: not before a page of the wizard is painted in the window

A widget's own `paintEvent` ends the process. An event filter would be simpler, but every event of every object would
go through Python then: of a window with many objects more than of an empty one.
"""

from __future__ import annotations

import gc
import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


def ends(widget: type[QWidget]) -> type[QWidget]:
    """Widgets of that class end the process once they have been painted."""
    original = widget.paintEvent

    def paint(self: QWidget, event: QPaintEvent) -> None:
        QTimer.singleShot(0, lambda: os._exit(0))  # after this painting, before anything that it starts
        original(self, event)

    widget.paintEvent = paint  # type: ignore[method-assign]
    return widget


class Empty(QWidget):
    """A window with nothing in it."""


def main() -> None:
    """The window."""
    if len(sys.argv) == 1:
        app = QApplication(sys.argv[:1])
        window = ends(Empty)()
        window.resize(1280, 800)
        window.show()
        app.exec()
        return
    gc.disable()  # the program does so before it loads what is loaded here for it
    if "page" in sys.argv[2:]:
        from latchkey.gui.pages.base import Page

        ends(Page)
    else:
        from latchkey.gui.main_window import MainWindow

        ends(MainWindow)
    del sys.argv[2:]
    from latchkey.__main__ import main as latchkey

    latchkey()


if __name__ == "__main__":
    main()
