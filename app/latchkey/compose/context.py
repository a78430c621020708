"""What templates get to see: the one place where their values are made. They escape and lay out, and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from latchkey.catalogue.answers import written_metadata
from latchkey.compose.claims import extra_claims
from latchkey.compose.languages import languages_of
from latchkey.compose.setup import ProviderSetup, Setup
from latchkey.draft.draft import ClaimSource
from latchkey.policy.names import key
from latchkey.policy.page_designs import DEFAULT, FOLDERS

REDIRECT = "UsePolicyInRedirectUri"
_TEMPLATES = {"OpenIdConnect": "openidconnect", "OAuth2": "oauth2", "OAuth1": "oauth1", "SAML2": "saml2"}
_PAGES = ("api.signuporsignin", "api.idpselections", "api.socialccountsignup", "api.selfasserted.profileupdate")
_LOCAL_PAGES = ("api.localaccountsignin", "api.localaccountsignup", "api.localaccountpasswordreset")
_PHONE_PAGES = ("api.phonefactor",)
_BUTTON_PAGES = ("api.signuporsignin", "api.idpselections")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """An output claim of a provider."""

    claim: str
    partner: str
    default: str | None
    always: bool


@dataclass(frozen=True, slots=True)
class ProviderContext:
    """A provider as its template sees it."""

    template: str
    id: str
    technical_profile: str
    exchange: str
    protocol: str
    name: str  # the button
    provider_name: str  # the ClaimsProvider's DisplayName; customers don't see it
    domain_hint: str
    metadata: tuple[tuple[str, str], ...]
    policy_key: str  # with B2C_1A_; empty: no secret needed
    claims: tuple[ClaimRow, ...]
    output_claims_transformations: tuple[str, ...]
    session: str
    settings: Mapping[str, str]  # for templates of single types


def set_context(setup: Setup, templates: Path) -> dict[str, Any]:
    """The values that all files of a set share."""
    policies = setup.draft.policies
    claims = [claim for provider in setup.providers for claim in provider.claims]
    needs = dict.fromkeys(need for provider in setup.providers for need in provider.entry.needs)
    extra = {key(claim): claim for claim in reversed(extra_claims(claims))}
    extra_names = list(reversed(extra.values()))
    return {
        "tenant": setup.tenant_domain,
        "cloud": setup.cloud,
        "local": policies.local,
        "mfa": policies.mfa,
        "ief_app_id": policies.ief_app_id.strip(),
        "proxy_ief_app_id": policies.proxy_ief_app_id.strip(),
        "providers": [provider_context(provider) for provider in setup.providers],
        "needs": [f"providers/blocks/{need}.xml.j2" for need in needs],
        "extra_claims": extra_names,
        "kept_claims": [*(["email"] if policies.asks_email else []), *extra_names],
        # Azure refuses a policy that sends a claim which no step of its journey gives.
        "email": policies.local or policies.asks_email or "email" in claims,
        "reset": policies.embeds_reset,
        "ask_email": policies.ask_email if policies.asks_email else "",
        "page_folder": FOLDERS[policies.page_design or DEFAULT],
        "journey": setup.journey_id,
        "profile_edit_journey": setup.profile_edit_journey_id if setup.policies.profile_edit else "",
        "pages": _PAGES + (_LOCAL_PAGES if policies.local else ()) + (_PHONE_PAGES if policies.mfa else ()),
        "button_pages": _BUTTON_PAGES,
        "languages": languages_of(setup, templates / "policies" / "texts"),
    }


def provider_context(setup: ProviderSetup) -> ProviderContext:
    """One provider's values."""
    entry = setup.entry
    return ProviderContext(
        template=f"providers/{entry.template or _TEMPLATES[entry.protocol]}.xml.j2",
        id=setup.id,
        technical_profile=setup.technical_profile,
        exchange=setup.exchange,
        protocol=entry.protocol,
        name=setup.name,
        provider_name=entry.provider_display_name or setup.name,
        domain_hint=setup.domain_hint,
        metadata=_metadata(setup),
        policy_key=setup.policy_key.storage_reference_id if setup.policy_key else "",
        claims=_claims(setup),
        output_claims_transformations=entry.output_claims_transformations,
        session=entry.session,
        settings=setup.settings,
    )


def _metadata(setup: ProviderSetup) -> tuple[tuple[str, str], ...]:
    """The entry's fixed values, the answers, the client id.

    The redirect address never holds a policy's name: with it, every policy would need an address of its own in the
    provider's form.
    """
    found = written_metadata(setup.entry, setup.settings)
    if setup.client_id:
        found["client_id"] = setup.client_id
    if setup.entry.protocol in ("OpenIdConnect", "OAuth2"):
        found.pop(REDIRECT, None)
        found[REDIRECT] = "false"
    return tuple(found.items())


def _claims(setup: ProviderSetup) -> tuple[ClaimRow, ...]:
    identity = setup.identity_provider
    source = ClaimSource(default=identity, always=True) if isinstance(identity, str) else identity
    through = setup.entry.through or {}
    claims: dict[str, ClaimSource] = {}
    for claim, given in setup.claims.items():
        if claim in through:
            claims |= {through[claim]: given, claim: ClaimSource()}
        else:
            claims[claim] = given
    claims["identityProvider"] = source
    return tuple(ClaimRow(claim, s.claim, s.default, s.always) for claim, s in claims.items())
