"""Whatever people type: the files stay well-formed, and say exactly that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.composing import METADATA, catalogue, draft, provider
from helpers.drafts import drafts
from latchkey.compose.composer import compose, preview
from latchkey.compose.wording import cleaned
from latchkey.draft.characters import refused_character
from latchkey.draft.draft import ClaimSource, Draft, Tenant
from latchkey.errors import Refused
from latchkey.policy.buttons import buttons
from latchkey.policy.effective import Effective
from latchkey.policy.policy_set import PolicySet

anything = st.text(min_size=1, max_size=40)
# What people can type and what parsers stumble over, more often than chance would.
awkward = st.lists(
    st.sampled_from(
        ["]]>", "<", ">", "&", "'", '"', "&amp;", "&#39;", "&#34;", "&#x0;", "<!--", "-->", "--", "{{", "}}", "{%", "%}",
         "{#", "{Settings:x}", "{OIDC:LoginHint}", "</DisplayName>", "<?xml?>", "微信", "é", "\U0001f511", "\u2028", "\u202e",
         "\u0085", "\u00a0", "\u3000", "\t", "\n", "\r", "\r\n", " ", "a", "\x00", "\x07", "\ud800", "\ufffe", "\\", "/"]
    ),
    min_size=1,
    max_size=8,
).map("".join)  # fmt: skip
written = anything | awkward


def accepted(text: str) -> str | None:
    """The text as policies carry it, or None where it is refused."""
    try:
        return cleaned(text, "x")
    except Refused:
        return None


def made(text: str) -> Effective:
    chosen: dict[str, Any] = {
        "name": text,
        "names": {"zh-Hans": text, "fr": text},
        "client_id": f"c{text}",
        "domain_hint": text,
        "identity_provider": f"i{text}",
        "settings": {"metadata_url": METADATA, "scope": f"s{text}"},
        "claims": {"email": ClaimSource(f"e{text}", text)},
    }
    composed = compose(draft("social", provider("openid-connect", id="Any", **chosen)), catalogue())
    assert all(file.data.isascii() for file in composed.files)
    policies = PolicySet.of(composed.files)
    assert not policies.broken
    policy = policies.find("B2C_1A_signup_signin")
    assert policy is not None
    return policies.effective(policy)


@settings(max_examples=150, deadline=None)
@given(written)
@example("]]>")
@example("a\u2028b")
@example("\u0085\u0085")
def test_what_is_parsed_back_is_what_was_typed(text: str) -> None:
    clean = accepted(text)
    if clean is None:
        assert refused_character(text)
        try:
            made(text)
        except Refused as refusal:
            assert "\n" not in str(refusal)
            return
        raise AssertionError("a character that XML can't carry was composed")
    effective = made(text)
    profile = effective.technical_profiles["any-openidconnect"]
    assert profile.display_name == (clean or "OpenID Connect")
    assert profile.metadata_value("client_id") == accepted(f"c{text}")
    assert profile.metadata_value("scope") == accepted(f"s{text}")
    assert (profile.provider_domain or "") == clean
    claims = {claim.claim: claim for claim in profile.output_claims}
    assert claims["email"].partner == accepted(f"e{text}")
    assert claims["email"].default == clean
    assert claims["identityProvider"].default == accepted(f"i{text}")
    button = buttons(effective, effective.journeys["customsignupsignin"])[0]
    assert button.texts == ({"zh-Hans": clean, "fr": clean} if clean else {})


@settings(max_examples=200, deadline=None)
@given(drafts)
def test_any_draft_is_composed_or_refused_in_one_line(any_draft: Draft) -> None:
    known = tuple(p for p in any_draft.providers if p.type in catalogue())
    try:
        composed = preview(replace(any_draft, tenant=Tenant("contoso"), providers=known), catalogue())
    except Refused as refusal:
        assert refusal.message
        assert "\n" not in str(refusal)
        return
    policies = PolicySet.of(composed.files)
    assert not policies.broken
    assert all(policies.chain(policy).complete for policy in policies.policies)
