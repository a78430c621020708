"""The part of a guide about Azure: applications, policy keys, upload, test links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from latchkey.draft.draft import DEFAULT_REPLY_URL, Draft
from latchkey.guide import addresses
from latchkey.guide.filling import Facts, fill
from latchkey.guide.model import (
    AppRegistration,
    PolicyKey,
    ProviderGuide,
    Row,
    Section,
    TestLink,
    Upload,
)
from latchkey.guide.places import Places
from latchkey.guide.plan import KeyUse, PlannedPolicies, prefix, user_flow_name
from latchkey.guide.prose import Value
from latchkey.guide.providers import PlannedProvider
from latchkey.guide.registration import tenant_facts
from latchkey.guide.words import Words
from latchkey.guide.written import written
from latchkey.policy.names import POLICY_PREFIX, key

IEF = "IdentityExperienceFramework"
PROXY_IEF = "ProxyIdentityExperienceFramework"
IEF_SCOPE = "user_impersonation"
TICKS = "go-live"

Made = tuple[Literal["Generate", "Manual", "Upload"], Literal["RSA", ""], Literal["Signature", "Encryption"]]
_MANUAL: Made = ("Manual", "", "Signature")
# How a key is made, by what a technical profile uses it as. Every other one is a secret that somebody types:
# https://learn.microsoft.com/azure/active-directory-b2c/policy-keys-overview and secure-rest-api
_MADE: dict[str, Made] = {
    "issuer_secret": ("Generate", "RSA", "Signature"),
    "issuer_refresh_token_key": ("Generate", "RSA", "Encryption"),
    "basicauthenticationusername": ("Manual", "", "Encryption"),
    "basicauthenticationpassword": ("Manual", "", "Encryption"),
    "bearerauthenticationtoken": ("Manual", "", "Encryption"),
    "clientcertificate": ("Upload", "", "Signature"),
    "samlmessagesigning": ("Upload", "", "Signature"),
    "samlassertionsigning": ("Upload", "", "Signature"),
    "metadatasigning": ("Upload", "", "Signature"),
    "samlassertiondecryption": ("Upload", "", "Encryption"),
}


def sections(
    draft: Draft, places: Places, policies: PlannedPolicies, providers: Sequence[PlannedProvider], words: Words
) -> tuple[Section, ...]:
    """The sections of going live, those that this draft needs."""
    facts = _facts(draft, places, policies, providers, words)
    guide = written("go-live-user-flow" if draft.policies.kind == "user-flow" else "go-live", words.language)
    left_out = set() if policies.local else {"ief-app", "proxy-app"}
    return tuple([fill(section, facts, TICKS) for section in guide.sections if section.id not in left_out])


def _facts(
    draft: Draft, places: Places, policies: PlannedPolicies, providers: Sequence[PlannedProvider], words: Words
) -> Facts:
    asked = draft.policies.ask_email if draft.policies.asks_email else ""
    holds = tenant_facts(places) | {
        "user-flow": draft.policies.kind == "user-flow",
        "prefix": bool(draft.policies.accounts and prefix(draft)),
        "no-prefix": bool(draft.policies.accounts and not prefix(draft)),
        "password-reset": bool(policies.password_reset),
        "separate-reset": policies.local and not policies.embedded_reset,
        "embedded-reset": policies.embedded_reset,
        "embedded-and-policy": policies.embedded_reset and bool(policies.password_reset),
        "no-email": not all(planned.entry.gives_email for planned in providers) and not asked,
        "asked-email": asked == "yes",
        "verified-email": asked == "verified",
    }
    none = Value(words("missing_policy"), complete=False)
    return Facts(
        values={
            "portal": places.portal,
            "domain": places.domain,
            "host": places.host,
            "own_host": places.own_host,
            "prefix": Value(POLICY_PREFIX + prefix(draft)),
            "password_reset_policy": Value(policies.password_reset) if policies.password_reset else none,
            "user_flow": Value(user_flow_name(draft)),
        },
        rows=_rows(draft, places, words),
        holds=frozenset([name for name, true in holds.items() if true]),
    )


def _rows(draft: Draft, places: Places, words: Words) -> dict[str, tuple[Row, ...]]:
    name, accounts = words("field_name"), words("field_account_types")
    own = Row(accounts, Value(words("this_organization")), kind="words")
    anybody = Row(accounts, Value(words("any_provider")), kind="words")

    def redirect(platform: str, value: Value) -> Row:
        return Row(words("field_redirect", platform=platform), value)

    def known(app_id: str) -> tuple[Row, ...]:
        return (Row(words("field_app_id"), _app_id(app_id, words)),)

    policies = draft.policies
    return {
        "ief_app": (Row(name, Value(IEF)), own, redirect("Web", ief_redirect(places))),
        "ief_scope": (
            Row(words("field_scope"), Value(IEF_SCOPE)),
            Row(words("field_consent_name"), Value(f"Access {IEF}")),
            Row(words("field_consent_description"), Value(f"Lets the application use {IEF} for the signed-in user")),
        ),
        "ief_app_id": known(policies.ief_app_id),
        "proxy_app": (
            Row(name, Value(PROXY_IEF)),
            own,
            redirect("Public client/native (mobile & desktop)", Value("myapp://auth")),
        ),
        "proxy_app_id": known(policies.proxy_ief_app_id),
        "test_app": (Row(name, Value("Latchkey test")), anybody, redirect("Web", Value(reply_url(draft)))),
        "test_app_id": known(policies.test_app_id),
    }


def _app_id(app_id: str, words: Words) -> Value:
    return Value(app_id.strip()) if app_id.strip() else Value(words("missing_app_id"), complete=False)


def ief_redirect(places: Places) -> Value:
    """Where IdentityExperienceFramework sends people back to: always the tenant's own host."""
    made = f"https://{places.own_host.text}/{places.domain.text}"
    return places.own_host.or_missing(made)


