"""Callback values: three clouds, with and without a domain of one's own, in each form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.composing import catalogue, provider
from latchkey.catalogue.catalogue import Catalogue
from latchkey.draft.draft import Draft, Policies, Tenant
from latchkey.guide.callbacks import callback_addresses, explain_callback
from latchkey.guide.guide import make_guide

HOSTS = {
    ("global", ""): ("contoso.b2clogin.com", "contoso.onmicrosoft.com"),
    ("global", "Login.Contoso.com"): ("login.contoso.com", "contoso.onmicrosoft.com"),
    ("china", ""): ("contoso.b2clogin.cn", "contoso.partner.onmschina.cn"),
    ("china", "login.contoso.cn"): ("login.contoso.cn", "contoso.partner.onmschina.cn"),
    ("us-government", ""): ("contoso.b2clogin.us", "contoso.onmicrosoft.us"),
    ("us-government", "login.contoso.us"): ("login.contoso.us", "contoso.onmicrosoft.us"),
}


def draft(cloud: str, custom_domain: str, *types: str) -> Draft:
    tenant = Tenant("Contoso", cloud, custom_domain)  # type: ignore[arg-type]
    return Draft(tenant, Policies(accounts="social"), providers=tuple(provider(type_) for type_ in types))


@pytest.mark.parametrize(("cloud", "custom_domain"), HOSTS)
def test_each_portal_gets_its_own_form(cloud: str, custom_domain: str) -> None:
    host, domain = HOSTS[cloud, custom_domain]
    wechat, qq, facebook = make_guide(draft(cloud, custom_domain, "wechat", "qq", "facebook"), catalogue()).providers
    assert wechat.callbacks[0].value.text == host
    for guide in (qq, facebook):
        assert guide.callbacks[0].value.text == f"https://{host}/{domain}/oauth2/authresp"
    assert [row.label for row in wechat.callbacks] == ["授权回调域"] * len(wechat.callbacks)


@pytest.mark.parametrize(("cloud", "custom_domain"), HOSTS)
def test_with_a_domain_of_its_own_the_tenants_host_is_offered_too(cloud: str, custom_domain: str) -> None:
    own, domain = HOSTS[cloud, ""]
    for guide in make_guide(draft(cloud, custom_domain, "wechat", "qq"), catalogue()).providers:
        if not custom_domain:
            assert len(guide.callbacks) == 1
            assert not guide.callbacks[0].note
            continue
        main, also = guide.callbacks
        assert also.value.text == (own if guide.type == "wechat" else f"https://{own}/{domain}/oauth2/authresp")
        assert own in also.note
        assert not main.note


def with_form(form: str) -> Catalogue:
    entry = catalogue()["qq"]
    return Catalogue.of([replace(entry, callback=replace(entry.callback, form=form))])  # type: ignore[arg-type]


def test_one_address_per_policy() -> None:
    made = draft("global", "login.contoso.com", "qq")
    rows = make_guide(made, with_form("url-per-policy")).providers[0].callbacks
    assert [(row.policy, row.value.text) for row in rows] == [
        (
            "B2C_1A_signup_signin",
            "https://login.contoso.com/contoso.onmicrosoft.com/b2c_1a_signup_signin/oauth1/authresp",
        ),
        ("B2C_1A_ProfileEdit", "https://login.contoso.com/contoso.onmicrosoft.com/b2c_1a_profileedit/oauth1/authresp"),
        (
            "B2C_1A_signup_signin",
            "https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1a_signup_signin/oauth1/authresp",
        ),
        (
            "B2C_1A_ProfileEdit",
            "https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1a_profileedit/oauth1/authresp",
        ),
    ]
    assert rows[0].note == "for B2C_1A_signup_signin"
    assert rows[2].note.startswith("for B2C_1A_signup_signin; only if")


def test_no_provider_needs_an_address_for_password_reset() -> None:
    made = draft("global", "", "qq")
    made = replace(made, policies=replace(made.policies, accounts="social-and-local"))
    rows = make_guide(made, with_form("url-per-policy")).providers[0].callbacks
    assert [row.policy for row in rows] == ["B2C_1A_signup_signin", "B2C_1A_ProfileEdit"]


def test_saml_has_a_pair_that_names_the_base_policy() -> None:
    made = replace(draft("global", "", "qq"), policies=Policies(accounts="social", id_prefix="Shop_"))
    rows = make_guide(made, with_form("saml")).providers[0].callbacks
    base = "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1A_Shop_TrustFrameworkBase"
    assert [(row.label, row.value.text) for row in rows] == [
        ("Entity ID (identifier)", base),
        ("Assertion Consumer Service URL (reply URL)", f"{base}/samlp/sso/assertionconsumer"),
    ]


def test_callbacks_are_in_lower_case() -> None:
    assert callback_addresses("url", "Contoso.B2CLogin.com", "Contoso.onmicrosoft.com")[0].value == (
        "https://contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/authresp"
    )
    assert callback_addresses("host", "Contoso.B2CLogin.com", "")[0].value == "contoso.b2clogin.com"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://login.microsoftonline.com/te/contoso.onmicrosoft.com/oauth2/authresp", "before 2021"),
        (" HTTPS://Login.MicrosoftOnline.com/te/Contoso.onmicrosoft.com/oauth2/authresp ", "before 2021"),
        ("login.microsoftonline.com/te/contoso.onmicrosoft.com/oauth2/authresp", "before 2021"),
        ("https://login.microsoftonline.com/te/contoso.onmicrosoft.com/B2C_1A_signin/oauth2/authresp", "before 2021"),
        ("https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1a_signin/oauth2/authresp", "names one policy"),
        ("https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_susi/oauth2/authresp", "names one policy"),
        ("http://contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/authresp", "https://"),
        ("contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/authresp", "https://"),
        ("https://contoso.b2clogin.com/Contoso.onmicrosoft.com/oauth2/authresp", "capital"),
        ("https://contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/authresp/", "slash"),
        ("https://contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/authresp", ""),
        ("https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1a_signin/oauth1/authresp", ""),
        ("https://login.microsoftonline.com/contoso/v2.0/.well-known/openid-configuration", ""),
        ("contoso", ""),
        ("", ""),
    ],
)
def test_what_is_wrong_with_an_address(address: str, said: str) -> None:
    told = explain_callback(address)
    assert bool(told) == bool(said)
    assert said in told


def test_the_retired_form_is_never_offered() -> None:
    for cloud, custom_domain in HOSTS:
        for guide in make_guide(draft(cloud, custom_domain, *catalogue()), catalogue()).providers:
            for row in guide.callbacks:
                assert "/te/" not in row.value.text
                assert "microsoftonline" not in row.value.text
                assert not explain_callback(row.value.text)
