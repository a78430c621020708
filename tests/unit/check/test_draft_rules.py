"""Rules on drafts: what stands against composing is said at its field; a draft without errors composes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.loader import load_catalogue
from latchkey.check.checker import check_set
from latchkey.check.draft_rules import check_draft
from latchkey.check.finding import Finding, Level
from latchkey.compose.composer import compose
from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider, Tenant, UserFlow, frozen
from latchkey.draft.steps import owner
from latchkey.policy.policy_set import PolicySet

IEF, PROXY = "11111111-2222-4333-8444-555555555555", "66666666-7777-4888-9999-aaaaaaaaaaaa"
METADATA = "https://login.litware.example/.well-known/openid-configuration"
SAML = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>'
CATALOGUE = load_catalogue()
ERROR, WARNING = Level.ERROR, Level.WARNING

WECHAT = Provider("wechat", client_id="wx0123456789abcdef", key="p1")
QQ = Provider("qq", client_id="101000001", key="p2")
LITWARE = Provider(
    "openid-connect",
    name="Litware",
    client_id="litware-app",
    settings=frozen({"metadata_url": METADATA}),
    key="p3",
)
GOOD = Draft(
    tenant=Tenant(name="litware"),
    policies=Policies(accounts="social-and-local", ief_app_id=IEF, proxy_ief_app_id=PROXY),
    providers=(WECHAT, QQ, LITWARE),
)
USER_FLOW = replace(GOOD, policies=Policies(kind="user-flow"))


def tenant(**changes: Any) -> Draft:
    return replace(GOOD, tenant=replace(GOOD.tenant, **changes))


def policies(**changes: Any) -> Draft:
    return replace(GOOD, policies=replace(GOOD.policies, **changes))


def wechat(**changes: Any) -> Draft:
    return replace(GOOD, providers=(replace(WECHAT, **changes), QQ, LITWARE))


def litware(**changes: Any) -> Draft:
    return replace(GOOD, providers=(WECHAT, QQ, replace(LITWARE, **changes)))


def setting(name: str, value: str) -> Draft:
    return litware(settings=frozen({**LITWARE.settings, name: value}))


def one(type_: str, **settings: str) -> Draft:
    """A draft with that type alone, filled with its examples but for some answers."""
    entry = CATALOGUE[type_]
    answers = {setting.name: setting.example for setting in entry.settings} | settings
    client_id = entry.client_id.example if entry.client_id else ""
    return replace(
        GOOD, providers=(Provider(type_, name="One", client_id=client_id, settings=frozen(answers), key="p1"),)
    )


def claim(name: str, *source: Any) -> Draft:
    return litware(claims=frozen({name: ClaimSource(*source)}))


def told(draft: Draft, into: bool = False) -> list[tuple[str, str, Level]]:
    return [(f.rule, f.field, f.level) for f in check_draft(draft, CATALOGUE, into=into)]


@pytest.mark.parametrize("draft", [GOOD, USER_FLOW, policies(accounts="social", ief_app_id="", proxy_ief_app_id="")])
def test_a_good_draft_has_nothing_against_it(draft: Draft) -> None:
    assert told(draft) == []


@pytest.mark.parametrize("type_", sorted(CATALOGUE))
def test_the_examples_of_every_type_have_nothing_against_them(type_: str) -> None:
    assert told(one(type_)) == []


def test_a_saml_document_stands_in_the_policy_itself() -> None:
    draft = one("saml", metadata=SAML)
    assert told(draft) == []
    made = compose(draft, CATALOGUE)
    profile = PolicySet.of(made.files).policies[2].technical_profiles
    partner = next(p.metadata_value("PartnerEntity") for p in profile if p.id == "One-SAML2")
    assert partner == SAML
    assert [f for f in check_set(PolicySet.of(made.files), ours=True)] == []


def test_identity_that_is_stated_is_not_asked_for() -> None:
    draft = one("saml", entity_id="")
    stated = replace(draft, providers=(replace(draft.providers[0], identity_provider="contoso.com"),))
    assert told(stated) == []
    assert compose(stated, CATALOGUE)


def test_a_provider_file_that_can_not_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text("type = 1", "utf-8")
    (finding,) = check_draft(GOOD, load_catalogue(tmp_path))
    assert (finding.rule, finding.level) == ("provider-file", WARNING)
    assert finding.file == str(tmp_path / "acme.toml")
    assert owner(GOOD, finding.field) == "buttons"


CASES: list[tuple[Draft, str, str, Level]] = [
    (
        policies(accounts="social", ief_app_id="", proxy_ief_app_id="", password_reset="embedded"),
        "include-fits-accounts",
        "policies.password_reset",
        WARNING,
    ),
    (tenant(name=""), "tenant-id-format", "tenant.name", ERROR),
    (tenant(name="con toso"), "tenant-id-format", "tenant.name", ERROR),
    (tenant(name="yourtenant"), "placeholder-left", "tenant.name", ERROR),
    (tenant(custom_domain="https://login.litware.com/"), "custom-domain", "tenant.custom_domain", ERROR),
    (tenant(custom_domain="litware.b2clogin.com"), "custom-domain", "tenant.custom_domain", WARNING),
    (tenant(object_id="litware"), "tenant-id-format", "tenant.object_id", ERROR),
    (policies(accounts=""), "accounts-missing", "policies.accounts", ERROR),
    (policies(accounts="social", include=("password-reset",)), "include-fits-accounts", "policies.include", ERROR),
    (policies(id_prefix="My Shop"), "policy-id-format", "policies.id_prefix", ERROR),
    (policies(journey_id="1st"), "journey-id", "policies.journey_id", ERROR),
    (policies(journey_id="signuporsignin"), "override-collision", "policies.journey_id", ERROR),
    (policies(extensions="Extensions"), "policy-id-format", "policies.extensions", ERROR),
    (policies(relying_parties=("B2C_1A_a", "b")), "policy-id-format", "policies.relying_parties[1]", ERROR),
    (policies(profile_edit_policies=("b",)), "policy-id-format", "policies.profile_edit_policies[0]", ERROR),
    (policies(ief_app_id=""), "app-id", "policies.ief_app_id", ERROR),
    (policies(proxy_ief_app_id="6666"), "app-id", "policies.proxy_ief_app_id", ERROR),
    (policies(ief_app_id="IdentityExperienceFrameworkAppId"), "placeholder-left", "policies.ief_app_id", ERROR),
    (policies(proxy_ief_app_id=IEF.upper()), "app-ids-differ", "policies.proxy_ief_app_id", ERROR),
    (policies(test_app_id="my app"), "app-id", "policies.test_app_id", ERROR),
    (policies(test_reply_url="jwt.ms"), "reply-url", "policies.test_reply_url", ERROR),
    (policies(test_reply_url="https://[::1"), "reply-url", "policies.test_reply_url", ERROR),
    (policies(test_reply_url="http://shop.example/"), "reply-url", "policies.test_reply_url", WARNING),
    (replace(USER_FLOW, user_flow=UserFlow("B2C_1A_signup")), "user-flow-name", "user_flow.name", ERROR),
    (replace(GOOD, providers=()), "no-provider", "providers", ERROR),
    (wechat(type="myspace"), "provider-type", "providers[0].type", ERROR),
    (wechat(type="existing"), "provider-type", "providers[0].type", ERROR),
    (wechat(id="We Chat"), "provider-id", "providers[0].id", ERROR),
    (wechat(profile="1"), "provider-id", "providers[0].profile", ERROR),
    (wechat(profile="aad-common"), "override-collision", "providers[0].profile", ERROR),
    (wechat(policy_key="We Chat"), "key-reference-format", "providers[0].policy_key", ERROR),
    (wechat(policy_key="B2C_1A_TokenSigningKeyContainer"), "override-collision", "providers[0].policy_key", ERROR),
    (litware(name=""), "display-name", "providers[2].name", WARNING),
    (litware(name="wechat"), "display-name", "providers[2].name", WARNING),
    (wechat(names=frozen({"zh_CN": "微信"})), "language-code", "providers[0].names.zh_CN", ERROR),
    (wechat(names=frozen({"zh-CN": "微信"})), "language-code", "providers[0].names.zh-CN", WARNING),
    (wechat(names=frozen({"en": " "})), "display-name", "providers[0].names.en", WARNING),
    (wechat(name="We\x07Chat"), "control-character", "providers[0].name", ERROR),
    (wechat(client_id=" "), "client-id-present", "providers[0].client_id", ERROR),
    (wechat(client_id="<your app id>"), "placeholder-left", "providers[0].client_id", ERROR),
    (wechat(client_id="wx01234567 89abcdef"), "client-id-shape", "providers[0].client_id", WARNING),
    (wechat(client_id=IEF), "client-id-shape", "providers[0].client_id", WARNING),
    (wechat(client_id="101000001"), "client-id-shape", "providers[0].client_id", WARNING),
    (wechat(domain_hint="my domain"), "domain-hint-format", "providers[0].domain_hint", WARNING),
    (wechat(domain_hint="a" * 257), "domain-hint-format", "providers[0].domain_hint", ERROR),
    (setting("metadata_url", ""), "idp-required-metadata", "providers[2].settings.metadata_url", ERROR),
    (setting("metadata_url", "litware.example"), "https-endpoints", "providers[2].settings.metadata_url", ERROR),
    (setting("metadata_url", "https:///x"), "https-endpoints", "providers[2].settings.metadata_url", ERROR),
    (setting("metadata_url", METADATA.replace("https", "http")), "https-endpoints", "providers[2].settings.metadata_url", ERROR),
    (setting("metadata_url", "https://litware.example/"), "https-endpoints", "providers[2].settings.metadata_url", WARNING),
    (setting("metadata_url", METADATA.replace("litware", "yourtenant")), "placeholder-left", "providers[2].settings.metadata_url", ERROR),
    (one("entra-single-tenant", tenant="contoso"), "setting-shape", "providers[0].settings.tenant", WARNING),
    (one("entra-multi-tenant", tenants=f"{IEF}, x"), "setting-shape", "providers[0].settings.tenants", WARNING),
    (one("apple", team_id="a"), "setting-shape", "providers[0].settings.team_id", WARNING),
    (one("azure-ad-b2c", metadata_url=METADATA.replace("login", "{tenant}")), "setting-shape", "providers[0].settings.metadata_url", WARNING),
    (one("saml", metadata="idp.xml"), "https-endpoints", "providers[0].settings.metadata", ERROR),
    (one("saml", metadata="<EntityDescriptor>"), "saml-metadata", "providers[0].settings.metadata", ERROR),
    (one("saml", metadata="<html/>"), "saml-metadata", "providers[0].settings.metadata", ERROR),
    (one("saml", metadata=f"<!DOCTYPE x>{SAML}"), "saml-metadata", "providers[0].settings.metadata", ERROR),
    (one("saml", entity_id=""), "idp-required-metadata", "providers[0].settings.entity_id", ERROR),
    (one("saml", signed_assertions="false", signed_responses="false"), "saml-signature", "providers[0].settings.signed_responses", ERROR),
    (setting("response_type", "token"), "setting-choice", "providers[2].settings.response_type", ERROR),
    (setting("colour", "red"), "setting-unknown", "providers[2].settings.colour", ERROR),
    (setting("scope", "email"), "oidc-scope", "providers[2].settings.scope", WARNING),
    (
        litware(settings=frozen({"metadata_url": METADATA, "response_type": "id_token", "response_mode": "query"})),
        "oidc-response", "providers[2].settings.response_mode", WARNING,
    ),
    (claim("objectId", "oid"), "claim-reserved", "providers[2].claims.objectId", ERROR),
    (claim("my claim", "x"), "claim-name", "providers[2].claims.my claim", ERROR),
    (claim("loyaltyLevel", "", None, True), "claim-source", "providers[2].claims.loyaltyLevel", ERROR),
    (claim("issuerUserId", ""), "idp-claims-complete", "providers[2].claims.issuerUserId", ERROR),
    (claim("issueruserid", "sub", "0"), "idp-claims-complete", "providers[2].claims.issuerUserId", ERROR),
    (litware(identity_provider="WeChat.com"), "idp-claims-complete", "providers[2].identity_provider", ERROR),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "rule", "field", "level"), CASES, ids=[f"{c[1]}-{n}" for n, c in enumerate(CASES)])
def test_one_fault_is_one_finding_at_its_field(draft: Draft, rule: str, field: str, level: Level) -> None:
    assert told(draft) == [(rule, field, level)]
    finding = check_draft(draft, CATALOGUE)[0]
    row = int(field[len("providers[")]) if field.startswith("providers[") else None
    assert finding.provider == ("" if row is None else draft.providers[row].key)
    assert finding.message
    assert finding.hint
    assert finding.file == ""


PAIRS: list[tuple[Provider, Provider, str, str, Level]] = [
    (replace(WECHAT, id="Shop"), replace(QQ, id="shop"), "override-collision", "id", ERROR),
    (replace(WECHAT, profile="Shop"), replace(QQ, profile="SHOP"), "override-collision", "profile", ERROR),
    (
        replace(WECHAT, domain_hint="a.com"),
        replace(QQ, domain_hint="A.com"),
        "domain-hint-unique",
        "domain_hint",
        WARNING,
    ),
    (replace(WECHAT, policy_key="Key"), replace(QQ, policy_key="key"), "policy-key-shared", "policy_key", WARNING),
    (replace(WECHAT, name="Sign in"), replace(QQ, name="sign in"), "display-name", "name", WARNING),
    (WECHAT, replace(QQ, identity_provider="wechat.com"), "idp-claims-complete", "identity_provider", ERROR),
    (WECHAT, replace(WECHAT, name="Other", key="p2"), "idp-claims-complete", "identity_provider", WARNING),
]


@pytest.mark.parametrize(("one", "two", "rule", "field", "level"), PAIRS)
def test_two_buttons_that_clash(one: Provider, two: Provider, rule: str, field: str, level: Level) -> None:
    draft = replace(GOOD, providers=(one, two))
    assert told(draft) == [(rule, f"providers[1].{field}", level)]


def test_an_id_that_derives_into_another_is_told_at_its_field() -> None:
    """Not seen field by field: the profile that one states is what the other one's id makes."""
    draft = replace(GOOD, providers=(replace(WECHAT, profile="Shop-OAuth2"), replace(QQ, id="Shop")))
    assert told(draft) == [("override-collision", "providers[0].profile", ERROR)]


