"""Clipboard, keyring, memory, crash report, dialogs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from latchkey.draft import edits
from latchkey.errors import Refused
from latchkey.gui.clipboard import Clipboard
from latchkey.gui.crash import CrashReporter
from latchkey.gui.crash_dialog import CrashDialog, report
from latchkey.gui.memory import Memory
from latchkey.gui.shell.bottom_bar import BottomBar
from latchkey.gui.widgets.copy_row import CopyRow
from latchkey.gui.widgets.labels import label, soft_breaks
from latchkey.gui.widgets.secret_row import SecretRow

SECRET = "s3cret-that-nobody-sees"


def test_a_secret_is_marked_and_forgotten(qapp: Any) -> None:
    clipboard = Clipboard()
    clipboard.copy_secret(SECRET)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == SECRET
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    clipboard.forget()
    assert QGuiApplication.clipboard().text() == ""


def test_what_somebody_else_copied_since_is_left_alone(qapp: Any) -> None:
    clipboard = Clipboard()
    clipboard.copy_secret(SECRET)
    QGuiApplication.clipboard().setText("theirs")
    clipboard.forget()
    assert QGuiApplication.clipboard().text() == "theirs"


def test_a_secret_is_forgotten_by_itself_and_when_the_window_closes(wizard: Any) -> None:
    wizard.tools.clipboard.copy_secret(SECRET)
    assert wizard.tools.clipboard._timer.isActive()
    assert wizard.tools.clipboard._timer.interval() == 30_000
    wizard.window.close()
    assert QGuiApplication.clipboard().text() != SECRET


def test_a_copy_row_copies_and_says_so(wizard: Any, qtbot: Any) -> None:
    row = CopyRow(wizard.tools, "https://contoso.b2clogin.com/", "Callback URL")
    qtbot.addWidget(row)
    button = row.findChild(QPushButton)
    assert button.accessibleName() == "Copy Callback URL"
    button.click()
    assert QGuiApplication.clipboard().text() == "https://contoso.b2clogin.com/"
    assert button.text() == "Copied"
    row.set_value("other")
    assert button.text() == "Copy"


def test_the_vault_stores_finds_and_forgets(wizard: Any, qtbot: Any, drawer: Any) -> None:
    vault = wizard.tools.vault
    assert vault.stored("contoso", "WeChatSecret") is None
    with qtbot.waitSignal(vault.changed):
        vault.look("Contoso", "WeChatSecret")
    assert vault.stored("contoso", "WeChatSecret") is False
    with qtbot.waitSignal(vault.changed):
        vault.store("contoso", "WeChatSecret", SECRET)
    assert vault.stored("contoso", "WeChatSecret") is True
    assert list(drawer.held.values()) == [SECRET]
    with qtbot.waitSignal(vault.changed):
        vault.forget("contoso", "WeChatSecret")
    assert vault.stored("contoso", "WeChatSecret") is False
    assert drawer.held == {}


def test_a_refused_secret_is_told_without_showing_it(wizard: Any, qtbot: Any) -> None:
    with qtbot.waitSignal(wizard.tools.vault.trouble) as heard:
        wizard.tools.vault.store("contoso", "WeChatSecret", SECRET + "\n")
    assert SECRET not in " ".join(heard.args)
    assert wizard.window.content.notice.isVisible()


def test_a_secret_row_copies_from_the_keyring(wizard: Any, qtbot: Any) -> None:
    row = SecretRow(wizard.tools, "contoso", "WeChatSecret", "Secret", "Not stored yet.")
    qtbot.addWidget(row)
    label, button = row.findChild(QLabel), row.findChild(QPushButton)
    qtbot.waitUntil(lambda: label.text() == "Not stored yet.")
    assert not button.isVisibleTo(row)
    with qtbot.waitSignal(wizard.tools.vault.changed):
        wizard.tools.vault.store("contoso", "WeChatSecret", SECRET)
    assert button.isVisibleTo(row)
    button.click()
    qtbot.waitUntil(lambda: button.text() == "Copied")
    assert QGuiApplication.clipboard().text() == SECRET
    assert SECRET not in label.text()
    wizard.tools.clipboard.forget()


def test_memory_is_read_again(tmp_path: Path) -> None:
    first = Memory(tmp_path / "w.json", tmp_path / "s.json")
    first.note_step(tmp_path / "a.toml", "tenant", ["start", "tenant"])
    first.note_folder(tmp_path / "a.toml", tmp_path / "out")
    first.choose_theme("dark")
    assert first.unwritten
    first.write()
    assert not first.unwritten
    again = Memory(tmp_path / "w.json", tmp_path / "s.json")
    assert again.step(tmp_path / "a.toml") == "tenant"
    assert again.visited(tmp_path / "a.toml") == {"start", "tenant"}
    assert again.folder(tmp_path / "a.toml") == tmp_path / "out"
    assert again.settings.theme == "dark"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"steps": 3, "last": []}', '{"steps": [[1]], "geometry": null}'])
def test_a_memory_that_can_t_be_read_is_empty(tmp_path: Path, content: str) -> None:
    (tmp_path / "w.json").write_text(content, encoding="utf-8")
    memory = Memory(tmp_path / "w.json", tmp_path / "s.json")
    assert memory.now.last == ""
    assert memory.step(tmp_path / "a.toml") == ""


def test_memory_keeps_no_more_than_it_needs(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "w.json", tmp_path / "s.json")
    for number in range(80):
        memory.note_step(tmp_path / f"{number}.toml", "tenant", ["start"])
    memory.write()
    assert len(json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))["steps"]) == 50


def test_a_place_that_can_t_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    memory = Memory(tmp_path / "file" / "w.json", tmp_path / "s.json")
    memory.note(last="x")
    memory.write()
    assert memory.now.last == "x"


def failing(private: str = "") -> tuple[type[BaseException], BaseException, Any]:
    """An error as the hook gets it; its message carries something private and the home folder."""
    error = ValueError(f"{private} in {Path.home()}/{private}")
    try:
        break_with(error)
    except ValueError as caught:
        return type(caught), caught, caught.__traceback__
    pytest.fail("nothing broke")


def break_with(error: Exception) -> None:
    """Somewhere to point at."""
    raise error


def test_a_report_holds_no_answer(contoso: Any) -> None:
    draft = contoso.session.draft
    for private in (draft.tenant.name, draft.providers[0].client_id, "刘梅", "Anna O'Neill", "hush-7Q~kF8"):
        text = report(failing(private)[1])
        assert "ValueError" in text
        assert "test_small_parts.py" in text
        assert private not in text
        assert str(Path.home()) not in text


def test_a_defect_opens_one_dialog_and_everything_is_saved(contoso: Any, qtbot: Any, tmp_path: Path) -> None:
    contoso.session.do(edits.set_custom_domain("login.fabrikam.com"))
    reporter = CrashReporter(contoso.session, contoso.keeper)
    seen: list[str] = []

    def look() -> None:
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible())
        seen.append(dialog.windowTitle())
        dialog.save(tmp_path / "report.txt")
        dialog.save(tmp_path / "no-such-folder" / "report.txt")
        reporter.hook(*failing())
        dialog.reject()

    QTimer.singleShot(0, look)
    reporter.hook(*failing())
    assert seen == ["Something went wrong"]
    assert not contoso.keeper.unsaved
    assert "ValueError" in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_the_hook_is_put_back(contoso: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    reporter = CrashReporter(contoso.session, contoso.keeper)
    reporter.install()
    assert sys.excepthook == reporter.hook
    reporter.remove()
    assert sys.excepthook is sys.__excepthook__


def test_a_refusal_is_said_in_the_window(wizard: Any) -> None:
    error = Refused("This can't be.", "Do that.")
    wizard.session.refused.emit(error.message, error.hint)
    assert wizard.window.content.notice.isVisible()


def test_a_value_that_is_long_is_seen_whole(wizard: Any, qtbot: Any) -> None:
    address = f"https://contoso.b2clogin.com/{'contoso' * 12}.onmicrosoft.com/oauth2/authresp"
    row = CopyRow(wizard.tools, "short", "Redirect URI")
    qtbot.addWidget(row)
    row.resize(400, 40)
    row.show()
    low = row.sizeHint().height()
    row.set_value(address)
    qtbot.waitUntil(lambda: row.sizeHint().height() > low)
    row.resize(400, row.sizeHint().height())
    qtbot.waitUntil(lambda: not row._value.verticalScrollBar().maximum())
    assert row.value == address
    row.set_value("short")
    qtbot.waitUntil(lambda: row.sizeHint().height() == low)


def test_a_word_that_is_longer_than_the_line_is_broken(qtbot: Any) -> None:
    made = label("hint", f"“{'contoso' * 20}” is not a tenant name.")
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < 300
    assert made.accessibleName() == f"“{'contoso' * 20}” is not a tenant name."
    made.setText("Fine.")
    assert (made.text(), made.accessibleName()) == ("Fine.", "")


@pytest.mark.parametrize("said", ["没有空格的句子" * 20, "https://login.contoso.example/a/b/c/d/e/f/g", ""])
def test_what_breaks_anyway_stays_as_it_is(said: str) -> None:
    assert soft_breaks(said) == said


def test_the_next_step_s_name_is_cut_and_said_whole(qtbot: Any) -> None:
    bar = BottomBar()
    qtbot.addWidget(bar)
    bar.show_neighbours(None, "Fish & chips " * 30)
    assert bar.next.sizeHint().width() < 400
    assert "Fish && chips" in bar.next.text()
    assert bar.next.accessibleName().endswith("Fish & chips " * 30)
    bar.show_neighbours("Start", "Accounts")
    assert (bar.next.text(), bar.next.toolTip()) == ("Next: Accounts", "")


def test_a_double_click_is_one_step(wizard: Any) -> None:
    session, button = wizard.session, wizard.window.bottom.next
    session.go("start")
    here = QPointF(button.rect().center())
    kinds = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind in (*kinds, QEvent.Type.MouseButtonRelease):
        held = none if kind == QEvent.Type.MouseButtonRelease else left
        at = QPointF(button.mapToGlobal(button.rect().center()))
        QApplication.sendEvent(button, QMouseEvent(kind, here, at, left, held, Qt.KeyboardModifier.NoModifier))
    assert session.step == "tenant"
