"""Before a page goes for good (the window closes, another draft is opened): nothing that was typed is dropped silently.

Answers are in the draft already. A secret is not: one that looks right goes to the keyring, and the window waits for
its answer; about one that can't be stored the person is asked, and at the end about those that no keyring took.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from latchkey.gui.tools import Tools
from latchkey.gui.widgets.notice import Notice
from latchkey.gui.widgets.question import question
from latchkey.text import _, ngettext


class Page(Protocol):
    """What is asked of a page (`pages.base`)."""

    @property
    def unkept(self) -> bool:
        """Something that was typed is kept nowhere."""

    @property
    def storing(self) -> bool:
        """It is on its way."""

    def leave(self) -> None:
        """Keep what can be kept."""


class Leaving(QObject):
    """Asks the page that is shown, and does what was wanted as soon as it may be done."""

    def __init__(self, window: QWidget, tools: Tools, notice: Notice) -> None:
        super().__init__(window)
        self._window, self._vault, self._notice = window, tools.vault, notice
        self._page: Page | None = None
        self._then: Callable[[], None] | None = None
        self.dialog: QDialog | None = None
        self._vault.kept.connect(self._stored)
        self._vault.trouble.connect(self._not_stored)

    def leave(self, page: Page | None, then: Callable[[], None]) -> None:
        """Do `then`, now or once the keyring or the person has answered; if the person stays, never."""
        waiting = self._then is not None
        if page is None:
            then()
            return
        if not waiting:
            finish_editing()
            page.leave()
        if not page.unkept:
            self._go(then)
            return
        self._page, self._then = page, then
        if page.storing and not waiting:
            self._notice.say(_("The secret is on its way into the keyring. One moment…"), "note")
        else:
            self._ask(page)

    def end(self, then: Callable[[], None]) -> None:
        """The last question before the program ends: secrets that no keyring took are gone with it."""
        count = len(self._vault.only_for_now())
        if not count or self.dialog is not None:
            if not count:
                then()
            return
        text = ngettext(
            "{count} secret is in memory only, since no keyring took it. It is forgotten when Latchkey closes.",
            "{count} secrets are in memory only, since no keyring took them. They are forgotten when Latchkey closes.",
            count,
        ).format(count=count)
        self.dialog = question(self._window, _("Close and forget?"), text, _("Close and forget"), _("Stay here"))
        self.dialog.accepted.connect(then)
        self.dialog.finished.connect(self._answered)
        self.dialog.open()

    def _ask(self, page: Page) -> None:
        if self.dialog is not None:
            return
        text = (
            _("The keyring has not answered yet. If you leave now, the secret may not be stored.")
            if page.storing
            else _("A secret stands in its field and is not stored. It is never kept with your answers.")
        )
        self.dialog = question(
            self._window, _("Leave without the secret?"), text, _("Leave without it"), _("Stay here")
        )
        self.dialog.accepted.connect(self._leave_anyway)
        self.dialog.finished.connect(self._answered)
        self.dialog.open()

    @Slot(str, str)
    def _stored(self, _tenant: str, _policy_key: str) -> None:
        """The keyring answered; the field hears of it too, and perhaps after us."""
        QTimer.singleShot(0, self, self._go_on)

    @Slot()
    def _go_on(self) -> None:
        then, page = self._then, self._page
        if then is not None and page is not None and not page.unkept:
            self._notice.hide()
            if self.dialog is not None:
                self.dialog.reject()
            self._go(then)

    @Slot(str, str)
    def _not_stored(self, _message: str, _hint: str) -> None:
        """Stay: the notice says why."""
        self._then = self._page = None

    @Slot()
    def _leave_anyway(self) -> None:
        then = self._then
        if then is not None:
            self._go(then)

    @Slot(int)
    def _answered(self, _result: int) -> None:
        self.dialog = None
        self._then = self._page = None

    def _go(self, then: Callable[[], None]) -> None:
        self._then = self._page = None
        then()


def finish_editing() -> None:
    """A name that is being edited in its list counts as typed."""
    field = QApplication.focusWidget()
    if field is not None:
        field.clearFocus()
