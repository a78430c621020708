"""A journey told in words: a tree from journey to orchestration steps, buttons, exchanges, technical profiles, claims.

For people who have never seen a policy file; the field's word is always there too. What a step does is read from its
type and from the profiles it runs, what skips it from its preconditions
(https://learn.microsoft.com/azure/active-directory-b2c/userjourneys).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from latchkey.policy.buttons import FEDERATED, SELECTION_STEPS, localized_texts
from latchkey.policy.effective import Effective
from latchkey.policy.model import (
    Candidate,
    Claim,
    OrchestrationStep,
    Precondition,
    Selection,
    TechnicalProfile,
    UserJourney,
    Where,
)
from latchkey.policy.names import key
from latchkey.text import _

Kind = Literal["journey", "step", "button", "form", "exchange", "claim", "transformation", "validation", "key"]

FORGOT_PASSWORD_LINK = "setting.forgotPasswordLinkOverride"
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


@dataclass(frozen=True, slots=True)
class StoryNode:
    """One line of the tree: what it is, in words; a quieter remark; where it stands (None: nowhere).

    `layers` are all places that define it, root ancestor first: more than one where a child overrides its base.
    """

    kind: Kind
    id: str
    title: str
    note: str = ""
    where: Where | None = None
    layers: tuple[Where, ...] = ()
    children: tuple[StoryNode, ...] = ()

    def walk(self) -> Iterator[StoryNode]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def tell(effective: Effective, journey: UserJourney) -> StoryNode:
    """The whole journey as a tree."""
    told = _steps(effective, journey, frozenset())
    return StoryNode("journey", journey.id, journey.id, "", journey.where, journey.layers, told)


def _steps(effective: Effective, journey: UserJourney, above: frozenset[str]) -> tuple[StoryNode, ...]:
    """`above`: the sub journeys that led here."""
    befores = (None, *journey.steps)
    followings = (*journey.steps[1:], None)
    return tuple(
        _step(effective, step, before, following, above)
        for before, step, following in zip(befores, journey.steps, followings, strict=False)
    )


def _step(
    effective: Effective,
    step: OrchestrationStep,
    before: OrchestrationStep | None,
    following: OrchestrationStep | None,
    above: frozenset[str],
) -> StoryNode:
    chosen = before is not None and before.type in SELECTION_STEPS
    children = [_selection(effective, step, following, selection) for selection in step.selections]
    forms = {key(selection.validation) for selection in step.selections if selection.validation}
    for exchange in step.exchanges:
        if key(exchange.id) not in forms:
            profile = effective.expanded(exchange.technical_profile)
            title = _exchange_title(effective, before if chosen else None, exchange.id, profile)
            arrow = f"{title} → {exchange.technical_profile}" if title else exchange.technical_profile
            inner = _profile_parts(effective, profile) if profile is not None else ()
            note = "" if profile is not None else _("does not exist")
            children.append(StoryNode("exchange", exchange.id, arrow, note, exchange.where, (exchange.where,), inner))
    children += [_sub_journey(effective, candidate, above) for candidate in step.candidates]
    order = str(step.order) if step.order is not None else "?"
    title = _("{order} · {what}").format(order=order, what=_what(effective, step, chosen=chosen))
    note = "; ".join(skip_words(precondition) for precondition in step.preconditions)
    return StoryNode("step", order, title, note, step.where, step.layers, tuple(children))


def _sub_journey(effective: Effective, candidate: Candidate, above: frozenset[str]) -> StoryNode:
    """What a step calls, with its own steps; a sub journey that calls itself ends there."""
    name = key(candidate.sub_journey)
    found = effective.sub_journeys.get(name)
    inner = _steps(effective, found, above | {name}) if found is not None and name not in above else ()
    title = _("Sub journey {id}").format(id=candidate.sub_journey)
    note = "" if found is not None else _("does not exist")
    return StoryNode("exchange", candidate.sub_journey, title, note, candidate.where, (candidate.where,), inner)


def _what(effective: Effective, step: OrchestrationStep, *, chosen: bool) -> str:
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
    what = profile_sort(profile)
    if what == "directory":
        return _directory_words(profile)
    return words.get(what, profile.display_name or profile.id)


def profile_sort(profile: TechnicalProfile) -> str:
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


def _selection(
    effective: Effective, step: OrchestrationStep, following: OrchestrationStep | None, selection: Selection
) -> StoryNode:
    where = selection.where
    if selection.validation:
        exchange = next((e for e in step.exchanges if key(e.id) == key(selection.validation)), None)
        profile = effective.expanded(exchange.technical_profile) if exchange is not None else None
        inner = _profile_parts(effective, profile) if profile is not None else ()
        note = profile.id if profile is not None else _("does not exist")
        return StoryNode("form", selection.validation, _("E-mail and password form"), note, where, (where,), inner)
    exchange_profile = _target_profile(effective, following, selection)
    text = _button_text(effective, step, selection.target, exchange_profile)
    if _is_link(effective, step, selection):
        title = _("Link “{text}”").format(text=text)
        return StoryNode("button", selection.target, title, "", where, (where,))
    return StoryNode("button", selection.target, _("Button “{text}”").format(text=text), "", where, (where,))


def _is_link(effective: Effective, step: OrchestrationStep, selection: Selection) -> bool:
    """The page's form shows it as its link for a forgotten password, not as a button
    (https://learn.microsoft.com/azure/active-directory-b2c/add-password-reset-policy).
    """
    forms = (effective.expanded(exchange.technical_profile) for exchange in step.exchanges)
    links = (form.metadata_value(FORGOT_PASSWORD_LINK) for form in forms if form is not None)
    return any(link is not None and key(link) == key(selection.target) for link in links)


def _target_profile(
    effective: Effective, following: OrchestrationStep | None, selection: Selection
) -> TechnicalProfile | None:
    for exchange in following.exchanges if following is not None else ():
        if key(exchange.id) == key(selection.target):
            return effective.expanded(exchange.technical_profile)
    return None


def _button_text(
    effective: Effective, step: OrchestrationStep, exchange_id: str, profile: TechnicalProfile | None
) -> str:
    texts = localized_texts(effective, step, exchange_id)
    default = effective.supported_languages.default if effective.supported_languages else ""
    own = profile.display_name if profile is not None else None
    return texts.get(default) or own or exchange_id


def _exchange_title(
    effective: Effective, page: OrchestrationStep | None, exchange_id: str, profile: TechnicalProfile | None
) -> str:
    if page is not None and any(key(s.target) == key(exchange_id) for s in page.selections):
        return _button_text(effective, page, exchange_id, profile)
    return (profile.display_name or "") if profile is not None else ""


def _profile_parts(
    effective: Effective, profile: TechnicalProfile, above: frozenset[str] = frozenset()
) -> tuple[StoryNode, ...]:
    parts = [StoryNode("claim", claim.claim, claim_words(claim), "", claim.where) for claim in profile.output_claims]
    parts += [
        StoryNode("transformation", reference.id, reference.id, _("worked out afterwards"), reference.where)
        for reference in profile.output_claims_transformations
    ]
    parts += [
        StoryNode("key", item.storage_reference_id, item.storage_reference_id, _("policy key"), item.where)
        for item in profile.keys
    ]
    for validation in profile.validation_profiles:
        found = effective.expanded(validation.id)
        deeper = above | {key(profile.id)}
        inner = _profile_parts(effective, found, deeper) if found is not None and key(found.id) not in deeper else ()
        title = _("Checked by {id}").format(id=validation.id)
        parts.append(StoryNode("validation", validation.id, title, "", validation.where, (), inner))
    return tuple(parts)


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
