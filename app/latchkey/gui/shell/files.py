"""New, open, save as: the commands on drafts, and the notices about the file they are kept in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from latchkey.draft.store import SUFFIX
from latchkey.errors import LatchkeyError
from latchkey.gui.holding import OpenElsewhere, ring
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.notice import Choice, Notice
from latchkey.text import _, join_sentences

_ANSWERS_WITHIN = 1500  # milliseconds that the other window has to come forward


class FileCommands(QObject):
    """Asks for names, calls the keeper, and says what went wrong in the notice line."""

    def __init__(
        self, window: QWidget, tools: Tools, notice: Notice, leave: Callable[[Callable[[], None]], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._keeper = tools.keeper
        self._notice = notice
        self._leave = leave  # does what takes the page away, once nothing is lost by it
        self._bell: Path | None = None
        self._heard = QTimer(self, singleShot=True, interval=_ANSWERS_WITHIN)
        self._heard.timeout.connect(self._look_for_answer)
        self._keeper.trouble.connect(self._trouble)
        self._keeper.conflict.connect(self._conflict)
        self._keeper.gone.connect(self._gone)
        self._keeper.recovered.connect(self._recovered)
        self._keeper.restored.connect(self._restored)

    def connect_actions(self, actions: Mapping[str, QAction]) -> None:
        """Join the commands to their actions."""
        actions["new"].triggered.connect(self.new)
        actions["open"].triggered.connect(self.ask_open)
        actions["save_as"].triggered.connect(self.ask_save_as)

    @Slot()
    def new(self) -> None:
        """Begin an empty draft; the one before is kept."""
        self._leave(self._keeper.new)

    @Slot()
    def ask_open(self) -> None:
        """Choose a draft and open it."""
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Open a draft"), self._folder(), _("Latchkey drafts ({pattern})").format(pattern="*.toml")
        )
        if name:
            self.open(Path(name))

    @Slot(str)
    def open_named(self, name: str) -> None:
        """Open that draft, or ask which."""
        if name:
            self.open(Path(name))
        else:
            self.ask_open()

    def open(self, file: Path) -> None:
        """Open a draft, or say why not."""
        self._leave(partial(self._open, file))

    def _open(self, file: Path) -> None:
        if file.absolute() == self._keeper.file:
            return
        self._notice.hide()
        try:
            self._keeper.open(file)
        except OpenElsewhere as error:
            self.say_elsewhere(error)
        except LatchkeyError as error:
            self._trouble(error.message, error.hint)

    def say_elsewhere(self, error: OpenElsewhere) -> None:
        """Another window has the draft: show that one, or work on a copy."""
        self._notice.say(
            join_sentences(error.message, error.hint),
            choices=(
                (_("Show that window"), partial(self._ring, error.file)),
                (_("Open a copy"), partial(self._open_copy, error.file)),
            ),
        )

    def _open_copy(self, file: Path) -> None:
        try:
            self._keeper.open_copy(file)
        except LatchkeyError as error:
            self._trouble(error.message, error.hint)

    def _ring(self, file: Path) -> None:
        self._bell = ring(file, self._keeper.folder)
        self._heard.start()

    @Slot()
    def _look_for_answer(self) -> None:
        bell, self._bell = self._bell, None
        if bell is None or bell.exists():
            if bell is not None:
                bell.unlink(missing_ok=True)
            self._trouble(_("The other window does not answer."), _("Perhaps it is waiting for you in a dialog."))

    @Slot()
    def ask_folder(self) -> None:
        """Choose a folder of policies to improve."""
        source = self._tools.session.source
        name = QFileDialog.getExistingDirectory(
            self._window, _("Folder with your policies"), str(source.folder.parent if source else Path.home())
        )
        if name:
            self.open_folder(Path(name))

    def open_folder(self, folder: Path) -> None:
        """Work on the policies of a folder; the start page says how far it is, and what stands against it."""
        self._leave(partial(self._open_folder, folder))

    def _open_folder(self, folder: Path) -> None:
        self._notice.hide()
        self._tools.session.go("start")
        self._tools.reader.open(folder)

    @Slot(object)
    def say_policies_changed(self, folder: Path) -> None:
        """Another program changed the policies that are open."""
        self._notice.say(
            _("Files in {folder} were changed by another program.").format(folder=folder.name),
            "note",
            choices=((_("Read them again"), self._tools.session.compose_now),),
        )

    @Slot()
    def ask_save_as(self) -> None:
        """Choose a name for the draft; from then on it is saved there as you go."""
        suggested = (self._tools.session.draft.tenant.name.strip() or "sign-in") + SUFFIX
        name, _filter = QFileDialog.getSaveFileName(
            self._window,
            _("Save the draft"),
            str(Path(self._folder()) / suggested),
            _("Latchkey drafts ({pattern})").format(pattern=f"*{SUFFIX}"),
        )
        if not name:
            return
        try:
            self._keeper.save_as(Path(name))
        except OpenElsewhere as error:
            self._trouble(error.message, _("Choose another name."))
        except LatchkeyError as error:
            self._trouble(error.message, error.hint)

    def _folder(self) -> str:
        return str(self._keeper.file.parent if self._keeper.named else Path.home())

    # What happened to the file

    @Slot(str, str)
    def _trouble(self, message: str, hint: str) -> None:
        self._notice.say(join_sentences(message, hint), "note-refusal")

    @Slot()
    def _conflict(self) -> None:
        self._ask(
            _("{file} was changed by another program. Which one shall stay?").format(file=self._keeper.file.name),
            ((_("What is in the file"), self._take_theirs), (_("What is in this window"), self._keep_mine)),
        )

    @Slot()
    def _gone(self) -> None:
        text = _("{file} is no longer there: it was moved, renamed or deleted. Your answers are still in this window.")
        self._ask(
            text.format(file=self._keeper.file.name),
            ((_("Write it again"), self._keep_mine), (_("Save as…"), self.ask_save_as)),
        )

    def _ask(self, text: str, choices: Sequence[Choice]) -> None:
        """A question that comes again with each change until it is answered; it is not said twice."""
        if self._notice.says != text:
            self._notice.say(text, choices=choices)

    def _take_theirs(self) -> None:
        try:
            self._keeper.take_theirs()
        except LatchkeyError as error:
            self._trouble(error.message, error.hint)

    def _keep_mine(self) -> None:
        self._keeper.keep_mine()

    @Slot()
    def _recovered(self) -> None:
        self._notice.say(
            _(
                "Some of your answers did not reach {file} last time, and it was changed since. Take them over now?"
            ).format(file=self._keeper.file.name),
            choices=(
                (_("Take them over"), self._keeper.use_recovery),
                (_("Throw them away"), self._keeper.drop_recovery),
            ),
        )

    @Slot()
    def _restored(self) -> None:
        self._notice.say(
            _("Latchkey ended before your last answers reached {file}. They are here again.").format(
                file=self._keeper.file.name
            ),
            "note",
            choices=((_("Undo"), self._tools.session.undo_stack.undo),),
        )
