"""What is inside the window: pages, their help, what needs attention, notices. Made once the empty window is painted,
so that it is there at once; it knows which page belongs to a step and tells the visible one what changed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from latchkey.check.finding import Finding, Level
from latchkey.gui.announce import announce
from latchkey.gui.at_start import AtStart
from latchkey.gui.called import said_of
from latchkey.gui.folder_watch import FolderWatch
from latchkey.gui.missing import MissingSecrets
from latchkey.gui.pages.area import PageArea
from latchkey.gui.pages.table import make_page
from latchkey.gui.shell.attention import AttentionList
from latchkey.gui.shell.files import FileCommands
from latchkey.gui.shell.help_panel import HelpText
from latchkey.gui.shell.helping import Helping
from latchkey.gui.shell.leaving import Leaving
from latchkey.gui.shell.taking import Taking, can_take
from latchkey.gui.steps_model import step_for
from latchkey.gui.updating import Updates
from latchkey.gui.widgets.focus import first_control
from latchkey.gui.widgets.labels import set_role
from latchkey.gui.widgets.notice import Notice
from latchkey.text import _, join_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData

    from latchkey.draft.draft import Draft
    from latchkey.gui.pages.base import Page
    from latchkey.gui.shell.room import Room
    from latchkey.gui.tools import Tools

_SUMMED_UP = 2  # findings in the line below
_ROOM_FOR_HELP = 1080  # narrower than this, help stands under the page


class Content(QObject):
    """Joined to the session when it is made."""

    def __init__(self, room: Room, tools: Tools) -> None:
        super().__init__(room.window)
        self._room = room
        self._tools = tools
        self._session, self._model = tools.session, room.model
        self._areas: dict[str, PageArea] = {}
        self._narrow = False
        self.notice = Notice(tools.icons)
        room.middle.insertWidget(0, self.notice)
        self.help = HelpText()
        room.help.hold(self.help)
        self.attention = AttentionList(room.window, tools)
        self.leaving = Leaving(room.window, tools, self.notice)
        self.files = FileCommands(room.window, tools, self.notice, self.leave)
        self.files.connect_actions(room.actions)
        self.folder_watch = FolderWatch(self._session, tools.runner)
        self.helping = Helping(room.window, tools, room.actions)
        self.taking = Taking(room.window, tools, self.files, self.notice)
        self._connect()
        self.missing = MissingSecrets(self._session, tools.vault, self)
        self.at_start = AtStart(tools, self.notice, self)
        self.updates = Updates(tools, self.at_start, self)
        self.show_step(self._session.step)
        self._show_attention()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        area = self._room.stack.currentWidget()
        return area.page if isinstance(area, PageArea) else None

    @Slot(str)
    def show_step(self, step: str) -> None:
        """Show a step's page, made now if it is the first visit."""
        if self._model.row_of(step) < 0:
            return
        before = self.page
        if before is not None and before.step != step:
            before.leave()
        if step in self._areas and not self._areas[step].page.fits(self._session.draft):
            self._drop(self._areas.pop(step))
        if step not in self._areas:
            self._areas[step] = self._make(step)
        self._room.stack.setCurrentWidget(self._areas[step])
        self._areas[step].page.refresh()
        self._show_help()
        self._show_primary()

    def retranslate(self) -> None:
        """The language changed: everything says so at once."""
        for area in self._areas.values():
            area.page.retranslate()
        self.missing.again()
        self._show_help()
        self._show_attention()

    def findings(self) -> tuple[Finding, ...]:
        """What needs attention, the draft's own first; what is only good to know stays out."""
        session = self._session
        told = [*session.findings, *session.missing, *session.all_findings[len(session.findings) :]]
        return tuple(finding for finding in told if finding.level is not Level.INFO)

    @Slot()
    def open_attention(self) -> None:
        """Show the list of what needs attention."""
        found = self.findings()
        if found:
            self.attention.show_findings([(self._said(one), one) for one in found])
            self.attention.open_above(self._room.bottom.attention)

    def takes(self, data: QMimeData) -> bool:
        """Whether something that is dragged over the window may be dropped."""
        return can_take(data)

    def close(self) -> None:
        """The window is closed."""
        self.folder_watch.close()

    def leave(self, then: Callable[[], None]) -> None:
        """Do what takes the page away for good, as soon as nothing is lost by it."""
        self.leaving.leave(self.page, then)

    def leave_for_good(self, then: Callable[[], None]) -> None:
        """The same, when the program ends."""
        self.leave(partial(self.leaving.end, then))

    @Slot()
    def ask_azure_message(self) -> None:
        """Have a text of Azure's explained; a finding in it leads to its place."""
        self.explain_azure_message("")

    @Slot(str)
    def explain_azure_message(self, text: str) -> None:
        """The same, with the text there already."""
        from latchkey.gui.shell.azure_message import AzureMessage

        dialog = AzureMessage(self._room.window, self._tools)
        dialog.chosen.connect(self.go_to)
        dialog.open()
        dialog.read(text)

    @Slot(str)
    def read_metadata(self, where: str) -> None:
        """A provider's metadata came in, by its path or its address."""
        from latchkey.gui.widgets.reader_dialog import ReaderDialog

        dialog = ReaderDialog(self._tools, where, self._room.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _said(self, finding: Finding) -> str:
        return said_of(finding, self._session.draft, self._session.catalogue)

    @Slot(object)
    def go_to(self, finding: Finding) -> None:
        """Show the page that a finding is about, with the cursor in its field."""
        self._session.go(step_for(finding, self._session.draft))
        page = self.page
        if page is not None and not page.focus_field(finding):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Somebody came to this page by Next or Back: tell which it is, and begin with its first control."""
        area = self._room.stack.currentWidget()
        if isinstance(area, PageArea):
            area.verticalScrollBar().setValue(0)
            announce(area.page, area.page.title())
            first = first_control(area.page)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

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
        page.folder_requested.connect(self.files.ask_folder)
        page.new_requested.connect(self.files.new)
        page.save_as_requested.connect(self.files.ask_save_as)
        page.primary_changed.connect(self._show_primary)
        page.show_theme()
        area = PageArea(page)
        self._room.stack.addWidget(area)
        return area

    def _connect(self) -> None:
        session, room = self._session, self._room
        self.folder_watch.changed.connect(self.files.say_policies_changed)
        session.leaving.connect(self._leave_page)
        session.opened.connect(self._begin_anew)
        session.step_changed.connect(self.show_step)
        session.draft_changed.connect(self._draft_changed)
        session.findings_changed.connect(self._findings_changed)
        session.missing_changed.connect(self._show_attention)
        session.composed_changed.connect(self._composed_changed)
        session.refused.connect(self._refused)
        self._tools.vault.trouble.connect(self._refused)
        self._tools.vault.changed.connect(self._vault_changed)
        self._tools.theme.changed.connect(self._theme_changed)
        self._model.steps_changed.connect(self._steps_changed)
        self.attention.chosen.connect(self.go_to)
        room.bottom.attention_asked.connect(self.open_attention)
        room.actions["attention"].triggered.connect(self.open_attention)
        room.actions["azure_message"].triggered.connect(self.ask_azure_message)
        room.actions["paste"].triggered.connect(self.taking.paste)
        self.taking.message_found.connect(self.explain_azure_message)
        self.taking.metadata_found.connect(self.read_metadata)

    # Following

    @Slot()
    def _leave_page(self) -> None:
        if self.page is not None:
            self.page.leave()

    @Slot()
    def _begin_anew(self) -> None:
        """Another draft is open: what a page remembers (fields that were visited, what is folded) was the other's."""
        for area in self._areas.values():
            self._drop(area)
        self._areas.clear()

    def _drop(self, area: PageArea) -> None:
        self._room.stack.removeWidget(area)
        area.hide()
        area.deleteLater()

    @Slot(object, object)
    def _draft_changed(self, _before: Draft, after: Draft) -> None:
        page = self.page
        if page is not None and not page.fits(after):
            self.show_step(page.step)
        elif page is not None and self._model.row_of(page.step) >= 0:
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
            self.page.show_stored()

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
        self._room.top.show_icons(self._tools.icons)
        for area in self._areas.values():
            area.page.show_theme()
            area.color_links()

    @Slot(str, str)
    def _refused(self, message: str, hint: str) -> None:
        self.notice.say(join_sentences(message, hint), "note-refusal")

    @Slot()
    def _show_help(self) -> None:
        area = self._room.stack.currentWidget()
        if not isinstance(area, PageArea):
            return
        self._narrow = self._room.window.width() < _ROOM_FOR_HELP
        why, good = area.page.why(), area.page.good_to_know()
        self._room.help.setVisible(not self._narrow and bool(why or good))
        self.help.show_help(why, good)
        area.show_help(self._narrow)

    @Slot()
    def _show_primary(self) -> None:
        own = self.page is not None and self.page.own_primary()
        set_role(self._room.bottom.next, "look", "" if own else "primary")

    @Slot()
    def _show_attention(self) -> None:
        open_ones = self.findings()
        summary = " • ".join(self._said(finding) for finding in open_ones[:_SUMMED_UP])
        ready = _("Nothing needs attention") if self._session.composed.sound else ""
        self._room.bottom.show_count(len(open_ones), summary, ready)
        self._room.actions["attention"].setEnabled(bool(open_ones))
