"""What guide files may say: their sections, placeholders and conditions."""

from __future__ import annotations

from dataclasses import dataclass

CONDITIONS = frozenset({
    "asked-email",      # people are asked for the address that their provider does not tell, and may write any
    "china",            # the tenant lives in Azure China
    "custom-domain",    # customers see a domain of the tenant's own
    "embedded-and-policy",  # the sign-in page answers a forgotten password, and there is a policy for it as well
    "embedded-reset",   # the sign-in page answers a forgotten password
    "no-email",         # at least one provider tells no e-mail address, and nobody is asked for it
    "no-prefix",        # a new set whose policies have the usual names
    "password-reset",   # the set has a policy for a forgotten password
    "prefix",           # a new set whose policies have names of their own
    "separate-reset",   # customers have passwords, and the sign-in page sends who forgot theirs to the application
    "secret",           # this provider needs a secret with these settings
    "us-government",    # the tenant lives in Azure US Government
    "user-flow",        # no files: user flows
    "verified-email",   # people are asked for the address that their provider does not tell, and confirm it
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grammar:
    """One kind of guide file: its sections, the placeholders that stand in sentences, and those that stand alone."""

    sections: tuple[str, ...]
    required: tuple[str, ...]
    values: frozenset[str]
    rows: frozenset[str]


PROVIDER = Grammar(
    sections=("register", "credentials", "user-flow", "good-to-know"),
    required=("register", "credentials", "good-to-know"),
    values=frozenset({"name", "host", "policy_key", "client_id", "secret", "user_flow"}),
    rows=frozenset(
        {"callback", "callback_origin", "callback_host", "callback_metadata", "user_flow_form", "claims_mapping"}
    ),
)
GO_LIVE = Grammar(
    sections=("prepare", "ief-app", "proxy-app", "test-app", "keys", "upload", "test", "connect", "surprises"),
    required=("prepare", "ief-app", "proxy-app", "test-app", "keys", "upload", "test", "connect", "surprises"),
    values=frozenset({"portal", "domain", "host", "own_host", "password_reset_policy", "prefix"}),
    rows=frozenset({"ief_app", "ief_scope", "ief_app_id", "proxy_app", "proxy_app_id", "test_app", "test_app_id"}),
)
USER_FLOW = Grammar(
    sections=("prepare", "test-app", "flow", "test", "connect", "surprises"),
    required=("prepare", "test-app", "flow", "test", "connect", "surprises"),
    values=frozenset({"portal", "domain", "host", "own_host", "user_flow"}),
    rows=frozenset({"test_app", "test_app_id"}),
)

# By the name of the file; every other file is about a provider.
GRAMMARS = {"": PROVIDER, "go-live": GO_LIVE, "go-live-user-flow": USER_FLOW}
