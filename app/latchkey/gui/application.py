"""Builds everything that lives as long as the window, and hands it on: there are no globals."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from latchkey.draft.draft import Draft
from latchkey.errors import LatchkeyError, Refused
from latchkey.gui.clipboard import Clipboard
from latchkey.gui.crash import CrashReporter
from latchkey.gui.icons import Icons
from latchkey.gui.jobs import JobRunner
from latchkey.gui.main_window import MainWindow
from latchkey.gui.memory import Memory
from latchkey.gui.saving import Keeper, free
from latchkey.gui.session import Session
from latchkey.gui.theme import Theme
from latchkey.gui.tools import Tools
from latchkey.gui.vault import Vault
from latchkey.paths import state_folder
from latchkey.secrets import Keychain
from latchkey.text import _, set_language, system_language

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue


class Wizard(QObject):
    """One window with all that it needs. Tests build it too, with folders and a keychain of their own."""

    def __init__(self, app: QApplication, memory: Memory, drafts: Path, keychain: Keychain) -> None:
        super().__init__()
        set_language(memory.settings.language or system_language())
        self._app = app
        self.runner = JobRunner()
        self.theme = Theme(app, memory.settings.theme)
        self.session = Session(Draft(), self.runner, load_catalogue)
        self.keeper = Keeper(self.session, self.runner, memory, drafts)
        self.tools = Tools(
            session=self.session, keeper=self.keeper, runner=self.runner, theme=self.theme, icons=Icons(self.theme),
            memory=memory, clipboard=Clipboard(), vault=Vault(keychain, self.runner),
        )  # fmt: skip
        self.session.go("start")
        self.window: MainWindow | None = None

    def open(self, path: Path | None) -> None:
        """Open that draft; without one, continue where the person was. Raises LatchkeyError for a path that was given."""
        if path is not None:
            if path.is_dir():
                raise Refused(
                    _("{path} is a folder, not a draft.").format(path=path),
                    _("Give the path of a file that ends in .latchkey.toml."),
                )
            self.keeper.open(path)
            return
        last = Path(self.tools.memory.now.last) if self.tools.memory.now.last else None
        if last is None or not last.is_file() or not (self.keeper.is_named(last) or free(last)):
            return
        try:
            self.keeper.open(last)
        except LatchkeyError:
            self.tools.memory.forget(last)

    def show(self) -> MainWindow:
        """Make the window and show it; checking and composing begin once it stands."""
        self.window = MainWindow(self.tools)
        self.window.language_chosen.connect(self.choose_language)
        self.window.closed.connect(self.close)
        self.window.show()
        QTimer.singleShot(0, self.session.start)
        return self.window

    @Slot(str)
    def choose_language(self, code: str) -> None:
        """Speak another language at once."""
        chosen = set_language(code)
        self.tools.memory.choose_language(chosen)
        self.theme.apply()
        self.session.say_again()
        if self.window is not None:
            self.window.retranslate()

    @Slot()
    def close(self) -> None:
        """Stop the workers; a secret does not stay in the clipboard."""
        self.session.close()
        self.tools.clipboard.forget()
        self.runner.close()

    def answers(self) -> Iterator[str]:
        """Every text of the draft, for blacking out."""
        yield from _texts(self.session.draft)
        yield str(self.keeper.file)


def run(path: Path | None) -> int:
    """The wizard, until its window is closed. Raises LatchkeyError when `path` can't be opened."""
    app = _application()
    state = state_folder()
    wizard = Wizard(app, Memory(state / "window.json"), state / "drafts", Keychain())
    reporter = CrashReporter(wizard.answers, wizard.keeper.flush)
    reporter.install()
    try:
        wizard.open(path)
        wizard.show()
        return app.exec()
    finally:
        wizard.close()
        reporter.remove()


def load_catalogue() -> Catalogue:
    """Read the provider types; asked for when the first page or check needs them."""
    from latchkey.catalogue.loader import load_catalogue as load

    return load()


def _application() -> QApplication:
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Latchkey")
    app.setApplicationDisplayName("Latchkey")
    app.setDesktopFileName("latchkey")
    app.setStyle("Fusion")
    return app


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, (tuple, frozenset)):
        for part in value:
            yield from _texts(part)
    elif hasattr(value, "items"):
        for key, part in value.items():
            yield from _texts(key)
            yield from _texts(part)
