"""One draft, changed by edits: undo, redo, merging, refusals, and the composed set that follows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QSignalSpy

from latchkey.draft import edits
from latchkey.draft.draft import Draft
from latchkey.gui.application import load_catalogue
from latchkey.gui.jobs import JobRunner
from latchkey.gui.session import Session


@pytest.fixture
def session(qapp: Any) -> Any:
    runner = JobRunner()
    made = Session(Draft(), runner, load_catalogue)
    yield made
    made.close()
    runner.close()


def test_typing_in_one_field_is_one_step_back(session: Session) -> None:
    for text in ("c", "co", "con"):
        assert session.do(edits.set_tenant_name(text))
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.draft == Draft()
    session.undo_stack.redo()
    assert session.draft.tenant.name == "con"


def test_typed_back_to_the_start_is_nothing(session: Session) -> None:
    session.do(edits.set_tenant_name("c"))
    session.do(edits.set_tenant_name(""))
    assert session.undo_stack.count() == 0
    assert not session.undo_stack.canUndo()


def test_different_fields_are_different_steps(session: Session) -> None:
    session.do(edits.set_tenant_name("contoso"))
    session.do(edits.set_custom_domain("login.contoso.com"))
    session.do(edits.set_tenant_name("fabrikam"))
    assert session.undo_stack.count() == 3


def test_an_edit_that_changes_nothing_is_no_step(session: Session) -> None:
    assert not session.do(edits.set_kind("custom"))
    assert session.undo_stack.count() == 0


def test_a_refused_edit_is_told_and_changes_nothing(session: Session) -> None:
    heard = QSignalSpy(session.refused)
    assert not session.do(edits.set_tenant_name("con\x07toso"))
    assert heard.count() == 1
    assert "U+0007" in heard.at(0)[0]
    assert session.draft == Draft()


def test_every_change_says_before_and_after(session: Session) -> None:
    heard: list[tuple[Draft, Draft]] = []
    session.draft_changed.connect(lambda before, after: heard.append((before, after)))
    session.do(edits.set_tenant_name("contoso"))
    session.undo_stack.undo()
    assert [(before.tenant.name, after.tenant.name) for before, after in heard] == [("", "contoso"), ("contoso", "")]


def test_a_step_that_is_not_there_is_not_gone_to(session: Session) -> None:
    session.go("tenant")
    session.go("provider:none")
    assert session.step == "tenant"
    assert session.visited == {"tenant"}


def test_the_composed_set_is_that_of_the_last_draft(contoso: Any, settled: Any) -> None:
    session = contoso.session
    settled(contoso)
    assert session.composed.writable
    assert session.composed.composed.files[0].file == "TrustFrameworkBase.xml"
    for text in ("f", "fa", "fabrikam"):
        session.do(edits.set_tenant_name(text))
    settled(contoso)
    assert session.composed.draft.tenant.name == "fabrikam"
    assert b"fabrikam.onmicrosoft.com" in session.composed.composed.files[0].data


def test_a_tick_composes_nothing_anew(contoso: Any, settled: Any) -> None:
    settled(contoso)
    before = contoso.session.composed
    contoso.session.do(edits.tick("go-live/prepare/1"))
    assert not contoso.session.composing
    assert contoso.session.composed.composed is before.composed
    assert contoso.session.composed.draft == contoso.session.draft


def test_an_unfinished_draft_has_no_set_but_says_why(wizard: Any, settled: Any) -> None:
    settled(wizard)
    assert wizard.session.composed.composed is None
    assert wizard.session.composed.refusal is not None
    assert wizard.session.composed.guide is not None
    assert not wizard.session.composed.writable


def test_a_guide_is_made_when_it_is_needed_and_the_first_one_ahead(contoso: Any, settled: Any) -> None:
    def made() -> int:
        return int(contoso.session.composed.guided.cache_info().currsize)

    contoso.session.go("start")
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    assert made() == 0
    contoso.session.go("tenant")
    contoso.session.do(edits.set_tenant_name("woodgrove"))
    settled(contoso)
    assert made() == 1
    contoso.session.do(edits.set_tenant_name("contoso"))
    settled(contoso)
    assert made() == 0
    assert contoso.session.composed.guide is contoso.session.composed.guide
    contoso.choose_language("zh_CN")
    settled(contoso)
    assert made() == 1
    contoso.choose_language("en")


def test_go_live_is_finished_by_its_last_tick(contoso: Any, settled: Any) -> None:
    from latchkey.gui.composing import all_ticks

    settled(contoso)
    ticks = all_ticks(contoso.session.composed.guide)
    for item in ticks[:-1]:
        contoso.session.do(edits.tick(item))
    assert "go-live" not in contoso.session.finished
    contoso.session.do(edits.tick(ticks[-1]))
    assert "go-live" in contoso.session.finished
    contoso.session.undo_stack.undo()
    assert "go-live" not in contoso.session.finished


texts = st.text(alphabet="abc-.Ω ", max_size=4)
changes = st.one_of(
    st.builds(edits.set_tenant_name, texts),
    st.builds(edits.set_custom_domain, texts),
    st.builds(edits.set_accounts, st.sampled_from(["social", "social-and-local", "social-and-local-mfa"])),
    st.builds(edits.set_kind, st.sampled_from(["custom", "user-flow"])),
    st.builds(lambda key: edits.add_provider("wechat", "WeChat", key), st.sampled_from(["p1", "p2", "p3"])),
    st.builds(lambda key: edits.remove_providers([key]), st.sampled_from(["p1", "p2", "p3"])),
    st.builds(lambda key, to: edits.move_provider(key, to, "x"), st.sampled_from(["p1", "p2"]), st.integers(0, 3)),
    st.builds(lambda key, text: edits.rename_provider(key, text, "x"), st.sampled_from(["p1", "p2"]), texts),
)
steps = st.lists(st.one_of(changes, st.sampled_from(["undo", "redo"])), max_size=30)


@given(steps)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_undo_and_redo_lose_and_invent_nothing(qapp: Any, doings: list[Any]) -> None:
    """Against a plain list of drafts: whatever is done, undone and redone, the draft is the one expected."""
    runner = JobRunner()
    session = Session(Draft(), runner, load_catalogue)
    past, future = [session.draft], []
    merge = ""
    for doing in doings:
        if doing == "undo":
            session.undo_stack.undo()
            if len(past) > 1:
                future.append(past.pop())
                merge = ""
        elif doing == "redo":
            session.undo_stack.redo()
            if future:
                past.append(future.pop())
                merge = ""
        else:
            before = session.draft
            if session.do(doing):
                future.clear()
                merged = bool(merge) and merge == doing.merge_key
                if merged:
                    past.pop()
                if not (merged and past[-1] == session.draft):
                    past.append(session.draft)
                merge = doing.merge_key if past[-1] == session.draft and len(past) > 1 else ""
            else:
                assert session.draft == before
        assert session.draft == past[-1]
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    assert session.draft == Draft()
    runner.close()


def test_undo_of_what_changes_the_steps_leaves_the_person_where_they_are(contoso: Any) -> None:
    session, key = contoso.session, contoso.session.draft.providers[1].key
    session.do(edits.move_provider(key, 0, "QQ"))
    session.go(f"provider:{key}")
    session.undo_stack.undo()
    assert session.step == f"provider:{key}"
    session.undo_stack.redo()
    assert session.step == f"provider:{key}"
    session.go("buttons")
    session.do(edits.set_kind("user-flow"))
    assert session.step == "buttons"
    session.undo_stack.undo()
    assert session.step == "buttons"
    assert contoso.window.rail.currentIndex().row() == contoso.window.model.row_of("buttons")
