"""The checklist after the files: applications, keys, uploads, tests, and how an application is connected. Each thing
has its value to copy and a tick that is remembered; it works in any order.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from latchkey.draft import edits
from latchkey.draft.draft import DEFAULT_REPLY_URL, Draft
from latchkey.gui.announce import announce
from latchkey.gui.composing import Composed, all_ticks
from latchkey.gui.file_writer import FileWriter
from latchkey.gui.pages.base import COLUMN, Page
from latchkey.gui.pages.go_live_items import inside_of, secret_row
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.field_row import FieldRow
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.guide_view import Fold, SectionView
from latchkey.gui.widgets.labels import button, column, label
from latchkey.paths import state_folder
from latchkey.text import N_, _, ngettext

if TYPE_CHECKING:
    from latchkey.check.finding import Finding
    from latchkey.guide.model import Guide, Row, Section


class Part(QWidget):
    """A fold's inside: the guide's section, its list of things with ticks, and what the page adds."""

    def __init__(self, tools: Tools, view: SectionView) -> None:
        super().__init__()
        self.view = view
        self.below = column(spacing=12, margins=(16, 4, 16, 12))
        layout = column(self, spacing=0)
        layout.addWidget(view)
        layout.addLayout(self.below)
        self.fold = Fold(tools, self)
        self.fold.setMaximumWidth(COLUMN)
        self.made_of: object = None  # of what the things in `view.extra` were made


class GoLivePage(Page):
    """Follows the guide of the composed set."""

    step_id = "go-live"

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._parts: dict[str, Part] = {}
        self._guide: Guide | None = None
        self._opened = False
        self._show_written = False
        self._writer = FileWriter(tools.runner, self)
        self._writer.written.connect(self._page_written)
        self._writer.refused.connect(tools.session.refused)
        top = Flow()
        self.save_page, self.print_page = button("small"), button("small")
        self.say(self.save_page.setText, N_("Save as a page…"))
        self.say(self.print_page.setText, N_("Open to print"))
        self.save_page.clicked.connect(self._save_page)
        self.print_page.clicked.connect(self._print_page)
        self._progress = label("soft", wrap=False)
        top.add(self._progress)
        top.add(self.save_page)
        top.add(self.print_page)
        self.body.addWidget(top)
        self._wait = self.add_text("soft", N_("Putting the list together…"))
        self._list = column(spacing=8)
        self.body.addLayout(self._list)
        self._fields: QWidget | None = None

    def title(self) -> str:
        """The heading."""
        return _("Go live")

    def intro(self) -> str:
        """Under the heading."""
        return _(
            "What is left to do by hand, in the order in which it can be done. Tick what is done; it is remembered."
        )

    def why(self) -> str:
        """Why this is a list and not a button."""
        return _("Only you may change your tenant. Latchkey prepares every value, so you copy instead of typing.")

    def good_to_know(self) -> tuple[str, ...]:
        """What surprises."""
        policies = self.tools.session.draft.policies
        said = [_("Try the links in a private window, or you see the account that you are signed in with.")]
        if policies.kind == "custom":
            said = [
                _("Policy keys first: Azure refuses a policy that names a key which is not there."),
                _("After an upload it can take some minutes until customers see the change."),
                *said,
            ]
        if policies.kind == "custom" and policies.local:
            said.append(_("One person who comes with WeChat today and with e-mail tomorrow has two accounts."))
            if not policies.embeds_reset:
                said.append(
                    _("“Forgot your password?” answers your application with AADB2C90118; it then starts the policy for"
                      " a new password.")
                )  # fmt: skip
        return tuple(said)

    def show_draft(self, draft: Draft) -> None:
        """Ticks, and the test application's answers."""
        if self._fields is not None:
            self.app_id.set_text(draft.policies.test_app_id)
            self.reply_url.set_text(draft.policies.test_reply_url)
        if self._guide is not None:
            self._show_ticks(self._guide, draft)

    def show_composed(self, composed: Composed) -> None:
        """A newer guide."""
        guide = composed.guide
        self._wait.setVisible(guide is None)
        self.save_page.setEnabled(guide is not None)
        self.print_page.setEnabled(guide is not None)
        if guide is None:
            return
        self._guide = guide
        sections = self._sections(guide)
        for gone in [name for name in self._parts if name not in sections]:
            part = self._parts.pop(gone)
            if part is self._fields:
                self._fields, self.rows = None, []
            part.fold.hide()
            part.fold.deleteLater()
        for place, (name, section) in enumerate(sections.items()):
            if name not in self._parts:
                self._parts[name] = self._part(name)
            fold = self._parts[name].fold
            if self._list.indexOf(fold) != place:
                self._list.insertWidget(place, fold)
            self._fill(name, section, guide, composed)
        self._show_ticks(guide, self.tools.session.draft)
        self._open_first(guide)

    def show_findings(self, findings: object) -> None:
        """Findings on the test application's fields."""
        super().show_findings(self.tools.session.findings)

    def focus_field(self, finding: Finding) -> bool:
        """The fields are inside a section: open it first. Before there is a list, they stand alone."""
        if finding.field.startswith("policies.test_") and "test-app" not in self._parts:
            part = self._parts["test-app"] = self._part("test-app")
            self._list.addWidget(part.fold)
            part.fold.show_head(_("The application to test with"), 0, 0)
            self.show_findings(self.tools.session.findings)
        if any(field.matches(finding) for field in self.rows) and "test-app" in self._parts:
            self._parts["test-app"].fold.open(True)
        return super().focus_field(finding)

    def show_theme(self) -> None:
        """Arrows in the theme's colour."""
        for part in self._parts.values():
            part.fold.show_theme()

    # Building

    def _sections(self, guide: Guide) -> dict[str, Section]:
        """The sections to show, in order; for user flows each provider's own walk-through comes after the first."""
        found: dict[str, Section] = {}
        for section in guide.sections:
            found[section.id] = section
            if section.id == guide.sections[0].id:
                for provider in guide.providers:
                    if provider.user_flow is not None:
                        found[f"provider/{provider.key}"] = provider.user_flow
        return found

    def _part(self, name: str) -> Part:
        view = SectionView(self.tools, partial(self._secret_row, name.partition("/")[2]), card=False)
        view.ticked.connect(self._tick)
        view.built.connect(self.parts_changed)
        part = Part(self.tools, view)
        if name == "test-app":
            self._lay_out_fields(part)
        return part

    def _lay_out_fields(self, part: Part) -> None:
        self.rows = [field for field in self.rows if not field.field.startswith("policies.test_")]
        self.app_id: FieldRow = self.add_field(
            "policies.test_app_id",
            N_("The test application's ID"),
            word=N_("Application (client) ID"),
            hint=N_("With it the links below can be opened as they are."),
            into=part.below,
        )
        self.reply_url: FieldRow = self.add_field(
            "policies.test_reply_url", N_("Where a test ends"), word=N_("reply URL"), into=part.below
        )
        self.app_id.set_placeholder("00000000-0000-0000-0000-000000000000")
        self.reply_url.set_placeholder(DEFAULT_REPLY_URL)
        self.app_id.edited.connect(self._type_app_id)
        self.reply_url.edited.connect(self._type_reply_url)
        self._fields = part
        self.show_draft(self.tools.session.draft)

    def _fill(self, name: str, section: Section, guide: Guide, composed: Composed) -> None:
        part = self._parts[name]
        part.view.show_section(section, composed.draft.done)
        inside = inside_of(name, guide, composed, self.tools)
        if inside is None or inside.made_of == part.made_of:
            return
        part.made_of = inside.made_of
        part.view.clear_extra()
        for item in inside.items:
            part.view.add_item(item.id, item.number, item.name, item.make())
        if inside.rest is not None:
            part.view.extra.addWidget(inside.rest())
        if inside.says:
            said = label("hint", inside.says)
            said.setContentsMargins(46, 4, 16, 8)
            part.view.extra.addWidget(said)

    def _secret_row(self, provider: str, wanted: Row) -> QWidget | None:
        return secret_row(provider, wanted, self.tools)

    # Following

    def _show_ticks(self, guide: Guide, draft: Draft) -> None:
        ticks = set(all_ticks(guide))
        done = len(ticks & draft.done)
        self._progress.setText(
            _("All of it is done.")
            if done == len(ticks)
            else ngettext("{done} of {count} thing is done.", "{done} of {count} things are done.", len(ticks)).format(
                done=done, count=len(ticks)
            )
        )
        for name, section in self._sections(guide).items():
            part = self._parts.get(name)
            if part is None:
                continue
            part.view.show_section(section, draft.done)
            ids = {item.id for item in section.steps} | set(part.view.extra_boxes())
            part.fold.show_head(self._head(name, section, guide), len(ids & draft.done), len(ids))

    def _head(self, name: str, section: Section, guide: Guide) -> str:
        if not name.startswith("provider/"):
            return section.title
        provider = guide.provider(name.partition("/")[2])
        return _("{provider}: {title}").format(provider=provider.name, title=section.title)

    def _open_first(self, guide: Guide) -> None:
        """On the first visit the first section that is not done stands open."""
        if self._opened:
            return
        self._opened = True
        done = self.tools.session.draft.done
        for name, section in self._sections(guide).items():
            ids = {item.id for item in section.steps} | set(self._parts[name].view.extra_boxes())
            if not ids <= done:
                self._parts[name].fold.open(True)
                return

    @Slot(str, bool)
    def _tick(self, name: str, on: bool) -> None:
        self.do(edits.tick(name, on))

    @Slot(str)
    def _type_app_id(self, text: str) -> None:
        self.do(edits.set_test_app_id(text.strip()), self.app_id)

    @Slot(str)
    def _type_reply_url(self, text: str) -> None:
        self.do(edits.set_test_reply_url(text), self.reply_url)

    @Slot()
    def _save_page(self) -> None:
        suggested = str(Path.home() / f"latchkey-{self.tools.session.draft.tenant.name.strip() or 'guide'}.html")
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save the list as a page"), suggested, _("Web pages ({pattern})").format(pattern="*.html")
        )
        if name:
            self._write_page(Path(name), show=False)

    @Slot()
    def _print_page(self) -> None:
        self._write_page(state_folder() / "go-live.html", show=True)

    def _write_page(self, file: Path, *, show: bool) -> None:
        """Write the guide as a page on the worker; it holds no secret."""
        guide, done = self._guide, self.tools.session.draft.done
        if guide is None:
            return

        def make() -> dict[Path, bytes]:
            from latchkey.guide.html import to_html

            return {file: to_html(guide, done).encode()}

        self._show_written = show
        self._writer.write(make, "guide as a page")

    @Slot(object)
    def _page_written(self, files: list[Path]) -> None:
        if self._show_written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(files[0])))
        else:
            announce(self, _("Written: {file}").format(file=files[0]))
