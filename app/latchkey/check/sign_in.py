"""Rules on how providers and journeys meet people: who is let in, who is shown, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from latchkey.check.rule import Hit, Hits
from latchkey.check.suggest import similar
from latchkey.check.view import View
from latchkey.policy.buttons import FEDERATED
from latchkey.policy.model import Precondition
from latchkey.policy.names import key
from latchkey.text import _

_MANY_TENANTS = re.compile(
    r"https://login\.(?:microsoftonline\.com|partner\.microsoftonline\.cn|microsoftonline\.us)/(?:common|organizations)/",
    re.IGNORECASE,
)
_SOURCE = "authenticationsource"
_SOURCES = ("socialIdpAuthentication", "localAccountAuthentication")


def issuer_check(view: View) -> Hits:
    """A provider for people of many Entra tenants says which issuers it takes; else "The provided id_token does not
    contain a valid issuer", AADB2C90238 (https://github.com/MicrosoftDocs/azure-docs/issues/90923).

    https://learn.microsoft.com/azure/active-directory-b2c/identity-provider-azure-ad-multi-tenant
    """
    flow = view.flow
    for call in flow.providers if flow is not None else ():
        profile = call.profile
        address = next((item for item in profile.metadata if item.key == "METADATA"), None)
        if address is None or not _MANY_TENANTS.match(address.value) or profile.metadata_value("issuer"):
            continue
        found = (profile.metadata_value("DiscoverMetadataByTokenIssuer") or "").lower() == "true"
        if not found or not profile.metadata_value("ValidTokenIssuerPrefixes"):
            yield Hit(
                address.where,
                _("“{profile}” signs in people of many tenants, but does not say which issuers are right.").format(
                    profile=profile.id
                ),
                _(
                    "Set DiscoverMetadataByTokenIssuer to true, and ValidTokenIssuerPrefixes to https://login.microsoftonline.com/."
                ),
            )


def source_value(view: View) -> Hits:
    """Steps ask for an `authenticationSource` that some profile gives; with a typing error they always or never run.

    https://learn.microsoft.com/azure/active-directory-b2c/userjourneys#preconditions
    """
    given: set[str] | None = None
    for journey in (*view.policy.journeys, *view.policy.sub_journeys):
        for step in journey.steps:
            for condition in step.preconditions:
                if not _asks_for_source(condition):
                    continue
                if given is None:
                    given = {*_SOURCES, *_defaults(view)}
                written = condition.values[1]
                if written not in given:
                    guess = similar(written, given)
                    yield Hit(
                        condition.where,
                        _(
                            "Step {order} of “{journey}” asks whether people came by “{source}”, but nobody ever does."
                        ).format(order=step.order, journey=journey.id, source=written),
                        _("Did you mean “{guess}”?").format(guess=guess)
                        if guess
                        else _("Providers give socialIdpAuthentication, the e-mail form localAccountAuthentication."),
                    )


def _asks_for_source(condition: Precondition) -> bool:
    values = condition.values
    return condition.type == "ClaimEquals" and len(values) == 2 and key(values[0]) == _SOURCE


def _defaults(view: View) -> Iterator[str]:
    for profile in view.effective.technical_profiles.values():
        for claim in profile.output_claims:
            if key(claim.claim) == _SOURCE and claim.default is not None:
                yield claim.default


def enabled(view: View) -> Hits:
    """A provider with a button is switched on: `EnabledForUserJourneys` false hides the button.

    https://learn.microsoft.com/azure/active-directory-b2c/technicalprofiles#enabledforuserjourneys
    """
    flow = view.flow
    for call in flow.providers if flow is not None else ():
        state = (call.profile.enabled_for_user_journeys or "").strip()
        if state in ("false", "Never"):
            yield Hit(
                call.profile.where,
                _(
                    "“{profile}” stands in “{journey}” but is switched off (EnabledForUserJourneys), so nobody sees it."
                ).format(profile=call.profile.id, journey=flow.journey.id if flow is not None else ""),
                _("Take EnabledForUserJourneys out, or take the button out."),
            )


def selection_position(view: View) -> Hits:
    """The choice of a provider is the first step; later in a journey it misbehaves for people who are signed in
    (https://github.com/MicrosoftDocs/azure-docs/issues/68117).
    """
    flow = view.flow
    if flow is None:
        return
    steps = flow.journey.steps
    by_order = {step.order: step for step in steps}
    first = next((step for step in steps if step.selections), None)
    for step in steps:
        if step.type != "ClaimsProviderSelection" or step is not first or step.order in (None, 1):
            continue
        following = by_order.get((step.order or 0) + 1)
        profiles = [view.effective.expanded(e.technical_profile) for e in (following.exchanges if following else ())]
        if any(profile is not None and profile.protocol in FEDERATED for profile in profiles):
            yield Hit(
                step.where,
                _(
                    "“{journey}” offers providers in step {order} only, which goes wrong for those who are signed in."
                ).format(journey=flow.journey.id, order=step.order),
                _("Make it the first step."),
                about=key(flow.journey.id),
            )
