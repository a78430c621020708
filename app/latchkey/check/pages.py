"""Rules on what is asked of people, and on values that Azure fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from latchkey.check.gather import Flow
from latchkey.check.rule import Hit, Hits
from latchkey.check.view import View
from latchkey.policy.model import Claim, TechnicalProfile
from latchkey.policy.names import key
from latchkey.text import _

_SELF_ASSERTED = "SelfAssertedAttributeProvider"
# https://learn.microsoft.com/azure/active-directory-b2c/claim-resolver-overview
_RESOLVER = re.compile(
    r"\{(?:Culture|Policy|Context|Claim|OIDC|OAUTH-KV|SAML|QueryParameters?|AuthenticationContext):[^{}]+\}",
    re.IGNORECASE,
)
_SWITCH = "IncludeClaimResolvingInClaimsHandling"
_NEED_SWITCH = ("OAuth2", "OpenIdConnect", "SAML2")
_HANDLERS_NEED_SWITCH = ("AzureActiveDirectoryProvider", "RestfulProvider", _SELF_ASSERTED)


def self_asserted_output(view: View) -> Hits:
    """What a page outputs is asked for, has a default, or comes from a validation profile: "Output claim type … does
    not specify a UserInputType or a DefaultValue, and is not retrieved from a ValidationTechnicalProfile either"
    (https://github.com/azure-ad-b2c/samples/issues/203).
    """
    flow = view.flow
    for profile, _where in flow.called if flow is not None else ():
        if flow is None or _SELF_ASSERTED not in (profile.handler or "") or profile.display_claims:
            continue
        given = _given(flow, profile)
        for claim in profile.output_claims:
            definition = view.effective.claim_types.get(key(claim.claim))
            if (
                claim.default is not None
                or definition is None
                or definition.user_input_type
                or key(claim.claim) in given
            ):
                continue
            yield Hit(
                claim.where,
                _("The page “{profile}” outputs “{claim}”, which it can't ask for and nothing else gives.").format(
                    profile=profile.id, claim=claim.claim
                ),
                _("Give the claim a UserInputType, or the output a DefaultValue, or take it out."),
                about=f"{key(profile.id)} {key(claim.claim)}",
            )


def _given(flow: Flow, profile: TechnicalProfile) -> set[str]:
    """Claims (folded) that the page has without asking."""
    given = {key(claim.claim) for claim in profile.input_claims}
    for reference in (*profile.input_claims_transformations, *profile.output_claims_transformations):
        given.update(flow.transformed(reference.id))
    for validation in profile.validation_profiles:
        called = flow.effective.expanded(validation.id)
        if called is not None:
            given |= flow.outputs(called)
    return given


def validated_twice(view: View) -> Hits:
    """A validation profile that a child lists again runs twice: lists of parent and child are put together
    (https://github.com/azure-ad-b2c/samples/issues/452).
    """
    for own in view.policy.technical_profiles:
        merged = view.effective.technical_profiles.get(key(own.id))
        if merged is None or len(own.validation_profiles) == len(merged.validation_profiles):
            continue
        above = {key(v.id) for v in merged.validation_profiles if v.where.source != own.where.source}
        for validation in own.validation_profiles:
            if key(validation.id) in above:
                yield Hit(
                    validation.where,
                    _("“{profile}” runs “{validation}” twice: a file that this one builds on lists it too.").format(
                        profile=own.id, validation=validation.id
                    ),
                    _("Take it out here; what the other file lists stays."),
                )


def resolver_switch(view: View) -> Hits:
    """Values that Azure fills in, such as {OIDC:LoginHint}, need AlwaysUseDefaultValue and, in most profiles, the
    setting IncludeClaimResolvingInClaimsHandling; without them they are sent as they stand.

    https://learn.microsoft.com/azure/active-directory-b2c/claim-resolver-overview
    """
    for own in view.policy.technical_profiles:
        claims = list(_resolved(own))
        profile = view.effective.expanded(own.id) if claims else None
        if profile is None:
            continue
        switch = (profile.metadata_value(_SWITCH) or "").lower() == "true"
        if _needs_switch(profile) and not switch:
            yield Hit(
                claims[0].where,
                _("“{profile}” sends “{value}” as it stands: it does not let Azure fill in values.").format(
                    profile=own.id, value=claims[0].default
                ),
                _("Set {key} to true in its Metadata.").format(key=_SWITCH),
            )
        elif _needs_switch(profile):
            for claim in claims:
                if not claim.always_default:
                    yield Hit(
                        claim.where,
                        _("“{profile}” fills in “{value}” only where “{claim}” has no value yet.").format(
                            profile=own.id, value=claim.default, claim=claim.claim
                        ),
                        _('Add AlwaysUseDefaultValue="true" if it should always be filled in.'),
                    )


def _resolved(profile: TechnicalProfile) -> Iterator[Claim]:
    for claim in (*profile.input_claims, *profile.persisted_claims, *profile.output_claims):
        if claim.default and "{" in claim.default and _RESOLVER.search(claim.default):
            yield claim


def _needs_switch(profile: TechnicalProfile) -> bool:
    if profile.protocol == "Proprietary":
        return any(name in (profile.handler or "") for name in _HANDLERS_NEED_SWITCH)
    return profile.protocol in _NEED_SWITCH and profile.output_token_format is None
