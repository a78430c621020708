"""A page that goes for good loses nothing: secrets in their fields, names that are being edited, other drafts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from helpers.wizard import close
from latchkey.draft import edits
from latchkey.secrets import Keychain

GOOD = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"


@pytest.fixture
def field(contoso: Any, settled: Callable[[Any], None]) -> Any:
    """The secret's field of the first provider, which is WeChat."""
    key = contoso.session.draft.providers[0].key
    settled(contoso)
    contoso.session.go(f"provider:{key}")
    settled(contoso)
    return contoso.window.content.page.credentials.secret


def press(dialog: Any, text: str) -> None:
    """Press the button of a question that says so."""
    from PySide6.QtWidgets import QPushButton

    next(made for made in dialog.findChildren(QPushButton) if made.text() == text).click()


def test_a_secret_that_looks_right_is_stored_before_the_window_closes(
    contoso: Any, field: Any, drawer: Any, qtbot: Any
) -> None:
    field.editor.setText(GOOD)
    contoso.window.close()
    qtbot.waitUntil(lambda: not contoso.window.isVisible())
    assert list(drawer.held.values()) == [GOOD]
    assert GOOD not in "".join(file.read_text() for file in contoso.keeper.folder.rglob("*.toml"))


def test_a_doubtful_secret_is_asked_about(contoso: Any, field: Any, drawer: Any, qtbot: Any) -> None:
    field.editor.setText("two words")
    assert field._doubts()
    contoso.window.close()
    dialog = contoso.window.content.leaving.dialog
    assert contoso.window.isVisible()
    press(dialog, "Stay here")
    assert contoso.window.isVisible()
    assert field.editor.text() == "two words"
    contoso.window.close()
    press(contoso.window.content.leaving.dialog, "Leave without it")
    qtbot.waitUntil(lambda: not contoso.window.isVisible())
    assert drawer.held == {}


def test_a_keyring_that_refuses_keeps_the_window_open(
    contoso: Any, field: Any, drawer: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from latchkey.errors import LatchkeyError

    def refuse(*_: Any) -> None:
        raise LatchkeyError("The keyring is locked.", "Unlock it.")

    monkeypatch.setattr(Keychain, "set", refuse)
    field.editor.setText(GOOD)
    contoso.window.close()
    qtbot.waitUntil(lambda: "locked" in contoso.window.content.notice._text.text())
    assert contoso.window.isVisible()
    assert field.editor.text() == GOOD
    contoso.window.close()
    qtbot.waitUntil(lambda: "locked" in contoso.window.content.notice._text.text())
    field.editor.clear()
    contoso.window.close()
    assert not contoso.window.isVisible()


def test_another_draft_does_not_take_a_secret_along(
    contoso: Any, field: Any, drawer: Any, qtbot: Any, settled: Callable[[Any], None]
) -> None:
    field.editor.setText(GOOD)
    contoso.window.content.files.new()
    qtbot.waitUntil(lambda: contoso.session.draft.tenant.name == "")
    settled(contoso)
    assert [(name[1].partition("/")[0], secret) for name, secret in drawer.held.items()] == [
        (next(iter(drawer.held))[1].partition("/")[0], GOOD)
    ]
    assert "contoso" in str(next(iter(drawer.held)))


def test_a_name_that_is_being_edited_counts_as_typed(contoso: Any, qtbot: Any, settled: Callable[[Any], None]) -> None:
    contoso.session.go("buttons")
    settled(contoso)
    contoso.window.activateWindow()
    listed = contoso.window.content.page.list
    index = listed.model().index(0, 0)
    listed.setCurrentIndex(index)
    listed.edit(index)
    editor = listed.findChild(QLineEdit)
    assert editor is not None
    qtbot.waitUntil(editor.isVisible)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "Weixin")
    file = contoso.keeper.file
    contoso.window.close()
    from latchkey.draft import store

    assert store.load(file).providers[0].name == "Weixin"


def test_what_is_answered_needs_no_question(contoso: Any) -> None:
    contoso.session.go("tenant")
    contoso.window.content.page.name.editor.setFocus()
    QTest.keyClick(contoso.window.content.page.name.editor, Qt.Key.Key_X)
    file = contoso.keeper.file
    close(contoso)
    from latchkey.draft import store

    assert store.load(file).tenant.name.endswith("x")


def test_opening_while_something_is_unsaved_writes_it_first(contoso: Any, tmp_path: Path) -> None:
    from latchkey.draft import store

    file = contoso.keeper.file
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    other = tmp_path / "other.latchkey.toml"
    other.write_text("format = 1\n[policies]\nkind = 'custom'\n", encoding="utf-8")
    contoso.window.content.files.open(other)
    assert contoso.keeper.file == other
    assert store.load(file).tenant.name == "fabrikam"
