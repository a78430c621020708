"""The window: step list, page, help, and the bars around them. It knows which page belongs to a step and tells the
visible one what changed; it decides nothing about answers.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from latchkey.check.finding import Finding, Level
from latchkey.draft.draft import Draft
from latchkey.gui.pages.base import Page
from latchkey.gui.pages.table import make_page
from latchkey.gui.shell.actions import make_actions, retranslate
from latchkey.gui.shell.attention import AttentionList
from latchkey.gui.shell.bottom_bar import BottomBar
from latchkey.gui.shell.files import FileCommands
from latchkey.gui.shell.help_panel import HelpPanel
from latchkey.gui.shell.page_area import PageArea
from latchkey.gui.shell.rail import Rail
from latchkey.gui.shell.top_bar import TopBar
from latchkey.gui.steps_model import StepsModel, step_for
from latchkey.gui.theme import Choice
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import column, row, set_role
from latchkey.gui.widgets.notice import Notice
from latchkey.text import _

_ROOM_FOR_HELP = 1080  # narrower than this, help stands under the page
_THEMES: dict[str, Choice] = {"theme_system": "system", "theme_light": "light", "theme_dark": "dark"}


class MainWindow(QMainWindow):
    """Built once; every object that outlives a page is handed in."""

    language_chosen = Signal(str)
    closed = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._session, self._keeper = tools.session, tools.keeper
        self._areas: dict[str, PageArea] = {}
        self.acts = make_actions(self)
        self.model = StepsModel(self._session)
        self.top, self.rail = TopBar(self.acts), Rail(self.model, tools.theme)
        self.stack, self.help, self.bottom = QStackedWidget(), HelpPanel(), BottomBar()
        self.notice = Notice(tools.icons)
        self.attention = AttentionList(self)
        self.files = FileCommands(self, tools, self.notice)
        self._lay_out()
        self._connect()
        self.setMinimumSize(640, 400)
        self.resize(1280, 720)
        if tools.memory.now.geometry:
            self.restoreGeometry(QByteArray.fromBase64(tools.memory.now.geometry.encode()))
        self._theme_changed()
        self.show_step(self._session.step)
        self._show_attention()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        area = self.stack.currentWidget()
        return area.page if isinstance(area, PageArea) else None

    @Slot(str)
    def show_step(self, step: str) -> None:
        """Show a step's page, made now if it is the first visit."""
        if self.model.row_of(step) < 0:
            return
        before = self.page
        if before is not None and before.step != step:
            before.leave()
        if step not in self._areas:
            self._areas[step] = self._make(step)
        self.stack.setCurrentWidget(self._areas[step])
        self._areas[step].page.refresh()
        self.rail.show_step(step)
        self._show_around()

    def retranslate(self) -> None:
        """The language changed: everything says so at once."""
        retranslate(self.acts)
        self.top.retranslate()
        self.model.again()
        for area in self._areas.values():
            area.page.retranslate()
        self._show_around()
        self._show_attention()

    def go_to(self, finding: Finding) -> None:
        """Show the page that a finding is about, with the cursor in its field."""
        step = step_for(finding, self._session.draft)
        self._session.go(step)
        page = self.page
        if page is not None and not page.focus_field(finding):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    # Building

    def _lay_out(self) -> None:
        self.stack.setObjectName("pages")
        middle = column(spacing=0)
        middle.addWidget(self.notice)
        middle.addWidget(self.stack, 1)
        body = row(spacing=0)
        body.addWidget(self.rail)
        body.addLayout(middle, 1)
        body.addWidget(self.help)
        whole = QWidget()
        layout = column(whole, spacing=0)
        layout.addWidget(self.top)
        layout.addLayout(body, 1)
        layout.addWidget(self.bottom)
        self.setCentralWidget(whole)

    def _make(self, step: str) -> PageArea:
        page = make_page(step, self._tools)
        page.go_requested.connect(self._session.go)
        page.help_changed.connect(self._show_help)
        page.draft_requested.connect(self.files.open_named)
        page.new_requested.connect(self.files.new)
        page.save_as_requested.connect(self.files.ask_save_as)
        page.primary_changed.connect(self._show_primary)
        page.show_theme()
        area = PageArea(page)
        self.stack.addWidget(area)
        return area

    def _connect(self) -> None:
        session, stack = self._session, self._session.undo_stack
        for signal, slot in (
            (session.step_changed, self.show_step), (session.draft_changed, self._draft_changed),
            (session.findings_changed, self._findings_changed), (session.composed_changed, self._composed_changed),
            (session.refused, self._refused), (self._keeper.changed, self._show_title),
            (self._tools.theme.changed, self._theme_changed), (self._tools.vault.trouble, self._refused),
            (self._tools.vault.changed, self._vault_changed),
            (self.rail.step_chosen, session.go), (self.model.steps_changed, self._steps_changed),
            (self.top.language_chosen, self.language_chosen), (self.bottom.attention_asked, self._open_attention),
            (self.bottom.next.clicked, self._next), (self.bottom.back.clicked, self._back),
            (self.attention.chosen, self.go_to), (stack.canUndoChanged, self._show_undo),
            (stack.canRedoChanged, self._show_undo), (stack.indexChanged, self._show_undo),
        ):  # fmt: skip
            signal.connect(slot)
        for name, does in {
            "undo": stack.undo, "redo": stack.redo, "next": self._next, "back": self._back, "quit": self.close,
            "steps": self._focus_steps, "attention": self._open_attention, "theme_system": self._choose_theme,
            "theme_light": self._choose_theme, "theme_dark": self._choose_theme, "shortcuts": self._show_shortcuts,
            "about": self._show_about,
        }.items():  # fmt: skip
            self.acts[name].triggered.connect(does)
        self.files.connect_actions(self.acts)

    # Following the session

    @Slot(object, object)
    def _draft_changed(self, before: Draft, after: Draft) -> None:
        page = self.page
        if page is not None and self.model.row_of(page.step) >= 0:
            page.show_draft(after)
            page.show_heading()
        if before.tenant.name != after.tenant.name:
            self._show_around()

    @Slot()
    def _findings_changed(self) -> None:
        if self.page is not None:
            self.page.show_findings(self._session.findings)
        self._show_attention()

    @Slot()
    def _composed_changed(self) -> None:
        if self.page is not None:
            self.page.show_composed(self._session.composed)
        self._show_attention()

    @Slot()
    def _vault_changed(self) -> None:
        if self.page is not None:
            self.page.show_draft(self._session.draft)

    @Slot()
    def _steps_changed(self) -> None:
        """Steps came or went: pages of those that are gone go too, and somebody who stood on one moves up."""
        for step in [step for step in self._areas if self.model.row_of(step) < 0]:
            area = self._areas.pop(step)
            if self._session.step == step:
                previous = self.model.neighbours(step)[0]
                self._session.go(previous.id if previous is not None else "start")
            self.stack.removeWidget(area)
            area.deleteLater()
        self.rail.show_step(self._session.step)
        self._show_around()

    @Slot(str, str)
    def _refused(self, message: str, hint: str) -> None:
        self.notice.say(f"{message} {hint}".strip(), "note-refusal")

    # What stands around the page

    def _show_around(self) -> None:
        previous, following = self.model.neighbours(self._session.step)
        self.bottom.show_neighbours(previous and previous.title, following and following.title)
        here = self.model.row_of(self._session.step)
        step = self.model.at(here).title if here >= 0 else ""
        name = self._session.draft.tenant.name.strip() or _("new sign-in")
        self.top.set_context(_("{tenant} — {step}").format(tenant=name, step=step))
        self._show_help()
        self._show_title()
        self._show_undo()
        self._show_primary()

    @Slot()
    def _show_primary(self) -> None:
        own = self.page is not None and self.page.own_primary()
        set_role(self.bottom.next, "look", "" if own else "primary")

    @Slot()
    def _show_help(self) -> None:
        area = self.stack.currentWidget()
        if not isinstance(area, PageArea):
            return
        narrow = self.width() < _ROOM_FOR_HELP
        why, good = area.page.why(), area.page.good_to_know()
        self.help.setVisible(not narrow and bool(why or good))
        self.help.text.show_help(why, good)
        area.show_help(narrow)

    @Slot()
    def _show_title(self) -> None:
        name = self._keeper.file.name if self._keeper.named else _("new sign-in")
        self.setWindowTitle(_("{name}[*] — Latchkey").format(name=name))
        self.setWindowModified(self._keeper.unsaved)

    @Slot()
    def _show_undo(self) -> None:
        stack = self._session.undo_stack
        for name, able, label, alone, with_label in (
            ("undo", stack.canUndo(), stack.undoText(), _("Undo"), _("Undo: {what}")),
            ("redo", stack.canRedo(), stack.redoText(), _("Redo"), _("Redo: {what}")),
        ):
            self.acts[name].setEnabled(able)
            self.acts[name].setToolTip(with_label.format(what=label) if label else alone)

    @Slot()
    def _show_attention(self) -> None:
        open_ones = self.findings()
        summary = " • ".join(finding.message for finding in open_ones[:2])
        ready = _("Nothing needs attention") if self._session.composed.writable else ""
        self.bottom.show_count(len(open_ones), summary, ready)
        self.acts["attention"].setEnabled(bool(open_ones))

    def findings(self) -> tuple[Finding, ...]:
        """What needs attention, the draft's own first; what is only good to know stays out."""
        return tuple(finding for finding in self._session.all_findings if finding.level is not Level.INFO)

    @Slot()
    def _open_attention(self) -> None:
        found = self.findings()
        if found:
            self.attention.show_findings(found, self._tools.icons)
            self.attention.open_above(self.bottom.attention)

    # Commands

    @Slot()
    def _next(self) -> None:
        following = self.model.neighbours(self._session.step)[1]
        if following is not None:
            self._session.go(following.id)

    @Slot()
    def _back(self) -> None:
        previous = self.model.neighbours(self._session.step)[0]
        if previous is not None:
            self._session.go(previous.id)

    @Slot()
    def _focus_steps(self) -> None:
        self.rail.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _choose_theme(self) -> None:
        chosen = next(choice for name, choice in _THEMES.items() if self.acts[name].isChecked())
        self._tools.theme.choose(chosen)
        self._tools.memory.choose_theme(chosen)

    @Slot()
    def _theme_changed(self) -> None:
        choice = self._tools.theme.choice
        for name, value in _THEMES.items():
            self.acts[name].setChecked(value == choice)
        self.top.show_theme(self._tools.icons)
        for area in self._areas.values():
            area.page.show_theme()
        self.rail.viewport().update()

    @Slot()
    def _show_shortcuts(self) -> None:
        from latchkey.gui.shell.dialogs import shortcuts_dialog

        shortcuts_dialog(self).exec()

    @Slot()
    def _show_about(self) -> None:
        from latchkey.gui.shell.dialogs import about_dialog

        about_dialog(self).exec()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the help moves under the page."""
        super().resizeEvent(event)
        before, now = event.oldSize().width() < _ROOM_FOR_HELP, event.size().width() < _ROOM_FOR_HELP
        if before != now:
            self._show_help()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already; remember the place."""
        self._tools.memory.note(geometry=self.saveGeometry().toBase64().toStdString())
        self._keeper.close()
        super().closeEvent(event)
        self.closed.emit()
