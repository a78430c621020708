"""What a provider leans on, and what a set lacks of it: added once, or said plainly why it can't be.

The claim that holds a person's number is whatever the set's own CreateAlternativeSecurityId takes as `key`: that is
issuerUserId in today's starter packs, socialIdpUserId in older ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from latchkey.compose.composer import block_xml
from latchkey.compose.into.elements import Additions, marked, parsed_all
from latchkey.compose.into.places import Page
from latchkey.errors import Refused
from latchkey.policy.buttons import buttons
from latchkey.policy.effective import Effective
from latchkey.policy.names import key
from latchkey.policy.splice import New
from latchkey.text import _

USER_ID = "issuerUserId"
_BLOCK_PARTS = {
    "claim_types": ("BuildingBlocks", "ClaimsSchema"),
    "claims_transformations": ("BuildingBlocks", "ClaimsTransformations"),
    "claims_providers": ("ClaimsProviders",),
}
ALTERNATIVE_ID = "CreateAlternativeSecurityId"
_IDENTITY_CLAIMS = (USER_ID, "identityProvider", "authenticationSource", "alternativeSecurityId")
_NOTHING_LOST = "CreateSubjectClaimFromAlternativeSecurityId"


def user_id_claim(effective: Effective) -> str:
    """The claim in which the set keeps a person's number. Raises Refused where the set has no place for such people."""
    transformation = effective.claims_transformations.get(key(ALTERNATIVE_ID))
    for claim in transformation.inputs if transformation is not None else ():
        if claim.name == "key":
            return claim.claim
    raise Refused(
        _("{policy} has no place for people who come by a provider: the transformation {id} is missing.").format(
            policy=effective.policy.id, id=ALTERNATIVE_ID
        ),
        _("These are policies for e-mail accounts only. Compose a new set with both kinds of accounts instead."),
    )


def user_id(effective: Effective) -> str:
    """The claim in which a set keeps a person's number, or the usual one."""
    try:
        return user_id_claim(effective)
    except Refused:
        return USER_ID


def refuse_without_accounts(page: Page) -> None:
    """A journey that never looks a provider's person up would open no account for them. Raises Refused."""
    for step in page.journey.steps:
        for exchange in step.exchanges:
            profile = page.effective.expanded(exchange.technical_profile)
            if profile is not None and any(key(c.claim) == "alternativesecurityid" for c in profile.input_claims):
                return
    raise Refused(
        _("The journey {id} has no step that finds or opens the account of somebody who comes by a provider.").format(
            id=page.journey.id
        ),
        _("It treats its own providers in a way of its own. Name other policies under policies.relying_parties.")
        if buttons(page.effective, page.journey)
        else _("These are policies for e-mail accounts only. Compose a new set with both kinds of accounts instead."),
    )


def fitted(provider: New, effective: Effective) -> New:
    """A new ClaimsProvider, with the set's own name for the user id, and without a transformation that writes nothing
    anybody reads and that older sets don't have.
    """
    user_id = user_id_claim(effective)
    lacks_subject = key(_NOTHING_LOST) not in effective.claims_transformations

    def change(item: New) -> New:
        attributes = dict(item.attributes)
        if attributes.get("ClaimTypeReferenceId") == USER_ID:
            attributes["ClaimTypeReferenceId"] = user_id
        children = tuple(
            change(child)
            for child in item.children
            if not (lacks_subject and child.attributes.get("ReferenceId") == _NOTHING_LOST)
        )
        return replace(item, attributes=attributes, children=children)

    return change(provider)


def add_blocks(additions: Additions, names: Iterable[str], effective: Effective) -> set[str]:
    """Put the building blocks of that name into the additions, as far as the set lacks them, each once.

    Returns the (folded) ids that they define.
    """
    given: set[str] = set()
    for need in dict.fromkeys(names):
        for part, path in _BLOCK_PARTS.items():
            for element in parsed_all(block_xml(need, part)):
                ids = {key(inner.attributes["Id"]) for inner in _walk(element) if "Id" in inner.attributes}
                there = {*effective.claim_types, *effective.claims_transformations, *effective.technical_profiles}
                if not ids <= there:
                    additions.put(path, marked(fitted(element, effective)))
                given |= ids
    return given


