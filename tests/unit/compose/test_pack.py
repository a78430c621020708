"""The behaviour is the public starter pack's: what a composed set with Facebook as its only provider amounts to equals
what the pack amounts to, but for the differences listed here, each with its reason. The pack has the password reset as
a policy of its own; what it means to have it inside the sign-in page, which is our default, is listed too.

Texts are ours and left aside: display names, help texts, localized strings. Ids compare without case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from helpers.composing import IEF, PROXY, catalogue, draft, provider
from latchkey.compose.composer import compose
from latchkey.policy.effective import Effective
from latchkey.policy.folder import read_folder
from latchkey.policy.model import Claim, Node, TechnicalProfile, UserJourney
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicyFile, PolicySet

KINDS = {
    "social": "SocialAccounts",
    "social-and-local": "SocialAndLocalAccounts",
    "social-and-local-mfa": "SocialAndLocalAccountsWithMfa",
}
TEXT_PARTS = {"DisplayName", "UserHelpText", "AdminHelpText"}
TEXT_ITEMS = {"DisplayName", "language.intro"}
CLIENT_ID = "123456789012345"
OWN_JOURNEYS = {"CustomSignUpSignIn": "SignUpOrSignIn", "CustomSignUpSignInProfileEdit": "ProfileEdit"}

# fact → (the pack's, ours, why)
WANTED: dict[str, dict[str, tuple[object, object, str]]] = {
    kind: {
        "profile facebook-oauth metadata UsePolicyInRedirectUri": (
            "0",
            "false",
            "the same, in the word that the reference uses (oauth2-technical-profile: UsePolicyInRedirectUri)",
        ),
    }
    for kind in KINDS
}

# What is new or other with the reset inside the sign-in page → why. No fact of the pack goes away.
EMBEDDED = {
    "claim isforgotpassword": "tells the journey that the link was pressed",
    "profile forgotpassword": "what the link leads to: it sets that claim and shows nothing",
    "profile selfasserted-localaccountsignin-email metadata setting.forgotPasswordLinkOverride": (
        "makes the link start an exchange, where it sends people back to the application with AADB2C90118 otherwise"
    ),
    "profile localaccountwritepasswordusingobjectid-signedin": (
        "people are signed in by the new password, so the session must remember them; the pack's own profile stays "
        "without a session, since with one its form would be skipped for who is signed in and calls PasswordReset"
    ),
    "subjourney passwordreset": "the steps of the pack's PasswordReset, to be called from another journey",
    "journey signuporsignin": "the link's exchange, the call of the sub journey, and no second phone code after it",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("policy", ["B2C_1A_signup_signin", "B2C_1A_ProfileEdit", "B2C_1A_PasswordReset"])
def test_effective_policies_equal_the_packs(kind: str, policy: str, reference: Path) -> None:
    if kind == "social" and policy == "B2C_1A_PasswordReset":
        assert pack(reference, kind).find(policy) is None
        assert ours(kind).find(policy) is None
        return
    theirs = facts(effective_of(pack(reference, kind), policy), {})
    mine = facts(effective_of(ours(kind), policy), OWN_JOURNEYS)
    assert len(theirs) > 400
    names = theirs.keys() | mine.keys()
    differing = {name: (theirs.get(name), mine.get(name)) for name in names if theirs.get(name) != mine.get(name)}
    assert differing == {name: (a, b) for name, (a, b, _why) in WANTED[kind].items()}


@pytest.mark.parametrize("kind", ["social-and-local", "social-and-local-mfa"])
@pytest.mark.parametrize("policy", ["B2C_1A_signup_signin", "B2C_1A_ProfileEdit", "B2C_1A_PasswordReset"])
def test_the_embedded_reset_adds_only_what_is_listed(kind: str, policy: str) -> None:
    separate = facts(effective_of(ours(kind), policy), OWN_JOURNEYS)
    embedded = facts(effective_of(ours(kind, "embedded"), policy), OWN_JOURNEYS)
    assert separate.keys() <= embedded.keys()
    differing = {name for name in embedded if name not in separate or separate[name] != embedded[name]}
    listed = {subject: {name for name in differing if name.startswith(subject)} for subject in EMBEDDED}
    assert all(listed.values()), listed
    assert differing == set().union(*listed.values())


def test_the_embedded_resets_journey(reference: Path) -> None:
    """The pack's journey with one step more, after the choice; the sub journey is the pack's without its end."""
    packs = pack(reference, "social-and-local")
    theirs = effective_of(packs, "B2C_1A_signup_signin").journeys["signuporsignin"]
    effective = effective_of(ours("social-and-local", ""), "B2C_1A_signup_signin")
    mine = effective.journeys["customsignupsignin"]
    assert [step.type for step in mine.steps] == [
        *(step.type for step in theirs.steps[:2]), "InvokeSubJourney", *(step.type for step in theirs.steps[2:])
    ]  # fmt: skip
    assert steps(mine)[3:] == [(number, *step[1:]) for number, step in enumerate(steps(theirs)[2:], 4)]
    sub = steps(effective.sub_journeys["passwordreset"])
    whole = steps(effective_of(packs, "B2C_1A_PasswordReset").journeys["passwordreset"])
    assert [without_exchanges(step) for step in sub] == [without_exchanges(step) for step in whole[:-1]]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_else_is_in_the_sets(kind: str, reference: Path) -> None:
    assert {p.id for p in ours(kind).policies} == {p.id for p in pack(reference, kind).policies}
    journeys = set(effective_of(ours(kind), "B2C_1A_signup_signin").journeys)
    theirs = set(effective_of(pack(reference, kind), "B2C_1A_signup_signin").journeys)
    if kind == "social":  # a base may not lean on providers defined below it, and without any nothing is left of these
        assert journeys == theirs - {"signuporsignin", "profileedit"} | {key(id_) for id_ in OWN_JOURNEYS}
    else:
        assert journeys == theirs | {key(id_) for id_ in OWN_JOURNEYS}


def test_the_journeys_of_a_local_base_are_those_of_the_pack_without_providers(reference: Path) -> None:
    theirs = PolicySet.of(filled_in(reference / "corpus/starterpack/LocalAccounts"))
    mine = ours("social-and-local")
    base = mine.effective(found(mine, "B2C_1A_TrustFrameworkBase"))
    pack_base = theirs.effective(found(theirs, "B2C_1A_TrustFrameworkBase"))
    for name in ("signuporsignin", "profileedit", "passwordreset", "redeemrefreshtoken"):
        assert journey(base.journeys[name]) == journey(pack_base.journeys[name])


def test_the_journeys_of_a_base_with_phone_add_the_packs_phone_steps(reference: Path) -> None:
    """No pack has e-mail accounts with a second factor and no provider: the local pack's journeys, with the steps of the
    pack that has both, in the same places."""
    local = ours("social-and-local")
    mfa = ours("social-and-local-mfa")
    for name, at in (("signuporsignin", 3), ("profileedit", 3)):
        plain = steps(local.effective(found(local, "B2C_1A_TrustFrameworkBase")).journeys[name])
        phone = steps(mfa.effective(found(mfa, "B2C_1A_TrustFrameworkBase")).journeys[name])
        packs = pack(reference, "social-and-local-mfa")
        added = [
            step
            for step in steps(packs.effective(found(packs, "B2C_1A_TrustFrameworkBase")).journeys[name])
            if "phone" in str(step).lower()
        ]
        assert [without_order(step) for step in phone] == [
            *(without_order(step) for step in plain[:at]),
            *(without_order(step) for step in added),
            *(without_order(step) for step in plain[at:]),
        ]


def pack(reference: Path, kind: str) -> PolicySet:
    return PolicySet.of(filled_in(reference / "corpus/starterpack" / KINDS[kind]))


def filled_in(folder: Path) -> list[PolicyFile]:
    """The pack's files with the placeholders filled in as its instructions say (the longer name first)."""
    values = {
        b"yourtenant": b"contoso",
        b"ProxyIdentityExperienceFrameworkAppId": PROXY.encode(),
        b"IdentityExperienceFrameworkAppId": IEF.encode(),
        b"facebook_clientid": CLIENT_ID.encode(),
    }
    files = []
    for file in read_folder(folder):
        data = file.data
        for placeholder, value in values.items():
            data = data.replace(placeholder, value)
        files.append(PolicyFile(Path(file.file).name, data))
    return files


