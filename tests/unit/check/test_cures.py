"""Cures: where a finding has one right answer, carrying it out takes the finding away and changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.samples import PACKS
from helpers.small_set import BASE, EXTENSIONS, PARTY, small_set
from latchkey.check.checker import check_set
from latchkey.check.cures import CURES, cure, mend
from latchkey.check.table import FILE_RULES, LEVEL_RULES, PARTY_RULES, SET_RULES
from latchkey.policy.folder import read_folder
from latchkey.policy.policy_set import PolicyFile, PolicySet

STEP5 = 'Step Order="5" Type="SendClaims"'
# rule, file, what is broken how, what the cure says. Mended, the file is the sound one again, or as `becomes` has it.
CASES = (
    ("element-order", BASE, '        <DataType>string</DataType>\n        <PredicateValidationReference Id="StrongPassword" />',
     '        <PredicateValidationReference Id="StrongPassword" />\n        <DataType>string</DataType>', "Move “DataType” to its place."),
    ("element-order", EXTENSIONS, '          <DisplayName>Litware</DisplayName>\n          <Protocol Name="OpenIdConnect" />\n',
     '          <Protocol Name="OpenIdConnect" />\n          <DisplayName>Litware</DisplayName>\n', "Move “DisplayName” to its place."),
    ("rp-behaviors-order", PARTY, '      <SingleSignOn Scope="Tenant" />\n      <ScriptExecution>Allow</ScriptExecution>\n',
     '      <ScriptExecution>Allow</ScriptExecution>\n      <SingleSignOn Scope="Tenant" />\n', "Move “SingleSignOn” to its place."),
    ("no-empty-container", PARTY, "      </OutputClaims>\n", "      </OutputClaims>\n      <OutputClaimsTransformations>\n      </OutputClaimsTransformations>\n",
     "Take “OutputClaimsTransformations” out."),
    ("duplicate-metadata-key", EXTENSIONS, '            <Item Key="client_id">litware-app</Item>\n',
     '            <Item Key="client_id">litware-app</Item>\n            <Item Key="client_id">litware-app</Item>\n', "Take the second “client_id” out; both say the same."),
    ("steps-contiguous", EXTENSIONS, STEP5, STEP5.replace("5", "7"), "Number the steps of “CustomSignIn” from 1 to 5."),
    ("duplicate-id-in-file", EXTENSIONS, STEP5, STEP5.replace("5", "4"), "Number the steps of “CustomSignIn” from 1 to 5."),
    ("id-case-drift", EXTENSIONS, '"SM-Social"', '"sm-social"', "Write “SM-Social” for “sm-social”."),
    ("claim-type-exists", EXTENSIONS, '"issuerUserId"', '"UserId"', "Write “issuerUserId” for “UserId”."),
    ("use-policy-in-redirect-uri-false", EXTENSIONS, ">false<", ">true<", "Set UsePolicyInRedirectUri to false."),
    ("policy-schema-version", PARTY, '"0.3.0.0"', '"0.3"', 'Write PolicySchemaVersion="0.3.0.0".'),
    ("public-policy-uri", PARTY, 'Uri="http://litware.onmicrosoft.com/B2C_1A_SignIn"', 'Uri=""', 'Write PublicPolicyUri="http://litware.onmicrosoft.com/B2C_1A_SignIn".'),
    ("xml-namespace", PARTY, "http://schemas", "https://schemas", "Write the namespace of policies."),
    ("xml-namespace", PARTY, "<ScriptExecution>", '<ScriptExecution xmlns="">', "Take the xmlns attribute off this element."),
    ("enum-values", BASE, "<DataType>boolean", "<DataType>Boolean", "Write “boolean” for “Boolean”."),
    ("enum-values", BASE, 'Required="true"', 'Required="True"', "Write “true” for “True”."),
    ("schema-valid", PARTY, '<SingleSignOn Scope="Tenant" />', '<SingleSignOn Scope="Tenant">\n</SingleSignOn>', "Close “SingleSignOn” at once."),
    ("schema-valid", PARTY, ">Allow<", "> Allow\n<", "Take the blanks around “Allow” away."),
    ("rp-profile-id", PARTY, 'Id="PolicyProfile"', 'Id="Profile"', "Write “PolicyProfile” for “Profile”."),
    ("placeholder-left", PARTY, 'TenantId="litware.onmicrosoft.com"', 'TenantId="yourtenant.onmicrosoft.com"', "Replace the sample text by your own values."),
)  # fmt: skip
SOUND = small_set()


def policy_set(files: dict[str, str]) -> PolicySet:
    return PolicySet.of(PolicyFile(name, text.encode()) for name, text in files.items())


@pytest.mark.parametrize(
    ("rule", "file", "old", "new", "label"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)]
)
def test_a_cure_brings_the_sound_file_back(rule: str, file: str, old: str, new: str, label: str) -> None:
    files = small_set()
    assert old in files[file]
    files[file] = files[file].replace(old, new, 1)
    before = policy_set(files)
    (finding,) = [f for f in check_set(before) if f.rule == rule and cure(before, f)]
    found = cure(before, finding)
    assert found is not None
    assert found.label == label
    mended = mend(before)
    assert [label for _finding, label in mended.done] == [label]
    assert check_set(mended.after) == ()
    assert mended.files == {file: SOUND[file].encode()}


def test_a_missing_exchange_comes_from_another_journey() -> None:
    files = small_set()
    journey = files[EXTENSIONS][
        files[EXTENSIONS].index("    <UserJourney Id") : files[EXTENSIONS].index("  </UserJourneys>")
    ]
    gone = (
        '            <ClaimsExchange Id="ProsewareExchange" TechnicalProfileReferenceId="Proseware-OpenIdConnect" />\n'
    )
    other = journey.replace("CustomSignIn", "CustomEdit").replace(gone, "")
    files[EXTENSIONS] = files[EXTENSIONS].replace("  </UserJourneys>", other + "  </UserJourneys>")
    mended = mend(policy_set(files))
    assert [label for _f, label in mended.done] == [
        "Let “ProsewareExchange” start “Proseware-OpenIdConnect”, as in your other journeys."
    ]
    assert check_set(mended.after) == ()
    assert mended.files[EXTENSIONS].decode().count('ClaimsExchange Id="ProsewareExchange"') == 2


def test_a_validation_listed_twice_goes_and_its_empty_list_with_it() -> None:
    files = small_set()
    again = (
        '        <TechnicalProfile Id="SignIn-Local">\n          <ValidationTechnicalProfiles>\n            <ValidationTechnicalProfile ReferenceId="AAD-Check" />\n'
        "          </ValidationTechnicalProfiles>\n        </TechnicalProfile>\n"
    )
    files[EXTENSIONS] = files[EXTENSIONS].replace(
        '        <TechnicalProfile Id="Litware', again + '        <TechnicalProfile Id="Litware'
    )
    mended = mend(policy_set(files))
    assert len(mended.done) == 2
    assert check_set(mended.after) == ()
    assert mended.files[EXTENSIONS].decode() == SOUND[EXTENSIONS].replace(
        '        <TechnicalProfile Id="Litware',
        '        <TechnicalProfile Id="SignIn-Local">\n        </TechnicalProfile>\n        <TechnicalProfile Id="Litware',
    )


def test_a_redirect_setting_that_is_missing_is_added() -> None:
    files = small_set()
    files[EXTENSIONS] = files[EXTENSIONS].replace(
        '            <Item Key="UsePolicyInRedirectUri">false</Item>\n', "", 1
    )
    mended = mend(policy_set(files))
    assert mended.files == {EXTENSIONS: SOUND[EXTENSIONS].encode()}


def test_a_claim_and_a_transformation_of_one_name_keep_their_own_capitals() -> None:
    """As in Microsoft's sample of age gating, where one cure undid the other at every run."""
    files = small_set()
    files[BASE] = files[BASE].replace('"CreateRandomUPNUserName"', '"UpnUserName"')
    files = {name: text.replace("CreateRandomUPNUserName", "upnUserName") for name, text in files.items()}
    assert any('Transformation ReferenceId="upnUserName"' in text for text in files.values())
    mended = mend(policy_set(files))
    assert {label for _f, label in mended.done} == {"Write “UpnUserName” for “upnUserName”."}
    for name, data in mended.files.items():
        assert data.decode() == files[name].replace(
            'Transformation ReferenceId="upnUserName"', 'Transformation ReferenceId="UpnUserName"'
        )


