"""`latchkey show`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.command import Command
from helpers.golden import Golden
from helpers.policy_files import policy


def test_the_whole_in_words(latchkey: Command, composed: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(composed.parent)
    done = latchkey("show", "set")
    assert (done.status, done.err) == (0, "")
    golden.check("cli/show-contoso.txt", done.out)


def test_json_says_buttons_and_journeys(latchkey: Command, composed: Path) -> None:
    policies = {one["id"]: one for one in latchkey("show", composed, "--json").json["policies"]}
    assert set(policies) == {"B2C_1A_signup_signin", "B2C_1A_ProfileEdit", "B2C_1A_PasswordReset"}
    sign_in = policies["B2C_1A_signup_signin"]
    assert sign_in["file"] == f"{composed}/SignUpOrSignin.xml"
    assert sign_in["journey"] == "CustomSignUpSignIn"
    assert [
        (one["exchange"], one["technical_profile"], one["text"], one["protocol"]) for one in sign_in["buttons"]
    ] == [
        ("WeChatExchange", "WeChat-OAuth2", "WeChat", "OAuth2"),
        ("QQExchange", "QQ-OAuth2", "QQ", "OAuth2"),
        ("ContosoExchange", "Contoso-OpenIdConnect", "Contoso employees", "OpenIdConnect"),
    ]
    assert sign_in["buttons"][0]["texts"]["zh-Hans"] == "微信"
    own = sign_in["journeys"][0]
    assert own["id"] == "CustomSignUpSignIn"
    first, second = own["steps"][:2]
    assert (first["order"], first["type"]) == (1, "CombinedSignInAndSignUp")
    assert [one["target"] for one in first["selections"] if "target" in one] == [
        "WeChatExchange", "QQExchange", "ContosoExchange", "ForgotPasswordExchange",
    ]  # fmt: skip
    assert {"id": "QQExchange", "technical_profile": "QQ-OAuth2"} in second["exchanges"]
    assert second["preconditions"] == [
        {"type": "ClaimsExist", "execute_if": True, "values": ["objectId"], "action": "SkipThisOrchestrationStep"}
    ]
    assert own["steps"][-1]["type"] == "SendClaims"
    edit = policies["B2C_1A_ProfileEdit"]
    assert edit["journey"] == "CustomSignUpSignInProfileEdit"
    assert [one["exchange"] for one in edit["buttons"]] == ["WeChatExchange", "QQExchange", "ContosoExchange"]
    assert policies["B2C_1A_PasswordReset"]["buttons"] == []


@pytest.mark.parametrize("name", ["B2C_1A_signup_signin", "b2c_1a_SIGNUP_signin", "signup_signin"])
def test_one_policy(latchkey: Command, composed: Path, name: str) -> None:
    (one,) = latchkey("show", composed, "--policy", name, "--json").json["policies"]
    assert one["id"] == "B2C_1A_signup_signin"


def test_a_policy_that_is_no_relying_party_shows_its_journeys(latchkey: Command, composed: Path) -> None:
    (one,) = latchkey("show", composed, "--policy", "B2C_1A_TrustFrameworkExtensions", "--json").json["policies"]
    assert (one["journey"], one["buttons"]) == (None, [])
    assert {"CustomSignUpSignIn", "CustomSignUpSignInProfileEdit"} <= {journey["id"] for journey in one["journeys"]}
    text = latchkey("show", composed, "--policy", "B2C_1A_TrustFrameworkExtensions")
    assert "Journey CustomSignUpSignIn" in text.out


def test_an_unknown_policy_is_refused_with_those_that_are_there(latchkey: Command, composed: Path) -> None:
    done = latchkey("show", composed, "--policy", "B2C_1A_nothing")
    assert done.status == 1
    assert "B2C_1A_signup_signin" in done.told[1]


def test_a_base_that_is_not_there_is_said(latchkey: Command, composed: Path) -> None:
    (composed / "TrustFrameworkExtensions.xml").unlink()
    done = latchkey("show", composed, "--policy", "signup_signin")
    assert done.status == 0
    assert "B2C_1A_TrustFrameworkExtensions, which it builds on, is not in this folder" in done.out
    assert "Its journey CustomSignUpSignIn does not exist." in done.out
    (one,) = latchkey("show", composed, "--policy", "signup_signin", "--json").json["policies"]
    assert (one["journey"], one["buttons"], one["journeys"]) == ("CustomSignUpSignIn", [], [])


def test_a_broken_file_is_left_out_and_said(latchkey: Command, composed: Path) -> None:
    (composed / "bad.xml").write_text("<a>\n<", encoding="utf-8")
    done = latchkey("show", composed)
    assert done.status == 1
    assert "bad.xml, line 2 was left out" in done.out
    assert "Journey CustomSignUpSignIn" in done.out
    assert latchkey("show", composed, "--json").json["broken"][0]["file"] == f"{composed}/bad.xml"


@pytest.mark.parametrize("make", ["nothing", "no-party"])
def test_nothing_to_show_is_refused(latchkey: Command, tmp_path: Path, make: str) -> None:
    if make == "no-party":
        file = policy("B2C_1A_Base")
        (tmp_path / file.file).write_bytes(file.data)
    assert latchkey("show", tmp_path).told
    assert latchkey("show", tmp_path).status == 1


def test_a_folder_that_is_not_there(latchkey: Command, tmp_path: Path) -> None:
    assert latchkey("show", tmp_path / "none").status == 2
    assert latchkey("show", tmp_path / "none").told


def test_texts_of_files_can_not_command_the_terminal(latchkey: Command, tmp_path: Path) -> None:
    body = (
        '<UserJourneys><UserJourney Id="J\u009b"><OrchestrationSteps><OrchestrationStep Order="1" Type="SendClaims\u202e" '
        'CpimIssuerTechnicalProfileReferenceId="x"/></OrchestrationSteps></UserJourney></UserJourneys>'
        '<RelyingParty><DefaultUserJourney ReferenceId="J\u009b"/></RelyingParty>'
    )
    file = policy("B2C_1A_X", body)
    (tmp_path / file.file).write_bytes(file.data)
    done = latchkey("show", tmp_path)
    assert done.status == 0
    assert "J\ufffd" in done.out
    assert not any(character in done.out for character in "\x9b\u202e")


def test_the_pack_reads_as_it_is(latchkey: Command, reference: Path) -> None:
    pack = reference / "corpus/starterpack/SocialAndLocalAccounts"
    policies = {one["id"]: one for one in latchkey("show", pack, "--json").json["policies"]}
    sign_in = policies["B2C_1A_signup_signin"]
    assert (sign_in["journey"], [one["text"] for one in sign_in["buttons"]]) == ("SignUpOrSignIn", ["Facebook"])
    assert [step["order"] for step in sign_in["journeys"][0]["steps"]] == list(range(1, 8))


# What builds on what -------------------------------------------------------------------------------------------------


def folder_of(tmp_path: Path, *files: object) -> Path:
    from latchkey.policy.policy_set import PolicyFile

    for file in files:
        assert isinstance(file, PolicyFile)
        (tmp_path / file.file).write_bytes(file.data)
    return tmp_path


PARTY = '<RelyingParty><DefaultUserJourney ReferenceId="J"/></RelyingParty>'


def tree(out: str) -> list[str]:
    lines = out.splitlines()
    return lines[2 : lines.index("")]


def test_a_missing_base_is_the_root_and_says_what_to_do(latchkey: Command, tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, policy("B2C_1A_A", PARTY, "B2C_1A_Base"), policy("B2C_1A_B", PARTY, "b2c_1a_base"),
        policy("B2C_1A_C", base="B2C_1A_B"),
    )  # fmt: skip
    done = latchkey("show", folder)
    assert done.status == 0
    assert tree(done.out) == [
        "B2C_1A_Base  not here: add the file, or say that it is in Azure already (--in-azure B2C_1A_Base)",
        "├─ B2C_1A_A     B2C_1A_A.xml  runs J",
        "└─ B2C_1A_B     B2C_1A_B.xml  runs J",
        "   └─ B2C_1A_C  B2C_1A_C.xml",
    ]
    said = latchkey("show", folder, "--in-azure", "B2C_1A_BASE")
    assert tree(said.out)[0].split(maxsplit=1) == ["B2C_1A_Base", "in Azure, not here"]
    found = {one["id"]: one["missing"] for one in latchkey("show", folder, "--json").json["set"]}
    assert found == {"B2C_1A_A": True, "B2C_1A_B": True, "B2C_1A_C": False}
    found = {
        one["id"]: one["missing"] for one in latchkey("show", folder, "--json", "--in-azure", "b2c_1a_base").json["set"]
    }
    assert not any(found.values())


def test_twins_circles_and_too_many_levels_are_said_and_the_rest_is_shown(latchkey: Command, tmp_path: Path) -> None:
    levels = [policy(f"B2C_1A_L{n:02}", base=f"B2C_1A_L{n - 1:02}" if n > 1 else "") for n in range(1, 12)]
    folder = folder_of(
        tmp_path, *levels, policy("B2C_1A_Good", PARTY), policy("B2C_1A_X", base="B2C_1A_Y"),
        policy("B2C_1A_Y", base="B2C_1A_X"), policy("B2C_1A_good", PARTY, file="twin.xml"),
    )  # fmt: skip
    done = latchkey("show", folder)
    assert done.status == 0
    lines = {line.split("B2C_1A_")[1].split()[0]: line for line in tree(done.out)}
    assert "same id as" in lines["good"]
    assert "in a circle" in lines["X"]
    assert "in a circle" in lines["Y"]
    assert lines["L11"].endswith("level 11; Azure allows 10")
    assert lines["L10"].endswith("L10.xml")
    assert lines["Good"].endswith("runs J")
    problems = {one["file"]: one["problem"] for one in latchkey("show", folder, "--json").json["set"]}
    assert [Path(file).name for file, problem in problems.items() if problem] == [
        "B2C_1A_L11.xml", "B2C_1A_X.xml", "B2C_1A_Y.xml", "twin.xml",
    ]  # fmt: skip


def test_a_chain_of_hundreds_is_no_trouble(latchkey: Command, tmp_path: Path) -> None:
    chain = [policy(f"B2C_1A_L{n}", base=f"B2C_1A_L{n - 1}" if n else "") for n in range(1500)]
    folder = folder_of(tmp_path, *chain, policy("B2C_1A_P", PARTY, "B2C_1A_L1499"))
    done = latchkey("show", folder)
    assert (done.status, done.err) == (0, "")


# Where things stand ----------------------------------------------------------------------------------------------


def test_sources_in_words(latchkey: Command, composed: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(composed.parent)
    done = latchkey("show", "set", "--policy", "signup_signin", "--sources")
    assert (done.status, done.err) == (0, "")
    golden.check("cli/show-sources-contoso.txt", re.sub(r"(\.xml):[1-9][0-9]*", r"\1:N", done.out))
    assert latchkey("show", "set", "--policy", "signup_signin", "--verbose") == done


def test_sources_name_the_very_line_and_what_is_overridden(latchkey: Command, reference: Path) -> None:
    pack = reference / "corpus/starterpack/SocialAndLocalAccounts"
    (found,) = latchkey("show", pack, "--policy", "signup_signin", "--json", "--sources").json["policies"]
    profiles = {one["id"]: one for one in found["technical_profiles"]}
    facebook = profiles["Facebook-OAUTH"]
    assert [Path(one["file"]).name for one in facebook["layers"]] == [
        "TrustFrameworkBase.xml", "TrustFrameworkExtensions.xml",
    ]  # fmt: skip
    assert facebook["source"] == facebook["layers"][-1]
    for claim in facebook["output_claims"]:
        assert f'ClaimTypeReferenceId="{claim["claim"]}"' in line_of(claim["source"])
    for item in facebook["metadata"]:
        assert f'Key="{item["key"]}"' in line_of(item["source"])
    assert {Path(item["source"]["file"]).stem for item in facebook["metadata"]} == {
        "TrustFrameworkBase", "TrustFrameworkExtensions",
    }  # fmt: skip
    writing = profiles["AAD-UserWriteUsingLogonEmail"]
    assert writing["includes"] == "AAD-Common"
    assert "AAD-Common" in profiles
    (button,) = found["buttons"]
    assert "FacebookExchange" in line_of(button["source"])
    journey = found["journeys"][0]
    assert 'UserJourney Id="SignUpOrSignIn"' in line_of(journey["source"])
    for step in journey["steps"]:
        assert f'Order="{step["order"]}"' in line_of(step["source"])
        for exchange in step["exchanges"]:
            assert f'Id="{exchange["id"]}"' in line_of(exchange["source"])


def line_of(source: dict[str, object]) -> str:
    number = source["line"]
    assert isinstance(number, int)
    return Path(str(source["file"])).read_text(encoding="utf-8-sig").splitlines()[number - 1]


def test_a_journey_that_a_child_adds_to_names_both_places(latchkey: Command, tmp_path: Path) -> None:
    journey = '<UserJourneys><UserJourney Id="{id}"><OrchestrationSteps><OrchestrationStep Order="1" Type="Noop"/>'
    journey += "</OrchestrationSteps></UserJourney></UserJourneys>"
    folder = folder_of(
        tmp_path, policy("B2C_1A_Base", journey.format(id="J")),
        policy("B2C_1A_P", journey.format(id="j") + PARTY, "B2C_1A_Base"),
    )  # fmt: skip
    (found,) = latchkey("show", folder, "--json").json["policies"]
    assert [one["policy"] for one in found["journeys"][0]["layers"]] == ["B2C_1A_Base", "B2C_1A_P"]
    assert [one["policy"] for one in found["journeys"][0]["steps"][0]["layers"]] == ["B2C_1A_Base", "B2C_1A_P"]
    assert "[B2C_1A_P.xml:4, over B2C_1A_Base.xml:4]" in latchkey("show", folder, "--sources").out


def test_without_sources_the_contract_s_shapes_stay(latchkey: Command, composed: Path) -> None:
    one = latchkey("show", composed, "--policy", "signup_signin", "--json").json["policies"][0]
    assert set(one["buttons"][0]) == {"exchange", "technical_profile", "text", "texts", "protocol"}
    assert set(one["journeys"][0]["steps"][1]["exchanges"][0]) == {"id", "technical_profile"}
    assert "technical_profiles" not in one


def test_a_journey_is_drawn(latchkey: Command, composed: Path, tmp_path: Path, golden: Golden) -> None:
    file = tmp_path / "way.svg"
    done = latchkey("show", composed, "--policy", "signup_signin", "--flow", file)
    assert (done.status, done.out, done.err) == (0, f"Wrote {file}.\n", "")
    golden.check("flow/contoso.svg", file.read_bytes())
    again = latchkey("show", composed, "--policy", "signup_signin", "--flow", file, "--json")
    assert again.json["flow"] == str(file)
    assert [one["id"] for one in again.json["policies"]] == ["B2C_1A_signup_signin"]


@pytest.mark.parametrize(
    ("policy_id", "says"),
    [
        ("", "A picture shows one policy, and there are several: B2C_1A_ProfileEdit, "),
        ("B2C_1A_TrustFrameworkExtensions", "B2C_1A_TrustFrameworkExtensions holds several journeys: "),
    ],
)
def test_a_picture_shows_one_journey(
    latchkey: Command, composed: Path, tmp_path: Path, policy_id: str, says: str
) -> None:
    chosen = ("--policy", policy_id) if policy_id else ()
    done = latchkey("show", composed, *chosen, "--flow", tmp_path / "way.svg")
    assert done.status == 1
    assert done.err.startswith(says[:40])
    assert not (tmp_path / "way.svg").exists()


def test_a_picture_replaces_no_policy(latchkey: Command, composed: Path) -> None:
    policy = composed / "TrustFrameworkBase.xml"
    old = policy.read_bytes()
    done = latchkey("show", composed, "--policy", "signup_signin", "--flow", policy)
    assert (done.status, done.out) == (1, "")
    assert f"{policy} is there already" in done.told[0]
    assert ".svg" in done.told[1]
    assert policy.read_bytes() == old


def test_a_picture_on_standard_output(latchkey: Command, composed: Path, golden: Golden) -> None:
    done = latchkey("show", composed, "--policy", "signup_signin", "--flow", "-")
    assert (done.status, done.err) == (0, "")
    golden.check("flow/contoso.svg", done.out.encode())
    assert not Path("-").exists()


def test_a_picture_that_can_not_be_written_is_one_clear_line(latchkey: Command, composed: Path, tmp_path: Path) -> None:
    done = latchkey("show", composed, "--policy", "signup_signin", "--flow", tmp_path)
    assert done.status == 2
    assert "can't be written" in done.err
