"""The first step: something new (custom policies or user flows), policies to improve, or going on with a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from latchkey.draft import edits
from latchkey.draft.draft import DEFAULT_USER_FLOW, Draft, Kind
from latchkey.gui.announce import announce
from latchkey.gui.pages.base import COLUMN, Page
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.labels import breakable, button, column, frame, label, row
from latchkey.gui.widgets.options import Options
from latchkey.gui.widgets.recent_list import RecentList
from latchkey.text import N_, _

if TYPE_CHECKING:
    from latchkey.gui.reading import Trouble

_KINDS = (
    (
        "custom",
        N_("Custom policies"),
        N_(
            "Files that describe every detail of the sign-in. Choose this for WeChat or QQ together with anything"
            " beyond the standard pages, or when you already work with policy files."
        ),
    ),
    (
        "user-flow",
        N_("User flows"),
        N_("Sign-in that is set up by clicking in the Azure portal. Latchkey leads you through the pages and gives you "
           "the exact values; there are no files."),
    ),
)  # fmt: skip
_ALREADY = (("no", N_("No, or I don't know"), ""), ("yes", N_("Yes, it has some already"), ""))


class StartPage(Page):
    """Kind, prefix, flow name, recent drafts."""

    step_id = "start"

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._asked_prefix = False
        self._title = self.add_section(N_("What will you set up?"))
        self.kind = Options(self._texts, _KINDS, across=True)
        self.kind.setMaximumWidth(COLUMN)
        self.kind.answer(N_("What will you set up?"))
        self.kind.chosen.connect(self._choose_kind)
        self.body.addWidget(self.kind)
        self._lay_out_improve()
        self.already_title = self.add_section(N_("Does your tenant already have custom policies?"))
        self.already = Options(self._texts, _ALREADY, across=True)
        self.already.setMaximumWidth(COLUMN)
        self.already.answer(N_("Does your tenant already have custom policies?"))
        self.already.chosen.connect(self._choose_already)
        self.body.addWidget(self.already)
        self.prefix = self.add_field(
            "policies.id_prefix",
            N_("Put this in front of our policies' names"),
            word=N_("prefix"),
        )
        self.prefix.set_placeholder("Shop_")
        self.prefix.edited.connect(self._type_prefix)
        self.flow = self.add_field(
            "user_flow.name",
            N_("Name of your user flow"),
            hint=N_("As the Azure portal shows it in the list of user flows. If there is none yet, keep this name."),
        )
        self.flow.set_placeholder(DEFAULT_USER_FLOW)
        self.flow.edited.connect(self._type_flow)
        self._lay_out_recent()

    def _lay_out_recent(self) -> None:
        """The drafts of before. Who comes back finds them on top; who has begun something new, at the end."""
        self._go_on = QWidget()
        inside = column(self._go_on, spacing=8, margins=(0, 4, 0, 12))
        self.add_section(N_("Go on with a draft"), into=inside)
        self.recent = RecentList(self.tools)
        self.recent.wanted.connect(self.draft_requested)
        self.recent.changed.connect(self._place_recent)
        inside.addWidget(self.recent)
        buttons = Flow()
        self.open, self.new, self.clear = button("small"), button("small"), button("small")
        self.say(self.open.setText, N_("Open a draft…"))
        self.say(self.new.setText, N_("Start from nothing"))
        self.say(self.clear.setText, N_("Clear this list"))
        self.open.clicked.connect(self._ask_open)
        self.new.clicked.connect(self.new_requested)
        self.clear.clicked.connect(self.recent.clear)
        for each in (self.open, self.new, self.clear):
            buttons.add(each)
        inside.addWidget(buttons)
        self._go_on.setMaximumWidth(COLUMN)
        self.body.addWidget(self._go_on)

    def _lay_out_improve(self) -> None:
        """The third way: policies that are there already."""
        self.improve, card = self.add_card()
        line = row(spacing=16)
        texts = column(spacing=2)
        self._improve_name, self._improve_text = label("section"), label("hint")
        texts.addWidget(self._improve_name)
        texts.addWidget(self._improve_text)
        line.addLayout(texts, 1)
        self.choose, self.cancel = button(), button()
        self.choose.clicked.connect(self.folder_requested)
        self.cancel.clicked.connect(self.tools.reader.cancel)
        for each in (self.choose, self.cancel):
            line.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        card.addLayout(line)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        card.addWidget(self._progress)
        self._trouble = frame("note-refusal")
        self._trouble_text = label()
        self.in_azure, self.again = button("small"), button("small")
        self.in_azure.clicked.connect(self._say_in_azure)
        self.again.clicked.connect(self._read_again)
        inside = column(self._trouble, spacing=8, margins=(14, 10, 14, 10))
        inside.addWidget(self._trouble_text)
        ways = Flow()
        for each in (self.in_azure, self.again):
            ways.add(each)
        inside.addWidget(ways)
        card.addWidget(self._trouble)
        self.tools.reader.changed.connect(self._show_improve)

    def title(self) -> str:
        """The heading."""
        return _("Let's set up how your customers sign in")

    def intro(self) -> str:
        """Under the heading."""
        return _(
            "Answer a few questions and you get files that Azure accepts, and a list of what is left to do by hand."
        )

    def why(self) -> str:
        """Why the kind comes first."""
        if self.tools.session.source is not None:
            return _("The folder decides: its policies are read, and your changes go into them.")
        return _("Azure AD B2C knows two ways to describe a sign-in. Which one you use decides what comes next.")

    def good_to_know(self) -> tuple[str, ...]:
        """What surprises at the start."""
        return (
            _("Nothing is sent anywhere. Latchkey works on this computer, without signing in to Azure."),
            _("Everything is saved as you go. Secrets are kept in this computer's keyring, never in a file."),
            _("Not sure? Custom policies can do everything that user flows can."),
        )

    def show_draft(self, draft: Draft) -> None:
        """Kind, and the questions that belong to it."""
        improving = self.tools.session.source is not None
        custom = draft.policies.kind == "custom" and not improving
        self._title.setVisible(not improving)
        self.kind.setVisible(not improving)
        self.kind.show_value(draft.policies.kind)
        asked = custom and (self._asked_prefix or bool(draft.policies.id_prefix))
        self.already_title.setVisible(custom)
        self.already.setVisible(custom)
        self.already.show_value("yes" if asked else "no")
        self.prefix.setVisible(asked)
        self.prefix.set_text(draft.policies.id_prefix)
        made = draft.policies.id_prefix.strip() or "Shop_"
        self.prefix.say_hint(
            _("Uploading replaces a policy of the same name, so ours must differ: {name}.").format(
                name=f"B2C_1A_{made}TrustFrameworkBase"
            )
        )
        self.flow.setVisible(not custom and not improving)
        self.flow.set_text(draft.user_flow.name)
        self.recent.show_recent()
        self._place_recent()
        self._show_improve()

    @Slot()
    def _show_improve(self) -> None:
        """The folder that is open, how far reading one is, or what stands against it."""
        reader, source = self.tools.reader, self.tools.session.source
        name, text = _("Improve policies that I already have"), _(
            "Choose the folder with your policy files, or drop it on this window. Latchkey adds, orders and removes"
            " sign-in buttons there and leaves everything else as it is."
        )  # fmt: skip
        if reader.busy is not None:
            text = _("Reading {folder}… {file}").format(folder=breakable(reader.busy), file=reader.file)
        elif source is not None:
            name = _("You are improving the policies in {folder}").format(folder=source.folder.name)
            text = breakable(source.folder)
        self._improve_name.setText(name)
        self._improve_text.setText(text)
        self.choose.setText(_("Choose the folder…") if source is None else _("Another folder…"))
        self.choose.setAccessibleName(_("Choose the folder with your policies"))
        self.choose.setVisible(reader.busy is None)
        self.cancel.setText(_("Cancel"))
        self.cancel.setAccessibleName(_("Stop reading the folder"))
        self.cancel.setVisible(reader.busy is not None)
        self._progress.setVisible(reader.busy is not None)
        self._progress.setValue(round(reader.fraction * 100))
        self._progress.setAccessibleName(_("How far reading is"))
        self._show_trouble(reader.trouble)

    def _show_trouble(self, trouble: Trouble | None) -> None:
        self._trouble.setVisible(trouble is not None)
        if trouble is None:
            return
        if trouble.text != self._trouble_text.text():
            announce(self, trouble.text)
        self._trouble_text.setText(trouble.text)
        self.in_azure.setText(_("{policy} is in Azure already").format(policy=trouble.base))
        self.in_azure.setAccessibleName(self.in_azure.text())
        self.in_azure.setVisible(bool(trouble.base))
        self.again.setText(_("Read the folder again"))
        self.again.setAccessibleName(self.again.text())

    @Slot()
    def _say_in_azure(self) -> None:
        self.tools.reader.say_in_azure()

    @Slot()
    def _read_again(self) -> None:
        trouble = self.tools.reader.trouble
        if trouble is not None:
            self.tools.reader.open(trouble.source.folder, trouble.source.in_azure)

    @Slot(str)
    def _choose_kind(self, kind: str) -> None:
        self.do(edits.set_kind(cast("Kind", kind)))

    @Slot(str)
    def _choose_already(self, answer: str) -> None:
        self._asked_prefix = answer == "yes"
        if answer == "no":
            self.do(edits.set_id_prefix(""))
        self.show_draft(self.tools.session.draft)
        if answer == "yes":
            self.prefix.editor.setFocus()

    @Slot(str)
    def _type_prefix(self, text: str) -> None:
        self.do(edits.set_id_prefix(text), self.prefix)

    @Slot(str)
    def _type_flow(self, text: str) -> None:
        self.do(edits.set_user_flow_name(text), self.flow)

    @Slot()
    def _place_recent(self) -> None:
        """Where the list stands, and what can be done with it."""
        first = self.recent.count > 0 and self.tools.session.draft == Draft()
        if first != (self.body.indexOf(self._go_on) == 0):
            self.body.removeWidget(self._go_on)
            self.body.insertWidget(0 if first else self.body.count(), self._go_on)
        self.clear.setVisible(self.recent.count > 0)
        self.new.setVisible(self.tools.session.draft != Draft())

    def retranslate(self) -> None:
        """The language changed."""
        self.recent.retranslate()
        super().retranslate()

    def show_theme(self) -> None:
        """Icons in the theme's colours."""
        self.recent.show_theme()

    @Slot()
    def _ask_open(self) -> None:
        self.draft_requested.emit("")