def test_two_boolean_words_are_written_as_azure_does() -> None:
    files = small_set()
    asked = '"ClaimEquals" ExecuteActionsIf="true">\n              <Value>newUser</Value><Value>{}</Value>'
    files[EXTENSIONS] = files[EXTENSIONS].replace(
        '"ClaimsExist" ExecuteActionsIf="true">\n              <Value>objectId</Value>', asked.format("true")
    )
    mended = mend(policy_set(files))
    assert asked.format("True") in mended.files[EXTENSIONS].decode()
    assert [label for _f, label in mended.done] == ["Write “True” for “true”."]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (PARTY, '      <SubjectNamingInfo ClaimType="sub" />', '      <SubjectNamingInfo ClaimType="sub" />\n<SubjectNamingInfo ClaimType="sub" />'),
        (PARTY, '"displayName"', '"displayname"'),  # the name of a claim in people's tokens
        (BASE, "<DataType>boolean", "<DataType>bolean"),
        (EXTENSIONS, "litware-app</Item>", 'litware-app</Item>\n<Item Key="client_id">2</Item>'),
        (BASE, "<ClaimsSchema>", "<ClaimsSchema>oops"),
        (EXTENSIONS, ">litware-app<", "><"),
    ],
)  # fmt: skip
def test_what_has_more_than_one_answer_is_left_alone(file: str, old: str, new: str) -> None:
    files = small_set()
    assert old in files[file]
    files[file] = files[file].replace(old, new, 1)
    before = policy_set(files)
    assert check_set(before)
    assert mend(before).files == {}


