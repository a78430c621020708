"""Where a tenant is found on the web, as far as the draft says it yet."""

from __future__ import annotations

from dataclasses import dataclass

from latchkey.draft.draft import Tenant
from latchkey.guide.prose import Value
from latchkey.guide.words import Words
from latchkey.policy.clouds import CLOUDS, Cloud
from latchkey.policy.names import BadName, Host, TenantName


@dataclass(frozen=True, slots=True)
class Places:
    """The tenant's hosts. `host` is what customers see: the tenant's own domain where it has one."""

    cloud: Cloud
    domain: Value
    own_host: Value
    host: Value
    custom: bool

    @property
    def portal(self) -> Value:
        """Azure's portal in this cloud."""
        return Value(self.cloud.portal, href=f"https://{self.cloud.portal}/")

    @property
    def complete(self) -> bool:
        """Host and domain are both known."""
        return self.host.complete and self.domain.complete

    @property
    def missing(self) -> Value:
        """What is missing, if it is not complete."""
        return self.domain if not self.domain.complete else self.host

    def value(self, made: str) -> Value:
        """Something that was made of host and domain; or what of the two is missing."""
        return Value(made) if self.complete else Value(self.missing.text, complete=False)


def places(tenant: Tenant, words: Words) -> Places:
    """Never refuses: the wizard shows the guide while the tenant's name is being typed."""
    cloud = CLOUDS[tenant.cloud]
    missing = Value(words("missing_tenant"), complete=False)
    try:
        name = TenantName.parse(tenant.name)
        domain, own_host = Value(name.domain(cloud)), Value(name.sign_in_host(cloud))
    except BadName:
        domain = own_host = missing
    if not tenant.custom_domain.strip():
        return Places(cloud, domain, own_host, own_host, custom=False)
    try:
        host = Value(Host.parse(tenant.custom_domain))
    except BadName:
        host = Value(words("missing_custom_domain"), complete=False)
    return Places(cloud, domain, own_host, host, custom=True)
