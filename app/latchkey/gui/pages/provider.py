"""One provider: register, credentials, settings, claims, in the order in which they can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from latchkey.catalogue.entries import Entry
from latchkey.check.finding import Finding
from latchkey.draft import edits
from latchkey.draft.draft import Draft, Provider
from latchkey.gui.composing import Composed
from latchkey.gui.pages.base import COLUMN
from latchkey.gui.pages.provider_base import ProviderBase
from latchkey.gui.pages.provider_claims import ClaimsPart
from latchkey.gui.pages.provider_credentials import CredentialsPart
from latchkey.gui.pages.provider_identity import IdentityPart
from latchkey.gui.pages.provider_settings import SettingsPart
from latchkey.gui.pages.provider_there import PresentNote, StrangersNote, UnknownKind
from latchkey.gui.provider_defaults import provider_defaults
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.field_row import tail
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.guide_view import SectionView
from latchkey.gui.widgets.labels import button, label
from latchkey.guide.guide import make_provider_guide
from latchkey.guide.model import ProviderGuide
from latchkey.text import N_, _

if TYPE_CHECKING:
    from latchkey.discovery.reading import Reading
    from latchkey.gui.session import Session
    from latchkey.policy.policy_set import PolicySet

_SECTIONS = 4


class ProviderPage(ProviderBase):
    """The sections, in this order."""

    def __init__(self, tools: Tools, step_id: str) -> None:
        super().__init__(tools, step_id)
        provider = tools.session.draft.provider(self.key)
        self._type = provider.type
        self._entry = tools.session.catalogue.get(provider.type)
        self._guide: ProviderGuide | None = None
        self._asked = False  # how it is registered, though it is in the policies already
        self._heads: list[QLabel] = []
        if self._entry is None:
            self.unknown = UnknownKind(self)
            self.unknown.setMaximumWidth(COLUMN)
            self.body.addWidget(self.unknown)
        else:
            self._build(provider, self._entry)

    # Words

    def fits(self, draft: Draft) -> bool:
        """Each type has its own fields."""
        return all(provider.type == self._type for provider in draft.providers if provider.key == self.key)

    def title(self) -> str:
        """The provider's name."""
        if self._entry is None or self.tools.session.present(self.key):
            return self._called()
        return _("Set up {provider}").format(provider=self._called())

    def intro(self) -> str:
        """What to do with the steps."""
        if self.tools.session.present(self.key):
            return ""
        return (
            _("Do this once in the provider's own portal. Tick what is done; it is remembered.") if self._entry else ""
        )

    def why(self) -> str:
        """What the registration is for."""
        if self._entry is None:
            return ""
        return _(
            "{provider} only talks to applications it knows. The callback tells it where your customers come back to."
        ).format(provider=self._called())

    def good_to_know(self) -> Sequence[str]:
        """What the guide knows of this provider."""
        said = [point.plain for point in self._guide.good_to_know.points] if self._guide is not None else []
        if self._guide is not None and self._guide.secret_is and self._guide.client_id_is:
            secret = _("{id} is public. {secret} is a secret: it goes to the keyring and never into a file.")
            said.insert(0, secret.format(id=_(self._guide.client_id_is), secret=_(self._guide.secret_is)))
        return said

    # Building

    def _build(self, provider: Provider, entry: Entry) -> None:
        self.present, self.strangers = PresentNote(self), StrangersNote(self)
        self.present.setMaximumWidth(COLUMN)
        self.body.addWidget(self.present)
        self.how = button("link")
        self.how.clicked.connect(self._ask_registering)
        self.body.addWidget(self.how)
        bar = Flow()
        self.body.addWidget(bar)
        self._jumps = [button("small") for _number in range(_SECTIONS)]
        for each in self._jumps:
            each.clicked.connect(self._jump)
            bar.add(each)
        self.register, self.steps = SectionView(self.tools), SectionView(self.tools)
        for view in (self.register, self.steps):
            view.ticked.connect(self._tick)
            view.built.connect(self.parts_changed)
            view.setMaximumWidth(COLUMN)
        self.credentials = CredentialsPart(self, provider, entry)
        self.settings = SettingsPart(self, provider, entry)
        self.claims = ClaimsPart(self.tools.session.attempt)
        self.claims.rows_changed.connect(self._claims_changed)
        self.claims.rows_changed.connect(self.parts_changed)
        self.settings.reader.read.connect(self._offer_claims)
        self.identity = IdentityPart(self, provider, entry, self._fixed_value)
        self.hand_over = button()
        self.hand_over.clicked.connect(self._hand_over)
        self.say(self.hand_over.setText, N_("Hand over to a colleague…"))
        for parts in (
            (self.register, self.hand_over), (self.steps, self.credentials), (self.settings,),
            (self.claims, self.strangers, self.identity),
        ):  # fmt: skip
            head = label("section")
            self._heads.append(head)
            if len(self._heads) > 1:
                self.body.addSpacing(12)
            self.body.addWidget(head)
            for part in parts:
                if part is not self.hand_over:
                    part.setMaximumWidth(COLUMN)
                self.body.addWidget(part)

    # Showing

    def show_draft(self, draft: Draft) -> None:
        """Steps, answers, claims."""
        provider = next((one for one in draft.providers if one.key == self.key), None)
        if self._entry is None:
            self.unknown.show_kind()
        if provider is None or self._entry is None:
            return
        session = self.tools.session
        defaults = provider_defaults(draft, session.catalogue, self.key)
        guide = make_provider_guide(draft, session.catalogue, self.key, _there(session))
        if guide != self._guide:
            self._guide = guide
            self.help_changed.emit()
        self.register.show_section(guide.register, draft.done)
        self.steps.show_section(guide.credentials, draft.done)
        self.credentials.show_credentials(draft, provider, self.secret_name())
        self.settings.show_settings(draft, provider, defaults)
        name = self._called()
        into = session.composed.into
        self.claims.show_claims(provider, self._entry, name, into.claims.get(self.key) if into is not None else None)
        fallback = guide.domain_hint or defaults.get("id", "")
        self.identity.show_identity(provider, self.claims.rows[0].source()[0], fallback)
        come = _("What comes from {provider}").format(provider=name)
        there = session.present(self.key)
        titles = (guide.register.title, _("Credentials") if there else guide.credentials.title, _("Settings"), come)
        for head, text in zip(self._heads, titles, strict=True):
            head.setText(text)
        self._show_jumps(guide, draft)
        self._show_registering()

    def _show_registering(self) -> None:
        """Who is in the policies is registered: the steps are there when somebody asks."""
        there = self.tools.session.present(self.key)
        self.how.setVisible(there)
        self.how.setText(_("Hide how it is registered") if self._asked else _("Show how it is registered"))
        self.how.setAccessibleName(self.how.text())
        for each in (self._heads[0], self.register, self.hand_over, self.steps, self._jumps[0]):
            each.setVisible(not there or self._asked)

    @Slot()
    def _ask_registering(self) -> None:
        self._asked = not self._asked
        self._show_registering()

    def show_composed(self, composed: Composed) -> None:
        """Whether it is in the policies already, and whether its people would be strangers."""
        if self._entry is not None:
            self.present.show_present()
            self.strangers.show_strangers()
            if composed.source is not None:
                self.show_draft(self.tools.session.draft)
        self.show_heading()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Findings under their fields, and in the table."""
        super().show_findings(findings)
        if self._entry is not None:
            for each in self.claims.rows:
                each.show_findings(findings)

    def focus_field(self, finding: Finding) -> bool:
        """The field that a finding is about, unfolded if it must be."""
        if self._entry is None:
            return False
        for each in self.claims.rows:
            if each.matches(finding):
                each.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        if finding.provider == self.key and tail(finding.field) == "secret":
            return self.credentials.focus_secret()
        if finding.provider == self.key:
            self.settings.unfold(tail(finding.field))
        return super().focus_field(finding)

    def leave(self) -> None:
        """Store what was typed, hide what was shown."""
        super().leave()
        if self._is_there():
            self.credentials.leave()

    def show_stored(self) -> None:
        """The fields of secrets listen themselves."""
        if self._is_there():
            self.credentials.note_expiry()

    def _is_there(self) -> bool:
        """The draft still has the provider, and its type is known."""
        return self._entry is not None and any(one.key == self.key for one in self.tools.session.draft.providers)

    @property
    def unkept(self) -> bool:
        """A secret that is not in the keyring."""
        return self._entry is not None and self.credentials.secret.unkept

    @property
    def storing(self) -> bool:
        """The keyring was asked to take it."""
        return self._entry is not None and self.credentials.secret.storing_now

    def _show_jumps(self, guide: ProviderGuide, draft: Draft) -> None:
        for number, (each, text, ids) in enumerate(
            zip(
                self._jumps,
                (_("Register"), _("Credentials"), _("Settings"), _("Claims")),
                (
                    {item.id for item in guide.register.steps},
                    {item.id for item in guide.credentials.steps},
                    set(),
                    set(),
                ),
                strict=True,
            )
        ):
            each.setText(text)
            each.setProperty("section", number)
            done = bool(ids) and ids <= draft.done
            each.setIcon(
                self.tools.icons.icon("tick", "done", 14) if done else self.tools.icons.icon("none", "soft", 1)
            )
            each.setAccessibleName(
                _("Go to {section}, done").format(section=text) if done else _("Go to {section}").format(section=text)
            )

    def show_theme(self) -> None:
        """The ticks of the links to sections."""
        if self._guide is not None:
            self._show_jumps(self._guide, self.tools.session.draft)
        if self._entry is not None:
            self.settings.reader.show_theme()

    # Doing

    @Slot(str, bool)
    def _tick(self, item: str, on: bool) -> None:
        self.do(edits.tick(item, on))

    @Slot()
    def _jump(self) -> None:
        head = self._heads[int(self.sender().property("section"))]
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            top = head.mapTo(area.widget() or self, QPoint(0, 0)).y()
            area.verticalScrollBar().setValue(max(0, top - 16))

    @Slot()
    def _claims_changed(self) -> None:
        for each in self.claims.rows:
            each.show_findings(self.tools.session.findings)

    @Slot(object)
    def _offer_claims(self, reading: Reading) -> None:
        from latchkey.discovery.fill import offered_claims

        self.claims.offer(offered_claims(reading))

    @Slot()
    def _hand_over(self) -> None:
        from latchkey.gui.widgets.handover import HandOver

        dialog = HandOver(self.tools, self.tools.session.draft, self.key, self._called(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _fixed_value(self) -> str:
        session = self.tools.session
        provider = session.draft.provider(self.key)
        defaults = provider_defaults(session.draft, session.catalogue, self.key)
        return provider.domain_hint.strip() or defaults["domain_hint"] or defaults.get("id", "") or provider.type

    def _called(self) -> str:
        session = self.tools.session
        provider = next((one for one in session.draft.providers if one.key == self.key), None)
        return session.called(provider) if provider is not None else ""


def _there(session: Session) -> PolicySet | None:
    """The policies that a draft changes: their names are in callbacks."""
    into = session.composed.into
    return session.composed.policy_set if into is not None and into.places is not None else None
