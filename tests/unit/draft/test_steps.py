"""The wizard's branching, without a window."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.any_draft import drafts
from latchkey.draft import edits, steps
from latchkey.draft.draft import Draft, Policies, Provider, Tenant, UserFlow, frozen
from latchkey.draft.steps import Problem

CUSTOM = Draft(providers=(Provider("wechat", name="WeChat", key="p1"), Provider("qq", key="p2")))
FLOW = replace(CUSTOM, policies=Policies(kind="user-flow"))
ALL_CUSTOM = ["start", "tenant", "accounts", "buttons", "provider:p1", "provider:p2", "review", "save", "go-live"]
ALL_FLOW = ["start", "tenant", "buttons", "provider:p1", "provider:p2", "go-live"]


def ids(draft: Draft) -> list[str]:
    return [step.id for step in steps.visible_steps(draft)]


@pytest.mark.parametrize(("draft", "expected"), [(CUSTOM, ALL_CUSTOM), (FLOW, ALL_FLOW)])
def test_which_steps_there_are(draft: Draft, expected: list[str]) -> None:
    assert ids(draft) == expected


def test_a_new_draft_has_no_provider_steps() -> None:
    assert ids(Draft()) == ["start", "tenant", "accounts", "buttons", "review", "save", "go-live"]


def test_provider_steps_follow_the_buttons_order_and_are_shown_below_them() -> None:
    moved = edits.move_provider("p2", 0, "QQ").apply(CUSTOM)
    assert ids(moved)[4:6] == ["provider:p2", "provider:p1"]
    step = steps.find(moved, "provider:p1")
    assert step is not None
    assert (step.title, step.parent, step.provider) == ("WeChat", "buttons", "p1")


@pytest.mark.parametrize("draft", [CUSTOM, FLOW, Draft()])
def test_next_and_previous_walk_the_whole_way(draft: Draft) -> None:
    way = ids(draft)
    for here, there in itertools.pairwise(way):
        following, previous = steps.next_step(draft, here), steps.previous_step(draft, there)
        assert following is not None
        assert previous is not None
        assert (following.id, previous.id) == (there, here)
    assert steps.previous_step(draft, way[0]) is None
    assert steps.next_step(draft, way[-1]) is None


@pytest.mark.parametrize(
    ("draft", "gone", "before", "after"),
    [
        (FLOW, "accounts", "tenant", "buttons"),
        (FLOW, "review", "provider:p2", "go-live"),
        (CUSTOM, "provider:p9", "provider:p2", "review"),
        (FLOW, "provider:p9", "provider:p2", "go-live"),
    ],
)
def test_a_step_that_is_gone_still_has_neighbours(draft: Draft, gone: str, before: str, after: str) -> None:
    following, previous = steps.next_step(draft, gone), steps.previous_step(draft, gone)
    assert following is not None
    assert previous is not None
    assert (previous.id, following.id) == (before, after)


def test_every_field_of_the_draft_belongs_to_one_step() -> None:
    paths = [f"tenant.{f.name}" for f in fields(Tenant)] + [f"policies.{f.name}" for f in fields(Policies)]
    paths += [f"user_flow.{f.name}" for f in fields(UserFlow)]
    for path in paths:
        owners = [
            step.id for step in steps.STEPS if any(path == own or path.startswith(own + ".") for own in step.owns)
        ]
        assert len(owners) == 1, path


@pytest.mark.parametrize(
    ("field", "provider", "owner"),
    [
        ("tenant.name", "", "tenant"),
        ("tenant", "", "tenant"),
        ("policies.kind", "", "start"),
        ("policies.ief_app_id", "", "accounts"),
        ("policies.include[0]", "", "accounts"),
        ("policies.test_app_id", "", "go-live"),
        ("user_flow.name", "", "start"),
        ("providers", "", "buttons"),
        ("providers[0].name", "", "buttons"),
        ("providers[1].names.zh-Hans", "p2", "buttons"),
        ("providers[1].client_id", "", "provider:p2"),
        ("providers[1].settings.scope", "p2", "provider:p2"),
        ("", "p1", "provider:p1"),
        ("providers[7].client_id", "", "buttons"),
        ("", "p9", "buttons"),
        ("", "", ""),
        ("format", "", ""),
    ],
)
def test_where_a_field_is_answered(field: str, provider: str, owner: str) -> None:
    assert steps.owner(CUSTOM, field, provider) == owner


def test_a_field_of_a_step_that_does_not_apply_leads_to_the_choice_that_hid_it() -> None:
    assert steps.owner(FLOW, "policies.accounts") == "start"


def error(field: str, provider: str = "") -> Problem:
    return Problem(field, provider, is_error=True)


def test_nothing_is_done_in_a_new_draft() -> None:
    problems = [error("tenant.name"), error("policies.accounts"), error("providers")]
    assert set(steps.states(Draft(), problems).values()) == {"todo"}


def test_a_step_goes_from_todo_over_in_progress_and_attention_to_done() -> None:
    tenant = steps.find(Draft(), "tenant")
    assert tenant is not None
    missing = [error("tenant.name")]
    assert steps.state(tenant, Draft(), missing) == "todo"
    assert steps.state(tenant, Draft(), missing, visited={"tenant"}) == "in-progress"
    wrong = Draft(tenant=Tenant("con toso"))
    assert steps.state(tenant, wrong, [error("tenant.name")], visited={"tenant"}) == "attention"
    right = Draft(tenant=Tenant("contoso"))
    assert steps.state(tenant, right, [error("providers")], visited={"tenant"}) == "done"


def test_a_warning_holds_no_step_back() -> None:
    draft = Draft(tenant=Tenant("contoso"))
    assert steps.states(draft, [Problem("tenant.name", "", is_error=False)])["tenant"] == "done"


def test_a_provider_s_step_follows_its_own_row_only() -> None:
    draft = edits.set_client_id("p1", "wx", "WeChat").apply(CUSTOM)
    problems = [error("providers[0].client_id", "p1"), error("providers[1].client_id", "p2")]
    found = steps.states(draft, problems, visited={"buttons"})
    assert (found["provider:p1"], found["provider:p2"], found["buttons"]) == ("attention", "todo", "done")
    visited = steps.states(draft, problems, visited={"provider:p2"})
    assert visited["provider:p2"] == "in-progress"


@pytest.mark.parametrize("field", ["settings", "claims"])
def test_a_missing_entry_of_a_table_is_missing_not_wrong(field: str) -> None:
    problems = [error(f"providers[0].{field}.x", "p1")]
    assert steps.states(CUSTOM, problems, visited={"provider:p1"})["provider:p1"] == "in-progress"


def test_a_wrong_entry_of_a_table_is_wrong() -> None:
    row = replace(CUSTOM.providers[0], settings=frozen({"metadata_url": "nonsense"}))
    draft = replace(CUSTOM, providers=(row,))
    assert steps.states(draft, [error("providers[0].settings.metadata_url")])["provider:p1"] == "attention"


def test_review_and_save_look_at_the_whole_draft() -> None:
    visited = {"review", "save"}
    broken = steps.states(CUSTOM, [error("providers[1].client_id", "p2")], visited)
    assert (broken["review"], broken["save"]) == ("attention", "attention")
    whole = steps.states(CUSTOM, [], visited)
    assert (whole["review"], whole["save"]) == ("done", "in-progress")
    assert steps.states(CUSTOM, [], visited, finished={"save"})["save"] == "done"
    assert steps.states(CUSTOM, [error("", "")], visited)["review"] == "attention"


def test_go_live_is_done_when_all_its_ticks_are() -> None:
    assert steps.states(CUSTOM, [])["go-live"] == "todo"
    ticked = edits.tick("go-live/upload").apply(CUSTOM)
    assert steps.states(ticked, [])["go-live"] == "in-progress"
    assert steps.states(ticked, [error("policies.test_app_id")])["go-live"] == "in-progress"
    assert steps.states(ticked, [], finished={"go-live"})["go-live"] == "done"


def test_a_reopened_draft_shows_what_was_answered() -> None:
    draft = replace(CUSTOM, tenant=Tenant("contoso"), policies=Policies(accounts="social"))
    draft = edits.set_client_id("p1", "wx", "WeChat").apply(draft)
    found = steps.states(draft, [error("providers[1].client_id", "p2")])
    assert found == {
        "start": "done",
        "tenant": "done",
        "accounts": "done",
        "buttons": "done",
        "provider:p1": "done",
        "provider:p2": "todo",
        "review": "todo",
        "save": "todo",
        "go-live": "todo",
    }


paths = st.sampled_from(
    ["", "tenant.name", "policies.accounts", "providers", "providers[0]", "providers[3].client_id", "providers[0].x.y"]
) | st.text(max_size=12)
problems_ = st.lists(
    st.builds(Problem, paths, st.sampled_from(["", "p1", "p9"]), st.booleans(), st.booleans()), max_size=4
)


@given(drafts, problems_, st.sets(st.sampled_from([*ALL_CUSTOM, "provider:p9"])))
def test_any_draft_and_any_findings_have_states(draft: Draft, problems: list[Problem], visited: set[str]) -> None:
    found = steps.states(draft, problems, visited)
    assert list(found) == ids(draft)
    assert found == {step.id: steps.state(step, draft, problems, visited) for step in steps.visible_steps(draft)}
    assert set(found.values()) <= {"todo", "in-progress", "attention", "done"}
    for problem in problems:
        assert steps.owner(draft, problem.field, problem.provider) in {"", *found}
        if not problem.is_error and not problem.is_open:
            assert found == steps.states(draft, [one for one in problems if one is not problem], visited)


def test_what_is_still_to_be_given_keeps_its_step_open_and_no_other() -> None:
    draft = Draft(Tenant("contoso"), Policies(accounts="social"), providers=(Provider("qq", client_id="1", key="p1"),))
    missing = Problem("providers[0].secret", "p1", is_error=False, is_open=True)
    found = steps.states(draft, [missing], ids(draft))
    assert found["provider:p1"] == "in-progress"
    assert {name: state for name, state in found.items() if name != "provider:p1"} == {
        name: state for name, state in steps.states(draft, [], ids(draft)).items() if name != "provider:p1"
    }
