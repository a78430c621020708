"""Writes the open draft as it changes: into a copy beside at once, into its own file soon after, and never over a file
that somebody else changed in between.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from latchkey.draft.draft import Draft
from latchkey.errors import LatchkeyError, Unreadable
from latchkey.files import ChangedUnderneath
from latchkey.gui import recovery
from latchkey.gui.jobs import Job, JobRunner
from latchkey.gui.memory import Memory
from latchkey.gui.session import Session
from latchkey.jobs import Watch
from latchkey.text import _

_SAVE_AFTER = 600  # milliseconds after the last change
_SAVE_AT_LAST = 3000  # however long somebody goes on typing
_BESIDE_AFTER = 120  # a change is on the disk so soon
_AGAIN_AFTER = 20  # while the one before is still written
LANE = "save"  # of its own: composing may take longer than answers can wait


class Written(NamedTuple):
    """A draft that reached its file, and what the file holds since."""

    file: Path
    draft: Draft
    content: bytes


class Autosave(QObject):
    """What of the draft is where. `file` may be our own place for a draft without a name (`own`): that is written at
    once, and needs no copy beside.
    """

    changed = Signal()  # what is saved
    trouble = Signal(str, str)  # message, hint
    conflict = Signal()  # the file was changed underneath

    def __init__(self, session: Session, runner: JobRunner, memory: Memory, folder: Path) -> None:
        super().__init__()
        self._session, self._runner, self._memory, self._folder = session, runner, memory, folder
        self.file = folder
        self.known: bytes | None = None  # what the file held when we last read or wrote it
        self.saved: Draft | None = session.draft  # None: whatever the draft is, it is to be written
        self.blocked = False  # the file is not written until somebody says so
        self._job: Job | None = None
        self._waits_since = 0.0  # when the first change came that is not saved
        self._later = QTimer(self, singleShot=True, interval=_SAVE_AFTER)
        self._later.timeout.connect(self._save)
        self._soon = QTimer(self, singleShot=True, interval=_BESIDE_AFTER)
        self._soon.timeout.connect(self._save_beside)

    @property
    def own(self) -> bool:
        """The file is in our own folder: the person gave it no name."""
        return self.file.parent == self._folder

    @property
    def beside(self) -> Path:
        """Where answers are kept that did not reach the file."""
        return recovery.place_of(self.file, self._folder)

    @property
    def waiting(self) -> bool:
        """Whether something is still to be written."""
        return self._later.isActive() or self._soon.isActive() or self._job is not None

    def begin(self, file: Path, known: bytes | None, saved: Draft | None) -> None:
        """Write another file from now on."""
        self.file, self.known, self.saved, self.blocked = file, known, saved, False
        self.rest()

    def note_change(self) -> None:
        """The draft changed."""
        if self.own:
            if not self._later.isActive() or self._later.remainingTime() > _BESIDE_AFTER:
                self._later.start(_BESIDE_AFTER)
            return
        if not self._later.isActive() or not self._waits_since:
            self._waits_since = time.monotonic()
        if time.monotonic() - self._waits_since < _SAVE_AT_LAST / 1000:
            self._later.start(_SAVE_AFTER)
        if not self._soon.isActive():
            self._soon.start(_BESIDE_AFTER)

    def note_memory(self, *, soon: bool = False) -> None:
        """What the window remembers changed; it is written along."""
        if soon or not self._later.isActive():
            self._later.start(_BESIDE_AFTER if soon else _SAVE_AFTER)

    def rest(self) -> None:
        """Nothing is to be written."""
        self._later.stop()
        self._soon.stop()
        self._waits_since = 0.0

    def save_now(self) -> None:
        """Write without waiting for a pause."""
        self._later.stop()
        self._save()

    def save_as(self, file: Path) -> None:
        """Write the draft under another name, over whatever is there. Raises LatchkeyError."""
        content = write(self._session.draft, file, None)
        recovery.forget(self.beside)
        self.begin(file, content, self._session.draft)

    def flush(self) -> None:
        """Write at once, on this thread, what is not written yet."""
        self.rest()
        if self._job is not None:
            job, self._job = self._job, None
            if job.wait() and isinstance(job.outcome, Written):
                self._note(job.outcome)
        if self._session.draft == self.saved:
            return
        if self.blocked:
            self._keep_beside(None)
            return
        try:
            self.known = write(self._session.draft, self.file, self.known)
        except (LatchkeyError, OSError) as error:
            self._keep_beside(error)
        else:
            self.saved = self._session.draft
            recovery.forget(self.beside)

    # On the worker

    @Slot()
    def _save(self) -> None:
        """Write the draft if it changed, and what the window remembers."""
        if self._job is not None:
            self._later.start(_AGAIN_AFTER)
            return
        draft, file, known, memory, beside = self._session.draft, self.file, self.known, self._memory, self.beside
        wanted = draft != self.saved and not self.blocked
        if wanted:
            memory.note(last=str(file))
            memory.note_source(file, self._session.source)

        def work(_watch: Watch) -> Written | None:
            memory.write()
            if not wanted:
                return None
            content = write(draft, file, known)
            recovery.forget(beside)
            return Written(file, draft, content)

        self._start(Job(work, "save"))

    @Slot()
    def _save_beside(self) -> None:
        """A copy of what the file does not have yet: a crash in the next moment costs nothing."""
        if self._job is not None:
            self._soon.start(_AGAIN_AFTER)
            return
        draft, beside, known, memory = self._session.draft, self.beside, self.known, self._memory
        if draft == self.saved:
            return
        memory.note(last=str(self.file))

        def work(_watch: Watch) -> None:
            memory.write()
            try:
                recovery.keep(draft, beside, known)
            except OSError:
                return  # the file itself is written next, and that is told when it fails

        self._start(Job(work, "keep beside"))

    def _start(self, job: Job) -> None:
        self._job = job
        job.done.connect(self._written)
        job.failed.connect(self._not_written)
        job.ended.connect(self._ended)
        self._runner.start(job, LANE)

    @Slot(object)
    def _written(self, result: Written | None) -> None:
        if result is not None and self.sender() is self._job:
            self._note(result)

    def _note(self, written: Written) -> None:
        if written.file == self.file:
            self.known, self.saved = written.content, written.draft
            self._waits_since = 0.0
            self.changed.emit()

    @Slot(object)
    def _not_written(self, error: Exception) -> None:
        if self.sender() is not self._job:
            return  # flushed meanwhile
        if isinstance(error, ChangedUnderneath):
            self.blocked = True
            self.conflict.emit()
        else:
            self._keep_beside(error)

    @Slot(object)
    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None

    def _keep_beside(self, error: Exception | None) -> None:
        """The draft's own file can't be written: keep the answers in the state folder and say so."""
        if error is not None and not isinstance(error, LatchkeyError | OSError):
            raise error
        try:
            recovery.keep(self._session.draft, self.beside, self.known)
        except (LatchkeyError, OSError):
            self.trouble.emit(
                _("Your answers can't be saved: {file} can't be written, and neither can {other}.").format(
                    file=self.file, other=self._folder
                ),
                _("Leave this window open and make room, or save them under another name."),
            )
            return
        self.trouble.emit(
            _("{file} can't be written.").format(file=self.file),
            _("Your answers are kept on this computer. Save them under another name, or make the file writable."),
        )


def write(draft: Draft, file: Path, known: bytes | None) -> bytes:
    """Write a draft over a file that still holds `known` (None: whatever it holds); returns what it holds now."""
    from latchkey.draft import store

    if known is not None and file.exists() and content_of(file) != known:
        raise ChangedUnderneath(_("{file} was changed by another program.").format(file=file))
    store.save(draft, file)
    return content_of(file)


def content_of(file: Path) -> bytes:
    """The bytes of a file. Raises Unreadable."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unreadable(_("{file} can't be read.").format(file=file), str(error.strerror or "")) from error
