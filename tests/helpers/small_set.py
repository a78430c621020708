"""A small sound policy set, to be broken in one place by a test: base, extensions and a relying party."""

from __future__ import annotations

from collections.abc import Mapping

from latchkey.check.checker import check_set
from latchkey.check.finding import Finding
from latchkey.policy.policy_set import PolicyFile, PolicySet

BASE, EXTENSIONS, PARTY = "Base.xml", "Extensions.xml", "SignIn.xml"

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06"
  PolicySchemaVersion="0.3.0.0"
  TenantId="litware.onmicrosoft.com"
  PolicyId="B2C_1A_{name}"
  PublicPolicyUri="http://litware.onmicrosoft.com/B2C_1A_{name}">
"""
_BUILDS_ON = """  <BasePolicy>
    <TenantId>litware.onmicrosoft.com</TenantId>
    <PolicyId>B2C_1A_{name}</PolicyId>
  </BasePolicy>
"""
_BASE = """  <BuildingBlocks>
    <ClaimsSchema>
      <ClaimType Id="issuerUserId"><DataType>string</DataType></ClaimType>
      <ClaimType Id="identityProvider"><DataType>string</DataType></ClaimType>
      <ClaimType Id="alternativeSecurityId"><DataType>string</DataType></ClaimType>
      <ClaimType Id="authenticationSource"><DataType>string</DataType></ClaimType>
      <ClaimType Id="upnUserName"><DataType>string</DataType></ClaimType>
      <ClaimType Id="userPrincipalName"><DataType>string</DataType></ClaimType>
      <ClaimType Id="displayName"><DataType>string</DataType></ClaimType>
      <ClaimType Id="newUser"><DataType>boolean</DataType></ClaimType>
      <ClaimType Id="objectId"><DataType>string</DataType></ClaimType>
      <ClaimType Id="signInName"><DataType>string</DataType></ClaimType>
      <ClaimType Id="password">
        <DataType>string</DataType>
        <PredicateValidationReference Id="StrongPassword" />
      </ClaimType>
    </ClaimsSchema>
    <Predicates>
      <Predicate Id="LongEnough" Method="IsLengthRange" />
    </Predicates>
    <PredicateValidations>
      <PredicateValidation Id="StrongPassword">
        <PredicateGroups><PredicateGroup Id="Length"><PredicateReferences>
          <PredicateReference Id="LongEnough" />
        </PredicateReferences></PredicateGroup></PredicateGroups>
      </PredicateValidation>
    </PredicateValidations>
    <ClaimsTransformations>
      <ClaimsTransformation Id="CreateRandomUPNUserName" TransformationMethod="CreateRandomString">
        <InputParameters>
          <InputParameter Id="randomGeneratorType" DataType="string" Value="GUID" />
        </InputParameters>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="upnUserName" TransformationClaimType="outputClaim" />
        </OutputClaims>
      </ClaimsTransformation>
      <ClaimsTransformation Id="CreateUserPrincipalName" TransformationMethod="FormatStringClaim">
        <InputClaims>
          <InputClaim ClaimTypeReferenceId="upnUserName" TransformationClaimType="inputClaim" />
        </InputClaims>
        <InputParameters>
          <InputParameter Id="stringFormat" DataType="string" Value="cpim_{0}@{RelyingPartyTenantId}" />
        </InputParameters>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="userPrincipalName" TransformationClaimType="outputClaim" />
        </OutputClaims>
      </ClaimsTransformation>
      <ClaimsTransformation Id="CreateAlternativeSecurityId" TransformationMethod="CreateAlternativeSecurityId">
        <InputClaims>
          <InputClaim ClaimTypeReferenceId="issuerUserId" TransformationClaimType="key" />
          <InputClaim ClaimTypeReferenceId="identityProvider" TransformationClaimType="identityProvider" />
        </InputClaims>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="alternativeSecurityId" TransformationClaimType="alternativeSecurityId" />
        </OutputClaims>
      </ClaimsTransformation>
    </ClaimsTransformations>
    <ClientDefinitions>
      <ClientDefinition Id="DefaultWeb"><ClientUIFilterFlags>LineMarkers</ClientUIFilterFlags></ClientDefinition>
    </ClientDefinitions>
    <ContentDefinitions>
      <ContentDefinition Id="api.signuporsignin">
        <LoadUri>~/tenant/default/unified.cshtml</LoadUri>
        <DataUri>urn:com:microsoft:aad:b2c:elements:contract:unifiedssp:2.1.5</DataUri>
        <LocalizedResourcesReferences MergeBehavior="Prepend">
          <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="signin.en" />
        </LocalizedResourcesReferences>
      </ContentDefinition>
      <ContentDefinition Id="api.selfasserted">
        <LoadUri>~/tenant/default/selfAsserted.cshtml</LoadUri>
        <DataUri>urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.1.5</DataUri>
      </ContentDefinition>
    </ContentDefinitions>
    <Localization Enabled="true">
      <SupportedLanguages DefaultLanguage="en"><SupportedLanguage>en</SupportedLanguage></SupportedLanguages>
      <LocalizedResources Id="signin.en"><LocalizedStrings>
        <LocalizedString ElementType="ClaimsProvider" StringId="LitwareExchange">Litware</LocalizedString>
      </LocalizedStrings></LocalizedResources>
    </Localization>
  </BuildingBlocks>
  <ClaimsProviders>
    <ClaimsProvider>
      <DisplayName>Azure</DisplayName>
      <TechnicalProfiles>
        <TechnicalProfile Id="SM-Social"><Protocol Name="Proprietary" Handler="Sessions" /></TechnicalProfile>
        <TechnicalProfile Id="JwtIssuer"><Protocol Name="None" /></TechnicalProfile>
        <TechnicalProfile Id="AAD-Common"><Protocol Name="Proprietary" Handler="Directory" /></TechnicalProfile>
        <TechnicalProfile Id="AAD-Read">
          <InputClaims>
            <InputClaim ClaimTypeReferenceId="alternativeSecurityId" Required="true" />
          </InputClaims>
          <OutputClaims>
            <OutputClaim ClaimTypeReferenceId="objectId" />
          </OutputClaims>
          <IncludeTechnicalProfile ReferenceId="AAD-Common" />
        </TechnicalProfile>
        <TechnicalProfile Id="AAD-ReadNew">
          <InputClaims>
            <InputClaim ClaimTypeReferenceId="newUser" Required="true" />
          </InputClaims>
          <OutputClaims>
            <OutputClaim ClaimTypeReferenceId="objectId" />
          </OutputClaims>
          <IncludeTechnicalProfile ReferenceId="AAD-Common" />
        </TechnicalProfile>
        <TechnicalProfile Id="AAD-Check"><IncludeTechnicalProfile ReferenceId="AAD-Common" /></TechnicalProfile>
        <TechnicalProfile Id="SignIn-Local">
          <Protocol Name="Proprietary" Handler="Form" />
          <Metadata>
            <Item Key="SignUpTarget">SignUpExchange</Item>
            <Item Key="ContentDefinitionReferenceId">api.selfasserted</Item>
          </Metadata>
          <CryptographicKeys>
            <Key Id="issuer_secret" StorageReferenceId="B2C_1A_TokenSigningKeyContainer" />
          </CryptographicKeys>
          <OutputClaims>
            <OutputClaim ClaimTypeReferenceId="signInName" />
            <OutputClaim ClaimTypeReferenceId="password" />
          </OutputClaims>
          <ValidationTechnicalProfiles>
            <ValidationTechnicalProfile ReferenceId="AAD-Check" />
          </ValidationTechnicalProfiles>
        </TechnicalProfile>
        <TechnicalProfile Id="SignUp-Local">
          <Protocol Name="Proprietary" Handler="Form" />
          <OutputClaims>
            <OutputClaim ClaimTypeReferenceId="displayName" />
          </OutputClaims>
        </TechnicalProfile>
      </TechnicalProfiles>
    </ClaimsProvider>
  </ClaimsProviders>
  <UserJourneys>
    <UserJourney Id="Tokens">
      <OrchestrationSteps>
        <OrchestrationStep Order="1" Type="ClaimsExchange">
          <ClaimsExchanges>
            <ClaimsExchange Id="CheckExchange" TechnicalProfileReferenceId="AAD-Check" />
          </ClaimsExchanges>
        </OrchestrationStep>
        <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="JwtIssuer" />
      </OrchestrationSteps>
    </UserJourney>
  </UserJourneys>
  <SubJourneys>
    <SubJourney Id="Greet" Type="Call">
      <OrchestrationSteps>
        <OrchestrationStep Order="1" Type="ClaimsExchange">
          <ClaimsExchanges>
            <ClaimsExchange Id="GreetExchange" TechnicalProfileReferenceId="AAD-Check" />
          </ClaimsExchanges>
        </OrchestrationStep>
      </OrchestrationSteps>
    </SubJourney>
  </SubJourneys>
