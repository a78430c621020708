"""`latchkey show`."""

from __future__ import annotations

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
        "WeChatExchange", "QQExchange", "ContosoExchange",
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
