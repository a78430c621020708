"""Checking a set: every level of a chain, each thing once, and nothing said that is not known."""

from __future__ import annotations

import pytest

from helpers.small_set import BASE, EXTENSIONS, PARTY, broken_set, found_in, line_of, policy, small_set
from latchkey.check.checker import check_set
from latchkey.check.finding import Level
from latchkey.errors import Cancelled
from latchkey.policy.policy_set import PolicyFile, PolicySet


def test_a_fault_of_the_base_is_told_at_the_base_only() -> None:
    """Also where files above touch the same thing again."""
    files = broken_set(BASE, '<Protocol Name="None" />', "")
    again = (
        '<ClaimsProvider><TechnicalProfiles><TechnicalProfile Id="JwtIssuer" /></TechnicalProfiles></ClaimsProvider>'
    )
    files[EXTENSIONS] = files[EXTENSIONS].replace("  </ClaimsProviders>", again + "</ClaimsProviders>")
    assert [(f.rule, f.file) for f in found_in(files)] == [("tp-has-protocol", BASE)]


def test_what_extensions_define_does_not_help_the_base() -> None:
    """Azure checks an upload with what it builds on, never with what builds on it."""
    files = broken_set(BASE, '      <ClaimType Id="signInName"><DataType>string</DataType></ClaimType>\n', "")
    schema = (
        '<BuildingBlocks><ClaimsSchema><ClaimType Id="signInName"><DataType>string</DataType></ClaimType></ClaimsSchema>'
        "</BuildingBlocks><ClaimsProviders>"
    )
    files[EXTENSIONS] = files[EXTENSIONS].replace("<ClaimsProviders>", schema)
    found = found_in(files)
    assert [(f.rule, f.file, f.line) for f in found] == [
        ("claim-type-exists", BASE, line_of(files[BASE], 'ClaimTypeReferenceId="signInName"'))
    ]
    assert EXTENSIONS in found[0].hint


def test_ids_compare_without_case() -> None:
    files = broken_set(PARTY, "<PolicyId>B2C_1A_Extensions", "<PolicyId>b2c_1a_EXTENSIONS")
    files[EXTENSIONS] = files[EXTENSIONS].replace('"LitwareExchange"', '"LITWAREexchange"', 1)
    assert found_in(files) == ()


def test_a_missing_base_is_one_finding_and_no_flood() -> None:
    files = small_set()
    del files[BASE]
    files["Edit.xml"] = files[PARTY].replace("B2C_1A_SignIn", "B2C_1A_Edit")
    found = found_in(files)
    assert [(f.rule, f.level, f.file, f.line) for f in found] == [
        ("base-exists", Level.ERROR, EXTENSIONS, line_of(files[EXTENSIONS], "<PolicyId>"))
    ]
    del files[EXTENSIONS]
    found = found_in(files)
    assert [(f.rule, f.file) for f in found] == [("base-exists", "SignIn.xml")]
    assert "1 more" in found[0].message


def test_what_stands_in_one_file_is_checked_also_without_its_base() -> None:
    files = broken_set(EXTENSIONS, "litware-app</Item>", 'litware-app</Item><Item Key="client_secret">s3cr3t</Item>')
    del files[BASE]
    assert sorted(f.rule for f in found_in(files)) == ["base-exists", "no-secret-in-xml"]


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"", "xml-well-formed", 1),
        (b"<a>\n<b>\n</a>", "xml-well-formed", 3),
        (b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>', "xml-no-dtd", 2),
        (b'<?xml version="1.0" encoding="utf-8"?>\n<a>\xff</a>', "xml-encoding", 2),
        (b"<a/>" + b" " * 5_000_000, "file-size", 0),
    ],
)
def test_a_file_that_cannot_be_read_is_one_finding(data: bytes, rule: str, line: int) -> None:
    """Its children wait: the missing base may be just that file."""
    found = found_in({**small_set(), BASE: data})
    assert [(f.rule, f.level, f.file, f.line) for f in found] == [(rule, Level.ERROR, BASE, line)]


