"""Names: what is taken, what is refused, and that parsing twice changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latchkey.policy import names
from latchkey.policy.clouds import CLOUDS

ALL = [names.PolicyId, names.Identifier, names.HtmlId, names.PolicyKeyName, names.TenantName, names.Host]


@pytest.mark.parametrize(
    "text",
    ["contoso", " Contoso ", "contoso.onmicrosoft.com", "CONTOSO.partner.onmschina.cn", "contoso.onmicrosoft.us"],
)
def test_tenant_names(text: str) -> None:
    assert names.TenantName.parse(text) == "contoso"


@pytest.mark.parametrize(
    "text", ["", "con toso", "con-toso", "con_toso", "contoso.com", "a" * 28, "contoso\n!", "контосо", "{tenant}"]
)
def test_what_is_no_tenant_name(text: str) -> None:
    with pytest.raises(names.BadName):
        names.TenantName.parse(text)


@pytest.mark.parametrize(
    ("cloud", "domain", "host"),
    [
        ("global", "contoso.onmicrosoft.com", "contoso.b2clogin.com"),
        ("china", "contoso.partner.onmschina.cn", "contoso.b2clogin.cn"),
        ("us-government", "contoso.onmicrosoft.us", "contoso.b2clogin.us"),
    ],
)
def test_clouds(cloud: str, domain: str, host: str) -> None:
    tenant = names.TenantName.parse("contoso")
    assert (tenant.domain(CLOUDS[cloud]), tenant.sign_in_host(CLOUDS[cloud])) == (domain, host)


@pytest.mark.parametrize("text", ["B2C_1A_x", "b2c_1a_Shop_TrustFrameworkBase", "B2C_1A_a.b-c_d"])
def test_policy_ids(text: str) -> None:
    assert names.PolicyId.parse(text) == text


@pytest.mark.parametrize("text", ["", "B2C_1A_", "B2C_1_x", "x", "B2C_1A_a.", "B2C_1A_a b", "B2C_1A_a\n"])
def test_what_is_no_policy_id(text: str) -> None:
    with pytest.raises(names.BadName):
        names.PolicyId.parse(text)


def test_policy_keys_lose_the_prefix_that_the_portal_adds() -> None:
    assert names.PolicyKeyName.parse("B2C_1A_WeChatSecret") == "WeChatSecret"
    assert names.PolicyKeyName.parse("WeChatSecret").storage_reference_id == "B2C_1A_WeChatSecret"


@pytest.mark.parametrize("text", ["login.contoso.com", "LOGIN.Contoso.co.uk", "xn--fsq.example"])
def test_hosts(text: str) -> None:
    assert names.Host.parse(text) == text.lower()


@pytest.mark.parametrize(
    "text",
    ["", "contoso", "https://login.contoso.com", "login.contoso.com/", "-a.com", "a..com", "a.com:443", "10.0.0.1"],
)
def test_what_is_no_host(text: str) -> None:
    with pytest.raises(names.BadName):
        names.Host.parse(text)


@given(st.sampled_from(ALL), st.text(max_size=80))
def test_parsing_gives_a_name_that_parses_to_itself_or_one_clear_refusal(kind: type[names.PolicyId], text: str) -> None:
    try:
        name = kind.parse(text)
    except names.BadName as error:
        assert error.message
        assert error.hint
    else:
        assert kind.parse(str(name)) == name
        assert not names.control_character(name)


@given(st.text())
def test_a_control_character_is_found_exactly_where_xml_refuses_one(text: str) -> None:
    from xml.parsers import expat

    document = f"<a>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</a>"
    try:
        expat.ParserCreate("utf-8").Parse(document.encode("utf-8", "surrogatepass"), True)
        legal = True
    except expat.ExpatError:
        legal = False
    if not names.control_character(text):
        assert legal
