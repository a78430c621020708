"""Where the open draft is kept. One with a name lives in its file, one without in the state folder until it gets one;
both are saved as they change (`autosave`).

Never edited in two windows: a draft that is open is held (`holding`). What others do with its file is noticed, and
asked about. What did not reach its file the last time is taken over again, or offered (`recovery`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from latchkey.draft.draft import Draft
from latchkey.draft.store import SUFFIX
from latchkey.errors import LatchkeyError
from latchkey.gui import recovery
from latchkey.gui.autosave import LANE, Autosave, content_of
from latchkey.gui.holding import Doorbell, Hold, OpenElsewhere, hold, is_free
from latchkey.gui.jobs import Job, JobRunner
from latchkey.gui.memory import Memory
from latchkey.gui.session import Session
from latchkey.gui.watching import Watcher
from latchkey.jobs import Watch
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.gui.existing import Existing, Source


class Keeper(QObject):
    """Knows where the open draft is kept and keeps it there."""

    changed = Signal()  # the file's name or the unsaved mark
    trouble = Signal(str, str)  # message, hint
    conflict = Signal()  # the file was changed underneath: `take_theirs` or `keep_mine`
    gone = Signal()  # the file is no longer there: `keep_mine`, or another name
    recovered = Signal()  # changes were found that never reached the file, which has others since
    restored = Signal()  # changes that never reached the file are in the draft again
    wanted = Signal()  # another window was asked to open this draft

    def __init__(self, session: Session, runner: JobRunner, memory: Memory, folder: Path) -> None:
        super().__init__()
        self._session, self._runner, self._memory = session, runner, memory
        self.folder = folder  # drafts without a name, locks and bells
        self._missing = False  # the file is no longer there
        self._watcher: Watcher | None = None
        self._bell: Doorbell | None = None
        self._hold: Hold | None = None
        self.recovery: Draft | None = None
        self._was_restored = False
        self._saving = Autosave(session, runner, memory, folder)
        self._saving.changed.connect(self._saved)
        self._saving.trouble.connect(self.trouble)
        self._saving.conflict.connect(self.conflict)
        self._begin_untitled()
        session.draft_changed.connect(self._follow)
        session.step_changed.connect(self._note_step)
        session.source_changed.connect(self._note_source)

    @property
    def file(self) -> Path:
        """Where the draft is kept."""
        return self._saving.file

    @property
    def named(self) -> bool:
        """The person gave the draft a file of its own."""
        return not self._saving.own

    def is_named(self, file: Path) -> bool:
        """Whether a file is one that a person chose, and not our own place for drafts without a name."""
        return file.parent != self.folder

    def is_free(self, file: Path) -> bool:
        """Whether a draft is open here or nowhere."""
        return file == self.file or is_free(file, self.folder)

    @property
    def waiting(self) -> bool:
        """Whether something is still to be written."""
        return self._saving.waiting

    @property
    def unsaved(self) -> bool:
        """There is something that is not in the person's own file."""
        if not self.named:
            return self._session.draft != Draft()
        return self._missing or self._session.draft != self._saving.saved

    # Opening

    def open(self, file: Path) -> None:
        """Open a draft. Raises LatchkeyError and leaves the open one as it is."""
        from latchkey.draft import store

        file = file.absolute()
        draft = store.load(file)
        held = self._held(file)
        self._leave()
        self._take(file, held, content_of(file), draft)
        memory = self._memory
        self._session.open(draft, memory.step(file), memory.visited(file), memory.folder(file), memory.source(file))
        self._saving.rest()
        self._memory.opened(file)
        self._saving.note_memory(soon=True)  # a crash in the next moment leads back here
        self.changed.emit()
        self._look_for_recovery()

    def open_copy(self, file: Path) -> None:
        """Work on a copy of a draft that is open elsewhere; it has no name. Raises LatchkeyError."""
        from latchkey.draft import store

        draft, memory = store.load(file), self._memory
        self._leave()
        self._begin_untitled()
        self._session.open(draft, memory.step(file), memory.visited(file), None, memory.source(file))
        self._note_source()
        self._memory.opened(self.file)
        self.changed.emit()

    def open_rest_of(self, file: Path) -> bool:
        """The file is gone; answers that did not reach it go on as a draft without a name. False: there are none."""
        beside = recovery.place_of(file, self.folder)
        found = recovery.find(beside)
        if found is None:
            return False
        memory = self._memory
        self._leave()
        self._begin_untitled()
        self._session.open(found.draft, memory.step(file), memory.visited(file), None, memory.source(file))
        self._note_source()
        self._memory.opened(self.file)
        self.flush()
        recovery.forget(beside)
        self.changed.emit()
        return True

    def new(self) -> None:
        """Begin an empty draft."""
        self._leave()
        self._begin_untitled()
        self._session.open(Draft())
        self._note_source()
        self._saving.rest()
        self.changed.emit()

    def begin(self, draft: Draft, source: Source, existing: Existing) -> None:
        """Begin with the draft of policies that are there already."""
        self._leave()
        self._begin_untitled()
        self._session.open(draft, "accounts", source=source, existing=existing)
        self._note_source()
        self._memory.opened(self.file)
        self.changed.emit()

    def save_as(self, file: Path) -> None:
        """Give the draft a file (overwriting was asked about). Raises LatchkeyError."""
        file = (file if file.name.endswith(".toml") else file.with_name(file.name + SUFFIX)).absolute()
        held, before, own = self._held(file), self.file, self._saving.own
        self._saving.save_as(file)
        if own and before != file:
            before.unlink(missing_ok=True)
            self._memory.forget(before)
        self._take(file, held, self._saving.known, self._session.draft)
        self._memory.opened(file)
        self.note_folder(self._session.folder)
        self._note_source()
        self._memory.note_step(file, self._session.step, self._session.visited)
        self.changed.emit()

    def note_folder(self, folder: Path | None) -> None:
        """Remember with the draft where its policies go."""
        if folder is not None:
            self._memory.note_folder(self.file, folder)

    def flush(self) -> None:
        """Write at once what is not written yet: the window closes, or another draft is opened."""
        self._saving.flush()
        if not self.named and self._session.draft == Draft():
            self.file.unlink(missing_ok=True)

    def close(self) -> None:
        """The window closes: write, remember, let go."""
        self._leave()
        self._memory.write()
        if self._watcher is not None and self._bell is not None:
            self._watcher.close()
            self._bell.close()
            self._watcher = self._bell = None
        if self._hold is not None:
            self._hold.let_go()
            self._hold = None

    # What happened to the file

    def watch(self) -> None:
        """Notice from now on what others do with the file. Called once the window stands."""
        self._watcher, self._bell = Watcher(self), Doorbell(self.folder)
        self._watcher.changed.connect(self._look)
        self._bell.rang.connect(self.wanted)
        self._follow_file()

    def keep_mine(self) -> None:
        """The file was changed underneath, or is gone: what is here wins."""
        self._saving.known, self._saving.saved, self._saving.blocked = None, None, False
        self._missing = False
        self._saving.save_now()

    def take_theirs(self) -> None:
        """The file was changed underneath: what is there wins; undo goes back. Raises LatchkeyError."""
        from latchkey.draft import edits, store

        theirs = store.load(self.file)
        self._saving.begin(self.file, content_of(self.file), theirs)
        self._session.attempt(edits.replace_all(theirs, _("Take over what is in the file")))
        recovery.forget(self._saving.beside)
        self._saving.rest()
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        """See whether the file is as we left it."""
        file, known = self.file, self._saving.known

        def work(_watch: Watch) -> tuple[Path, bytes | None, bytes | None]:
            try:
                return file, known, file.read_bytes()
            except OSError:
                return file, known, None

        job = Job(work, "look at the draft's file")
        job.done.connect(self._looked)
        self._runner.start(job, LANE)  # in order with our own writing

    @Slot(object)
    def _looked(self, result: tuple[Path, bytes | None, bytes | None]) -> None:
        file, known, found = result
        saving = self._saving
        if file != self.file or saving.known is None:
            return
        if known is not saving.known:  # we wrote in the meantime
            self._look()
        elif found is None:
            if not self._missing:
                saving.blocked = self._missing = True
                self.gone.emit()
        elif found == known or self._says_the_same(found):
            saving.known, saving.blocked, self._missing = found, False, False
            saving.note_memory()
        else:
            saving.blocked, self._missing = True, False
            self.conflict.emit()
        self.changed.emit()

    def _says_the_same(self, content: bytes) -> bool:
        """Whether only comments or the order of lines were changed."""
        from latchkey.draft import store

        try:
            return store.loads(content.decode(), self.file.name) == self._saving.saved
        except (LatchkeyError, ValueError):
            return False

    # What did not reach the file

    def tell(self) -> None:
        """Say again what was found while nobody could listen yet."""
        if self.recovery is not None:
            self.recovered.emit()
        elif self._was_restored:
            self.restored.emit()

    def use_recovery(self) -> None:
        """Put back the changes that never reached the file; undo goes back to the file's."""
        from latchkey.draft import edits

        if self.recovery is not None:
            self._session.attempt(edits.replace_all(self.recovery, _("Take over the answers of last time")))
        self.recovery = None

    def drop_recovery(self) -> None:
        """The changes that never reached the file are not wanted."""
        self.recovery = None
        recovery.forget(self._saving.beside)

    def _look_for_recovery(self) -> None:
        self.recovery, self._was_restored = None, False
        found = recovery.find(self._saving.beside)
        if found is None:
            return
        if found.draft == self._session.draft:
            self.drop_recovery()
        elif found.base == recovery.mark(self._saving.known):
            from latchkey.draft import edits

            self._session.attempt(edits.replace_all(found.draft, _("Take over the answers of last time")))
            self._was_restored = True
            self.restored.emit()
        else:
            self.recovery = found.draft
            self.recovered.emit()

    # Following

    @Slot(object, object)
    def _follow(self, _before: Draft, _after: Draft) -> None:
        self._saving.note_change()
        self.changed.emit()
        if self._saving.blocked:  # the question may have been closed: it is still open
            (self.gone if self._missing else self.conflict).emit()

    @Slot()
    def _saved(self) -> None:
        self._follow_file()
        self.changed.emit()

    @Slot(str)
    def _note_step(self, step: str) -> None:
        self._memory.note_step(self.file, step, self._session.visited)
        self._saving.note_memory()

    @Slot()
    def _note_source(self) -> None:
        """Remember with the draft which policies it changes."""
        self._memory.note_source(self.file, self._session.source)
        self._saving.note_memory()

    def _leave(self) -> None:
        """The open draft makes room for another: write it, and keep it among the recent ones."""
        if self._missing:  # its file is gone: it stays as a draft without a name
            self._begin_untitled()
            self.note_folder(self._session.folder)
        self.flush()
        if self.named or self._session.draft != Draft():
            self._memory.opened(self.file)
            self._memory.note_source(self.file, self._session.source)
            self._memory.note_step(self.file, self._session.step, self._session.visited)

    # Where it is kept

    def _held(self, file: Path) -> Hold | None:
        """The draft for this window alone. Raises OpenElsewhere."""
        if file == self.file and self._hold is not None:
            return self._hold
        held = hold(file, self.folder)
        if held is None:
            raise OpenElsewhere(file)
        return held

    def _take(self, file: Path, held: Hold | None, known: bytes | None, saved: Draft) -> None:
        """Make `file` ours and let go of the one before."""
        if self._hold is not None and self._hold is not held:
            self._hold.let_go()
        self._hold, self._missing, self.recovery, self._was_restored = held, False, None, False
        self._saving.begin(file, known, saved)
        self._follow_file()

    def _follow_file(self) -> None:
        if self._watcher is not None and self._bell is not None:
            self._watcher.follow(*((self.file,) if self.named else ()))
            self._bell.listen_for(self.file)

    def _begin_untitled(self) -> None:
        """Take a free place for a draft without a name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            file = self.folder / f"untitled-{number}{SUFFIX}"
            held = None if file.exists() else hold(file, self.folder)
            if held is not None:
                self._take(file, held, None, Draft())
                return
            number += 1