def test_a_file_that_is_no_policy_is_a_warning_beside_policies_and_an_error_alone() -> None:
    found = found_in({**small_set(), "pom.xml": "<project />"})
    assert [(f.rule, f.level, f.file) for f in found] == [("xml-namespace", Level.WARNING, "pom.xml")]
    assert [(f.rule, f.level) for f in found_in({"pom.xml": "<project />"})] == [("xml-namespace", Level.ERROR)]


def test_comments_hold_no_placeholders() -> None:
    files = small_set()
    files[PARTY] = files[PARTY].replace("<RelyingParty>", "<!-- yourtenant\n{{ x }} -->\n<RelyingParty>")
    assert found_in(files) == ()
    files[PARTY] = files[PARTY].replace("</RelyingParty>", "</RelyingParty><!-- {Settings:A} -->")
    files[PARTY] = files[PARTY].replace('<SingleSignOn Scope="Tenant" />', '<SingleSignOn Scope="Tenant" /><!-- x -->')
    files[PARTY] = files[PARTY].replace(
        "<ScriptExecution>", '<JourneyFraming Enabled="true" Sources="yourtenant" /><ScriptExecution>'
    )
    found = found_in(files)
    assert [(f.rule, f.line) for f in found] == [("placeholder-left", line_of(files[PARTY], "<JourneyFraming"))]


def test_html_and_claim_resolvers_are_no_placeholders() -> None:
    files = small_set()
    text = "&lt;b&gt;Hello&lt;/b&gt;&lt;br/&gt;&lt;blink&gt;x&lt;/blink&gt; {Culture:RFC5646} {OIDC:LoginHint} {tenant} {0}"
    files[BASE] = files[BASE].replace(">Litware</LocalizedString>", f">{text}</LocalizedString>")
    assert found_in(files) == ()


def test_a_sample_text_is_told_once_per_file_with_its_number() -> None:
    files = broken_set(EXTENSIONS, "https://litware.example", "https://yourtenant.example")
    files[EXTENSIONS] = files[EXTENSIONS].replace("https://proseware", "https://yourtenant")
    found = found_in(files)
    assert [(f.rule, f.line) for f in found] == [("placeholder-left", line_of(files[EXTENSIONS], "https://yourtenant"))]
    assert "2 places" in found[0].message


REDEFINED = """  <UserJourneys>
    <UserJourney Id="CustomSignIn">
      <OrchestrationSteps>
        <OrchestrationStep Order="3" Type="ClaimsExchange">
          <ClaimsExchanges>
            <ClaimsExchange Id="OwnExchange" TechnicalProfileReferenceId="AAD-Check" />
          </ClaimsExchanges>
        </OrchestrationStep>
      </OrchestrationSteps>
    </UserJourney>
  </UserJourneys>
"""


def test_a_journey_redefined_in_a_child_is_explained() -> None:
    """The field's commonest failure: Azure mixes both versions step by step."""
    files = small_set()
    files["Own.xml"] = policy("Own", REDEFINED, "Extensions")
    found = found_in(files)
    assert [(f.rule, f.file, f.line) for f in found] == [
        ("multi-exchange-needs-selection", "Own.xml", line_of(files["Own.xml"], "<OrchestrationStep "))
    ]
    assert "mixes" in found[0].hint
    assert EXTENSIONS in found[0].hint


def test_a_step_of_a_child_may_leave_a_gap() -> None:
    files = small_set()
    files["Own.xml"] = policy("Own", REDEFINED.replace('Order="3"', 'Order="9"'), "Extensions")
    rules = {f.rule for f in found_in(files)}
    assert rules == {"steps-contiguous", "send-claims-last"}


def test_an_exchange_id_used_twice_across_files_is_a_warning() -> None:
    files = small_set()
    own = REDEFINED.replace('Order="3"', 'Order="6"').replace("OwnExchange", "ReadExchange")
    own = own.replace("</OrchestrationSteps>", '<OrchestrationStep Order="7" Type="SendClaims" '
                      'CpimIssuerTechnicalProfileReferenceId="JwtIssuer" /></OrchestrationSteps>')  # fmt: skip
    files["Own.xml"] = policy("Own", own, "Extensions")
    assert [(f.rule, f.level, f.file) for f in found_in(files)] == [
        ("exchange-id-unique-in-journey", Level.WARNING, "Own.xml")
    ]


