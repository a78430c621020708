"""Edits: each changes what it owns and nothing else, and undo is exact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.any_draft import drafts, names, sources, texts
from latchkey.draft import edits, store
from latchkey.draft.draft import Accounts, ClaimSource, Draft, Journey, Policies, Provider, Tenant, frozen
from latchkey.draft.edits import Edit
from latchkey.draft.reading import CLOUDS, KINDS
from latchkey.errors import Refused

INCLUDES: list[tuple[Journey, ...] | None] = [None, (), ("profile-edit",)]
TWO = Draft(providers=(Provider("wechat", key="p1"), Provider("qq", key="p2")))


def flat(draft: Draft) -> dict[str, object]:
    """The draft as paths and values; rows of providers by key, and their order."""
    found: dict[str, object] = {f"tenant.{f.name}": getattr(draft.tenant, f.name) for f in fields(Tenant)}
    found |= {f"policies.{f.name}": getattr(draft.policies, f.name) for f in fields(Policies)}
    found |= {"user_flow.name": draft.user_flow.name, "done": draft.done, "order": [p.key for p in draft.providers]}
    for row in draft.providers:
        found |= {f"{row.key}.{f.name}": getattr(row, f.name) for f in fields(Provider)}
        for field in ("names", "settings", "claims"):
            entries = found.pop(f"{row.key}.{field}")
            assert hasattr(entries, "items")
            found |= {f"{row.key}.{field}.{name}": value for name, value in entries.items()}
    return found


def changed(before: Draft, after: Draft) -> set[str]:
    one, other = flat(before), flat(after)
    return {path for path in one.keys() | other.keys() if one.get(path, ...) != other.get(path, ...)}


# (the edit, the one path that it may change, the value that stands there after it)
Case = tuple[Edit, str, object]


def text_case(function: Callable[[str], Edit], path: str) -> st.SearchStrategy[Case]:
    return texts.map(lambda text: (function(text), path, text))


def row_case(
    function: Callable[[str, Any, str], Edit], field: str, values: st.SearchStrategy[Any]
) -> st.SearchStrategy[Case]:
    return st.tuples(st.sampled_from(["p1", "p2", "p3"]), values).map(
        lambda pair: (function(pair[0], pair[1], "It"), f"{pair[0]}.{field}", pair[1])
    )


def entry_case(
    function: Callable[..., Edit], field: str, values: st.SearchStrategy[Any], empty: object
) -> st.SearchStrategy[Case]:
    def case(row: str, name: str, value: Any) -> Case:
        return function(row, name, value, "It"), f"{row}.{field}.{name}", ... if value == empty else value

    return st.builds(case, st.sampled_from(["p1", "p2"]), names, values)


cases: st.SearchStrategy[Case] = st.one_of(
    text_case(edits.set_tenant_name, "tenant.name"),
    text_case(edits.set_custom_domain, "tenant.custom_domain"),
    text_case(edits.set_object_id, "tenant.object_id"),
    st.sampled_from(CLOUDS).map(lambda c: (edits.set_cloud(c), "tenant.cloud", c)),
    st.sampled_from(KINDS).map(lambda kind: (edits.set_kind(kind), "policies.kind", kind)),
    st.sampled_from(INCLUDES).map(lambda i: (edits.set_include(i), "policies.include", i)),
    text_case(edits.set_id_prefix, "policies.id_prefix"),
    text_case(edits.set_journey_id, "policies.journey_id"),
    text_case(edits.set_ief_app_id, "policies.ief_app_id"),
    text_case(edits.set_proxy_ief_app_id, "policies.proxy_ief_app_id"),
    text_case(edits.set_test_app_id, "policies.test_app_id"),
    text_case(edits.set_test_reply_url, "policies.test_reply_url"),
    text_case(edits.set_user_flow_name, "user_flow.name"),
    row_case(edits.rename_provider, "name", texts),
    row_case(edits.set_provider_id, "id", texts),
    row_case(edits.set_profile, "profile", texts),
    row_case(edits.set_client_id, "client_id", texts),
    row_case(edits.set_policy_key, "policy_key", texts),
    row_case(edits.set_domain_hint, "domain_hint", texts),
    row_case(edits.set_identity_provider, "identity_provider", st.none() | texts | sources),
    row_case(edits.set_secret_expiry, "secret_expires", st.none() | st.dates()),
    entry_case(edits.set_button_text, "names", texts, ""),
    entry_case(edits.set_setting, "settings", texts, ""),
    entry_case(edits.set_claim, "claims", sources, None),
)  # fmt: skip


@given(drafts, cases)
def test_an_edit_changes_what_it_owns_and_nothing_else(draft: Draft, case: Case) -> None:
    edit, path, value = case
    after = edit.apply(draft)
    assert changed(draft, after) <= {path}
    row = path.partition(".")[0]
    if not row.startswith("p") or row == "policies" or row in {provider.key for provider in draft.providers}:
        assert flat(after).get(path, ...) == value
    else:
        assert after == draft


@given(drafts, st.lists(cases, max_size=6))
def test_edited_drafts_can_be_saved_and_undo_is_exact(draft: Draft, chain: list[Case]) -> None:
    history = [draft]
    for edit, _path, _value in chain:
        history.append(edit.apply(history[-1]))
        assert store.loads(store.dumps(history[-1]), "x") == history[-1]
    for (edit, _path, _value), before, after in zip(chain, history, history[1:], strict=False):
        assert edit.apply(before) == after  # pure: redo gives the same again
        assert edit.apply(after) == after  # stating the same twice changes nothing
    assert flat(history[0]) == flat(draft)


@given(drafts, st.sampled_from(["p1", "p2", "p3", "nowhere"]), st.integers(-2, 6))
def test_a_move_is_a_permutation(draft: Draft, key: str, index: int) -> None:
    after = edits.move_provider(key, index, "It").apply(draft)
    assert sorted(p.key for p in after.providers) == sorted(p.key for p in draft.providers)
    assert changed(draft, after) <= {"order"}
    rest = [p.key for p in draft.providers if p.key != key]
    assert [p.key for p in after.providers if p.key != key] == rest
    if any(p.key == key for p in draft.providers):
        assert [p.key for p in after.providers].index(key) == max(0, min(index, len(rest)))


@given(drafts, st.integers(0, 5), st.integers(-1, 6))
def test_moving_back_restores_the_order(draft: Draft, start: int, end: int) -> None:
    assume(start < len(draft.providers))
    key = draft.providers[start].key
    there = edits.move_provider(key, end, "It").apply(draft)
    assert edits.move_provider(key, start, "It").apply(there) == draft


@given(drafts, st.lists(st.one_of(st.tuples(st.just("add"), st.integers(-1, 5)), st.tuples(st.just("remove"), st.integers(0, 5)), st.tuples(st.just("move"), st.integers(0, 5))), max_size=12))  # fmt: skip
def test_keys_stay_unique(draft: Draft, doings: list[tuple[str, int]]) -> None:
    for doing, number in doings:
        before = draft
        rows = draft.providers
        if doing == "add":
            draft = edits.add_provider("qq", "QQ", edits.fresh_key(draft), number).apply(draft)
            assert len(draft.providers) == len(rows) + 1
        elif number < len(rows) and doing == "remove":
            draft = edits.remove_providers([rows[number].key], "It").apply(draft)
            assert set(changed(before, draft)) >= {"order"}
        elif number < len(rows):
            draft = edits.move_provider(rows[number].key, 0, "It").apply(draft)
        keys = [provider.key for provider in draft.providers]
        assert len(set(keys)) == len(keys)
        assert all(keys)


def test_adding_puts_the_row_where_it_was_asked() -> None:
    first = edits.add_provider("openid-connect", "OpenID Connect", "p9", 0, name="Contoso").apply(TWO)
    assert [p.key for p in first.providers] == ["p9", "p1", "p2"]
    assert first.providers[0] == Provider("openid-connect", name="Contoso")
    assert first.providers[1:] == TWO.providers


def test_a_key_that_is_taken_gives_way_to_a_fresh_one() -> None:
    after = edits.add_provider("facebook", "Facebook", "p2").apply(TWO)
    assert [p.key for p in after.providers] == ["p1", "p2", "p3"]


def test_a_fresh_key_avoids_rows_that_undo_could_bring_back() -> None:
    assert edits.fresh_key(TWO, ["p7"]) == "p8"
    assert edits.fresh_key(Draft()) == "p1"


def test_several_rows_are_removed_in_one_step() -> None:
    edit = edits.remove_providers(["p1", "p2"])
    assert edit.apply(TWO) == Draft()
    assert edit.label == "Remove 2 sign-in buttons"


@pytest.mark.parametrize(
    ("accounts", "include", "after"),
    [
        ("social", ("profile-edit", "password-reset"), ("profile-edit",)),
        ("social", None, None),
        ("social-and-local", ("profile-edit", "password-reset"), ("profile-edit", "password-reset")),
        ("social-and-local-mfa", ("password-reset",), ("password-reset",)),
    ],
)
def test_accounts_without_passwords_have_no_password_reset(
    accounts: Accounts, include: tuple[Journey, ...] | None, after: tuple[Journey, ...] | None
) -> None:
    draft = Draft(policies=Policies(accounts="social-and-local", include=include))
    edited = edits.set_accounts(accounts).apply(draft)
    assert edited.policies.include == after
    assert edited.policies.accounts == accounts
    assert changed(draft, edited) <= {"policies.accounts", "policies.include"}


def test_a_pasted_tenant_is_one_step_and_keeps_what_it_does_not_say() -> None:
    draft = Draft(tenant=Tenant("old", "china", "login.old.cn", "id"))
    after = edits.set_tenant(name="contoso", cloud="global").apply(draft)
    assert after.tenant == Tenant("contoso", "global", "login.old.cn", "id")


def test_several_settings_at_once() -> None:
    draft = edits.set_settings("p1", {"a": "1", "b": "2"}, "It").apply(TWO)
    after = edits.set_settings("p1", {"a": "", "c": "3"}, "It").apply(draft)
    assert after.providers[0].settings == {"b": "2", "c": "3"}
    assert after.providers[1] == TWO.providers[1]


def test_resetting_a_claim_is_not_the_same_as_leaving_it_out() -> None:
    out = edits.set_claim("p1", "email", ClaimSource(), "It").apply(TWO)
    assert out.providers[0].claims == {"email": ClaimSource()}
    assert edits.reset_claim("p1", "email", "It").apply(out) == TWO


def test_a_claim_is_renamed_in_its_place() -> None:
    claims = frozen({"a": ClaimSource("1"), "b": ClaimSource("2"), "c": ClaimSource("3")})
    draft = Draft(providers=(Provider("qq", claims=claims, key="p1"),))
    renamed = edits.rename_claim("p1", "a", "c", "It").apply(draft).providers[0].claims
    assert list(renamed.items()) == [("c", ClaimSource("1")), ("b", ClaimSource("2"))]
    assert edits.rename_claim("p1", "x", "c", "It").apply(draft) == draft


def test_ticks() -> None:
    ticked = edits.tick("wechat/register/2").apply(TWO)
    assert ticked.done == {"wechat/register/2"}
    assert edits.tick("wechat/register/2", on=False).apply(ticked) == TWO


def test_typing_merges_by_field_and_choices_do_not_merge() -> None:
    assert edits.set_tenant_name("a").merge_key == edits.set_tenant_name("b").merge_key != ""
    assert edits.set_client_id("p1", "a", "It").merge_key != edits.set_client_id("p2", "a", "It").merge_key
    assert edits.set_setting("p1", "a", "x", "It").merge_key != edits.set_setting("p1", "b", "x", "It").merge_key
    for edit in (
        edits.set_cloud("china"),
        edits.set_kind("custom"),
        edits.move_provider("p1", 0, "It"),
        edits.tick("x"),
    ):
        assert edit.merge_key == ""


def test_labels_say_what_undo_takes_back() -> None:
    assert edits.move_provider("p2", 1, "QQ").label == "Move QQ to place 2"
    assert edits.remove_providers(["p2"], "QQ").label == "Remove QQ"
    assert edits.set_identity_provider("p2", "x", "QQ").label == "Change what tells QQ's users apart"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x9b", "\ud800", "\uffff"])
def test_control_characters_are_refused_where_they_are_typed(character: str) -> None:
    makers: list[Callable[[str], Edit]] = [
        edits.set_tenant_name,
        edits.set_journey_id,
        lambda text: edits.rename_provider("p1", text, "It"),
        lambda text: edits.set_button_text("p1", text, "x", "It"),
        lambda text: edits.set_claim("p1", "email", ClaimSource("e", text), "It"),
        lambda text: edits.set_settings("p1", {"scope": text}, "It"),
    ]
    for make in makers:
        with pytest.raises(Refused, match=r"control character \(U\+"):
            make(f"a{character}b").apply(TWO)


def test_line_ends_of_pasted_text_become_spaces() -> None:
    assert edits.set_tenant_name("con\r\n\ttoso").apply(Draft()).tenant.name == "con toso"


@given(drafts)
def test_a_date_and_nothing_else_of_a_secret_is_in_the_draft(draft: Draft) -> None:
    assume(draft.providers)
    after = edits.set_secret_expiry("p1", date(2027, 5, 1), "It").apply(draft)
    assert replace(after.providers[0], secret_expires=None) == replace(draft.providers[0], secret_expires=None)
