"""The policies that a draft changes, watched: when another program changed the files, it is offered to read them again.

What Latchkey writes itself is read again at once anyway, and so is not spoken of.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from latchkey.gui.existing import Stamp, stamp_of
from latchkey.gui.jobs import Job, JobRunner
from latchkey.gui.session import Session
from latchkey.gui.watching import Watcher
from latchkey.jobs import Watch

_LATER = 400  # milliseconds, while our own work is under way
_MOST_FILES = 60  # on macOS each one that is watched is an open file


class FolderWatch(QObject):
    """Compares names, sizes and times with those that were read."""

    changed = Signal(object)  # the folder, whose files are not as they were read

    def __init__(self, session: Session, runner: JobRunner) -> None:
        super().__init__()
        self._session, self._runner = session, runner
        self._folder: Path | None = None
        self._told: Stamp = ()
        self._watcher = Watcher(self)
        self._watcher.changed.connect(self._look)
        self._later = QTimer(self, singleShot=True, interval=_LATER)
        self._later.timeout.connect(self._look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):  # somebody comes back from an editor
            application.applicationStateChanged.connect(self._come_back)
        session.composed_changed.connect(self._follow)
        session.opened.connect(self._follow)

    def close(self) -> None:
        """Stop watching."""
        self._later.stop()
        self._watcher.close()

    @Slot()
    def _follow(self) -> None:
        """Watch the folder of the policies that are open, and each file of it."""
        existing = self._session.existing if self._session.source is not None else None
        self._folder = existing.folder if existing is not None else None
        if existing is None:
            self._watcher.follow()
        else:
            files = [existing.folder / name for name, _size, _time in existing.stamp[:_MOST_FILES]]
            self._watcher.follow(existing.folder, *files)

    @Slot(Qt.ApplicationState)
    def _come_back(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._look()

    @Slot()
    def _look(self) -> None:
        folder = self._folder
        if folder is None:
            return
        if self._session.composing:  # it reads the folder itself
            self._later.start()
            return

        def work(_watch: Watch) -> tuple[Path, Stamp]:
            return folder, stamp_of(folder)

        job = Job(work, "look at the policies' folder")
        job.done.connect(self._looked)
        self._runner.start(job)

    @Slot(object)
    def _looked(self, result: tuple[Path, Stamp]) -> None:
        folder, stamp = result
        existing = self._session.existing
        if existing is None or folder != self._folder or existing.folder != folder:
            return
        if self._session.composing:
            self._later.start()
        elif stamp != existing.stamp and stamp != self._told:
            self._told = stamp
            self.changed.emit(folder)
