"""Every provider type has a guide in both languages, with the right callback for plain tenant, own domain and China."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.composing import catalogue, draft, filled
from latchkey.compose.composer import compose
from latchkey.draft.draft import Draft, Policies, Provider, Tenant, frozen
from latchkey.guide.guide import make_guide, to_json, to_text
from latchkey.guide.model import ProviderGuide
from latchkey.guide.written import has_guide

TYPES = sorted(catalogue())
PLACES = {
    "plain": (Tenant("contoso"), ["contoso.b2clogin.com"], "contoso.onmicrosoft.com"),
    "own domain": (
        Tenant("contoso", custom_domain="login.contoso.com"),
        ["login.contoso.com", "contoso.b2clogin.com"],
        "contoso.onmicrosoft.com",
    ),
    "china": (Tenant("contoso", "china"), ["contoso.b2clogin.cn"], "contoso.partner.onmschina.cn"),
}
POLICIES = ["B2C_1A_signup_signin", "B2C_1A_ProfileEdit"]


def wanted(type_: str, hosts: list[str], domain: str) -> list[str]:
    """The callback values, written down by hand once for each form."""
    form = catalogue()[type_].callback.form
    found = []
    for host in hosts:
        root = f"https://{host}/{domain}"
        found += {
            "host": [host],
            "url": [f"{root}/oauth2/authresp"],
            "url-per-policy": [f"{root}/{policy.lower()}/oauth1/authresp" for policy in POLICIES],
            "saml": [
                f"{root}/B2C_1A_TrustFrameworkBase",
                f"{root}/B2C_1A_TrustFrameworkBase/samlp/sso/assertionconsumer",
            ],
        }[form]
    return found


def guide(wish: Draft, language: str = "en") -> ProviderGuide:
    (one,) = make_guide(wish, catalogue(), language=language).providers
    return one


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("type_", TYPES)
def test_callback_values(type_: str, place: str, language: str) -> None:
    tenant, hosts, domain = PLACES[place]
    one = guide(replace(draft("social", filled(catalogue()[type_])), tenant=tenant), language)
    assert [row.value.text for row in one.callbacks] == wanted(type_, hosts, domain)
    shown = [row.value.text for section in one.sections for item in section.steps for row in item.rows]
    assert set(wanted(type_, hosts, domain)) <= set(shown), "a step of the guide shows what to enter"


def test_wechat_takes_a_bare_host_and_x_one_address_for_each_policy() -> None:
    assert [row.value.text for row in guide(draft("social", filled(catalogue()["wechat"]))).callbacks] == [
        "contoso.b2clogin.com"
    ]
    rows = guide(draft("social", filled(catalogue()["twitter"]))).callbacks
    assert [(row.policy, row.value.text) for row in rows] == [
        (policy, f"https://contoso.b2clogin.com/contoso.onmicrosoft.com/{policy.lower()}/oauth1/authresp")
        for policy in POLICIES
    ]


def test_saml_addresses_follow_the_base_policys_name_and_keep_its_case() -> None:
    wish = draft("social", filled(catalogue()["adfs-saml"]), id_prefix="Shop_")
    one = guide(wish)
    root = "https://contoso.b2clogin.com/contoso.onmicrosoft.com"
    assert [row.value.text for row in one.callbacks] == [
        f"{root}/B2C_1A_Shop_TrustFrameworkBase",
        f"{root}/B2C_1A_Shop_TrustFrameworkBase/samlp/sso/assertionconsumer",
    ]
    shown = [row.value.text for item in one.register.steps for row in item.rows]
    assert f"{root}/B2C_1A_Shop_signup_signin/samlp/metadata?idptp=ADFSSAML-SAML2" in shown


@pytest.mark.parametrize("type_", TYPES)
def test_both_languages_have_the_same_steps_and_values(type_: str) -> None:
    assert has_guide(type_)
    for kind in catalogue()[type_].kinds:
        named = replace(filled(catalogue()[type_]), name="Contoso")
        wish = replace(draft("social", named), policies=_policies(kind))
        one, other = guide(wish), guide(wish, "zh_CN")
        for mine, theirs in zip((*one.sections, one.good_to_know), (*other.sections, other.good_to_know), strict=True):
            assert mine.id == theirs.id
            assert [item.id for item in mine.steps] == [item.id for item in theirs.steps]
            assert len(mine.points) == len(theirs.points)
            assert len(mine.warnings) == len(theirs.warnings)
            assert values(mine.steps) == values(theirs.steps)


def _policies(kind: str) -> Policies:
    return Policies(accounts="social") if kind == "custom" else Policies(kind="user-flow")


def values(steps: tuple[object, ...]) -> list[list[str]]:
    return [[row.value.text for row in item.rows if row.kind == "value"] for item in steps]  # type: ignore[attr-defined]


@pytest.mark.parametrize("type_", [type_ for type_ in TYPES if "user-flow" in catalogue()[type_].kinds])
def test_user_flows_form_is_complete(type_: str) -> None:
    """With the examples filled in, nothing that the portal's form asks for is missing."""
    one = guide(replace(draft("social", filled(catalogue()[type_])), policies=_policies("user-flow")))
    assert one.user_flow is not None
    rows = [row for item in one.user_flow.steps for row in item.rows]
    assert rows
    assert [row.label for row in rows if not row.value.complete] == []
    if catalogue()[type_].user_flow.way == "openid-connect":
        assert {"Metadata URL", "Scope", "Response type", "Response mode"} <= {row.label for row in rows}
        assert rows[-1].label in ("Email", "Surname", "Display name")


