"""Which files a draft makes, what stands in them, and what is refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from helpers.composing import METADATA, catalogue, draft, example, provider
from latchkey.compose import base_ids
from latchkey.compose.composer import ComposedSet, compose, preview
from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider, Tenant
from latchkey.errors import Refused
from latchkey.policy.buttons import buttons
from latchkey.policy.effective import Effective
from latchkey.policy.names import key
from latchkey.policy.page_designs import design_of
from latchkey.policy.policy_set import PolicySet

LOCAL_FILES = [
    "TrustFrameworkBase.xml",
    "TrustFrameworkLocalization.xml",
    "TrustFrameworkExtensions.xml",
    "SignUpOrSignin.xml",
    "ProfileEdit.xml",
    "PasswordReset.xml",
]


def composed(accounts: str, *providers: Provider, **fields: Any) -> ComposedSet:
    return compose(draft(accounts, *providers, **fields), catalogue())


def effective(made: ComposedSet, policy_id: str = "B2C_1A_signup_signin") -> Effective:
    policies = PolicySet.of(made.files)
    assert not policies.broken
    policy = policies.find(policy_id)
    assert policy is not None
    assert policies.chain(policy).complete
    return policies.effective(policy)


def names(made: ComposedSet) -> list[str]:
    return [file.file for file in made.files]


def outputs(made: ComposedSet) -> list[str]:
    party = effective(made).relying_party
    assert party is not None
    assert party.technical_profile is not None
    return [claim.claim for claim in party.technical_profile.output_claims]


def test_files_come_in_upload_order() -> None:
    made = composed("social-and-local", provider("wechat"))
    assert names(made) == LOCAL_FILES
    policies = PolicySet.of(made.files)
    assert [policy.file for policy in policies.upload_order()] == LOCAL_FILES


def test_social_sets_have_no_password_reset() -> None:
    assert names(composed("social", provider("wechat"))) == LOCAL_FILES[:-1]


def test_include_decides_which_policies_there_are() -> None:
    made = composed("social-and-local", provider("wechat"), include=("password-reset",))
    assert names(made) == [*LOCAL_FILES[:4], "PasswordReset.xml"]
    assert key("CustomSignUpSignInProfileEdit") not in effective(made).journeys
    assert names(composed("social-and-local", provider("wechat"), include=())) == LOCAL_FILES[:4]


def test_the_prefix_is_in_policy_ids_and_file_names() -> None:
    made = composed("social-and-local", provider("wechat"), id_prefix="Shop_")
    assert names(made) == [f"Shop_{name}" for name in LOCAL_FILES]
    policies = PolicySet.of(made.files)
    assert [policy.id for policy in policies.policies] == [
        "B2C_1A_Shop_TrustFrameworkBase",
        "B2C_1A_Shop_TrustFrameworkLocalization",
        "B2C_1A_Shop_TrustFrameworkExtensions",
        "B2C_1A_Shop_signup_signin",
        "B2C_1A_Shop_ProfileEdit",
        "B2C_1A_Shop_PasswordReset",
    ]
    assert all(policies.chain(policy).complete for policy in policies.policies)


@pytest.mark.parametrize("accounts", ["social", "social-and-local", "social-and-local-mfa"])
def test_buttons_come_in_the_drafts_order_in_both_journeys(accounts: str) -> None:
    made = composed(accounts, provider("qq"), provider("facebook"), provider("wechat"))
    for policy, journey in (
        ("B2C_1A_signup_signin", "CustomSignUpSignIn"),
        ("B2C_1A_ProfileEdit", "CustomSignUpSignInProfileEdit"),
    ):
        found = effective(made, policy)
        assert found.relying_party is not None
        assert found.relying_party.default_journey is not None
        assert found.relying_party.default_journey.id == journey
        shown = buttons(found, found.journeys[key(journey)])
        assert [button.exchange for button in shown if button.exchange != "LocalAccountSigninEmailExchange"] == [
            "QQExchange",
            "FacebookExchange",
            "WeChatExchange",
        ]
        exchanges = [e.id for e in found.journeys[key(journey)].steps[1].exchanges]
        assert exchanges[:3] == ["QQExchange", "FacebookExchange", "WeChatExchange"]


def test_no_facebook_unless_chosen() -> None:
    made = composed("social-and-local-mfa", provider("wechat"))
    assert not any(b"acebook" in file.data for file in made.files)


@pytest.mark.parametrize(
    ("cloud", "domain", "host", "sts"),
    [
        ("global", "contoso.onmicrosoft.com", "login.microsoftonline.com", "https://sts.windows.net/"),
        ("china", "contoso.partner.onmschina.cn", "login.chinacloudapi.cn", "https://sts.chinacloudapi.cn/"),
        ("us-government", "contoso.onmicrosoft.us", "login.microsoftonline.us", "https://sts.windows.net/"),
    ],
)
def test_clouds_have_hosts_of_their_own(cloud: str, domain: str, host: str, sts: str) -> None:
    made = composed("social-and-local", provider("wechat"), cloud=cloud)
    policies = PolicySet.of(made.files)
    assert {policy.tenant_id for policy in policies.policies} == {domain}
    assert {policy.base.tenant_id for policy in policies.policies if policy.base} == {domain}
    login = effective(made).expanded("login-NonInteractive")
    assert login is not None
    assert login.metadata_value("METADATA") == f"https://{host}/{{tenant}}/.well-known/openid-configuration"
    assert login.metadata_value("authorization_endpoint") == f"https://{host}/{{tenant}}/oauth2/token"
    assert login.metadata_value("ProviderName") == sts


def test_the_app_ids_of_email_accounts_are_in_extensions_only() -> None:
    made = composed("social-and-local", provider("wechat"))
    login = effective(made).expanded("login-NonInteractive")
    assert login is not None
    assert login.metadata_value("client_id") == made.setup.draft.policies.proxy_ief_app_id
    assert login.metadata_value("IdTokenAudience") == made.setup.draft.policies.ief_app_id
    inputs = {claim.claim: (claim.partner, claim.default) for claim in login.input_claims}
    assert inputs["client_id"] == ("", made.setup.draft.policies.proxy_ief_app_id)
    assert inputs["resource_id"] == ("resource", made.setup.draft.policies.ief_app_id)
    assert made.setup.draft.policies.ief_app_id.encode() not in made.files[0].data


def test_email_goes_to_the_application_only_where_some_step_gives_one() -> None:
    assert "email" not in outputs(composed("social", provider("wechat"), provider("qq")))
    assert "email" in outputs(composed("social", provider("wechat"), provider("facebook")))
    assert "email" in outputs(composed("social-and-local", provider("wechat")))


def test_a_claim_that_the_base_does_not_know_is_defined_sent_and_kept_for_refreshing() -> None:
    city = {"city": ClaimSource("locality"), "issuerUserId": ClaimSource("sub")}
    made = composed(
        "social", provider("openid-connect", claims=city), provider("facebook", claims={"City": ClaimSource("town")})
    )
    found = effective(made)
    assert found.claim_types["city"].data_type == "string"
    assert outputs(made).count("city") == 1
    refreshed = found.expanded("RefreshTokenReadAndSetup")
    assert refreshed is not None
    assert [claim.claim for claim in refreshed.output_claims] == ["city", "objectId", "refreshTokenIssuedOnDateTime"]


def test_a_dropped_claim_is_gone_and_a_default_is_written() -> None:
    stated = {
        "email": ClaimSource(),
        "displayName": ClaimSource("nick", "somebody"),
        "surname": ClaimSource("", "-", always=True),
    }
    profile = effective(composed("social", provider("facebook", claims=stated))).expanded("Facebook-OAUTH")
    assert profile is not None
    found = {c.claim: (c.partner, c.default, c.always_default) for c in profile.output_claims}
    assert "email" not in found
    assert found["displayName"] == ("nick", "somebody", False)
    assert found["surname"] == ("", "-", True)


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        (None, ("iss", None, False)),
        ("contoso.com", ("", "contoso.com", True)),
        (ClaimSource("idp", "contoso.com"), ("idp", "contoso.com", False)),
    ],
)
def test_identity_provider_is_a_claim_or_a_fixed_value(stated: Any, written: tuple[str, str | None, bool]) -> None:
    made = composed("social", provider("openid-connect", id="Contoso", identity_provider=stated))
    profile = effective(made).expanded("Contoso-OpenIdConnect")
    assert profile is not None
    claim = next(c for c in profile.output_claims if c.claim == "identityProvider")
    assert (claim.partner, claim.default, claim.always_default) == written


def test_a_key_is_there_only_where_a_secret_is_needed() -> None:
    settings = {"metadata_url": METADATA, "response_type": "id_token"}
    profile = effective(composed("social", provider("openid-connect", id="Contoso", settings=settings)))
    without = profile.expanded("Contoso-OpenIdConnect")
    assert without is not None
    assert without.keys == ()
    settings["response_type"] = "code"
    made = composed("social", provider("openid-connect", id="Contoso", settings=settings))
    with_key = effective(made).expanded("Contoso-OpenIdConnect")
    assert with_key is not None
    assert [(k.id, k.storage_reference_id) for k in with_key.keys] == [("client_secret", "B2C_1A_ContosoSecret")]


def test_every_provider_says_that_redirects_name_no_policy() -> None:
    made = composed("social", *(provider(type_) for type_ in catalogue()))
    found = effective(made)
    for setup in made.setup.providers:
        profile = found.expanded(setup.technical_profile)
        assert profile is not None
        # OAuth 1.0a and SAML have no such switch: there the address always holds a policy's name.
        wanted = "false" if profile.protocol in ("OAuth2", "OpenIdConnect") else ""
        assert (profile.metadata_value("UsePolicyInRedirectUri") or "") == wanted


def test_names_in_languages_are_on_both_pages() -> None:
    named = provider("wechat", names={"zh-hans": "微信登录", "ja": "ウィーチャット", "en": "WeChat!"})
    made = composed("social-and-local", named, provider("qq", names={"JA": "QQ ログイン"}))
    found = effective(made)
    assert found.supported_languages is not None
    assert found.supported_languages.default == "en"
    assert found.supported_languages.languages == ("en", "zh-Hans", "ja")
    for journey in ("CustomSignUpSignIn", "CustomSignUpSignInProfileEdit"):
        shown = {b.exchange: b for b in buttons(found, found.journeys[key(journey)])}
        assert dict(shown["WeChatExchange"].texts) == {"en": "WeChat!", "zh-Hans": "微信登录", "ja": "ウィーチャット"}
        assert dict(shown["QQExchange"].texts) == {"ja": "QQ ログイン"}
        assert shown["WeChatExchange"].text == "WeChat!"
        assert shown["QQExchange"].text == "QQ"


def test_the_catalogues_translations_go_with_the_catalogues_name() -> None:
    chosen = composed("social", provider("wechat")).setup.providers[0]
    assert dict(chosen.names) == {"zh-Hans": "微信"}
    assert dict(composed("social", provider("wechat", name="Our WeChat")).setup.providers[0].names) == {}


@pytest.mark.parametrize("accounts", ["social", "social-and-local", "social-and-local-mfa"])
def test_files_are_plain_ascii_with_unix_line_ends(accounts: str) -> None:
    for file in composed(accounts, provider("wechat", name="微信", names={"ja": "ウィーチャット"})).files:
        assert file.data.isascii()
        assert file.data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
        assert b"\r" not in file.data
        assert b"\t" not in file.data
        assert file.data.endswith(b"</TrustFrameworkPolicy>\n")
        for line in file.data.decode("ascii").split("\n"):
            assert line == line.rstrip()
            assert (len(line) - len(line.lstrip(" "))) % 2 == 0 or not line.lstrip().startswith("<")


def test_what_looks_like_a_template_stays_text() -> None:
    name = "{{ tenant }} {% if local %} {Settings:Tenant} {# x #}"
    made = composed("social", provider("wechat", name=name))
    shown = effective(made).expanded("WeChat-OAuth2")
    assert shown is not None
    assert shown.display_name == name


def test_the_same_draft_gives_the_same_bytes() -> None:
    first = compose(example("contoso"), catalogue())
    assert first == compose(example("contoso"), catalogue())


@pytest.mark.slow
def test_other_processes_give_the_same_bytes() -> None:
    """Under other hash seeds, locales and time zones."""
    program = (
        "import hashlib; from helpers.composing import *; from latchkey.compose.composer import compose;"
        "print([hashlib.sha256(f.data).hexdigest() for n in ('contoso', 'china', 'social-only')"
        " for f in compose(example(n), catalogue()).files])"
    )
    answers = set()
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "zh_CN.GB18030", "Asia/Shanghai")):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONPATH": "tests"}
        answers.add(
            subprocess.run([sys.executable, "-c", program], capture_output=True, env=environ, check=True).stdout
        )
    assert len(answers) == 1


def test_the_base_defines_exactly_the_ids_that_naming_keeps_free() -> None:
    claims: set[str] = set()
    profiles: set[str] = set()
    used: set[str] = set()
    for accounts in ("social", "social-and-local", "social-and-local-mfa"):
        made = composed(accounts, provider("wechat"), password_reset="separate")
        policies = PolicySet.of(made.files[:1])
        base = policies.effective(policies.policies[0])
        claims |= {claim_type.id for claim_type in base.claim_types.values()}
        profiles |= set(base.technical_profiles)
        assert set(base.journeys) == (base_ids.JOURNEYS if accounts == "social" else base_ids.LOCAL_JOURNEYS)
        used |= exchanges(effective(made))
    assert set(base_ids.CLAIM_TYPES.values()) == claims
    assert profiles == base_ids.TECHNICAL_PROFILES
    assert used - {"wechatexchange"} == base_ids.EXCHANGES


def test_the_options_define_exactly_the_ids_that_naming_keeps_free() -> None:
    plain = effective(composed("social-and-local-mfa", provider("wechat"), password_reset="separate"))
    made = effective(composed("social-and-local-mfa", provider("wechat"), ask_email="verified"))
    assert set(made.claim_types) - set(plain.claim_types) == {"isforgotpassword"} <= set(base_ids.BLOCK_CLAIMS)
    profiles = set(made.technical_profiles) - set(plain.technical_profiles)
    assert profiles == base_ids.BLOCK_PROFILES - {"sm-saml-idp"}
    assert exchanges(made) - exchanges(plain) == base_ids.BLOCK_EXCHANGES


def test_the_link_for_a_forgotten_password_leads_on_in_the_journey() -> None:
    made = effective(composed("social-and-local-mfa", provider("wechat")))
    form = made.expanded("SelfAsserted-LocalAccountSignin-Email")
    assert form is not None
    link = form.metadata_value("setting.forgotPasswordLinkOverride")
    page, choice, call, *rest = made.journeys["customsignupsignin"].steps
    assert [s.target for s in page.selections] == ["WeChatExchange", "", link]
    assert link in [e.id for e in choice.exchanges]
    assert [c.sub_journey for c in call.candidates] == ["PasswordReset"]
    assert [(p.type, p.execute_if, p.values) for p in call.preconditions] == [
        ("ClaimsExist", False, ("isForgotPassword",))
    ]
    assert [e.id for step in made.sub_journeys["passwordreset"].steps for e in step.exchanges] == [
        "PasswordResetUsingEmailAddressExchange", "PhoneFactor-Verify", "NewCredentials"
    ]  # fmt: skip
    phone = next(step for step in rest if any(e.id == "PhoneFactor-Verify" for e in step.exchanges))
    assert [p.values for p in phone.preconditions] == [("isActiveMFASession",), ("isForgotPassword",)]
    assert [b.exchange for b in buttons(made, made.journeys["customsignupsignin"])] == ["WeChatExchange"]


def test_the_password_reset_policy_forgets_the_person_afterwards() -> None:
    """With a session on its last form, that form would be skipped for who is signed in."""
    made = effective(composed("social-and-local", provider("wechat")), "B2C_1A_PasswordReset")
    (new,) = made.journeys["passwordreset"].steps[1].exchanges
    profile = made.expanded(new.technical_profile)
    assert profile is not None
    assert profile.session is None
    embedded = made.expanded(made.sub_journeys["passwordreset"].steps[1].exchanges[0].technical_profile)
    assert embedded is not None
    assert embedded.session is not None
    assert embedded.session.id == "SM-AAD"
    assert embedded.output_claims == profile.output_claims


@pytest.mark.parametrize("accounts", ["social", "social-and-local", "social-and-local-mfa"])
@pytest.mark.parametrize(("ask", "partner"), [("yes", ""), ("verified", "Verified.Email")])
def test_who_comes_without_an_address_is_asked_for_one(accounts: str, ask: str, partner: str) -> None:
    set_ = composed(accounts, provider("wechat"), ask_email=ask)
    made = effective(set_)
    assert "email" in outputs(set_)
    by_exchange = {e.id: step for step in made.journeys["customsignupsignin"].steps for e in step.exchanges}
    asking, plain = by_exchange["SelfAsserted-Social-Email"], by_exchange["SelfAsserted-Social"]
    assert asking.order == (plain.order or 0) - 1
    assert [p.values for p in asking.preconditions] == [("objectId",), ("email",)]
    form = made.expanded("SelfAsserted-Social-Email")
    assert form is not None
    (email,) = [claim for claim in form.output_claims if claim.claim == "email"]
    assert (email.partner, email.required) == (partner, True)
    assert [v.id for v in form.validation_profiles] == ["AAD-UserWriteUsingAlternativeSecurityId"]
    again = by_exchange["EmailFromDirectory"]
    assert [(p.values[0], p.execute_if) for p in again.preconditions][:2] == [("email", True), ("otherMails", False)]
    refreshed = made.expanded("RefreshTokenReadAndSetup")
    assert refreshed is not None
    assert "email" in [claim.claim for claim in refreshed.output_claims]
    texts = set_.files[1].data.decode("ascii").partition('<LocalizedResources Id="api.socialccountsignup.en"')[2]
    page = texts.partition("</LocalizedStrings>")[0]
    assert ("ver_but_send" in page) == (ask == "verified")


@pytest.mark.parametrize("accounts", ["social", "social-and-local-mfa"])
@pytest.mark.parametrize(
    ("design", "folder"),
    [("", "templates/AzureBlue"), ("ocean-blue", "templates/AzureBlue"), ("slate-gray", "templates/MSA"),
     ("classic", "default")],
)  # fmt: skip
def test_every_page_is_of_the_chosen_design(accounts: str, design: str, folder: str) -> None:
    made = effective(composed(accounts, provider("wechat"), page_design=design))
    pages = [page.load_uri or "" for page in made.content_definitions.values()]
    assert pages
    assert all(re.fullmatch(rf"~/tenant/{folder}/[A-Za-z0-9.-]+\.cshtml", page) for page in pages), pages
    assert {design_of(page) for page in pages} == {design or "ocean-blue"}


def test_nobody_is_asked_unless_the_draft_says_so() -> None:
    plain, no = (composed("social", provider("wechat"), ask_email=ask) for ask in ("", "no"))
    assert plain.files == no.files
    assert "email" not in outputs(plain)


def exchanges(found: Effective) -> set[str]:
    return {key(e.id) for journey in found.journeys.values() for step in journey.steps for e in step.exchanges}


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (Draft(Tenant("contoso"), Policies(kind="user-flow"), providers=(Provider("wechat", client_id="w"),)), "guide"),
        (Draft(Tenant("contoso"), Policies(), providers=(Provider("wechat", client_id="w"),)), "accounts"),
        (draft("social"), "providers"),
        (draft("social", Provider("wechat")), "client_id"),
        (draft("social", Provider("openid-connect", client_id="c")), "metadata_url"),
        (draft("social-and-local", provider("wechat"), ief_app_id=""), "policies.ief_app_id"),
        (draft("social-and-local", provider("wechat"), proxy_ief_app_id="x"), "policies.proxy_ief_app_id"),
        (draft("social", provider("wechat"), tenant="con toso"), "tenant.name: “con toso”"),
        (draft("social", provider("wechat"), tenant="con\ntoso"), "tenant.name"),
        (replace(example("contoso"), tenant=Tenant("contoso", custom_domain="https://x\n")), "tenant.custom_domain"),
        (draft("social", provider("wechat"), include=("password-reset",)), "password"),
        (draft("social", provider("wechat", name="bell\x07")), "U+0007"),
        (draft("social", provider("wechat", client_id="a\ud800")), "U+D800"),
    ],
)
def test_what_cannot_be_composed_is_refused(wrong: Draft, word: str) -> None:
    with pytest.raises(Refused) as refusal:
        compose(wrong, catalogue())
    assert word in str(refusal.value)
    assert refusal.value.message
    assert refusal.value.hint
    assert "\n" not in str(refusal.value)


def test_a_preview_shows_what_is_there_and_says_what_is_missing() -> None:
    unfinished = draft("social-and-local", replace(provider("wechat"), client_id=""), provider("qq"), ief_app_id="")
    made = preview(unfinished, catalogue())
    assert made.missing is not None
    assert "providers[0].client_id" in made.missing.message
    shown = buttons(effective(made), effective(made).journeys["customsignupsignin"])
    assert [button.text for button in shown] == ["WeChat", "QQ"]
    assert preview(example("contoso"), catalogue()).missing is None
