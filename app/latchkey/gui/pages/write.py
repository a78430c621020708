"""Save, for policies that are there already: what changes in which files, then writing it, and putting it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from latchkey.draft import edits
from latchkey.draft.draft import Draft
from latchkey.errors import LatchkeyError
from latchkey.gui.announce import announce
from latchkey.gui.composing import Composed
from latchkey.gui.existing import in_words
from latchkey.gui.jobs import Job
from latchkey.gui.pages.base import COLUMN, Page
from latchkey.gui.tips import tip
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.diff_card import diff_card
from latchkey.gui.widgets.diff_list import DiffList
from latchkey.gui.widgets.labels import breakable, button, column, empty, frame, label, path_label, row, set_role
from latchkey.jobs import Watch
from latchkey.paths import kept_folder
from latchkey.text import N_, _, join_sentences, ngettext

if TYPE_CHECKING:
    from latchkey.compose.into.keeping import Kept
    from latchkey.compose.into.plan import FileChange, IntoPlan

_MOST_LINES = 12  # of a difference; the rest is scrolled to


class StaleFiles(LatchkeyError):
    """Files of the folder are not as they were left or read; `changes` say how."""

    def __init__(self, error: LatchkeyError, changes: Sequence[FileChange]) -> None:
        super().__init__(error.message, error.hint)
        self.changes = tuple(changes)


class WritePage(Page):
    """Nothing is written before the person presses the button."""

    step_id = "save"

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._job: Job | None = None
        self._stale: StaleFiles | None = None
        self._shown_stale: StaleFiles | None = None
        self._changed: list[str] = []
        self._lay_out_folder()
        self._summary = self.add_text("")
        self._card, card = self.add_card()
        self._words, self._files = column(spacing=6), column(spacing=6)
        card.addLayout(self._words)
        card.addWidget(frame("line"))
        card.addLayout(self._files)
        self._lay_out_note()
        buttons = row(spacing=8)
        self.write, self.back = button("primary"), button()
        self.say(self.write.setText, N_("Write the changes"))
        for each, does in ((self.write, self._write), (self.back, self._put_back)):
            each.clicked.connect(does)
            buttons.addWidget(each)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._where = self.add_text("hint")
        self.add_section(N_("Your answers"))
        self._answers = self.add_text("soft")
        self.keep = button("small")
        self.say(self.keep.setText, N_("Keep them as a file…"))
        self.keep.clicked.connect(self.save_as_requested)
        self.body.addWidget(self.keep)

    def fits(self, draft: Draft) -> bool:
        """New policies have another page here."""
        return self.tools.session.source is not None

    def title(self) -> str:
        """The heading."""
        return _("Write the changes into your policies")

    def intro(self) -> str:
        """Under the heading."""
        return _("Look at what changes, then write it. Nothing is sent to Azure.")

    def why(self) -> str:
        """What is done with the files."""
        return _("The files that change are the ones that you upload to Azure by hand on the next page.")

    def good_to_know(self) -> tuple[str, ...]:
        """What surprises."""
        return (
            _("The old files are kept outside the folder before the first byte is written."),
            _("Files that need no change are not touched, not even their date."),
            _("If another program changes a file in the meantime, nothing is written before you have seen it."),
        )

    def own_primary(self) -> bool:
        """Writing is what this page is for, until it is done."""
        return not self.tools.session.composed.written

    # Building

    def _lay_out_folder(self) -> None:
        chosen = frame("value")
        chosen.setMaximumWidth(COLUMN)
        inside = row(chosen, spacing=8, margins=(12, 6, 6, 6))
        self._folder, self.again, self.open = path_label(), button("small"), button("small")
        self.say(self.open.setText, N_("Open the folder"))
        self.open.clicked.connect(self._open_folder)
        self.say(self.again.setText, N_("Read again"))
        self.say(self.again.setAccessibleName, N_("Read the folder again"))
        self.again.clicked.connect(self._read_again)
        inside.addWidget(self._folder, 1)
        inside.addWidget(self.again)
        inside.addWidget(self.open)
        self.body.addWidget(chosen)

    def _lay_out_note(self) -> None:
        self._note = frame("note-refusal")
        self._note.setMaximumWidth(COLUMN)
        inside = column(self._note, spacing=8, margins=(14, 10, 14, 10))
        self._note_text = label("")
        self.differences = column(spacing=8)
        self.take = button("small")
        self.say(self.take.setText, N_("Read the folder again"))
        self.take.clicked.connect(self._read_again)
        inside.addWidget(self._note_text)
        inside.addLayout(self.differences)
        inside.addWidget(self.take)
        self.body.addWidget(self._note)

    # Showing

    def show_draft(self, draft: Draft) -> None:
        """Where the answers are kept."""
        keeper = self.tools.keeper
        if keeper.named:
            text = _("Saved as you go in {file}. Open that file to change something later.").format(
                file=breakable(keeper.file)
            )
        else:
            text = _("Kept on this computer. Open the folder again, and you go on here.")
        self._answers.setText(text)
        self.keep.setVisible(not keeper.named)

    def show_composed(self, composed: Composed) -> None:
        """What would be written."""
        session = self.tools.session
        self._folder.setText(str(session.folder or ""))
        self._folder.setToolTip(tip(self._folder.text()))
        current = composed.draft == session.draft and composed.source == session.source
        plan = composed.into.plan if composed.into is not None else None
        self._show_plan(plan)
        self._show_trouble(composed)
        self._show_kept(composed.into.kept if composed.into is not None else None, plan)
        free = current and self._job is None
        self.write.setEnabled(free and composed.writable and not composed.written and self._stale is None)
        set_role(self.write, "look", "" if composed.written else "primary")
        self.back.setEnabled(free and composed.into is not None and composed.into.kept is not None)
        self.primary_changed.emit()

    def show_theme(self) -> None:
        """The differences in the theme's colours."""
        for view in self.findChildren(DiffList):
            view.show_theme()

    def _show_plan(self, plan: IntoPlan | None) -> None:
        empty(self._words)
        empty(self._files)
        changes = plan.changes if plan is not None else ()
        self._card.setVisible(bool(changes))
        if plan is None:
            self._summary.setText("")
        elif not changes:
            self._summary.setText(_("There is nothing to write: your policies are as your answers say."))
        else:
            self._summary.setText(_("This is what changes:"))
            for sentence in plan.words:
                self._words.addWidget(label("", _("• {sentence}").format(sentence=sentence)))
            for change in changes:
                self._files.addWidget(_line(change.file, _("changes"), "pill-done"))
            same = len(plan.unchanged)
            rest = ngettext("{count} other file is not touched.", "{count} other files are not touched.", same)
            self._files.addWidget(label("hint", rest.format(count=same) if same else _("These are all the files.")))
        self._summary.setVisible(bool(self._summary.text()))

    def _show_trouble(self, composed: Composed) -> None:
        text, role = "", "note-refusal"
        if self._stale is not None:
            text = str(self._stale)
        elif composed.refusal is not None:
            text = in_words(composed.refusal)
            found = composed.draft_findings or ()
            if found:
                lead = _("Nothing can be written yet: {what}")
                text = lead.format(what=join_sentences(found[0].message, found[0].hint))
                role = "note-attention"
        elif composed.into is not None and not composed.writable:
            text = _("The checks found something new that stands against writing. The line below leads to it.")
        set_role(self._note, "role", role)
        self._note_text.setText(text)
        self._show_differences()
        self.take.setVisible(self._stale is not None)
        self._note.setVisible(bool(text))

    def _show_differences(self) -> None:
        """How the files differ from what they were: made again only where that is something else."""
        if self._shown_stale is self._stale:
            return
        self._shown_stale = self._stale
        empty(self.differences)
        for change in self._stale.changes if self._stale is not None else ():
            self.differences.addWidget(label("section", change.file))
            self.differences.addWidget(diff_card(change, self.tools.theme, _MOST_LINES))

    def _show_kept(self, kept: Kept | None, plan: IntoPlan | None) -> None:
        self.back.setText(_("Put back") if kept is None else _("Put back ({when})").format(
            when=moment(kept.when)
        ))  # fmt: skip
        self.back.setAccessibleName(self.back.text())
        if kept is not None:
            where = _("The files of before are kept in {place}.").format(place=breakable(kept.place))
        elif plan is not None and plan.changes:
            where = _("The files of before will be kept in {place}.").format(place=breakable(kept_folder()))
        else:
            where = ""
        self._where.setText(where)
        self._where.setVisible(bool(where))

    # Doing

    @Slot()
    def _write(self) -> None:
        session = self.tools.session
        into = session.composed.into
        if into is None or into.plan is None:
            return
        plan, folder = into.plan, into.existing.folder
        changed = [p.id for p in plan.after.policies if p.file in {change.file for change in plan.changes}]

        def work(_watch: Watch) -> str:
            from latchkey.compose.into import keeping

            try:
                keeping.carry_out(plan, folder, kept_folder(), datetime.now().astimezone())
            except LatchkeyError as error:
                _raise_stale(error, keeping.changed_since(plan, folder))
            return _("The changes are written.")

        self._changed = changed
        self._run(work, "write changes")

    @Slot()
    def _put_back(self) -> None:
        folder = self.tools.session.folder
        if folder is None:
            return
        place = folder

        def work(_watch: Watch) -> str:
            from latchkey.compose.into import keeping

            store = kept_folder()
            kept = keeping.last(place, store)
            try:
                keeping.put_back(place, store)
            except LatchkeyError as error:
                _raise_stale(error, keeping.edited_since(kept, place))
            return _("The files are as they were before.")

        self._run(work, "put back")

    def _run(self, work: Callable[[Watch], str], name: str) -> None:
        if self._job is not None:
            return
        self.write.setEnabled(False)
        self.back.setEnabled(False)
        self._job = Job(work, name)
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self.tools.runner.start(self._job)

    @Slot(object)
    def _done(self, said: str) -> None:
        self._stale = None
        for policy in self._changed:  # what was uploaded before is to be uploaded again
            self.do(edits.tick(f"go-live/upload/{policy}", False))
        self._changed = []
        announce(self, said)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if isinstance(error, StaleFiles):
            self._stale = error
            announce(self, str(error))
        elif isinstance(error, LatchkeyError):
            self.tools.session.refused.emit(error.message, error.hint)
        else:
            raise error

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None
        if self._stale is None:
            self.tools.session.compose_now()
        self.show_composed(self.tools.session.composed)

    @Slot()
    def _read_again(self) -> None:
        self._stale = None
        self.tools.session.compose_now()
        self.show_composed(self.tools.session.composed)

    @Slot()
    def _open_folder(self) -> None:
        if self.tools.session.folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.tools.session.folder)))


def moment(when: str) -> str:
    """`2026-11-20 12.00.00.000`, which can be a folder's name, as people write it."""
    day, _space, time = when.partition(" ")
    return f"{day} {time[:5].replace('.', ':')}"


def _raise_stale(error: LatchkeyError, changed: Sequence[FileChange]) -> None:
    if not changed:
        raise error
    raise StaleFiles(error, changed) from error


def _line(name: str, word: str, role: str) -> QWidget:
    holder = QWidget()
    line = row(holder)
    line.addWidget(label("", name, wrap=False))
    line.addWidget(label(role, word, wrap=False))
    line.addStretch(1)
    return holder
