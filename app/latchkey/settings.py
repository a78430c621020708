"""What a person set for the whole program, whichever draft is open: language, theme, recent drafts, whether to look for
newer versions.

One JSON file in the settings folder. Keys that this version does not know are kept, so that an older and a newer
Latchkey can share it. A file that can't be used is never a reason not to start: it counts as empty, and is put
aside before the next save, not lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args

from latchkey.errors import Unreadable
from latchkey.files import write_whole
from latchkey.log import logger
from latchkey.paths import config_folder
from latchkey.text import LANGUAGES, _

Theme = Literal["system", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)
Updates = Literal["ask", "on", "off"]  # "ask": nobody was asked yet, and nothing is looked for

_log = logger(__name__)
_RECENT = 10  # more is a list that nobody reads; pinned ones don't count
_MOST = 100  # of a list in the file
_BIGGEST = 1_000_000  # characters; a settings file of ours has some hundreds


@dataclass(frozen=True)
class Settings:
    """Values are always usable: what can't be is replaced by its default when the file is read."""

    language: str = ""  # a key of text.LANGUAGES; empty: the system's
    theme: Theme = "system"
    recent: tuple[Path, ...] = ()  # drafts, the last opened first
    pinned: tuple[Path, ...] = ()  # of these: the ones that stay, in the order in which they were pinned
    welcomed: bool = False  # the welcome was shown
    updates: Updates = "ask"
    update_address: str = ""  # where the newest version is named; empty: as the release says
    unknown: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def opened(self, draft: Path) -> Settings:
        """With `draft` as the first of the recent ones."""
        path = draft.absolute()
        return replace(self, recent=_kept((path, *(other for other in self.recent if other != path)), self.pinned))

    def forgotten(self, draft: Path) -> Settings:
        """Without `draft` among the recent ones."""
        path = draft.absolute()
        return replace(self, recent=_without(self.recent, path), pinned=_without(self.pinned, path))

    def with_pin(self, draft: Path, *, on: bool) -> Settings:
        """With `draft` pinned, so that it stays however many others are opened, or no longer."""
        path = draft.absolute()
        return replace(self, pinned=(*_without(self.pinned, path), *((path,) if on else ())))

    def cleared(self) -> Settings:
        """Without recent drafts but the pinned ones."""
        return replace(self, recent=tuple(path for path in self.recent if path in self.pinned))

    def merged(self, base: Settings, theirs: Settings) -> Settings:
        """What is here and what another window has written since `base`, the last common state: of a value that both
        changed ours counts, and of drafts each one's that the other did not take away.
        """
        values = {
            name: getattr(self if getattr(self, name) != getattr(base, name) else theirs, name)
            for name in ("language", "theme", "welcomed", "updates", "update_address")
        }
        pinned = _joined(base.pinned, self.pinned, theirs.pinned)
        recent = _kept(_joined(base.recent, self.recent, theirs.recent), pinned)
        return replace(theirs, **values, recent=recent, pinned=pinned)


class Loaded(NamedTuple):
    """Settings, and one sentence for the person when the file could not be used (else empty)."""

    settings: Settings
    warning: str


def settings_file() -> Path:
    """Where the settings are kept."""
    return config_folder() / "settings.json"


def load(path: Path | None = None) -> Loaded:
    """Read the settings; never fails."""
    path = path or settings_file()
    try:
        return Loaded(_from_table(_read(path)), "")
    except FileNotFoundError:
        return Loaded(Settings(), "")
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("settings not usable: %s", type(error).__name__)
        warning = _("The settings in {file} can't be read, so Latchkey starts with its own.").format(file=path)
        return Loaded(Settings(), warning)


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings, whole or not at all. Raises Unreadable."""
    path = path or settings_file()
    table = {
        **settings.unknown,
        "language": settings.language,
        "theme": settings.theme,
        "recent": [str(draft) for draft in settings.recent],
        "pinned": [str(draft) for draft in settings.pinned],
        "welcomed": settings.welcomed,
        "updates": settings.updates,
        "update_address": settings.update_address,
    }
    try:
        data = json.dumps(table, ensure_ascii=False, indent=2).encode("utf-8", "surrogateescape") + b"\n"
    except UnicodeEncodeError:  # somebody wrote half a letter into the file
        data = json.dumps(table, indent=2).encode() + b"\n"
    try:
        _put_aside_if_broken(path)
        write_whole(path, data)
    except OSError as error:
        raise Unreadable(
            _("The settings can't be saved in {file}.").format(file=path),
            _("Check that the folder can be written to and that the disk is not full."),
        ) from error


def _read(path: Path) -> dict[str, Any]:
    """The file's table. Raises OSError, or ValueError for what is no JSON object."""
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        text = file.read(_BIGGEST + 1)
    if len(text) > _BIGGEST:
        raise ValueError("too big to be a settings file")
    table = json.loads(text)
    if not isinstance(table, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  (a fault of the file, not of the caller)
    return table


def _from_table(table: dict[str, Any]) -> Settings:
    """Settings from the file's table; a value of a wrong kind is as good as none."""
    # Who has a settings file of an earlier version needs no welcome any more.
    welcomed = table.pop("welcomed", bool(table))
    language, theme, recent = table.pop("language", ""), table.pop("theme", ""), table.pop("recent", [])
    updates, address, pinned = table.pop("updates", ""), table.pop("update_address", ""), table.pop("pinned", [])
    return Settings(
        language=language if isinstance(language, str) and language in LANGUAGES else "",
        theme=next((known for known in THEMES if known == theme), "system"),
        recent=_paths(recent),
        pinned=_paths(pinned),
        welcomed=welcomed is True,
        updates=next((known for known in get_args(Updates) if known == updates), "ask"),
        update_address=address if isinstance(address, str) else "",
        unknown=MappingProxyType(table),
    )


def _paths(values: object) -> tuple[Path, ...]:
    """The usable paths of a list, each once."""
    listed = values if isinstance(values, list) else []
    usable = [value for value in listed if isinstance(value, str) and value and "\0" not in value]
    return tuple(Path(value) for value in dict.fromkeys(usable))[:_MOST]


def _kept(recent: tuple[Path, ...], pinned: tuple[Path, ...]) -> tuple[Path, ...]:
    """The newest of the recent ones, and all that are pinned."""
    newest = [path for path in recent if path not in pinned][:_RECENT]
    return tuple(path for path in recent if path in pinned or path in newest)


def _without(paths: tuple[Path, ...], path: Path) -> tuple[Path, ...]:
    return tuple(other for other in paths if other != path)


def _joined(base: tuple[Path, ...], ours: tuple[Path, ...], theirs: tuple[Path, ...]) -> tuple[Path, ...]:
    """Ours, then theirs that came since; what one of both took away is gone."""
    stay = [path for path in ours if path in theirs or path not in base]
    return tuple(dict.fromkeys((*stay, *(path for path in theirs if path not in base))))


def _put_aside_if_broken(path: Path) -> None:
    """Keep a file that could not be used as `settings.bad.json`: the person may want something out of it."""
    try:
        _read(path)
    except FileNotFoundError:
        pass
    except (ValueError, RecursionError):
        path.replace(path.with_suffix(".bad.json"))
