"""Somebody who has never seen a policy file answers the wizard, with mouse and keyboard, from start to saved files.

    newcomer.py FOLDER [LANGUAGE]   needs a screen, and xdotool for dragging; leaves numbered pictures, the draft and
                                    the policies

From the welcome to the go-live list: WeChat, QQ and one OpenID Connect provider are added; the last is dragged to the
top; one step is undone and done again. Run by test_wizard.py in a process of its own, and by `make film`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpers.drawer import Drawer
from latchkey import text
from latchkey.gui.application import Wizard, make_application
from latchkey.gui.memory import Memory
from latchkey.gui.shell.welcome import WelcomeDialog
from latchkey.gui.widgets.gallery import Gallery
from latchkey.secrets import Keychain

LONGEST = 60_000  # milliseconds to wait for anything
LEFT = Qt.MouseButton.LeftButton
SECRETS = {
    "WeChatSecret": "wechat-app-key-0123456789abcdef", "QQSecret": "qq-app-key-0123456789abcdef",
    "ContosoSecret": "contoso-client-secret-0123456789abcdef",
}  # fmt: skip


def stop(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """An error in a slot ends the run: else it would only be printed."""
    sys.__excepthook__(kind, error, trace)
    sys.stdout.flush()
    sys.stderr.flush()
    QApplication.exit(1)
    raise SystemExit(1)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Let Qt work until something is so; never for a fixed time."""
    if is_so():
        return
    loop = QEventLoop()
    look, late = QTimer(interval=15), QTimer(interval=LONGEST, singleShot=True)
    look.timeout.connect(lambda: loop.quit() if is_so() else None)
    late.timeout.connect(loop.quit)
    look.start()
    late.start()
    loop.exec()
    look.stop()
    late.stop()
    if not is_so():
        sys.stderr.write(f"waited in vain: {what}\n")
        sys.stderr.flush()
        os._exit(1)  # a dialog may be open, whose loop would hold the process


