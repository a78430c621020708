"""Builds everything that lives as long as the window, and hands it on: there are no globals.

First the window itself, on screen at once; when it has been painted, what is in it; then checking and composing.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from latchkey.draft.draft import Draft
from latchkey.errors import LatchkeyError, Refused
from latchkey.gui.crash import CrashReporter, quiet_qt, tell_no_window
from latchkey.gui.holding import OpenElsewhere, heard, ring
from latchkey.gui.jobs import JobRunner
from latchkey.gui.main_window import MainWindow
from latchkey.gui.memory import Memory
from latchkey.gui.qt_words import QtWords, desktop_languages
from latchkey.gui.saving import Keeper
from latchkey.gui.session import Session
from latchkey.gui.theme import Theme
from latchkey.log import no_core_dump, remember
from latchkey.paths import state_folder
from latchkey.text import language, set_language, wanted_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.gui.opening import Found
    from latchkey.gui.sweeping import Sweeper
    from latchkey.gui.tools import Tools
    from latchkey.secrets import Keychain


class Wizard(QObject):
    """One window with all that it needs. Tests build it too, with folders and a keychain of their own."""

    def __init__(
        self, app: QApplication, memory: Memory, drafts: Path, make_keychain: Callable[[], Keychain] | None = None
    ) -> None:
        super().__init__()
        code = set_language(wanted_language(memory.settings.language, desktop_languages()))
        self.qt_words = QtWords(app)
        self.qt_words.speak(code)
        self._make_keychain = make_keychain
        self.memory = memory
        self.runner = JobRunner()
        self.theme = Theme(app, memory.settings.theme)
        self.session = Session(Draft(), self.runner, load_catalogue)
        self.keeper = Keeper(self.session, self.runner, memory, drafts)
        self.session.go("start")
        self._wanted: Found | None = None  # what is opened as soon as the window stands
        self._elsewhere: OpenElsewhere | None = None  # the wanted draft is open in another window
        self._sweeper: Sweeper | None = None
        self._closed = False
        self.tools: Tools | None = None
        self.window: MainWindow | None = None

    def open(self, what: Path | str | None) -> None:
        """Open a draft, a folder of policies or whatever else `opening` knows; without one, go on where the person was.
        Raises LatchkeyError for what was given and can't be opened.
        """
        if what is not None:
            self._open_given(str(what))
            return
        last = Path(self.memory.now.last) if self.memory.now.last else None
        if last is None or not self.keeper.is_free(last):
            return
        if not last.is_file():
            self.keeper.open_rest_of(last)
            return
        try:
            self.keeper.open(last)
        except LatchkeyError:
            self.memory.forget(last)

    def _open_given(self, argument: str) -> None:
        path = Path(argument)
        if "://" not in argument and not path.is_dir() and (path.suffix == ".toml" or not path.exists()):
            self.keeper.open(path)  # a draft opens without knowing anything else, so that its window stands soon
            return
        from latchkey.gui import opening

        found = opening.of_argument(argument)
        if found.kind == "unknown":
            raise Refused(found.says)
        self._wanted = found  # done when the window stands

    def say_elsewhere(self, error: OpenElsewhere) -> None:
        """The draft that was wanted is open in a window that does not answer: said when this one stands."""
        self._elsewhere = error

    def show(self) -> MainWindow:
        """Make the window and show it; the rest comes when it has been painted."""
        self.window = MainWindow(self.session, self.keeper, self.theme, self.memory)
        self.window.language_chosen.connect(self.choose_language)
        self.window.closed.connect(self.close)
        self.window.painted.connect(self.furnish)
        self.window.show()
        return self.window

    @Slot()
    def furnish(self) -> None:
        """Fill the window, then begin to check and compose."""
        from latchkey.gui.clipboard import Clipboard
        from latchkey.gui.icons import Icons, program_icon
        from latchkey.gui.reading import FolderReader
        from latchkey.gui.tools import Tools
        from latchkey.gui.vault import Vault

        gc.enable()  # as it was before the start
        if self.tools is not None or self.window is None:
            return
        if self._make_keychain is None:
            from latchkey.secrets import Keychain

            self._make_keychain = Keychain
        self.tools = Tools(
            session=self.session, keeper=self.keeper, runner=self.runner, theme=self.theme, icons=Icons(self.theme),
            memory=self.memory, clipboard=Clipboard(), vault=Vault(self._make_keychain(), self.runner),
            reader=FolderReader(self.session, self.keeper, self.runner, self.memory),
        )  # fmt: skip
        self.window.furnish(self.tools)
        self.window.setWindowIcon(program_icon())
        self.session.composed_changed.connect(self._calm_collector)
        self.session.start()
        self.keeper.watch()
        self.keeper.tell()
        content = self.window.content
        if content is None:
            return
        self.keeper.wanted.connect(self.window.come_forward)
        if self._wanted is not None:
            content.taking.take(self._wanted)
        if self._elsewhere is not None:
            content.files.say_elsewhere(self._elsewhere)
        self.window.furnished.emit()

    def welcome_newcomer(self) -> None:
        """Who has never been here is welcomed as soon as the window stands; for who has, a newer version is looked for,
        if that is wanted.
        """
        if self.window is not None:
            known = self.memory.settings.welcomed
            self.window.furnished.connect(self._look_for_newer if known else self._welcome)

    @Slot()
    def _look_for_newer(self) -> None:
        if self.window is not None and self.window.content is not None:
            self.window.content.updates.begin()

    @Slot()
    def _welcome(self) -> None:
        if self.window is not None and self.window.content is not None:
            self.window.content.helping.welcome()

    @Slot()
    def _calm_collector(self) -> None:
        """Keep the garbage collector from stopping the window: all that the first page needs is here by now."""
        from latchkey.gui.sweeping import Sweeper

        self.session.composed_changed.disconnect(self._calm_collector)
        if not self._closed:
            self._sweeper = Sweeper(self.session)
            self._sweeper.begin()

    @Slot(str)
    def choose_language(self, code: str) -> None:
        """Speak another language at once."""
        self.memory.choose_language(set_language(code))
        self.qt_words.speak(language())
        self.theme.apply()
        self.session.say_again()
        if self.window is not None:
            self.window.retranslate()

    @Slot()
    def close(self) -> None:
        """Stop the workers; a secret does not stay in the clipboard."""
        self._closed = True
        self.session.close()
        if self._sweeper is not None:
            self._sweeper.end()
        if self.tools is not None:
            self.tools.clipboard.forget()
            self.tools.vault.close()
        self.runner.close()
        self.qt_words.speak("en")
        self.memory.write()


def run(what: str | None) -> int:
    """The wizard, until its window is closed. Raises LatchkeyError when what it shall open can't be.

    A draft that is open in another window brings that one to the front instead.
    """
    tell_no_window()
    app = make_application()
    state = state_folder()
    wizard = Wizard(app, Memory(state / "window.json"), state / "drafts")
    reporter = CrashReporter(wizard.session, wizard.keeper)
    reporter.install()
    quiet_qt()
    remember()
    try:
        try:
            wizard.open(what)
        except OpenElsewhere as error:
            if heard(ring(error.file, wizard.keeper.folder)):
                return 0
            wizard.say_elsewhere(error)
        wizard.show().painted.connect(no_core_dump)  # as soon as a secret can be typed
        wizard.welcome_newcomer()
        return app.exec()
    finally:
        wizard.close()
        reporter.remove()


def load_catalogue() -> Catalogue:
    """Read the provider types; asked for when the first page or check needs them."""
    from latchkey.catalogue.loader import load_catalogue as load

    return load()


def make_application() -> QApplication:
    """The QApplication, named and with the style that the style sheet builds on."""
    existing = QApplication.instance()
    # The style is given as an option, not by setStyle: that would bring all of QStyle's enumerations over.
    app = existing if isinstance(existing, QApplication) else QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("Latchkey")
    app.setApplicationDisplayName("Latchkey")
    app.setDesktopFileName("latchkey")
    return app
