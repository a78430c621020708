"""When a defect shows itself: nothing is lost, one dialog says so, and a report can be saved that holds no answers."""

from __future__ import annotations

import logging
import os
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from latchkey.log import Plain, logger, words
from latchkey.text import _

if TYPE_CHECKING:
    from types import TracebackType

    from latchkey.gui.saving import Keeper
    from latchkey.gui.session import Session


_log = logger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
}


class CrashReporter(QObject):
    """The exception hook of the whole program. Works from any thread; the dialog opens on the window's."""

    _crashed = Signal(str)

    def __init__(self, session: Session, keeper: Keeper) -> None:
        super().__init__()
        self._session, self._keeper = session, keeper
        self._open = False
        self._crashed.connect(self._tell)

    def install(self) -> None:
        """Take the place of Python's own hooks, which print everything there is."""
        sys.excepthook = self.hook
        threading.excepthook = _from_thread
        sys.unraisablehook = _unraisable

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Called by Python, and by PySide for errors in slots."""
        from latchkey.gui.crash_dialog import report

        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._crashed.emit(report(error))

    @Slot(str)
    def _tell(self, text: str) -> None:
        from PySide6.QtCore import QThread

        from latchkey.gui.crash_dialog import CrashDialog

        if self._open or QThread.currentThread() is not self.thread():
            return
        self._open = True
        try:
            self._keeper.flush()
            dialog = CrashDialog(text)
            dialog.exec()
            dialog.deleteLater()  # not at once: what it still has to hear would come to something half gone
        finally:
            self._open = False


def tell_no_window() -> None:
    """Until `quiet_qt`: where Qt can open no window, it says much that helps nobody, and ends. Say two lines.

    No error could be raised through Qt's own code, so the process ends here.
    """
    said: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind != QtMsgType.QtFatalMsg:
            said.append(text)
            _from_qt(kind, context, text)
            return
        reason = " ".join((said or [text])[0].split()).rstrip(".")
        lines = (
            _("The wizard can't open a window: {reason}.").format(reason=reason),
            _("Start it in a desktop session, with the system libraries in the README. The commands need neither."),
        )
        if sys.stderr is not None:
            sys.stderr.write("".join(f"{line}\n" for line in lines))
            sys.stderr.flush()
        os._exit(1)

    qInstallMessageHandler(hear)


def quiet_qt() -> None:
    """Qt's own messages name files and quote texts: from now on they are log lines, as clean as all others. One that
    ends the process is printed by Qt.
    """
    qInstallMessageHandler(_from_qt)


def _from_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    level = _LEVELS.get(kind, logging.CRITICAL)
    if level == logging.CRITICAL:
        sys.stderr.write(f"{words(text)}\n")
    _log.log(level, "Qt, %s: %s", Plain(context.category or "default"), Plain(words(text)))


def _from_thread(told: threading.ExceptHookArgs) -> None:
    _log.error("a thread ended", exc_info=told.exc_value)


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    _log.error("an error while something was thrown away", exc_info=told.exc_value)
