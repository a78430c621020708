"""When a defect shows itself: nothing is lost, one dialog says so, and a report can be saved that holds no answers."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QThread, Signal, Slot, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QPlainTextEdit

from latchkey import __version__
from latchkey.gui.widgets.labels import column, label
from latchkey.text import _

_log = logging.getLogger(__name__)
_SHORTEST = 3  # shorter answers would black out every other word


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None, answers: Iterable[str]) -> str:
    """What happened, where, and the versions. Answers of the draft and the home folder's name are blacked out."""
    lines = [
        f"Latchkey {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform(terse=True)}",
        "",
        *(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)),
        f"{kind.__name__}: {error}",
    ]
    text = "\n".join(lines).replace(str(Path.home()), "~")
    for answer in sorted({a for a in answers if len(a) >= _SHORTEST}, key=len, reverse=True):
        text = text.replace(answer, "█████")
    return text


class CrashReporter(QObject):
    """The exception hook of the whole program. Works from any thread; the dialog opens on the window's."""

    _crashed = Signal(str)

    def __init__(self, answers: Callable[[], Iterable[str]], keep: Callable[[], None]) -> None:
        super().__init__()
        self._answers = answers
        self._keep = keep
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
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        try:
            answers = tuple(self._answers())
        except Exception:  # noqa: BLE001  (the report must come, whatever else is broken)
            answers = ()
        text = report(kind, error, trace, answers)
        _log.error("%s", text)
        self._crashed.emit(text)

    @Slot(str)
    def _tell(self, text: str) -> None:
        if self._open or QThread.currentThread() is not self.thread():
            return
        self._open = True
        try:
            self._keep()
            CrashDialog(text).exec()
        finally:
            self._open = False


class CrashDialog(QDialog):
    """Says that the answers are safe, shows the report, saves it to a file."""

    def __init__(self, text: str) -> None:
        super().__init__(QApplication.activeWindow())
        self._text = text
        self.setWindowTitle(_("Something went wrong"))
        self.setMinimumWidth(560)
        body = column(self, spacing=12, margins=(24, 20, 24, 20))
        body.addWidget(label("heading", _("Something went wrong")))
        body.addWidget(label("", _("This is a fault of Latchkey, not yours. Your answers are saved; you can go on.")))
        body.addWidget(
            label("soft", _("The report below helps to mend it. It holds none of your answers and nothing secret."))
        )
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Report"))
        shown.setMinimumHeight(160)
        body.addWidget(shown)
        box = QDialogButtonBox()
        save = box.addButton(_("Save the report…"), QDialogButtonBox.ButtonRole.ActionRole)
        close = box.addButton(_("Go on"), QDialogButtonBox.ButtonRole.RejectRole)
        save.setAccessibleName(save.text())
        close.setAccessibleName(close.text())
        save.clicked.connect(self._save)
        box.rejected.connect(self.reject)
        body.addWidget(box)

    @Slot()
    def _save(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save the report"), str(Path.home() / "latchkey-report.txt")
        )
        if not name:
            return
        try:
            Path(name).write_text(self._text, encoding="utf-8")
        except OSError as error:
            _log.warning("report not written: %s", type(error).__name__)
            self.setWindowTitle(_("{file} can't be written").format(file=name))
