"""What a person set for the whole program, whichever draft is open: language, theme, recent drafts.

One JSON file in the settings folder. Keys that this version does not know are kept, so that an older and a newer
Latchkey can share it. A file that can't be used is never a reason not to start: it counts as empty, and is put
aside before the next save, not lost.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args

from latchkey.errors import Unreadable
from latchkey.files import write_whole
from latchkey.paths import config_folder
from latchkey.text import LANGUAGES, _

Theme = Literal["system", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)

_log = logging.getLogger(__name__)
_RECENT = 10  # more is a list that nobody reads
_BIGGEST = 1_000_000  # characters; a settings file of ours has some hundreds


@dataclass(frozen=True)
class Settings:
    """Values are always usable: what can't be is replaced by its default when the file is read."""

    language: str = ""  # a key of text.LANGUAGES; empty: the system's
    theme: Theme = "system"
    recent: tuple[Path, ...] = ()  # drafts, the last opened first
    unknown: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def opened(self, draft: Path) -> Settings:
        """With `draft` as the first of the recent ones."""
        path = draft.absolute()
        return replace(self, recent=(path, *(other for other in self.recent if other != path))[:_RECENT])

    def forgotten(self, draft: Path) -> Settings:
        """Without `draft` among the recent ones."""
        path = draft.absolute()
        return replace(self, recent=tuple(other for other in self.recent if other != path))


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
    }
    data = json.dumps(table, ensure_ascii=False, indent=2).encode("utf-8", "surrogateescape") + b"\n"
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
    language, theme, recent = table.pop("language", ""), table.pop("theme", ""), table.pop("recent", [])
    return Settings(
        language=language if isinstance(language, str) and language in LANGUAGES else "",
        theme=next((known for known in THEMES if known == theme), "system"),
        recent=_paths(recent),
        unknown=MappingProxyType(table),
    )


def _paths(values: object) -> tuple[Path, ...]:
    """The usable paths of a list, each once."""
    listed = values if isinstance(values, list) else []
    usable = [value for value in listed if isinstance(value, str) and value and "\0" not in value]
    return tuple(Path(value) for value in dict.fromkeys(usable))[:_RECENT]


def _put_aside_if_broken(path: Path) -> None:
    """Keep a file that could not be used as `settings.bad.json`: the person may want something out of it."""
    try:
        _read(path)
    except FileNotFoundError:
        pass
    except (ValueError, RecursionError):
        path.replace(path.with_suffix(".bad.json"))
