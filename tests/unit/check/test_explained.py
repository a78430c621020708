"""The long form of rules, and Azure's own texts found again: those that people have posted, as they posted them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.small_set import BASE, EXTENSIONS, PARTY, line_of, small_set
from latchkey.check import draft_rules
from latchkey.check.explained import explained, recognise, rules
from latchkey.check.located import located, place_named
from latchkey.check.table import FILE_RULES, LEVEL_RULES, PARTY_RULES, SET_RULES
from latchkey.paths import resource
from latchkey.policy.policy_set import PolicyFile, PolicySet
from latchkey.text import set_language

TABLE = [rule.id for rule in (*SET_RULES, *FILE_RULES, *LEVEL_RULES, *PARTY_RULES)]
NS = "http://schemas.microsoft.com/online/cpim/schemas/2013/06"
# Each text as people met it, and what it is about.
POSTED = (
    ("tenant-matches", {"tenant": "yourtenant.onmicrosoft.com", "login": "PRSB2CQ001.onmicrosoft.com"},
     'Validation failed: 1 validation error(s) found in policy "B2C_1A_TRUSTFRAMEWORKBASE" of tenant "PRSB2CQ001.onmicrosoft.com".TenantId in the policy xml '
     "'yourtenant.onmicrosoft.com' is not same as the one in login tenant 'PRSB2CQ001.onmicrosoft.com'."),
    ("tenant-matches", {"tenant": "yourtenant.onmicrosoft.com", "login": "contoso.onmicrosoft.com"},
     "User is currently logged as a user of 'contoso.onmicrosoft.com' tenant. In order to manage 'yourtenant.onmicrosoft.com', please login as a user of "
     "'yourtenant.onmicrosoft.com' tenant"),
    ("base-exists", {"base": "B2C_1A_TRUSTFRAMEWORKEXTENSIONS"},
     "Policy with 'policyId': B2C_1A_TRUSTFRAMEWORKEXTENSIONS cannot be found in the directory '0b5e…'"),
    ("base-not-user-flow", {"policy": "B2C_1A_x"}, "Policy 'B2C_1A_x' is not allowed to inherit from the specified base policy 'B2C_1_y'"),
    ("claim-type-exists", {"policy": "B2C_1A_TRUSTFRAMEWORKEXTENSIONS", "id": "socialIdpUserId"},
     'Policy "B2C_1A_TRUSTFRAMEWORKEXTENSIONS" of tenant "contoso.onmicrosoft.com" makes a reference to ClaimType with id "socialIdpUserId" but neither the policy '
     "nor any of its base policies contain such an element."),
    ("claims-transformation-signature", {"kind": "InputClaims", "id": "CreateX", "method": "FormatStringClaim"},
     'The InputClaims mismatched in ClaimsTransformation with id "CreateX" with TransformationMethod "FormatStringClaim"'),
    ("idp-claims-complete", {"id": "UserId", "transformation": "CreateAlternativeSecurityId"},
     "A claim with id 'UserId' was not found, which is required by ClaimsTransformation 'CreateAlternativeSecurityId' with id"),
    ("first-step-valid", {"journey": "SignUpOrSignIn"},
     "The user journey 'SignUpOrSignIn' does not specify first step or the first step is not a claims exchange"),
    ("send-claims-last", {"journey": "PasswordReset"}, "User journey 'PasswordReset' does not contain a send claims step."),
    ("multi-exchange-needs-selection", {"journey": "SignUpOrSignIn", "policy": "B2C_1A_ext", "step": "3", "count": "2"},
     'User journey "SignUpOrSignIn" in policy "B2C_1A_ext" of tenant "contoso.onmicrosoft.com" has step 3 with 2 claims exchanges. It must be preceded by a claims '
     "provider selection in order to determine which claims exchange can be used."),
    ("required-input-produced", {"claim": "alternativeSecurityId", "profile": "AAD-Read", "step": "3", "journey": "SignUpOrSignIn"},
     'Claim type "alternativeSecurityId" is the input claim of technical profile "AAD-Read" in step "3" of user journey "SignUpOrSignIn" but it is not an output '
     "claim in any of the previous steps."),
    ("rp-output-produced", {"claim": "identityProvider", "journey": "SignUpOrSignIn"},
     'Claim type "identityProvider" is the output claim of the relying party\'s technical profile, but it is not an output claim in any of the steps of user '
     'journey "SignUpOrSignIn".'),
    ("client-id-present", {"profile": "Facebook-OAUTH", "policy": "B2C_1A_ext"},
     'TechnicalProfile "Facebook-OAUTH" in policy "B2C_1A_ext" of tenant "contoso.onmicrosoft.com" defines an invalid value "" for the metadata item "client_id."'),
    ("extension-attributes-app", {"key": "ApplicationObjectId", "profile": "AAD-Common"},
     'A required Metadata item with key "ApplicationObjectId" was not found in the TechnicalProfile with id "AAD-Common" in policy'),
    ("self-asserted-output", {"claim": "X", "profile": "SelfAsserted-Y", "policy": "B2C_1A_ext"},
     'Output claim type "X" specified in the technical profile with id "SelfAsserted-Y" in policy "B2C_1A_ext" of tenant "contoso.onmicrosoft.com" does not '
     "specify a UserInputType or a DefaultValue, and is not retrieved from a ValidationTechnicalProfile either."),
    ("aad-claim-supported", {"claim": "orgName", "profile": "AAD-Write"},
     "Persisted Claim 'orgName' is not supported in Azure Active Directory Provider technical profile 'AAD-Write' of policy"),
    ("key-exists", {"key": "B2C_1A_TokenSigningKeyContainer"},
     'Tenant "contoso.onmicrosoft.com" does not have CryptographicKey referenced by storageReferenceId "B2C_1A_TokenSigningKeyContainer".'),
    ("same-tp-same-exchange-id", {"id": "policy1Exchange", "step": "2"},
     "Claims exchange with id 'policy1Exchange' could not be found in orchestration step '2' and the step contains more than one claims exchange."),
    ("xml-well-formed", {"line": "1", "column": "1"},
     "The policy being uploaded is not XML or is not correctly formatted: Data at the root level is invalid. Line 1, position 1."),
    ("element-order", {"line": "826", "column": "12", "policy": "B2C_1A_ext", "parent": "TechnicalProfile", "element": "Protocol", "expected": "InputClaims, Extensions"},
     'Schema validation error found at line 826 col 12 in policy "B2C_1A_ext" of tenant "contoso.onmicrosoft.com": The element \'TechnicalProfile\' in namespace '
     f"'{NS}' has invalid child element 'Protocol' in namespace '{NS}'. List of possible elements expected: 'InputClaims, Extensions'"),
    ("schema-valid", {}, "The element cannot contain white space. Content model is empty."),
    ("provider-refuses", {}, "AADB2C90289: We encountered an error connecting to the identity provider. Please try again later."),
    ("issuer-check", {}, "AADB2C90238: The provided id_token does not contain a valid issuer. Please provide another id_token and try again."),
    ("back-in-application", {}, "error=access_denied&error_description=AADB2C90118: The user has forgotten their password. Correlation ID: 1 Timestamp: 2"),
    ("back-in-application", {}, "AADB2C90091: The user has cancelled entering self-asserted information."),
    ("reply-address", {"address": "https://jwt.ms", "id": "f1"},
     "AADB2C90006: The redirect URI 'https://jwt.ms' provided in the request is not registered for the client id 'f1'."),
    ("service-error", {}, "Object reference not set to an instance of an object."),
    ("permission-missing", {"permissions": "Policy.Read.All, Policy.ReadWrite.TrustFramework"},
     "The application does not have any of the required delegated permissions (Policy.Read.All, Policy.ReadWrite.TrustFramework) to access the resource. "),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "names", "text"), POSTED, ids=[f"{n}-{p[0]}" for n, p in enumerate(POSTED)])
def test_a_posted_text_leads_to_its_rule(rule: str, names: dict[str, str], text: str) -> None:
    reading = recognise(text)
    assert [(fault.rule, dict(fault.names)) for fault in reading.faults] == [(rule, names)]
    quoted = text.replace('"', "”").replace("'", "’")
    assert [fault.rule for fault in recognise(quoted).faults] == [rule]


def test_a_list_that_comes_twice_and_is_cut_off_is_told_once() -> None:
    first, second = POSTED[10][2], POSTED[11][2]
    head = (
        'Validation failed: 2 validation error(s) found in policy "B2C_1A_SIGNIN" of tenant "contoso.onmicrosoft.com".'
    )
    reading = recognise(head + first + second + first + second[:60] + "...")
    assert [fault.rule for fault in reading.faults] == ["required-input-produced", "rp-output-produced"]
    assert (reading.said, reading.policy) == (2, "B2C_1A_SIGNIN")


def test_a_text_of_something_else_is_not_recognised() -> None:
    assert recognise("The quick brown fox jumps over the lazy dog.").faults == ()


@given(st.text(max_size=400))
def test_any_text_can_be_pasted(text: str) -> None:
    recognise(text + POSTED[9][2] + text)


@pytest.mark.timeout(10)
def test_a_text_made_to_hang_is_read_soon() -> None:
    recognise('Schema validation error found at line 1 col 1 in policy "' * 3000)
    recognise('TechnicalProfile "a" ' * 5000)


def broken(file: str, old: str, new: str) -> tuple[PolicySet, str]:
    files = small_set()
    assert old in files[file]
    files[file] = files[file].replace(old, new, 1)
    return PolicySet.of(PolicyFile(name, text.encode()) for name, text in files.items()), files[file]


@pytest.mark.parametrize(
    ("file", "old", "new", "text", "at"),
    [
        (EXTENSIONS, '"displayName"', '"nickName"', 'Policy "B2C_1A_EXTENSIONS" of tenant "x" makes a reference to ClaimType with id "nickName" but', '"nickName"'),
        (PARTY, '"displayName"', '"newUser"', 'Claim type "newUser" is the output claim of the relying party\'s technical profile, but', '"newUser"'),
        (BASE, "<DataType>boolean</DataType>", "<DataType>boolean</DataType>\n<DisplayName>New</DisplayName>",
         f'Schema validation error found at line 17 col 2 in policy "B2C_1A_BASE" of tenant "x": The element \'ClaimType\' in namespace \'{NS}\' has invalid child '
         f"element 'DisplayName' in namespace '{NS}'. List of possible elements expected: 'Mask'", "<DisplayName>New"),
        (BASE, ' Required="true"', ' Requird="true"', 'Schema validation error found at line 111 col 2 in policy "B2C_1A_BASE" of tenant "x": The \'Requird\' attribute '
         "is not declared.", '<InputClaim ClaimTypeReferenceId="alternativeSecurityId" Requird'),
        (EXTENSIONS, ">litware-app<", "><", 'TechnicalProfile "Litware-OpenIdConnect" in policy "B2C_1A_Extensions" of tenant "x" defines an invalid value "" for the '
         'metadata item "client_id."', '<Item Key="client_id"><'),
    ],
)  # fmt: skip
def test_the_place_in_the_files_is_found(file: str, old: str, new: str, text: str, at: str) -> None:
    policy_set, written = broken(file, old, new)
    (fault,) = recognise(text).faults
    found = located(policy_set, fault)
    assert [(finding.file, finding.line) for finding in found] == [(file, line_of(written, at))]


def test_a_fault_that_is_not_there_is_not_found() -> None:
    policy_set, _text = broken(PARTY, "Tenant", "Tenant")
    (fault,) = recognise(POSTED[4][2]).faults
    assert located(policy_set, fault) == ()
    (fault,) = recognise(POSTED[19][2].replace("826", "3").replace("B2C_1A_ext", "B2C_1A_SIGNIN")).faults
    assert located(policy_set, fault) == ()
    assert place_named(policy_set, fault)[:2] == (PARTY, 3)


def test_every_rule_has_its_long_form_in_every_language() -> None:
    english = tomllib.loads(resource("rules", "en.toml").read_text(encoding="utf-8"))
    chinese = tomllib.loads(resource("rules", "zh_CN.toml").read_text(encoding="utf-8"))
    assert {rule: set(said) for rule, said in english.items()} == {rule: set(said) for rule, said in chinese.items()}
    assert set(TABLE) | {"xml-well-formed", "xml-no-dtd"} <= set(english)
    for said in (*english.values(), *chinese.values()):
        assert {"says", "do"} <= set(said)
        assert all(text.endswith((".", "。", "?", ")", "）")) for text in said.values()), said
    assert set(rules()) == set(english)


def test_every_rule_on_drafts_has_its_long_form() -> None:
    folder = Path(draft_rules.__file__).parent
    told = {
        name
        for path in folder.glob("draft_*.py")
        for name in re.findall(
            r'(?:Finding|_error|_warning|error|warning|_?hit|_?found|told?|problem)\(\s*"([a-z]+(?:-[a-z]+)+)"',
            path.read_text("utf-8"),
        )
    }
    assert told <= set(rules())


def test_the_long_form_speaks_the_language_in_force() -> None:
    try:
        set_language("zh_CN")
        found = explained("element-order")
    finally:
        set_language("en")
    assert found is not None
    assert "元素" in found.says
    assert found.links
    assert "List of possible elements" in found.texts[0]
    assert explained("no-such-rule") is None
