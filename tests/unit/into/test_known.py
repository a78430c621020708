"""What the policies know already need not be said again, and keeps its ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.composing import catalogue
from latchkey.check.checker import check_set
from latchkey.check.draft_rules import check_draft
from latchkey.check.finding import Level
from latchkey.compose.into.importing import import_set
from latchkey.compose.into.known import clean, only_changes
from latchkey.compose.into.plan import IntoPlan, plan_into
from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider, Tenant, frozen
from latchkey.errors import Refused
from latchkey.policy.buttons import buttons
from latchkey.policy.folder import read_set
from latchkey.policy.policy_set import PolicySet

METADATA = "https://login.contoso.example/.well-known/openid-configuration"
FACEBOOK = Provider("facebook", client_id="123456789012345")
WECHAT = Provider("wechat", client_id="wx0123456789abcdef")
OIDC = Provider("openid-connect", name="Contoso", client_id="abc", settings=frozen({"metadata_url": METADATA}))


def draft(*providers: Provider) -> Draft:
    return Draft(Tenant("contoso"), Policies(), providers=providers)


def plan(policy_set: PolicySet, *providers: Provider, **switches: bool) -> IntoPlan:
    return plan_into(policy_set, draft(*providers), catalogue(), **switches)


def data(policy_set: PolicySet) -> dict[str, bytes]:
    return {policy.file: policy_set.document(policy).data for policy in policy_set.policies}


def shown(policy_set: PolicySet) -> list[tuple[str, str, str]]:
    policy = policy_set.find("B2C_1A_signup_signin")
    assert policy is not None
    effective = policy_set.effective(policy)
    assert effective.relying_party is not None
    assert effective.relying_party.default_journey is not None
    journey = effective.journey(effective.relying_party.default_journey.id)
    assert journey is not None
    return [(button.exchange, button.technical_profile, button.text) for button in buttons(effective, journey)]


@pytest.fixture
def pack(reference: Path) -> PolicySet:
    return read_set(reference / "corpus/starterpack/SocialAndLocalAccounts")


@pytest.fixture
def with_ours(pack: PolicySet) -> PolicySet:
    return plan(pack, FACEBOOK, WECHAT, OIDC).after


def errors(policy_set: PolicySet, wanted: Draft) -> list[tuple[str, str]]:
    reduced, present = only_changes(policy_set, wanted, catalogue())
    found = check_draft(reduced, catalogue(), into=True, present=present)
    return [(one.rule, one.field) for one in found if one.level is Level.ERROR]


def test_a_client_id_that_the_policies_have_need_not_be_said(with_ours: PolicySet) -> None:
    short = (Provider("facebook"), Provider("wechat"), Provider("openid-connect", name="Contoso"))
    assert plan(with_ours, *short).changes == ()
    assert errors(with_ours, draft(*short)) == []


def test_another_name_for_a_provider_leaves_its_ids(with_ours: PolicySet) -> None:
    after = plan(with_ours, FACEBOOK, WECHAT, replace(OIDC, name="Employees")).after
    assert shown(after)[2] == ("ContosoExchange", "Contoso-OpenIdConnect", "Employees")
    assert plan(after, FACEBOOK, WECHAT, replace(OIDC, name="Employees")).changes == ()
    assert data(plan(after, FACEBOOK, WECHAT, OIDC).after) == data(with_ours)


def test_a_stated_id_is_another_provider(with_ours: PolicySet) -> None:
    other = replace(OIDC, id="Employees")
    with pytest.raises(Refused, match="Contoso"):
        plan(with_ours, FACEBOOK, WECHAT, other)
    after = plan(with_ours, FACEBOOK, WECHAT, other, remove_unlisted=True).after
    assert shown(after)[2][:2] == ("EmployeesExchange", "Employees-OpenIdConnect")


def test_what_is_new_has_to_be_whole(with_ours: PolicySet) -> None:
    wanted = draft(FACEBOOK, WECHAT, OIDC, Provider("qq"), Provider("openid-connect", id="New", name="New"))
    assert errors(with_ours, wanted) == [
        ("client-id-present", "providers[3].client_id"),
        ("client-id-present", "providers[4].client_id"),
        ("idp-required-metadata", "providers[4].settings.metadata_url"),
    ]


def test_the_profile_of_a_provider_that_is_there_may_be_named(pack: PolicySet) -> None:
    assert errors(pack, draft(replace(FACEBOOK, profile="Facebook-OAUTH"))) == []
    assert errors(pack, draft(Provider("existing", profile="Facebook-OAUTH"))) == []


def test_what_the_policies_say_is_not_judged_but_what_changes_is(with_ours: PolicySet) -> None:
    odd = data(with_ours)
    name = next(name for name in odd if name.endswith("Extensions.xml"))
    assert METADATA.encode() in odd[name]
    odd[name] = odd[name].replace(METADATA.encode(), b"http://plain.example/")
    policy_set = with_ours.with_bytes(odd)
    same = replace(OIDC, settings=frozen({"metadata_url": "http://plain.example/"}))
    assert errors(policy_set, draft(FACEBOOK, WECHAT, same)) == []
    other = replace(OIDC, settings=frozen({"metadata_url": "http://other.example/"}))
    assert errors(policy_set, draft(FACEBOOK, WECHAT, other)) == [
        ("https-endpoints", "providers[2].settings.metadata_url")
    ]


def test_a_fresh_pack_may_keep_its_sample_tenant(pack: PolicySet) -> None:
    fresh = Draft(Tenant("yourtenant"), Policies(), providers=(Provider("facebook"),))
    assert errors(pack, fresh) == []
    assert plan_into(pack, fresh, catalogue()).changes == ()


def test_neither_accounts_nor_apps_have_to_be_said(pack: PolicySet) -> None:
    assert errors(pack, draft(FACEBOOK)) == []
    stated = Policies(accounts="social-and-local", ief_app_id="not an id")
    assert errors(pack, Draft(Tenant("contoso"), stated, providers=(FACEBOOK,))) == [("app-id", "policies.ief_app_id")]


def test_texts_are_cleaned_like_those_of_new_sets(pack: PolicySet) -> None:
    untidy = replace(FACEBOOK, name=" Face\tbook\n", claims=frozen({"email": ClaimSource(" mail ")}))
    tidy = replace(FACEBOOK, name="Face book", claims=frozen({"email": ClaimSource("mail")}))
    assert clean(draft(untidy)) == draft(tidy)
    assert data(plan(pack, untidy).after) == data(plan(pack, tidy).after)
    with pytest.raises(Refused, match=r"providers\[0\].name"):
        plan(pack, replace(FACEBOOK, name="Face\x07book"))


def test_a_claim_that_an_old_provider_is_to_give_is_defined(pack: PolicySet) -> None:
    wanted = replace(FACEBOOK, claims=frozen({"department": ClaimSource("dept")}))
    new = replace(OIDC, claims=frozen({"department": ClaimSource("dep")}))
    for providers in ((wanted,), (wanted, new), (new, FACEBOOK)):
        after = plan(pack, *providers).after
        assert [f for f in check_set(after) if f.level is Level.ERROR and f.rule != "placeholder-left"] == []
        assert sum(content.count(b'ClaimType Id="department"') for content in data(after).values()) == 1
        assert data(plan(after, FACEBOOK, remove_unlisted=True).after) == data(plan(pack, FACEBOOK).after)


def test_one_address_with_another_query_is_another_provider(pack: PolicySet) -> None:
    one = replace(OIDC, id="One", client_id="a", settings=frozen({"metadata_url": METADATA + "?p=one"}))
    two = replace(one, id="Two", client_id="b", settings=frozen({"metadata_url": METADATA + "?p=two"}))
    theirs = pack.with_bytes(
        {
            name: content.replace(b"Latchkey added", b"by hand")
            for name, content in data(plan(pack, FACEBOOK, one).after).items()
        }
    )
    after = plan(theirs, FACEBOOK, one, two).after
    assert [button[1] for button in shown(after)] == ["Facebook-OAUTH", "One-OpenIdConnect", "Two-OpenIdConnect"]


def test_profile_editing_that_is_left_alone_stays_so(pack: PolicySet) -> None:
    alone = replace(draft(WECHAT, FACEBOOK), policies=Policies(profile_edit_policies=()))
    after = plan_into(pack, alone, catalogue()).after
    assert {Path(change.file).name for change in plan_into(pack, alone, catalogue()).changes} >= {"SignUpOrSignin.xml"}
    imported = import_set(after, catalogue())
    assert imported.policies.profile_edit_policies == ()
    assert plan_into(after, imported, catalogue()).changes == ()
    assert import_set(plan(pack, WECHAT, FACEBOOK).after, catalogue()).policies.profile_edit_policies is None
