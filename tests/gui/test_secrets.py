"""What the wizard does with secrets besides its fields: the clipboard, the reminders, the end of the program."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from keyring.errors import KeyringLocked
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from helpers import writing
from latchkey.draft import edits
from latchkey.files import disk, replacing
from latchkey.gui.clipboard import SECRET_SECONDS, Clipboard
from latchkey.secrets import Keychain, Stored
from latchkey.secrets.index import Index

SECRET = "0123456789abcdef0123456789abcdef"


def board() -> Any:
    return QGuiApplication.clipboard()


def test_a_secret_is_marked_for_every_clipboard_history_and_gone_after_half_a_minute(qtbot: Any) -> None:
    clipboard = Clipboard()
    clipboard.copy_secret(SECRET)
    data = board().mimeData()
    assert data.data("x-kde-passwordManagerHint") == b"secret"
    windows = 'application/x-qt-windows-mime;value="%s"'
    assert data.hasFormat(windows % "ExcludeClipboardContentFromMonitorProcessing")
    for name in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
        assert data.data(windows % name) == b"\0\0\0\0"
    assert SECRET not in repr(vars(clipboard))
    assert clipboard._timer.interval() == SECRET_SECONDS * 1000 == 30_000
    clipboard._timer.setInterval(0)
    with qtbot.waitSignal(clipboard.forgotten):
        clipboard._timer.start()
    assert board().text() == ""


def test_what_somebody_copied_since_stays(qtbot: Any) -> None:
    clipboard = Clipboard()
    clipboard.copy_secret(SECRET)
    board().setText("a recipe")
    clipboard.forget()
    assert board().text() == "a recipe"
    clipboard.copy_secret(SECRET)
    clipboard.copy("an address")
    clipboard.forget()
    assert board().text() == "an address"


def test_closing_the_window_clears_it(wizard: Any) -> None:
    wizard.tools.clipboard.copy_secret(SECRET)
    wizard.close()
    assert board().text() == ""


def test_secrets_that_end_soon_are_said_at_the_start_one_after_the_other(
    make_wizard: Any, folders: Path, qtbot: Any
) -> None:
    index = Index(folders / "secrets.json")
    index.add(Stored("contoso", "QQSecret", date.today() + timedelta(days=5)))
    index.add(Stored("fabrikam", "AppleSecret", date.today() - timedelta(days=1)))
    index.add(Stored("fabrikam", "GoogleSecret", date.today() + timedelta(days=90)))
    notice = make_wizard().window.content.notice
    qtbot.waitUntil(notice.isVisible)
    assert "AppleSecret of fabrikam ended on" in notice._text.text()
    notice._close.click()
    assert "QQSecret of contoso ends on" in notice._text.text()
    assert "in 5 days" in notice._text.text()
    notice._close.click()
    assert not notice.isVisible()


def test_the_open_drafts_own_days_count_and_lead_to_the_page(contoso: Any, qtbot: Any) -> None:
    wechat = contoso.session.draft.providers[0]
    draft = edits.set_secret_expiry(wechat.key, date.today() + timedelta(days=1), "WeChat").apply(contoso.session.draft)
    contoso.session.open(draft)
    notice = contoso.window.content.notice
    assert "WeChat ends on" in notice._text.text()
    assert "in 1 day." in notice._text.text()
    notice._buttons[0].click()
    assert contoso.session.step == f"provider:{wechat.key}"


def test_an_interrupted_change_is_put_in_order_and_said(
    make_wizard: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing.a_set(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(replacing, "_replace", lambda *_arguments: (_ for _ in ()).throw(KeyboardInterrupt))
        patch.setattr(replacing, "_go_back", lambda *_arguments, **_named: None)
        with pytest.raises(KeyboardInterrupt):
            writing.replace_set(tmp_path)
    assert disk.there(str(tmp_path / "policies" / replacing.MARKER))
    notice = make_wizard().window.content.notice
    qtbot.waitUntil(notice.isVisible)
    assert "as they were before" in notice._text.text()
    assert not disk.there(str(tmp_path / "policies" / replacing.MARKER))


def test_looking_whether_a_secret_is_stored_reads_none(
    make_wizard: Any, folders: Path, drawer: Any, qtbot: Any
) -> None:
    """On a Mac, and while a keyring is locked, reading opens a window that nobody asked for."""
    Keychain(drawer, folders / "secrets.json").set("contoso", "WeChatSecret", SECRET)
    read: list[str] = []
    drawer.get_password = lambda _service, name: read.append(name)
    vault = make_wizard().tools.vault
    with qtbot.waitSignal(vault.changed):
        vault.look("contoso", "WeChatSecret")
    assert vault.stored("contoso", "WeChatSecret")
    assert read == []


HANGING = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from keyring.backend import KeyringBackend
from latchkey.gui.application import Wizard, make_application
from latchkey.gui.memory import Memory
from latchkey.secrets import Keychain

class Hanging(KeyringBackend):
    priority = 1
    def get_password(self, *_): threading.Event().wait()
    set_password = delete_password = get_password

app, folder = make_application(), Path(sys.argv[1])
wizard = Wizard(app, Memory(folder / "w.json"), folder / "drafts", lambda: Keychain(Hanging(), folder / "names.json"))
wizard.show()
wizard.furnish()
wizard.tools.vault.store("contoso", "WeChatSecret", "x")
QTimer.singleShot(300, wizard.window.close)
app.exec()
wizard.close()
print("closed")
"""


