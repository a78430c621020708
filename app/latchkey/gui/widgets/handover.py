"""The sheet for the colleague who has the rights at a provider: what to register there and what to send back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from latchkey.draft.draft import Draft
from latchkey.errors import LatchkeyError, Unreadable
from latchkey.files import write_whole
from latchkey.gui.jobs import Job
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.choice import Choice
from latchkey.gui.widgets.dialog import Dialog
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.labels import button, column, label, set_role
from latchkey.jobs import Watch
from latchkey.paths import state_folder
from latchkey.text import LANGUAGES, _, join_sentences, language


class HandOver(Dialog):
    """Asks for the language, then saves the sheet or opens it in the browser. It holds no secret."""

    def __init__(self, tools: Tools, draft: Draft, key: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._draft, self._key, self._name = tools, draft, key, name
        self._job: Job | None = None
        self.setWindowTitle(_("Hand over to a colleague"))
        self.setMinimumWidth(460)
        self.language = Choice()
        for code, called in LANGUAGES.items():
            self.language.addItem(called, code)
        self.language.show_value(language() if language() in LANGUAGES else "en")
        self.language.setAccessibleName(_("Language of the sheet"))
        self.show_it, self.save, close = button(), button("primary"), button()
        self.show_it.setText(_("Open in the browser"))
        self.save.setText(_("Save as a page…"))
        close.setText(_("Close"))
        self.said = label("done")
        self.said.hide()
        asked = label("", _("Language of the sheet"), wrap=False)
        asked.setBuddy(self.language)
        layout = column(self, spacing=12, margins=(24, 20, 24, 20))
        layout.addWidget(label("heading", _("Hand over to a colleague")))
        layout.addWidget(
            label("", _("One page that says what to register with {provider} and what to send back to you. It holds the"
                        " exact values and no secret, and it can be mailed or printed.").format(provider=name))
        )  # fmt: skip
        layout.addWidget(asked)
        layout.addWidget(self.language)
        layout.addWidget(self.said)
        ends = Flow(end=True)
        for each in (close, self.show_it, self.save):
            ends.add(each)
        layout.addSpacing(8)
        layout.addWidget(ends)
        close.clicked.connect(self.reject)
        self.show_it.clicked.connect(self._show)
        self.save.clicked.connect(self._ask)

    @Slot()
    def _show(self) -> None:
        self.write(state_folder() / f"register-{self._key}.html", show=True)

    @Slot()
    def _ask(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save the sheet"), str(Path.home() / f"{_file_name(self._name)}.html"),
            _("Web pages ({pattern})").format(pattern="*.html"),
        )  # fmt: skip
        if name:
            self.write(Path(name), show=False)

    def write(self, file: Path, *, show: bool) -> None:
        """Write the sheet on the worker."""
        if self._job is not None:
            return
        draft, catalogue, key, code = self._draft, self._tools.session.catalogue, self._key, self.language.value()

        def work(_watch: Watch) -> tuple[Path, bool]:
            from latchkey.guide.guide import make_guide
            from latchkey.guide.html import handover_html

            page = handover_html(make_guide(draft, catalogue, language=code), key)
            try:
                write_whole(file, page.encode())
            except OSError as error:
                raise Unreadable(
                    _("{file} can't be written.").format(file=file), _("Choose another place for it.")
                ) from error
            return file, show

        self._job = Job(work, "hand-over sheet")
        self._job.done.connect(self._written)
        self._job.failed.connect(self._not_written)
        self._job.ended.connect(self._ended)
        self._tools.runner.start(self._job)

    @Slot(object)
    def _written(self, result: tuple[Path, bool]) -> None:
        file, show = result
        if show:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        self._say(_("Written: {file}").format(file=file), "done")

    @Slot(object)
    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, LatchkeyError):
            raise error
        self._say(join_sentences(error.message, error.hint), "refusal")

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None

    def _say(self, text: str, role: str) -> None:
        set_role(self.said, "role", role)
        self.said.setText(text)
        self.said.show()


def _file_name(name: str) -> str:
    """A name that every system takes for a file."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in name).strip()
    return _("register with {provider}").format(provider=kept or "provider")
