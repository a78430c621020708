"""Opening a folder of policies: read and understood on the worker; only then does it take the open draft's place.

A folder that a draft was made of before goes on with that draft. What stands against a folder is told, and nothing else
happens.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from latchkey.errors import LatchkeyError
from latchkey.gui.existing import Existing, Source, in_words, missing_base, read_existing
from latchkey.gui.jobs import Job, JobRunner
from latchkey.gui.memory import Memory
from latchkey.gui.saving import Keeper
from latchkey.gui.session import Session
from latchkey.jobs import Watch


class Trouble(NamedTuple):
    """What stands against a folder, in words; `base`: the policy that it lacks, if the person may say that it is in
    Azure.
    """

    source: Source
    text: str
    base: str


class FolderReader(QObject):
    """One folder at a time. Pages show `busy`, `fraction`, `file` and `trouble` when it says `changed`."""

    changed = Signal()

    def __init__(self, session: Session, keeper: Keeper, runner: JobRunner, memory: Memory) -> None:
        super().__init__()
        self._session, self._keeper, self._runner, self._memory = session, keeper, runner, memory
        self._job: Job | None = None
        self._source = Source(Path())
        self.fraction, self.file = 0.0, ""
        self.trouble: Trouble | None = None

    @property
    def busy(self) -> Path | None:
        """The folder that is being read."""
        return self._source.folder if self._job is not None else None

    def open(self, folder: Path, in_azure: tuple[str, ...] = ()) -> None:
        """Read a folder and work on it."""
        if self._job is not None:
            self._job.cancel()
        source, catalogue = Source(folder.absolute(), in_azure), self._session.catalogue

        def work(watch: Watch) -> Existing:
            return read_existing(source.folder, source.in_azure, catalogue, None, watch)

        self._source, self.trouble, self.fraction, self.file = source, None, 0.0, ""
        self._job = Job(work, "read policies")
        self._job.progress.connect(self._show_progress)
        self._job.done.connect(self._read)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self._runner.start(self._job)
        self.changed.emit()

    def say_in_azure(self) -> None:
        """The base that the folder lacks is in Azure."""
        if self.trouble is not None and self.trouble.base:
            source = self.trouble.source
            self.open(source.folder, (*source.in_azure, self.trouble.base))

    @Slot()
    def cancel(self) -> None:
        """Leave it."""
        if self._job is not None:
            self._job.cancel()

    def forget_trouble(self) -> None:
        """The person has seen it."""
        self.trouble = None
        self.changed.emit()

    @Slot(float, str)
    def _show_progress(self, fraction: float, file: str) -> None:
        if self.sender() is self._job:
            self.fraction, self.file = fraction, file or self.file
            self.changed.emit()

    @Slot(object)
    def _read(self, existing: Existing) -> None:
        if self.sender() is not self._job:
            return
        if existing.refusal is not None or existing.imported is None:
            self._refuse(existing.refusal)
            return
        for file in self._memory.drafts_of(existing.folder):
            if file.is_file() and self._keeper.is_free(file):
                try:
                    self._keeper.open(file)
                except LatchkeyError:
                    continue
                return
        self._keeper.begin(existing.imported, self._source, existing)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if not isinstance(error, LatchkeyError):
            raise error
        if self.sender() is self._job:
            self._refuse(error)

    def _refuse(self, error: LatchkeyError | None) -> None:
        if error is not None:
            self.trouble = Trouble(self._source, in_words(error), missing_base(error))

    @Slot(object)
    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.changed.emit()
