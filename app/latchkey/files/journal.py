"""What is noted of a change before it is made: in the folder what is replaced by what, in the state folder that there
is such a change, so that the next start knows where to look.

A journal in a folder may have been put there by anybody. It counts without a record of our own only for files of the
folder itself, and never through a link.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from latchkey.files import disk
from latchkey.files.turn import Writer
from latchkey.log import logger
from latchkey.paths import state_folder

MARKER = ".latchkey-writing"
JOURNAL = "journal.json"
_TOKEN = re.compile(r"[0-9a-f]{32}")
_INSIDE = re.compile(r"[0-9]{1,6}\.(new|old)")
_BIGGEST = 10_000_000
_NO_PLACE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EEXIST)
_log = logger(__name__)


class Entry(NamedTuple):
    """What happens to one file: its name in the folder, and where new content and old file wait (bare names are within
    the work folder; paths, where a link leads elsewhere). Digests: empty for "no file".
    """

    name: str
    new: str
    old: str
    before: str
    after: str


class Journal(NamedTuple):
    """One change of a folder."""

    token: str
    writer: Writer
    made: tuple[str, ...]  # folders that were made for it, the innermost first
    entries: tuple[Entry, ...]


class Undone(NamedTuple):
    """What an interrupted change was brought to: whether all files are the new ones (else: the old), and which stay as
    somebody changed them since; of these the old content was kept in `place`.
    """

    folder: Path
    new: bool
    edited: tuple[str, ...] = ()
    place: Path | None = None


def read_journal(base: str) -> Journal | None:
    """The journal of a change that was begun in a folder; None: there is none that can be used."""
    path = os.path.join(base, MARKER, JOURNAL)
    if not disk.plain(path):
        return None
    try:
        given = json.loads(disk.read(path)[:_BIGGEST])
        writer = Writer(str(given["writer"][0]), int(given["writer"][1]), str(given["writer"][2]))
        entries = tuple(Entry(*map(str, entry)) for entry in given["entries"])
        journal = Journal(str(given["token"]), writer, tuple(map(str, given["made"])), entries)
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        return None
    sound = 0 < writer.pid < 1 << 31 and _TOKEN.fullmatch(journal.token) and all(map(_possible, journal.made))
    return journal if sound and all(map(_sound, entries)) else None


def target(base: str, entry: Entry) -> str:
    """The file that is replaced, where a link leads to it too."""
    return disk.real(os.path.join(base, entry.name))


def recorded() -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Folder, token, made folders and files elsewhere of every change that was recorded and did not end."""
    place = os.path.dirname(record_file(""))
    for name in disk.names(place):
        try:
            given = json.loads(disk.read(os.path.join(place, name)))
            folder, token = str(given["folder"]), str(given["token"])
            made, elsewhere = tuple(map(str, given["made"])), tuple(map(str, given["elsewhere"]))
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            with contextlib.suppress(OSError):  # torn by the power cut: then nothing was begun either
                disk.remove(os.path.join(place, name))
            continue
        possible = all(map(_possible, (folder, *made, *elsewhere)))
        if possible and _TOKEN.fullmatch(token) and name == f"{token}.json":
            yield folder, token, made, elsewhere


def record(journal: Journal, base: str) -> None:
    """Note in the state folder what is about to be written, so that the next start knows where to look. Where there
    can't be such a folder, the marker has to do: the next one who writes there finds it.
    """
    path = record_file(journal.token)
    far = [path for entry in journal.entries for path in elsewhere(entry)]
    noted = {"folder": base, "token": journal.token, "made": journal.made, "elsewhere": far}
    try:
        disk.make_folders(os.path.dirname(path), 0o700)
        disk.write_new(path, json.dumps(noted).encode())
        disk.sync_folder(os.path.dirname(path))
    except OSError as error:
        with contextlib.suppress(OSError):
            disk.remove(path)
        if error.errno not in _NO_PLACE:
            raise
        _log.warning("writing without a record: %s", type(error).__name__)


def elsewhere(entry: Entry) -> list[str]:
    """What waits outside the work folder."""
    return [path for path in (entry.new, entry.old) if os.path.isabs(path)]


def work(base: str, journal: Journal) -> str:
    """The work folder as long as the change is not begun, and when it is over."""
    return os.path.join(base, f".latchkey-{journal.token}")


def inside(base: str, name: str) -> str:
    """Where something waits once the change is begun."""
    return os.path.join(base, MARKER, name)


def linked(base: str, entry: Entry) -> bool:
    """Whether something of an entry is a link: its own file, or what would come in its place."""
    paths = (os.path.join(base, entry.name), *(inside(base, name) for name in (entry.new, entry.old) if name))
    return any(disk.there(path) and not disk.plain(path) for path in (os.path.join(base, MARKER, JOURNAL), *paths))


def record_file(token: str) -> str:
    """Where it is noted that there is such a change."""
    return os.fspath(state_folder() / "unfinished" / f"{token}.json")


def _sound(entry: Entry) -> bool:
    """Whether an entry can be one that we wrote: the name is a name, and what waits lies where such things lie."""
    bare = entry.name not in ("", ".", "..") and not set(entry.name) & set("/\\\0\n\r")
    possible = all(map(_possible, (entry.name, entry.new, entry.old)))
    return (
        bare
        and possible
        and all(name == "" or os.path.isabs(name) or _INSIDE.fullmatch(name) for name in (entry.new, entry.old))
    )


def _possible(path: str) -> bool:
    """Whether the system can have a path of these letters."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False
