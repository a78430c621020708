"""What a page is handed: the long-lived objects that `application` built."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from latchkey.gui.clipboard import Clipboard
    from latchkey.gui.icons import Icons
    from latchkey.gui.jobs import JobRunner
    from latchkey.gui.memory import Memory
    from latchkey.gui.reading import FolderReader
    from latchkey.gui.saving import Keeper
    from latchkey.gui.session import Session
    from latchkey.gui.theme import Theme
    from latchkey.gui.vault import Vault


class Tools(NamedTuple):
    """One of each."""

    session: Session
    keeper: Keeper
    runner: JobRunner
    theme: Theme
    icons: Icons
    memory: Memory
    clipboard: Clipboard
    vault: Vault
    reader: FolderReader
