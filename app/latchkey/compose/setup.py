"""A draft with every name decided: what templates, guides and the wizard's preview read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from latchkey.catalogue.entries import Entry
from latchkey.draft.draft import ClaimSource, Draft, Provider
from latchkey.policy.clouds import Cloud
from latchkey.policy.names import Host, PolicyId, PolicyKeyName, TenantName


@dataclass(frozen=True, slots=True)
class PolicyNames:
    """The ids of the set's policies, with the draft's prefix. None: the set has no such policy."""

    base: PolicyId
    localization: PolicyId
    extensions: PolicyId
    sign_up_or_sign_in: PolicyId
    profile_edit: PolicyId | None
    password_reset: PolicyId | None


@dataclass(frozen=True, slots=True)
class ProviderSetup:
    """One sign-in button with all its names."""

    entry: Entry
    provider: Provider
    id: str
    technical_profile: str
    exchange: str
    client_id: str  # empty: not stated yet, or this type has none
    policy_key: PolicyKeyName | None  # None: this set-up needs no secret
    domain_hint: str
    name: str  # button text
    names: Mapping[str, str]  # language -> button text, Azure's codes
    claims: Mapping[str, ClaimSource]  # policy claim -> source, catalogue's defaults under the draft's
    settings: Mapping[str, str]  # likewise
    identity_provider: str | ClaimSource


@dataclass(frozen=True, slots=True)
class Setup:
    """The whole draft with all its names."""

    draft: Draft
    cloud: Cloud
    tenant: TenantName
    custom_domain: Host | None
    policies: PolicyNames
    journey_id: str
    profile_edit_journey_id: str
    providers: tuple[ProviderSetup, ...]

    @property
    def tenant_domain(self) -> str:
        """The `TenantId` of the policies."""
        return self.tenant.domain(self.cloud)

    @property
    def sign_in_host(self) -> str:
        """The host that customers see: the custom domain, or the tenant's own host."""
        return self.custom_domain or self.tenant.sign_in_host(self.cloud)
