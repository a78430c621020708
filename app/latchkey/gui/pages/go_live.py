"""The checklist after the files: applications, keys, uploads, tests, and how an application is connected. Each thing
has its value to copy and a tick that is remembered; it works in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from latchkey.compose.secret_names import SecretName, secret_names
from latchkey.draft import edits
from latchkey.draft.draft import DEFAULT_REPLY_URL, Draft
from latchkey.errors import LatchkeyError, Unreadable
from latchkey.files import write_whole
from latchkey.gui.composing import Composed
from latchkey.gui.jobs import Job
from latchkey.gui.pages.base import COLUMN, Page
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.copy_box import CopyBox
from latchkey.gui.widgets.copy_row import CopyRow
from latchkey.gui.widgets.field_row import FieldRow
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.guide_view import Fold, SectionView
from latchkey.gui.widgets.labels import button, column, label
from latchkey.gui.widgets.secret_row import SecretRow
from latchkey.jobs import Watch
from latchkey.paths import state_folder
from latchkey.text import N_, _, join_list, ngettext

if TYPE_CHECKING:
    from latchkey.check.finding import Finding
    from latchkey.gui.existing import Into
    from latchkey.guide.model import Guide, PolicyKey, Row, Section, TestLink, Upload


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
        self.lists: object = None  # what `view.extra` was made of


class GoLivePage(Page):
    """Follows the guide of the composed set."""

    step_id = "go-live"

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._parts: dict[str, Part] = {}
        self._guide: Guide | None = None
        self._opened = False
        self._job: Job | None = None
        top = Flow()
        self.save_page, self.print_page = button("small"), button("small")
        self.say(self.save_page.setText, N_("Save as a page…"))
        self.say(self.print_page.setText, N_("Open to print"))
        self.save_page.clicked.connect(self._save_page)
        self.print_page.clicked.connect(self._print_page)
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
        return (
            _("Policy keys first: Azure refuses a policy that names a key which is not there."),
            _("After an upload it can take some minutes until customers see the change."),
            _("Try the links in a private window, or you see the account that you are signed in with."),
        )

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
        """The fields are inside a section: open it first."""
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
        lists: object = {
            "keys": (guide.policy_keys, _keys_there(composed.into), tuple(self._secret_names(composed.draft).items())),
            "upload": (guide.uploads, composed.folder, composed.written, _files_there(composed)),
            "test": guide.test_links,
            "connect": guide.application,
        }.get(name)
        if lists is None or (lists, guide.language) == part.lists:
            return
        part.lists = (lists, guide.language)
        part.view.clear_extra()
        if name == "keys":
            for key in guide.policy_keys:
                part.view.add_item(key.id, 0, key.name, self._key(key, composed.draft))
            self._say_there(part, _keys_there(composed.into))
        elif name == "upload":
            for number, upload in enumerate(guide.uploads, 1):
                part.view.add_item(upload.id, number, upload.file, self._upload(upload, composed))
            self._say_there(part, _files_there(composed))
        elif name == "test":
            for link in guide.test_links:
                part.view.add_item(link.id, 0, link.label, self._link(link))
        elif name == "connect":
            part.view.extra.addWidget(self._application(guide))

    def _secret_names(self, draft: Draft) -> Mapping[str, SecretName]:
        return secret_names(draft, self.tools.session.catalogue)

    def _say_there(self, part: Part, text: str) -> None:
        """What need not be done, since it was done before."""
        if text:
            made = label("hint", text)
            made.setContentsMargins(46, 4, 16, 8)
            part.view.extra.addWidget(made)

    def _key(self, key: PolicyKey, draft: Draft) -> QWidget:
        holder = QWidget()
        inside = column(holder, spacing=6, margins=(0, 4, 0, 4))
        inside.addWidget(CopyRow(self.tools, key.name, _("Name")))
        words = _("Options: {options}. Key usage: {usage}.").format(options=key.options, usage=key.usage)
        if key.key_type:
            words = _("Options: {options}. Key type: {type}. Key usage: {usage}.").format(
                options=key.options, type=key.key_type, usage=key.usage
            )
        inside.addWidget(label("hint", words))
        names = self._secret_names(draft)
        place = next((name for name in names.values() if name.policy_key.casefold() == key.name.casefold()), None)
        if key.options == "Manual" and place is not None and place.tenant:
            otherwise = _("Not stored yet: {what}. Type it on the provider's page.").format(what=key.holds)
            inside.addWidget(SecretRow(self.tools, place.tenant, place.policy_key, _("Secret"), otherwise))
        else:
            inside.addWidget(label("hint", key.holds))
        return holder

    def _upload(self, upload: Upload, composed: Composed) -> QWidget:
        holder = QWidget()
        inside = column(holder, spacing=2, margins=(0, 4, 0, 4))
        inside.addWidget(label("", upload.file))
        inside.addWidget(label("hint", upload.policy))
        if composed.folder is not None and composed.written:
            inside.addWidget(CopyRow(self.tools, str(composed.folder / upload.file), _("File")))
        return holder

    def _link(self, link: TestLink) -> QWidget:
        holder = QWidget()
        inside = column(holder, spacing=6, margins=(0, 4, 0, 4))
        inside.addWidget(label("", link.label))
        inside.addWidget(CopyRow(self.tools, link.url, link.label))
        if link.missing:
            inside.addWidget(label("attention", link.missing))
        return holder

    def _application(self, guide: Guide) -> QWidget:
        application = guide.application
        holder = QWidget()
        inside = column(holder, spacing=6, margins=(46, 4, 16, 8))
        for policy in application.policies:
            inside.addWidget(label("section", policy.policy))
            for name, value in ((_("Authority"), policy.authority), (_("Metadata address"), policy.metadata_url)):
                inside.addWidget(label("hint", name))
                inside.addWidget(CopyRow(self.tools, value.text, join_list((name, policy.policy))))
        for name, text in (
            (_("Known authority"), ", ".join(application.known_authorities)),
            (_("Reply address for tests"), application.reply_url),
        ):
            inside.addWidget(label("hint", name))
            inside.addWidget(CopyRow(self.tools, text, name))
        for kind in application.kinds:
            inside.addWidget(label("section", kind.title))
            inside.addWidget(label("soft", kind.note))
            for name, text in (
                (_("Platform in the portal"), kind.platform), (_("Reply address, for example"), kind.reply_url),
            ):  # fmt: skip
                inside.addWidget(label("hint", name))
                inside.addWidget(CopyRow(self.tools, text, join_list((name, kind.title))))
            lines = _("Lines for {kind}").format(kind=kind.title)
            inside.addWidget(CopyBox(self.tools, kind.lines.text.strip(), lines))
        return holder

    def _secret_row(self, provider: str, wanted: Row) -> QWidget | None:
        """Where a walk-through wants a provider's secret: its place in the keyring."""
        session = self.tools.session
        place = secret_names(session.draft, session.catalogue).get(provider)
        if place is None or not place.tenant:
            return None
        otherwise = _("{field}: {what}").format(field=wanted.label, what=wanted.value.text)
        return SecretRow(self.tools, place.tenant, place.policy_key, wanted.label, otherwise)

    # Following

    def _show_ticks(self, guide: Guide, draft: Draft) -> None:
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
        if guide is None or self._job is not None:
            return

        def work(_watch: Watch) -> Path | None:
            from latchkey.guide.html import to_html

            try:
                write_whole(file, to_html(guide, done).encode())
            except OSError as error:
                raise Unreadable(
                    _("{file} can't be written.").format(file=file), _("Choose another place for it.")
                ) from error
            return file if show else None

        self._job = Job(work, "guide as a page")
        self._job.done.connect(self._page_written)
        self._job.failed.connect(self._page_not_written)
        self._job.ended.connect(self._page_ended)
        self.tools.runner.start(self._job)

    @Slot(object)
    def _page_written(self, file: Path | None) -> None:
        if file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    @Slot(object)
    def _page_not_written(self, error: Exception) -> None:
        if not isinstance(error, LatchkeyError):
            raise error
        self.tools.session.refused.emit(error.message, error.hint)

    @Slot(object)
    def _page_ended(self, _job: Job) -> None:
        self._job = None


def _keys_there(into: Into | None) -> str:
    """The keys that policies used before."""
    if into is None or not into.keys_there:
        return ""
    names = join_list(f"B2C_1A_{name}" for name in into.keys_there)
    return _("Your policies used these before, so they are in Azure already: {names}.").format(names=names)


def _files_there(composed: Composed) -> str:
    """The files that need not be uploaded."""
    into = composed.into
    if into is None or into.plan is None:
        return ""
    same = len(into.plan.after.policies) - len(into.uploads)
    if not into.uploads:
        return _("No file has changed, so there is nothing to upload.")
    said = ngettext(
        "{count} other file is as it was: you need not upload it again.",
        "{count} other files are as they were: you need not upload them again.",
        same,
    )
    return said.format(count=same) if same else ""
