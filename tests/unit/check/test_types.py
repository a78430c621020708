"""Every provider type, filled with its own examples: composes on every kind of accounts, in every cloud, alone, twice
and together with all others, and has nothing against it, neither as a draft nor as files.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.composing import catalogue, draft, filled
from latchkey.check.checker import check_set
from latchkey.check.draft_rules import check_draft
from latchkey.check.finding import Level
from latchkey.compose.composer import compose
from latchkey.draft.draft import Draft
from latchkey.policy.buttons import buttons
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet

TYPES = sorted(catalogue())
ACCOUNTS = ["social", "social-and-local", "social-and-local-mfa"]


def everything(accounts: str) -> Draft:
    return draft(accounts, *(filled(entry) for entry in catalogue().values()))


def composed(wish: Draft) -> PolicySet:
    return PolicySet.of(compose(wish, catalogue()).files)


@pytest.mark.parametrize("accounts", ACCOUNTS)
@pytest.mark.parametrize("type_", TYPES)
def test_alone(type_: str, accounts: str) -> None:
    wish = draft(accounts, replace(filled(catalogue()[type_]), name="One"))
    assert check_draft(wish, catalogue()) == ()
    assert check_set(composed(wish), ours=True) == ()


@pytest.mark.parametrize("accounts", ACCOUNTS)
def test_all_together(accounts: str) -> None:
    wish = everything(accounts)
    assert {found.rule for found in check_draft(wish, catalogue())} == {"display-name"}  # "OpenID Connect" says little
    assert check_set(composed(wish), ours=True) == ()


def test_all_together_keep_their_order_and_are_all_different() -> None:
    wish = replace(everything("social-and-local"), providers=everything("social-and-local").providers[::-1])
    made = compose(wish, catalogue())
    for part in ("id", "exchange", "technical_profile", "name"):
        folded = [key(getattr(provider, part)) for provider in made.setup.providers]
        assert len(set(folded)) == len(folded)
    policies = PolicySet.of(made.files)
    party = policies.find("B2C_1A_signup_signin")
    assert party is not None
    effective = policies.effective(party)
    journey = effective.journey(made.setup.journey_id)
    assert journey is not None
    shown = [button.exchange for button in buttons(effective, journey)]
    assert shown == [provider.exchange for provider in made.setup.providers]


def test_building_blocks_are_written_once_however_many_need_them() -> None:
    files = compose(everything("social"), catalogue()).files
    text = files[2].data
    for id_ in (b"numericUserId", b"CreateIssuerUserId", b"CreateDisplayNameFromFirstNameAndLastName", b"SM-Saml-idp"):
        assert text.count(b' Id="' + id_ + b'"') == 1
    alone = compose(draft("social", filled(catalogue()["google"])), catalogue()).files[2].data
    assert b"numericUserId" not in alone
    assert b"SM-Saml-idp" not in alone


@pytest.mark.parametrize("type_", TYPES)
def test_two_of_a_type_get_names_of_their_own(type_: str) -> None:
    """What may not be meant is only warned of; where it would be refused, the draft says so first."""
    one = filled(catalogue()[type_])
    wish = draft("social", replace(one, name="First"), replace(one, name="Second"))
    before = {(found.rule, found.level) for found in check_draft(wish, catalogue())}
    after = {(found.rule, found.level) for found in check_set(composed(wish), ours=True)}
    assert after <= before <= {("idp-claims-complete", Level.WARNING)}


def test_two_providers_under_one_name_are_refused_before_anything_is_composed() -> None:
    one = filled(catalogue()["oauth2"])
    elsewhere = {**one.settings, "userinfo_endpoint": "https://api.fabrikam.example/me"}
    wish = draft("social", replace(one, name="First"), replace(one, name="Second", settings=elsewhere))
    (found,) = check_draft(wish, catalogue())
    assert (found.rule, found.level) == ("idp-claims-complete", Level.ERROR)
    assert found.field == "providers[1].settings.issuer"
    assert any(f.rule == "idp-claims-complete" and f.level is Level.ERROR for f in check_set(composed(wish), ours=True))


def test_the_documentations_own_clashes_are_none_here() -> None:
    """Its pages give AD FS and the generic types the same ids, and both Salesforce types the same exchange and domain."""
    clashing = ["adfs", "openid-connect", "adfs-saml", "saml", "salesforce", "salesforce-saml"]
    wish = draft("social", *(replace(filled(catalogue()[type_]), id="") for type_ in clashing))
    assert check_set(composed(wish), ours=True) == ()
    stated = draft(
        "social", *(replace(filled(catalogue()[type_]), id="Contoso") for type_ in ("adfs", "openid-connect"))
    )
    (found,) = [f for f in check_draft(stated, catalogue()) if f.level is Level.ERROR]
    assert (found.rule, found.field) == ("override-collision", "providers[1].id")