def test_client_id_may_stand_in_the_extensions_or_come_as_a_claim() -> None:
    files = broken_set(EXTENSIONS, '<Item Key="client_id">litware-app</Item>', "")
    above = """<ClaimsProviders><ClaimsProvider><TechnicalProfiles><TechnicalProfile Id="litware-openidconnect"><Metadata>
      <Item Key="client_id">1</Item></Metadata></TechnicalProfile></TechnicalProfiles></ClaimsProvider></ClaimsProviders>"""
    assert [f.rule for f in found_in(files)] == ["client-id-present"]
    files[PARTY] = files[PARTY].replace("  <RelyingParty>", above + "\n<RelyingParty>")
    assert found_in(files) == ()


def test_a_journey_that_only_writes_a_token_is_sound() -> None:
    steps = '<OrchestrationStep Order="1" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="JwtIssuer" />'
    journey = f'<UserJourneys><UserJourney Id="J"><OrchestrationSteps>{steps}</OrchestrationSteps></UserJourney></UserJourneys>'
    files = {**small_set(), "Own.xml": policy("Own", journey, "Extensions")}
    assert found_in(files) == ()


def test_claims_of_sub_journeys_and_display_controls_count() -> None:
    files = broken_set(EXTENSIONS, '"AAD-Read" />', '"AAD-ReadNew" />')
    assert [f.rule for f in found_in(files)] == ["required-input-produced"]
    control = """<DisplayControls><DisplayControl Id="ask" UserInterfaceControlType="VerificationControl">
      <OutputClaims><OutputClaim ClaimTypeReferenceId="newUser" /></OutputClaims></DisplayControl></DisplayControls>
  </BuildingBlocks>"""
    files[BASE] = files[BASE].replace("  </BuildingBlocks>", control)
    shown = (
        '<DisplayClaims><DisplayClaim DisplayControlReferenceId="ask" /></DisplayClaims>\n          <OutputClaims>\n'
    )
    files[BASE] = files[BASE].replace(
        '          <OutputClaims>\n            <OutputClaim ClaimTypeReferenceId="signInName"',
        f'          {shown}            <OutputClaim ClaimTypeReferenceId="signInName"',
    )
    assert found_in(files) == ()


def test_inclusions_in_a_circle_are_told_once_each() -> None:
    files = broken_set(
        BASE,
        '<TechnicalProfile Id="AAD-Common"><Protocol Name="Proprietary" Handler="Directory" />',
        '<TechnicalProfile Id="AAD-Common"><Protocol Name="Proprietary" Handler="Directory" />'
        '<IncludeTechnicalProfile ReferenceId="AAD-Check" />',
    )
    found = found_in(files)
    assert [(f.rule, f.line) for f in found] == [
        ("include-technical-profile", line_of(files[BASE], '<TechnicalProfile Id="AAD-Common"'))
    ]


def test_findings_come_by_file_and_line() -> None:
    files = broken_set(EXTENSIONS, "https://litware", "http://litware")
    files[EXTENSIONS] = files[EXTENSIONS].replace(">proseware-app<", "><")
    files[BASE] = files[BASE].replace('ReferenceId="signin.en"', 'ReferenceId="signin.fr"')
    found = found_in(files)
    assert [(f.file, f.line) for f in found] == sorted((f.file, f.line) for f in found)
    assert len(found) == 3


class Stopping:
    """A watch whose person stops at the second file."""

    def __init__(self) -> None:
        self.told: list[float] = []

    def step(self, fraction: float, _text: str = "") -> None:
        self.told.append(fraction)
        if len(self.told) == 2:
            raise Cancelled("stopped")


def test_checking_can_be_stopped() -> None:
    policy_set = PolicySet.of(PolicyFile(name, text.encode()) for name, text in small_set().items())
    with pytest.raises(Cancelled):
        check_set(policy_set, watch=Stopping())
