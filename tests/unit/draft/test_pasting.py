"""Anything that names a tenant is understood; anything else is told plainly."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from latchkey.draft.draft import CloudName
from latchkey.draft.pasting import Pasted, understand
from latchkey.errors import Refused

ID = "1a2b3c4d-0000-4fff-8aaa-123456789abc"
OTHER = "99999999-0000-4fff-8aaa-123456789abc"


@pytest.mark.parametrize(
    ("text", "name", "cloud"),
    [
        ("contoso", "contoso", None),
        ("  Contoso\n", "contoso", None),
        ("contoso.onmicrosoft.com", "contoso", "global"),
        ("“contoso.onmicrosoft.com”,", "contoso", "global"),
        ("Domain name: contoso.onmicrosoft.com", "contoso", "global"),
        ("admin@contoso.onmicrosoft.com", "contoso", "global"),
        ("contoso.partner.onmschina.cn", "contoso", "china"),
        ("contoso.onmicrosoft.us", "contoso", "us-government"),
        ("contoso.b2clogin.com", "contoso", "global"),
        ("contoso.b2clogin.cn", "contoso", "china"),
        ("https://Contoso.b2clogin.com/", "contoso", "global"),
        ("https://contoso.b2clogin.com:443/te/contoso.onmicrosoft.com/oauth2/authresp", "contoso", "global"),
        ("contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/authresp", "contoso", "global"),
        ("https://contoso.b2clogin.com/tfp/contoso.onmicrosoft.com/B2C_1_x/v2.0/", "contoso", "global"),
        ("https://contoso.b2clogin.us/x/y", "contoso", "us-government"),
        (
            "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1A_x/v2.0/.well-known/openid-configuration",
            "contoso",
            "global",
        ),
        (
            "https://contoso.b2clogin.cn/contoso.partner.onmschina.cn/oauth2/v2.0/authorize?p=B2C_1A_x&nonce=n&client_id="
            + ID,
            "contoso",
            "china",
        ),
        ("https://portal.azure.com/#@contoso.onmicrosoft.com/resource/subscriptions/" + OTHER, "contoso", "global"),
        ("https://portal.azure.cn/#@contoso.partner.onmschina.cn/dashboard", "contoso", "china"),
        ("https://portal.azure.com/contoso.onmicrosoft.com#home", "contoso", "global"),
        (
            "https://portal.azure.com/#view/Microsoft_AAD_B2CAdmin/TenantManagementMenuBlade/~/overview/tenantId/contoso.onmicrosoft.com",
            "contoso",
            "global",
        ),
    ],
)
def test_the_name_and_the_cloud(text: str, name: str, cloud: CloudName | None) -> None:
    assert understand(text) == Pasted(name=name, cloud=cloud)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("login.contoso.com", Pasted(custom_domain="login.contoso.com")),
        ("https://Login.Contoso.com", Pasted(custom_domain="login.contoso.com")),
        (
            "https://login.contoso.com/contoso.onmicrosoft.com/B2C_1A_x/oauth2/v2.0/authorize?client_id=" + ID,
            Pasted("contoso", "global", "login.contoso.com"),
        ),
        (f"https://login.contoso.com/{ID}/B2C_1A_x/v2.0/", Pasted(custom_domain="login.contoso.com", object_id=ID)),
        (f"https://contoso.b2clogin.com/{ID.upper()}/v2.0/", Pasted("contoso", "global", object_id=ID)),
        ("https://login.contoso.com/shop/basket", Pasted(custom_domain="login.contoso.com")),
        (ID, Pasted(object_id=ID)),
        (f"Tenant ID: {ID}", Pasted(object_id=ID)),
        (f"https://portal.azure.com/#@{ID}/blade", Pasted(cloud="global", object_id=ID)),
        (f"https://portal.azure.com/{ID}?feature.x=1#home", Pasted(cloud="global", object_id=ID)),
        (f"https://portal.azure.us/#home?tenantId={ID}&app={OTHER}", Pasted(cloud="us-government", object_id=ID)),
        (f"https://entra.microsoft.com/?tid={ID}#view/appId/{OTHER}", Pasted(cloud="global", object_id=ID)),
        (f"https://portal.azure.com/#@contoso.onmicrosoft.com/x/tenantId/{ID}", Pasted("contoso", "global", object_id=ID)),
        (f"https://login.microsoftonline.com/{ID}/v2.0", Pasted(cloud="global", object_id=ID)),
    ],
)  # fmt: skip
def test_custom_domains_and_ids(text: str, expected: Pasted) -> None:
    assert understand(text) == expected


@pytest.mark.parametrize(
    ("text", "cloud", "now"),
    [
        ("https://login.microsoftonline.com/te/contoso.onmicrosoft.com/oauth2/authresp", "global", "contoso.b2clogin.com"),
        ("login.microsoftonline.com/tfp/contoso.onmicrosoft.com/B2C_1_x", "global", "contoso.b2clogin.com"),
        ("https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/authorize?p=b2c_1_x", "global", "contoso.b2clogin.com"),
        ("https://login.chinacloudapi.cn/te/contoso.partner.onmschina.cn/x", "china", "contoso.b2clogin.cn"),
    ],
)  # fmt: skip
def test_the_retired_address_is_recognised_and_explained(text: str, cloud: str, now: str) -> None:
    pasted = understand(text)
    assert (pasted.name, pasted.cloud) == ("contoso", cloud)
    assert now in pasted.note
    assert "no longer" in pasted.note


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing here"),
        (" \n\t ", "nothing here"),
        ("con toso", "not a tenant name"),
        ("con-toso", "not a tenant name"),
        ("a" * 28, "not a tenant name"),
        ("con_toso.onmicrosoft.com", "not a tenant name"),
        ("con\x07toso", "control characters"),
        ("admin@contoso.com", "does not say which tenant"),
        ("https://portal.azure.com/#home", "does not say which tenant"),
        ("https://portal.azure.com/#view/x/appId/" + ID, "does not say which tenant"),
        ("https://login.microsoftonline.com/common/oauth2", "does not say which tenant"),
        ("https://www.microsoft.com/", "does not say which tenant"),
        ("b2clogin.com", "does not say which tenant"),
        ("https://contoso.ciamlogin.com/", "External ID"),
        ("https://contoso.b2clogin.com/fabrikam.onmicrosoft.com/x", "two tenants"),
        ("contoso.onmicrosoft.com or fabrikam.onmicrosoft.com", "more than one tenant"),
        ("ftp://contoso.b2clogin.com", "not an address"),
        ("https://[::1/", "not an address"),
        ("https:///x", "not an address"),
        ("00000000-0000-0000-0000-000000000000", "only zeros"),
        ("https://-bad-/", "not a"),
    ],
)
def test_what_is_not_understood_is_told(text: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        understand(text)
    assert words in caught.value.message
    assert caught.value.hint


pieces = st.sampled_from(
    [
        "https://", "http:", "/", "#", "@", "?", "=", "&", ".", ":", " ", "%00", "%2F", "[", "]", "te", "tenantId",
        "contoso", ".onmicrosoft.com", ".b2clogin.com", "portal.azure.com", "login.microsoftonline.com", ID, "微信", "\x00",
    ]
)  # fmt: skip


@given(
    st.text()
    | st.lists(pieces, max_size=8).map("".join)
    | st.lists(st.one_of(pieces, st.text(max_size=3))).map("".join)
)
@example("https://[")
@example("https://contoso.b2clogin.com:99999999/")
@example("https://\u2100.com/x")
def test_nothing_is_ever_raised_but_a_refusal(text: str) -> None:
    try:
        pasted = understand(text)
    except Refused as refused:
        assert refused.hint
        assert refused.message.isprintable()
        assert len(refused.message) < 300
    else:
        assert pasted.name or pasted.custom_domain or pasted.object_id
