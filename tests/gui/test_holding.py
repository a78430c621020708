"""Two windows, two programs, one draft: nobody overwrites anybody, and everybody is told."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QSignalSpy

from latchkey.draft import edits, store
from latchkey.gui import recovery
from latchkey.gui.holding import OpenElsewhere, heard, hold, is_free, ring
from latchkey.gui.watching import Watcher


def said(wizard: Any) -> str:
    """What the notice says."""
    notice = wizard.window.content.notice
    return notice._text.text() if notice.isVisible() else ""


def choose(wizard: Any, text: str) -> None:
    """Press a choice of the notice."""
    next(made for made in wizard.window.content.notice._buttons if made.text() == text).click()


def test_a_draft_is_held_by_its_real_path(tmp_path: Path) -> None:
    file = tmp_path / "a.latchkey.toml"
    file.write_text("", encoding="utf-8")
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    mine = hold(file, tmp_path / "state")
    assert mine is not None
    assert hold(link, tmp_path / "state") is None
    assert not is_free(file, tmp_path / "state")
    mine.let_go()
    assert is_free(link, tmp_path / "state")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.latchkey.toml", "link.toml", "state"]


def test_a_program_that_died_holds_nothing(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from latchkey.gui.holding import hold;"
        "held = hold(Path(sys.argv[1]), Path(sys.argv[2])); assert held; os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.toml"), str(tmp_path)], check=False)
    assert list((tmp_path / "locks").iterdir())
    assert is_free(tmp_path / "a.toml", tmp_path)


def test_a_second_window_says_so_and_shows_the_first(
    contoso: Any, make_wizard: Callable[..., Any], qtbot: Any, settled: Callable[[Any], None]
) -> None:
    settled(contoso)
    second = make_wizard()
    assert second.keeper.file != contoso.keeper.file
    second.window.content.files.open(contoso.keeper.file)
    assert "another Latchkey window" in said(second)
    wanted = QSignalSpy(contoso.keeper.wanted)
    choose(second, "Show that window")
    qtbot.waitUntil(lambda: wanted.count() == 1)
    qtbot.waitUntil(lambda: not second.window.content.files._heard.isActive(), timeout=5000)
    assert "does not answer" not in said(second)


def test_a_second_window_may_work_on_a_copy(
    contoso: Any, make_wizard: Callable[..., Any], settled: Callable[[Any], None]
) -> None:
    settled(contoso)
    second = make_wizard()
    second.window.content.files.open(contoso.keeper.file)
    choose(second, "Open a copy")
    second.session.do(edits.set_tenant_name("fabrikam"))
    settled(second)
    assert not second.keeper.named
    assert store.load(contoso.keeper.file).tenant.name == "contoso"
    assert store.load(second.keeper.file).tenant.name == "fabrikam"


def test_a_draft_that_is_open_elsewhere_is_not_saved_over(contoso: Any, make_wizard: Callable[..., Any]) -> None:
    second = make_wizard()
    with pytest.raises(OpenElsewhere):
        second.keeper.save_as(contoso.keeper.file)


def test_a_bell_that_nobody_hears_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latchkey.gui.holding._ANSWERS_WITHIN", 0.1)
    bell = ring(tmp_path / "a.toml", tmp_path)
    assert bell is not None
    assert not heard(bell)
    assert not bell.exists()
    bell = ring(tmp_path / "a.toml", tmp_path)
    ears = threading.Timer(0.02, bell.unlink)
    ears.start()
    assert heard(bell)
    ears.join()


# A draft that changes on the disk


def test_a_change_from_outside_is_noticed_without_touching_anything(
    contoso: Any, qtbot: Any, settled: Callable[[Any], None]
) -> None:
    settled(contoso)
    file = contoso.keeper.file
    file.write_text(file.read_text(encoding="utf-8").replace('"contoso"', '"woodgrove"'), encoding="utf-8")
    qtbot.waitUntil(lambda: "changed by another program" in said(contoso))
    assert contoso.session.draft.tenant.name == "contoso"
    choose(contoso, "What is in the file")
    assert contoso.session.draft.tenant.name == "woodgrove"
    contoso.session.undo_stack.undo()
    assert contoso.session.draft.tenant.name == "contoso"
    settled(contoso)
    assert store.load(file).tenant.name == "contoso"


def test_a_file_replaced_in_one_step_is_noticed_again_and_again(
    contoso: Any, qtbot: Any, settled: Callable[[Any], None]
) -> None:
    settled(contoso)
    file = contoso.keeper.file
    for name in ("woodgrove", "fabrikam"):
        beside = file.with_name("beside")
        text = file.read_text(encoding="utf-8").replace(contoso.session.draft.tenant.name, name)
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
        qtbot.waitUntil(lambda: "changed by another program" in said(contoso))
        choose(contoso, "What is in the file")
        assert contoso.session.draft.tenant.name == name
        settled(contoso)


def test_comments_from_outside_are_no_conflict(contoso: Any, qtbot: Any, settled: Callable[[Any], None]) -> None:
    settled(contoso)
    file = contoso.keeper.file
    file.write_text("# by hand\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    qtbot.waitUntil(lambda: contoso.keeper._saving.known == file.read_bytes())
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    assert not said(contoso)
    assert file.read_text(encoding="utf-8").startswith("# by hand\n")
    assert store.load(file).tenant.name == "fabrikam"


def test_our_own_writing_is_no_change_from_outside(contoso: Any, qtbot: Any, settled: Callable[[Any], None]) -> None:
    for name in ("fabrikam", "woodgrove", "contoso"):
        contoso.session.do(edits.set_tenant_name(name))
        settled(contoso)
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    contoso.keeper._look()  # as if the system had told of the last writing only now
    contoso.keeper._saving.save_now()
    settled(contoso)
    assert not said(contoso)
    assert not contoso.keeper.unsaved


def test_a_file_that_is_gone_is_said_and_written_again_on_request(
    contoso: Any, qtbot: Any, settled: Callable[[Any], None]
) -> None:
    settled(contoso)
    file = contoso.keeper.file
    file.unlink()
    qtbot.waitUntil(lambda: "no longer there" in said(contoso))
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    assert not file.exists()
    assert contoso.window.isWindowModified()
    choose(contoso, "Write it again")
    settled(contoso)
    assert store.load(file).tenant.name == "fabrikam"
    assert not contoso.window.isWindowModified()


def test_a_file_that_is_gone_and_not_answered_for_stays_as_a_draft_without_a_name(
    contoso: Any, make_wizard: Callable[..., Any], qtbot: Any, settled: Callable[[Any], None]
) -> None:
    from helpers.wizard import close

    settled(contoso)
    contoso.keeper.file.unlink()
    qtbot.waitUntil(lambda: "no longer there" in said(contoso))
    close(contoso)
    again = make_wizard()
    assert again.session.draft.tenant.name == "contoso"
    assert not again.keeper.named


def test_a_file_that_comes_back_needs_no_answer(contoso: Any, qtbot: Any, settled: Callable[[Any], None]) -> None:
    settled(contoso)
    file, away = contoso.keeper.file, contoso.keeper.file.with_name("away")
    file.rename(away)
    qtbot.waitUntil(lambda: "no longer there" in said(contoso))
    away.rename(file)
    qtbot.waitUntil(lambda: not contoso.keeper.unsaved)
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    assert store.load(file).tenant.name == "fabrikam"


# What did not reach the file


def test_edits_during_a_conflict_are_on_the_disk(contoso: Any, qtbot: Any, settled: Callable[[Any], None]) -> None:
    settled(contoso)
    file = contoso.keeper.file
    file.write_text(file.read_text(encoding="utf-8").replace('"contoso"', '"woodgrove"'), encoding="utf-8")
    qtbot.waitUntil(lambda: "changed by another program" in said(contoso))
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    found = recovery.find(contoso.keeper._saving.beside)
    assert found is not None
    assert found.draft.tenant.name == "fabrikam"
    assert store.load(file).tenant.name == "woodgrove"


def test_typing_without_a_pause_is_saved_all_the_same(contoso: Any, qtbot: Any, settled: Callable[[Any], None]) -> None:
    settled(contoso)
    saving = contoso.keeper._saving
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    qtbot.waitUntil(lambda: saving._later.remainingTime() < saving._later.interval())
    saving._waits_since -= 10  # seconds: as long as somebody has been typing
    before = saving._later.remainingTime()
    contoso.session.do(edits.set_tenant_name("fabrikamx"))
    assert 0 < saving._later.remainingTime() <= before
    settled(contoso)


def test_the_watcher_follows_names_and_not_files(qtbot: Any, tmp_path: Path) -> None:
    file = tmp_path / "a"
    watcher = Watcher()
    watcher.follow(file)
    with qtbot.waitSignal(watcher.changed):
        file.write_text("1", encoding="utf-8")
    other = tmp_path / "b"
    other.write_text("2", encoding="utf-8")
    with qtbot.waitSignal(watcher.changed):
        os.replace(other, file)  # noqa: PTH105
    with qtbot.waitSignal(watcher.changed):
        file.write_text("3", encoding="utf-8")
    watcher.close()


def test_a_question_that_was_closed_comes_again_with_the_next_change(
    contoso: Any, qtbot: Any, settled: Callable[[Any], None]
) -> None:
    settled(contoso)
    file = contoso.keeper.file
    file.write_text(file.read_text(encoding="utf-8").replace('"contoso"', '"woodgrove"'), encoding="utf-8")
    qtbot.waitUntil(lambda: "changed by another program" in said(contoso))
    contoso.window.content.notice.hide()
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    assert "changed by another program" in said(contoso)
    choose(contoso, "What is in this window")
    settled(contoso)
    assert store.load(file).tenant.name == "fabrikam"
    contoso.session.do(edits.set_tenant_name("contoso"))
    assert said(contoso) == ""
    settled(contoso)


def test_answers_of_a_file_that_is_gone_are_there_after_a_crash(
    contoso: Any, make_wizard: Callable[..., Any], qtbot: Any, settled: Callable[[Any], None]
) -> None:
    settled(contoso)
    file = contoso.keeper.file
    file.unlink()
    qtbot.waitUntil(lambda: "no longer there" in said(contoso))
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    settled(contoso)
    contoso.keeper._hold.let_go()  # as when the process is killed: nothing is closed
    contoso.memory.write()
    again = make_wizard()
    assert again.session.draft.tenant.name == "fabrikam"
    assert not again.keeper.named
    assert store.load(again.keeper.file).tenant.name == "fabrikam"