def add_missing(
    additions: Additions, providers: Sequence[New], effective: Effective, given: Collection[str] = ()
) -> None:
    """Put what the providers lean on and the set lacks into the additions, each once. `given` is added already.

    Raises Refused for what can't be added without knowing the set's own ways.
    """
    added: set[str] = set()
    for item in (inner for provider in providers for inner in _walk(provider)):
        if {key(name) for name in item.attributes.values()} & set(given):
            continue
        path, made = _missing(item, effective)
        name = made.attributes.get("Id", "") if made is not None else ""
        if made is not None and key(name) not in added:
            additions.put(path, marked(made))
            added.add(key(name))


def _missing(item: New, effective: Effective) -> tuple[tuple[str, ...], New | None]:
    """What one element of a provider names and the set lacks, and where that belongs."""
    claim, reference = item.attributes.get("ClaimTypeReferenceId", ""), item.attributes.get("ReferenceId", "")
    if item.tag == "OutputClaim" and key(claim) not in effective.claim_types:
        if claim in _IDENTITY_CLAIMS:
            raise Refused(
                _("{policy} does not define the claim {claim}, by which people are known.").format(
                    policy=effective.policy.id, claim=claim
                ),
                _("Compose a new set instead, or add the claim the way your base policy does."),
            )
        return ("BuildingBlocks", "ClaimsSchema"), _claim_type(claim)
    if item.tag == "OutputClaimsTransformation" and key(reference) not in effective.claims_transformations:
        return ("BuildingBlocks", "ClaimsTransformations"), _transformation(reference, effective)
    if item.tag == "UseTechnicalProfileForSessionManagement" and key(reference) not in effective.technical_profiles:
        return ("ClaimsProviders",), _session(reference, effective)
    return (), None


def _walk(item: New) -> Iterable[New]:
    yield item
    for child in item.children:
        yield from _walk(child)


def _claim_type(claim: str) -> New:
    parts = (New("DisplayName", text=claim), New("DataType", text="string"))
    return New("ClaimType", {"Id": claim}, parts)


def _transformation(reference: str, effective: Effective) -> New:
    known = {
        "CreateRandomUPNUserName": (
            "CreateRandomString",
            (),
            (("randomGeneratorType", "GUID"),),
            ("upnUserName", "outputClaim"),
        ),
        "CreateUserPrincipalName": (
            "FormatStringClaim",
            (("upnUserName", "inputClaim"),),
            (("stringFormat", "cpim_{0}@{RelyingPartyTenantId}"),),
            ("userPrincipalName", "outputClaim"),
        ),
    }
    if reference not in known or key("upnUserName") not in effective.claim_types:
        raise _lacks(effective, reference)
    method, inputs, parameters, output = known[reference]
    children = []
    if inputs:
        children.append(New("InputClaims", {}, tuple(_transformed("InputClaim", *one) for one in inputs)))
    values = tuple(New("InputParameter", {"Id": i, "DataType": "string", "Value": v}) for i, v in parameters)
    children.append(New("InputParameters", {}, values))
    children.append(New("OutputClaims", {}, (_transformed("OutputClaim", *output),)))
    return New("ClaimsTransformation", {"Id": reference, "TransformationMethod": method}, tuple(children))


def _transformed(tag: str, claim: str, name: str) -> New:
    return New(tag, {"ClaimTypeReferenceId": claim, "TransformationClaimType": name})


def _session(reference: str, effective: Effective) -> New:
    """SM-SocialLogin: remembers which provider somebody came by, and asks it again each time."""
    if reference != "SM-SocialLogin":
        raise _lacks(effective, reference)
    assembly = "Web.TPEngine, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null"
    handler = f"Web.TPEngine.SSO.ExternalLoginSSOSessionProvider, {assembly}"
    profile = New(
        "TechnicalProfile",
        {"Id": reference},
        (
            New("DisplayName", text="Session of people who come by a provider"),
            New("Protocol", {"Name": "Proprietary", "Handler": handler}),
            New("Metadata", {}, (New("Item", {"Key": "AlwaysFetchClaimsFromProvider"}, text="true"),)),
            New("PersistedClaims", {}, (New("PersistedClaim", {"ClaimTypeReferenceId": "alternativeSecurityId"}),)),
        ),
    )
    parts = (New("DisplayName", text="Session management"), New("TechnicalProfiles", {}, (profile,)))
    return New("ClaimsProvider", {}, parts)


def _lacks(effective: Effective, reference: str) -> Refused:
    return Refused(
        _("{policy} lacks {id}, on which sign-in with a provider leans.").format(
            policy=effective.policy.id, id=reference
        ),
        _("Compose a new set instead, or add it the way the current starter pack does."),
    )
