"""False alarms are the worst fault: the field's own packs and samples, and every error that is left in them with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.samples import PACKS, UNFILLED, Sample, filled, samples
from latchkey.check.checker import check_set
from latchkey.check.finding import Level
from latchkey.policy.folder import read_folder
from latchkey.policy.policy_set import PolicyFile, PolicySet

# Sample set → the errors that are really there, each with why it is one.
BLANK = "client_id is an empty Item, for readers to fill in"
FAULTS: dict[str, dict[str, str]] = {
    "custom-claims-provider/policy": {"client-id-present TrustFrameworkExtensions.xml:112": BLANK},
    "encrypted-profile/policies": {
        "schema-valid SignUpOrSignin-Encrypted.xml:13": "the end of a comment whose beginning is gone: a stray -->",
    },
    "lockout/policy": {"client-id-present TrustFrameworkExtensions.xml:93": BLANK},
    "remote-profile/Remote-profile-policies": {"client-id-present TrustFrameworkExtensions.xml:98": BLANK},
    "remote-profile/Remote-profile-with-hash-policies": {"client-id-present TrustFrameworkExtensions.xml:122": BLANK},
    "custom-email-verifcation-displaycontrol/policy/Mailjet": {
        "technical-profile-exists DisplayControl_TrustFrameworkExtensions.xml:183": "only its sister samples define "
        "AAD-CheckEmailAddressExists",
    },
    "custom-email-verifcation-displaycontrol/policy/SSPR": {
        "policy-id-unique DisplayControl_SignUpOrSignin.xml:3": "it carries the password reset's policy id",
    },
    "custom-mfa-authy-app/policy": {
        "technical-profile-exists TrustFrameworkExtensions.xml:179": "SM-MFA-Authy stands in a ClaimsProvider after the "
        "end of ClaimsProviders",
        "element-order TrustFrameworkExtensions.xml:249": "that ClaimsProvider: Microsoft's schema says the same",
    },
    "custom-sms-displaycontrol/policy": {
        "required-input-produced TrustFrameworkExtensionsCustomSMS.xml:490": "Facebook is taken out of ProfileEditSMS, "
        "the step that reads social users is not",
    },
    "mfa-last-verified/policy": {
        "required-input-produced TrustFrameworkExtensions.xml:247": "the journey tester begins by reading a user by an "
        "e-mail address that nobody gave",
        "claim-type-exists tester.xml:25": "policyVersion is defined nowhere",
    },
    "twilio-mfa-psd2/policy/SignUpSignIn": {
        "technical-profile-exists TrustFrameworkExtensionsPSD2.xml:463": "SendGrid-SignUp is defined nowhere",
        "claim-type-exists TrustFrameworkExtensionsPSD2.xml:579": "newPhoneNumberEntered is in the pack with a second "
        "factor only, with which another step fails",
    },
}


@pytest.fixture(scope="module")
def found(reference: Path) -> tuple[Sample, ...]:
    return tuple(samples(reference))


@pytest.mark.parametrize("pack", PACKS)
def test_a_starter_pack_has_nothing_wrong_but_its_placeholders(pack: str, reference: Path) -> None:
    found = check_set(PolicySet.of(read_folder(reference / "corpus" / "starterpack" / pack)))
    assert {f.rule for f in found if f.level is Level.ERROR} == {"placeholder-left"}
    # surName / surname; a translation of a button that this pack does not have
    assert {f.rule for f in found if f.level is not Level.ERROR} <= {"id-case-drift", "localized-button"}


@pytest.mark.parametrize("pack", PACKS)
def test_a_starter_pack_filled_in_has_nothing_wrong(pack: str, reference: Path) -> None:
    files = [filled(file) for file in read_folder(reference / "corpus" / "starterpack" / pack)]
    found = check_set(PolicySet.of(files))
    assert [f for f in found if f.level is Level.ERROR] == []


def test_samples_have_no_errors_but_those_that_are_there(found: tuple[Sample, ...]) -> None:
    assert len(found) > 60
    assert {sample.folder: sample.faults() for sample in found if sample.faults()} == {
        folder: list(faults) for folder, faults in FAULTS.items()
    }


def test_placeholders_in_samples_are_there(found: tuple[Sample, ...]) -> None:
    """What is called sample text is found in the very line that the finding names, outside of comments."""
    for sample in found:
        for finding in sample.findings:
            if finding.rule == UNFILLED[0]:
                quoted = re.search(r"“(.*?)”", finding.message)
                assert quoted is not None
                data = Path(finding.file).read_bytes()
                lines = re.sub(rb"<!--.*?-->", lambda m: b"\n" * m.group().count(b"\n"), data, flags=re.DOTALL)
                line = lines.decode("utf-8-sig").split("\n")[finding.line - 1]
                assert quoted.group(1) in line.replace("&lt;", "<").replace("&gt;", ">"), finding


def test_taking_facebook_out_of_a_pack_is_refused_as_azure_does(reference: Path) -> None:
    """https://github.com/MicrosoftDocs/azure-docs/issues/12948: the three messages that people get."""
    files = []
    for file in read_folder(reference / "corpus" / "starterpack" / "SocialAndLocalAccounts"):
        data = filled(file).data
        data = re.sub(rb'<ClaimsProviderSelection TargetClaimsExchangeId="FacebookExchange" />', b"", data)
        data = re.sub(rb'<ClaimsExchange Id="FacebookExchange"[^>]*/>', b"", data)
        files.append(PolicyFile(file.file, data))
    errors = [f for f in check_set(PolicySet.of(files), ours=True) if f.level is Level.ERROR]
    about_sign_in = [f for f in errors if "SignUpOrSignIn" in f.message or Path(f.file).stem == "SignUpOrSignin"]
    assert sorted(
        (f.rule, re.findall("“(.*?)”", f.message)[-1 if f.rule.startswith("req") else 0]) for f in about_sign_in
    ) == [
        ("required-input-produced", "alternativeSecurityId"),
        ("required-input-produced", "alternativeSecurityId"),
        ("rp-output-produced", "identityProvider"),
    ]


def test_documented_provider_snippets_have_the_right_structure_and_settings(reference: Path) -> None:
    """Each ClaimsProvider of the articles, put into a pack: nothing is wrong with its form. Names that the articles use
    and packs lack are another matter.
    """
    pack = [filled(file) for file in read_folder(reference / "corpus" / "starterpack" / "SocialAndLocalAccounts")]
    form = {
        "schema-valid",
        "element-order",
        "enum-values",
        "no-empty-container",
        "metadata-value",
        "name-misspelt",
        "listed-twice",
    }
    count = 0
    for path in sorted((reference / "snippets").rglob("*.xml")):
        text = re.sub(r"<!--.*?-->", "", path.read_text("utf-8-sig"), flags=re.DOTALL)
        start, end = text.find("<ClaimsProvider>"), text.rfind("</ClaimsProvider>")
        if start < 0:
            continue
        count += 1
        inside = b"<ClaimsProviders>" + (text[start:end] + "</ClaimsProvider>").encode()
        files = [
            PolicyFile(f.file, f.data.replace(b"<ClaimsProviders>", inside, 1)) if "Extensions" in f.file else f
            for f in pack
        ]
        assert [f for f in check_set(PolicySet.of(files)) if f.rule in form] == [], path.name
    assert count > 25
