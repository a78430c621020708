"""The mutation run: a good set with one thing changed, in every way, at every kind of node. What is caught, and of what is
not caught, why that is right.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from helpers.mutations import CHANGES, Mutant, mutants, noticed, told
from helpers.samples import filled
from latchkey.check.checker import check_set
from latchkey.policy.folder import read_folder
from latchkey.policy.policy_set import PolicySet

# Changes that the reference allows: kind of node (parent/element, @attribute) → why nothing is wrong afterwards.
FREE_TEXT = "free text, or an address that only Azure can try"
OPTIONAL = "the reference does not ask for it, nothing uses it, or the file below has it too"
SEVERAL = "the schema takes several, and they add up"
HARMLESS = {
    "text": (FREE_TEXT, "ClaimType/AdminHelpText ClaimType/DisplayName ClaimType/Mask ClaimType/UserHelpText "
             "ClaimsProvider/DisplayName ClaimsProvider/Domain ClientDefinition/ClientUIFilterFlags "
             "ContentDefinition/DataUri ContentDefinition/LoadUri ContentDefinition/RecoveryUri "
             "LocalizedStrings/LocalizedString Metadata/Item TechnicalProfile/DisplayName Predicate/UserHelpText "
             "Parameters/Parameter PredicateGroup/UserHelpText TechnicalProfile/Description"),
    "no text": (FREE_TEXT, "ClaimType/AdminHelpText ClaimType/DisplayName ClaimType/Mask ClaimType/UserHelpText "
                "ClaimsProvider/DisplayName ClaimsProvider/Domain ClientDefinition/ClientUIFilterFlags "
                "LocalizedStrings/LocalizedString Metadata/Item TechnicalProfile/DisplayName Predicate/UserHelpText "
                "TrustFrameworkPolicy/BuildingBlocks Parameters/Parameter TechnicalProfile/Description"),
    "value": ("what stands there is up to the application, the provider or the page",
              "ClaimsExchanges/ClaimsExchange@Id ContentDefinitions/ContentDefinition@Id "
              "CryptographicKeys/Key@StorageReferenceId DefaultPartnerClaimTypes/Protocol@PartnerClaimType "
              "InputClaims/InputClaim@DefaultValue InputClaims/InputClaim@PartnerClaimType "
              "InputParameters/InputParameter@Value LocalizedStrings/LocalizedString@ElementId "
              "LocalizedStrings/LocalizedString@StringId Metadata/Item@Key OutputClaims/OutputClaim@DefaultValue "
              "OutputClaims/OutputClaim@PartnerClaimType PersistedClaims/PersistedClaim@DefaultValue "
              "PersistedClaims/PersistedClaim@PartnerClaimType Restriction/Pattern@HelpText "
              "Restriction/Pattern@RegularExpression TechnicalProfile/Protocol@Handler "
              "TechnicalProfile/SubjectNamingInfo@ClaimType CryptographicKeys/Key@Id ClaimsSchema/ClaimType@Id "
              "ClaimsTransformations/ClaimsTransformation@Id TechnicalProfiles/TechnicalProfile@Id"),
    "attribute gone": (OPTIONAL, "BuildingBlocks/Localization@Enabled InputClaims/InputClaim@AlwaysUseDefaultValue "
                       "ContentDefinition/LocalizedResourcesReferences@MergeBehavior InputClaims/InputClaim@DefaultValue "
                       "InputClaims/InputClaim@PartnerClaimType InputClaims/InputClaim@Required "
                       "Localization/SupportedLanguages@DefaultLanguage Localization/SupportedLanguages@MergeBehavior "
                       "LocalizedStrings/LocalizedString@ElementId OutputClaims/OutputClaim@AlwaysUseDefaultValue "
                       "OutputClaims/OutputClaim@DefaultValue OutputClaims/OutputClaim@PartnerClaimType "
                       "OutputClaims/OutputClaim@Required PersistedClaims/PersistedClaim@DefaultValue "
                       "PersistedClaims/PersistedClaim@PartnerClaimType Restriction/Pattern@HelpText "
                       "LocalizedResourcesReferences/LocalizedResourcesReference@LocalizedResourcesReferenceId"),
    "double": (SEVERAL, "ClaimType/DefaultPartnerClaimTypes DefaultPartnerClaimTypes/Protocol "
               "Localization/LocalizedResources OrchestrationStep/ClaimsProviderSelections "
               "OrchestrationStep/Preconditions Precondition/Action Preconditions/Precondition "
               "Metadata/Item RelyingParty/TechnicalProfile TechnicalProfile/InputClaimsTransformations "
               "TechnicalProfile/OutputClaimsTransformations TechnicalProfile/ValidationTechnicalProfiles"),
    "drop": (OPTIONAL, "BuildingBlocks/ContentDefinitions ClaimType/AdminHelpText ClaimType/DefaultPartnerClaimTypes "
             "ClaimType/DisplayName ClaimType/Mask ClaimType/Restriction ClaimType/UserHelpText ClaimsProvider/DisplayName "
             "ClaimsProvider/Domain ClaimsProviderSelections/ClaimsProviderSelection ClaimsProviders/ClaimsProvider "
             "ContentDefinition/LocalizedResourcesReferences ContentDefinition/Metadata ContentDefinition/RecoveryUri "
             "ContentDefinitions/ContentDefinition CryptographicKeys/Key DefaultPartnerClaimTypes/Protocol "
             "InputClaims/InputClaim InputParameters/InputParameter Localization/SupportedLanguages "
             "LocalizedResources/LocalizedStrings LocalizedResourcesReferences/LocalizedResourcesReference "
             "LocalizedStrings/LocalizedString Metadata/Item OrchestrationStep/Preconditions OutputClaims/OutputClaim "
             "PersistedClaims/PersistedClaim RelyingParty/Endpoints Restriction/Pattern TechnicalProfile/OutputClaims "
             "SupportedLanguages/SupportedLanguage TechnicalProfile/CryptographicKeys TechnicalProfile/DisplayName "
             "TechnicalProfile/IncludeInSso TechnicalProfile/InputClaims TechnicalProfile/InputClaimsTransformations "
             "TechnicalProfile/Metadata TechnicalProfile/OutputClaimsTransformations TechnicalProfile/PersistedClaims "
             "TechnicalProfile/SubjectNamingInfo TechnicalProfile/UseTechnicalProfileForSessionManagement "
             "TechnicalProfile/ValidationTechnicalProfiles TrustFrameworkPolicy/BuildingBlocks "
             "ClaimType/UserInputType ClaimsTransformation/InputParameters ClaimsTransformations/ClaimsTransformation "
             "TechnicalProfile/Protocol TrustFrameworkPolicy/RelyingParty UserJourney/ClientDefinition UserJourney/PreserveOriginalAssertion "
             "OutputClaimsTransformations/OutputClaimsTransformation TechnicalProfile/Description "
             "BuildingBlocks/Localization BuildingBlocks/ClientDefinitions UserJourneyBehaviors/ScriptExecution "
             "InputClaimsTransformations/InputClaimsTransformation RelyingParty/UserJourneyBehaviors "
             "TechnicalProfile/IncludeTechnicalProfile TechnicalProfiles/TechnicalProfile "
             "ValidationTechnicalProfiles/ValidationTechnicalProfile Localization/LocalizedResources "
             "TrustFrameworkPolicy/ClaimsProviders TrustFrameworkPolicy/UserJourneys UserJourneys/UserJourney "
             "TrustFrameworkPolicy/BasePolicy TechnicalProfile/OutputTokenFormat TechnicalProfile/InputTokenFormat"),
}  # fmt: skip


def harmless(mutant: Mutant) -> str:
    """Why the change may stay unnoticed; empty: it may not."""
    reason, kinds = HARMLESS.get(mutant.change, ("", ""))
    kind = mutant.kind + (f"@{mutant.attribute}" if mutant.attribute else "")
    return reason if kind in kinds.split() else ""


@pytest.mark.parametrize(
    ("pack", "each"),
    [
        ("SocialAndLocalAccountsWithMfa", 1),
        pytest.param("SocialAndLocalAccountsWithMfa", 4, marks=pytest.mark.slow),
        pytest.param("SocialAccounts", 4, marks=pytest.mark.slow),
    ],
)
def test_what_is_not_noticed_is_harmless(
    pack: str, each: int, reference: Path, record_property: pytest.RecordProperty
) -> None:
    policy_set = PolicySet.of([filled(file) for file in read_folder(reference / "corpus" / "starterpack" / pack)])
    before = frozenset(told(finding) for finding in check_set(policy_set, ours=True))
    all_, caught = Counter[str](), Counter[str]()
    missed: list[str] = []
    for mutant in mutants(policy_set, each, seed=1):
        all_[mutant.change] += 1
        if noticed(policy_set, before, mutant):
            caught[mutant.change] += 1
        elif not harmless(mutant):
            missed.append(mutant.name)
    for change in CHANGES:  # the report: `pytest --junit-xml=FILE` keeps it
        record_property(change, f"{caught[change]} of {all_[change]} caught")
    assert missed == []
    assert sum(caught.values()) > 0.75 * sum(all_.values())
    # what breaks the structure is always caught
    for change in ("rename", "swap", "attribute renamed"):
        assert caught[change] == all_[change]
