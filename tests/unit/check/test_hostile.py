"""Whatever a folder holds, checking it ends, soon and with findings: never with an exception."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.small_set import BASE, EXTENSIONS, PARTY, found_in, policy, small_set
from latchkey.check.placeholders import sample_in, samples_in
from latchkey.cli.show_text import policy_text
from latchkey.policy.flow import flow
from latchkey.policy.flow_svg import to_svg
from latchkey.policy.policy_set import PolicyFile, PolicySet
from latchkey.policy.story import tell

FILES = small_set()
# what a slip of the editor, or malice, puts in place of a value
WORDS = (
    "",
    " ",
    "0",
    "-1",
    "99999999999999999999",
    "İ",
    "ẞ",
    "&#x10FFFF;",
    "B2C_1A_Base",
    "AAD-Common",
    "CustomSignIn",
    "}{",
    "{{}}",
)
BIG = 2_500


@st.composite
def slips(draw: st.DrawFn) -> dict[str, str]:
    """The sound set with a few pieces dropped, doubled, or given another value."""
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from((BASE, EXTENSIONS, PARTY)))
        lines = files[name].split("\n")
        at = draw(st.integers(0, len(lines) - 2))
        kind = draw(st.sampled_from(("drop", "double", "swap", "value")))
        if kind == "drop":
            del lines[at]
        elif kind == "double":
            lines.insert(at, lines[at])
        elif kind == "swap":
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
        elif '"' in lines[at]:
            parts = lines[at].split('"')
            parts[1 + 2 * draw(st.integers(0, (len(parts) - 2) // 2))] = draw(st.sampled_from(WORDS))
            lines[at] = '"'.join(parts)
        files[name] = "\n".join(lines)
    return files


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(slips(), st.booleans())
def test_slips_end_in_findings(files: dict[str, str], ours: bool) -> None:
    for finding in found_in(files, ours=ours):
        assert finding.message
        assert finding.file in files
        assert 0 <= finding.line <= files[finding.file].count("\n") + 1


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 60))
def test_any_bytes_end_in_findings(junk: bytes, at: int, gone: int) -> None:
    files: dict[str, str | bytes] = dict(FILES)
    data = FILES[BASE].encode()
    files[BASE] = data[:at] + junk + data[at + gone :]
    files["junk.xml"] = junk
    assert found_in(files)


def profiles(items: str) -> str:
    return f"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>{items}</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"


def journey(steps: str) -> str:
    return f'<UserJourneys><UserJourney Id="j"><OrchestrationSteps>{steps}</OrchestrationSteps></UserJourney></UserJourneys>'


RUN = '<RelyingParty><DefaultUserJourney ReferenceId="j" /></RelyingParty>'
HOSTILE: Mapping[str, str] = {
    "inclusions": profiles(
        "".join(
            f'<TechnicalProfile Id="t{i}"><IncludeTechnicalProfile ReferenceId="t{i + 1}"/></TechnicalProfile>'
            for i in range(BIG)
        )
    ),
    "inclusions in a circle": profiles(
        "".join(
            f'<TechnicalProfile Id="t{i}"><IncludeTechnicalProfile ReferenceId="t{(i + 1) % BIG}"/></TechnicalProfile>'
            for i in range(BIG)
        )
    ),
    "unknown claims": profiles(
        '<TechnicalProfile Id="t"><OutputClaims>'
        + "".join(f'<OutputClaim ClaimTypeReferenceId="c{i}"/>' for i in range(4 * BIG))
        + "</OutputClaims></TechnicalProfile>"
    ),
    "sub journeys that call two each": journey(
        '<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="s0"/></JourneyList></OrchestrationStep>'
    )
    + "<SubJourneys>"
    + "".join(
        f'<SubJourney Id="s{i}" Type="Call"><OrchestrationSteps><OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList>'
        f'<Candidate SubJourneyReferenceId="s{i + 1}"/><Candidate SubJourneyReferenceId="s{i + 2}"/></JourneyList></OrchestrationStep>'
        "</OrchestrationSteps></SubJourney>"
        for i in range(BIG)
    )
    + "</SubJourneys>"
    + RUN,
    "many steps": journey(
        "".join(
            f'<OrchestrationStep Order="{i}" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="e{i}" TechnicalProfileReferenceId="t"/>'
            "</ClaimsExchanges></OrchestrationStep>"
            for i in range(1, BIG)
        )
    )
    + profiles('<TechnicalProfile Id="t"><Protocol Name="None"/></TechnicalProfile>')
    + RUN,
    "controls": "<BuildingBlocks><DisplayControls><DisplayControl Id='c'>"
    + "".join(f'<x TechnicalProfileReferenceId="t{i}"/>' for i in range(BIG))
    + "</DisplayControl></DisplayControls></BuildingBlocks>"
    + profiles(
        '<TechnicalProfile Id="t"><DisplayClaims>'
        + '<DisplayClaim DisplayControlReferenceId="c"/>' * BIG
        + "</DisplayClaims></TechnicalProfile>"
    )
    + journey(
        '<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="e" TechnicalProfileReferenceId="t"/>'
        "</ClaimsExchanges></OrchestrationStep>"
    )
    + RUN,
    "braces": "<BuildingBlocks>" + "{{" * 100_000 + "</BuildingBlocks>",
    "angles": "<BuildingBlocks>" + "".join(f"&lt;my {i}&gt;\n" for i in range(8 * BIG)) + "</BuildingBlocks>",
    "one sample": "<BuildingBlocks>" + "yourtenant " * 20_000 + "</BuildingBlocks>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_hang_is_done_soon(name: str) -> None:
    start = time.process_time()
    found = found_in({"one.xml": policy("One", HOSTILE[name])})
    assert found or name == "braces"
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_hang_is_told_and_drawn_soon(name: str) -> None:
    policy_set = PolicySet.of([PolicyFile("one.xml", policy("One", HOSTILE[name]).encode())])
    start = time.process_time()
    for one in policy_set.policies:
        assert "\n".join(policy_text(policy_set, one, sources=True))
        effective = policy_set.effective(one)
        for journey in effective.journeys.values():
            assert to_svg(flow(tell(effective, journey)))
    assert time.process_time() - start < 5


def test_a_folder_of_a_thousand_chained_policies_is_done_soon() -> None:
    start = time.process_time()
    files = {f"{n}.xml": policy(f"P{n}", builds_on=f"P{n - 1}" if n else "") for n in range(1000)}
    assert {f.rule for f in found_in(files)} == {"base-depth", "policy-count"}
    assert time.process_time() - start < 5


@given(st.text(alphabet="yourtenaİIDd<>{}&;:lg-_ ", max_size=60))
def test_looking_for_sample_text_takes_any_text(text: str) -> None:
    for position, written, hint in samples_in(text):
        assert text[position : position + len(written)] == written
        assert hint
    assert sample_in(text) == "" or len(sample_in(text)) <= len(text) + 1
