"""What a secret is called."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from latchkey.errors import WrongUsage
from latchkey.text import _, ngettext


class Stored(NamedTuple):
    """The name of a secret that was stored, and its last day, where somebody said it."""

    tenant: str
    policy_key: str
    expires: date | None = None

    @property
    def key(self) -> str:
        """How names compare: without case, as in Azure. The keyring knows it by this."""
        return f"{self.tenant.casefold()}/{self.policy_key.casefold()}"

    @property
    def called(self) -> str:
        """Both halves, in words."""
        return _("{key} of {tenant}").format(key=self.policy_key, tenant=self.tenant)


def name(tenant: str, policy_key: str, expires: date | None = None) -> Stored:
    """The name, checked: an empty half would mix up two secrets, and a slash parts the halves. Raises WrongUsage."""
    if not tenant or not policy_key or "/" in tenant:
        raise WrongUsage(_("A secret is stored under the name of a tenant and of a policy key."))
    return Stored(tenant, policy_key, expires)


def reminder(called: str, expires: date, today: date) -> str:
    """That a secret has ended, or ends soon, in words."""
    days = (expires - today).days
    if days < 0:
        return _(
            "The secret {name} ended on {date}: sign-in with it does not work until there is a new one in Azure."
        ).format(name=called, date=expires.isoformat())
    said = ngettext(
        "The secret {name} ends on {date}, in {days} day. Make a new one before.",
        "The secret {name} ends on {date}, in {days} days. Make a new one before.",
        days,
    )
    return said.format(name=called, date=expires.isoformat(), days=days)
