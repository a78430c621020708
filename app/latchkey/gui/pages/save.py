"""Where the policy files go, what writing does, and then writing them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from latchkey.draft.draft import Draft
from latchkey.errors import LatchkeyError
from latchkey.gui.announce import announce
from latchkey.gui.called import called
from latchkey.gui.composing import Composed
from latchkey.gui.jobs import Job
from latchkey.gui.pages.base import COLUMN, Page
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, empty, frame, label, row, set_role
from latchkey.jobs import Watch
from latchkey.text import N_, _, join_list, ngettext

if TYPE_CHECKING:
    from latchkey.compose.writer import WritePlan


class SavePage(Page):
    """Nothing is written before the person presses the button."""

    step_id = "save"

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._job: Job | None = None
        self._just_written = False
        self._carried: WritePlan | None = None  # what was written last, while this page stands
        self._shown: tuple[object, ...] = ()
        self.add_section(N_("Folder for the policy files"))
        chosen = frame("value")
        chosen.setMaximumWidth(COLUMN)
        inside = row(chosen, margins=(12, 6, 6, 6))
        self._folder, self.choose = label("", wrap=False), button("small")
        self.say(self.choose.setText, N_("Choose a folder…"))
        self.choose.clicked.connect(self._choose)
        inside.addWidget(self._folder, 1)
        inside.addWidget(self.choose)
        self.body.addWidget(chosen)
        self._summary = self.add_text("")
        self._card, card = self.add_card()
        self._files = QGridLayout()
        self._files.setHorizontalSpacing(12)
        self._files.setVerticalSpacing(8)
        self._files.setColumnStretch(1, 1)
        card.addLayout(self._files)
        self._note = frame("note-refusal")
        self._note.setMaximumWidth(COLUMN)
        self._note_text = label("")
        column(self._note, margins=(14, 10, 14, 10)).addWidget(self._note_text)
        self.body.addWidget(self._note)
        buttons = row(spacing=8)
        self.write, self.open = button("primary"), button()
        self.say(self.write.setText, N_("Write the files"))
        self.say(self.open.setText, N_("Open the folder"))
        self.back = button()
        self.say(self.back.setText, N_("Put back"))
        self.say(self.back.setToolTip, N_("The folder becomes as it was before the files were written."))
        self.back.hide()
        self.back.clicked.connect(self._put_back)
        self.write.clicked.connect(self._write)
        self.open.clicked.connect(self._open)
        for each in (self.write, self.open, self.back):
            buttons.addWidget(each)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._lay_out_answers()

    def _lay_out_answers(self) -> None:
        self.add_section(N_("Your answers"))
        self._answers = self.add_text("soft")
        self.keep = button("small")
        self.say(self.keep.setText, N_("Keep them as a file…"))
        self.keep.clicked.connect(self.save_as_requested)
        self.body.addWidget(self.keep)

    def fits(self, draft: Draft) -> bool:
        """Policies that are there already have a page of their own."""
        return self.tools.session.source is None

    def title(self) -> str:
        """The heading."""
        return _("Save the policy files")

    def intro(self) -> str:
        """Under the heading."""
        return _("Look at what will be written, then write it. Nothing is sent to Azure.")

    def why(self) -> str:
        """What the folder is for."""
        return _("You upload these files to Azure by hand on the next page. Keep the folder: you will want it again.")

    def good_to_know(self) -> tuple[str, ...]:
        """What surprises."""
        return (
            _("Files in the folder that Latchkey did not write, or that somebody changed, are never overwritten."),
            _("The files hold no secret. You may put them under version control or send them to a colleague."),
            _("The same answers always give exactly the same files."),
        )

    def own_primary(self) -> bool:
        """Writing is what this page is for, until it is done."""
        return not self.tools.session.composed.written

    def show_draft(self, draft: Draft) -> None:
        """Where the answers are kept."""
        keeper = self.tools.keeper
        if keeper.named:
            text = _("Saved as you go in {file}. Open that file to change something later.").format(file=keeper.file)
        else:
            text = _("Kept on this computer. As a file you can copy them, or open them elsewhere.")
        self._answers.setText(text)
        self.keep.setVisible(not keeper.named)

    def show_composed(self, composed: Composed) -> None:
        """What would be written."""
        folder = self.tools.session.folder
        self._folder.setText(str(folder) if folder is not None else _("No folder chosen yet"))
        set_role(self._folder, "role", "" if folder is not None else "soft")
        plan = composed.plan if composed.folder == folder else None
        self._show_files(plan)
        self._summary.setText(self._in_words(composed, plan))
        self._summary.setVisible(bool(self._summary.text()))
        self._show_trouble(composed, plan)
        current = composed.draft == self.tools.session.draft
        ready = composed.writable and current and plan is not None and not plan.refused and self._job is None
        self.write.setEnabled(ready and not composed.written)
        set_role(self.write, "look", "" if composed.written else "primary")
        self.open.setVisible(folder is not None and composed.written)
        self.back.setVisible(self._carried is not None and self._carried.folder == folder)
        self.back.setEnabled(self._job is None)
        if self._just_written and composed.written:
            self._just_written = False
            self.open.setFocus()
        self.primary_changed.emit()

    def _in_words(self, composed: Composed, plan: WritePlan | None) -> str:
        if composed.composed is None or plan is None:
            return ""
        if composed.written:
            return _("All {count} files are written. Go on with uploading them.").format(count=len(plan.files))
        catalogue = self.tools.session.catalogue
        names = [called(provider, catalogue) for provider in composed.draft.providers]
        buttons = ngettext(
            "The sign-in page shows the button {names}.", "The sign-in page shows the buttons {names}, in this order.",
            len(names),
        ).format(names=join_list(names))  # fmt: skip
        new = sum(1 for name in plan.written if name not in plan.before)
        counts = [
            (new, ngettext("{count} file is new.", "{count} files are new.", new)),
            (
                len(plan.written) - new,
                ngettext("{count} file changes.", "{count} files change.", len(plan.written) - new),
            ),
            (
                len(plan.unchanged),
                ngettext("{count} stays as it is.", "{count} stay as they are.", len(plan.unchanged)),
            ),
            (len(plan.removed), ngettext("{count} goes.", "{count} go.", len(plan.removed))),
        ]
        return " ".join([buttons, *(text.format(count=count) for count, text in counts if count)])

    def _show_files(self, plan: WritePlan | None) -> None:
        state = (plan and (plan.written, plan.unchanged, plan.removed, plan.refused, tuple(plan.before)), _("new"))
        if state == self._shown:
            return
        self._shown = state
        empty(self._files)
        self._card.setVisible(plan is not None)
        if plan is None:
            return
        lines = [(name, _("changed") if name in plan.before else _("new"), "pill-done") for name in plan.written]
        there = _("unchanged") if plan.written or plan.removed else _("written")
        lines += [(name, there, "pill") for name in plan.unchanged]
        lines += [(name, _("removed: no longer needed"), "pill-attention") for name in plan.removed]
        lines += [(name, _("in the way"), "pill-refusal") for name in plan.refused]
        order = {file.file: number for number, file in enumerate(plan.files)}
        for number, (name, word, role) in enumerate(sorted(lines, key=lambda line: order.get(line[0], len(order)))):
            pill = label(role, word, wrap=False)
            holder = QWidget()
            beside = row(holder)
            beside.addWidget(pill)
            beside.addStretch(1)
            self._files.addWidget(label("", name, wrap=False), number, 0)
            self._files.addWidget(holder, number, 1)

    def _show_trouble(self, composed: Composed, plan: WritePlan | None) -> None:
        trouble: LatchkeyError | None = composed.refusal or composed.folder_trouble
        text = str(trouble) if trouble is not None else ""
        if plan is not None and plan.refused:
            text = _("{folder} has policy files that Latchkey did not write, or that were changed since: {files}. "
                     "Choose another folder.").format(folder=plan.folder, files=join_list(plan.refused))  # fmt: skip
        elif not text and composed.composed is not None and not composed.writable:
            text = _("The checks found something that Azure would refuse. The line below leads to it.")
        if composed.refusal is not None and self.tools.session.findings:
            text = _(
                "Some answers are still missing or wrong, so nothing can be written. The line below leads to them."
            )
        missing = composed.refusal is not None
        set_role(self._note, "role", "note-attention" if missing else "note-refusal")
        self._note_text.setText(text)
        self._note.setVisible(bool(text))

    @Slot()
    def _choose(self) -> None:
        session = self.tools.session
        start = session.folder or (self.tools.keeper.file.parent if self.tools.keeper.named else Path.home())
        name = QFileDialog.getExistingDirectory(self, _("Folder for the policy files"), str(start))
        if name:
            self.choose_folder(Path(name))

    def choose_folder(self, folder: Path) -> None:
        """Use that folder, and remember it."""
        self.tools.keeper.note_folder(folder)
        self.tools.session.choose_folder(folder)
        self.show_composed(self.tools.session.composed)

    @Slot()
    def _write(self) -> None:
        from latchkey.compose.writer import carry_out

        plan = self.tools.session.composed.plan
        if plan is None or self._job is not None:
            return

        def work(_watch: Watch) -> WritePlan | None:
            carry_out(plan)
            return plan

        self._run(work, "write policies")

    @Slot()
    def _put_back(self) -> None:
        from latchkey.compose.writer import put_back

        plan = self._carried
        if plan is None or self._job is not None:
            return

        def work(_watch: Watch) -> WritePlan | None:
            put_back(plan)
            return None

        self._run(work, "put back")

    def _run(self, work: Callable[[Watch], WritePlan | None], name: str) -> None:
        self.write.setEnabled(False)
        self.back.setEnabled(False)
        self._job = Job(work, name)
        self._job.done.connect(self._written)
        self._job.failed.connect(self._not_written)
        self._job.ended.connect(self._ended)
        self.tools.runner.start(self._job)

    @Slot(object)
    def _written(self, carried: WritePlan | None) -> None:
        self._carried = carried
        self._just_written = carried is not None
        announce(self, _("The files are written.") if carried is not None else _("The folder is as it was before."))

    @Slot(object)
    def _not_written(self, error: Exception) -> None:
        self.tools.session.refuse(error)

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None
        self.tools.session.compose_now()

    @Slot()
    def _open(self) -> None:
        if self.tools.session.folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.tools.session.folder)))
