"""A wizard with folders and a keyring of its own, and a look around after each test: no window, no warning stays."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.drawer import Drawer
from helpers.wizard import close

# Nothing but real dragging needs a screen; without this, a test run would open windows on the developer's.
if "LATCHKEY_TEST_SCREEN" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def drawer() -> Drawer:
    """The keyring that the wizard of this test uses."""
    return Drawer()


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Where the wizard keeps what it remembers."""
    return tmp_path / "kept"


@pytest.fixture
def make_wizard(qtbot: Any, folders: Path, drawer: Drawer) -> Iterator[Callable[..., Any]]:
    """Builds wizards that remember in the same folders, as one person's do; closes them all in the end."""
    from latchkey.gui.application import Wizard, make_application
    from latchkey.gui.memory import Memory
    from latchkey.secrets import Keychain

    made: list[Any] = []

    def make(draft: Path | None = None, *, shown: bool = True) -> Any:
        memory = Memory(folders / "window.json", folders / "settings.json")
        wizard = Wizard(
            make_application(), memory, folders / "drafts", lambda: Keychain(drawer, folders / "secrets.json")
        )
        made.append(wizard)
        wizard.open(draft)
        if shown:
            wizard.show()
            wizard.furnish()
        return wizard

    yield make
    for wizard in made:
        close(wizard)


@pytest.fixture
def wizard(make_wizard: Callable[..., Any]) -> Any:
    """A wizard on an empty draft."""
    return make_wizard()


@pytest.fixture
def contoso(make_wizard: Callable[..., Any], tmp_path: Path, root: Path) -> Any:
    """A wizard on a copy of the example draft."""
    copy = tmp_path / "contoso.latchkey.toml"
    copy.write_bytes((root / "resources/examples/contoso.latchkey.toml").read_bytes())
    return make_wizard(copy)


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test no window is on screen and none is left in memory that the test made."""
    yield
    if "qapp" not in request.fixturenames and "qtbot" not in request.fixturenames:
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert not left, f"windows left open: {left}"


@pytest.fixture
def settled(qtbot: Any) -> Callable[[Any], None]:
    """Waits until the current draft is checked, composed and saved."""

    from PySide6.QtCore import QCoreApplication

    def wait(wizard: Any) -> None:
        session, keeper = wizard.session, wizard.keeper
        qtbot.waitUntil(
            lambda: (
                not session.composing
                and session.composed.draft == session.draft
                and session.composed.guided is not None
                and not wizard.runner.busy
                and not keeper.waiting
            ),
            timeout=20_000,
        )
        QCoreApplication.processEvents()  # a layout shows what is new in it a turn of the event loop later

    return wait