"""
_PROVIDER = """    <ClaimsProvider>
      <Domain>{lower}.com</Domain>
      <DisplayName>{name}</DisplayName>
      <TechnicalProfiles>
        <TechnicalProfile Id="{name}-OpenIdConnect">
          <DisplayName>{name}</DisplayName>
          <Protocol Name="OpenIdConnect" />
          <Metadata>
            <Item Key="METADATA">https://{lower}.example/.well-known/openid-configuration</Item>
            <Item Key="client_id">{lower}-app</Item>
            <Item Key="response_types">code</Item>
            <Item Key="HttpBinding">POST</Item>
            <Item Key="UsePolicyInRedirectUri">false</Item>
          </Metadata>
          <CryptographicKeys>
            <Key Id="client_secret" StorageReferenceId="B2C_1A_{name}Secret" />
          </CryptographicKeys>
          <OutputClaims>
            <OutputClaim ClaimTypeReferenceId="issuerUserId" PartnerClaimType="sub" />
            <OutputClaim ClaimTypeReferenceId="displayName" PartnerClaimType="name" />
            <OutputClaim ClaimTypeReferenceId="identityProvider" DefaultValue="{lower}.com" AlwaysUseDefaultValue="true" />
            <OutputClaim ClaimTypeReferenceId="authenticationSource" DefaultValue="socialIdpAuthentication" />
          </OutputClaims>
          <OutputClaimsTransformations>
            <OutputClaimsTransformation ReferenceId="CreateRandomUPNUserName" />
            <OutputClaimsTransformation ReferenceId="CreateUserPrincipalName" />
            <OutputClaimsTransformation ReferenceId="CreateAlternativeSecurityId" />
          </OutputClaimsTransformations>
          <UseTechnicalProfileForSessionManagement ReferenceId="SM-Social" />
        </TechnicalProfile>
      </TechnicalProfiles>
    </ClaimsProvider>
