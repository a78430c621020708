"""Long work beside the window: one worker thread, and a second one for the keyring, which a password window can hold.

A job is an ordinary function that takes a `Watch`. Connect its signals to methods (`@Slot`), then start it; the runner
keeps it alive until it has ended. The thread's end is posted to the window's thread by Qt, in order.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from latchkey.errors import Cancelled
from latchkey.log import Plain, logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from latchkey.jobs import Watch

_log = logger(__name__)

# A worker in pure Python gives the interpreter lock back this often (seconds), so the window never waits for it longer.
SWITCH_INTERVAL = 0.001


class Job(QObject):
    """One piece of work. Exactly one of `done`, `failed`, `cancelled` comes, then `ended`."""

    progress = Signal(float, str)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal(object)

    def __init__(self, work: Callable[[Watch], Any], name: str = "") -> None:
        super().__init__()
        self.name = name or getattr(work, "__name__", "job")
        self._work = work
        self._stop = threading.Event()
        self._finished = threading.Event()
        self.outcome: Any = None  # what the work returned; only for whoever waited

    def cancel(self) -> None:
        """Ask the work to stop at its next step; its result, if it still comes, is thrown away."""
        self._stop.set()

    def step(self, fraction: float, text: str = "") -> None:
        """The `Watch` that the work is given: report, or stop."""
        if self._stop.is_set():
            raise Cancelled("")
        self.progress.emit(fraction, text)

    def wait(self, seconds: float = 10.0) -> bool:
        """Wait on the window's thread until the work has ended: only when the window closes."""
        return self._finished.wait(seconds)

    def run(self) -> None:
        """Called on the worker's thread. The border where any error becomes a signal."""
        start = time.perf_counter()
        try:
            self.step(0.0)
            result = self._work(self)
            self.step(1.0)
            self.outcome = result
        except Cancelled:
            self.cancelled.emit()
        except Exception as error:  # noqa: BLE001  (the job border: whatever happened is told in the window)
            _log.info("job %s failed", Plain(self.name), exc_info=error)
            self.failed.emit(error)
        else:
            self.done.emit(result)
        _log.debug("job %s: %d ms", Plain(self.name), (time.perf_counter() - start) * 1000)
        self._finished.set()
        self.ended.emit(self)


class Lane:
    """One thread that does one job after the other. The interpreter does not wait for it at its end: a keyring whose
    window nobody answers would hold the process for ever.
    """

    def __init__(self, name: str) -> None:
        from queue import SimpleQueue  # not for the first picture

        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._left = False  # closed without waiting: the job that runs may outlive the window and its own signals
        self._thread = threading.Thread(target=self._work, name=f"latchkey-{name}", daemon=True)
        self._thread.start()

    def add(self, job: Job) -> None:
        """Do this when all before it is done."""
        self._jobs.put(job)

    def close(self, *, wait: bool) -> None:
        """Forget what has not begun; with `wait`, until what has begun is done."""
        from queue import Empty

        with contextlib.suppress(Empty):
            while True:
                self._jobs.get_nowait()
        self._left = not wait
        self._jobs.put(None)
        if wait:
            self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job.run()
            except RuntimeError:  # of Qt: "Signal source has been deleted"
                if not self._left:
                    raise
            del job


class JobRunner(QObject):
    """Owns the worker threads."""

    idle = Signal()

    def __init__(self) -> None:
        super().__init__()
        sys.setswitchinterval(SWITCH_INTERVAL)
        self._lanes: dict[str, Lane] = {}
        self._live: set[Job] = set()
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether any job has been started and has not ended."""
        return bool(self._live)

    def start(self, job: Job, lane: str = "work") -> None:
        """Start a job whose signals are connected already. Lanes: `work`; `keyring` for whatever may ask for a password
        in a window of its own; `network` for what waits for a server; `save` for the draft, which waits for nothing.
        """
        if self._closed:
            return
        self._live.add(job)
        job.ended.connect(self._forget)
        if lane not in self._lanes:
            self._lanes[lane] = Lane(lane)
        self._lanes[lane].add(job)

    def close(self) -> None:
        """Stop what can be stopped and wait for the workers. The keyring is not waited for: its window may hang."""
        self._closed = True
        for job in self._live:
            job.cancel()
        for name, lane in self._lanes.items():
            lane.close(wait=name != "keyring")
        self._live.clear()

    @Slot(object)
    def _forget(self, job: Job) -> None:
        self._live.discard(job)
        if not self._live:
            self.idle.emit()