def test_a_secret_in_the_place_of_the_id_is_said() -> None:
    draft = replace(GOOD, providers=(replace(QQ, client_id="0123456789abcdef0123456789abcdef"),))
    (finding,) = check_draft(draft, CATALOGUE)
    assert (finding.rule, finding.level) == ("client-id-shape", WARNING)
    assert "secret" in finding.message


def test_a_provider_without_a_way_into_user_flows(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = CATALOGUE["wechat"]
    closed = replace(entry, user_flow=replace(entry.user_flow, way="none"))
    catalogue = Catalogue.of([closed, *(other for other in CATALOGUE.values() if other.type != "wechat")])
    found = check_draft(USER_FLOW, catalogue)
    assert [(f.rule, f.field, f.level, f.provider) for f in found] == [
        ("provider-kind", "providers[0].type", ERROR, "p1")
    ]
    assert check_draft(GOOD, catalogue) == ()


def test_an_existing_provider_goes_into_existing_policies_only() -> None:
    existing = Provider("existing", profile="Our-Own-IdP", key="p9")
    draft = replace(GOOD, policies=Policies(), providers=(existing, WECHAT))
    assert told(draft, into=True) == []
    draft = replace(draft, providers=(replace(existing, profile=""),))
    assert told(draft, into=True) == [("provider-type", "providers[0].profile", ERROR)]


def test_app_ids_are_asked_for_only_with_local_accounts() -> None:
    assert told(policies(accounts="social", ief_app_id="", proxy_ief_app_id="")) == []
    assert [rule for rule, _field, _level in told(policies(accounts="social-and-local-mfa", ief_app_id="", proxy_ief_app_id=""))] == [
        "app-id", "app-id",
    ]  # fmt: skip


def test_an_empty_draft_asks_for_what_is_missing_in_the_order_of_the_wizard() -> None:
    assert [field for _rule, field, _level in told(Draft())] == ["tenant.name", "policies.accounts", "providers"]


def test_fifty_buttons_are_checked_between_two_frames() -> None:
    """The wizard checks at every keystroke on the window's thread: the work grows with the buttons, not faster."""
    import time

    draft = replace(GOOD, providers=tuple(replace(LITWARE, name=f"Litware {n}", key=f"p{n}") for n in range(50)))
    assert told(draft) == []
    times = []
    for _ in range(5):
        start = time.process_time()
        check_draft(draft, CATALOGUE)
        times.append(time.process_time() - start)
    assert min(times) < 0.05


TEXT = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "contoso",
            "微信",
            "]]>",
            "a&b",
            "B2C_1A_x",
            IEF,
            "https://a.example",
            "İ",
            "{{a}}",
            "a\tb",
            "issuerUserId",
        ]
    ),
    st.text(max_size=20),
)
SOURCES = st.builds(ClaimSource, TEXT, st.none() | TEXT, st.booleans())


