"""The ids that every composed base policy defines: ours, and the field's, since articles and samples build on them.

A test reads them back from the composed base, so the lists can't drift from the templates.
"""

from __future__ import annotations

from latchkey.policy.names import key

_CLAIMS = (
    "issuerUserId identityProvider alternativeSecurityId objectId tenantId sub userPrincipalName upnUserName "
    "mailNickName displayName givenName surname email otherMails authenticationSource newUser executed-SelfAsserted-Input "
    "objectIdFromSession isActiveMFASession refreshTokenIssuedOnDateTime refreshTokensValidFromDateTime"
)
_LOCAL_CLAIMS = (
    "signInName signInNames.emailAddress password newPassword reenterPassword passwordPolicies accountEnabled "
    "client_id resource_id grant_type scope nca"
)
_PHONE_CLAIMS = (
    "strongAuthenticationPhoneNumber Verified.strongAuthenticationPhoneNumber newPhoneNumberEntered userIdForMFA"
)
_PROFILES = (
    "AAD-Common AAD-UserReadUsingAlternativeSecurityId AAD-UserReadUsingAlternativeSecurityId-NoError "
    "AAD-UserWriteUsingAlternativeSecurityId AAD-UserReadUsingObjectId AAD-UserWriteProfileUsingObjectId "
    "SelfAsserted-Social SelfAsserted-ProfileUpdate SM-Noop SM-AAD SM-SocialSignup SM-SocialLogin SM-jwt-issuer "
    "JwtIssuer RefreshTokenReadAndSetup AAD-UserReadUsingObjectId-CheckRefreshTokenDate "
    "TpEngine_c3bd4fe2-1775-4013-b91d-35f16d377d13"
)
_LOCAL_PROFILES = (
    "login-NonInteractive AAD-UserReadUsingEmailAddress AAD-UserWriteUsingLogonEmail "
    "AAD-UserWritePasswordUsingObjectId SelfAsserted-LocalAccountSignin-Email LocalAccountSignUpWithLogonEmail LocalAccountDiscoveryUsingEmailAddress "
    "LocalAccountWritePasswordUsingObjectId"
)
_PHONE_PROFILES = "PhoneFactor-InputOrVerify AAD-UserWritePhoneNumberUsingObjectId SM-MFA"
_EXCHANGES = (
    "AADUserReadUsingAlternativeSecurityId SelfAsserted-Social AADUserWrite AADUserRead B2CUserProfileUpdateExchange "
    "RefreshTokenSetupExchange CheckRefreshTokenDateFromAadExchange"
)
_LOCAL_EXCHANGES = (
    "LocalAccountSigninEmailExchange SignUpWithLogonEmailExchange AADUserReadWithObjectId "
    "PasswordResetUsingEmailAddressExchange NewCredentials"
)
_PHONE_EXCHANGES = "PhoneFactor-Verify AADUserWriteWithObjectId PhoneFactor"

CLAIM_TYPES = {key(id_): id_ for id_ in f"{_CLAIMS} {_LOCAL_CLAIMS} {_PHONE_CLAIMS}".split()}
"""Claim types of all kinds of base, folded id → id as defined."""

FREE_CLAIMS = frozenset(
    map(key, ("issuerUserId", "displayName", "givenName", "surname", "email", "mailNickName", "otherMails"))
)
"""Of these, the ones that an identity provider may fill. The others steer journeys, or hold what only Azure knows: with
an objectId from outside, for one, the steps that open the account are skipped."""

TECHNICAL_PROFILES = frozenset(map(key, f"{_PROFILES} {_LOCAL_PROFILES} {_PHONE_PROFILES}".split()))
EXCHANGES = frozenset(map(key, f"{_EXCHANGES} {_LOCAL_EXCHANGES} {_PHONE_EXCHANGES}".split()))
BLOCK_CLAIMS = {key(id_): id_ for id_ in ("numericUserId",)}
BLOCK_PROFILES = frozenset(map(key, ("SM-Saml-idp",)))
"""What the shared building blocks of providers define beside the base."""
JOURNEYS = frozenset(map(key, ("RedeemRefreshToken",)))
LOCAL_JOURNEYS = JOURNEYS | frozenset(map(key, ("SignUpOrSignIn", "ProfileEdit", "PasswordReset")))
POLICY_KEYS = frozenset(map(key, ("TokenSigningKeyContainer", "TokenEncryptionKeyContainer")))
"""Policy keys that the base uses for itself: a provider's secret under such a name would break every token."""
