"""Things dropped on the wizard by another program, with the real mouse.

    dropping.py FOLDER              needs a screen and xdotool; leaves pictures; run by test_dropping.py
    dropping.py --source KIND WHAT  the other program: a window whose inside can be dragged away

A draft, a folder of policies, one policy, a link as text, a provider's metadata, and something that nobody can use.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from newcomer import stop, wait_until
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from latchkey.gui.application import Wizard, make_application
from latchkey.gui.memory import Memory
from latchkey.secrets import Keychain

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "resources/examples/contoso.latchkey.toml"
LINK = "https://portal.azure.com/#@fabrikam.onmicrosoft.com/resource/x"
PLACE = QPoint(1060, 300)  # of the other program's window, beside the wizard's


class Source(QLabel):
    """Begins a drag as soon as the mouse moves with its button down."""

    def __init__(self, kind: str, what: str) -> None:
        super().__init__("drag me")
        self._kind, self._what = kind, what
        self.setWindowTitle("something else")
        self.setFixedSize(160, 120)
        self.move(PLACE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's own name)
        if event.buttons() & Qt.MouseButton.LeftButton:
            data = QMimeData()
            if self._kind == "file":
                data.setUrls([QUrl.fromLocalFile(self._what)])
            else:
                data.setText(self._what)
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)


def offer(kind: str, what: str) -> None:
    """Be the other program."""
    app = QApplication(sys.argv[:1])
    source = Source(kind, what)
    source.show()
    app.exec()


class Dropper:
    """The wizard, and the hand that drags over from the other program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        memory = Memory(folder / "kept/window.json", folder / "kept/settings.json")
        self.wizard = Wizard(make_application(), memory, folder / "kept/drafts", Keychain)
        self.wizard.open(None)
        self.window: Any = self.wizard.show()
        self.window.move(0, 0)
        self.window.resize(1000, 720)
        wait_until(lambda: self.wizard.tools is not None and self.window.isVisible(), "the window")

    @property
    def said(self) -> str:
        notice = self.window.content.notice
        return notice._text.text() if notice.isVisible() else ""

    def drop(self, kind: str, what: str) -> None:
        """Let the other program offer it, and drag it over."""
        source = subprocess.Popen([sys.executable, __file__, "--source", kind, what])
        try:
            self._run("search", "--sync", "--onlyvisible", "--name", "^something else$")
            start, end = PLACE + QPoint(80, 60), QPoint(500, 400)
            steps = [start + (end - start) * part / 8 for part in range(1, 9)]
            self._run("mousemove", *at(start), "mousedown", "1", "sleep", "0.1")
            for point in (start + QPoint(-8, 0), start + QPoint(-20, 0), *steps, end + QPoint(2, 2), end):
                self._run("mousemove", *at(point), "sleep", "0.05")
            self._run("mouseup", "1", "sleep", "0.1")
            QApplication.processEvents()
        finally:
            source.terminate()
            source.wait()

    def _run(self, *words: str) -> None:
        """The window must answer while the mouse moves over it."""
        process = subprocess.Popen(["xdotool", *words], stdout=subprocess.DEVNULL)
        wait_until(lambda: process.poll() is not None, f"xdotool {words[0]}")
        assert process.returncode == 0, words

    def look(self, name: str) -> None:
        self.window.grab().save(str(self.folder / f"{name}.png"))


def at(point: QPoint) -> tuple[str, str]:
    return str(point.x()), str(point.y())


def drop_all(dropper: Dropper, folder: Path) -> None:
    """Each kind once."""
    session, keeper = dropper.wizard.session, dropper.wizard.keeper
    draft = folder / "mine.latchkey.toml"
    shutil.copy(EXAMPLE, draft)
    dropper.drop("file", str(draft))
    wait_until(lambda: keeper.file == draft, f"the draft ({dropper.said})")

    dropper.drop("text", LINK)
    wait_until(lambda: session.draft.tenant.name == "fabrikam", f"the tenant of the link ({dropper.said})")
    dropper.look("link")

    (folder / "notes.txt").write_text("hello", encoding="utf-8")
    dropper.drop("file", str(folder / "notes.txt"))
    wait_until(lambda: "notes.txt" in dropper.said, "the answer to something else")
    dropper.look("unknown")

    metadata = folder / "provider.json"
    metadata.write_text(
        json.dumps({
            "issuer": "https://idp.example", "authorization_endpoint": "https://idp.example/a",
            "token_endpoint": "https://idp.example/t", "jwks_uri": "https://idp.example/k",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }), encoding="utf-8",
    )  # fmt: skip
    dropper.drop("file", str(metadata))
    wait_until(lambda: QApplication.activeModalWidget() is not None, "the dialog about the metadata")
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dropper.look("metadata")
    dialog.close()

    policies = folder / "policies"
    composed = subprocess.run(
        [sys.executable, "-m", "latchkey", "compose", str(EXAMPLE), "--out", str(policies)], check=False,
        capture_output=True,
    )  # fmt: skip
    assert composed.returncode == 0, composed.stderr
    dropper.drop("file", str(policies / "SignUpOrSignin.xml"))
    wait_until(lambda: session.source is not None and session.source.folder == policies, "the policies of one file")
    keeper.new()
    dropper.drop("file", str(policies))
    wait_until(lambda: session.source is not None and session.source.folder == policies, "the folder of policies")


def main() -> None:
    if sys.argv[1] == "--source":
        offer(sys.argv[2], sys.argv[3])
        return
    sys.excepthook = stop
    folder = Path(sys.argv[1])
    dropper = Dropper(folder)
    drop_all(dropper, folder)
    dropper.window.close()


if __name__ == "__main__":
    main()