def ours(kind: str, password_reset: str = "separate") -> PolicySet:
    way = password_reset if kind != "social" else ""
    made = draft(kind, provider("facebook", client_id=CLIENT_ID), password_reset=way)
    return PolicySet.of(compose(made, catalogue()).files)


def found(policies: PolicySet, policy_id: str) -> Any:
    policy = policies.find(policy_id)
    assert policy is not None
    return policy


def effective_of(policies: PolicySet, policy_id: str) -> Effective:
    return policies.effective(found(policies, policy_id))


def facts(effective: Effective, own_journeys: Mapping[str, str]) -> dict[str, object]:
    """All that an effective policy says, without texts and places, as one flat table."""
    table: dict[str, object] = {}
    for name, claim_type in effective.claim_types.items():
        for tag, node in claim_type.parts.items():
            if tag not in TEXT_PARTS:
                table[f"claim {name} {tag}"] = plain(node)
        table.setdefault(f"claim {name}", "defined")
    for name, transformation in effective.claims_transformations.items():
        table[f"transformation {name}"] = (
            transformation.method,
            [(key(c.claim), c.name) for c in transformation.inputs],
            [(p.id, p.data_type, p.value) for p in transformation.parameters],
            [(key(c.claim), c.name) for c in transformation.outputs],
        )
    for name, content in effective.content_definitions.items():
        table[f"page {name}"] = (content.load_uri, content.recovery_uri, content.data_uri)
        table |= {f"page {name} {i.key}": i.value for i in content.metadata if i.key not in TEXT_ITEMS}
    for identity, block in effective.blocks.items():
        table[f"block {identity}"] = plain(block.node)
    for name in effective.technical_profiles:
        profile = effective.expanded(name)
        assert profile is not None
        table |= profile_facts(f"profile {name}", profile)
    used = {key(copy): key(original) for copy, original in own_journeys.items()}
    for name, user_journey in effective.journeys.items():
        if name in used or name not in used.values():
            table[f"journey {used.get(name, name).lower()}"] = journey(user_journey)
    table |= {f"subjourney {name}": journey(sub_journey) for name, sub_journey in effective.sub_journeys.items()}
    table |= relying_party(effective, used)
    return table