class Newcomer:
    """Hands and eyes."""

    def __init__(self, folder: Path, language: str = "en", *, new: bool = False) -> None:
        self.folder = folder
        self.language = language
        self.drawer = Drawer()
        self.wizard = Wizard(
            make_application(),
            Memory(folder / "kept/window.json", folder / "kept/settings.json"),
            folder / "kept/drafts",
            lambda: Keychain(self.drawer, folder / "kept/secrets.json"),
        )
        self.wizard.open(None)
        window = self.wizard.show()
        if new:
            self.wizard.welcome_newcomer()
        window.move(0, 0)
        window.resize(1280, 720)
        wait_until(lambda: self.wizard.tools is not None and window.isVisible(), "the window")
        self.window: Any = window
        self.pictures = 0

    @property
    def page(self) -> Any:
        return self.window.content.page

    @property
    def draft(self) -> Any:
        return self.wizard.session.draft

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Press a widget that can be seen."""
        self.see(widget)
        QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())

    def see(self, widget: QWidget) -> None:
        """Scroll to it if need be, as a person would."""
        area = self.window.stack.currentWidget()
        if area.widget() is not None and area.widget().isAncestorOf(widget):
            area.ensureWidgetVisible(widget)
        wait_until(widget.isVisible, f"{type(widget).__name__} to be seen")

    def fill(self, row: Any, text: str) -> None:
        """Click into a field and type."""
        self.click(row.editor)
        row.editor.selectAll()
        QTest.keyClicks(row.editor, text)

    def choose(self, options: Any, value: str) -> None:
        """Press a card."""
        card = options._cards[value]
        self.click(card, QPoint(card.width() - 8, card.height() - 8))

    def settled(self) -> None:
        """Everything is checked, composed and saved."""
        session, keeper = self.wizard.session, self.wizard.keeper
        wait_until(
            lambda: (
                not session.composing
                and session.composed.draft == session.draft
                and not self.wizard.runner.busy
                and not keeper.waiting
            ),
            "the draft to be composed",
        )

    def look(self, name: str) -> None:
        """Take a picture of the window."""
        self.settled()
        self.photograph(self.window, name)

    def photograph(self, widget: QWidget, name: str) -> None:
        """Take a picture of a window or dialog."""
        QApplication.processEvents()
        self.pictures += 1
        widget.grab().save(str(self.folder / f"{self.pictures:02}-{name}.png"))

    def look_further(self, name: str) -> None:
        """Scroll to the end of the page, take a picture, come back."""
        bar = self.window.stack.currentWidget().verticalScrollBar()
        if bar.maximum() > 0:
            bar.setValue(bar.maximum())
            self.look(name)
            bar.setValue(0)

    def next(self) -> None:
        before = self.wizard.session.step
        self.click(self.window.bottom.next)
        wait_until(lambda: self.wizard.session.step != before, "the next step")

    def add(self, words: str) -> None:
        """Find a way to sign in in the gallery and take the first one."""
        count = len(self.draft.providers)

        def answer() -> None:
            gallery = QApplication.activeModalWidget()
            if not isinstance(gallery, Gallery):
                QTimer.singleShot(20, answer)
                return
            if not count:
                self.photograph(gallery, "gallery")
            QTest.keyClicks(gallery.field, words)
            if not count:
                self.photograph(gallery, "gallery-search")
            QTest.mouseClick(gallery.add, LEFT)

        QTimer.singleShot(20, answer)
        self.click(self.page.add)
        wait_until(lambda: len(self.draft.providers) == count + 1, f"{words} in the list")

    def drag(self, row: int, to: int) -> None:
        """Drag a row of the list with the real mouse: press, move in steps, let go."""
        view: Any = self.page.list
        rects = [view.visualRect(view.model().index(number)) for number in (row, to)]
        start = view.viewport().mapToGlobal(QPoint(rects[0].left() + 20, rects[0].center().y()))
        end = view.viewport().mapToGlobal(QPoint(rects[1].left() + 60, rects[1].top() + 4))
        command = f"mousemove {start.x()} {start.y()} sleep 0.2 mousedown 1 sleep 0.1".split()
        for part in range(1, 11):
            x = start.x() + (end.x() - start.x()) * part // 10
            y = start.y() + (end.y() - start.y()) * part // 10
            command += ["mousemove", str(x), str(y), "sleep", "0.04"]
        mouse = subprocess.Popen(["xdotool", *command, "sleep", "0.2", "mouseup", "1"])
        wait_until(lambda: mouse.poll() is not None, "the mouse")


def be_welcomed(person: Newcomer) -> None:
    """Choose the language on the first screen, and begin."""
    wait_until(lambda: isinstance(QApplication.activeModalWidget(), WelcomeDialog), "the welcome")
    dialog: Any = QApplication.activeModalWidget()
    person.photograph(dialog, "welcome")
    if person.language != text.language():
        person.choose(dialog.languages, person.language)
        person.photograph(dialog, "welcome-in-my-language")
    person.click(dialog.begin)
    wait_until(lambda: QApplication.activeModalWidget() is None, "the welcome to go")
    assert text.language() == person.language


def answer(person: Newcomer) -> None:
    """The whole way."""
    be_welcomed(person)
    person.look("start")
    person.next()
    person.fill(person.page.name, "contoso.onmicrosoft.com")
    QTest.keyClick(person.page.name.editor, Qt.Key.Key_Return)
    wait_until(lambda: person.draft.tenant.name == "contoso", "the tenant to be understood")
    person.fill(person.page.domain, "login.contoso.com")
    person.look("tenant")
    person.next()
    person.choose(person.page.accounts, "social-and-local")
    person.fill(person.page.ief, "11111111-2222-4333-8444-555555555555")
    person.fill(person.page.proxy, "66666666-7777-4888-9999-aaaaaaaaaaaa")
    person.look("accounts")
    person.next()
    put_buttons_in_order(person)
    set_up_providers(person)
    wait_until(lambda: person.wizard.session.step == "review", "the review")
    person.look("review")
    for tab in person.page.tabs.buttons():
        if tab.isVisible():
            person.click(tab)
            person.look(f"review-{person.page.tabs.id(tab)}")
    assert person.window.content.findings() == (), person.window.content.findings()
    person.next()
    save(person)
    person.next()
    go_live(person)


def put_buttons_in_order(person: Newcomer) -> None:
    """Add three, drag the last to the top, undo and redo that."""
    for words in ("wechat", "qq", "openid connect"):
        person.add(words)
    view = person.page.list  # a provider of any name is asked for its own
    wait_until(lambda: view.findChild(QLineEdit, "inline") is not None, "the field for the name")
    name = view.findChild(QLineEdit, "inline")
    name.selectAll()
    QTest.keyClicks(name, "Contoso employees")
    QTest.keyClick(name, Qt.Key.Key_Return)
    wait_until(lambda: person.draft.providers[2].name == "Contoso employees", "the name")
    assert [p.type for p in person.draft.providers] == ["wechat", "qq", "openid-connect"]
    person.look("buttons")
    person.drag(2, 0)
    order = ["openid-connect", "wechat", "qq"]
    wait_until(lambda: [p.type for p in person.draft.providers] == order, "the row to be dropped")
    person.click(person.window.top.buttons()[1])
    assert [p.type for p in person.draft.providers] == ["wechat", "qq", "openid-connect"]
    person.click(person.window.top.buttons()[2])
    assert [p.type for p in person.draft.providers] == order
    person.look("buttons-in-order")
    person.next()


def set_up_providers(person: Newcomer) -> None:
    """Ids, secrets and settings of the three, in the order of the list."""
    page = person.page
    rows = {row.field: row for row in page.rows}
    person.fill(rows["client_id"], "00001111-aaaa-2222-bbbb-3333cccc4444")
    person.fill(rows["settings.metadata_url"], "https://login.contoso.example/.well-known/openid-configuration")
    keep_secret(person, "ContosoSecret")
    person.look("openid-connect")
    person.look_further("openid-connect-claims")
    person.next()
    for kind, client_id, key in (
        ("wechat", "wx0123456789abcdef", "WeChatSecret"),
        ("qq", "101000001", "QQSecret"),
    ):
        rows = {row.field: row for row in person.page.rows}
        person.fill(rows["client_id"], client_id)
        keep_secret(person, key)
        person.look(kind)
        person.look_further(f"{kind}-claims")
        person.next()


def keep_secret(person: Newcomer, key: str) -> None:
    """Type a secret and store it."""
    secret = person.page.credentials.secret
    person.click(secret.editor)
    QTest.keyClicks(secret.editor, SECRETS[key])
    person.click(secret.store)
    wait_until(lambda: SECRETS[key] in person.drawer.held.values(), "the secret in the keyring")


def save(person: Newcomer) -> None:
    """Choose the folder in the dialog, look, write."""
    policies = person.folder / "policies"
    policies.mkdir()

    def answer_dialog() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, answer_dialog)
            return
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        field.setText(str(policies))
        box = dialog.findChild(QDialogButtonBox)
        QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Open), LEFT)

    QTimer.singleShot(20, answer_dialog)
    person.click(person.page.choose)
    wait_until(lambda: person.wizard.session.folder == policies, "the folder")
    person.look("save")
    assert list(policies.iterdir()) == []
    person.click(person.page.write)
    wait_until(lambda: "save" in person.wizard.session.finished, "the files")
    person.look("saved")


def go_live(person: Newcomer) -> None:
    """Tick the first thing, copy a key's name."""
    wait_until(lambda: "prepare" in person.page._parts, "the list")
    box = person.page._parts["prepare"].view._boxes["go-live/prepare/1"]
    person.click(box)
    assert person.draft.done == {"go-live/prepare/1"}
    person.look("go-live")
    person.look_further("go-live-further")


def main() -> None:
    """Answer, close, and leave everything in the folder."""
    sys.excepthook = stop
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    person = Newcomer(folder, sys.argv[2] if len(sys.argv) > 2 else "en", new=True)
    answer(person)
    person.wizard.keeper.save_as(folder / "answers.latchkey.toml")
    person.window.close()
    for secret in SECRETS.values():
        for file in folder.rglob("*"):
            assert file.suffix == ".png" or file.is_dir() or secret.encode() not in file.read_bytes(), file


if __name__ == "__main__":
    main()
