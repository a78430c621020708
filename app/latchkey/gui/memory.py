"""What the wizard remembers between two runs: the shared settings (language, theme, recent drafts), and what only a
window needs: the draft it closed with, the step each draft was left at, the folder its policies went to or are changed
in, its place.

The window's part may always be lost: a file that can't be read is an empty memory, one that can't be written is left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from latchkey import settings as settings_store
from latchkey.errors import LatchkeyError
from latchkey.files import write_whole
from latchkey.log import logger
from latchkey.settings import Theme, Updates

if TYPE_CHECKING:
    from latchkey.gui.existing import Source

_log = logger(__name__)
_REMEMBERED = 50

Pairs = tuple[tuple[str, str], ...]


class Remembered(NamedTuple):
    """The content of the window's file."""

    last: str = ""
    geometry: str = ""
    steps: Pairs = ()  # draft file -> step id, newest first
    visited: Pairs = ()  # draft file -> step ids, newest first
    folders: Pairs = ()  # draft file -> folder of the policies, newest first
    looked: str = ""  # the day on which a newer version was looked for
    sketch: str = ""  # page design, screen and language of the sketch, with spaces between
    sources: Pairs = ()  # draft file -> what it changes: folder, missing bases, confirmed profiles (JSON), newest first


class Memory:
    """Reads once; changes are kept here and written together by `write`, off the window's thread."""

    def __init__(self, file: Path, settings_file: Path | None = None) -> None:
        self._file = file
        self._settings_file = settings_file
        self.now = _read(file)
        self.settings, self.warning = settings_store.load(settings_file)
        self._written = (self.now, self.settings)

    @property
    def unwritten(self) -> bool:
        """Something changed since the files were last written."""
        return self._written != (self.now, self.settings)

    def write(self) -> None:
        """Write what changed, beside what another window wrote meanwhile. What can't be written costs only the next
        start's comfort.
        """
        now, settings = self.now, self.settings
        before_now, before_settings = self._written
        self._written = (now, settings)
        try:
            if now != before_now:
                whole = _merged(before_now, now, _read(self._file))
                write_whole(self._file, json.dumps(whole._asdict(), ensure_ascii=False, indent=1).encode())
            if settings != before_settings:
                theirs = settings_store.load(self._settings_file).settings
                settings_store.save(settings.merged(before_settings, theirs), self._settings_file)
        except (OSError, LatchkeyError) as error:
            _log.warning("the window's memory could not be written: %s", type(error).__name__)

    def choose_theme(self, theme: Theme) -> None:
        """Remember the theme."""
        self.settings = replace(self.settings, theme=theme)

    def choose_language(self, code: str) -> None:
        """Remember the language."""
        self.settings = replace(self.settings, language=code)

    def note(self, **changes: Any) -> None:
        """Change some of the window's fields."""
        self.now = self.now._replace(**changes)

    def opened(self, draft: Path) -> None:
        """A draft was opened, or saved under a name: first of the recent ones."""
        self.note(last=str(draft))
        self.settings = self.settings.opened(draft)

    def pin(self, draft: Path, *, on: bool) -> None:
        """Keep a draft among the recent ones for good, or no longer."""
        self.settings = self.settings.with_pin(draft, on=on)

    def clear_recent(self) -> None:
        """Forget all recent drafts but the pinned ones. The drafts themselves stay."""
        self.settings = self.settings.cleared()

    def note_welcome(self) -> None:
        """The welcome was seen: never again."""
        self.settings = replace(self.settings, welcomed=True)

    def choose_updates(self, updates: Updates, address: str | None = None) -> None:
        """Whether to look for newer versions, and where."""
        where = self.settings.update_address if address is None else address
        self.settings = replace(self.settings, updates=updates, update_address=where)

    def forget(self, draft: Path) -> None:
        """A draft is no longer there."""
        self.settings = self.settings.forgotten(draft)
        if self.now.last == str(draft):
            self.note(last="")

    def step(self, draft: Path) -> str:
        """The step that a draft was left at, or empty."""
        return dict(self.now.steps).get(str(draft), "")

    def visited(self, draft: Path) -> frozenset[str]:
        """The steps of a draft that the person has been to."""
        return frozenset(dict(self.now.visited).get(str(draft), "").split())

    def note_step(self, draft: Path, step: str, visited: Iterable[str]) -> None:
        """Remember the step, and which were seen."""
        been = " ".join(sorted(visited))
        self.note(steps=_first(self.now.steps, str(draft), step), visited=_first(self.now.visited, str(draft), been))

    def folder(self, draft: Path) -> Path | None:
        """The folder that a draft's policies go to, if one was chosen."""
        found = dict(self.now.folders).get(str(draft), "")
        return Path(found) if found else None

    def note_folder(self, draft: Path, folder: Path) -> None:
        """Remember the folder."""
        self.note(folders=_first(self.now.folders, str(draft), str(folder)))

    def source(self, draft: Path) -> Source | None:
        """The policies that a draft changes, with what the person said about them."""
        found = dict(self.now.sources).get(str(draft))
        if found is None:
            return None
        from latchkey.gui.existing import Source

        try:
            folder, in_azure, removing, changing = json.loads(found)
            return Source(Path(folder), tuple(in_azure), frozenset(removing), frozenset(changing))
        except (ValueError, TypeError):
            return None

    def note_source(self, draft: Path, source: Source | None) -> None:
        """Remember them; None: the draft makes new ones."""
        if source is not None or self.source(draft) is not None:
            told = source and (str(source.folder), source.in_azure, sorted(source.removing), sorted(source.changing))
            self.note(sources=_first(self.now.sources, str(draft), json.dumps(told, ensure_ascii=False)))

    def drafts_of(self, folder: Path) -> tuple[Path, ...]:
        """The drafts that change the policies of a folder, the last used first."""
        files = [Path(name) for name, _told in self.now.sources]
        return tuple(file for file in files if (found := self.source(file)) is not None and found.folder == folder)


def _first(pairs: Pairs, name: str, value: str) -> Pairs:
    return ((name, value), *(pair for pair in pairs if pair[0] != name))[:_REMEMBERED]


def _merged(base: Remembered, ours: Remembered, theirs: Remembered) -> Remembered:
    """Ours, and of what is known of other drafts theirs too."""
    found: dict[str, Any] = {}
    for name in Remembered._fields:
        mine, others, before = getattr(ours, name), getattr(theirs, name), getattr(base, name)
        if mine == before:
            found[name] = others
        elif isinstance(mine, str):
            found[name] = mine
        else:
            known = dict(mine)
            found[name] = (*mine, *(pair for pair in others if pair[0] not in known))[:_REMEMBERED]
    return Remembered(**found)


def _read(file: Path) -> Remembered:
    """Only fields of the right type count."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Remembered()
    if not isinstance(data, dict):
        return Remembered()
    found: dict[str, Any] = {}
    for name, default in Remembered._field_defaults.items():
        value = data.get(name)
        if isinstance(value, str) and isinstance(default, str):
            found[name] = value
        elif isinstance(value, list) and not isinstance(default, str):
            pairs = (pair for pair in value if isinstance(pair, list) and len(pair) == 2)
            found[name] = tuple((str(one), str(two)) for one, two in pairs)
    return Remembered(**found)
