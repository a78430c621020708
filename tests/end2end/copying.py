"""copying.py: copies a secret on a screen, and answers on standard output what another program sees of it, as JSON."""

from __future__ import annotations

import json
import subprocess
import sys

from newcomer import wait_until
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from latchkey.gui.application import make_application
from latchkey.gui.clipboard import Clipboard
from latchkey.gui.widgets.secret_text import SecretText

SECRET = "a-secret-for-the-clipboard-7Q~kF8"


def xclip(*words: str, typed: str | None = None) -> str:
    """What another program gets; Qt answers it meanwhile."""
    process = subprocess.Popen(["xclip", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(typed or "")
    process.stdin.close()
    if typed is not None:  # it stays, and answers for the clipboard
        process.wait()
        return ""
    wait_until(lambda: process.poll() is not None, "xclip")
    assert process.stdout is not None
    return process.stdout.read()


def seen(selection: str = "clipboard", target: str = "UTF8_STRING") -> str:
    return xclip("-selection", selection, "-o", "-t", target)


def main() -> None:
    app = make_application()
    window, shown = QWidget(), SecretText()
    shown.setParent(window)
    shown.setText(SECRET)
    window.resize(400, 100)
    shown.resize(380, 30)
    window.show()
    QTest.qWaitForWindowExposed(window)
    clipboard = Clipboard()
    clipboard.copy_secret(SECRET)
    said = {"text": seen() == SECRET, "targets": seen(target="TARGETS").split(),
            "hint": seen(target="x-kde-passwordManagerHint")}  # fmt: skip
    clipboard._timer.setInterval(200)
    clipboard._timer.start()
    loop, late = QEventLoop(), QTimer(singleShot=True, interval=10_000)
    clipboard.forgotten.connect(loop.quit)
    late.timeout.connect(loop.quit)
    late.start()
    loop.exec()
    said["after"] = SECRET in seen()
    clipboard.copy_secret(SECRET)
    xclip("-selection", "clipboard", "-i", typed="somebody else's")
    wait_until(lambda: not app.clipboard().ownsClipboard(), "the other program to own the clipboard")
    clipboard.forget()
    said["theirs"] = seen()
    subprocess.run(["xdotool", "mousemove", "5", "15", "click", "--repeat", "3", "1"], check=True)
    QTest.qWait(300)
    said["marked"] = seen("primary")
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
