"""Buttons: page order, the text that is read, and what is not a button."""

from __future__ import annotations

from helpers.policy_files import policy, policy_set, profile, providers
from latchkey.policy.buttons import buttons

LOCALIZATION = """<BuildingBlocks>
  <ContentDefinitions><ContentDefinition Id="page"><LoadUri>u</LoadUri>
    <LocalizedResourcesReferences><LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="page.en"/>
      <LocalizedResourcesReference Language="zh-Hans" LocalizedResourcesReferenceId="page.zh"/></LocalizedResourcesReferences>
  </ContentDefinition></ContentDefinitions>
  <Localization><SupportedLanguages DefaultLanguage="en"><SupportedLanguage>en</SupportedLanguage></SupportedLanguages>
    <LocalizedResources Id="page.en"><LocalizedStrings>
      <LocalizedString ElementType="ClaimsProvider" StringId="QQExchange">Sign in with QQ</LocalizedString></LocalizedStrings></LocalizedResources>
    <LocalizedResources Id="PAGE.zh"><LocalizedStrings>
      <LocalizedString ElementType="ClaimsProvider" StringId="wechatexchange">WX</LocalizedString></LocalizedStrings></LocalizedResources>
  </Localization></BuildingBlocks>"""
JOURNEY = """<UserJourneys><UserJourney Id="J"><OrchestrationSteps>
  <OrchestrationStep Order="1" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="Page"><ClaimsProviderSelections>
    <ClaimsProviderSelection TargetClaimsExchangeId="QQExchange"/>
    <ClaimsProviderSelection ValidationClaimsExchangeId="Local"/>
    <ClaimsProviderSelection TargetClaimsExchangeId="WeChatExchange"/>
    <ClaimsProviderSelection TargetClaimsExchangeId="Nobody"/>
    <ClaimsProviderSelection TargetClaimsExchangeId="SelfExchange"/></ClaimsProviderSelections></OrchestrationStep>
  <OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges>
    <ClaimsExchange Id="WeChatExchange" TechnicalProfileReferenceId="wechat-oauth2"/>
    <ClaimsExchange Id="QQExchange" TechnicalProfileReferenceId="QQ-OAuth2"/>
    <ClaimsExchange Id="SelfExchange" TechnicalProfileReferenceId="Self"/></ClaimsExchanges></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>"""


def test_order_texts_and_what_is_no_button() -> None:
    body = providers(
        profile("WeChat-OAuth2", "<DisplayName>WeChat</DisplayName><Protocol Name='OAuth2'/>"),
        profile("QQ-OAuth2", "<DisplayName>QQ</DisplayName><Protocol Name='OAuth2'/>"),
        profile("Self", "<DisplayName>Self</DisplayName><Protocol Name='Proprietary' Handler='H'/>"),
    )
    files = policy_set(policy("B2C_1A_b", LOCALIZATION + body + JOURNEY))
    effective = files.effective(files.policies[0])
    journey = effective.journey("j")
    assert journey is not None
    found = buttons(effective, journey)
    assert [(b.exchange, b.technical_profile, b.text, dict(b.texts)) for b in found] == [
        ("QQExchange", "QQ-OAuth2", "Sign in with QQ", {"en": "Sign in with QQ"}),
        ("WeChatExchange", "WeChat-OAuth2", "WeChat", {"zh-Hans": "WX"}),
    ]
    assert found[0].where.line > 1
