"""Making a secret from a key file: choose the file, and the token made from it goes to the keyring. The key is read,
used and forgotten.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from latchkey.draft.draft import Provider
from latchkey.errors import LatchkeyError
from latchkey.gui.jobs import Job
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, label
from latchkey.jobs import Watch
from latchkey.text import _, join_sentences

if TYPE_CHECKING:
    from latchkey.signing import SignedToken


class SignedSecret(QWidget):
    """The button, and under it what was wrong with the file."""

    made = Signal(object)  # a SignedToken

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._provider = Provider("")
        self._job: Job | None = None
        self.choose = button()
        self.choose.clicked.connect(self._choose)
        self._wrong = label("refusal")
        layout = column(self, spacing=4)
        layout.addWidget(self.choose)
        layout.addWidget(self._wrong)
        self._say("")

    def show_for(self, provider: Provider, *, again: bool) -> None:
        """Whose secret it is; `again`: there is one already."""
        if provider != self._provider:
            self._say("")
        self._provider = provider
        self.choose.setText(_("Renew it from the .p8 file…") if again else _("Make it from the .p8 file…"))
        self.choose.setAccessibleName(self.choose.text())

    def make_from(self, file: Path) -> None:
        """Make the token beside the window; `made` brings it."""
        if self._job is not None:
            return
        provider = self._provider

        def work(_watch: Watch) -> SignedToken:
            from latchkey.signing import apple_client_secret, read_key_file

            found = read_key_file(file)
            settings = provider.settings
            return apple_client_secret(
                settings.get("team_id", ""), provider.client_id, settings.get("key_id", "") or found.key_id, found.text
            )

        self._job = Job(work, "make a secret")
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)
        self.choose.setEnabled(False)
        self._say("")
        self._tools.runner.start(self._job)

    @Slot()
    def _choose(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("The key file from Apple"), str(Path.home()), _("Keys ({pattern})").format(pattern="*.p8")
        )
        if name:
            self.make_from(Path(name))

    @Slot(object)
    def _done(self, token: SignedToken) -> None:
        self._end()
        self.made.emit(token)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, LatchkeyError):
            raise error
        self._say(join_sentences(error.message, error.hint))

    def _end(self) -> None:
        self._job = None
        self.choose.setEnabled(True)

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        self.choose.setAccessibleDescription(text)