"""
_JOURNEY = """  <UserJourneys>
    <UserJourney Id="CustomSignIn">
      <OrchestrationSteps>
        <OrchestrationStep Order="1" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.signuporsignin">
          <ClaimsProviderSelections>
            <ClaimsProviderSelection TargetClaimsExchangeId="LitwareExchange" />
            <ClaimsProviderSelection TargetClaimsExchangeId="ProsewareExchange" />
            <ClaimsProviderSelection ValidationClaimsExchangeId="LocalExchange" />
          </ClaimsProviderSelections>
          <ClaimsExchanges>
            <ClaimsExchange Id="LocalExchange" TechnicalProfileReferenceId="SignIn-Local" />
          </ClaimsExchanges>
        </OrchestrationStep>
        <OrchestrationStep Order="2" Type="ClaimsExchange">
          <Preconditions>
            <Precondition Type="ClaimsExist" ExecuteActionsIf="true">
              <Value>objectId</Value>
              <Action>SkipThisOrchestrationStep</Action>
            </Precondition>
          </Preconditions>
          <ClaimsExchanges>
            <ClaimsExchange Id="LitwareExchange" TechnicalProfileReferenceId="Litware-OpenIdConnect" />
            <ClaimsExchange Id="ProsewareExchange" TechnicalProfileReferenceId="Proseware-OpenIdConnect" />
            <ClaimsExchange Id="SignUpExchange" TechnicalProfileReferenceId="SignUp-Local" />
          </ClaimsExchanges>
        </OrchestrationStep>
        <OrchestrationStep Order="3" Type="ClaimsExchange">
          <ClaimsExchanges>
            <ClaimsExchange Id="ReadExchange" TechnicalProfileReferenceId="AAD-Read" />
          </ClaimsExchanges>
        </OrchestrationStep>
        <OrchestrationStep Order="4" Type="InvokeSubJourney">
          <JourneyList>
            <Candidate SubJourneyReferenceId="Greet" />
          </JourneyList>
        </OrchestrationStep>
        <OrchestrationStep Order="5" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="JwtIssuer" />
      </OrchestrationSteps>
      <ClientDefinition ReferenceId="DefaultWeb" />
    </UserJourney>
  </UserJourneys>
