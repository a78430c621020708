"""Rules on technical profiles that read and write the directory (AzureActiveDirectoryProvider)."""

from __future__ import annotations

from collections.abc import Iterator

from latchkey.check.rule import Hit, Hits
from latchkey.check.suggest import similar
from latchkey.check.view import View
from latchkey.policy.model import Claim, TechnicalProfile
from latchkey.policy.names import key
from latchkey.text import _

_EXTENSION = "extension_"
# https://learn.microsoft.com/azure/active-directory-b2c/user-profile-attributes and active-directory-technical-profile;
# names with a dot (signInNames.…) are parts of an attribute.
_ATTRIBUTES = (
    "accountEnabled", "ageGroup", "alternativeSecurityId", "alternativeSecurityIds", "businessPhones", "city",
    "companyName", "consentProvidedForMinor", "country", "createdDateTime", "creationType", "dateOfBirth", "department",
    "displayName", "employeeId", "facsimileTelephoneNumber", "givenName", "groups", "identities", "immutableId",
    "jobTitle", "legalAgeGroupClassification", "legalCountry", "mail", "mailNickName", "mobile", "mobilePhone", "netId",
    "newClaimsPrincipalCreated", "objectId", "objectIdentities", "officeLocation", "onPremisesImmutableId",
    "otherMails", "password", "passwordPolicies", "passwordProfile", "physicalDeliveryOfficeName", "postalCode",
    "preferredLanguage", "proxyAddresses", "refreshTokensValidFromDateTime", "signInNames", "state", "streetAddress",
    "strongAuthenticationAlternativePhoneNumber", "strongAuthenticationAppPhoneNumber",
    "strongAuthenticationEmailAddress", "strongAuthenticationPhoneNumber", "surname", "telephoneNumber",
    "usageLocation", "userIdentities", "userPrincipalName", "userState", "userStateChangedOn", "userType",
)  # fmt: skip
_KNOWN = frozenset(key(name) for name in _ATTRIBUTES)


def claim_supported(view: View) -> Hits:
    """What is written to or read from the directory is an attribute that it has, or one of your own (extension_…):
    "Persisted Claim … is not supported in Azure Active Directory Provider technical profile", "Output Claim … is not
    supported … add AlwaysUseDefaultValue" (https://github.com/azure-ad-b2c/saml-sp/issues/5).
    """
    for own in view.policy.technical_profiles:
        if not is_directory(view.effective.expanded(own.id)):
            continue
        for claim in own.persisted_claims:
            if not _supported(claim):
                yield _unsupported(
                    claim, own, _("“{profile}” writes “{name}” into the directory, which has no such attribute.")
                )
        for claim in own.output_claims:
            if claim.default is None and not _supported(claim):
                yield _unsupported(
                    claim, own, _("“{profile}” reads “{name}” from the directory, which has no such attribute.")
                )


def is_directory(profile: TechnicalProfile | None) -> bool:
    """A profile that reads or writes users in the directory."""
    return profile is not None and "AzureActiveDirectoryProvider" in (profile.handler or "")


def _supported(claim: Claim) -> bool:
    name = key(claim.partner or claim.claim)
    return not name or name in _KNOWN or name.startswith(_EXTENSION) or "." in name


def _unsupported(claim: Claim, profile: TechnicalProfile, message: str) -> Hit:
    name = claim.partner or claim.claim
    guess = similar(name, _ATTRIBUTES)
    if guess:
        hint = _("Did you mean “{guess}”?").format(guess=guess)
    else:
        hint = _("Keep it in an attribute of your own, named extension_{name}, or take the claim out.").format(
            name=name
        )
    return Hit(claim.where, message.format(profile=profile.id, name=name), hint)


def extension_app(view: View) -> Hits:
    """Attributes of your own need to know their app: "A required Metadata item with key "ApplicationObjectId" was not
    found in the TechnicalProfile" (https://github.com/azure-ad-b2c/samples/issues/391).

    https://learn.microsoft.com/azure/active-directory-b2c/user-flow-custom-attributes
    """
    flow = view.flow
    for profile, _where in flow.called if flow is not None else ():
        if not is_directory(profile) or not any(_own_attributes(profile)):
            continue
        missing = [name for name in ("ClientId", "ApplicationObjectId") if not profile.metadata_value(name)]
        if missing:
            yield Hit(
                profile.where,
                _(
                    "“{profile}” uses attributes of your own, but {settings} of the app that holds them is missing."
                ).format(profile=profile.id, settings=_(" and ").join(missing)),
                _("Add both to the Metadata of AAD-Common; the portal shows them for b2c-extensions-app."),
            )


def _own_attributes(profile: TechnicalProfile) -> Iterator[str]:
    for claim in (*profile.input_claims, *profile.persisted_claims, *profile.output_claims):
        name = claim.partner or claim.claim
        if key(name).startswith(_EXTENSION):
            yield name
