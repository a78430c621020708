"""The start page's list of drafts, and the folder of policies that changes while it is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from helpers.wizard import close
from latchkey.gui.widgets.recent_list import why_missing


@pytest.fixture
def start(make_wizard: Callable[..., Any], contoso: Any, tmp_path: Path) -> Any:
    """A start page that knows of three drafts, one of them gone."""
    for name in ("one", "two", "gone"):
        file = tmp_path / f"{name}.latchkey.toml"
        file.write_bytes(contoso.keeper.file.read_bytes())
        contoso.memory.opened(file)
    (tmp_path / "gone.latchkey.toml").unlink()
    contoso.session.go("start")
    return contoso.window.content.page


def links(start: Any) -> list[str]:
    """The drafts that can be opened, in order."""
    return [made.text() for made in start.recent.findChildren(QPushButton) if made.property("file")]


def said(start: Any) -> list[str]:
    """What the lines say beside their buttons. A layout shows what is new in it a turn of the event loop later."""
    return [made.text() for made in start.recent.findChildren(QLabel) if made.isVisible()]


def pressed(start: Any, name: str) -> None:
    """Press the button that is called so."""
    made = next(made for made in start.recent.findChildren(QPushButton) if made.accessibleName() == name)
    made.click()


def test_a_draft_that_is_gone_says_why_and_can_t_be_pressed(start: Any, qtbot: Any) -> None:
    start.recent.show_recent()
    qtbot.waitUntil(lambda: "no longer there" in said(start))
    assert links(start) == ["two.latchkey.toml", "one.latchkey.toml"]


def test_pinned_drafts_stand_first_and_stay(start: Any, contoso: Any, make_wizard: Callable[..., Any]) -> None:
    start.recent.show_recent()
    pressed(start, "Pin one.latchkey.toml, so that it stays in this list")
    assert links(start)[0] == "one.latchkey.toml"
    start.clear.click()
    assert links(start) == ["one.latchkey.toml"]
    pressed(start, "Unpin one.latchkey.toml")
    start.clear.click()
    assert links(start) == []
    assert not start.clear.isVisible()


def test_a_draft_is_taken_off_the_list_and_stays_on_the_disk(start: Any, tmp_path: Path) -> None:
    start.recent.show_recent()
    pressed(start, "Take two.latchkey.toml off this list; the file stays")
    assert "two.latchkey.toml" not in links(start)
    assert (tmp_path / "two.latchkey.toml").exists()


def test_who_comes_back_finds_the_drafts_first(contoso: Any, settled: Callable[[Any], None]) -> None:
    contoso.session.go("start")
    page = contoso.window.content.page
    assert page.body.indexOf(page._go_on) == page.body.count() - 1
    contoso.window.content.files.new()
    page = contoso.window.content.page
    assert page.body.indexOf(page._go_on) == 0
    assert links(page) == ["contoso.latchkey.toml"]


def test_two_windows_keep_each_other_s_drafts(make_wizard: Callable[..., Any], contoso: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.latchkey.toml"
    other.write_bytes(contoso.keeper.file.read_bytes())
    second = make_wizard(other)
    close(contoso)
    close(second)
    third = make_wizard()
    assert set(third.memory.settings.recent) == {other, contoso.keeper.file}


def test_why_a_draft_is_missing(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("", encoding="utf-8")
    assert why_missing(tmp_path / "there") == ""
    assert why_missing(tmp_path / "not") == "no longer there"
    assert "drive" in why_missing(tmp_path / "no" / "folder")
