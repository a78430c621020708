"""A draft is open in one window at a time: the lock, and the bell with which another window asks to be shown instead.

Both stand in the state folder, under a name made of the draft's real path: nothing is put beside people's files, and a
draft in a folder that can't be written is held too. A draft that another computer changes is noticed by its content.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal, Slot

from latchkey.errors import Refused
from latchkey.files import write_whole
from latchkey.gui.recovery import short_name
from latchkey.text import _

_LOCKS, _BELLS = "locks", "bells"
_ANSWERS_WITHIN = 1.5  # seconds, for a window that has time
_LOOK_EVERY = 0.02
# What a desktop hands to a program so that it may come to the front: the window that is rung for needs it.
_TOKEN = "XDG_ACTIVATION_TOKEN"


class OpenElsewhere(Refused):
    """The draft is open in another window of this computer."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            _("{file} is open in another Latchkey window.").format(file=file.name),
            _("Go on in that window, or open a copy here."),
        )
        self.file = file


class Hold:
    """The lock on one draft; it ends with `let_go`, or with the process, however that ends."""

    def __init__(self, lock: QLockFile) -> None:
        self._lock = lock

    def let_go(self) -> None:
        """Another window may have it."""
        self._lock.unlock()


def hold(file: Path, folder: Path) -> Hold | None:
    """Take a draft for this window; None: another one has it. `folder`: where locks are kept."""
    place = folder / _LOCKS / short_name(file)
    place.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(place))
    lock.setStaleLockTime(0)  # one is stale when its process is gone, however long it is held
    if lock.tryLock(0):
        return Hold(lock)
    if lock.error() is QLockFile.LockError.LockFailedError:
        return None
    return Hold(lock)  # locks can't be made here: the draft's content is still compared before it is written


def is_free(file: Path, folder: Path) -> bool:
    """Whether no other window has the draft open."""
    found = hold(file, folder)
    if found is not None:
        found.let_go()
    return found is not None


class Doorbell(QObject):
    """Says when somebody wants the window that has `file` open."""

    rang = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder / _BELLS
        self._folder.mkdir(parents=True, exist_ok=True)
        self._mark = ""
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._look)

    def listen_for(self, file: Path) -> None:
        """From now on the window has this draft open."""
        self._mark = short_name(file)
        (self._folder / self._mark).unlink(missing_ok=True)

    def close(self) -> None:
        """Stop listening."""
        self._mark = ""
        self._watcher.blockSignals(True)
        self._watcher.deleteLater()

    @Slot()
    def _look(self) -> None:
        bell = self._folder / self._mark
        if not self._mark or not bell.is_file():
            return
        try:
            token = bell.read_text(encoding="utf-8")[:200]
            bell.unlink(missing_ok=True)
        except (OSError, ValueError):
            return
        if token:
            os.environ[_TOKEN] = token
        self.rang.emit()


def ring(file: Path, folder: Path) -> Path | None:
    """Ask the window that has the draft open to come to the front. The bell is gone when it has heard."""
    bell = folder / _BELLS / short_name(file)
    _let_come_to_front()
    try:
        write_whole(bell, os.environ.get(_TOKEN, "").encode())
    except OSError:
        return None
    return bell


def _let_come_to_front() -> None:
    """On Windows only the program that a person has just used may hand that right on; else a button would only blink.

    https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # whoever it is: its number is not known here


def heard(bell: Path | None) -> bool:
    """Wait a moment for the other window to hear. A bell that nobody heard is taken away again."""
    if bell is None:
        return False
    end = time.monotonic() + _ANSWERS_WITHIN
    while bell.exists() and time.monotonic() < end:
        time.sleep(_LOOK_EVERY)
    answered = not bell.exists()
    bell.unlink(missing_ok=True)
    return answered
