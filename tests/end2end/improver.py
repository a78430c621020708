"""Somebody who has policies already adds WeChat to them, with mouse and keyboard, and takes it all back.

    improver.py FOLDER POLICIES      needs a screen and xdotool; leaves pictures, the draft, and what was written

POLICIES is a folder of policies, which is copied first. Run by test_improving.py in a process of its own.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from newcomer import Newcomer, stop, wait_until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

APPS = ("11111111-2222-4333-8444-555555555555", "66666666-7777-4888-9999-aaaaaaaaaaaa")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.xml")}


def improve(person: Newcomer, policies: Path) -> None:
    """The whole way."""
    session = person.wizard.session
    before = contents(policies)
    person.look("start")
    QFileDialog.getExistingDirectory = staticmethod(lambda *_given: str(policies))  # type: ignore[method-assign]
    person.click(person.page.choose)
    wait_until(lambda: session.source is not None, "the folder to be open")
    person.look("policies")
    person.fill(person.page.ief, APPS[0])
    person.fill(person.page.proxy, APPS[1])
    session.go("tenant")
    person.fill(person.page.name, "contoso")
    session.go("buttons")
    person.add("wechat")
    person.settled()
    person.look("buttons")
    person.drag(len(person.draft.providers) - 1, 0)
    wait_until(lambda: person.draft.providers[0].type == "wechat", "WeChat to be the first")
    person.next()
    person.fill(person.page.credentials.client_id, "wx0123456789abcdef")
    person.look("wechat")
    session.go("review")
    review(person)
    write(person, policies, before)


def review(person: Newcomer) -> None:
    """What is new is marked, and every file's difference can be seen."""
    page = person.page
    person.settled()
    wait_until(lambda: bool(page._told.changes), "the review")
    told = page._told
    found = {(node.kind, node.id): told.origin(node) for node in told.journeys[0].walk()}
    assert found["button", "WeChatExchange"] == "new", found
    assert found["journey", told.journeys[0].id] == "changed", found
    person.look("review")
    person.click(page.journey.search.field)
    QTest.keyClicks(page.journey.search.field, "wechat")
    person.look("review-search")
    assert page.journey.search.said().startswith("1 of "), page.journey.search.said()
    QTest.keyClick(page.journey.search.field, Qt.Key.Key_Escape)
    person.click(page.tabs.button(4))
    person.look("picture")
    box = next(one for one in page.picture._flow.boxes if one.says.startswith("Button “"))
    person.click(page.picture.view.viewport(), page.picture.view.place_of(box))
    assert page.journey.tree.currentIndex().data() == box.says.partition(" · ")[0]
    person.click(page.tabs.button(3))
    person.look("changes")
    person.click(page.tabs.button(2))
    person.look("checks")
    left = person.window.content.findings()
    # WeChat's key is in nobody's keyring yet, and the starter pack has sample text for Facebook's id.
    assert {finding.rule for finding in left} == {"missing-secret", "placeholder-left"}, left


def write(person: Newcomer, policies: Path, before: dict[str, bytes]) -> None:
    """Write, keep a copy of what was written, put back."""
    person.wizard.session.go("save")
    page = person.page
    person.settled()
    person.look("save")
    file = person.folder / "answers.latchkey.toml"
    QFileDialog.getSaveFileName = staticmethod(lambda *_given: (str(file), ""))  # type: ignore[method-assign]
    person.click(page.keep)
    person.click(page.write)
    wait_until(lambda: contents(policies) != before, "the files to change")
    wait_until(lambda: "save" in person.wizard.session.finished, "the writing to be done")
    person.settled()
    person.look("written")
    shutil.copytree(policies, person.folder / "written")
    person.wizard.session.go("go-live")
    person.look("go-live")
    person.wizard.session.go("save")
    person.settled()
    page = person.page
    wait_until(page.back.isEnabled, "something to put back")
    person.click(page.back)
    wait_until(lambda: contents(policies) == before, "the files as they were")
    person.settled()
    person.look("put-back")


def main() -> None:
    """One run."""
    sys.excepthook = stop
    folder, source = Path(sys.argv[1]), Path(sys.argv[2])
    policies = folder / "policies"
    shutil.copytree(source, policies)
    person = Newcomer(folder)
    QTest.qWaitForWindowExposed(person.window)
    improve(person, policies)
    person.window.close()
    person.wizard.close()


if __name__ == "__main__":
    main()
