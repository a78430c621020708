"""Newer versions: asked for once whether to look at all, looked for at most once a day, and said in one quiet line.

Off until somebody says yes. Where no address is known there is nothing to ask.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from latchkey.errors import LatchkeyError
from latchkey.gui.at_start import AtStart
from latchkey.gui.jobs import Job
from latchkey.gui.tools import Tools
from latchkey.jobs import Watch
from latchkey.log import logger
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.discovery.updates import Newest

_log = logger(__name__)
NETWORK = "network"  # the lane of jobs that may have to wait for a server


class Updates(QObject):
    """What happens at a start. The dialog of the help menu is `newer_versions`."""

    def __init__(self, tools: Tools, at_start: AtStart, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._at_start = tools, at_start

    def begin(self) -> None:
        """Ask whether to look, or look. Not called at the first start."""
        settings, today = self._tools.memory.settings, date.today().isoformat()
        address = address_of(self._tools)
        if not address or settings.updates == "off":
            return
        if settings.updates == "ask":
            self._ask(address)
        elif self._tools.memory.now.looked != today:
            self._tools.memory.note(looked=today)
            job = look_job(address)
            job.done.connect(self._found)
            job.failed.connect(self._not_found)
            self._tools.runner.start(job, NETWORK)

    def _ask(self, address: str) -> None:
        """Once: who closes the line has answered too."""
        self._tools.memory.choose_updates("off")
        self._at_start.say(
            _("Shall Latchkey look once a day whether there is a newer version? It reads one line of text at {address},"
              " sends nothing about you, and downloads nothing.").format(address=address),
            ((_("Yes, look"), self._agree), (_("No"), self._decline)),
        )  # fmt: skip

    def _agree(self) -> None:
        self._tools.memory.choose_updates("on")
        self.begin()

    def _decline(self) -> None:
        self._tools.memory.choose_updates("off")

    @Slot(object)
    def _found(self, newest: Newest) -> None:
        if newest.is_newer:
            self._at_start.say(newer_in_words(newest), ((_("Don't look any more"), self._decline),))

    @Slot(object)
    def _not_found(self, error: Exception) -> None:
        """Without a network it is simply not known."""
        if not isinstance(error, LatchkeyError):
            raise error
        _log.info("no answer about newer versions: %s", type(error).__name__)


def address_of(tools: Tools) -> str:
    """Where the newest version is named: as the person set it, or as the release says."""
    from latchkey.discovery.updates import released_address

    return tools.memory.settings.update_address or released_address()


def look_job(address: str) -> Job:
    """A job that brings what the address says. Connect it, then start it in the lane `NETWORK`."""

    def work(watch: Watch) -> Newest:
        from latchkey.discovery import updates

        return updates.look(address, watch, updates.LIMITS)

    return Job(work, "look for a newer version")


def newer_in_words(newest: Newest) -> str:
    """That there is one."""
    return _("Latchkey {newest} is there; this is {here}. You get it where you got this one.").format(
        newest=newest.version, here=newest.here
    )