def test_a_keyring_that_hangs_does_not_hold_the_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HANGING, str(tmp_path)], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (0, "closed\n"), done.stderr


def test_all_stored_secrets_are_listed_replaced_copied_and_removed(wizard: Any, qtbot: Any, drawer: Any) -> None:
    day = date.today() + timedelta(days=9)
    for tenant, key, expires in (("contoso", "QQSecret", day), ("fabrikam", "WeiboSecret", None)):
        with qtbot.waitSignal(wizard.tools.vault.kept):
            wizard.tools.vault.store(tenant, key, SECRET, expires)
    wizard.window.content.helping.show_secrets()
    dialog = wizard.window.content.helping.open_one

    def rows() -> list[str]:
        inside = [dialog.rows.itemAt(n).widget() for n in range(dialog.rows.count())]
        return [" ".join(one.text() for one in row.findChildren(QLabel)) for row in inside if row is not None]

    def press(number: int, text: str) -> None:
        found = dialog.rows.itemAt(number).widget().findChildren(QPushButton)
        next(one for one in found if one.text() == text).click()

    qtbot.waitUntil(lambda: len(rows()) == 2)
    assert f"ends on {day.isoformat()}, in 9 days" in rows()[0]
    assert "WeiboSecret Tenant fabrikam" in rows()[1]
    assert SECRET not in " ".join(rows())
    press(1, "Copy")
    qtbot.waitUntil(lambda: board().text() == SECRET)
    press(1, "Replace…")
    dialog.secret.setText(SECRET[::-1])
    dialog.day.setText("soon")
    dialog.store.click()
    assert "year-month-day" in dialog._says.text()
    dialog.day.setText("2099-01-01")
    dialog.store.click()
    qtbot.waitUntil(lambda: "2099-01-01" in " ".join(rows()))
    assert drawer.held["latchkey", "fabrikam/weibosecret"] == SECRET[::-1]
    assert dialog.secret.text() == ""
    press(0, "Remove")
    qtbot.waitUntil(lambda: len(rows()) == 1)
    assert list(drawer.held.values()) == [SECRET[::-1]]
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    wizard.tools.clipboard.forget()
    with qtbot.assertNotEmitted(wizard.tools.vault.listed, wait=200), qtbot.waitSignal(wizard.tools.vault.changed):
        wizard.tools.vault.store("contoso", "QQSecret", SECRET)  # nobody lists them any more


def test_the_day_that_a_draft_notes_is_remembered_with_the_secret(contoso: Any, qtbot: Any, folders: Path) -> None:
    wechat, day = contoso.session.draft.providers[0], date.today() + timedelta(days=100)
    contoso.session.go(f"provider:{wechat.key}")
    with qtbot.waitSignal(contoso.tools.vault.kept):
        contoso.tools.vault.store("contoso", "WeChatSecret", SECRET)
    contoso.session.do(edits.set_secret_expiry(wechat.key, day, "WeChat"))
    index = Index(folders / "secrets.json")
    qtbot.waitUntil(lambda: [one.expires for one in index.read()] == [day])


def test_closing_asks_before_a_secret_in_memory_is_forgotten(
    make_wizard: Any, drawer: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_arguments: str) -> None:
        raise KeyringLocked

    wizard = make_wizard()
    monkeypatch.setattr(drawer, "set_password", locked)
    with qtbot.waitSignal(wizard.tools.vault.kept):
        wizard.tools.vault.store("contoso", "WeChatSecret", SECRET)
    leaving = wizard.window.content.leaving
    assert not wizard.window.close()
    assert "1 secret is in memory only" in " ".join(one.text() for one in leaving.dialog.findChildren(QLabel))
    leaving.dialog.reject()
    assert wizard.window.isVisible()
    wizard.window.close()
    leaving.dialog.accept()
    qtbot.waitUntil(lambda: not wizard.window.isVisible())


def test_closing_asks_nothing_when_the_keyring_has_taken_all(make_wizard: Any, qtbot: Any) -> None:
    wizard = make_wizard()
    with qtbot.waitSignal(wizard.tools.vault.kept):
        wizard.tools.vault.store("contoso", "WeChatSecret", SECRET)
    assert wizard.window.close()
