"""Facts about the policy language that rules look up."""

from __future__ import annotations

from typing import NamedTuple

# What a technical profile must say, by protocol: for each, the keys of which one is enough.
# https://learn.microsoft.com/azure/active-directory-b2c/oauth2-technical-profile (likewise oauth1-, openid-connect-,
# saml-identity-provider-technical-profile). Apple's documented profile has an authorization_endpoint in its place.
REQUIRED_METADATA: dict[str, tuple[tuple[str, ...], ...]] = {
    "OAuth1": (
        ("authorization_endpoint",),
        ("access_token_endpoint",),
        ("request_token_endpoint",),
        ("ClaimsEndpoint",),
        ("ClaimsResponseFormat",),
    ),
    "OAuth2": (
        ("authorization_endpoint", "METADATA"),
        ("AccessTokenEndpoint", "METADATA"),
        ("ClaimsEndpoint", "METADATA"),
    ),
    "OpenIdConnect": (("METADATA", "authorization_endpoint"),),
    "SAML2": (("PartnerEntity",),),
}

# Metadata that holds an address which Azure or the person's browser opens.
ENDPOINTS = (
    "METADATA",
    "authorization_endpoint",
    "AccessTokenEndpoint",
    "ClaimsEndpoint",
    "request_token_endpoint",
    "access_token_endpoint",
    "end_session_endpoint",
)

# By these two technical profiles are known to lead to one and the same provider.
WHERE_PROVIDER_IS = (*ENDPOINTS, "PartnerEntity")

WELL_KNOWN = "/.well-known/openid-configuration"


class Signature(NamedTuple):
    """The names that a TransformationMethod gives its claims and parameters; `*_too` may be left out."""

    inputs: str = ""
    parameters: str = ""
    outputs: str = ""
    parameters_too: str = ""
    outputs_too: str = ""
    inputs_too: str = ""


# https://learn.microsoft.com/azure/active-directory-b2c/claimstransformations and the pages it links, by kind of claim.
# Only methods with a fixed list of names stand here; GenerateJson, LookupValue, BuildUri … take any.
SIGNATURES: dict[str, Signature] = {
    # booleans
    "AndClaims": Signature("inputClaim1 inputClaim2", "", "outputClaim"),
    "OrClaims": Signature("inputClaim1 inputClaim2", "", "outputClaim"),
    "NotClaims": Signature("inputClaim", "", "outputClaim"),
    "AssertBooleanClaimIsEqualToValue": Signature("inputClaim", "valueToCompareTo"),
    "CompareBooleanClaimToValue": Signature("inputClaim", "valueToCompareTo", "compareResult"),
    # dates
    "AssertDateTimeIsGreaterThan": Signature(
        "leftOperand rightOperand",
        "",
        "",
        "AssertIfEqualTo AssertIfRightOperandIsNotPresent TreatAsEqualIfWithinMillseconds",
    ),
    "ConvertDateTimeToDateClaim": Signature("inputClaim", "", "outputClaim"),
    "ConvertDateToDateTimeClaim": Signature("inputClaim", "", "outputClaim"),
    "DateTimeComparison": Signature("firstDateTime secondDateTime", "operator timeSpanInSeconds", "result"),
    "GetCurrentDateTime": Signature("", "", "currentDateTime"),
    # whole numbers
    "AdjustNumber": Signature("inputClaim", "", "outputClaim", "Operator"),
    "AssertNumber": Signature("inputClaim", "CompareToValue Operator", "", "throwError", "outputClaim"),
    "ConvertNumberToStringClaim": Signature("inputClaim", "", "outputClaim"),
    # JSON
    "GetClaimFromJson": Signature("inputJson", "claimToExtract", "extractedClaim"),
    "GetNumericClaimFromJson": Signature("inputJson", "claimToExtract", "extractedClaim"),
    "GetSingleItemFromJson": Signature("inputJson", "", "key value"),
    "GetSingleValueFromJsonArray": Signature("inputJsonClaim", "", "extractedClaim"),
    "CreateJsonArray": Signature("inputClaim", "", "outputClaim"),
    # phone numbers
    "ConvertPhoneNumberClaimToString": Signature("phoneNumber", "", "phoneNumberString"),
    # people at providers
    "CreateAlternativeSecurityId": Signature("key identityProvider", "", "alternativeSecurityId"),
    "AddItemToAlternativeSecurityIdCollection": Signature("item", "", "collection", inputs_too="collection"),
    "GetIdentityProvidersFromAlternativeSecurityIdCollectionTransformation": Signature(
        "alternativeSecurityIdCollection", "", "identityProvidersCollection"
    ),
    "RemoveAlternativeSecurityIdByIdentityProvider": Signature("identityProvider collection", "", "collection"),
    "CreateUserIdentity": Signature("issuer issuerUserId", "", "userIdentity"),
    "AddItemToUserIdentityCollection": Signature("item", "", "collection", inputs_too="collection"),
    "GetIssuersFromUserIdentityCollectionTransformation": Signature("userIdentityCollection", "", "issuersCollection"),
    "RemoveUserIdentityFromCollectionByIssuer": Signature("issuer collection", "", "collection"),
    # lists of strings
    "AddItemToStringCollection": Signature("item", "", "collection", inputs_too="collection"),
    "AddParameterToStringCollection": Signature("", "item", "collection", inputs_too="collection"),
    "GetSingleItemFromStringCollection": Signature("collection", "", "extractedItem"),
    "StringCollectionContains": Signature("inputClaim", "item", "outputClaim", "ignoreCase"),
    "StringCollectionContainsClaim": Signature("collection item", "", "outputClaim", "ignoreCase"),
    # strings
    "AssertStringClaimsAreEqual": Signature("inputClaim1 inputClaim2", "stringComparison"),
    "ChangeCase": Signature("inputClaim1", "toCase", "outputClaim"),
    "CompareClaims": Signature("inputClaim1 inputClaim2", "operator", "outputClaim", "ignoreCase"),
    "CompareClaimToValue": Signature("inputClaim1", "operator compareTo", "outputClaim", "ignoreCase"),
    "CopyClaim": Signature("inputClaim", "", "outputClaim"),
    "CreateRandomString": Signature(
        "", "randomGeneratorType", "outputClaim", "stringFormat base64 maximumNumber seed"
    ),
    "CreateStringClaim": Signature("", "value", "createdClaim"),
    "DoesClaimExist": Signature("inputClaim", "", "outputClaim"),
    "FormatStringClaim": Signature("inputClaim", "stringFormat", "outputClaim"),
    "FormatStringMultipleClaims": Signature("inputClaim1 inputClaim2", "stringFormat", "outputClaim"),
    "GetMappedValueFromLocalizedCollection": Signature("mapFromClaim", "", "restrictionValueClaim"),
    "Hash": Signature("plaintext salt", "randomizerSecret", "hash"),
    "NullClaim": Signature("", "", "claim_to_null"),
    "ParseDomain": Signature("emailAddress", "", "domain"),
    "StringContains": Signature("inputClaim", "contains", "outputClaim", "ignoreCase"),
    "StringJoin": Signature("inputClaim", "delimiter", "outputClaim"),
    "StringReplace": Signature("inputClaim", "oldValue newValue", "outputClaim"),
    "StringSplit": Signature("inputClaim", "delimiter", "outputClaim"),
    "StringSubstring": Signature("inputClaim", "startIndex length", "outputClaim"),
}  # fmt: skip
