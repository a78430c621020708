"""Button texts where the extensions file has pages, languages and texts of its own: they are added to, never doubled."""

from __future__ import annotations

import pytest

from helpers.composing import catalogue, draft, provider
from helpers.policy_files import policy
from latchkey.check.checker import check_set
from latchkey.check.finding import Level
from latchkey.compose.composer import compose
from latchkey.compose.into.plan import plan_into
from latchkey.draft.draft import Draft
from latchkey.policy.buttons import buttons
from latchkey.policy.policy_set import PolicyFile, PolicySet

MINE = "Mine.xml"
CONTENT = '<ContentDefinitions><ContentDefinition Id="API.signuporsignin">{0}</ContentDefinition></ContentDefinitions>'
REFERENCES = (
    '<LocalizedResourcesReferences MergeBehavior="Append"><LocalizedResourcesReference Language="fr" '
    'LocalizedResourcesReferenceId="mine.fr"/></LocalizedResourcesReferences>'
)
LANGUAGES = '<SupportedLanguages DefaultLanguage="en" MergeBehavior="Append"><SupportedLanguage>fr</SupportedLanguage></SupportedLanguages>'
TEXTS = '<LocalizedResources Id="{0}"><LocalizedStrings>{1}</LocalizedStrings></LocalizedResources>'
STRING = '<LocalizedString ElementType="ClaimsProvider" StringId="{0}">{1}</LocalizedString>'


def localization(inner: str) -> str:
    return f'<Localization Enabled="true">{inner}</Localization>'


OWN = {
    "page": CONTENT.format("<DataUri>urn:com:microsoft:aad:b2c:elements:contract:unifiedssp:2.1.7</DataUri>"),
    "references": CONTENT.format(REFERENCES)
    + localization(LANGUAGES + TEXTS.format("mine.fr", STRING.format("FacebookExchange", "Visage"))),
    "languages": localization(LANGUAGES),
    "texts": localization(TEXTS.format("api.signuporsignin.en", STRING.format("facebookexchange", "Old"))),
    "other texts": localization(TEXTS.format("api.signuporsignin.en", STRING.format("Other", "x"))),
    "empty texts": localization(
        '<LocalizedResources Id="api.signuporsignin.en"><LocalizedStrings/></LocalizedResources>'
    ),
}


def with_own(name: str) -> PolicySet:
    """A composed set with a file of one's own between its extensions and the policies that people run."""
    files = {
        file.file: file.data
        for file in compose(draft("social-and-local", provider("facebook"), provider("wechat")), catalogue()).files
    }
    for file in ("SignUpOrSignin.xml", "ProfileEdit.xml", "PasswordReset.xml"):
        files[file] = files[file].replace(b">B2C_1A_TrustFrameworkExtensions<", b">B2C_1A_Mine<")
    mine = policy(
        "B2C_1A_Mine", f"<BuildingBlocks>{OWN[name]}</BuildingBlocks>", "B2C_1A_TrustFrameworkExtensions", MINE
    )
    files[MINE] = mine.data.replace(b"t.onmicrosoft", b"contoso.onmicrosoft")
    return PolicySet.of(PolicyFile(file, data) for file, data in files.items())


def data(policy_set: PolicySet) -> dict[str, bytes]:
    return {policy.file: policy_set.document(policy).data for policy in policy_set.policies}


def texts(policy_set: PolicySet) -> dict[str, dict[str, str]]:
    found = policy_set.find("B2C_1A_signup_signin")
    assert found is not None
    effective = policy_set.effective(found)
    assert effective.relying_party is not None
    assert effective.relying_party.default_journey is not None
    journey = effective.journey(effective.relying_party.default_journey.id)
    assert journey is not None
    return {button.exchange: {"": button.text, **button.texts} for button in buttons(effective, journey)}


def plan(policy_set: PolicySet, wanted: Draft) -> PolicySet:
    return plan_into(policy_set, wanted, catalogue(), remove_unlisted=True).after


@pytest.mark.parametrize("name", OWN)
def test_new_names_in_all_languages(name: str) -> None:
    before = with_own(name)
    names = {"en": "Face & Co", "fr": "Tête", "de": "Gesicht"}
    wanted = draft("social-and-local", provider("facebook", name="Face & Co", names=names), provider("wechat"),
                   provider("openid-connect", id="New", name="New", names={"fr": "Neuf"}))  # fmt: skip
    after = plan(before, wanted)
    assert [f for f in check_set(after) if f.level is Level.ERROR and f not in check_set(before)] == []
    found = texts(after)
    assert found["FacebookExchange"] == {"": "Face & Co"} | {
        k: found["FacebookExchange"][k] for k in found["FacebookExchange"] if k
    }
    assert {code: found["FacebookExchange"].get(code) for code in names} == names
    assert found["NewExchange"]["fr"] == "Neuf"
    body = data(after)[MINE]
    for once in (
        b"<SupportedLanguages",
        b'ContentDefinition Id="api.signuporsignin"',
        b'LocalizedResources Id="api.signuporsignin.en"',
    ):
        assert body.lower().count(once.lower()) <= 1, once
    assert data(plan(after, wanted)) == data(after)
    other = draft("social-and-local", provider("wechat", names={"fr": "WC"}), provider("facebook", name="Third"))
    assert data(plan(plan(after, other), wanted)) == data(after)
    start = draft("social-and-local", provider("facebook"), provider("wechat"))
    assert data(plan(after, start)) == data(before)
