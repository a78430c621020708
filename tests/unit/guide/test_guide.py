"""What a guide says: names, keys, order, links; finished drafts, unfinished ones, and sets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from helpers.composing import catalogue, draft, example, provider
from latchkey.compose.composer import compose
from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider, Tenant, UserFlow
from latchkey.guide.guide import make_guide, make_provider_guide, to_json, to_text
from latchkey.guide.html import to_html
from latchkey.guide.model import Guide, Item, Section
from latchkey.policy.policy_set import PolicyFile, PolicySet
from latchkey.text import LANGUAGES, set_language

EXAMPLES = ("contoso", "china", "social-only")


def guide_of(made: Draft, **more: Any) -> Guide:
    return make_guide(made, catalogue(), **more)


def items(guide: Guide) -> Iterator[Item]:
    for provider_ in guide.providers:
        for section in (*provider_.sections, provider_.good_to_know):
            yield from (*section.steps, *section.points)
    for section in guide.sections:
        yield from (*section.steps, *section.points)


# -- the contract's shape --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_json_has_the_contracts_shape(name: str) -> None:
    found = to_json(guide_of(example(name)))
    assert {"providers", "policy_keys", "upload_order", "test_links"} <= set(found)
    for one in found["providers"]:
        assert {"type", "name", "portal_url", "callbacks", "steps", "client_id_is", "secret_is", "warnings"} <= set(one)
        assert all({"label", "value"} <= set(row) for row in one["callbacks"])
        assert all(isinstance(text, str) and text for text in [*one["steps"], *one["warnings"]])
    for key in found["policy_keys"]:
        assert {"name", "usage", "options"} <= set(key)
    for link in found["test_links"]:
        assert {"policy", "url"} <= set(link)
    assert all(isinstance(name, str) for name in found["upload_order"])
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_providers_stand_in_the_drafts_order_with_their_own_words(name: str, language: str) -> None:
    made = example(name)
    found = to_json(guide_of(made, language=language))["providers"]
    assert [one["type"] for one in found] == [one.type for one in made.providers]
    for one in found:
        entry = catalogue()[one["type"]]
        assert entry.client_id is not None
        assert entry.secret is not None
        general = entry.generic and language != "en"
        assert (one["client_id_is"] == entry.client_id.label) != general
        assert (one["secret_is"] == entry.secret.label) != general
        assert (one["callbacks"][0]["label"] == entry.callback.label) != general


def test_the_step_with_the_callback_carries_it() -> None:
    wechat = to_json(guide_of(example("contoso")))["providers"][0]
    assert any(step.endswith("put exactly this: login.contoso.com") for step in wechat["steps"])


# -- keys, uploads, applications -------------------------------------------------------------------------------------


def test_policy_keys_without_prefix_and_how_they_are_made() -> None:
    found = [
        (key["name"], key["options"], key.get("key_type"), key["usage"])
        for key in to_json(guide_of(example("contoso")))["policy_keys"]
    ]
    assert found == [
        ("TokenSigningKeyContainer", "Generate", "RSA", "Signature"),
        ("TokenEncryptionKeyContainer", "Generate", "RSA", "Encryption"),
        ("WeChatSecret", "Manual", None, "Signature"),
        ("QQSecret", "Manual", None, "Signature"),
        ("ContosoSecret", "Manual", None, "Signature"),
    ]


def test_a_provider_without_secret_has_no_key() -> None:
    openid = provider("openid-connect", id="Contoso", name="Contoso", settings={"response_type": "id_token"})
    guide = guide_of(draft("social", openid))
    assert [key.name for key in guide.policy_keys] == ["TokenSigningKeyContainer", "TokenEncryptionKeyContainer"]
    one = guide.providers[0]
    assert (one.secret_is, one.policy_key) == ("", "")
    assert "secret" not in " ".join(step.plain for step in one.credentials.steps)
    assert "implicit" in " ".join(step.plain for step in one.register.steps)
    with_secret = guide_of(draft("social", provider("openid-connect", id="Contoso", name="Contoso"))).providers[0]
    assert "secret" in " ".join(step.plain for step in with_secret.credentials.steps)
    assert "implicit" not in " ".join(step.plain for step in with_secret.register.steps)


def test_one_key_for_two_providers_is_listed_once() -> None:
    guide = guide_of(draft("social", provider("wechat"), provider("qq", policy_key="WeChatSecret")))
    assert [key.name for key in guide.policy_keys].count("WeChatSecret") == 1


def test_the_day_a_secret_expires_is_said() -> None:
    guide = guide_of(draft("social", provider("qq", secret_expires=date(2027, 1, 31))))
    assert guide.policy_keys[-1].expires == "2027-01-31"
    assert "2027-01-31" in guide.policy_keys[-1].holds


@pytest.mark.parametrize("name", EXAMPLES)
def test_names_and_order_are_those_of_the_composed_set(name: str) -> None:
    made = example(name)
    composed = compose(made, catalogue())
    alone, with_set = guide_of(made), guide_of(made, composed=composed)
    read = PolicySet.of(composed.files)
    assert [(u.policy, u.file) for u in alone.uploads] == [(p.id, p.file) for p in read.upload_order()]
    assert [u.policy for u in alone.uploads if u.relying_party] == [p.id for p in read.policies if p.relying_party]
    assert {key.name for key in alone.policy_keys} == {key.name for key in with_set.policy_keys}
    assert replace(with_set, policy_keys=alone.policy_keys) == alone


def test_a_prefix_stands_in_names_and_files_and_is_explained() -> None:
    guide = guide_of(example("china"))
    assert guide.uploads[0].policy == "B2C_1A_Shop_TrustFrameworkBase"
    assert guide.uploads[0].file == "Shop_TrustFrameworkBase.xml"
    told = [callout.plain for item in items(guide) for callout in item.callouts]
    assert any("B2C_1A_Shop_" in text for text in told)
    assert not any("Give this set a prefix" in text for text in told)
    assert any("Overwrite" in text for text in told)
    assert any(
        "Give this set a prefix" in callout.plain
        for item in items(guide_of(example("contoso")))
        for callout in item.callouts
    )


@pytest.mark.parametrize(("name", "apps"), [("contoso", 3), ("china", 3), ("social-only", 1)])
def test_framework_apps_only_where_people_have_passwords(name: str, apps: int) -> None:
    guide = guide_of(example(name))
    assert len(guide.app_registrations) == apps
    assert (guide.section("ief-app") is not None) == (apps == 3)
    separate = replace(example(name), policies=replace(example(name).policies, password_reset="separate"))
    assert ("AADB2C90118" in to_text(guide_of(separate))) == (apps == 3)


def test_the_framework_apps_in_the_chinese_cloud() -> None:
    ief, proxy, _test = to_json(guide_of(example("china")))["app_registrations"]
    assert ief["redirect_uri"] == "https://tailspin.b2clogin.cn/tailspin.partner.onmschina.cn"
    assert (ief["scope"], ief["admin_consent"], ief["public_client_flows"]) == ("user_impersonation", True, False)
    assert ief["app_id"] == "11111111-2222-4333-8444-555555555556"
    assert (proxy["redirect_uri"], proxy["public_client_flows"]) == ("myapp://auth", True)
    assert proxy["app_id"] == "66666666-7777-4888-9999-aaaaaaaaaaab"
    assert ief["account_types"] == proxy["account_types"] == "Accounts in this organizational directory only"


def test_the_framework_app_comes_back_to_the_tenants_own_host() -> None:
    ief = to_json(guide_of(example("contoso")))["app_registrations"][0]
    assert ief["redirect_uri"] == "https://contoso.b2clogin.com/contoso.onmicrosoft.com"


# -- links -----------------------------------------------------------------------------------------------------------


def test_links_are_those_of_run_now() -> None:
    links = to_json(guide_of(example("contoso")))["test_links"]
    assert [(link["policy"], link.get("provider")) for link in links] == [
        ("B2C_1A_signup_signin", None),
        ("B2C_1A_ProfileEdit", None),
        ("B2C_1A_PasswordReset", None),
        ("B2C_1A_signup_signin", "WeChat"),
        ("B2C_1A_signup_signin", "QQ"),
        ("B2C_1A_signup_signin", "Contoso employees"),
    ]
    url = urlsplit(links[3]["url"])
    assert (url.scheme, url.hostname) == ("https", "login.contoso.com")
    assert url.path == "/contoso.onmicrosoft.com/B2C_1A_signup_signin/oauth2/v2.0/authorize"
    assert parse_qs(url.query) == {
        "client_id": ["0f0e0d0c-0b0a-4908-8706-050403020100"],
        "nonce": ["defaultNonce"],
        "redirect_uri": ["https://jwt.ms"],
        "scope": ["openid"],
        "response_type": ["id_token"],
        "prompt": ["login"],
        "domain_hint": ["wechat.com"],
    }
    assert "redirect_uri=https%3A%2F%2Fjwt.ms" in links[0]["url"]


def test_without_a_test_application_the_link_says_so() -> None:
    guide = guide_of(example("china"))
    assert all(link.missing == "the ID of the test application is still missing" for link in guide.test_links)
    assert all("client_id=YOUR-TEST-APP-ID" in link.url for link in guide.test_links)
    assert "YOUR-TEST-APP-ID" not in to_text(guide) + to_html(guide)


def test_what_an_application_needs() -> None:
    found = to_json(guide_of(example("contoso")))["application"]
    first = found["policies"][0]
    assert first["authority"] == "https://login.contoso.com/contoso.onmicrosoft.com/B2C_1A_signup_signin"
    assert first["metadata_url"] == f"{first['authority']}/v2.0/.well-known/openid-configuration"
    assert found["known_authorities"] == ["login.contoso.com"]
    assert f'authority: "{first["authority"]}"' in found["msal"]
    assert 'knownAuthorities: ["login.contoso.com"]' in found["msal"]


def test_identity_is_for_life_is_said() -> None:
    guide = guide_of(example("contoso"))
    surprises = guide.section("surprises")
    assert surprises is not None
    assert any("issuerUserId" in point.plain and "strangers" in point.plain for point in surprises.points)
    assert any("for life" in warning for warning in guide.providers[2].warnings)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_links_open_only_https(name: str, language: str) -> None:
    guide = guide_of(example(name), language=language)
    hrefs = [
        span.href
        for item in items(guide)
        for part in item.parts
        if hasattr(part, "spans")
        for span in part.spans
        if span.href
    ]
    assert hrefs
    assert all(href.startswith("https://") for href in hrefs)
    assert all(one.portal_url.startswith("https://") or not one.portal_url for one in guide.providers)


@pytest.mark.parametrize(
    ("name", "portal"), [("contoso", "https://portal.azure.com/"), ("china", "https://portal.azure.cn/")]
)
def test_the_portal_is_that_of_the_cloud(name: str, portal: str) -> None:
    prepare = guide_of(example(name)).section("prepare")
    assert prepare is not None
    assert any(span.href == portal for part in prepare.steps[0].parts if hasattr(part, "spans") for span in part.spans)


def test_what_is_not_verified_says_so() -> None:
    american = replace(example("social-only"), tenant=Tenant("fabrikam", "us-government"))
    assert "follow the pattern of the other clouds" in to_text(guide_of(american))
    assert "follow the pattern of the other clouds" not in to_text(guide_of(example("social-only")))


def test_facebook_in_china_is_warned_of() -> None:
    facebook = provider("facebook")
    assert any("mainland China" in w for w in guide_of(draft("social", facebook, cloud="china")).providers[0].warnings)
    assert not any("mainland China" in w for w in guide_of(draft("social", facebook)).providers[0].warnings)


# -- user flows ------------------------------------------------------------------------------------------------------


def user_flow(*providers: Provider, name: str = "") -> Draft:
    return Draft(
        Tenant("contoso"), Policies(kind="user-flow", test_app_id=example("contoso").policies.test_app_id),
        UserFlow(name), providers,
    )  # fmt: skip


def test_user_flows_have_no_files_and_no_keys() -> None:
    guide = guide_of(user_flow(provider("wechat"), name="susi"))
    found = to_json(guide)
    assert (found["policy_keys"], found["upload_order"]) == ([], [])
    assert [section.id for section in guide.sections] == ["prepare", "test-app", "flow", "test", "connect", "surprises"]
    assert found["test_links"][0]["policy"] == "B2C_1_susi"
    url = urlsplit(found["test_links"][0]["url"])
    assert url.path == "/contoso.onmicrosoft.com/oauth2/v2.0/authorize"
    assert parse_qs(url.query)["p"] == ["B2C_1_susi"]
    assert "policy key" not in " ".join(callout.plain for item in items(guide) for callout in item.callouts)


@pytest.mark.parametrize(
    ("typed", "name"), [("", "B2C_1_signup_signin"), ("B2C_1_a", "B2C_1_a"), ("b2c_1_a", "b2c_1_a"), (" a ", "B2C_1_a")]
)
def test_the_flows_whole_name(typed: str, name: str) -> None:
    assert guide_of(user_flow(provider("qq"), name=typed)).test_links[0].policy == name


def test_a_built_in_provider_in_the_portals_form() -> None:
    section = guide_of(user_flow(provider("wechat", name="微信"))).providers[0].user_flow
    assert section is not None
    rows = [row for step in section.steps for row in step.rows]
    assert [(row.label, row.value.text, row.kind) for row in rows] == [
        ("Name", "微信", "value"),
        ("Client ID", "wx0123456789abcdef", "value"),
        ("Client secret", "the APP KEY that you copied", "secret"),
    ]
    assert any("WeChat (Preview)" in step.plain for step in section.steps)


def test_a_provider_of_ones_own_in_the_portals_form() -> None:
    openid = provider(
        "openid-connect", name="Contoso", domain_hint="contoso.com", claims={"email": ClaimSource("mail")}
    )
    section = guide_of(user_flow(openid)).providers[0].user_flow
    assert section is not None
    rows = {row.label: row.value.text for step in section.steps for row in step.rows}
    assert rows == {
        "Name": "Contoso",
        "Metadata URL": "https://login.contoso.example/.well-known/openid-configuration",
        "Client ID": "00001111-aaaa-2222-bbbb-3333cccc4444",
        "Client secret": "the Client secret that you copied",
        "Scope": "openid profile email",
        "Response type": "code",
        "Response mode": "form_post",
        "Domain hint": "contoso.com",
        "User ID": "sub",
        "Display name": "name",
        "Given name": "given_name",
        "Surname": "family_name",
        "Email": "mail",
    }


def test_custom_policies_have_no_user_flow_section() -> None:
    assert all(one.user_flow is None for one in guide_of(example("contoso")).providers)


# -- ticks -----------------------------------------------------------------------------------------------------------


def ticks(guide: Guide) -> list[str]:
    lists = [*guide.policy_keys, *guide.uploads, *guide.test_links]
    return [item.id for item in items(guide) if item.id] + [one.id for one in lists]


@pytest.mark.parametrize("name", EXAMPLES)
def test_ticks_are_unique_and_the_same_in_every_language(name: str) -> None:
    english, chinese = ticks(guide_of(example(name))), ticks(guide_of(example(name), language="zh_CN"))
    assert english == chinese
    assert len(set(english)) == len(english)
    assert "wechat/register/3" in english
    assert "go-live/keys/WeChatSecret" in english


def test_ticks_of_several_providers_of_one_type_differ() -> None:
    several = [provider("openid-connect", id=id_, name=f"N{n}") for n, id_ in enumerate(["", "B", "", "B"])]
    slugs = [one.slug for one in guide_of(draft("social", *several)).providers]
    assert len(set(slugs)) == 4
    assert slugs[:2] == ["openid-connect", "openid-connect.B"]
    turned = [one.slug for one in guide_of(draft("social", several[1], several[0])).providers]
    assert turned == ["openid-connect.B", "openid-connect"]


def test_a_step_that_comes_and_goes_moves_no_other_tick() -> None:
    def steps(response_type: str) -> dict[str, str]:
        one = provider("openid-connect", name="Contoso", settings={"response_type": response_type})
        section: Section = guide_of(draft("social", one)).providers[0].register
        return {step.id: step.plain for step in section.steps}

    code, token = steps("code"), steps("id_token")
    shared = set(code) & set(token)
    assert {name: code[name] for name in shared} == {name: token[name] for name in shared}
    assert set(code) != set(token)


# -- unfinished drafts -----------------------------------------------------------------------------------------------


def test_an_empty_draft_has_a_guide() -> None:
    guide = guide_of(Draft())
    assert guide.domain.text == "your tenant's name is still missing"
    assert not guide.domain.complete
    assert "(your tenant's name is still missing)" in to_text(guide)
    assert to_json(guide)["test_links"][0] == {
        "policy": "B2C_1A_signup_signin", "url": "", "missing": "your tenant's name is still missing",
    }  # fmt: skip
    assert to_json(guide)["application"]["msal"] == ""


def test_callbacks_say_what_is_missing() -> None:
    without_name = Draft(Tenant(""), providers=(Provider("wechat"), Provider("qq")))
    for one in to_json(guide_of(without_name))["providers"]:
        assert one["callbacks"] == [
            {"label": "授权回调域", "value": "", "missing": "your tenant's name is still missing"}
        ]
    half_a_domain = replace(without_name, tenant=Tenant("contoso", custom_domain="login contoso"))
    assert to_json(guide_of(half_a_domain))["providers"][0]["callbacks"][0]["missing"].startswith("your own domain")


def test_a_provider_that_cant_be_named_spoils_no_other() -> None:
    made = Draft(
        Tenant("contoso"), Policies(accounts="social"), providers=(Provider("qq", id="%%"), Provider("wechat"))
    )
    qq, wechat = guide_of(made).providers
    assert (qq.policy_key, qq.name) == ("", "QQ")
    assert qq.callbacks[0].value.complete
    assert wechat.policy_key == "WeChatSecret"
    assert "QQSecret" not in [key.name for key in guide_of(made).policy_keys]
    assert any("the button's name is still missing" in callout.plain for callout in qq.credentials.steps[1].callouts)


def test_types_that_the_catalogue_does_not_have_are_passed_over() -> None:
    made = draft("social", provider("wechat"), Provider("existing", profile="Own-IdP"), Provider("nothing-known"))
    assert [one.type for one in guide_of(made).providers] == ["wechat"]


def test_a_bad_prefix_is_shown_as_typed() -> None:
    made = draft("social", provider("wechat"), id_prefix="Shöp ")
    assert guide_of(made).uploads[0].policy == "B2C_1A_Shöp TrustFrameworkBase"


def test_a_type_of_the_persons_own_has_the_general_guide() -> None:
    from latchkey.catalogue.catalogue import Catalogue

    own = Catalogue.of([replace(catalogue()["qq"], type="own", title="Own")])
    made = Draft(Tenant("contoso"), providers=(Provider("own", client_id="1"),))
    one = make_guide(made, own).providers[0]
    assert (
        one.register.steps[1].rows[0].value.text
        == "https://contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/authresp"
    )
    assert "APP ID" in one.credentials.steps[0].plain


def test_the_language_is_the_persons_unless_asked_for() -> None:
    assert guide_of(example("contoso")).language == "en"
    set_language("zh_CN")
    assert guide_of(example("contoso")).language == "zh_CN"
    assert guide_of(example("contoso"), language="en") == guide_of(example("contoso"), language="en")
    assert guide_of(example("contoso"), language="en").providers[0].register.title == "Register your site with WeChat"


# -- sets ------------------------------------------------------------------------------------------------------------

POLICY = """<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0"
  TenantId="contoso.onmicrosoft.com" PolicyId="{id}" PublicPolicyUri="http://contoso.onmicrosoft.com/{id}">{base}{rest}
