"""The help menu's dialogs: keys, a report of a problem, what this is; and the welcome of the first start."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from latchkey.gui.tools import Tools


class Helping(QObject):
    """Opens one dialog at a time over the window; nothing waits for it."""

    language_chosen = Signal(str)

    def __init__(self, window: QWidget, tools: Tools, actions: Mapping[str, QAction]) -> None:
        super().__init__(window)
        self._window, self._tools, self._actions = window, tools, actions
        self.open_one: QDialog | None = None
        for name, does in (
            ("shortcuts", self.show_shortcuts), ("report", self.report_problem), ("about", self.about),
            ("updates", self.newer_versions), ("secrets", self.show_secrets),
        ):  # fmt: skip
            actions[name].triggered.connect(does)

    @Slot()
    def show_shortcuts(self) -> None:
        """Which keys do what."""
        from latchkey.gui.shell.shortcuts import ShortcutsDialog

        self._show(ShortcutsDialog(self._window, self._actions, self._tools.runner))

    @Slot()
    def report_problem(self) -> None:
        """A text for whoever helps."""
        from latchkey.gui.shell.problem_report import ProblemReport

        self._show(ProblemReport(self._window, self._tools))

    @Slot()
    def about(self) -> None:
        """Versions, and whether this installation is whole."""
        from latchkey.gui.shell.about import AboutDialog

        self._show(AboutDialog(self._window, self._tools))

    @Slot()
    def newer_versions(self) -> None:
        """Whether to look for them, and where."""
        from latchkey.gui.shell.newer_versions import NewerVersions

        self._show(NewerVersions(self._window, self._tools))

    @Slot()
    def show_secrets(self) -> None:
        """All secrets that are stored."""
        from latchkey.gui.shell.stored_secrets import StoredSecrets

        self._show(StoredSecrets(self._window, self._tools))

    def welcome(self) -> None:
        """The first start."""
        from latchkey.gui.shell.welcome import WelcomeDialog

        dialog = WelcomeDialog(self._window, self._tools)
        dialog.language_chosen.connect(self.language_chosen)
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        if self.open_one is not None:
            self.open_one.close()
        self.open_one = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    @Slot(int)
    def _closed(self, _result: int) -> None:
        if self.sender() is self.open_one:
            self.open_one = None
