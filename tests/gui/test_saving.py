"""Saved as you go, and nothing lost: names, conflicts, full disks, two windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QSignalSpy

from helpers.wizard import close
from latchkey.draft import edits, store
from latchkey.draft.draft import Draft
from latchkey.errors import LatchkeyError, Unreadable


def test_a_draft_without_a_name_is_there_again(make_wizard: Callable[..., Any]) -> None:
    first = make_wizard()
    first.session.do(edits.set_tenant_name("contoso"))
    first.session.go("tenant")
    close(first)
    again = make_wizard()
    assert again.session.draft.tenant.name == "contoso"
    assert again.session.step == "tenant"
    assert again.keeper.unsaved


def test_an_empty_draft_leaves_nothing_behind(make_wizard: Callable[..., Any], folders: Path) -> None:
    close(make_wizard())
    assert list((folders / "drafts").glob("*.toml")) == []


def test_a_named_draft_is_written_soon_after_each_change(contoso: Any, settled: Any) -> None:
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    assert contoso.keeper.unsaved
    assert contoso.window.isWindowModified()
    settled(contoso)
    assert not contoso.keeper.unsaved
    assert not contoso.window.isWindowModified()
    assert store.load(contoso.keeper.file).tenant.name == "fabrikam"


def test_comments_of_the_file_stay(contoso: Any, settled: Any) -> None:
    file = contoso.keeper.file
    file.write_text("# mine\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    contoso.keeper.open(file)
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    assert file.read_text(encoding="utf-8").startswith("# mine\n")


def test_closing_writes_what_is_not_written_yet(contoso: Any) -> None:
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    file = contoso.keeper.file
    close(contoso)
    assert store.load(file).tenant.name == "fabrikam"


def test_reopening_comes_back_to_the_same_place(make_wizard: Callable[..., Any], contoso: Any, tmp_path: Path) -> None:
    contoso.session.go("accounts")
    contoso.window.content.page  # noqa: B018  (made by going there)
    contoso.keeper.note_folder(tmp_path / "policies")
    contoso.session.choose_folder(tmp_path / "policies")
    file = contoso.keeper.file
    close(contoso)
    again = make_wizard()
    assert again.keeper.file == file
    assert again.session.step == "accounts"
    assert again.session.visited == {"start", "accounts"}
    assert again.session.folder == tmp_path / "policies"


def test_a_name_moves_the_draft_out_of_our_folder(wizard: Any, settled: Any, tmp_path: Path, folders: Path) -> None:
    wizard.session.do(edits.set_tenant_name("contoso"))
    settled(wizard)
    wizard.keeper.save_as(tmp_path / "mine")
    assert wizard.keeper.file == tmp_path / "mine.latchkey.toml"
    assert not wizard.keeper.unsaved
    assert list((folders / "drafts").glob("*.toml")) == []
    assert wizard.memory.settings.recent == (tmp_path / "mine.latchkey.toml",)
    wizard.session.do(edits.set_tenant_name("fabrikam"))
    settled(wizard)
    assert store.load(tmp_path / "mine.latchkey.toml").tenant.name == "fabrikam"


def test_a_file_changed_underneath_is_not_overwritten(contoso: Any, settled: Any) -> None:
    file = contoso.keeper.file
    settled(contoso)
    theirs = file.read_text(encoding="utf-8").replace('"contoso"', '"woodgrove"')
    file.write_text(theirs, encoding="utf-8")
    heard = QSignalSpy(contoso.keeper.conflict)
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    assert heard.count() == 1
    assert file.read_text(encoding="utf-8") == theirs
    assert contoso.window.content.notice.isVisible()
    contoso.keeper.take_theirs()
    assert contoso.session.draft.tenant.name == "woodgrove"


def test_keeping_mine_overwrites_when_asked(contoso: Any, settled: Any) -> None:
    file = contoso.keeper.file
    settled(contoso)
    file.write_text(file.read_text(encoding="utf-8").replace('"contoso"', '"woodgrove"'), encoding="utf-8")
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    contoso.keeper.keep_mine()
    settled(contoso)
    assert store.load(file).tenant.name == "fabrikam"


def test_a_conflict_without_an_answer_loses_neither(
    contoso: Any, settled: Any, make_wizard: Callable[..., Any]
) -> None:
    file = contoso.keeper.file
    settled(contoso)
    file.write_text(file.read_text(encoding="utf-8").replace('"contoso"', '"woodgrove"'), encoding="utf-8")
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    close(contoso)
    assert store.load(file).tenant.name == "woodgrove"
    again = make_wizard(file)
    assert again.keeper.recovery is not None
    assert again.window.content.notice.isVisible()
    again.keeper.use_recovery()
    assert again.session.draft.tenant.name == "fabrikam"


def test_a_place_that_can_t_be_written_keeps_the_answers_beside(
    contoso: Any, settled: Any, make_wizard: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = contoso.keeper.file
    settled(contoso)
    original = store.save

    def full(draft: Draft, path: str | Path) -> None:
        if Path(path) == file:
            raise Unreadable(f"{path} can't be written: no space left.", "Make room.")
        original(draft, path)

    monkeypatch.setattr(store, "save", full)
    heard = QSignalSpy(contoso.keeper.trouble)
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    assert heard.count() == 1
    assert contoso.keeper.unsaved
    close(contoso)
    monkeypatch.setattr(store, "save", original)
    again = make_wizard(file)
    assert again.session.draft.tenant.name == "fabrikam"  # nothing stands against it: the file is as it was
    assert again.window.content.notice.isVisible()
    again.session.undo_stack.undo()
    assert again.session.draft.tenant.name == "contoso"


def test_recovered_answers_are_not_offered_once_they_are_saved(contoso: Any, settled: Any) -> None:
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    contoso.keeper._saving._save_beside()
    settled(contoso)
    assert not contoso.keeper._saving.beside.exists()
    contoso.keeper.open(contoso.keeper.file)
    assert contoso.keeper.recovery is None
    assert not contoso.session.undo_stack.canUndo()


def test_two_windows_never_share_a_draft_without_a_name(make_wizard: Callable[..., Any]) -> None:
    first = make_wizard()
    first.session.do(edits.set_tenant_name("contoso"))
    first.keeper.flush()
    first.memory.note(last=str(first.keeper.file))
    first.memory.write()
    second = make_wizard()
    assert second.keeper.file != first.keeper.file
    assert second.session.draft == Draft()


def test_a_new_draft_keeps_the_one_before_among_the_recent_ones(wizard: Any) -> None:
    wizard.session.do(edits.set_tenant_name("contoso"))
    before = wizard.keeper.file
    wizard.keeper.new()
    assert wizard.session.draft == Draft()
    assert before in wizard.memory.settings.recent
    assert store.load(before).tenant.name == "contoso"
    wizard.keeper.open(before)
    assert wizard.session.draft.tenant.name == "contoso"


@pytest.mark.parametrize("content", [b"not toml [", b"format = 1\nwrong = 2\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_draft_is_refused_in_one_line(contoso: Any, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.latchkey.toml"
    bad.write_bytes(content)
    before = contoso.session.draft
    contoso.window.content.files.open(bad)
    assert contoso.session.draft == before
    assert contoso.keeper.file.name == "contoso.latchkey.toml"
    assert contoso.window.content.notice.isVisible()
    assert bad.read_bytes() == content


def test_a_path_that_was_given_and_can_t_be_opened_is_an_error(make_wizard: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(LatchkeyError):
        make_wizard(tmp_path / "missing.latchkey.toml", shown=False)


def test_a_draft_that_is_gone_is_forgotten(make_wizard: Callable[..., Any], contoso: Any) -> None:
    file = contoso.keeper.file
    close(contoso)
    file.write_text("not a draft any more [", encoding="utf-8")
    again = make_wizard()
    assert again.session.draft == Draft()
    assert file not in again.memory.settings.recent
