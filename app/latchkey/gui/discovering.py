"""Asking a provider beside the window: one question at a time, on a thread of its own, stopped at once.

Nothing is asked but what somebody has pressed a button for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from latchkey.errors import LatchkeyError
from latchkey.gui.jobs import Job, JobRunner
from latchkey.jobs import Watch

if TYPE_CHECKING:
    from latchkey.catalogue.entries import Entry
    from latchkey.discovery.places import DocumentKind
    from latchkey.discovery.reading import Reading
    from latchkey.discovery.seen import Seen
    from latchkey.draft.draft import Provider

LANE = "network"


class Asking(QObject):
    """Exactly one of `answered`, `refused` and `stopped` comes for each question."""

    progress = Signal(str)  # what it is doing
    answered = Signal(object)  # a Reading, or the verdicts of a knock
    refused = Signal(object)  # a LatchkeyError
    stopped = Signal()

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job | None = None
        self.before: Seen | None = None  # what the provider that was read said when its values were taken over

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def read(self, text: str, want: DocumentKind | None, *, local: bool = False) -> None:
        """Read the provider that `text` stands for."""

        def work(watch: Watch) -> Reading:
            from latchkey.discovery.fetch import Limits
            from latchkey.discovery.reading import read_provider
            from latchkey.discovery.seen import place_of, recall

            reading = read_provider(text, want, watch, Limits(local=local))
            self.before = recall(place_of(reading)) if reading.address else None
            return reading

        self._start(work, "read a provider")

    def reach(self, entry: Entry, provider: Provider) -> None:
        """Knock at the addresses of this provider."""

        def work(watch: Watch) -> Any:
            from latchkey.discovery.reach import reach

            return reach(entry, provider.settings, watch)

        self._start(work, "reach a provider")

    def keep(self, reading: Reading) -> None:
        """Remember what was taken over, to compare with later. That it can't be is no reason to disturb anybody."""

        def work(_watch: Watch) -> None:
            from latchkey.discovery.seen import remember

            with contextlib.suppress(LatchkeyError):
                remember(reading)

        self._runner.start(Job(work, "remember a provider"))

    @Slot()
    def stop(self) -> None:
        """Not wanted any more."""
        if self._job is not None:
            self._job.cancel()

    def _start(self, work: Callable[[Watch], Any], name: str) -> None:
        if self._job is not None:
            return
        self._job = Job(work, name)
        self._job.progress.connect(self._report)
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(self._cancelled)
        self._runner.start(self._job, LANE)

    @Slot(float, str)
    def _report(self, _fraction: float, text: str) -> None:
        if text:
            self.progress.emit(text)

    @Slot(object)
    def _done(self, result: object) -> None:
        self._job = None
        self.answered.emit(result)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, LatchkeyError):
            self.stopped.emit()
            raise error
        self.refused.emit(error)

    @Slot()
    def _cancelled(self) -> None:
        self._job = None
        self.stopped.emit()
