"""A wizard that somebody works in until the process is killed; and the one that is started next.

    dying.py work FOLDER [DRAFT]      edits without a pause, and notes each state in FOLDER/states as soon as it is shown
    dying.py rest FOLDER [DRAFT]      the same for a moment, then says `resting` and waits
    dying.py again FOLDER             starts as a person would, prints what is there, closes

Needs no screen (offscreen). Everything it keeps is below FOLDER. Run by test_crash.py.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from latchkey.draft import edits
from latchkey.draft.store import dumps
from latchkey.gui.application import Wizard, make_application
from latchkey.gui.memory import Memory
from latchkey.secrets import Keychain

SECRET = "planted~secret~that~is~only~typed"
ROUNDS_OF_REST = 12


def make(folder: Path) -> Wizard:
    memory = Memory(folder / "state/window.json", folder / "state/settings.json")
    return Wizard(make_application(), memory, folder / "state/drafts", Keychain)


class Worker:
    """Types, adds, moves, goes to other pages; each change is noted once the draft has it."""

    def __init__(self, wizard: Wizard, folder: Path, *, rests: bool) -> None:
        self.wizard, self.rests = wizard, rests
        self.window: Any = wizard.window
        self.out = (folder / "states").open("a", encoding="utf-8")
        self.round = 0
        self.timer = QTimer(interval=7)
        self.timer.timeout.connect(self.work)
        self.timer.start()
        self.note()
        wizard.session.draft_changed.connect(self.note)
        wizard.session.step_changed.connect(self.note)

    def note(self, *_given: object) -> None:
        session = self.wizard.session
        line = json.dumps([time.monotonic(), dumps(session.draft), session.step])
        self.out.write(line + "\n")
        self.out.flush()

    def work(self) -> None:
        self.round += 1
        session, number = self.wizard.session, self.round
        if self.rests and number > ROUNDS_OF_REST:
            self.timer.stop()
            self.look = QTimer(interval=20)
            self.look.timeout.connect(self.rest)
            self.look.start()
            return
        if number % 10 == 1:
            session.go("tenant")
        elif number % 10 == 6 and len(session.draft.providers) < 8:
            session.do(edits.add_provider("wechat", "WeChat", f"k{number}", 0, client_id=f"wx{number:016x}"))
        elif number % 10 == 7 and len(session.draft.providers) > 1:
            session.do(edits.move_provider(session.draft.providers[0].key, 1, "x"))
        elif number % 10 == 8 and session.draft.providers:
            session.go(f"provider:{session.draft.providers[0].key}")
            page = self.window.content.page
            QTest.keyClicks(page.credentials.secret.editor, SECRET[number % 7 :])
        elif number % 10 == 9:
            session.undo_stack.undo()
        elif session.step == "tenant":
            QTest.keyClicks(self.window.content.page.domain.editor, "abcdefghij"[number % 10])

    def rest(self) -> None:
        if not self.wizard.keeper.waiting and not self.wizard.runner.busy:
            self.look.stop()
            sys.stdout.write("resting\n")
            sys.stdout.flush()


def again(folder: Path) -> None:
    """Start, look, close."""
    wizard = make(folder)
    wizard.open(None)
    window = wizard.show()
    wizard.furnish()
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()
    keeper, session = wizard.keeper, wizard.session
    notice = window.content.notice if window.content is not None else None
    told = {
        "draft": dumps(session.draft), "step": session.step, "file": str(keeper.file), "named": keeper.named,
        "said": notice._text.text() if notice is not None and notice.isVisible() else "",
    }  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")
    window.close()


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "again":
        again(folder)
        return
    wizard = make(folder)
    wizard.open(Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    wizard.show()
    wizard.furnish()
    worker = Worker(wizard, folder, rests=what == "rest")
    sys.stdout.write("working\n")
    sys.stdout.flush()
    QApplication.exec()
    del worker


if __name__ == "__main__":
    main()
