"""Somebody with an unmistakable name types unmistakable secrets into the wizard, goes where things fail, and forgets all.

    planted_wizard.py DRAFT KEY-FILE

Run by planted_run.py on a screen, with a real keyring. Plants come through standard input, as JSON. Prints "forgotten"
when every secret was removed, and waits for a line before it closes.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from newcomer import wait_until
from PySide6.QtCore import Qt, QTimer, qWarning
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from latchkey import __main__ as program
from latchkey.gui.application import make_application
from latchkey.gui.crash_dialog import CrashDialog
from latchkey.gui.jobs import Job
from latchkey.gui.main_window import MainWindow


class Somebody:
    """Hands and eyes."""

    def __init__(self, plants: dict[str, str], key_file: Path) -> None:
        self.plants, self.key_file = plants, key_file
        self.reports = 0

    def window(self) -> Any:
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()), None)

    def begin(self) -> None:
        wait_until(lambda: self.window() is not None and self.window().content is not None, "the window")
        self.content = self.window().content
        self.tools = self.content._tools
        self.vault, self.session = self.tools.vault, self.tools.session
        wait_until(lambda: not self.session.composing, "the first set")

    def provider(self, number: int) -> Any:
        row = self.session.draft.providers[number]
        self.session.go(f"provider:{row.key}")
        return self.content.page

    def store(self, number: int, secret: str, *, pasted: bool = False) -> None:
        page = self.provider(number)
        field = page.credentials.secret
        name = page.secret_name()
        field.editor.setFocus()
        if pasted:
            QApplication.clipboard().setText(secret)
            field.editor.paste()
        else:
            QTest.keyClicks(field.editor, secret)
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
        wait_until(lambda: self.vault.stored(*name) is True and field.editor.text() == "", f"secret {number}")
        field.reveal.click()
        wait_until(lambda: field._shown.text() == secret, "the secret to be shown")
        QTest.keyClick(field._shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        wait_until(lambda: QApplication.clipboard().text() == secret, "a copy")
        field.reveal.click()
        self.tools.clipboard.forget()

    def sign(self, number: int) -> None:
        page = self.provider(number)
        name = page.secret_name()
        page.credentials.signed.make_from(self.key_file)
        wait_until(lambda: self.vault.stored(*name) is True, "Apple's token")

    def type_everywhere(self) -> None:
        """A name into every field of every page; most are refused."""
        steps = [self.tools.session.step, *(f"provider:{row.key}" for row in self.session.draft.providers)]
        for step in ("tenant", "accounts", *steps):
            self.session.go(step)
            for editor in self.content.page.findChildren(QLineEdit):
                if editor.isVisible() and editor.isEnabled() and editor.echoMode() == QLineEdit.EchoMode.Normal:
                    editor.setFocus()
                    QTest.keyClicks(editor, self.plants["name"].replace(" ", ""))
                    QTest.keyClick(editor, Qt.Key.Key_Tab)
        wait_until(lambda: not self.session.composing, "what is left of it to be composed")

    def break_down(self) -> None:
        """Defects of every kind, whose messages tell everything."""
        private = " ".join(self.plants.values())

        def in_a_slot() -> None:
            raise ValueError(private)

        def in_a_thread() -> None:
            raise RuntimeError(private)

        def in_a_job(_watch: object) -> None:
            raise KeyError(private)

        QTimer.singleShot(0, in_a_slot)
        self.report()
        thread = threading.Thread(target=in_a_thread)
        thread.start()
        thread.join()
        job = Job(in_a_job)
        job.failed.connect(self.session._failed)
        QTimer.singleShot(0, lambda: self.tools.runner.start(job))
        self.report()
        qWarning(f"QWidget: {private}")

    def report(self) -> None:
        """Save the report that the dialog offers, and go on."""
        done: list[bool] = []

        def look() -> None:
            for dialog in QApplication.topLevelWidgets():
                if isinstance(dialog, CrashDialog) and dialog.isVisible():
                    self.reports += 1
                    dialog.save(Path.home() / f"report-{self.reports}.txt")
                    dialog.reject()
                    done.append(True)

        timer = QTimer(interval=20)
        timer.timeout.connect(look)
        timer.start()
        wait_until(lambda: bool(done), "a report")
        timer.stop()

    def forget(self) -> None:
        for number in range(3):
            page = self.provider(number)
            name = page.secret_name()
            page.credentials.secret.remove.click()
            wait_until(lambda name=name: self.vault.stored(*name) is False, "a secret to be forgotten")
        QApplication.clipboard().clear()
        self.session.go("start")
        wait_until(lambda: not self.tools.runner.busy, "the workers")
        gc.collect()

    def live(self) -> None:
        try:
            self.begin()
            self.store(0, self.plants["typed"])
            self.store(1, self.plants["pasted"], pasted=True)
            self.sign(2)
            self.session.go("save")
            self.break_down()
            self.forget()
            self.plants.clear()
            gc.collect()
            sys.stdout.write("forgotten\n")
            sys.stdout.flush()
            sys.stdin.readline()
            self.plants = {"name": sys.stdin.readline().strip()}
            self.type_everywhere()
        except BaseException:  # noqa: BLE001  (told on standard output; the program's own hook would make it clean)
            traceback.print_exc(file=sys.__stdout__)
            sys.stdout.flush()
            os._exit(3)
        self.window().close()


def main(draft: str, key_file: str) -> int:
    plants = json.loads(sys.stdin.readline())
    make_application()
    somebody = Somebody(plants, Path(key_file))
    QTimer.singleShot(0, somebody.live)
    return program.main([draft])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
