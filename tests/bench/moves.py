"""One move in a list of 50 buttons, with the list on screen, until the set is composed and checked again: how long the
window's thread was not free for the next key.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from latchkey.draft import edits
from latchkey.draft.draft import Draft, Policies, Provider, Tenant, frozen
from latchkey.gui.application import Wizard
from latchkey.gui.memory import Memory
from latchkey.secrets import Keychain

BUTTONS, MOVES, LIMIT = 50, 30, 16.0


def fifty() -> Draft:
    """A draft that composes, with many buttons."""
    settings = frozen({"metadata_url": "https://login.contoso.example/.well-known/openid-configuration"})
    providers = tuple(
        Provider(key=f"p{number}", type="openid-connect", id=f"Contoso{number}", name=f"Contoso {number}",
                 client_id=f"client-{number}", settings=settings)
        for number in range(BUTTONS)
    )  # fmt: skip
    return Draft(tenant=Tenant(name="contoso"), policies=Policies(accounts="social"), providers=providers)


class Pulse:
    """Beats whenever the window's thread is free; the longest time between two beats is how long it was not."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now

    def restart(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()


def settle(app: QApplication, wizard: Wizard) -> None:
    """Until the window is whole and nothing is left to do after a change."""
    end = time.perf_counter() + 30
    app.processEvents()
    while (wizard.tools is None or wizard.session.composing or wizard.runner.busy) and time.perf_counter() < end:
        app.processEvents()
    app.processEvents()  # what the last answer has changed


def rest(app: QApplication, seconds: float = 0.5) -> None:
    """As long as a hand takes to come to the row: the page's own first work, and the keyring's answer, are done then."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()


def stop(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An error in a slot would only be printed, and what is broken is quick."""
    sys.__excepthook__(kind, error, trace)
    os._exit(1)


def main() -> None:
    """Measure and print."""
    import statistics  # here, since others of these share what stands above

    sys.excepthook = stop
    app = QApplication([])
    folder = Path(tempfile.mkdtemp())
    wizard = Wizard(app, Memory(folder / "window.json"), folder, Keychain)
    wizard.session.open(fifty())
    window = wizard.show()
    window.resize(1280, 800)
    settle(app, wizard)
    wizard.session.go("buttons")
    settle(app, wizard)
    rest(app)
    pulse, at_once, longest = Pulse(), [], []
    for number in range(MOVES):
        pulse.restart()
        start = time.perf_counter()
        wizard.session.do(edits.move_provider("p0", (number + 1) % BUTTONS, "Contoso 0"))
        at_once.append((time.perf_counter() - start) * 1000)
        settle(app, wizard)
        longest.append(pulse.longest * 1000)
    if wizard.session.composed.draft != wizard.session.draft or not wizard.session.composed.writable:
        raise RuntimeError("after the last move there is no sound set")
    over = sum(value > LIMIT for value in longest)
    print(f"{'! ' if over else '  '}{max(longest):5.1f} ms (goal {LIMIT:g})  longest stop of the window in {MOVES} moves among "
          f"{BUTTONS} buttons; usual {statistics.median(longest):.1f}, the edit itself {statistics.median(at_once):.1f}; "
          f"over the goal: {over}")  # fmt: skip
    wizard.close()
    os._exit(0)


if __name__ == "__main__":
    main()
