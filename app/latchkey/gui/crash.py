"""When a defect shows itself: nothing is lost, one dialog says so, and a report can be saved that holds no answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from types import TracebackType

    from latchkey.gui.saving import Keeper
    from latchkey.gui.session import Session


class CrashReporter(QObject):
    """The exception hook of the whole program. Works from any thread; the dialog opens on the window's."""

    _crashed = Signal(str)

    def __init__(self, session: Session, keeper: Keeper) -> None:
        super().__init__()
        self._session, self._keeper = session, keeper
        self._open = False
        self._crashed.connect(self._tell)

    def install(self) -> None:
        """Take the place of Python's own hook."""
        sys.excepthook = self.hook

    def remove(self) -> None:
        """Give the hook back."""
        sys.excepthook = sys.__excepthook__

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Called by Python, and by PySide for errors in slots."""
        from latchkey.gui.crash_dialog import answers, report

        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._crashed.emit(report(error, trace, (*answers(self._session.draft), str(self._keeper.file))))

    @Slot(str)
    def _tell(self, text: str) -> None:
        from PySide6.QtCore import QThread

        from latchkey.gui.crash_dialog import CrashDialog

        if self._open or QThread.currentThread() is not self.thread():
            return
        self._open = True
        try:
            self._keeper.flush()
            CrashDialog(text).exec()
        finally:
            self._open = False
