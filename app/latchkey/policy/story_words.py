"""The words in which journeys are told: what a step does, when it is skipped, where a claim comes from."""

from __future__ import annotations

from latchkey.policy.buttons import FEDERATED
from latchkey.policy.effective import Effective
from latchkey.policy.model import Claim, OrchestrationStep, Precondition, TechnicalProfile
from latchkey.policy.names import key
from latchkey.text import _

_HANDLERS = {
    "SelfAssertedAttributeProvider": "page",
    "AzureActiveDirectoryProvider": "directory",
    "PhoneFactorProtocolProvider": "phone",
    "RestfulProvider": "api",
    "ClaimsTransformationProtocolProvider": "values",
    "AzureMfaProtocolProvider": "phone",
    "OneTimePasswordProtocolProvider": "code",
    "UserInfoProvider": "values",
}


def what_words(effective: Effective, step: OrchestrationStep, *, chosen: bool) -> str:
    """What a step does; `chosen`: the step before asked for a provider."""
    if step.type == "ClaimsExchange":
        return _("Go to the chosen provider, or sign up") if chosen else _exchange_words(effective, step)
    plain = {
        "CombinedSignInAndSignUp": _("Show the sign-in page"),
        "ClaimsProviderSelection": _("Ask how to sign in"),
        "SendClaims": _("Tell your app who it is"),
        "GetClaims": _("Take what the app sent along"),
        "InvokeSubJourney": _("Go through a sub journey"),
        "ConsentScreen": _("Ask for consent"),
        "ReviewScreen": _("Show what will be sent"),
        "Noop": _("Nothing"),
    }
    return plain.get(step.type or "", step.type or "?")


def _exchange_words(effective: Effective, step: OrchestrationStep) -> str:
    if not step.exchanges:
        return _("Nothing")
    profile = effective.expanded(step.exchanges[0].technical_profile)
    if profile is None:
        return step.exchanges[0].technical_profile
    words = {
        "page": _("Ask for details on a page"),
        "phone": _("Confirm with the phone"),
        "api": _("Call an API"),
        "values": _("Work out values"),
        "code": _("Check a one-time code"),
        "federated": _("Go to {name}").format(name=profile.display_name or profile.id),
    }
    what = _sort(profile)
    if what == "directory":
        return _directory_words(profile)
    return words.get(what, profile.display_name or profile.id)


def _sort(profile: TechnicalProfile) -> str:
    """What a technical profile does: page, directory, phone, api, values, code, federated, or empty."""
    if profile.protocol in FEDERATED:
        return "federated"
    handler = (profile.handler or "").partition(",")[0]
    return _HANDLERS.get(handler.rpartition(".")[2], "")


def _directory_words(profile: TechnicalProfile) -> str:
    operation = (profile.metadata_value("Operation") or "").lower()
    if operation == "read":
        return _("Look the person up in the directory")
    if operation == "write":
        creates = (profile.metadata_value("RaiseErrorIfClaimsPrincipalAlreadyExists") or "").lower() == "true"
        return _("Create the account") if creates else _("Save to the directory")
    if operation.startswith("delete"):
        return _("Delete from the directory")
    return profile.display_name or profile.id


def skip_words(precondition: Precondition) -> str:
    """When a step is skipped, in words."""
    claim = precondition.values[0] if precondition.values else "?"
    value = precondition.values[1] if len(precondition.values) > 1 else ""
    known = {
        ("objectid", "", True): _("skipped when the person is already known"),
        ("authenticationsource", "localAccountAuthentication", True): _("skipped for e-mail accounts"),
        ("authenticationsource", "socialIdpAuthentication", True): _("skipped for people who come by a provider"),
        ("isactivemfasession", "", True): _("skipped when the phone was confirmed in this session"),
        ("newphonenumberentered", "", False): _("only when a new phone number was entered"),
        ("isforgotpassword", "", False): _("only when the password was forgotten"),
        ("isforgotpassword", "", True): _("skipped after a forgotten password was replaced"),
        ("email", "", True): _("skipped when the e-mail address is known"),
        ("othermails", "", False): _("only when the directory has another address"),
    }
    words = known.get((key(claim), value, precondition.execute_if))
    if words is not None:
        return words
    if precondition.type == "ClaimEquals":
        pattern = (
            _("skipped when {claim} is “{value}”") if precondition.execute_if else _("only when {claim} is “{value}”")
        )
        return pattern.format(claim=claim, value=value)
    if precondition.execute_if:
        return _("skipped when {claim} has a value").format(claim=claim)
    return _("only when {claim} has a value").format(claim=claim)


def claim_words(claim: Claim) -> str:
    """Where a claim comes from, on one line."""
    if claim.default is not None and claim.always_default:
        return _("{claim} = “{value}”, always").format(claim=claim.claim, value=claim.default)
    source = claim.partner or claim.claim
    if claim.default is not None:
        return _("{claim} ← {source}, else “{value}”").format(claim=claim.claim, source=source, value=claim.default)
    if source == claim.claim:
        return claim.claim
    return _("{claim} ← {source}").format(claim=claim.claim, source=source)
