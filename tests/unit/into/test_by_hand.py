"""After somebody has changed by hand what we wrote: it is theirs, what it leans on stays, and the laws hold again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from helpers.composing import catalogue, draft, provider
from helpers.policy_files import policy
from latchkey.check.checker import check_set
from latchkey.check.finding import Level
from latchkey.compose.composer import compose
from latchkey.compose.into.importing import import_set
from latchkey.compose.into.plan import plan_into
from latchkey.draft.draft import ClaimSource, Draft
from latchkey.policy.buttons import buttons
from latchkey.policy.policy_set import PolicyFile, PolicySet

START = draft("social-and-local", provider("facebook"), provider("wechat"))
A = draft(
    "social-and-local", provider("wechat", name="微信"), provider("qq"),
    provider("openid-connect", id="Own", claims={"department": ClaimSource("dep"), "issuerUserId": ClaimSource("sub")}),
    provider("facebook"),
)  # fmt: skip
B = draft(
    "social-and-local", provider("facebook", name="Meta"), provider("openid-connect", id="Other", client_id="other")
)
BUTTON = rb"(<ClaimsProviderSelection TargetClaimsExchangeId[^>]*>)(\s*)(<ClaimsProviderSelection TargetClaimsExchangeId[^>]*>)"

HANDS: dict[str, Callable[[bytes], bytes]] = {
    "another scope in a provider": lambda data: data.replace(b"openid profile email", b"openid"),
    "another order of buttons": lambda data: re.sub(BUTTON, rb"\3\2\1", data),
    "all comments gone": lambda data: re.sub(rb"<!--.*?-->", b"", data, flags=re.DOTALL),
    "only relying parties without comments": lambda data: (
        re.sub(rb"<!--.*?-->", b"", data, flags=re.DOTALL) if b"<RelyingParty>" in data else data
    ),
    "laid out anew": lambda data: re.sub(rb">\s+<", b">\n<", data),
    "other line ends": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "a remark in a journey": lambda data: data.replace(
        b'<OrchestrationStep Order="2"', b'<!-- ours --><OrchestrationStep Order="2"'
    ),
}  # fmt: skip


def data(policy_set: PolicySet) -> dict[str, bytes]:
    return {policy.file: policy_set.document(policy).data for policy in policy_set.policies}


def plan(policy_set: PolicySet, wanted: Draft) -> PolicySet:
    return plan_into(policy_set, wanted, catalogue(), remove_unlisted=True, change_identity=True).after


def shown(policy_set: PolicySet, policy_id: str = "B2C_1A_signup_signin") -> list[str]:
    found = policy_set.find(policy_id)
    assert found is not None
    effective = policy_set.effective(found)
    assert effective.relying_party is not None
    assert effective.relying_party.default_journey is not None
    journey = effective.journey(effective.relying_party.default_journey.id)
    assert journey is not None
    return [button.text for button in buttons(effective, journey)]


def sound(policy_set: PolicySet) -> bool:
    return not [finding for finding in check_set(policy_set) if finding.level is Level.ERROR]


@pytest.fixture(params=["in place", "copied"])
def theirs(request: pytest.FixtureRequest) -> PolicySet:
    """Journeys that are edited where they stand, or that come from a file above and are copied."""
    files = {file.file: file.data for file in compose(START, catalogue()).files}
    if request.param == "copied":
        for file in ("SignUpOrSignin.xml", "ProfileEdit.xml", "PasswordReset.xml"):
            files[file] = files[file].replace(b">B2C_1A_TrustFrameworkExtensions<", b">B2C_1A_Mine<")
        mine = policy("B2C_1A_Mine", "", "B2C_1A_TrustFrameworkExtensions", "Mine.xml")
        files["Mine.xml"] = mine.data.replace(b"t.onmicrosoft", b"contoso.onmicrosoft")
    return PolicySet.of(PolicyFile(file, content) for file, content in files.items())


@pytest.mark.parametrize("hand", HANDS)
def test_the_laws_hold_again(theirs: PolicySet, hand: str) -> None:
    first = plan(theirs, A)
    changed = PolicySet.of(PolicyFile(file, HANDS[hand](content)) for file, content in data(first).items())
    assert sound(changed)
    again = plan(changed, A)
    assert sound(again)
    assert shown(again) == ["微信", "QQ", "OpenID Connect", "Facebook"]
    assert sorted(shown(again, "B2C_1A_ProfileEdit")) == sorted(shown(again))
    assert data(plan(again, A)) == data(again)
    other = plan(again, B)
    assert sound(other)
    assert shown(other) == ["Meta", "OpenID Connect"]
    assert data(plan(other, B)) == data(other)
    assert data(plan(other, A)) == data(again)
    imported = import_set(again, catalogue())
    assert data(plan(again, imported)) == data(again)


def test_a_claim_stays_that_only_a_changed_provider_uses(theirs: PolicySet) -> None:
    first = data(plan(theirs, A))
    changed = PolicySet.of(
        PolicyFile(file, content.replace(b"openid profile email", b"openid")) for file, content in first.items()
    )
    after = plan(changed, START)
    assert sound(after)
    joined = b"".join(data(after).values())
    assert b'ClaimType Id="department"' in joined
    assert b'TechnicalProfile Id="Own-OpenIdConnect"' in joined
    assert b'TechnicalProfile Id="QQ-OAuth2"' not in joined
