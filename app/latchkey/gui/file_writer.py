"""Writing files that a dialog makes, off the window's thread: all of them, or a sentence that says why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from latchkey.errors import LatchkeyError, Unreadable
from latchkey.files import write_whole
from latchkey.gui.jobs import Job, JobRunner
from latchkey.jobs import Watch
from latchkey.text import _

Made = Mapping[Path, bytes]


class FileWriter(QObject):
    """Writes one lot of files at a time."""

    written = Signal(object)  # the files, as a list
    refused = Signal(str, str)  # message, hint

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job | None = None

    def write(self, make: Callable[[], Made], name: str) -> None:
        """Make the files' contents and write them, both on the worker."""
        if self._job is not None:
            return

        def work(_watch: Watch) -> list[Path]:
            made = make()
            for file, content in made.items():
                try:
                    write_whole(file, content)
                except OSError as error:
                    raise Unreadable(
                        _("{file} can't be written.").format(file=file), _("Choose another place for it.")
                    ) from error
            return list(made)

        self._job = Job(work, name)
        self._job.done.connect(self.written)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self._runner.start(self._job)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if not isinstance(error, LatchkeyError):
            raise error
        self.refused.emit(error.message, error.hint)

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None