def profile_facts(name: str, profile: TechnicalProfile) -> dict[str, object]:
    table: dict[str, object] = {f"{name} metadata {item.key}": item.value for item in profile.metadata}
    table |= {f"{name} key {item.id}": item.storage_reference_id for item in profile.keys}
    table |= {
        f"{name} protocol": (profile.protocol, profile.handler),
        f"{name} tokens": (profile.input_token_format, profile.output_token_format),
        f"{name} sso": profile.include_in_sso,
        f"{name} session": profile.session and key(profile.session.id),
        f"{name} includes": profile.include and key(profile.include.id),
        f"{name} domain": profile.provider_domain,
        f"{name} journeys": profile.enabled_for_user_journeys,
        f"{name} subject": profile.subject_naming,
        f"{name} before": [key(r.id) for r in profile.input_claims_transformations],
        f"{name} in": claims(profile.input_claims),
        f"{name} shown": claims(profile.display_claims),
        f"{name} kept": claims(profile.persisted_claims),
        f"{name} out": claims(profile.output_claims),
        f"{name} after": [key(r.id) for r in profile.output_claims_transformations],
        f"{name} validation": [key(v.id) for v in profile.validation_profiles],
        f"{name} other": [plain(node) for node in profile.other],
    }
    return table


def claims(found_claims: Iterable[Claim]) -> list[object]:
    return [(key(c.claim), c.partner, c.default, c.always_default, c.required, c.display_control) for c in found_claims]


def relying_party(effective: Effective, used: Mapping[str, str]) -> dict[str, object]:
    party = effective.relying_party
    assert party is not None
    assert party.default_journey is not None
    assert party.technical_profile is not None
    name = key(party.default_journey.id)
    return {
        "party journey": used.get(name, name),
        "party endpoints": [(e.id, key(e.journey)) for e in party.endpoints],
        "party behaviours": party.behaviors,
        **{
            f"party {fact}": sorted(map(str, value)) if isinstance(value, list) else value
            for fact, value in profile_facts("profile", party.technical_profile).items()
        },
    }


def journey(user_journey: UserJourney) -> object:
    definition = user_journey.client_definition
    return (
        dict(user_journey.attributes).keys() - {"Id"},
        definition and key(definition.id),
        [plain(node) for node in user_journey.other],
        steps(user_journey),
    )


def steps(user_journey: UserJourney) -> list[tuple[object, ...]]:
    return [
        (
            step.order,
            step.type,
            step.content_definition and key(step.content_definition),
            step.issuer and key(step.issuer),
            [(p.type, p.execute_if, p.values, p.action) for p in step.preconditions],
            [(key(s.target), key(s.validation)) for s in step.selections],
            step.display_option,
            [(key(e.id), key(e.technical_profile)) for e in step.exchanges],
            [key(c.sub_journey) for c in step.candidates],
        )
        for step in user_journey.steps
    ]


def without_order(step: tuple[object, ...]) -> tuple[object, ...]:
    return step[1:]


def without_exchanges(step: tuple[object, ...]) -> tuple[object, ...]:
    return (*step[:7], *step[8:])


def plain(node: Node) -> object:
    attributes = {name: value for name, value in node.attributes.items() if name != "HelpText"}
    return (node.tag, attributes, node.text, [plain(child) for child in node.children])
