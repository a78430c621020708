"""What is looked after when the wizard starts: a change that was interrupted is put in order, and secrets that end soon
are said. One notice after the other.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot

from latchkey.draft.steps import PROVIDER
from latchkey.files import healing
from latchkey.gui.jobs import Job
from latchkey.secrets import SOON, Stored, reminder
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.files.journal import Undone
    from latchkey.gui.tools import Tools
    from latchkey.gui.widgets.notice import Choice, Notice
    from latchkey.jobs import Watch


class AtStart(QObject):
    """Made with the window's content."""

    def __init__(self, tools: Tools, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._notice = tools, notice
        self._waiting: list[tuple[str, tuple[Choice, ...]]] = []
        self._said: set[str] = set()
        self._stored: tuple[Stored, ...] = ()
        notice.installEventFilter(self)
        if healing.needed():
            self._heal()
        tools.vault.ending.connect(self._look)
        tools.session.opened.connect(self._look_again)
        tools.vault.look_for_ends(date.today())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When a notice was closed, the next one comes."""
        if watched is self._notice and event.type() == QEvent.Type.Hide and self._notice.isHidden():
            self._say_next()
        return super().eventFilter(watched, event)

    def _heal(self) -> None:
        def work(_watch: Watch) -> tuple[Undone, ...]:
            return healing.heal_all()

        job = Job(work, "put in order")
        job.done.connect(self._healed)
        self._tools.runner.start(job)  # before any folder is read: one job after the other

    @Slot(object)
    def _healed(self, done: tuple[Undone, ...]) -> None:
        for one in done:
            self.say(healing.in_words(one))

    @Slot(object)
    def _look(self, stored: tuple[Stored, ...]) -> None:
        """Those that somebody noted with the keyring, and those that the open draft speaks of."""
        self._stored = stored
        today = date.today()
        rows = self._of_draft(today)
        for key, (row, expires) in rows.items():
            called = self._tools.session.called(self._tools.session.draft.provider(row))
            go = partial(self._tools.session.go, PROVIDER + row)
            self._remind(key, reminder(called, expires, today), ((_("Show it"), go),))
        for one in stored:
            if one.key not in rows:
                self._remind(one.key, reminder(one.called, one.expires or today, today), ())

    @Slot()
    def _look_again(self) -> None:
        self._look(self._stored)

    def _of_draft(self, today: date) -> dict[str, tuple[str, date]]:
        """By the secret's key: which row of the draft says that it ends soon, and when."""
        from latchkey.compose.secret_names import secret_names

        draft = self._tools.session.draft
        dated = {row.key: row.secret_expires for row in draft.providers if row.secret_expires is not None}
        if not any(day - today <= SOON for day in dated.values()):
            return {}
        names = secret_names(draft, self._tools.session.catalogue)
        return {
            Stored(*name).key: (row, dated[row])
            for row, name in names.items()
            if row in dated and dated[row] - today <= SOON
        }

    def _remind(self, key: str, text: str, choices: tuple[Choice, ...]) -> None:
        if key not in self._said:
            self._said.add(key)
            self.say(text, choices)

    def say(self, text: str, choices: tuple[Choice, ...] = ()) -> None:
        """Say it now, or when what is said now was closed."""
        self._waiting.append((text, choices))
        if self._notice.isHidden():
            self._say_next()

    def _say_next(self) -> None:
        if self._waiting:
            text, choices = self._waiting.pop(0)
            self._notice.say(text, choices=choices)