</TrustFrameworkPolicy>"""


def policy(file: str, id_: str, base: str = "", rest: str = "") -> PolicyFile:
    named = f"<BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>{base}</PolicyId></BasePolicy>"
    return PolicyFile(file, POLICY.format(id=id_, base=named if base else "", rest=rest).encode())


def profile(id_: str, *keys: tuple[str, str], domain: str = "") -> str:
    inside = "".join(f'<Key Id="{use}" StorageReferenceId="{name}"/>' for use, name in keys)
    stated = f"<Domain>{domain}</Domain>" if domain else ""
    return (
        f"<ClaimsProvider>{stated}<DisplayName>x</DisplayName><TechnicalProfiles><TechnicalProfile Id='{id_}'>"
        f"<DisplayName>x</DisplayName><CryptographicKeys>{inside}</CryptographicKeys></TechnicalProfile>"
        "</TechnicalProfiles></ClaimsProvider>"
    )


def journey(id_: str, type_: str) -> str:
    step = f'<OrchestrationStep Order="1" Type="{type_}"/>'
    return f'<UserJourney Id="{id_}"><OrchestrationSteps>{step}</OrchestrationSteps></UserJourney>'


def party(journey_id: str) -> str:
    return f'<RelyingParty><DefaultUserJourney ReferenceId="{journey_id}"/></RelyingParty>'


def own_set() -> PolicySet:
    profiles = profile("JwtIssuer", ("issuer_secret", "B2C_1A_Sign"), ("issuer_refresh_token_key", "B2C_1A_Enc"))
    profiles += profile("WeChat-OAuth2", ("client_secret", "B2C_1A_OurWeChat"), domain="weixin.example")
    profiles += profile(
        "Mail", ("BasicAuthenticationUsername", "B2C_1A_MailUser"), ("client_secret", "b2c_1a_ourwechat")
    )
    profiles += profile("Saml", ("SamlMessageSigning", "B2C_1A_SamlCert"))
    journeys = journey("In", "CombinedSignInAndSignUp") + journey("Edit", "ClaimsProviderSelection")
    root = f"<ClaimsProviders>{profiles}</ClaimsProviders><UserJourneys>{journeys}</UserJourneys>"
    return PolicySet.of(
        [
            policy("x/edit.xml", "B2C_1A_Edit", "B2C_1A_Root", party("Edit")),
            policy("x/in.xml", "B2C_1A_In", "B2C_1A_Root", party("In")),
            policy("x/password.xml", "B2C_1A_Password_Reset", "B2C_1A_Root", party("Gone")),
            policy("x\\root.xml", "B2C_1A_Root", "", root),
        ]
    )


def test_a_set_gives_order_parties_keys_and_hints() -> None:
    made = Draft(Tenant("contoso"), providers=(provider("wechat"),))
    guide = guide_of(made, composed=own_set())
    assert [(u.policy, u.file) for u in guide.uploads] == [
        ("B2C_1A_Root", "root.xml"),
        ("B2C_1A_Edit", "edit.xml"),
        ("B2C_1A_In", "in.xml"),
        ("B2C_1A_Password_Reset", "password.xml"),
    ]
    assert [(key.name, key.options, key.key_type, key.usage) for key in guide.policy_keys] == [
        ("Sign", "Generate", "RSA", "Signature"),
        ("Enc", "Generate", "RSA", "Encryption"),
        ("OurWeChat", "Manual", "", "Signature"),
        ("MailUser", "Manual", "", "Encryption"),
        ("SamlCert", "Upload", "", "Signature"),
    ]
    assert guide.policy_keys[3].holds == "your policies use it (BasicAuthenticationUsername) for Mail"
    assert guide.providers[0].policy_key == "OurWeChat"
    assert [(link.policy, link.domain_hint) for link in guide.test_links] == [
        ("B2C_1A_In", ""),
        ("B2C_1A_Edit", ""),
        ("B2C_1A_Password_Reset", ""),
        ("B2C_1A_In", "weixin.example"),
    ]
    assert "B2C_1A_In" in guide.application.kinds[0].lines.text


def test_the_draft_decides_which_parties_and_keys() -> None:
    wechat = provider("wechat", policy_key="Mine", domain_hint="mine.example")
    made = Draft(Tenant("contoso"), Policies(relying_parties=("b2c_1a_edit",)), providers=(wechat,))
    guide = guide_of(made, composed=own_set())
    assert [(link.policy, link.domain_hint) for link in guide.test_links][-1] == ("B2C_1A_Edit", "mine.example")
    assert guide.providers[0].policy_key == "Mine"
    assert "Mine" in [key.name for key in guide.policy_keys]


def test_policies_that_are_there_already_without_their_folder() -> None:
    stated = Policies(extensions="B2C_1A_Ext", relying_parties=("B2C_1A_In",), profile_edit_policies=("B2C_1A_Edit",))
    guide = guide_of(Draft(Tenant("contoso"), stated, providers=(provider("wechat"),)))
    assert [(u.policy, u.relying_party) for u in guide.uploads] == [
        ("B2C_1A_Ext", False), ("B2C_1A_In", True), ("B2C_1A_Edit", True),
    ]  # fmt: skip
    assert [key.name for key in guide.policy_keys] == ["WeChatSecret"]
    assert [link.policy for link in guide.test_links] == ["B2C_1A_In", "B2C_1A_Edit", "B2C_1A_In"]


def test_an_empty_set_has_a_guide() -> None:
    guide = guide_of(example("contoso"), composed=PolicySet.of([]))
    assert guide.uploads == ()
    assert to_text(guide)
    assert not any(kind.lines.complete for kind in guide.application.kinds)


def test_local_accounts_are_seen_in_a_set() -> None:
    local = policy("r.xml", "B2C_1A_Root", "", f"<ClaimsProviders>{profile('login-noninteractive')}</ClaimsProviders>")
    assert guide_of(Draft(), composed=PolicySet.of([local])).section("ief-app") is not None
    assert guide_of(Draft(), composed=own_set()).section("ief-app") is None


# -- what surprises, and how an application is connected --------------------------------------------------------------


def surprises(made: Draft, **more: Any) -> str:
    section = guide_of(made, **more).section("surprises")
    assert section is not None
    return "\n".join(point.plain for point in section.points)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("composed", [False, True])
def test_a_forgotten_password_is_told_as_the_set_does_it(language: str, composed: bool) -> None:
    def told(way: str, *include: Any) -> str:
        made = draft("social-and-local", provider("wechat"), password_reset=way, include=include)
        files = compose(made, catalogue()) if composed else None
        return surprises(made, composed=files, language=language)

    assert "AADB2C90118" in told("separate", "password-reset")
    assert "B2C_1A_PasswordReset" in told("separate", "password-reset")
    assert "AADB2C90118" not in told("")
    assert "B2C_1A_PasswordReset" in told("embedded", "password-reset")
    assert "B2C_1A_PasswordReset" not in told("embedded")


def test_people_are_told_what_an_address_is_worth() -> None:
    def told(ask: str) -> str:
        return surprises(draft("social", provider("wechat"), ask_email=ask))

    assert "locks these" in told("")
    assert "locks these" in told("no")
    assert "never take it as proof" in told("yes")
    assert "confirms it with a code" in told("verified")
    assert "locks these" not in told("yes") + told("verified")


def test_each_kind_of_application_gets_its_platform_and_its_lines() -> None:
    made = draft("social-and-local", provider("wechat"), password_reset="separate")
    page, desktop, server = guide_of(made).application.kinds
    authority = "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1A_signup_signin"
    assert f'authority: "{authority}"' in page.lines.text
    assert 'knownAuthorities: ["contoso.b2clogin.com"]' in page.lines.text
    assert authority.replace("com/contoso.on", "com/tfp/contoso.on") in desktop.lines.text
    assert (page.platform.partition(" ")[0], server.platform) == ("Single-page", "Web")
    assert desktop.reply_url == "http://localhost"
    settings = json.loads(server.lines.text)["AzureAdB2C"]
    assert settings["Instance"] == "https://contoso.b2clogin.com"
    assert settings["Domain"] == "contoso.onmicrosoft.com"
    assert settings["SignUpSignInPolicyId"] == "B2C_1A_signup_signin"
    assert settings["ResetPasswordPolicyId"] == "B2C_1A_PasswordReset"
    assert settings["EditProfilePolicyId"] == "B2C_1A_ProfileEdit"
    assert server.reply_url.endswith(settings["CallbackPath"])
    embedded = guide_of(draft("social-and-local", provider("wechat"))).application.kinds[2]
    assert "ResetPasswordPolicyId" not in embedded.lines.text


def test_one_providers_guide_is_that_of_the_whole() -> None:
    made_of = example("contoso")
    made = make_guide(made_of, catalogue())
    for one in made.providers:
        assert make_provider_guide(made_of, catalogue(), one.key) == one
