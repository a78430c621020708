"""The draft that is open: its edits, its undo stack, its findings, the set it composes to, the step the person is at.

Everything the pages show comes from here, and every change goes through `do`. Nothing here is a secret: those go from
the field straight to the keyring.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack

from latchkey.draft.draft import Draft, Provider
from latchkey.draft.steps import find
from latchkey.errors import LatchkeyError
from latchkey.gui.called import called
from latchkey.gui.composing import Composed, all_ticks, compose_and_check
from latchkey.gui.jobs import Job, JobRunner
from latchkey.gui.undo import EditCommand
from latchkey.jobs import Watch

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.check.finding import Finding
    from latchkey.draft.edits import Edit
    from latchkey.gui.existing import Existing, Source

# How long after the last change the set is composed again, in milliseconds: longer than a key is repeated.
_COMPOSE_AFTER = 150


class Session(QObject):
    """State with one rule: what was undone and redone is what was done."""

    draft_changed = Signal(object, object)  # before, after
    findings_changed = Signal()
    composed_changed = Signal()
    missing_changed = Signal()  # which secrets are still to be stored, and which ids to be given
    step_changed = Signal(str)
    progress_changed = Signal()  # steps visited or finished
    leaving = Signal()  # the open draft is about to make room for another
    opened = Signal()  # another draft is open
    refused = Signal(str, str)  # message, hint
    source_changed = Signal()  # what the person said about the policies that the draft changes

    def __init__(self, draft: Draft, runner: JobRunner, load_catalogue: Callable[[], Catalogue]) -> None:
        super().__init__()
        self._draft = draft
        self._runner = runner
        self._load_catalogue = load_catalogue
        self._step = ""
        self._started = False
        self._job: Job | None = None
        self.undo_stack = QUndoStack(self)
        self.findings: tuple[Finding, ...] = ()
        self.missing: tuple[Finding, ...] = ()  # what no draft holds and is still to be given
        self._guided = False  # a guide was made once, so that the next takes no time
        self.composed = Composed(draft)
        self.folder: Path | None = None  # where the policies go
        self.source: Source | None = None  # the policies that the draft changes; None: it makes new ones
        self.existing: Existing | None = None  # those policies, as they were last read
        self.visited: frozenset[str] = frozenset()
        self.finished: frozenset[str] = frozenset()
        self._later = QTimer(self, singleShot=True, interval=_COMPOSE_AFTER)
        self._later.timeout.connect(self._compose)

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self._draft

    @property
    def step(self) -> str:
        """The id of the step that is shown."""
        return self._step

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every provider type that there is."""
        return self._load_catalogue()

    @property
    def known_catalogue(self) -> Catalogue | None:
        """The catalogue if it was read already: what is painted first does not wait for it."""
        return self.__dict__.get("catalogue")

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Those on the draft, then those on the set that was composed of it."""
        current = self.composed.draft == self._draft and self.composed.source == self.source
        return self.findings + (self.composed.findings if current else ())

    @property
    def composing(self) -> bool:
        """Whether `composed` is about to be replaced by that of a newer draft."""
        return self._later.isActive() or self._job is not None

    def do(self, edit: Edit) -> bool:
        """Apply a named edit. False: it was refused (told by `refused`), or changed nothing."""
        try:
            return self.attempt(edit)
        except LatchkeyError as error:
            self.refuse(error)
            return False

    def refuse(self, error: Exception) -> None:
        """Tell of what was refused. Any other error is a defect, and raised."""
        if not isinstance(error, LatchkeyError):
            raise error
        self.refused.emit(error.message, error.hint)

    def attempt(self, edit: Edit) -> bool:
        """Apply a named edit. False: it changed nothing. Raises LatchkeyError when it is refused."""
        after = edit.apply(self._draft)
        if after.same(self._draft):
            return False
        self.undo_stack.push(EditCommand(edit.label, self._draft, after, edit.merge_key, self._show))
        return True

    def open(
        self, draft: Draft, step: str = "start", visited: frozenset[str] = frozenset(), folder: Path | None = None,
        source: Source | None = None, existing: Existing | None = None,
    ) -> None:  # fmt: skip
        """Show another draft; what was done to the one before can't be undone in this one. With a `source` it changes
        the policies there; `existing`: these, if they were read already.
        """
        self.leaving.emit()
        self.undo_stack.clear()
        self.visited, self.finished = visited, frozenset()
        self.folder = source.folder if source is not None else folder
        self.source, self.existing = source, existing
        self.composed = Composed(draft, folder=self.folder, source=source)
        if source is not None:
            self._show_findings(())
        self._show(draft)
        self.opened.emit()
        self._step = ""
        self.go(step if find(draft, step) is not None else "start")

    def go(self, step: str) -> None:
        """Show a step."""
        if step != self._step and find(self._draft, step) is not None:
            self._step = step
            self.visited |= {step}
            self.step_changed.emit(step)
            self.progress_changed.emit()

    def choose_folder(self, folder: Path | None) -> None:
        """Where the policies go. What writing would do is looked at anew."""
        self.folder = folder
        if self._started:
            self.compose_now()

    def say_of_source(self, source: Source) -> None:
        """The person said something about the policies that the draft changes."""
        if source != self.source:
            self.source, self.folder = source, source.folder
            self.source_changed.emit()
            if self._started:
                self.compose_now()

    def say_missing(self, found: tuple[Finding, ...]) -> None:
        """Which secrets are known not to be stored, and which ids the files have sample text for."""
        if found != self.missing:
            self.missing = found
            self.missing_changed.emit()

    def called(self, provider: Provider) -> str:
        """A sign-in button's name on screen; one of a type that nobody knows goes by what customers read."""
        into = self.composed.into
        row = into.rows.get(provider.key) if into is not None and provider.type not in self.catalogue else None
        return (row.text if row is not None else "") or called(provider, self.catalogue)

    def present(self, key: str) -> bool:
        """Whether a row of the draft is in the policies already."""
        into = self.composed.into
        return into is not None and into.has(key)

    def start(self) -> None:
        """Begin to check and compose. Called once the window stands, so that it stands soon."""
        self._started = True
        self._check()
        self.progress_changed.emit()  # the catalogue is there now: providers have their names
        self._later.start()

    def compose_now(self) -> None:
        """Compose the current draft without waiting for a pause in typing."""
        self._later.stop()
        self._compose()

    def say_again(self) -> None:
        """The language changed: findings are sentences, and guides have texts of their own."""
        self._guided = False
        if self._started:
            self._check()
            self._later.start()

    def close(self) -> None:
        """Stop what is under way."""
        self._started = False
        self._later.stop()
        if self._job is not None:
            self._job.cancel()

    def _show(self, after: Draft) -> None:
        before, self._draft = self._draft, after
        self.draft_changed.emit(before, after)
        if not self._started:
            return
        self._check()
        if self._job is None and replace(before, done=after.done) == after and self.composed.draft == before:
            self.composed = self.composed._replace(draft=after)  # a tick changes no policy
            self._note_finished()
            self.composed_changed.emit()
        else:
            self._later.start()

    def _check(self) -> None:
        """The rules on drafts. What policies that are there hold need not be said in a draft of theirs, so that one
        is checked beside them, on the worker.
        """
        from latchkey.check.draft_rules import check_draft

        if self.source is None:
            self._show_findings(check_draft(self._draft, self.catalogue))

    def _show_findings(self, found: tuple[Finding, ...]) -> None:
        if found != self.findings:
            self.findings = found
            self.findings_changed.emit()

    @Slot()
    def _compose(self) -> None:
        if self._job is not None:  # one at a time; its end starts the next
            self._job.cancel()
            self._later.start()
            return
        draft, catalogue, folder = self._draft, self.catalogue, self.folder
        source, existing = self.source, self.existing
        first_guide = self._step != "start" and not self._guided
        self._guided |= first_guide

        def work(watch: Watch) -> Composed:
            if source is None:
                made = compose_and_check(draft, catalogue, folder, watch)
            else:
                from latchkey.gui.planning import plan_and_check

                made = plan_and_check(draft, catalogue, source, existing, watch)
            if first_guide and made.guided is not None:
                made.guided()  # reads all texts: here, and not on the window's thread when Go live asks for one
            return made

        self._job = Job(work, "compose")
        self._job.done.connect(self._composed)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self._runner.start(self._job)

    @Slot(object)
    def _composed(self, composed: Composed) -> None:
        if not self._fits(composed):
            return
        self.composed = composed
        if composed.into is not None:
            self.existing = composed.into.existing
        if composed.draft_findings is not None:
            self._show_findings(composed.draft_findings)
        self._note_finished()
        self.composed_changed.emit()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        """Composing refuses by a value; an error that reaches here is a defect and is told as one."""
        raise error

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None
        if self._started and not self._fits(self.composed):
            self._later.start()

    def _fits(self, composed: Composed) -> bool:
        """Whether something composed is of the draft, the folder and the policies of now."""
        return (composed.draft, composed.folder, composed.source) == (self._draft, self.folder, self.source)

    def _note_finished(self) -> None:
        """Save and Go live are done, not answered: by what is in the folder, and by the ticks."""
        guide = self.composed.guide if self._draft.done else None
        ticked = guide is not None and self._draft.done.issuperset(all_ticks(guide))
        into = self.composed.into
        written = self.composed.written and (into is None or into.kept is not None)
        done = {name for name, is_done in (("save", written), ("go-live", ticked)) if is_done}
        if done != self.finished:
            self.finished = frozenset(done)
            self.progress_changed.emit()
