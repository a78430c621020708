"""Policies that are there already: what was found, which file gets the changes, which policies show the buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from latchkey.check.finding import Finding
from latchkey.draft import edits
from latchkey.draft.draft import DEFAULT_JOURNEY_ID, Draft
from latchkey.gui.composing import Composed
from latchkey.gui.existing import Existing, Into, Party, in_words, missing_base
from latchkey.gui.models.chain_model import ChainModel
from latchkey.gui.pages.base import COLUMN, Page
from latchkey.gui.tips import tip
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.chain_tree import ChainTree
from latchkey.gui.widgets.checks import CheckBox
from latchkey.gui.widgets.choice import Choice
from latchkey.gui.widgets.labels import button, column, empty, frame, label, path_label, row
from latchkey.policy.names import key
from latchkey.text import N_, _


class PoliciesPage(Page):
    """Takes the place of Accounts: whoever has policies has accounts."""

    step_id = "accounts"

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._open = False
        self._boxes: dict[str, tuple[str, CheckBox]] = {}  # folded id -> id and box
        self._lists: dict[str, object] = {}
        self._lay_out_folder()
        self._lay_out_trouble()
        self.chain = ChainModel()
        self.tree = ChainTree(self.chain, tools.theme)
        self.tree.setMaximumWidth(COLUMN)
        self.say(self.tree.setAccessibleName, N_("What builds on what"))
        self.body.addWidget(self.tree)
        self._choices = QWidget()
        self._lay_out_choices(column(self._choices, spacing=12))
        self.body.addWidget(self._choices)

    def fits(self, draft: Draft) -> bool:
        """New policies have another page here."""
        return self.tools.session.source is not None

    def title(self) -> str:
        """The heading."""
        return _("Your policies")

    def intro(self) -> str:
        """Under the heading."""
        return _("This is what was found. Each policy stands below the one that it builds on.")

    def why(self) -> str:
        """What the answers decide."""
        return _("New providers go into one file, and the policies that you choose show their buttons.")

    def good_to_know(self) -> tuple[str, ...]:
        """What surprises."""
        return (
            _("Only the places that must change do. Everything else stays byte for byte, your comments too."),
            _("The base is left alone: a journey that stands there is copied under a name of its own."),
            _("Before anything is written the old files are kept. One button puts them back."),
        )

    # Building

    def _lay_out_folder(self) -> None:
        chosen = frame("value")
        chosen.setMaximumWidth(COLUMN)
        inside = row(chosen, spacing=8, margins=(12, 6, 6, 6))
        self._folder, self.again, self.other = path_label(), button("small"), button("small")
        self.say(self.again.setText, N_("Read again"))
        self.say(self.again.setAccessibleName, N_("Read the folder again"))
        self.say(self.other.setText, N_("Another folder…"))
        self.again.clicked.connect(self.tools.session.compose_now)
        self.other.clicked.connect(self.folder_requested)
        inside.addWidget(self._folder, 1)
        inside.addWidget(self.again)
        inside.addWidget(self.other)
        self.body.addWidget(chosen)

    def _lay_out_trouble(self) -> None:
        self._trouble = frame("note-refusal")
        self._trouble.setMaximumWidth(COLUMN)
        inside = column(self._trouble, spacing=8, margins=(14, 10, 14, 10))
        self._trouble_text, self.in_azure = label(), button("small")
        self.in_azure.clicked.connect(self._say_in_azure)
        inside.addWidget(self._trouble_text)
        inside.addWidget(self.in_azure)
        self.body.addWidget(self._trouble)
        self._trouble.hide()

    def _lay_out_choices(self, layout: QVBoxLayout) -> None:
        self.file = Choice()
        self.file.activated.connect(self._choose_file)
        self.extensions = self.add_field(
            "policies.extensions", N_("Which file gets the changes?"), editor=self.file, into=layout
        )
        self._parties_title = self.add_section(N_("Which policies show the sign-in buttons?"), into=layout)
        self._parties = column(spacing=4)
        layout.addLayout(self._parties)
        self._edits_title = self.add_section(N_("New buttons also where people change their profile?"), into=layout)
        self._edits = column(spacing=4)
        layout.addLayout(self._edits)
        self._apps = QWidget()
        self._lay_out_apps(column(self._apps, spacing=12))
        layout.addWidget(self._apps)
        self.more = button("link")
        self.more.clicked.connect(self._toggle_more)
        layout.addWidget(self.more)
        self.journey = self.add_field(
            "policies.journey_id",
            N_("Name for the copy of a journey"),
            word=N_("UserJourney Id"),
            hint=N_("Needed only where the journey stands in a base policy. Letters and digits."),
            into=layout,
        )
        self.journey.set_placeholder(DEFAULT_JOURNEY_ID)
        self.journey.edited.connect(self._type_journey)
        self.start_over = button("link")
        self.start_over.clicked.connect(self._take_over)
        layout.addWidget(self.start_over)

    def _lay_out_apps(self, layout: QVBoxLayout) -> None:
        self.add_section(N_("Two applications that e-mail accounts need"), into=layout)
        self.add_text(
            "soft",
            N_("Your files still have placeholders for their ids. Azure takes the files only with the real ones."),
            into=layout,
        )
        self.ief = self.add_field(
            "policies.ief_app_id", "IdentityExperienceFramework", word=N_("Application (client) ID"), into=layout
        )
        self.proxy = self.add_field(
            "policies.proxy_ief_app_id",
            "ProxyIdentityExperienceFramework",
            word=N_("Application (client) ID"),
            into=layout,
        )
        for field in (self.ief, self.proxy):
            field.set_placeholder("00000000-0000-0000-0000-000000000000")
        self.ief.edited.connect(self._type_ief)
        self.proxy.edited.connect(self._type_proxy)

    # Showing

    def show_draft(self, draft: Draft) -> None:
        """The answers."""
        policies = draft.policies
        self.ief.set_text(policies.ief_app_id)
        self.proxy.set_text(policies.proxy_ief_app_id)
        self.journey.set_text(policies.journey_id)
        self._show_more()
        self._show_choices(draft)

    def show_composed(self, composed: Composed) -> None:
        """What was found."""
        source, existing = self.tools.session.source, self.tools.session.existing
        if source is None:
            return
        self._folder.setText(str(source.folder))
        self._folder.setToolTip(tip(str(source.folder)))
        refusal = composed.refusal if composed.into is None or composed.into.places is None else None
        self._trouble.setVisible(refusal is not None)
        if refusal is not None:
            base = missing_base(refusal)
            self._trouble_text.setText(in_words(refusal))
            self.in_azure.setText(_("{policy} is in Azure already").format(policy=base))
            self.in_azure.setAccessibleName(self.in_azure.text())
            self.in_azure.setVisible(bool(base))
        self.tree.setVisible(existing is not None)
        self._choices.setVisible(existing is not None and existing.imported is not None)
        if existing is not None:
            if self.chain.show(existing.links, _roles(composed.into)):
                self.tree.unfold()
            self._apps.setVisible(existing.apps_open)
        self._show_choices(self.tools.session.draft)

    def show_theme(self) -> None:
        """Painted in the theme's colours."""
        self.tree.viewport().update()

    def focus_field(self, finding: Finding) -> bool:
        """What is folded opens first."""
        if finding.field == "policies.journey_id":
            self._open = True
            self._show_more()
        return super().focus_field(finding)

    def _show_choices(self, draft: Draft) -> None:
        existing = self.tools.session.existing
        if existing is None or existing.imported is None:
            return
        chosen = self._sign_in(existing, draft)
        self._show_files(existing, draft, chosen)
        candidates = _candidates(existing)
        self._show_boxes(
            self._parties, "parties", candidates, {key(party.id) for party in chosen}, self._choose_parties
        )
        self._parties_title.setVisible(len(candidates) > 1)
        editing = self._editable(existing, draft, chosen)
        stated = draft.policies.profile_edit_policies
        on = {key(name) for name in stated} if stated is not None else {key(party.id) for party in editing}
        self._show_boxes(self._edits, "edits", editing, on, self._choose_edits)
        self._edits_title.setVisible(bool(editing))
        imported = existing.imported
        self.start_over.setVisible(edits.take_over(imported).apply(draft) != draft)
        self.start_over.setText(_("Forget my changes and start again from what the policies say"))
        self.start_over.setAccessibleName(self.start_over.text())

    def _show_files(self, existing: Existing, draft: Draft, chosen: Sequence[Party]) -> None:
        common = frozenset.intersection(*(party.above for party in chosen)) if chosen else frozenset()
        files = [policy for policy in existing.policy_set.upload_order() if key(policy.id) in common]
        into = self.tools.session.composed.into
        usual = into.places.extensions if into is not None and into.places is not None else None
        own = next((p for p in files if key(p.id) == key(draft.policies.extensions)), None)
        wanted = [("", _("Latchkey decides"))] + [(p.id, f"{p.file} ({p.id})") for p in files]
        if usual is not None and own is None:
            wanted[0] = ("", _("Latchkey decides: {file} ({policy})").format(file=usual.file, policy=usual.id))
        if [(self.file.itemData(n), self.file.itemText(n)) for n in range(self.file.count())] != wanted:
            self.file.clear()
            for value, text in wanted:
                self.file.addItem(text, value)
        self.file.show_value(own.id if own is not None else draft.policies.extensions)
        self.extensions.say_hint(
            _("By default the nearest one that all these policies build on, but never the base itself.")
        )

    def _show_boxes(
        self, layout: QVBoxLayout, name: str, parties: Sequence[Party], on: set[str], chosen: object
    ) -> None:
        state = [(party.id, party.file, party.journey) for party in parties]
        if self._lists.get(name) != state:
            self._lists[name] = state
            empty(layout)
            for party in parties:
                box = CheckBox()
                box.setText(_("{policy} ({file})").format(policy=party.id, file=party.file).replace("&", "&&"))
                box.setToolTip(tip(_("runs the journey {journey}").format(journey=party.journey)))
                box.setProperty("policy", party.id)
                box.ticked.connect(chosen)
                self._boxes[f"{name}/{key(party.id)}"] = party.id, box
                layout.addWidget(box)
        single = name == "parties" and len(parties) < 2
        for party in parties:
            box = self._boxes[f"{name}/{key(party.id)}"][1]
            box.show_checked(key(party.id) in on)
            box.setVisible(not single)

    def _sign_in(self, existing: Existing, draft: Draft) -> list[Party]:
        """The policies that show the buttons now."""
        stated = draft.policies.relying_parties
        names = {key(name) for name in stated or ()}
        candidates = _candidates(existing)
        return [party for party in candidates if not stated or key(party.id) in names] or candidates

    def _editable(self, existing: Existing, draft: Draft, chosen: Sequence[Party]) -> list[Party]:
        into = self.tools.session.composed.into
        places = into.places if into is not None else None
        where = key(places.extensions.id) if places is not None else key(draft.policies.extensions)
        taken = {party.id for party in (*chosen, *_candidates(existing))}
        return [p for p in existing.parties if p.chooses and p.id not in taken and where in p.above]

    def _show_more(self) -> None:
        shown = self._open or bool(self.tools.session.draft.policies.journey_id)
        self.journey.setVisible(shown)
        self.more.setText(_("Fewer settings") if shown else _("More settings"))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(not self.tools.session.draft.policies.journey_id)

    # Doing

    @Slot()
    def _choose_file(self) -> None:
        self.do(edits.set_extensions(self.file.value()), self.extensions)

    @Slot()
    def _choose_parties(self) -> None:
        existing = self.tools.session.existing
        if existing is None:
            return
        candidates = _candidates(existing)
        chosen = [party for party in candidates if self._boxes[f"parties/{key(party.id)}"][1].isChecked()]
        if chosen:
            one = len({key(party.journey) for party in chosen}) == 1
            every = len(chosen) == len(candidates) and one
            self.do(edits.set_relying_parties(None if every else tuple(party.id for party in chosen)))
        self.show_draft(self.tools.session.draft)

    @Slot()
    def _choose_edits(self) -> None:
        existing, draft = self.tools.session.existing, self.tools.session.draft
        if existing is None:
            return
        editing = self._editable(existing, draft, self._sign_in(existing, draft))
        on = tuple(party.id for party in editing if self._boxes[f"edits/{key(party.id)}"][1].isChecked())
        self.do(edits.set_profile_edit_policies(None if len(on) == len(editing) else on))

    @Slot(str)
    def _type_ief(self, text: str) -> None:
        self.do(edits.set_ief_app_id(text.strip()), self.ief)

    @Slot(str)
    def _type_proxy(self, text: str) -> None:
        self.do(edits.set_proxy_ief_app_id(text.strip()), self.proxy)

    @Slot(str)
    def _type_journey(self, text: str) -> None:
        self.do(edits.set_journey_id(text), self.journey)

    @Slot()
    def _toggle_more(self) -> None:
        self._open = not self._open
        self._show_more()

    @Slot()
    def _take_over(self) -> None:
        existing = self.tools.session.existing
        if existing is not None and existing.imported is not None:
            self.do(edits.take_over(existing.imported))

    @Slot()
    def _say_in_azure(self) -> None:
        session = self.tools.session
        base = missing_base(session.composed.refusal)
        if session.source is not None and base:
            session.say_of_source(session.source._replace(in_azure=(*session.source.in_azure, base)))


def _candidates(existing: Existing) -> list[Party]:
    """The policies that may show the buttons: where people sign up and in, or choose a provider at all."""
    showing = [party for party in existing.parties if party.chooses]
    return [party for party in showing if party.signs_in] or showing


def _roles(into: Into | None) -> dict[str, tuple[str, ...]]:
    """What the policies are to the draft."""
    if into is None or into.places is None:
        return {}
    places = into.places
    found: dict[str, tuple[str, ...]] = {key(places.extensions.id): (_("gets the changes"),)}
    for pages, word in (
        (places.sign_in, _("shows the buttons")), (places.profile_edit, _("changing the profile")),
    ):  # fmt: skip
        for policy in (policy for page in pages for policy in page.relying_parties):
            found[key(policy.id)] = (*found.get(key(policy.id), ()), word)
    return found