@pytest.mark.parametrize("type_", [type_ for type_ in TYPES if "user-flow" not in catalogue()[type_].kinds])
def test_who_can_not_go_into_a_user_flow_says_so(type_: str) -> None:
    one = guide(draft("social", filled(catalogue()[type_])))
    assert any("user flow" in point.plain.lower() for point in one.good_to_know.points)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_all_types_together_make_one_guide(language: str) -> None:
    wish = draft("social-and-local", *(filled(catalogue()[type_]) for type_ in TYPES))
    whole = make_guide(wish, catalogue(), compose(wish, catalogue()), language=language)
    assert len(whole.providers) == len(TYPES)
    keys = [one.name for one in whole.policy_keys]
    assert len(set(keys)) == len(keys)
    certificate = next(one for one in whole.policy_keys if one.name == "SAMLSigningCert")
    assert certificate.options == "Upload"
    assert to_json(whole)["providers"][0]["callbacks"]
    assert to_text(whole)


def test_two_hosts_where_the_tenant_has_two() -> None:
    wish = replace(draft("social", filled(catalogue()["google"])), tenant=PLACES["own domain"][0])
    shown = [row.value.text for item in guide(wish).register.steps for row in item.rows]
    assert shown[:2] == ["https://login.contoso.com", "https://contoso.b2clogin.com"]


def test_apple_wants_hosts_and_its_own_ids_in_a_user_flow() -> None:
    settings = frozen({"team_id": "A1B2C3D4E5", "key_id": "F6G7H8I9J0"})
    apple = Provider("apple", client_id="com.contoso.signin", settings=settings)
    one = guide(replace(draft("social", apple), policies=_policies("user-flow")))
    assert [row.value.text for row in one.register.steps[3].rows] == ["contoso.b2clogin.com"]
    assert one.user_flow is not None
    rows = {row.label: row.value.text for item in one.user_flow.steps for row in item.rows}
    assert rows["Team ID"] == "A1B2C3D4E5"
    assert rows["Key ID"] == "F6G7H8I9J0"


def test_names_that_are_missing_are_said_to_be() -> None:
    """The wizard shows the guide before anything is typed."""
    for type_ in TYPES:
        one = guide(Draft(providers=(Provider(type_),)))
        assert all(not row.value.complete for row in one.callbacks)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_markdown_is_left_in_what_people_read(language: str) -> None:
    """In Chinese a star that touches the wrong sign stays a star."""
    for kind in ("custom", "user-flow"):
        chosen = [filled(entry) for entry in catalogue().values() if kind in entry.kinds]
        wish = replace(draft("social-and-local", *chosen), policies=_policies(kind))
        text = to_text(make_guide(wish, catalogue(), language=language))
        assert [line for line in text.splitlines() if "**" in line or "”“" in line or "“ ”" in line] == []
