"""What is inside the window: pages, their help, what needs attention, notices. Made once the empty window is painted,
so that it is there at once; it knows which page belongs to a step and tells the visible one what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from latchkey.check.finding import Finding, Level
from latchkey.gui.pages.table import make_page
from latchkey.gui.shell.attention import AttentionList
from latchkey.gui.shell.files import FileCommands
from latchkey.gui.shell.help_panel import HelpText
from latchkey.gui.shell.page_area import PageArea
from latchkey.gui.steps_model import step_for
from latchkey.gui.widgets.labels import set_role
from latchkey.gui.widgets.notice import Notice
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.draft.draft import Draft
    from latchkey.gui.main_window import MainWindow
    from latchkey.gui.pages.base import Page
    from latchkey.gui.tools import Tools

_ROOM_FOR_HELP = 1080  # narrower than this, help stands under the page


class Content(QObject):
    """Joined to the session when it is made."""

    def __init__(self, window: MainWindow, tools: Tools) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._session, self._model = tools.session, window.model
        self._areas: dict[str, PageArea] = {}
        self._narrow = False
        self.notice = Notice(tools.icons)
        window.middle.insertWidget(0, self.notice)
        self.help = HelpText()
        window.help.hold(self.help)
        self.attention = AttentionList(window)
        self.files = FileCommands(window, tools, self.notice)
        self.files.connect_actions(window.acts)
        self._connect()
        self.show_step(self._session.step)
        self._show_attention()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        area = self._window.stack.currentWidget()
        return area.page if isinstance(area, PageArea) else None

    @Slot(str)
    def show_step(self, step: str) -> None:
        """Show a step's page, made now if it is the first visit."""
        if self._model.row_of(step) < 0:
            return
        before = self.page
        if before is not None and before.step != step:
            before.leave()
        if step not in self._areas:
            self._areas[step] = self._make(step)
        self._window.stack.setCurrentWidget(self._areas[step])
        self._areas[step].page.refresh()
        self._show_help()
        self._show_primary()

    def retranslate(self) -> None:
        """The language changed: everything says so at once."""
        for area in self._areas.values():
            area.page.retranslate()
        self._show_help()
        self._show_attention()

    def findings(self) -> tuple[Finding, ...]:
        """What needs attention, the draft's own first; what is only good to know stays out."""
        return tuple(finding for finding in self._session.all_findings if finding.level is not Level.INFO)

    @Slot()
    def open_attention(self) -> None:
        """Show the list of what needs attention."""
        found = self.findings()
        if found:
            self.attention.show_findings(found, self._tools.icons)
            self.attention.open_above(self._window.bottom.attention)

    @Slot(object)
    def go_to(self, finding: Finding) -> None:
        """Show the page that a finding is about, with the cursor in its field."""
        self._session.go(step_for(finding, self._session.draft))
        page = self.page
        if page is not None and not page.focus_field(finding):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow_width(self, width: int) -> None:
        """In a narrow window the help moves under the page."""
        if self._narrow != (width < _ROOM_FOR_HELP):
            self._show_help()

    def _make(self, step: str) -> PageArea:
        page = make_page(step, self._tools)
        page.go_requested.connect(self._session.go)
        page.finding_requested.connect(self.go_to)
        page.help_changed.connect(self._show_help)
        page.draft_requested.connect(self.files.open_named)
        page.new_requested.connect(self.files.new)
        page.save_as_requested.connect(self.files.ask_save_as)
        page.primary_changed.connect(self._show_primary)
        page.show_theme()
        area = PageArea(page)
        self._window.stack.addWidget(area)
        return area

    def _connect(self) -> None:
        session, window = self._session, self._window
        session.opened.connect(self._begin_anew)
        session.step_changed.connect(self.show_step)
        session.draft_changed.connect(self._draft_changed)
        session.findings_changed.connect(self._findings_changed)
        session.composed_changed.connect(self._composed_changed)
        session.refused.connect(self._refused)
        self._tools.vault.trouble.connect(self._refused)
        self._tools.vault.changed.connect(self._vault_changed)
        self._tools.theme.changed.connect(self._theme_changed)
        self._model.steps_changed.connect(self._steps_changed)
        self.attention.chosen.connect(self.go_to)
        window.bottom.attention_asked.connect(self.open_attention)
        window.acts["attention"].triggered.connect(self.open_attention)

    # Following

    @Slot()
    def _begin_anew(self) -> None:
        """Another draft is open: what a page remembers (fields that were visited, what is folded) was the other's."""
        for area in self._areas.values():
            self._drop(area)
        self._areas.clear()

    def _drop(self, area: PageArea) -> None:
        self._window.stack.removeWidget(area)
        area.hide()
        area.deleteLater()

    @Slot(object, object)
    def _draft_changed(self, _before: Draft, after: Draft) -> None:
        page = self.page
        if page is not None and self._model.row_of(page.step) >= 0:
            page.show_draft(after)
            page.show_heading()

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
        for step in [step for step in self._areas if self._model.row_of(step) < 0]:
            area = self._areas.pop(step)
            if self._session.step == step:
                previous = self._model.neighbours(step)[0]
                self._session.go(previous.id if previous is not None else "start")
            self._drop(area)

    @Slot()
    def _theme_changed(self) -> None:
        self._window.top.show_icons(self._tools.icons)
        for area in self._areas.values():
            area.page.show_theme()

    @Slot(str, str)
    def _refused(self, message: str, hint: str) -> None:
        self.notice.say(f"{message} {hint}".strip(), "note-refusal")

    @Slot()
    def _show_help(self) -> None:
        area = self._window.stack.currentWidget()
        if not isinstance(area, PageArea):
            return
        self._narrow = self._window.width() < _ROOM_FOR_HELP
        why, good = area.page.why(), area.page.good_to_know()
        self._window.help.setVisible(not self._narrow and bool(why or good))
        self.help.show_help(why, good)
        area.show_help(self._narrow)

    @Slot()
    def _show_primary(self) -> None:
        own = self.page is not None and self.page.own_primary()
        set_role(self._window.bottom.next, "look", "" if own else "primary")

    @Slot()
    def _show_attention(self) -> None:
        open_ones = self.findings()
        summary = " • ".join(finding.message for finding in open_ones[:2])
        ready = _("Nothing needs attention") if self._session.composed.writable else ""
        self._window.bottom.show_count(len(open_ones), summary, ready)
        self._window.acts["attention"].setEnabled(bool(open_ones))
