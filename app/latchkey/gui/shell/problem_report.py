"""Help, Report a problem: the report is shown first; then it goes into a file or the clipboard, as the person says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Slot, qVersion
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from latchkey.gui.announce import announce
from latchkey.gui.file_writer import FileWriter
from latchkey.gui.jobs import Job
from latchkey.gui.problem import Scene, report
from latchkey.gui.shell.dialogs import HelpDialog
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import label, set_role
from latchkey.jobs import Watch
from latchkey.log import recent
from latchkey.text import _, join_sentences, language

_LINES_TO_SAY = 4
_LINES_OF_REPORT = 11
_PAUSE = 200  # milliseconds after the last key


class ProblemReport(HelpDialog):
    """What the person says of it, then what Latchkey knows of itself."""

    def __init__(self, parent: QWidget, tools: Tools) -> None:
        super().__init__(parent, _("Report a problem"), 640)
        self._tools = tools
        self._known = ""
        self.body.addWidget(
            label(
                "soft",
                _("This makes a text that you may send to whoever helps you. Latchkey itself sends nothing. It holds "
                  "none of your answers, no names, addresses or places of files, and no secret: please look."),
            )
        )  # fmt: skip
        self.said, self.shown = QPlainTextEdit(), QPlainTextEdit()
        self.said.setPlaceholderText(_("What did you do, what did you expect, and what happened?"))
        self.said.setAccessibleName(_("What happened, in your words"))
        self.said.setTabChangesFocus(True)
        self.shown.setReadOnly(True)
        self.shown.setTabChangesFocus(True)
        self.shown.setAccessibleName(_("The report"))
        self.shown.setFont(tools.theme.mono())
        self.shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        for field, lines in ((self.said, _LINES_TO_SAY), (self.shown, _LINES_OF_REPORT)):
            field.setFixedHeight(QFontMetrics(field.font()).lineSpacing() * lines + 24)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self._show)
        self.said.textChanged.connect(self._later.start)
        self.body.addWidget(label("section", _("What happened, in your words")))
        self.body.addWidget(self.said)
        self.body.addWidget(label("section", _("The report")))
        self.body.addWidget(self.shown)
        self._says = label("done")
        self._says.hide()
        self.body.addWidget(self._says)
        self._writer = FileWriter(tools.runner, self)
        self._writer.written.connect(self._written)
        self._writer.refused.connect(self._refused)
        self.add_close()
        self.copy = self.add_button(_("Copy"))
        self.copy.clicked.connect(self._copy)
        self.save = self.add_button(_("Save…"), "primary")
        self.save.clicked.connect(self._save)
        self.said.setFocus()
        self._make()

    def text(self) -> str:
        """The whole, as it is written."""
        said = self.said.toPlainText().strip()
        return (f"{said}\n\n" if said else "") + self._known

    def write(self, file: Path) -> None:
        """Write it there."""
        content = self.text().encode()
        self._writer.write(lambda: {file: content}, "report of a problem")

    def _make(self) -> None:
        session, tools = self._tools.session, self._tools
        screen = self.screen()
        size, area = _parent_size(self), screen.size()
        seen = {
            "Qt": f"{qVersion()} ({QGuiApplication.platformName()})",
            "Screen": f"{area.width()}x{area.height()} at {screen.devicePixelRatio():g}",
            "Size": f"{size.width()}x{size.height()}",
            "Language in force": language(),
            "Scheme": tools.theme.scheme,
            "Secrets": tools.vault.place or "not asked for",
        }
        scene = Scene(
            session.draft, session.catalogue, tools.memory.settings, session.step, session.all_findings,
            session.source is not None, seen,
        )  # fmt: skip

        def work(_watch: Watch) -> str:
            return report(scene, recent(), datetime.now().astimezone())

        job = Job(work, "report of a problem")
        job.done.connect(self._made)
        tools.runner.start(job)

    @Slot(object)
    def _made(self, text: str) -> None:
        self._known = text
        self._show()

    @Slot()
    def _show(self) -> None:
        self.shown.setPlainText(self.text())

    @Slot()
    def _copy(self) -> None:
        self._tools.clipboard.copy(self.text())
        self._say(_("Copied"), "done")

    @Slot()
    def _save(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save the report"), str(Path.home() / "latchkey-report.txt"),
            _("Text ({pattern})").format(pattern="*.txt"),
        )  # fmt: skip
        if name:
            self.write(Path(name))

    @Slot(object)
    def _written(self, files: list[Path]) -> None:
        self._say(_("Written: {file}").format(file=files[0]), "done")

    @Slot(str, str)
    def _refused(self, message: str, hint: str) -> None:
        self._say(join_sentences(message, hint), "refusal")

    def _say(self, text: str, role: str) -> None:
        set_role(self._says, "role", role)
        self._says.setText(text)
        self._says.show()
        announce(self, text)


def _parent_size(dialog: QWidget) -> QSize:
    """How large the window is that a dialog belongs to."""
    window = dialog.parentWidget()
    return window.size() if window is not None else QSize()
