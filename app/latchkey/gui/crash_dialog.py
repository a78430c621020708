"""The report of a defect, and the dialog that offers it."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit

from latchkey import __version__
from latchkey.files import write_whole
from latchkey.gui.shell.dialogs import HelpDialog
from latchkey.gui.widgets.labels import label
from latchkey.log import logger, told
from latchkey.text import _

_log = logger(__name__)


def report(error: BaseException) -> str:
    """What happened, where, and the versions: only what is known to be harmless (see `log`)."""
    lines = [
        f"Latchkey {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform(terse=True)}",
        "",
        *told(error),
    ]
    return "\n".join(lines)


class CrashDialog(HelpDialog):
    """Says that the answers are safe, shows the report, saves it to a file."""

    def __init__(self, text: str) -> None:
        super().__init__(QApplication.activeWindow(), _("Something went wrong"), 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # whoever made it waits for it
        self._text = text
        self.body.addWidget(
            label("", _("This is a fault of Latchkey, not yours. Your answers are saved; you can go on."))
        )
        self.body.addWidget(
            label("soft", _("The report below helps to mend it. It holds none of your answers and nothing secret."))
        )
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(_("Report"))
        shown.setMinimumHeight(160)
        self.body.addWidget(shown)
        self._trouble = label("refusal")
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.add_button(_("Save the report…")).clicked.connect(self._save)
        self.add_button(_("Go on"), "primary").clicked.connect(self.reject)

    def save(self, file: Path) -> None:
        """Write the report to a file, or say that it can't be written."""
        try:
            write_whole(file, self._text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            _log.warning("report not written: %s", type(error).__name__)
            self._trouble.setText(_("{file} can't be written. Choose another place.").format(file=file))
            self._trouble.show()

    @Slot()
    def _save(self) -> None:
        suggested = str(Path.home() / "latchkey-report.txt")
        name, _filter = QFileDialog.getSaveFileName(self, _("Save the report"), suggested)
        if name:
            self.save(Path(name))
