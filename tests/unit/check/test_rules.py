"""For each rule a pair: the sound small set passes, and the set broken in one place trips this rule only, on the line to
change.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from helpers.small_set import BASE, EXTENSIONS, PARTY, broken_set, found_in, line_of, policy, small_set
from latchkey.check.finding import Level
from latchkey.check.rule import Rule
from latchkey.check.table import FILE_RULES, LEVEL_RULES, PARTY_RULES, SET_RULES


class Break(NamedTuple):
    """One text replaced in one file; `at` is the text, after that, that begins on the line to change."""

    rule: str
    file: str
    old: str
    new: str
    at: str
    said: str = ""


TABLE: dict[str, Rule[object]] = {rule.id: rule for rule in (*SET_RULES, *FILE_RULES, *LEVEL_RULES, *PARTY_RULES)}  # type: ignore[misc]

BREAKS = (
    # the file
    Break("xml-namespace", BASE, "<DataType>string", '<DataType xmlns="">string', "<DataType xmlns"),
    Break("xml-namespace", BASE, "http://schemas.microsoft.com/online", "https://schemas.microsoft.com/online", "<TrustF"),
    Break("no-empty-container", BASE, '<ValidationTechnicalProfile ReferenceId="AAD-Check" />', "", "<ValidationTechnicalProfiles>"),
    Break("placeholder-left", EXTENSIONS, "https://litware", "https://yourtenant", "https://yourtenant"),
    Break("placeholder-left", EXTENSIONS, "litware-app", "{Settings:LitwareApp}", "{Settings"),
    Break("placeholder-left", EXTENSIONS, "litware-app", "{{ litware }}", "{{"),
    Break("placeholder-left", EXTENSIONS, "litware-app", "Your Litware application ID", "Your Litware"),
    Break("placeholder-left", EXTENSIONS, "litware-app", "&lt;your app id&gt;", "&lt;your"),
    Break("placeholder-left", EXTENSIONS, "litware-app", "ProxyIdentityExperienceFrameworkAppId", "Proxy"),
    Break("placeholder-left", EXTENSIONS, "litware-app", "00000000-0000-0000-0000-000000000000", "00000000"),
    Break("placeholder-left", EXTENSIONS, "litware-app", "facebook_clientid", "facebook_clientid"),
    Break("element-order", BASE, "<DataType>boolean</DataType>", "<DataType>boolean</DataType><DisplayName>New</DisplayName>", '<ClaimType Id="newUser"', "must stand before “DataType”"),
    Break("element-order", PARTY, '      <SubjectNamingInfo ClaimType="sub" />', '      <SubjectNamingInfo ClaimType="sub" />\n<SubjectNamingInfo ClaimType="sub" />', '<SubjectNamingInfo ClaimType="sub" />\n    </T', "one only"),
    Break("element-order", PARTY, "<Endpoints>", '<ClaimsExchanges />\n<Endpoints>', "<ClaimsExchanges />", "belongs into: OrchestrationStep"),
    Break("element-order", BASE, "</DataType></ClaimType>", '</DataType><UserHelpTxt /></ClaimType>', '<ClaimType Id="issuerUserId"', "Did you mean “UserHelpText”"),
    Break("enum-values", BASE, "<DataType>boolean", "<DataType>Boolean", '<ClaimType Id="newUser"', "Did you mean “boolean”? Possible are: boolean, date"),
    Break("enum-values", PARTY, 'Scope="Tenant"', 'Scope="All"', "<SingleSignOn", "Possible are: Suppressed"),
    Break("enum-values", BASE, 'alternativeSecurityId" Required="true"', 'alternativeSecurityId" Required="yes"', '<InputClaim ClaimTypeReferenceId="alternativeSecurityId" Required="yes"', "true, false"),
    Break("schema-valid", PARTY, ">Allow<", "> Allow <", "<ScriptExecution", "Take the blanks"),
    Break("schema-valid", BASE, ' Required="true"', ' Requird="true"', '<InputClaim ClaimTypeReferenceId="alternativeSecurityId" Requird', "Did you mean “Required”?"),
    Break("schema-valid", BASE, ' TransformationMethod="CreateAlternativeSecurityId"', "", '<ClaimsTransformation Id="CreateAlternativeSecurityId"', "lacks the attribute TransformationMethod"),
    Break("schema-valid", PARTY, '<SingleSignOn Scope="Tenant" />', '<SingleSignOn Scope="Tenant"> </SingleSignOn>', "<SingleSignOn", "quite empty"),
    Break("schema-valid", BASE, "<ClaimsSchema>", "<ClaimsSchema>oops", "<ClaimsSchema>", "the text “oops”"),
    Break("schema-valid", BASE, "<ClientUIFilterFlags>LineMarkers</ClientUIFilterFlags>", "", "<ClientDefinition ", "lacks “ClientUIFilterFlags”"),
    Break("schema-valid", PARTY, '<Endpoint Id="Token" UserJourneyReferenceId="Tokens" />', '<Endpoint Id="Token" UserJourneyReferenceId="Tokens" />\n<Endpoint Id="token" UserJourneyReferenceId="Tokens" />', '<Endpoint Id="token"', "already"),
    Break("schema-valid", PARTY, '<SingleSignOn Scope="Tenant" />', '<SingleSignOn Scope="Tenant" KeepAliveInDays="many" />', "<SingleSignOn", "For example: 1."),
    # who a policy is
    Break("policy-schema-version", PARTY, '"0.3.0.0"', '"0.3.0.1"', 'PolicySchemaVersion="0.3.0.1"'),
    Break("tenant-matches", PARTY, 'TenantId="litware.', 'TenantId="litwarre.', 'TenantId="litwarre.'),
    Break("tenant-matches", PARTY, "<TenantId>litware.", "<TenantId>litwarre.", "<TenantId>"),
    Break("tenant-id-format", BASE, " TenantId=", ' TenantObjectId="42" TenantId=', "TenantObjectId"),
    Break("policy-id-format", PARTY, 'PolicyId="B2C_1A_S', 'PolicyId="B2C_1_S', "PolicyId=", "user flows"),
    Break("policy-id-format", PARTY, 'PolicyId="B2C_1A_S', 'PolicyId="S', "PolicyId=", "start with B2C_1A_"),
    Break("policy-id-format", PARTY, 'PolicyId="B2C_1A_S', 'PolicyId="B2C_1A_ S', "PolicyId=", "can't be"),
    Break("policy-id-unique", PARTY, 'PolicyId="B2C_1A_SignIn', 'PolicyId="b2c_1a_BASE', "PolicyId=", "replace the first"),
    Break("public-policy-uri", PARTY, "http://litware.onmicrosoft.com/B2C_1A_SignIn", "", "PublicPolicyUri"),
    Break("deployment-mode", PARTY, " TenantId=", ' DeploymentMode="Development" TenantId=', "DeploymentMode"),
    Break("base-exists", PARTY, "<PolicyId>B2C_1A_Extensions", "<PolicyId>B2C_1A_Extension", "<PolicyId>", "Extensions”?"),
    Break("base-not-user-flow", PARTY, "<PolicyId>B2C_1A_Extensions", "<PolicyId>B2C_1_Extensions", "<PolicyId>"),
    Break("journey-recorder", PARTY, " TenantId=", ' UserJourneyRecorderEndpoint="urn:x" TenantId=', "UserJourneyRecorderEndpoint"),
    # names that must be defined
    Break("claim-type-exists", EXTENSIONS, '"displayName"', '"UserId"', '"UserId"', "“issuerUserId”"),
    Break("claim-type-exists", EXTENSIONS, "<Value>objectId", "<Value>objectID2", "<Precondition ", "“objectId”"),
    Break("claims-transformation-exists", EXTENSIONS, "          </OutputClaimsTransformations>",
          '<OutputClaimsTransformation ReferenceId="CreateSubject" /></OutputClaimsTransformations>', '"CreateSubject"'),
    Break("technical-profile-exists", BASE, '<ValidationTechnicalProfile ReferenceId="AAD-Check"',
          '<ValidationTechnicalProfile ReferenceId="AAD-Chek"', 'ReferenceId="AAD-Chek"', "“AAD-Check”"),
    Break("technical-profile-exists", EXTENSIONS, '="JwtIssuer"', '="Issuer"', '<OrchestrationStep Order="5"'),
    Break("include-technical-profile", BASE, 'IncludeTechnicalProfile ReferenceId="AAD-Common"',
          'IncludeTechnicalProfile ReferenceId="AAD"', "<IncludeTechnicalProfile"),
    Break("content-definition-exists", BASE, "api.selfasserted</Item>", "api.selfassertd</Item>",
          '<Item Key="ContentDefinitionReferenceId">', "“api.selfasserted”"),
    Break("content-definition-exists", EXTENSIONS, ' ContentDefinitionReferenceId="api.signuporsignin"', "",
          '<OrchestrationStep Order="1"'),
    Break("other-references-exist", EXTENSIONS, 'JourneyReferenceId="Greet"', 'JourneyReferenceId="Great"', "<Candidate", "“Greet”"),
    Break("other-references-exist", EXTENSIONS, 'ReferenceId="DefaultWeb"', 'ReferenceId="Web"', "<ClientDefinition"),
    Break("other-references-exist", BASE, 'ReferenceId="signin.en"', 'ReferenceId="signin.fr"', "<LocalizedResourcesReference "),
    Break("other-references-exist", BASE, '<PredicateReference Id="LongEnough"', '<PredicateReference Id="L"', "<PredicateReference "),
    Break("other-references-exist", BASE, '<PredicateValidationReference Id="StrongPassword"',
          '<PredicateValidationReference Id="Strong"', "<PredicateValidationReference"),
    Break("id-case-drift", PARTY, '"displayName"', '"displayname"', '"displayname"'),
    Break("duplicate-id-in-file", BASE, "    </Predicates>", '<Predicate Id="LongEnough" Method="Same" /></Predicates>', '<Predicate Id="LongEnough" Method="Same"'),
    Break("duplicate-id-in-file", BASE, "      </TechnicalProfiles>",
          '<TechnicalProfile Id="JwtIssuer" /></TechnicalProfiles>', '<TechnicalProfile Id="JwtIssuer" />'),
    Break("duplicate-metadata-key", EXTENSIONS, "litware-app</Item>", 'litware-app</Item>\n<Item Key="client_id">2</Item>', '<Item Key="client_id">2'),
    Break("claims-transformation-signature", BASE, 'ClaimType="key"', 'ClaimType="clef"', '"clef"', "Write “key”"),
    Break("claims-transformation-signature", BASE, 'Id="stringFormat"', 'Id="format"', 'Id="format"', "Write “stringFormat”"),
    Break("claims-transformation-signature", BASE, '        <InputParameters>\n          <InputParameter Id="randomGeneratorType" DataType="string" Value="GUID" />\n        </InputParameters>\n',
          "", '<ClaimsTransformation Id="CreateRandomUPNUserName"', "“randomGeneratorType”"),
    Break("localized-button", BASE, 'StringId="LitwareExchange"', 'StringId="LitwereExchange"', "<LocalizedString ", "“LitwareExchange”"),
    # the steps of a journey
    Break("steps-contiguous", EXTENSIONS, 'Step Order="5"', 'Step Order="6"', '<OrchestrationStep Order="6"', "from 4 to 6"),
    Break("first-step-valid", BASE, 'Order="1" Type="ClaimsExchange"',
          'Order="1" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="JwtIssuer"', '<OrchestrationStep Order="1"'),
    Break("send-claims-last", EXTENSIONS, 'Type="SendClaims"', 'Type="Noop"', '<OrchestrationStep Order="5"', "never finishes"),
    Break("send-claims-last", BASE, ' CpimIssuerTechnicalProfileReferenceId="JwtIssuer"', "", '<OrchestrationStep Order="2"', "who writes"),
    Break("multi-exchange-needs-selection", EXTENSIONS, '<ClaimsExchange Id="ReadExchange"',
          '<ClaimsExchange Id="Two" TechnicalProfileReferenceId="AAD-Check" />\n<ClaimsExchange Id="ReadExchange"', '<OrchestrationStep Order="3"'),
    Break("selection-target-in-next-step", EXTENSIONS, "          </ClaimsProviderSelections>",
          '<ClaimsProviderSelection TargetClaimsExchangeId="Gone" />\n</ClaimsProviderSelections>',
          '<ClaimsProviderSelection TargetClaimsExchangeId="Gone"', "nothing happens"),
    Break("selection-validation-in-same-step", EXTENSIONS, 'ValidationClaimsExchangeId="LocalExchange"',
          'ValidationClaimsExchangeId="Local"', "<ClaimsProviderSelection Validation"),
    Break("selection-exactly-one-attr", EXTENSIONS, 'ValidationClaimsExchangeId="LocalExchange"',
          'ValidationClaimsExchangeId="LocalExchange" TargetClaimsExchangeId="SignUpExchange"', "<ClaimsProviderSelection Validation"),
    Break("selection-exactly-one-attr", EXTENSIONS, "          </ClaimsProviderSelections>",
          "<ClaimsProviderSelection />\n</ClaimsProviderSelections>", "<ClaimsProviderSelection />"),
    Break("selection-on-wrong-type", BASE, "          <ClaimsExchanges>", "<ClaimsProviderSelections>\n<ClaimsProviderSelection "
          'TargetClaimsExchangeId="X" />\n</ClaimsProviderSelections><ClaimsExchanges>', "<ClaimsProviderSelection "),
    Break("precondition-valid", EXTENSIONS, "<Value>objectId</Value>", "<Value>objectId</Value><Value>1</Value>", "<Precondition "),
    Break("precondition-valid", EXTENSIONS, '"ClaimsExist"', '"ClaimExists"', "<Precondition "),
    Break("precondition-valid", EXTENSIONS, "SkipThisOrchestrationStep", "SkipThisStep", "<Precondition "),
    Break("precondition-valid", EXTENSIONS, '"ClaimsExist" ExecuteActionsIf="true">\n              <Value>objectId</Value>',
          '"ClaimEquals" ExecuteActionsIf="true"><Value>newUser</Value><Value>true</Value>', "<Precondition ", "Write True"),
    Break("exchange-id-unique-in-journey", EXTENSIONS, 'Exchange Id="ReadExchange"', 'Exchange Id="SignUpExchange"',
          '<ClaimsExchange Id="SignUpExchange" TechnicalProfileReferenceId="AAD-Read"'),
    Break("subjourney-rules", BASE, ' Type="Call"', "", "<SubJourney Id"),
    # the relying party
    Break("rp-journey-exists", PARTY, 'ReferenceId="CustomSignIn"', 'ReferenceId="CustomSignUp"', "<DefaultUser", "“CustomSignIn”"),
    Break("rp-journey-exists", PARTY, 'ReferenceId="Tokens"', 'ReferenceId="Token"', "<Endpoint ", "“Tokens”"),
    Break("rp-journey-exists", PARTY, '    <DefaultUserJourney ReferenceId="CustomSignIn" />\n', "", "<RelyingParty>"),
    Break("rp-profile-id", PARTY, 'Id="PolicyProfile"', 'Id="Policy"', '<TechnicalProfile Id="Policy"'),
    Break("rp-subject", PARTY, 'Info ClaimType="sub"', 'Info ClaimType="oid"', "<SubjectNamingInfo"),
    Break("rp-protocol", PARTY, 'Protocol Name="OpenIdConnect"', 'Protocol Name="WsFed"', "<Protocol"),
    Break("rp-behaviors-order", PARTY, '      <SingleSignOn Scope="Tenant" />\n      <ScriptExecution>Allow</ScriptExecution>',
          '      <ScriptExecution>Allow</ScriptExecution>\n      <SingleSignOn Scope="Tenant" />', "<SingleSignOn"),
    # the flow of claims
    Break("required-input-produced", EXTENSIONS, '"AAD-Read"', '"AAD-ReadNew"', '<ClaimsExchange Id="ReadExchange"', "“newUser”"),
    Break("rp-output-produced", PARTY, '"displayName"', '"newUser"', '"newUser"'),
    Break("signup-target", BASE, '"SignUpTarget">SignUpExchange', '"SignUpTarget">SignUp', '<Item Key="SignUpTarget">'),
    Break("exchange-without-button", EXTENSIONS, '<ClaimsProviderSelection TargetClaimsExchangeId="ProsewareExchange" />', "",
          '<ClaimsExchange Id="ProsewareExchange"'),
    # what must be there, and once only
    Break("listed-twice", PARTY, '<OutputClaim ClaimTypeReferenceId="displayName" />', '<OutputClaim ClaimTypeReferenceId="displayName" />\n'
          '<OutputClaim ClaimTypeReferenceId="displayName" />\n<!-- -->', '<OutputClaim ClaimTypeReferenceId="displayName" />\n<!--', "already, in line"),
    Break("listed-twice", BASE, "<SupportedLanguage>en</SupportedLanguage>", "<SupportedLanguage>en</SupportedLanguage>\n<SupportedLanguage>en</SupportedLanguage><!-- -->",
          "<SupportedLanguage>en</SupportedLanguage><!--"),
    Break("name-misspelt", PARTY, 'Endpoint Id="Token"', 'Endpoint Id="Tokn"', "<Endpoint ", "Write “Token”."),
    Break("name-misspelt", BASE, '"CreateRandomString"', '"CreateRandomStrng"', '<ClaimsTransformation Id="CreateRandomUPNUserName"', "Write “CreateRandomString”."),
    Break("name-misspelt", BASE, 'ElementType="ClaimsProvider"', 'ElementType="ClaimProvider"', "<LocalizedString ", "Write “ClaimsProvider”."),
    Break("name-misspelt", BASE, 'Id="issuer_secret"', 'Id="isuer_secret"', "<Key ", "Write “issuer_secret”."),
    Break("name-misspelt", BASE, 'Handler="Sessions"', 'Handler="Web.TPEngine.SSO.NoopSSOSessionProvder, Web.TPEngine"', '<TechnicalProfile Id="SM-Social"', "Write “NoopSSOSessionProvider”."),
    Break("claim-type-complete", BASE, '<ClaimType Id="newUser"><DataType>boolean</DataType></ClaimType>', '<ClaimType Id="newUser" />', '<ClaimType Id="newUser" />'),
    Break("content-definition-complete", BASE, "        <LoadUri>~/tenant/default/selfAsserted.cshtml</LoadUri>\n", "", '<ContentDefinition Id="api.selfasserted"', "LoadUri"),
    Break("step-not-empty", BASE, '            <ClaimsExchange Id="GreetExchange" TechnicalProfileReferenceId="AAD-Check" />\n', "",
          '<OrchestrationStep Order="1" Type="ClaimsExchange">\n          <ClaimsExchanges>\n          </Cl'),
    Break("localized-claim", BASE, "<LocalizedStrings>", '<LocalizedStrings><LocalizedString ElementType="ClaimType" ElementId="displayNam" StringId="DisplayName">x</LocalizedString>',
          "<LocalizedResources Id", "“displayName”"),
    Break("localized-language", BASE, 'Language="en"', 'Language="fr"', "<LocalizedResourcesReference ", "“fr”"),
    Break("localized-language", BASE, 'DefaultLanguage="en"', 'DefaultLanguage="de"', "<SupportedLanguages ", "“de”"),
    Break("handler-required-metadata", BASE, '<TechnicalProfile Id="SignUp-Local">\n          <Protocol Name="Proprietary" Handler="Form" />',
          '<TechnicalProfile Id="SignUp-Local">\n          <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />',
          '<TechnicalProfile Id="SignUp-Local">', "ServiceUrl"),
    Break("key-missing", BASE, '<TechnicalProfile Id="JwtIssuer"><Protocol Name="None" />', '<TechnicalProfile Id="JwtIssuer"><Protocol Name="None" /><OutputTokenFormat>JWT</OutputTokenFormat>',
          '<TechnicalProfile Id="JwtIssuer"', "issuer_secret"),
    Break("key-missing", EXTENSIONS, '<Protocol Name="OpenIdConnect" />\n          <Metadata>\n            <Item Key="METADATA">https://litware.example/.well-known/openid-configuration</Item>\n'
          '            <Item Key="client_id">litware-app</Item>\n            <Item Key="response_types">code</Item>\n            <Item Key="HttpBinding">POST</Item>\n'
          '            <Item Key="UsePolicyInRedirectUri">false</Item>\n          </Metadata>\n          <CryptographicKeys>\n'
          '            <Key Id="client_secret" StorageReferenceId="B2C_1A_LitwareSecret" />\n          </CryptographicKeys>\n',
          '<Protocol Name="OAuth2" />\n          <Metadata>\n            <Item Key="authorization_endpoint">https://litware.example/a</Item>'
          '<Item Key="AccessTokenEndpoint">https://litware.example/t</Item><Item Key="ClaimsEndpoint">https://litware.example/c</Item>'
          '<Item Key="client_id">litware-app</Item><Item Key="UsePolicyInRedirectUri">false</Item></Metadata>\n',
          '<TechnicalProfile Id="Litware-OpenIdConnect"', "client_secret"),
    # identity providers
    Break("tp-has-protocol", BASE, '<Protocol Name="None" />', "", '<TechnicalProfile Id="JwtIssuer"'),
    Break("tp-has-protocol", BASE, ' Handler="Sessions"', "", '<TechnicalProfile Id="SM-Social"'),
    Break("client-id-present", EXTENSIONS, ">litware-app<", "><", '<Item Key="client_id"><', "Litware"),
    Break("client-id-present", EXTENSIONS, '<Item Key="client_id">litware-app</Item>', "", "<TechnicalProfile Id="),
    Break("idp-required-metadata", EXTENSIONS, 'Key="METADATA"', 'Key="Metadata"', "<TechnicalProfile Id=", "“METADATA”"),
    Break("idp-claims-complete", EXTENSIONS, '"socialIdpAuthentication"', '"social"', "<TechnicalProfile Id=", "authenticationSource"),
    Break("idp-claims-complete", EXTENSIONS, '            <OutputClaimsTransformation ReferenceId="CreateUserPrincipalName" />\n', "", "<TechnicalProfile Id=", "CreateUser"),
    Break("idp-claims-complete", EXTENSIONS, '"issuerUserId"', '"signInName"', "<TechnicalProfile Id=", "“issuerUserId”"),
    Break("idp-claims-complete", EXTENSIONS, '"proseware.com"', '"Litware.com"', '"Litware.com"', "mixed up"),
    Break("use-policy-in-redirect-uri-false", EXTENSIONS, ">false<", ">true<", '<Item Key="UsePolicyInRedirectUri">'),
    Break("oidc-response", EXTENSIONS, '"client_secret"', '"other"', '<Item Key="response_types">', "client_secret"),
    Break("oidc-response", EXTENSIONS, '<Item Key="response_types">code',
          '<Item Key="response_mode">query</Item>\n<Item Key="response_types">id_token', '<Item Key="response_mode">'),
    Break("metadata-known", EXTENSIONS, 'Key="HttpBinding"', 'Key="HttpBindng"', '<Item Key="HttpBindng">', "Did you mean “HttpBinding”?"),
    Break("metadata-known", EXTENSIONS, '<Item Key="HttpBinding">', '<Item Key="ClaimsEndpoint">https://x.example/</Item>\n<Item Key="HttpBinding">', '<Item Key="ClaimsEndpoint">', "OAuth2, OAuth1 profiles have it"),
    Break("metadata-known", EXTENSIONS, '<Item Key="HttpBinding">', '<Item Key="Colour">x</Item>\n<Item Key="HttpBinding">', '<Item Key="Colour">', "Check its spelling"),
    Break("metadata-value", EXTENSIONS, '"response_types">code', '"response_types">cod', '<Item Key="response_types">', "Did you mean “code”? Possible are: id_token, code, token."),
    Break("issuer-check", EXTENSIONS, "https://litware.example/", "https://login.microsoftonline.com/common/v2.0/", '<Item Key="METADATA">'),
    Break("enabled-for-user-journeys", EXTENSIONS, '<UseTechnicalProfileForSessionManagement ReferenceId="SM-Social" />',
          '<UseTechnicalProfileForSessionManagement ReferenceId="SM-Social" /><EnabledForUserJourneys>false</EnabledForUserJourneys>',
          '<TechnicalProfile Id="Litware-OpenIdConnect"'),
    Break("authentication-source-value", EXTENSIONS, '"ClaimsExist" ExecuteActionsIf="true">\n              <Value>objectId</Value>',
          '"ClaimEquals" ExecuteActionsIf="true"><Value>authenticationSource</Value><Value>socialIdpAuthentification</Value>', "<Precondition ",
          "Did you mean “socialIdpAuthentication”?"),
    Break("claim-resolver-switch", EXTENSIONS, 'PartnerClaimType="name"', 'PartnerClaimType="name" DefaultValue="{OIDC:LoginHint}"',
          '<OutputClaim ClaimTypeReferenceId="displayName"', "as it stands"),
    Break("claim-resolver-switch", EXTENSIONS, '<Item Key="HttpBinding">POST</Item>\n            <Item Key="UsePolicyInRedirectUri">false</Item>\n          </Metadata>\n'
          '          <CryptographicKeys>\n            <Key Id="client_secret" StorageReferenceId="B2C_1A_LitwareSecret" />\n          </CryptographicKeys>\n          <OutputClaims>\n',
          '<Item Key="HttpBinding">POST</Item><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item><Item Key="UsePolicyInRedirectUri">false</Item></Metadata>'
          '<CryptographicKeys><Key Id="client_secret" StorageReferenceId="B2C_1A_LitwareSecret" /></CryptographicKeys><OutputClaims>\n'
          '<OutputClaim ClaimTypeReferenceId="signInName" DefaultValue="{Context:CorrelationId}" />\n', '<OutputClaim ClaimTypeReferenceId="signInName"', "only where"),
    Break("vtp-duplicate", EXTENSIONS, '        <TechnicalProfile Id="Litware', '<TechnicalProfile Id="SignIn-Local"><ValidationTechnicalProfiles>\n'
          '<ValidationTechnicalProfile ReferenceId="AAD-Check" /></ValidationTechnicalProfiles></TechnicalProfile>\n<TechnicalProfile Id="Litware',
          "<ValidationTechnicalProfile "),
    Break("self-asserted-output", BASE, '<TechnicalProfile Id="SignUp-Local">\n          <Protocol Name="Proprietary" Handler="Form" />',
          '<TechnicalProfile Id="SignUp-Local">\n<Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" /><Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>',
          '<OutputClaim ClaimTypeReferenceId="displayName" />'),
    Break("aad-claim-supported", BASE, 'Handler="Directory" /></T', 'Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" /><Metadata><Item Key="Operation">Read</Item></Metadata>\n<OutputClaims>\n'
          '<OutputClaim ClaimTypeReferenceId="newUser" /></OutputClaims></T', '<OutputClaim ClaimTypeReferenceId="newUser"', "extension_newUser"),
    Break("aad-claim-supported", BASE, 'Handler="Directory" /></T', 'Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" /><Metadata><Item Key="Operation">Read</Item></Metadata>\n<PersistedClaims>\n'
          '<PersistedClaim ClaimTypeReferenceId="displayName" PartnerClaimType="dispalyName" /></PersistedClaims></T', "<PersistedClaim ", "Did you mean “displayName”?"),
    Break("extension-attributes-app", BASE, '<TechnicalProfile Id="AAD-Read">\n          <InputClaims>',
          '<TechnicalProfile Id="AAD-Read">\n<Protocol Name="Proprietary" Handler="AzureActiveDirectoryProvider" /><Metadata><Item Key="Operation">Read</Item><Item Key="ClientId">1</Item></Metadata>\n'
          '<InputClaims><InputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="extension_x" />', '<TechnicalProfile Id="AAD-Read">', "ApplicationObjectId of the app"),
    Break("https-endpoints", EXTENSIONS, "https://litware", "http://litware", '<Item Key="METADATA">'),
    Break("https-endpoints", EXTENSIONS, ".example/.well-known/openid-configuration", ".example/keys", '<Item Key="METADATA">'),
    Break("domain-hint-unique", EXTENSIONS, "<Domain>proseware.com", "<Domain>Litware.com", "<Domain>Litware.com"),
    Break("display-name", EXTENSIONS, "<DisplayName>Proseware</DisplayName>\n          <P", "<DisplayName>LITWARE</DisplayName>\n          <P",
          "<DisplayName>LITWARE"),
    Break("display-name", EXTENSIONS, "<DisplayName>Proseware</DisplayName>\n          <P", "<P",
          '<TechnicalProfile Id="Proseware-OpenIdConnect"', "no text"),
    Break("key-reference-format", EXTENSIONS, '"B2C_1A_LitwareSecret"', '"LitwareSecret"', "<Key Id="),
    Break("no-secret-in-xml", EXTENSIONS, "litware-app</Item>", 'litware-app</Item>\n<Item Key="client_secret">s3cr3t</Item>',
          '<Item Key="client_secret">'),
)  # fmt: skip


def test_the_small_set_is_sound() -> None:
    assert found_in(small_set(), ours=True) == ()
    assert found_in(small_set(), ours=False) == ()


@pytest.mark.parametrize("case", BREAKS, ids=[f"{b.rule}-{n}" for n, b in enumerate(BREAKS)])
def test_one_fault_trips_one_rule_on_the_line_to_change(case: Break) -> None:
    files = broken_set(case.file, case.old, case.new)
    found = found_in(files, ours=True)
    assert [(f.rule, f.file, f.line) for f in found] == [(case.rule, case.file, line_of(files[case.file], case.at))]
    assert case.said in found[0].message + found[0].hint
    assert found[0].message.endswith(".")
    assert found[0].hint.endswith((".", "?", "example."))
    assert f'PolicyId="{found[0].policy}"' in files[case.file]
    theirs = found_in(files, ours=False)
    assert [(f.rule, f.line) for f in theirs] == [(f.rule, f.line) for f in found]
    special = case.rule in ("policy-id-format", "precondition-valid")
    assert special or (found[0].level, theirs[0].level) == (TABLE[case.rule].ours, TABLE[case.rule].theirs)


ELSEWHERE = {
    "rp-profile-exists",
    "selection-step-position",
    "policy-file-name",
    "xml-encoding",
    "file-size",
    "base-acyclic",
    "base-depth",
    "policy-count",
    "same-tp-same-exchange-id",
}


def test_every_rule_has_its_pair() -> None:
    assert {case.rule for case in BREAKS} | ELSEWHERE == set(TABLE)
    assert len(TABLE) == sum(map(len, (SET_RULES, FILE_RULES, LEVEL_RULES, PARTY_RULES)))


def test_every_rule_says_what_it_enforces() -> None:
    for rule in TABLE.values():
        assert rule.look.__doc__, rule.id


def test_an_encoding_that_is_not_utf8_is_a_warning() -> None:
    files: dict[str, str | bytes] = dict(small_set())
    files[PARTY] = small_set()[PARTY].replace('encoding="utf-8"', 'encoding="iso-8859-1"').encode("iso-8859-1")
    assert [(f.rule, f.level, f.file, f.line) for f in found_in(files)] == [("xml-encoding", Level.WARNING, PARTY, 1)]
    files[PARTY] = small_set()[PARTY].replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16")
    assert [(f.rule, f.level) for f in found_in(files)] == [("xml-encoding", Level.WARNING)]


@pytest.mark.parametrize(
    ("size", "level"),
    [(900 * 1024, None), (900 * 1024 + 1, Level.WARNING), (2**20, Level.WARNING), (2**20 + 1, Level.ERROR)],
)
def test_size_is_counted_in_bytes(size: int, level: Level | None) -> None:
    files = small_set()
    files[PARTY] += "<!--" + " " * (size - len(files[PARTY]) - 7) + "-->"
    assert len(files[PARTY]) == size
    assert [(f.rule, f.level, f.file, f.line) for f in found_in(files)] == (
        [("file-size", level, PARTY, 0)] if level else []
    )


def test_a_circle_is_told_once() -> None:
    files = {
        "one.xml": policy("One", builds_on="Two"),
        "two.xml": policy("Two", builds_on="Three"),
        "three.xml": policy("Three", builds_on="One"),
        "leaf.xml": policy("Leaf", builds_on="One"),
    }
    found = found_in(files)
    assert [(f.rule, f.file, f.line) for f in found] == [
        ("base-acyclic", "one.xml", line_of(files["one.xml"], "<PolicyId>"))
    ]
    assert "B2C_1A_One → B2C_1A_Two → B2C_1A_Three → B2C_1A_One" in found[0].message


def test_a_policy_that_builds_on_itself_is_a_circle() -> None:
    assert [f.rule for f in found_in({"one.xml": policy("One", builds_on="one")})] == ["base-acyclic"]


def test_depth_warns_from_eight_and_stops_after_ten() -> None:
    files = {f"{n:02}.xml": policy(f"P{n}", builds_on=f"P{n - 1}" if n > 1 else "") for n in range(1, 13)}
    found = found_in(files)
    assert [(f.rule, f.level, f.file) for f in found] == [
        ("base-depth", Level.WARNING, "08.xml"),
        ("base-depth", Level.ERROR, "11.xml"),
    ]
    assert found[0].line == line_of(files["08.xml"], "<BasePolicy>")


def test_more_policies_than_a_tenant_takes() -> None:
    files = {f"{n:03}.xml": policy(f"P{n}") for n in range(200)}
    assert found_in(files) == ()
    files["200.xml"] = policy("P200")
    assert [(f.rule, f.level, f.file) for f in found_in(files)] == [("policy-count", Level.WARNING, "200.xml")]


def test_a_provider_has_one_exchange_id_in_all_journeys() -> None:
    files = small_set()
    files["Edit.xml"] = files[PARTY].replace("B2C_1A_SignIn", "B2C_1A_Edit").replace("CustomSignIn", "CustomEdit")
    journey = files[EXTENSIONS][
        files[EXTENSIONS].index("    <UserJourney Id") : files[EXTENSIONS].index("  </UserJourneys>")
    ]
    copy = journey.replace("CustomSignIn", "CustomEdit")
    files[EXTENSIONS] = files[EXTENSIONS].replace("  </UserJourneys>", copy + "  </UserJourneys>")
    assert found_in(files, ours=True) == ()
    files[EXTENSIONS] = files[EXTENSIONS].replace(copy, copy.replace('"ProsewareExchange"', '"Proseware2"'))
    found = found_in(files, ours=True)
    assert [(f.rule, f.level, f.file, f.line) for f in found] == [
        (
            "same-tp-same-exchange-id",
            Level.ERROR,
            EXTENSIONS,
            line_of(files[EXTENSIONS], '<ClaimsExchange Id="Proseware2"'),
        )
    ]


def test_providers_offered_in_a_later_step() -> None:
    files = small_set()
    text = files[EXTENSIONS].replace("CombinedSignInAndSignUp", "ClaimsProviderSelection")
    for order in range(5, 0, -1):
        text = text.replace(f'Step Order="{order}"', f'Step Order="{order + 1}"')
    first = """<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges>
          <ClaimsExchange Id="EarlyExchange" TechnicalProfileReferenceId="AAD-Check" /></ClaimsExchanges></OrchestrationStep>
        """
    files[EXTENSIONS] = text.replace('<OrchestrationStep Order="2"', first + '<OrchestrationStep Order="2"')
    found = [f for f in found_in(files, ours=True) if f.rule == "selection-step-position"]
    assert [(f.level, f.file, f.line) for f in found] == [
        (Level.ERROR, EXTENSIONS, line_of(files[EXTENSIONS], '<OrchestrationStep Order="2"'))
    ]


def test_names_of_files_that_windows_takes_for_one() -> None:
    files = {"one.xml": policy("One"), "One.xml": policy("Two")}
    assert [(f.rule, f.file, f.level) for f in found_in(files)] == [("policy-file-name", "One.xml", Level.WARNING)]


def test_a_relying_party_that_says_nothing_of_what_it_sends() -> None:
    files = small_set()
    start, end = files[PARTY].index("    <TechnicalProfile"), files[PARTY].index("  </RelyingParty>")
    files[PARTY] = files[PARTY][:start] + files[PARTY][end:]
    assert [(f.rule, f.line) for f in found_in(files)] == [
        ("rp-profile-exists", line_of(files[PARTY], "<RelyingParty>"))
    ]
