"""Every provider type goes into the packs that people have, is known again there, and leaves no trace when taken off."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from helpers.composing import IEF, PROXY, catalogue, filled
from helpers.policy_files import policy, providers
from latchkey.check.checker import check_set
from latchkey.compose.into.importing import import_set
from latchkey.compose.into.plan import peeled, plan_into
from latchkey.compose.into.rows import recognised
from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider, Tenant, frozen
from latchkey.policy.folder import read_set
from latchkey.policy.policy_set import PolicySet

PING = "https://auth.pingone.eu/00000000-0000-0000-0000-000000000000/as/.well-known/openid-configuration"
DOCUMENTED = tomllib.loads((Path(__file__).parents[2] / "data" / "documented.toml").read_text("utf-8"))["types"]
FACEBOOK = Provider("facebook", client_id="123456789012345")
TYPES = sorted(set(catalogue()) - {"facebook"})


@cache
def pack(folder: Path) -> PolicySet:
    return read_set(folder)


def draft(*providers: Provider) -> Draft:
    policies = Policies(accounts="social-and-local", ief_app_id=IEF, proxy_ief_app_id=PROXY)
    return Draft(Tenant("contoso"), policies, providers=providers)


def after(before: PolicySet, wanted: Draft, **switches: bool) -> PolicySet:
    return plan_into(before, wanted, catalogue(), **switches).after


def found(policy_set: PolicySet) -> list[str]:
    return sorted(f"{f.level}: {f.rule}: {f.message}" for f in check_set(policy_set))


@pytest.mark.parametrize("type_", TYPES)
def test_goes_in_checks_clean_and_comes_out_again(type_: str, reference: Path) -> None:
    before = pack(reference / "corpus/starterpack/SocialAndLocalAccounts")
    alone = after(before, draft(FACEBOOK))
    both = after(before, draft(FACEBOOK, filled(catalogue()[type_])))
    assert found(both) == found(alone)
    assert data(peeled(both)) == data(peeled(alone))
    back = import_set(both, catalogue())
    assert [provider.type for provider in back.providers] == ["facebook", type_]
    assert plan_into(both, back, catalogue()).changes == ()


def test_all_go_in_together(reference: Path) -> None:
    before = pack(reference / "corpus/starterpack/SocialAndLocalAccounts")
    everything = after(before, draft(FACEBOOK, *(filled(catalogue()[type_]) for type_ in TYPES)))
    assert found(everything) == found(after(before, draft(FACEBOOK)))


def test_a_building_block_that_is_there_is_not_put_in_again(reference: Path) -> None:
    before = pack(reference / "corpus/starterpack/SocialAndLocalAccounts")
    made = after(before, draft(FACEBOOK, filled(catalogue()["github"]), filled(catalogue()["weibo"])))
    extensions = next(made.document(p).data for p in made.policies if p.id.endswith("Extensions"))
    assert extensions.count(b'ClaimType Id="numericUserId"') == 1
    assert extensions.count(b'ClaimsTransformation Id="CreateIssuerUserId"') == 1


def test_the_number_behind_a_number_counts_as_identity(reference: Path) -> None:
    before = pack(reference / "corpus/starterpack/SocialAndLocalAccounts")
    github = filled(catalogue()["github"])
    there = after(before, draft(FACEBOOK, github))
    same = replace(github, claims=frozen({"issuerUserId": ClaimSource("id")}))
    assert plan_into(there, draft(FACEBOOK, same), catalogue()).changes == ()


@pytest.mark.parametrize("type_", sorted(set(DOCUMENTED) - {"saml"}))  # its sample is an AD FS
def test_the_documentations_own_xml_is_known(type_: str, reference: Path) -> None:
    """What people copied from the pages, with their own answers in it."""
    page = reference / "snippets" / f"{DOCUMENTED[type_]['page']}.xml"
    text = page.read_text("utf-8").replace("Your PingOne OIDC discovery endpoint", PING)
    text = text.replace("login.microsoftonline.com/tenant-name", "login.microsoftonline.com/contoso")
    text = text.replace("{tenant}.b2clogin.com", "fabrikam.b2clogin.com")
    there = PolicySet.of([policy("B2C_1A_x", providers(text))])
    (found,) = there.policies[0].technical_profiles
    assert recognised(found, catalogue()) == type_


def data(policy_set: PolicySet) -> dict[str, bytes]:
    return {policy.file: policy_set.document(policy).data for policy in policy_set.policies}