def test_a_journey_that_two_files_share_is_not_renumbered() -> None:
    files = small_set()
    files[BASE] = (
        files[BASE]
        .replace('UserJourney Id="Tokens"', 'UserJourney Id="CustomSignIn"')
        .replace('Step Order="2" Type="SendClaims"', 'Step Order="9" Type="SendClaims"')
    )
    assert all(finding.rule != "steps-contiguous" for finding, _label in mend(policy_set(files)).done)


def test_only_the_files_named_are_mended() -> None:
    files = {
        name: text.replace('PolicySchemaVersion="0.3.0.0"', 'PolicySchemaVersion="0.3"')
        for name, text in small_set().items()
    }
    assert set(mend(policy_set(files), [PARTY]).files) == {PARTY}


def test_a_draft_fills_sample_texts_but_not_in_comments() -> None:
    files = small_set()
    files[EXTENSIONS] = (
        files[EXTENSIONS]
        .replace(">litware-app<", ">facebook_clientid<")
        .replace("<UserJourneys>", "<!-- facebook_clientid --><UserJourneys>")
    )
    assert mend(policy_set(files)).files == {}
    mended = mend(policy_set(files), known={"facebook_clientid": "12 & 3"})
    text = mended.files[EXTENSIONS].decode()
    assert ">12 &amp; 3<" in text
    assert "<!-- facebook_clientid -->" in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=6), st.booleans())
def test_many_faults_at_once_are_mended_and_mending_again_changes_nothing(
    cases: list[tuple[str, str, str, str, str]], crlf: bool
) -> None:
    files = small_set()
    for _rule, file, old, new, _label in cases:
        files[file] = files[file].replace(old, new, 1)
    if crlf:
        files = {name: text.replace("\n", "\r\n") for name, text in files.items()}
    before = policy_set(files)
    mended = mend(before)
    assert mend(mended.after).files == {}
    assert len(check_set(mended.after)) <= len(check_set(before))
    for file, data in mended.files.items():
        assert (b"\r\n" in data) == crlf
        assert data != files[file].encode()


@pytest.mark.parametrize("pack", PACKS)
def test_mending_a_starter_pack_changes_single_names(pack: str, reference: Path) -> None:
    before = PolicySet.of(read_folder(reference / "corpus" / "starterpack" / pack))
    mended = mend(before)
    for policy in before.policies:
        old = before.document(policy).data.splitlines()
        new = mended.files.get(policy.file, before.document(policy).data).splitlines()
        assert len(old) == len(new)
        assert sum(a != b for a, b in zip(old, new, strict=True)) <= 4
    assert {finding.rule for finding, _label in mended.done} <= {"id-case-drift"}


def test_cures_are_for_rules_that_there_are() -> None:
    assert set(CURES) <= {rule.id for rule in (*SET_RULES, *FILE_RULES, *LEVEL_RULES, *PARTY_RULES)}
