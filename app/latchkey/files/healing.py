"""What a killed Latchkey left unfinished, put in order at the next start: each folder entirely old or entirely new."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from latchkey.errors import LatchkeyError
from latchkey.files import disk
from latchkey.log import logger
from latchkey.paths import state_folder
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.files.journal import Undone

_log = logger(__name__)


def needed() -> bool:
    """Whether anything was left unfinished; cheap, as it is asked at every start."""
    try:
        return bool(disk.names(os.fspath(state_folder() / "unfinished")))
    except OSError:
        return False


def heal_all() -> tuple[Undone, ...]:
    """Put everything in order that this person's Latchkey left unfinished on this computer. What can't be reached now
    (a network drive) waits for another start. Never fails.
    """
    from latchkey.files import journal, replacing

    healed: list[Undone] = []
    with contextlib.suppress(OSError, LatchkeyError), replacing.one_at_a_time():
        for folder, token, made, elsewhere in journal.recorded():
            try:
                done = _heal(folder, token, made, elsewhere)
            except (OSError, LatchkeyError) as error:
                _log.warning("an unfinished change could not be put in order: %s", type(error).__name__)
                continue
            if done is not None:
                healed.append(done)
    return tuple(healed)


def in_words(done: Undone) -> str:
    """What a person is told of it."""
    if done.new:
        return _("Latchkey was stopped while it wrote into {folder}. All files there are the new ones.").format(
            folder=done.folder
        )
    if not done.edited:
        return _("Latchkey was stopped while it wrote into {folder}. The files there are as they were before.").format(
            folder=done.folder
        )
    said = _(
        "Latchkey was stopped while it wrote into {folder}. The files there are as they were before, but these stay as "
        "somebody changed them since: {files}."
    ).format(folder=done.folder, files=", ".join(done.edited))
    if done.place is None:
        return said
    return f"{said} {_('What they held before is kept in {place}.').format(place=done.place)}"


def _heal(folder: str, token: str, made: tuple[str, ...], elsewhere: tuple[str, ...]) -> Undone | None:
    from latchkey.files import journal, replacing
    from latchkey.files.turn import this_process

    found = journal.read_journal(folder)
    if found is not None and found.token == token:
        return replacing.undo(Path(folder), found, ours=True)
    if not disk.there(folder) and folder not in made:
        raise FileNotFoundError(folder)
    for path in elsewhere:
        disk.remove(path)
    replacing.tidy(folder, journal.Journal(token, this_process(), made, ()))
    return None
