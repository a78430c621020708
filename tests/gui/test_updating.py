"""Newer versions: off until somebody says yes, asked once and never at the first start, looked for once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from helpers.bad_server import Server, answer, serving
from helpers.wizard import close
from latchkey.discovery import updates
from latchkey.discovery.fetch import Limits
from latchkey.gui.shell import newer_versions


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Names a version that will not be reached soon."""
    monkeypatch.setattr(updates, "LIMITS", Limits(local=True, seconds=5, size=10_000))
    pages = {"/new": answer("99.1.0\n", "text/plain"), "/old": answer("0.0.1", "text/plain"), "/x": answer("x", "a/b")}
    with serving(pages) as made:
        yield made


def start(make_wizard: Callable[..., Any], **settings: Any) -> Any:
    """Start as a person who has been here before, with these settings."""
    wizard = make_wizard(shown=False)
    wizard.memory.settings = replace(wizard.memory.settings, welcomed=True, **settings)
    wizard.show()
    wizard.welcome_newcomer()
    wizard.furnish()
    return wizard


def said(wizard: Any) -> str:
    notice = wizard.window.content.notice
    return notice._text.text() if notice.isVisible() else ""


def choose(wizard: Any, text: str) -> None:
    next(made for made in wizard.window.content.notice._buttons if made.text() == text).click()


def test_nothing_is_asked_where_no_address_is_known(make_wizard: Callable[..., Any]) -> None:
    assert said(start(make_wizard)) == ""


def test_nothing_is_asked_at_the_first_start(make_wizard: Callable[..., Any], server: Server) -> None:
    wizard = make_wizard(shown=False)
    wizard.memory.choose_updates("ask", server.at("/new"))
    wizard.show()
    wizard.welcome_newcomer()
    wizard.furnish()
    assert said(wizard) == ""
    wizard.window.content.helping.open_one.close()
    assert server.asked == []


def test_it_is_asked_once_and_who_closes_the_line_has_said_no(make_wizard: Callable[..., Any], server: Server) -> None:
    wizard = start(make_wizard, update_address=server.at("/new"))
    assert "newer version" in said(wizard)
    wizard.window.content.notice.hide()
    close(wizard)
    again = make_wizard(shown=False)
    assert again.memory.settings.updates == "off"
    again.show()
    again.welcome_newcomer()
    again.furnish()
    assert said(again) == ""
    assert server.asked == []


def test_who_says_yes_hears_of_a_newer_version_once_a_day(
    make_wizard: Callable[..., Any], server: Server, qtbot: Any
) -> None:
    wizard = start(make_wizard, update_address=server.at("/new"))
    choose(wizard, "Yes, look")
    qtbot.waitUntil(lambda: "99.1.0" in said(wizard))
    assert wizard.memory.settings.updates == "on"
    assert server.paths == ["/new"]
    wizard.window.content.updates.begin()
    assert not wizard.runner.busy
    assert server.paths == ["/new"]
    choose(wizard, "Don't look any more")
    assert wizard.memory.settings.updates == "off"


@pytest.mark.parametrize("path", ["/old", "/x", "/none"])
def test_no_newer_version_and_no_answer_are_not_spoken_of(
    make_wizard: Callable[..., Any], server: Server, qtbot: Any, path: str
) -> None:
    wizard = start(make_wizard, update_address=server.at(path), updates="on")
    qtbot.waitUntil(lambda: bool(server.asked) and not wizard.runner.busy)
    assert said(wizard) == ""


def test_the_dialog_looks_when_asked_and_says_what_is_wrong(
    wizard: Any, server: Server, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newer_versions.NewerVersions, "_usable", lambda dialog: bool(dialog.address.text()))
    wizard.window.acts["updates"].trigger()
    dialog = wizard.window.content.helping.open_one
    assert not dialog.look.isEnabled()
    for path, expected in (("/new", "99.1.0"), ("/old", "This is the newest version."), ("/x", "does not name")):
        dialog.address.clear()
        QTest.keyClicks(dialog.address, server.at(path))
        dialog.look.click()
        qtbot.waitUntil(lambda expected=expected: expected in dialog._says.text())
        qtbot.waitUntil(dialog.look.isEnabled)
    dialog.switch.click()
    assert wizard.memory.settings.updates == "on"
    assert wizard.memory.settings.update_address == server.at("/x")
    dialog.address.selectAll()
    QTest.keyClick(dialog.address, Qt.Key.Key_Delete)
    assert wizard.memory.settings.updates == "off"
    assert not dialog.switch.isChecked()
    dialog.close()


def test_only_an_address_with_https_is_kept(wizard: Any) -> None:
    wizard.window.acts["updates"].trigger()
    dialog = wizard.window.content.helping.open_one
    QTest.keyClicks(dialog.address, "http://example.org")
    assert "https://" in dialog._says.text()
    assert not dialog.look.isEnabled()
    assert not dialog.switch.isEnabled()
    assert wizard.memory.settings.update_address == ""
    dialog.address.clear()
    QTest.keyClicks(dialog.address, "https://example.org/version")
    assert wizard.memory.settings.update_address == "https://example.org/version"
    assert dialog.look.isEnabled()
    dialog.close()
