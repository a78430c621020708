"""Whose tenant it is: paste anything, see what was understood and the addresses that follow from it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from latchkey.draft import edits
from latchkey.draft.draft import DEFAULT_USER_FLOW, CloudName, Draft
from latchkey.draft.pasting import Pasted, understand
from latchkey.errors import LatchkeyError
from latchkey.gui.announce import announce
from latchkey.gui.pages.base import COLUMN, Page
from latchkey.gui.tenant_words import CLOUD_CHOICES, said_back
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import column, frame, label
from latchkey.gui.widgets.options import Options
from latchkey.policy.clouds import CLOUDS
from latchkey.policy.names import Host, TenantName
from latchkey.text import N_, _, join_sentences

_PASTED = 2  # so many characters at once were not typed


class TenantPage(Page):
    """Name, cloud, custom domain, and the addresses."""

    step_id = "tenant"

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self.name = self.add_field(
            "tenant.name",
            N_("Your tenant"),
            word=N_("tenant name"),
            hint=N_("Paste what you have: its name, its domain, or the address of any page of it in the Azure portal."),
        )
        self.name.set_placeholder("contoso.onmicrosoft.com")
        self.name.edited.connect(self._type_name)
        editor = cast("QLineEdit", self.name.editor)
        editor.editingFinished.connect(self._understand_typed)
        self.understood = label("done")
        self.understood.hide()
        self.name.add_below(self.understood)
        self.add_section(N_("Which Azure is it in?"))
        self.cloud = Options(self._texts, CLOUD_CHOICES, across=True)
        self.cloud.setMaximumWidth(COLUMN)
        self.cloud.answer(N_("Which Azure is it in?"))
        self.cloud.chosen.connect(self._choose_cloud)
        self.body.addWidget(self.cloud)
        self.domain = self.add_field(
            "tenant.custom_domain",
            N_("Custom domain, if you have set one up"),
            hint=N_("Only when it already works for sign-in (Azure Front Door). Otherwise leave this empty."),
        )
        self.domain.set_placeholder("login.contoso.com")
        self.domain.edited.connect(self._type_domain)
        self._lay_out_addresses()
        self.object_id = self.add_field(
            "tenant.object_id",
            N_("Tenant ID, if you know it"),
            hint=N_("Not needed. Some policies are easier to trace with it."),
        )
        self.object_id.set_placeholder("00000000-0000-0000-0000-000000000000")
        self.object_id.edited.connect(self._type_object_id)

    def _lay_out_addresses(self) -> None:
        self._card = frame("card")
        self._card.setMaximumWidth(COLUMN)
        inside = column(self._card, spacing=4, margins=(16, 12, 16, 14))
        self._customers, self._callback_label = label("hint"), label("hint")
        inside.addWidget(self._customers)
        self.address = self.add_copy_row(into=inside)
        inside.addSpacing(6)
        inside.addWidget(self._callback_label)
        self.callback = self.add_copy_row(into=inside)
        self.body.addWidget(self._card)

    def title(self) -> str:
        """The heading."""
        return _("Your tenant")

    def intro(self) -> str:
        """Under the heading."""
        return _("The Azure AD B2C directory that your customers' accounts live in.")

    def why(self) -> str:
        """What it is for."""
        return _(
            "The tenant's name stands in every address and every policy. A typing mistake here breaks all of them."
        )

    def good_to_know(self) -> tuple[str, ...]:
        """What surprises."""
        return (
            _("The callback address goes into each provider's portal, exactly as it stands here and in lower case."),
            _("With a custom domain, its host stands in the address, but the tenant's name stays in the path."),
        )

    def show_draft(self, draft: Draft) -> None:
        """Show answers and addresses."""
        tenant = draft.tenant
        self.name.set_text(tenant.name)
        self.cloud.show_value(tenant.cloud)
        self.domain.set_text(tenant.custom_domain)
        self.object_id.set_text(tenant.object_id)
        self._show_addresses(draft)

    def _show_addresses(self, draft: Draft) -> None:
        from latchkey.guide.addresses import authority
        from latchkey.guide.callbacks import callback_addresses

        cloud = CLOUDS[draft.tenant.cloud]
        try:
            name = TenantName.parse(draft.tenant.name)
            domain = draft.tenant.custom_domain.strip()
            host = Host.parse(domain) if domain else name.sign_in_host(cloud)
        except LatchkeyError:
            address = callback = ""
        else:
            address = authority(host, name.domain(cloud), sign_in_policy(draft))
            callback = callback_addresses("url", host, name.domain(cloud))[0].value
        self._card.setVisible(bool(address))
        self._customers.setText(_("Your customers will sign in at an address that begins like this:"))
        self._callback_label.setText(_("Providers send them back here (callback URL):"))
        self.address.set_value(address, _("Sign-in address"))
        self.callback.set_value(callback, _("Callback URL"))

    @Slot(str)
    def _type_name(self, text: str) -> None:
        known = self.tools.session.draft.tenant.name
        if len(text) - len(known) >= _PASTED and self._understand(text):
            return
        self.understood.hide()
        self.do(edits.set_tenant_name(text), self.name)

    @Slot()
    def _understand_typed(self) -> None:
        text = self.name.text().strip()
        if (text and text != self.tools.session.draft.tenant.name.strip().lower()) or "." in text or "/" in text:
            self._understand(text)

    def _understand(self, text: str) -> bool:
        """Take over what a pasted text says; False: it says nothing beyond a name."""
        try:
            pasted = understand(text)
        except LatchkeyError as error:
            self.do(edits.set_tenant_name(text), self.name)
            self.name.refuse(join_sentences(error.message, error.hint))
            self.understood.hide()
            return True
        if pasted.name == text.strip().lower() and pasted == Pasted(name=pasted.name):
            return False
        edit = edits.set_tenant(pasted.name, pasted.cloud, pasted.custom_domain, pasted.object_id)
        self.do(edit, self.name)
        self.name.accept()
        self.show_draft(self.tools.session.draft)
        self.understood.setText(said_back(pasted))
        self.understood.show()
        announce(self, self.understood.text())
        return True

    @Slot(str)
    def _choose_cloud(self, cloud: str) -> None:
        self.understood.hide()
        self.do(edits.set_cloud(cast("CloudName", cloud)))

    @Slot(str)
    def _type_domain(self, text: str) -> None:
        self.do(edits.set_custom_domain(text), self.domain)

    @Slot(str)
    def _type_object_id(self, text: str) -> None:
        self.do(edits.set_object_id(text), self.object_id)


def sign_in_policy(draft: Draft) -> str:
    """The name of the policy that customers are sent to."""
    from latchkey.compose.naming import policy_names

    if draft.policies.kind == "user-flow":
        return draft.user_flow.name.strip() or DEFAULT_USER_FLOW
    try:
        return str(policy_names(draft.policies).sign_up_or_sign_in)
    except LatchkeyError:
        return "B2C_1A_signup_signin"
