"""Names: derived, never colliding, valid, and the same for the same draft."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.composing import catalogue, draft, filled, provider
from latchkey.compose import base_ids
from latchkey.compose.ids import id_from_name
from latchkey.compose.naming import resolve
from latchkey.compose.setup import ProviderSetup, Setup
from latchkey.draft.draft import ClaimSource, Draft, Provider
from latchkey.errors import Refused
from latchkey.policy.names import HtmlId, key


def setups(*providers: Provider, **fields: Any) -> tuple[ProviderSetup, ...]:
    return resolve(draft("social-and-local", *providers, **fields), catalogue()).providers


def ids(*providers: Provider) -> list[str]:
    return [setup.id for setup in setups(*providers)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Contoso employees", "ContosoEmployees"),
        ("contoso", "Contoso"),
        ("eBay", "EBay"),
        ("Société Générale", "SocieteGenerale"),
        ("Straße", "Strasse"),
        ("Bob's shop", "BobsShop"),
        ("Ｆｕｌｌ width", "FullWidth"),
        ("微信 WeChat", "WeChat"),
        ("微信", ""),
        ("--", ""),
        ("a" * 99, "A" + "a" * 39),
    ],
)
def test_a_name_becomes_an_id(name: str, expected: str) -> None:
    assert id_from_name(name) == expected


def test_ids_come_from_the_id_the_catalogue_or_the_name() -> None:
    assert ids(
        provider("openid-connect", id="Fabrikam", name="Contoso employees"),
        provider("openid-connect", name="Contoso employees"),
        provider("wechat", name="Our WeChat"),
        provider("openid-connect", name="企业登录"),
        provider("openid-connect", name="微信"),
        provider("openid-connect", name="3M"),
    ) == ["Fabrikam", "ContosoEmployees", "WeChat", "OpenIdConnect1", "OpenIdConnect2", "OpenIdConnect3M"]


def test_profiles_exchanges_and_keys_follow_the_id() -> None:
    found = setups(provider("openid-connect", id="Contoso"))[0]
    assert (found.technical_profile, found.exchange, found.policy_key) == (
        "Contoso-OpenIdConnect",
        "ContosoExchange",
        "ContosoSecret",
    )


def test_the_documentations_own_ids_go_with_the_default_id_only() -> None:
    assert setups(provider("facebook"))[0].technical_profile == "Facebook-OAUTH"
    second = setups(provider("facebook"), provider("facebook"))[1]
    assert (second.id, second.technical_profile, second.policy_key) == (
        "Facebook2",
        "Facebook2-OAUTH",
        "Facebook2Secret",
    )


def test_later_ones_are_numbered_and_stated_ids_come_first() -> None:
    assert ids(provider("wechat"), provider("wechat"), provider("wechat")) == ["WeChat", "WeChat2", "WeChat3"]
    assert ids(provider("wechat"), provider("openid-connect", id="wechat")) == ["WeChat2", "wechat"]


def test_an_exchange_of_the_base_is_never_taken() -> None:
    assert ids(provider("openid-connect", name="Local Account Signin Email")) == ["LocalAccountSigninEmail2"]


@pytest.mark.parametrize(
    ("providers", "word"),
    [
        ([provider("wechat", id="A"), provider("qq", id="a")], "providers[1].id"),
        ([provider("wechat", id="LocalAccountSigninEmail")], "providers[0].id"),
        ([provider("wechat", id="1st")], "letter"),
        ([provider("wechat", id="a-b")], "letters and digits"),
        ([provider("wechat", profile="JwtIssuer")], "providers[0].profile"),
        ([provider("wechat", profile="a b")], "providers[0].profile"),
        ([provider("wechat", policy_key="a b")], "providers[0].policy_key"),
        ([provider("wechat", policy_key="B2C_1A_tokensigningkeycontainer")], "encrypt"),
        ([Provider("nonesuch", client_id="x")], "latchkey providers"),
        ([Provider("existing", profile="Our-IdP")], "--into"),
        ([provider("wechat", settings={"scope": "x"})], "providers[0].settings"),
        ([provider("openid-connect", settings={"response_type": "token"})], "code, id_token"),
        ([provider("wechat", names={"zh_CN": "微信"})], "zh-Hans"),
        ([provider("wechat", claims={"objectId": ClaimSource("oid")})], "objectId"),
        ([provider("wechat", claims={"authenticationSource": ClaimSource("x")})], "authenticationSource"),
        ([provider("wechat", claims={"issuerUserId": ClaimSource()})], "issuerUserId"),
        ([provider("wechat", claims={"issuerUserId": ClaimSource("", "all")})], "issuerUserId"),
        ([provider("wechat", claims={"issuerUserId": ClaimSource("unionid", "all")})], "issuerUserId"),
        ([provider("wechat", claims={"a b": ClaimSource("x")})], "a b"),
    ],
)
def test_what_cannot_be_is_refused(providers: list[Provider], word: str) -> None:
    with pytest.raises(Refused) as refusal:
        setups(*providers)
    assert word in str(refusal.value)


@pytest.mark.parametrize(
    "journey_id", ["SignUpOrSignIn", "signuporsignin", "passwordreset", "RedeemRefreshToken", "1", "a b"]
)
def test_a_journey_of_the_base_is_never_redefined(journey_id: str) -> None:
    with pytest.raises(Refused, match="journey_id"):
        setups(provider("wechat"), journey_id=journey_id)


@pytest.mark.parametrize("prefix", ["Shop.", ".x", "a b", "con.", "x" * 33, "-", "é"])
def test_a_prefix_that_file_names_could_not_carry_is_refused(prefix: str) -> None:
    with pytest.raises(Refused, match="id_prefix"):
        setups(provider("wechat"), id_prefix=prefix)


def test_a_prefix_may_be_written_with_the_policies_own() -> None:
    setup = resolve(draft("social", provider("wechat"), id_prefix="B2C_1A_Shop_"), catalogue())
    assert setup.policies.base == "B2C_1A_Shop_TrustFrameworkBase"


def test_a_domain_hint_says_one_provider() -> None:
    assert [s.domain_hint for s in setups(provider("wechat"), provider("wechat"))] == ["wechat.com", ""]
    stated = setups(provider("wechat"), provider("wechat", domain_hint="WeChat.com"))
    assert [s.domain_hint for s in stated] == ["", "WeChat.com"]


def test_a_stated_key_may_be_shared_but_a_derived_one_never_is() -> None:
    shared = setups(provider("wechat", policy_key="Shared"), provider("qq", policy_key="Shared"))
    assert [s.policy_key for s in shared] == ["Shared", "Shared"]
    aside = setups(provider("openid-connect", name="A"), provider("wechat", policy_key="ASecret"))
    assert [s.id for s in aside] == ["A2", "WeChat"]


def test_claims_are_the_catalogues_under_the_drafts_in_the_case_of_their_definition() -> None:
    found = setups(provider("facebook", claims={"surName": ClaimSource("family"), "email": ClaimSource()}))[0]
    assert {claim: source.claim for claim, source in found.claims.items()} == {
        "issuerUserId": "id",
        "givenName": "first_name",
        "surname": "family",
        "displayName": "name",
    }


def test_white_space_is_tamed_and_an_empty_name_is_none() -> None:
    found = setups(provider("wechat", name=" \tOur\r\n\tWeChat \u3000"), provider("qq", name=" \n "))
    assert [s.name for s in found] == ["Our WeChat", "QQ"]


def test_a_user_flow_and_an_unfinished_draft_have_names_too() -> None:
    from dataclasses import replace

    unfinished = draft("", Provider("openid-connect"))
    unfinished = replace(unfinished, policies=replace(unfinished.policies, kind="user-flow"))
    setup = resolve(unfinished, catalogue())
    assert setup.providers[0].exchange == "OpenIDConnectExchange"
    assert setup.providers[0].client_id == ""


types = st.sampled_from(sorted(catalogue()))
texts = st.text(max_size=30)
providers = st.builds(
    lambda type_, name, id_: provider(type_, name=name, id=id_),
    types,
    texts.filter(
        lambda t: not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in t)
    ).filter(lambda t: "\ufffe" not in t and "\uffff" not in t),
    st.just(""),
)


@given(st.lists(providers, max_size=8))
def test_ids_are_valid_and_never_collide(chosen: list[Provider]) -> None:
    found = setups(*chosen)
    for part in ("id", "exchange", "technical_profile", "policy_key"):
        # The certificate that signs SAML requests is the same towards all providers.
        alone = [s for s in found if part != "policy_key" or not (s.entry.secret and s.entry.secret.shared)]
        folded = [key(getattr(setup, part)) for setup in alone if getattr(setup, part)]
        assert len(set(folded)) == len(folded)
    for setup in found:
        assert HtmlId.parse(setup.id) == setup.id
        assert HtmlId.parse(setup.exchange) == setup.exchange
        assert key(setup.exchange) not in base_ids.EXCHANGES
        assert key(setup.technical_profile) not in base_ids.TECHNICAL_PROFILES


@given(st.lists(providers, max_size=5), st.data())
def test_names_depend_on_the_draft_alone(chosen: list[Provider], data: st.DataObject) -> None:
    first = resolved(draft("social", *chosen))
    assert resolved(draft("social", *chosen)) == first
    assert [s.name for s in first.providers] == [
        " ".join(p.name.split("\t")).strip() or catalogue()[p.type].title for p in chosen
    ]


def resolved(wanted: Draft) -> Setup:
    return resolve(wanted, catalogue())


def test_every_entry_resolves_with_its_own_examples() -> None:
    assert len(setups(*(filled(entry) for entry in catalogue().values()))) == len(catalogue())