def reply_url(draft: Draft) -> str:
    """The address that shows the token in tests."""
    return draft.policies.test_reply_url.strip() or DEFAULT_REPLY_URL


def app_registrations(
    draft: Draft, places: Places, found: Sequence[Section], words: Words
) -> tuple[AppRegistration, ...]:
    """The applications to register, each with its section."""
    by_id = {section.id: section for section in found}
    apps: list[AppRegistration] = []
    if "ief-app" in by_id:
        apps.append(
            AppRegistration(
                by_id["ief-app"], IEF, words("this_organization"), "Web", ief_redirect(places),
                _app_id(draft.policies.ief_app_id, words), admin_consent=True, scope=IEF_SCOPE,
            )
        )  # fmt: skip
        apps.append(
            AppRegistration(
                by_id["proxy-app"], PROXY_IEF, words("this_organization"), "Public client/native (mobile & desktop)",
                Value("myapp://auth"), _app_id(draft.policies.proxy_ief_app_id, words),
                admin_consent=True, scope=IEF_SCOPE, public_client_flows=True,
            )
        )  # fmt: skip
    apps.append(
        AppRegistration(
            by_id["test-app"], "Latchkey test", words("any_provider"), "Web", Value(reply_url(draft)),
            _app_id(draft.policies.test_app_id, words), id_tokens=True,
        )
    )  # fmt: skip
    return tuple(apps)


def policy_keys(
    draft: Draft, policies: PlannedPolicies, providers: Sequence[PlannedProvider], words: Words
) -> tuple[PolicyKey, ...]:
    """The keys to create before any upload: those for tokens, each provider's secret, and what else a set uses."""
    if draft.policies.kind == "user-flow":
        return ()
    keys: dict[str, PolicyKey] = {}
    for planned in providers:
        if planned.policy_key is not None and planned.policy_key.complete:
            made = _secret_key(planned, planned.policy_key.text, words)
            keys.setdefault(key(made.name), made)
    others: dict[str, PolicyKey] = {}
    for use in policies.keys:
        if key(use.name) not in keys:
            others.setdefault(key(use.name), _used_key(use, words))
    tokens = {name: made for name, made in others.items() if made.options == "Generate"}
    return tuple((tokens | keys | others).values())


def _secret_key(planned: PlannedProvider, name: str, words: Words) -> PolicyKey:
    secret = planned.entry.secret
    label = words.label(secret.label) if secret else ""
    if secret is not None and secret.shared:
        options, key_type, usage = _MADE["samlmessagesigning"]
        return PolicyKey(f"{TICKS}/keys/{name}", name, options, usage, key_type, words("key_certificate"), planned.name)
    if secret is not None and secret.kind == "signed-token":
        label = words("signed_token", label=label)
    expires = planned.provider.secret_expires
    holds = (
        words("key_secret_expires", label=label, name=planned.name, date=expires.isoformat())
        if expires
        else words("key_secret", label=label, name=planned.name)
    )
    return PolicyKey(
        f"{TICKS}/keys/{name}",
        name,
        "Manual",
        "Signature",
        "",
        holds,
        planned.name,
        expires.isoformat() if expires else "",
    )


def _used_key(use: KeyUse, words: Words) -> PolicyKey:
    options, key_type, usage = _MADE.get(key(use.use), _MANUAL)
    if options == "Generate":
        holds = words("key_signing" if usage == "Signature" else "key_encryption")
    else:
        holds = words("key_referenced", use=use.use, profile=use.profile)
    return PolicyKey(f"{TICKS}/keys/{use.name}", use.name, options, usage, key_type, holds)


def uploads(policies: PlannedPolicies) -> tuple[Upload, ...]:
    """The files in the order in which Azure takes them: each after the one it builds on."""
    return tuple([Upload(f"{TICKS}/upload/{p.id}", p.id, p.file, p.relying_party) for p in policies.policies])


def test_links(
    draft: Draft, places: Places, policies: PlannedPolicies, providers: Sequence[ProviderGuide], words: Words
) -> tuple[TestLink, ...]:
    """One link for each policy that applications call, and one straight to each provider with a domain hint."""
    app_id = draft.policies.test_app_id.strip()
    missing = "" if app_id else words("missing_test_app")
    if not places.complete:
        missing = places.missing.text

    def url(policy: str, hint: str = "") -> str:
        made = addresses.test_url(places.host.text, places.domain.text, policy, app_id, reply_url(draft), hint)
        return made if places.complete else ""

    links = [
        TestLink(f"{TICKS}/test/{policy}", words("link_policy", policy=policy), policy, url(policy), missing)
        for policy in (policies.relying_parties or policies.sign_in)
    ]
    for policy in policies.sign_in:
        links += [
            TestLink(
                f"{TICKS}/test/{policy}/{provider.slug}",
                words("link_provider", policy=policy, provider=provider.name),
                policy,
                url(policy, provider.domain_hint),
                missing,
                provider.name,
                provider.type,
                provider.domain_hint,
            )
            for provider in providers
            if provider.domain_hint
        ]
    return tuple(links)