"""
_PARTY = """  <RelyingParty>
    <DefaultUserJourney ReferenceId="CustomSignIn" />
    <Endpoints>
      <Endpoint Id="Token" UserJourneyReferenceId="Tokens" />
    </Endpoints>
    <UserJourneyBehaviors>
      <SingleSignOn Scope="Tenant" />
      <ScriptExecution>Allow</ScriptExecution>
    </UserJourneyBehaviors>
    <TechnicalProfile Id="PolicyProfile">
      <Protocol Name="OpenIdConnect" />
      <OutputClaims>
        <OutputClaim ClaimTypeReferenceId="displayName" />
        <OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" />
      </OutputClaims>
      <SubjectNamingInfo ClaimType="sub" />
    </TechnicalProfile>
  </RelyingParty>
"""


def policy(name: str, body: str = "", builds_on: str = "") -> str:
    """A policy file B2C_1A_NAME."""
    base = _BUILDS_ON.format(name=builds_on) if builds_on else ""
    return _HEAD.format(name=name) + base + body + "</TrustFrameworkPolicy>\n"


def small_set() -> dict[str, str]:
    """The sound set: file → text."""
    providers = "".join(_PROVIDER.format(name=name, lower=name.lower()) for name in ("Litware", "Proseware"))
    extensions = f"  <ClaimsProviders>\n{providers}  </ClaimsProviders>\n{_JOURNEY}"
    return {
        BASE: policy("Base", _BASE),
        EXTENSIONS: policy("Extensions", extensions, "Base"),
        PARTY: policy("SignIn", _PARTY, "Extensions"),
    }


def broken_set(file: str, old: str, new: str) -> dict[str, str]:
    """The set with one text of one file replaced, where it occurs first."""
    files = small_set()
    assert old in files[file], f"{old!r} is not in {file}"
    files[file] = files[file].replace(old, new, 1)
    return files


def found_in(files: Mapping[str, str | bytes], ours: bool = False) -> tuple[Finding, ...]:
    """What the checks find."""
    read = (PolicyFile(name, text.encode() if isinstance(text, str) else text) for name, text in files.items())
    return check_set(PolicySet.of(read), ours=ours)


def line_of(text: str, part: str) -> int:
    """The line, from 1, on which `part` begins first."""
    assert part in text, f"{part!r} is not there"
    return text.count("\n", 0, text.index(part)) + 1
