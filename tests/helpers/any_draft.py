"""Hypothesis strategies for drafts: everything a draft may hold, also what no rule will like."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider, Tenant, UserFlow, frozen
from latchkey.draft.reading import ACCOUNTS, ASK_EMAIL, CLOUDS, JOURNEYS, KINDS, PAGE_DESIGNS, PASSWORD_RESETS

# Control characters are refused; every other code point, quotes and backslashes often.
texts = st.one_of(
    st.sampled_from(
        ["", "contoso", "微信", 'a "quoted" one', "back\\slash", "]]>", "'''", '"""', "# no comment", "a.b", " "]
    ),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=12),
)
names = st.one_of(st.sampled_from(["scope", "zh-Hans", "issuerUserId", "email", "response_mode"]), texts)
lists = st.none() | st.lists(texts, max_size=3).map(tuple)
sources = st.builds(ClaimSource, claim=texts, default=st.none() | texts, always=st.booleans())
tenants = st.builds(Tenant, name=texts, cloud=st.sampled_from(CLOUDS), custom_domain=texts, object_id=texts)
policies = st.builds(
    Policies,
    kind=st.sampled_from(KINDS),
    accounts=st.sampled_from(["", *ACCOUNTS]),
    include=st.none() | st.lists(st.sampled_from(JOURNEYS), unique=True).map(tuple),
    password_reset=st.sampled_from(["", *PASSWORD_RESETS]),
    ask_email=st.sampled_from(["", *ASK_EMAIL]),
    page_design=st.sampled_from(["", *PAGE_DESIGNS]),
    id_prefix=texts,
    journey_id=texts,
    extensions=texts,
    relying_parties=lists,
    profile_edit_policies=lists,
    ief_app_id=texts,
    proxy_ief_app_id=texts,
    test_app_id=texts,
    test_reply_url=texts,
)
providers = st.builds(
    Provider,
    type=st.one_of(st.sampled_from(["wechat", "qq", "openid-connect"]), texts),
    profile=texts,
    id=texts,
    name=texts,
    names=st.dictionaries(names, texts, max_size=3).map(frozen),
    client_id=texts,
    policy_key=texts,
    domain_hint=texts,
    identity_provider=st.none() | texts | sources,
    secret_expires=st.none() | st.dates(min_value=date(1, 1, 1)),
    settings=st.dictionaries(names, texts, max_size=3).map(frozen),
    claims=st.dictionaries(names, sources, max_size=3).map(frozen),
)


def keyed(rows: list[Provider]) -> tuple[Provider, ...]:
    """Rows with the keys that a loaded draft gives them."""
    from dataclasses import replace

    return tuple(replace(row, key=f"p{number}") for number, row in enumerate(rows, 1))


drafts = st.builds(
    Draft,
    tenant=tenants,
    policies=policies,
    user_flow=st.builds(UserFlow, name=texts),
    providers=st.lists(providers, max_size=4).map(keyed),
    done=st.frozensets(texts, max_size=3),
)
