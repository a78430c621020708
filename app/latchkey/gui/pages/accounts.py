"""Who can have an account, which journeys there are, and the two applications that e-mail accounts need."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from latchkey.check.finding import Finding
from latchkey.draft import edits
from latchkey.draft.draft import DEFAULT_JOURNEY_ID, Accounts, AskEmail, Draft, Journey
from latchkey.gui.pages.base import COLUMN, Page
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.checks import CheckBox
from latchkey.gui.widgets.labels import button, column
from latchkey.gui.widgets.options import Options
from latchkey.text import N_, _

_ACCOUNTS = (
    ("social", N_("Only with a provider"),
     N_("Everybody signs in with WeChat, QQ or whatever you add. No passwords to look after.")),
    ("social-and-local", N_("Also with e-mail and password"),
     N_("People without such an account register with their e-mail address.")),
    (
        "social-and-local-mfa",
        N_("E-mail, password and a phone code"),
        N_("As before, and each sign-in is confirmed with a code sent to the person's phone."),
    ),
)  # fmt: skip
_ASK_EMAIL = (
    ("no", N_("Let them in without"), N_("Your application gets no address of these people.")),
    ("yes", N_("Ask for one"), N_("At the first sign-in. Nobody checks that it is theirs.")),
    ("verified", N_("Ask, and have it confirmed"), N_("At the first sign-in, with a code sent to that address.")),
)


class AccountsPage(Page):
    """Accounts, journeys, framework apps."""

    step_id = "accounts"

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self.accounts = Options(self._texts, _ACCOUNTS)
        self.accounts.setMaximumWidth(COLUMN)
        self.accounts.answer(N_("Who can have an account?"))
        self.accounts.chosen.connect(self._choose)
        self.body.addWidget(self.accounts)
        self.add_section(N_("What else shall people be able to do?"))
        self.profile_edit, self.embedded_reset, self.password_reset = CheckBox(), CheckBox(), CheckBox()
        self.say(self.profile_edit.setText, N_("Change their profile: name and whatever else you store"))
        self.say(
            self.embedded_reset.setText, N_("Set a new password on the sign-in page when they have forgotten theirs")
        )
        self.say(self.password_reset.setText, N_("Set a new password by a link in your application, “Change password”"))
        for box in (self.profile_edit, self.embedded_reset, self.password_reset):
            self.body.addWidget(box)
        self.embedded_reset.ticked.connect(self._choose_reset)
        self.profile_edit.ticked.connect(self._choose_journeys)
        self.password_reset.ticked.connect(self._choose_journeys)
        self.add_section(N_("When a provider gives no e-mail address"))
        self.ask_email = Options(self._texts, _ASK_EMAIL, across=True)
        self.ask_email.setMaximumWidth(COLUMN)
        self.ask_email.answer(N_("When a provider gives no e-mail address"))
        self.ask_email.chosen.connect(self._choose_ask_email)
        self.body.addWidget(self.ask_email)
        self._apps = QWidget()
        self._lay_out_apps(self._apps)
        self.body.addWidget(self._apps)
        self.more = button("link")
        self.more.clicked.connect(self._toggle_more)
        self.body.addWidget(self.more)
        self.journey = self.add_field(
            "policies.journey_id",
            N_("Name of the sign-in journey"),
            word=N_("UserJourney Id"),
            hint=N_(
                "A name that your tenant's other policies don't use. Letters and digits; keep it as it is if unsure."
            ),
        )
        self.journey.set_placeholder(DEFAULT_JOURNEY_ID)
        self.journey.edited.connect(self._type_journey)
        self._open = False

    def fits(self, draft: Draft) -> bool:
        """Policies that are there already have a page of their own."""
        return self.tools.session.source is None

    def title(self) -> str:
        """The heading."""
        return _("Who can have an account?")

    def intro(self) -> str:
        """Under the heading."""
        return _("You choose the providers on the next page. Here you say what there is beside them.")

    def why(self) -> str:
        """What the answer decides."""
        return _("It decides which pages your customers see and which policy files are written.")

    def good_to_know(self) -> tuple[str, ...]:
        """What surprises."""
        if self.tools.session.draft.policies.local:
            return (
                _("Somebody who signs in with WeChat today and with e-mail tomorrow has two accounts."),
                _("The two applications belong to Azure, not to your shop. They exist once per tenant."),
                _("You can go on without their ids and fill them in later; only saving needs them."),
                *(
                    ()
                    if self.tools.session.draft.policies.embeds_reset
                    else (_("“Forgot your password?” sends people back to your application: AADB2C90118."),)
                ),
            )
        return (_("You can add e-mail and password later; people who came by a provider keep their accounts."),)

    def focus_field(self, finding: Finding) -> bool:
        """The choice of accounts is no field with a line of its own."""
        if finding.field == "policies.accounts":
            self.accounts.first().setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().focus_field(finding)

    def show_draft(self, draft: Draft) -> None:
        """Show the answers."""
        policies = draft.policies
        self.accounts.show_value(policies.accounts)
        self.profile_edit.show_checked("profile-edit" in policies.journeys)
        self.password_reset.show_checked("password-reset" in policies.journeys)
        self.password_reset.setVisible(policies.local)
        self.embedded_reset.show_checked(policies.embeds_reset)
        self.embedded_reset.setVisible(policies.local)
        self.ask_email.show_value(policies.ask_email or "no")
        self._apps.setVisible(policies.local)
        self.ief.set_text(policies.ief_app_id)
        self.proxy.set_text(policies.proxy_ief_app_id)
        self.journey.set_text(policies.journey_id)
        self._show_more()

    def _lay_out_apps(self, holder: QWidget) -> None:
        layout = column(holder, spacing=12, margins=(0, 8, 0, 0))
        self.add_section(N_("Two applications that e-mail accounts need"), into=layout)
        self.add_text(
            "soft",
            N_(
                "In the Azure portal, switch to your tenant and open App registrations, All applications. Each of the"
                " two has an Application (client) ID to copy. Not there yet? Leave this empty: Go live shows how to"
                " make them."
            ),
            into=layout,
        )  # fmt: skip
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

    @Slot(str)
    def _choose(self, accounts: str) -> None:
        self.do(edits.set_accounts(cast("Accounts", accounts)))
        self.help_changed.emit()

    @Slot()
    def _choose_journeys(self) -> None:
        policies = self.tools.session.draft.policies
        chosen: list[Journey] = []
        if self.profile_edit.isChecked():
            chosen.append("profile-edit")
        if self.password_reset.isChecked() and policies.local:
            chosen.append("password-reset")
        everything = ("profile-edit", "password-reset") if policies.local else ("profile-edit",)
        self.do(edits.set_include(None if tuple(chosen) == everything else tuple(chosen)))

    @Slot()
    def _choose_reset(self) -> None:
        self.do(edits.set_password_reset("" if self.embedded_reset.isChecked() else "separate"))
        self.help_changed.emit()

    @Slot(str)
    def _choose_ask_email(self, ask: str) -> None:
        self.do(edits.set_ask_email("" if ask == "no" else cast("AskEmail", ask)))

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

    def _show_more(self) -> None:
        shown = self._open or bool(self.tools.session.draft.policies.journey_id)
        self.journey.setVisible(shown)
        self.more.setText(_("Fewer settings") if shown else _("More settings"))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(not self.tools.session.draft.policies.journey_id)
