"""What customers read: complete in each of our languages, on the pages and under the names that the packs have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from helpers.composing import catalogue, draft, provider
from latchkey.compose.composer import compose
from latchkey.compose.languages import texts
from latchkey.compose.naming import OUR_LANGUAGES
from latchkey.policy.effective import Effective
from latchkey.policy.folder import read_set
from latchkey.policy.policy_set import PolicySet

KINDS = {
    "social": "SocialAccounts",
    "social-and-local": "SocialAndLocalAccounts",
    "social-and-local-mfa": "SocialAndLocalAccountsWithMfa",
}
# (page, element type, element, string) that the pack of social accounts has and we leave out: its sign-in page has no
# e-mail form, so these strings are never shown, and some name claims and exchanges that its base does not define.
NEVER_SHOWN = ("password", "signInName", "generic", "createaccount", "forgotpassword", "button_signin", "divider_title")


def table(root: Path, code: str) -> Mapping[str, Any]:
    return texts(root / "templates" / "policies" / "texts", code)


def flat(values: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{path}{name}.")
        else:
            yield path + name, value


def test_languages_have_the_same_texts_with_the_same_fields(root: Path) -> None:
    english, chinese = (dict(flat(table(root, code))) for code in OUR_LANGUAGES)
    assert english.keys() == chinese.keys()
    for name, text in english.items():
        assert re.findall(r"\{\d\}", text) == re.findall(r"\{\d\}", chinese[name]), name
        assert text.strip() == text
        assert chinese[name].strip() == chinese[name]


def test_chinese_is_chinese(root: Path) -> None:
    for name, text in flat(table(root, "zh-Hans")):
        assert re.search(r"[\u4e00-\u9fff]", text), name


def strings(effective: Effective, language: str) -> set[tuple[str, str, str, str]]:
    """(page, element type, element, string) of all localized strings in a language, but for those of the button."""
    found = set()
    for page, content in effective.content_definitions.items():
        for reference in content.localized:
            if reference.language != language:
                continue
            for string in effective.localized_resources[reference.resources_id.casefold()].strings:
                if string.string_id not in ("FacebookExchange",):
                    found.add((page, string.element_type, string.element_id, string.string_id))
    return found


def leaf(policies: PolicySet) -> Effective:
    policy = policies.find("B2C_1A_signup_signin")
    assert policy is not None
    return policies.effective(policy)


@pytest.mark.parametrize("kind", KINDS)
def test_pages_have_the_strings_of_the_packs(kind: str, reference: Path) -> None:
    theirs = strings(leaf(read_set(reference / "corpus/starterpack" / KINDS[kind])), "en")
    made = leaf(PolicySet.of(compose(draft(kind, provider("facebook")), catalogue()).files))
    english = strings(made, "en")
    assert strings(made, "zh-Hans") == english
    assert not english - theirs
    if kind != "social":
        assert english == theirs
        return
    for page, type_, element, string in theirs - english:
        assert page in ("api.signuporsignin", "api.idpselections")
        assert (
            type_ == "ErrorMessage"
            or string == "LocalAccountSigninEmailExchange"
            or any(word in string + element for word in NEVER_SHOWN)
        )


def test_the_list_of_countries_is_the_packs_and_is_json(reference: Path) -> None:
    theirs = countries(leaf(read_set(reference / "corpus/starterpack" / KINDS["social-and-local-mfa"])), "en")
    made = leaf(PolicySet.of(compose(draft("social-and-local-mfa", provider("facebook")), catalogue()).files))
    for language in OUR_LANGUAGES:
        found = countries(made, language)
        assert found.keys() == theirs.keys()
        assert next(iter(found)) == "DEFAULT"
    assert countries(made, "zh-Hans")["CN"] == "中国"


def countries(effective: Effective, language: str) -> dict[str, str]:
    resources = effective.localized_resources[f"api.phonefactor.{language}".casefold()]
    found: dict[str, str] = json.loads(next(s.text for s in resources.strings if s.string_id == "countryList"))
    return found


def test_patterns_are_the_packs(reference: Path) -> None:
    theirs = leaf(read_set(reference / "corpus/starterpack" / KINDS["social-and-local-mfa"]))
    made = leaf(PolicySet.of(compose(draft("social-and-local-mfa", provider("facebook")), catalogue()).files))
    for name in ("code_pattern", "number_pattern"):
        for language in OUR_LANGUAGES:
            assert text_of(made, language, name) == text_of(theirs, "en", name)


def text_of(effective: Effective, language: str, name: str) -> str:
    resources = effective.localized_resources[f"api.phonefactor.{language}".casefold()]
    return next(s.text for s in resources.strings if s.string_id == name)
