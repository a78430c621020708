"""No window but the wizard's own is ever shown by building or changing a page: a widget that is made visible before it
has a parent flashes up, takes the focus and is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from latchkey.draft import edits
from latchkey.draft.draft import ClaimSource


class Watch(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def watch(contoso: Any) -> Iterator[Watch]:
    app = QApplication.instance()
    made = Watch()
    app.installEventFilter(made)
    yield made
    app.removeEventFilter(made)


def test_no_page_flashes_windows(contoso: Any, settled: Callable[[Any], None], watch: Watch) -> None:
    settled(contoso)
    session = contoso.session
    for row in range(contoso.window.model.rowCount()):
        session.go(contoso.window.model.at(row).id)
    session.go("buttons")
    session.do(edits.add_provider("openid-connect", "OpenID Connect", "p9", name="Fabrikam"))
    session.go("provider:p9")
    session.do(edits.set_claim("p9", "phoneNumber", ClaimSource("phone_number"), "Fabrikam"))
    session.do(edits.set_setting("p9", "response_type", "id_token", "Fabrikam"))
    session.go("review")
    settled(contoso)
    contoso.theme.choose("dark")
    contoso.choose_language("zh_CN")
    session.go("go-live")
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    settled(contoso)
    assert watch.shown == []
