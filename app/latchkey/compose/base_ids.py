"""The ids that every composed base policy defines: ours, and the field's, since articles and samples build on them.

A test reads them back from composed bases, so the lists can't drift from the templates.
"""

from __future__ import annotations

from latchkey.policy.names import key

_CLAIMS = """
issuerUserId identityProvider alternativeSecurityId objectId tenantId sub userPrincipalName upnUserName mailNickName
displayName givenName surname email otherMails authenticationSource newUser executed-SelfAsserted-Input
objectIdFromSession isActiveMFASession refreshTokenIssuedOnDateTime refreshTokensValidFromDateTime
signInName signInNames.emailAddress password newPassword reenterPassword passwordPolicies accountEnabled
client_id resource_id grant_type scope nca
strongAuthenticationPhoneNumber Verified.strongAuthenticationPhoneNumber newPhoneNumberEntered userIdForMFA
"""
_PROFILES = """
AAD-Common AAD-UserReadUsingAlternativeSecurityId AAD-UserReadUsingAlternativeSecurityId-NoError
AAD-UserWriteUsingAlternativeSecurityId AAD-UserReadUsingObjectId AAD-UserWriteProfileUsingObjectId
SelfAsserted-Social SelfAsserted-ProfileUpdate SM-Noop SM-AAD SM-SocialSignup SM-SocialLogin SM-jwt-issuer
JwtIssuer RefreshTokenReadAndSetup AAD-UserReadUsingObjectId-CheckRefreshTokenDate
TpEngine_c3bd4fe2-1775-4013-b91d-35f16d377d13
login-NonInteractive AAD-UserReadUsingEmailAddress AAD-UserWriteUsingLogonEmail AAD-UserWritePasswordUsingObjectId
SelfAsserted-LocalAccountSignin-Email LocalAccountSignUpWithLogonEmail LocalAccountDiscoveryUsingEmailAddress
LocalAccountWritePasswordUsingObjectId
PhoneFactor-InputOrVerify AAD-UserWritePhoneNumberUsingObjectId SM-MFA
"""
_EXCHANGES = """
AADUserReadUsingAlternativeSecurityId SelfAsserted-Social AADUserWrite AADUserRead B2CUserProfileUpdateExchange
RefreshTokenSetupExchange CheckRefreshTokenDateFromAadExchange
LocalAccountSigninEmailExchange SignUpWithLogonEmailExchange AADUserReadWithObjectId
PasswordResetUsingEmailAddressExchange NewCredentials
PhoneFactor-Verify AADUserWriteWithObjectId PhoneFactor
"""

CLAIM_TYPES = {key(claim): claim for claim in _CLAIMS.split()}
"""Claim types of all kinds of base, folded id → id as defined."""

FREE_CLAIMS = frozenset(
    map(key, ("issuerUserId", "displayName", "givenName", "surname", "email", "mailNickName", "otherMails"))
)
"""Of these, the ones that an identity provider may fill. The others steer journeys, or hold what only Azure knows: with
an objectId from outside, for one, the steps that open the account are skipped."""

TECHNICAL_PROFILES = frozenset(map(key, _PROFILES.split()))
EXCHANGES = frozenset(map(key, _EXCHANGES.split()))
JOURNEYS = frozenset(map(key, ("RedeemRefreshToken",)))
LOCAL_JOURNEYS = JOURNEYS | frozenset(map(key, ("SignUpOrSignIn", "ProfileEdit", "PasswordReset")))

POLICY_KEYS = frozenset(map(key, ("TokenSigningKeyContainer", "TokenEncryptionKeyContainer")))
"""Policy keys that the base uses for itself: a provider's secret under such a name would break every token."""

_OPTION_PROFILES = """
ForgotPassword LocalAccountWritePasswordUsingObjectId-SignedIn SelfAsserted-Social-Email EmailFromOtherMails
"""
BLOCK_CLAIMS = {key(claim): claim for claim in ("numericUserId", "isForgotPassword")}
BLOCK_PROFILES = frozenset(map(key, ("SM-Saml-idp", *_OPTION_PROFILES.split())))
BLOCK_EXCHANGES = frozenset(map(key, ("ForgotPasswordExchange", "SelfAsserted-Social-Email", "EmailFromDirectory")))
"""What the building blocks that providers share (templates/providers/blocks), and the options of a set
(templates/policies/options.xml.j2), define beside the base."""
