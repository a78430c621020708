"""Help, Newer versions: whether to look for them, where, and a look at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from latchkey import __version__
from latchkey.errors import LatchkeyError
from latchkey.gui.announce import announce
from latchkey.gui.jobs import Job
from latchkey.gui.shell.dialogs import HelpDialog
from latchkey.gui.tools import Tools
from latchkey.gui.updating import NETWORK, address_of, look_job, newer_in_words
from latchkey.gui.widgets.checks import CheckBox
from latchkey.gui.widgets.labels import button, label, row, set_role
from latchkey.text import _, join_sentences

if TYPE_CHECKING:
    from latchkey.discovery.updates import Newest


class NewerVersions(HelpDialog):
    """The switch works at once; the network is used only for a look that was wanted."""

    def __init__(self, parent: QWidget, tools: Tools) -> None:
        super().__init__(parent, _("Newer versions"), 560)
        self._tools = tools
        self._job: Job | None = None
        self.body.addWidget(
            label(
                "",
                _("Latchkey can look whether there is a newer version. It reads one line of text at the address below,"
                  " sends nothing about you or your answers, and never downloads or changes anything by itself."),
            )
        )  # fmt: skip
        self.body.addWidget(label("soft", _("This is version {version}.").format(version=__version__)))
        named = label("", _("Address of the text with the newest version"))
        self.address = QLineEdit(address_of(tools))
        self.address.setPlaceholderText("https://")
        self.address.setAccessibleName(named.text())
        self.address.textEdited.connect(self._typed)
        named.setBuddy(self.address)
        self.body.addWidget(named)
        self.body.addWidget(self.address)
        self.switch = CheckBox()
        self.switch.setText(_("Look once a day, when Latchkey starts"))
        self.switch.show_checked(tools.memory.settings.updates == "on")
        self.switch.ticked.connect(self._switched)
        self.body.addWidget(self.switch)
        line = row(spacing=12)
        self.look = button()
        self.look.setText(_("Look now"))
        self.look.setAccessibleName(_("Look for a newer version now"))
        self.look.clicked.connect(self._look)
        self._says = label("hint")
        line.addWidget(self.look)
        line.addWidget(self._says, 1)
        self.body.addLayout(line)
        self.add_close("primary")
        self._show_ready()

    def done(self, result: int) -> None:
        """A look that is under way is not waited for."""
        if self._job is not None:
            self._job.cancel()
        super().done(result)

    def _usable(self) -> bool:
        return self.address.text().strip().startswith("https://")

    def _show_ready(self) -> None:
        usable = self._usable()
        self.look.setEnabled(usable and self._job is None)
        self.switch.setEnabled(usable)
        if self._job is None:
            wrong = bool(self.address.text().strip()) and not usable
            self._say(_("The address must begin with https://.") if wrong else "", "attention")

    @Slot(str)
    def _typed(self, text: str) -> None:
        address = text.strip()
        if not address or self._usable():
            memory = self._tools.memory
            memory.choose_updates(memory.settings.updates if address else "off", address)
        if not self._usable():
            self.switch.show_checked(False)
        self._show_ready()

    @Slot()
    def _switched(self) -> None:
        self._tools.memory.choose_updates("on" if self.switch.isChecked() else "off")

    @Slot()
    def _look(self) -> None:
        self._job = look_job(self.address.text().strip())
        self._job.done.connect(self._found)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self._say(_("Looking…"), "hint")
        self._tools.runner.start(self._job, NETWORK)
        self.look.setEnabled(False)

    @Slot(object)
    def _found(self, newest: Newest) -> None:
        said = newer_in_words(newest) if newest.is_newer else _("This is the newest version.")
        self._say(said, "attention" if newest.is_newer else "done")

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if not isinstance(error, LatchkeyError):
            raise error
        self._say(join_sentences(error.message, error.hint), "refusal")

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None
        self.look.setEnabled(self._usable())

    def _say(self, text: str, role: str) -> None:
        set_role(self._says, "role", role)
        self._says.setText(text)
        announce(self, text)
        self.grow()
