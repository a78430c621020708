"""Names that the documentation lists, though the schema takes any text: a near miss is a typing error.

Names that are not near to any are left alone: the service may know more than its documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from latchkey.check.facts import SIGNATURES
from latchkey.check.rule import Hit, Hits
from latchkey.check.suggest import similar
from latchkey.check.view import View
from latchkey.policy.model import Where
from latchkey.text import N_, _

# https://learn.microsoft.com/azure/active-directory-b2c/claimstransformations: methods that take any names of claims
_FREE_METHODS = (
    "BuildUri", "ConvertStringToPhoneNumberClaim", "CreateOtpSecret", "CreateSubjectIssuer", "FormatLocalizedString",
    "GenerateJson", "GetAgeGroupAndConsentProvided", "GetClaimsFromJsonArray", "GetClaimsFromJsonArrayV2",
    "GetLocalizedStringsTransformation", "GetNationalNumberAndCountryCodeFromPhoneNumberString", "HashStringClaim",
    "IsTermsOfUseConsentRequired", "LookupErrorCode", "LookupValue", "SetClaimsIfRegexMatch",
    "SetClaimsIfStringsAreEqual", "SetClaimsIfStringsMatch", "VerifyTotp", "XmlStringToJsonString",
)  # fmt: skip
# https://learn.microsoft.com/azure/active-directory-b2c/technicalprofiles#types-of-technical-profiles
_HANDLERS = (
    "AadSsprProtocolProvider", "AzureActiveDirectoryProvider", "AzureApplicationInsightsProvider",
    "AzureMfaProtocolProvider", "CaptchaProvider", "ClaimsTransformationProtocolProvider", "DefaultSSOSessionProvider",
    "ExternalLoginSSOSessionProvider", "NoopSSOSessionProvider", "OAuth2AccessTokenProvider", "OAuthSSOSessionProvider",
    "OneTimePasswordProtocolProvider", "PhoneFactorProtocolProvider", "RestfulProvider", "SamlSSOSessionProvider",
    "SelfAssertedAttributeProvider", "UserJourneyContextProvider",
)  # fmt: skip
# https://learn.microsoft.com/azure/active-directory-b2c/technicalprofiles#cryptographic-keys and the pages by protocol
_KEYS = (
    "assertion_signing_key", "BasicAuthenticationPassword", "BasicAuthenticationUsername", "BearerAuthenticationToken",
    "ClientCertificate", "client_assertion_key", "client_secret", "id_token_hint_key", "issuer_refresh_token_key",
    "issuer_secret", "MetadataSigning", "SamlAssertionDecryption", "SamlAssertionEncryption", "SamlAssertionSigning",
    "SamlMessageSigning",
)  # fmt: skip
# https://learn.microsoft.com/azure/active-directory-b2c/localization#localizedstrings
_TEXTS = (
    "ClaimsProvider", "ClaimType", "DisplayControl", "ErrorMessage", "FormatLocalizedStringTransformationClaimType",
    "GetLocalizedStringsTransformationClaimType", "InputValidation", "Predicate", "UxElement",
)  # fmt: skip
_METHODS = (*SIGNATURES, *_FREE_METHODS)
_ENDPOINTS = ("Token", "UserInfo")
_METHOD = N_("a claims transformation's method")
_HANDLER = N_("a handler")
_KEY = N_("a cryptographic key")
_TEXT = N_("a kind of translated text")
_ENDPOINT = N_("an endpoint")


class _Name(NamedTuple):
    written: str
    known: tuple[str, ...]
    what: str
    where: Where


def misspelt(view: View) -> Hits:
    """Handlers, keys, methods and kinds of texts are those that are documented.

    https://learn.microsoft.com/azure/active-directory-b2c/technicalprofiles,
    https://learn.microsoft.com/azure/active-directory-b2c/claimstransformations
    """
    told: set[tuple[str, str]] = set()
    for name in _names(view):
        if name.written.lower() in _folded(name.known) or (name.what, name.written) in told:
            continue
        guess = similar(name.written, name.known)
        if guess:
            told.add((name.what, name.written))
            yield Hit(
                name.where,
                _("“{name}” is probably a typing error: {what} is called “{guess}”.").format(
                    name=name.written[:100], what=_(name.what), guess=guess
                ),
                _("Write “{guess}”.").format(guess=guess),
            )


@cache
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def _names(view: View) -> Iterator[_Name]:
    policy = view.policy
    for transformation in policy.claims_transformations:
        yield _Name(transformation.method, _METHODS, _METHOD, transformation.where)
    for profile in policy.technical_profiles:
        if profile.handler:
            yield _Name(
                profile.handler.partition(",")[0].strip().rpartition(".")[2], _HANDLERS, _HANDLER, profile.where
            )
        for key in profile.keys:
            yield _Name(key.id, _KEYS, _KEY, key.where)
    for resources in policy.localized_resources:
        for string in resources.strings:
            if string.element_type not in _TEXTS:
                yield _Name(string.element_type, _TEXTS, _TEXT, string.where)
    if policy.relying_party is not None:
        for endpoint in policy.relying_party.endpoints:
            yield _Name(endpoint.id, _ENDPOINTS, _ENDPOINT, endpoint.where)
