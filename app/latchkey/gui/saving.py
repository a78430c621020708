"""Everything is saved as you go. A draft with a file is written to it soon after each change; one without lives in the
state folder until it gets a name. What could not be written is kept beside, and offered when the draft is opened again.

Never overwritten without asking: a file that somebody else changed since we read or wrote it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot

from latchkey.draft.draft import Draft
from latchkey.draft.store import SUFFIX
from latchkey.errors import LatchkeyError, Unreadable
from latchkey.gui.existing import Existing, Source
from latchkey.gui.jobs import Job, JobRunner
from latchkey.gui.memory import Memory
from latchkey.gui.session import Session
from latchkey.jobs import Watch
from latchkey.text import _

_RECOVERED = "recovered-"
_SAVE_AFTER = 600  # milliseconds after the last change


class ChangedUnderneath(LatchkeyError):
    """The file is not what we last read or wrote."""


class Keeper(QObject):
    """Knows where the open draft is kept and keeps it there."""

    changed = Signal()  # the file's name or the unsaved mark
    trouble = Signal(str, str)  # message, hint
    conflict = Signal()  # the file was changed underneath
    recovered = Signal()  # changes were found that never reached the file

    def __init__(self, session: Session, runner: JobRunner, memory: Memory, folder: Path) -> None:
        super().__init__()
        self._session = session
        self._runner = runner
        self._memory = memory
        self._folder = folder
        self._lock: QLockFile | None = None
        self._known: bytes | None = None  # what the file held when we last read or wrote it
        self._saved = session.draft
        self._job: Job | None = None
        self._blocked = False  # a conflict waits for an answer
        self.file = self._untitled()
        self.recovery: Draft | None = None
        self._later = QTimer(self, singleShot=True, interval=_SAVE_AFTER)
        self._later.timeout.connect(self._save)
        session.draft_changed.connect(self._follow)
        session.step_changed.connect(self._note_step)
        session.source_changed.connect(self._note_source)

    @property
    def named(self) -> bool:
        """The person gave the draft a file of its own."""
        return self.is_named(self.file)

    def is_named(self, file: Path) -> bool:
        """Whether a file is one that a person chose, and not our own place for drafts without a name."""
        return file.parent != self._folder

    @property
    def waiting(self) -> bool:
        """Whether something is still to be written."""
        return self._later.isActive() or self._job is not None

    @property
    def unsaved(self) -> bool:
        """There is something that is not in the person's own file."""
        if not self.named:
            return self._session.draft != Draft()
        return self._session.draft != self._saved

    def open(self, file: Path) -> None:
        """Open a draft. Raises LatchkeyError and leaves the open one as it is."""
        from latchkey.draft import store

        file = file.absolute()
        draft = store.load(file)
        self._leave()
        self._take(file)
        self._known, self._saved = _read(file), draft
        memory = self._memory
        self._session.open(draft, memory.step(file), memory.visited(file), memory.folder(file), memory.source(file))
        self._later.stop()
        self._memory.opened(file)
        self.changed.emit()
        self._look_for_recovery()

    def new(self) -> None:
        """Begin an empty draft."""
        self._leave()
        self._take(self._untitled())
        self._known, self._saved = None, Draft()
        self._session.open(Draft())
        self._note_source()
        self._later.stop()
        self.changed.emit()

    def begin(self, draft: Draft, source: Source, existing: Existing) -> None:
        """Begin with the draft of policies that are there already."""
        self._leave()
        self._take(self._untitled())
        self._known, self._saved = None, Draft()
        self._session.open(draft, "accounts", source=source, existing=existing)
        self._note_source()
        self._memory.opened(self.file)
        self.changed.emit()

    def save_as(self, file: Path) -> None:
        """Give the draft a file (overwriting was asked about). Raises LatchkeyError."""
        file = file if file.name.endswith(".toml") else file.with_name(file.name + SUFFIX)
        before = self.file
        self._known = write(self._session.draft, file, None)
        self._saved = self._session.draft
        if before.parent == self._folder and before != file:
            before.unlink(missing_ok=True)
            self._memory.forget(before)
        self._take(file.absolute())
        self._blocked = False
        self._memory.opened(self.file)
        self.note_folder(self._session.folder)
        self._note_source()
        self._memory.note_step(self.file, self._session.step, self._session.visited)
        self.changed.emit()

    def keep_mine(self) -> None:
        """The file was changed underneath: what is here wins."""
        self._known, self._blocked = None, False
        self._save()

    def take_theirs(self) -> None:
        """The file was changed underneath: what is there wins. Raises LatchkeyError."""
        self._saved, self._blocked = self._session.draft, False
        self.open(self.file)

    def tell(self) -> None:
        """Say again what was found while nobody could listen yet."""
        if self.recovery is not None:
            self.recovered.emit()

    def use_recovery(self) -> None:
        """Put back the changes that never reached the file."""
        if self.recovery is not None:
            session = self._session
            session.open(self.recovery, session.step, session.visited, session.folder, session.source, session.existing)
        self.drop_recovery()

    def drop_recovery(self) -> None:
        """The changes that never reached the file are not wanted."""
        self.recovery = None
        self._recovery_file().unlink(missing_ok=True)

    def note_folder(self, folder: Path | None) -> None:
        """Remember with the draft where its policies go."""
        if folder is not None:
            self._memory.note_folder(self.file, folder)

    def flush(self) -> None:
        """Write at once what is not written yet: the window closes, or another draft is opened."""
        self._later.stop()
        if self._job is not None and self._job.wait() and self._job.outcome is not None:
            self._written(self._job.outcome)
        if self._session.draft != self._saved and self._blocked:
            self._keep_beside(None)
        elif self._session.draft != self._saved:
            try:
                self._known = write(self._session.draft, self.file, self._known)
                self._saved = self._session.draft
            except (LatchkeyError, OSError) as error:
                self._keep_beside(error)
        if not self.named and self._session.draft == Draft():
            self.file.unlink(missing_ok=True)

    def close(self) -> None:
        """The window closes: write, remember, let go."""
        self._leave()
        self._memory.write()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _leave(self) -> None:
        """The open draft makes room for another: write it, and keep it among the recent ones."""
        self.flush()
        if self.named or self._session.draft != Draft():
            self._memory.opened(self.file)
            self._memory.note_source(self.file, self._session.source)
            self._memory.note_step(self.file, self._session.step, self._session.visited)

    @Slot(object, object)
    def _follow(self, _before: Draft, _after: Draft) -> None:
        self._later.start()
        self.changed.emit()

    @Slot(str)
    def _note_step(self, step: str) -> None:
        self._memory.note_step(self.file, step, self._session.visited)
        self._later.start()

    @Slot()
    def _note_source(self) -> None:
        """Remember with the draft which policies it changes."""
        self._memory.note_source(self.file, self._session.source)
        self._later.start()

    @Slot()
    def _save(self) -> None:
        """Write, on the worker, the draft if it changed and what the window remembers."""
        if self._job is not None:
            self._later.start()
            return
        draft, file, known, memory = self._session.draft, self.file, self._known, self._memory
        wanted = draft != self._saved and not self._blocked
        if wanted:
            memory.note(last=str(file))
            memory.note_source(file, self._session.source)

        def work(_watch: Watch) -> tuple[Path, Draft, bytes] | None:
            memory.write()
            return (file, draft, write(draft, file, known)) if wanted else None

        self._job = Job(work, "save")
        self._job.done.connect(self._written)
        self._job.failed.connect(self._not_written)
        self._job.ended.connect(self._ended)
        self._runner.start(self._job)

    @Slot(object)
    def _written(self, result: tuple[Path, Draft, bytes] | None) -> None:
        if result is None:
            return
        file, draft, known = result
        if file == self.file:
            self._known, self._saved = known, draft
            self._recovery_file().unlink(missing_ok=True)
            self.changed.emit()

    @Slot(object)
    def _not_written(self, error: Exception) -> None:
        if isinstance(error, ChangedUnderneath):
            self._blocked = True
            self.conflict.emit()
        else:
            self._keep_beside(error)

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None

    def _keep_beside(self, error: Exception | None) -> None:
        """The draft's own file can't be written: keep the answers in the state folder and say so."""
        if error is not None and not isinstance(error, LatchkeyError | OSError):
            raise error
        beside = self._recovery_file()
        try:
            write(self._session.draft, beside, None)
        except (LatchkeyError, OSError):
            self.trouble.emit(
                _("Your answers can't be saved: {file} can't be written, and neither can {other}.").format(
                    file=self.file, other=beside.parent
                ),
                _("Leave this window open and make room, or save them under another name."),
            )
            return
        self.trouble.emit(
            _("{file} can't be written.").format(file=self.file),
            _("Your answers are kept on this computer. Save them under another name, or make the file writable."),
        )

    def _look_for_recovery(self) -> None:
        from latchkey.draft import store

        self.recovery = None
        if not any(self._folder.glob(f"{_RECOVERED}*")):
            return
        beside = self._recovery_file()
        if not beside.is_file():
            return
        try:
            found = store.load(beside)
        except LatchkeyError:
            beside.unlink(missing_ok=True)
            return
        if found == self._session.draft:
            beside.unlink(missing_ok=True)
        else:
            self.recovery = found
            self.recovered.emit()

    def _recovery_file(self) -> Path:
        from hashlib import sha256

        name = sha256(str(self.file).encode()).hexdigest()[:16]
        return self._folder / f"{_RECOVERED}{name}{SUFFIX}"

    def _take(self, file: Path) -> None:
        """Make `file` ours; a draft without a name stays locked against a second window."""
        self._blocked = False
        if file != self.file:
            if self._lock is not None and not self._lock.fileName().startswith(str(file)):
                self._lock.unlock()
                self._lock = None
            self.file = file
        if not self.named and self._lock is None:
            self._lock = _locked(file)

    def _untitled(self) -> Path:
        """A free place for a draft without a name, locked for us."""
        self._folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            file = self._folder / f"untitled-{number}{SUFFIX}"
            lock = None if file.exists() else _locked(file)
            if lock is not None:
                if self._lock is not None:
                    self._lock.unlock()
                self._lock = lock
                return file
            number += 1


def write(draft: Draft, file: Path, known: bytes | None) -> bytes:
    """Write a draft over a file that still holds `known` (None: whatever it holds); returns what it holds now."""
    from latchkey.draft import store

    if known is not None and file.exists() and _read(file) != known:
        raise ChangedUnderneath(_("{file} was changed by another program.").format(file=file))
    store.save(draft, file)
    return _read(file)


def free(file: Path) -> bool:
    """Whether no other window has this unnamed draft open."""
    lock = _locked(file)
    if lock is None:
        return False
    lock.unlock()
    return True


def _locked(file: Path) -> QLockFile | None:
    lock = QLockFile(f"{file}.lock")
    return lock if lock.tryLock(0) else None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unreadable(_("{file} can't be read.").format(file=file), str(error.strerror or "")) from error
