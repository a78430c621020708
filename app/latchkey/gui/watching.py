"""Noticing that files changed on disk: said once, a moment after the last change.

A file that is replaced in one step, as editors and Latchkey itself do, is another file afterwards; it is followed by
its name. While one is gone its folder is watched, so that it is noticed when it comes back.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

_SETTLED_AFTER = 250  # milliseconds without another change


class Watcher(QObject):
    """Follows some files and folders; `changed` does not say what changed: who hears it looks."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[Path, ...] = ()
        self._closed = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._touched)
        self._watcher.directoryChanged.connect(self._touched)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_AFTER)
        self._settled.timeout.connect(self._tell)

    def follow(self, *paths: Path) -> None:
        """Watch these and nothing else. What is not there is waited for in its folder. Once closed, nothing."""
        if self._closed:  # a set that was still being composed may come after the window's end
            return
        if paths != self._wanted:
            self._settled.stop()
        self._wanted = paths
        self._join()

    def close(self) -> None:
        """Stop, on the window's thread: what the system's watch leans on must not go on another one."""
        self._settled.stop()
        self._closed, self._wanted = True, ()
        self._watcher.blockSignals(True)
        self._watcher.deleteLater()

    @Slot()
    def _touched(self) -> None:
        self._settled.start()

    @Slot()
    def _tell(self) -> None:
        self._join()
        self.changed.emit()

    def _join(self) -> None:
        """Watch what is there now under the names that are wanted."""
        names = {str(path if path.exists() else path.parent) for path in self._wanted}
        known = {*self._watcher.files(), *self._watcher.directories()}
        if gone := known - names:
            self._watcher.removePaths(list(gone))
        if new := [name for name in names - known if Path(name).exists()]:
            self._watcher.addPaths(new)