def built(kind: Callable[..., Any], **fields: Any) -> Any:
    return st.builds(kind, **fields)


ANY_PROVIDER = st.builds(
    Provider,
    type=st.sampled_from(["wechat", "qq", "facebook", "openid-connect", "existing", "nothing"]),
    profile=st.just("") | TEXT,
    id=st.just("") | TEXT,
    name=TEXT,
    names=st.dictionaries(st.sampled_from(["en", "zh-Hans", "zh_CN", "x", ""]), TEXT, max_size=2).map(frozen),
    client_id=TEXT,
    policy_key=st.just("") | TEXT,
    domain_hint=st.just("") | TEXT,
    identity_provider=st.none() | TEXT | SOURCES,
    settings=st.dictionaries(st.sampled_from(["metadata_url", "scope", "response_type", "x"]), TEXT, max_size=3).map(
        frozen
    ),
    claims=st.dictionaries(
        st.sampled_from(["issuerUserId", "displayName", "email", "objectId", "loyalty"]), SOURCES, max_size=3
    ).map(frozen),
)
ANY_DRAFT = st.builds(
    Draft,
    tenant=st.builds(Tenant, name=TEXT, cloud=st.sampled_from(["global", "china"]), custom_domain=TEXT, object_id=TEXT),
    policies=st.builds(
        Policies,
        kind=st.sampled_from(["custom", "user-flow"]),
        accounts=st.sampled_from(["", "social", "social-and-local", "social-and-local-mfa"]),
        include=st.none() | st.lists(st.sampled_from(["profile-edit", "password-reset"]), max_size=2).map(tuple),
        id_prefix=TEXT, journey_id=TEXT, extensions=TEXT, ief_app_id=TEXT, proxy_ief_app_id=TEXT,
        test_app_id=TEXT, test_reply_url=TEXT,
    ),
    user_flow=st.builds(UserFlow, TEXT),
    providers=st.lists(ANY_PROVIDER, max_size=3).map(tuple),
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(ANY_DRAFT, st.booleans())
def test_any_draft_ends_in_findings(draft: Draft, into: bool) -> None:
    for finding in check_draft(draft, CATALOGUE, into=into):
        assert isinstance(finding, Finding)
        assert finding.field.startswith(("tenant", "policies", "user_flow", "providers"))
        assert "{" not in finding.hint.replace("{prefix}", "") or "{" in str(draft)


SOUND_NAMES = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() != "")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(
    st.lists(ANY_PROVIDER, min_size=1, max_size=3).map(tuple),
    st.sampled_from(["", "Shop_", "x-", "B2C_1A_Q"]),
    st.sampled_from(["social", "social-and-local", "social-and-local-mfa"]),
)
def test_a_draft_without_errors_composes_into_a_set_without_errors(
    providers: tuple[Provider, ...], prefix: str, accounts: Any
) -> None:
    draft = replace(GOOD, providers=providers, policies=replace(GOOD.policies, id_prefix=prefix, accounts=accounts))
    if any(finding.level is ERROR for finding in check_draft(draft, CATALOGUE)):
        draft = replace(
            draft, providers=(replace(LITWARE, name=providers[0].name, domain_hint=providers[0].domain_hint),)
        )
        if any(finding.level is ERROR for finding in check_draft(draft, CATALOGUE)):
            return
    found = check_set(PolicySet.of(compose(draft, CATALOGUE).files), ours=True)
    assert [finding for finding in found if finding.level is ERROR] == []
