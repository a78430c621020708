"""Garbage that only holds itself, which counting references never frees: swept on the window's thread, while nobody
waits for it.

Left to itself, Python sweeps on whichever thread allocates. On the worker, which allocates most, that held the window
for up to 25 ms in the middle of a drag, and would free Qt's objects on a thread that is not theirs.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from latchkey.gui.session import Session

_LOOK_EVERY = 1000  # milliseconds
_PAUSE = 1.0  # seconds since the last change: nobody types or drags
_WORTH = 5_000  # objects more than at the last time; fewer are left for later
_AT_LAST = 500_000  # so many are swept whatever happens: some 100 MB
_WHOLE_EVERY = 20  # sweeps; what lives long is looked through so seldom


class Sweeper(QObject):
    """Looks after it from `begin` to `end`; before and after, Python does."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._changed = time.monotonic()
        self._sweeps = 0
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        session.draft_changed.connect(self._note)
        session.step_changed.connect(self._note)

    def begin(self) -> None:
        """What is loaded by now lives as long as the window, and is never looked through again."""
        gc.freeze()
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """The window closes."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _note(self) -> None:
        self._changed = time.monotonic()

    @Slot()
    def _look(self) -> None:
        new = gc.get_count()[0]
        if new >= _AT_LAST or (new >= _WORTH and self._is_quiet()):
            self._sweeps += 1
            gc.collect(1 if self._sweeps % _WHOLE_EVERY else 2)

    def _is_quiet(self) -> bool:
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        return not (pressed or self._session.composing or time.monotonic() - self._changed < _PAUSE)
