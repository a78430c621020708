"""Several files of one folder replaced together: all of them, or, where anything fails, none.

    record    state folder: which folder is written, under which token
    stage     FOLDER/.latchkey-TOKEN: new content, second names of the old files, and the journal of both; all flushed
    begin     renamed to FOLDER/.latchkey-writing, which keeps other computers out
    replace   file by file, each by one rename
    end       renamed back, then removed, with the record

Killed before `begin` or after `end`, nothing but litter is left. In between each name holds its old or its new content,
whole, and whoever finds the journal puts the old back, or sees that all are new. `healing` does so at the next start.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from latchkey.files import disk, refusals
from latchkey.files.journal import (
    JOURNAL,
    MARKER,
    Entry,
    Journal,
    Undone,
    elsewhere,
    inside,
    linked,
    read_journal,
    record,
    record_file,
    target,
    work,
)
from latchkey.files.turn import lives, this_process, turn
from latchkey.log import logger
from latchkey.paths import kept_folder, state_folder
from latchkey.text import _

_STAGED = re.compile(r"\.latchkey-([0-9a-f]{32})")
_LONG_AGO = 3600  # seconds: staging takes much less
_OTHERS_LONGEST = 600  # seconds after which another computer's change is taken for interrupted
_log = logger(__name__)


def replace_files(
    folder: Path, new: Mapping[str, bytes], removed: Sequence[str] = (), before: Mapping[str, bytes] | None = None
) -> None:
    """Give the files `new` their content and take the `removed` away; `before` holds what those had that were there.

    The folder is made if need be; links stay links, owner and rights stay. Raises ChangedUnderneath where a file is not
    as `before` says, Busy, OSError; then everything is as it was. Raises HalfDone where even that failed.
    """
    with one_at_a_time():
        base = disk.real(os.fspath(folder))
        token = disk.new_token()
        entries = _entries(base, token, new, removed, before or {})
        if not entries:
            return
        journal = Journal(token, this_process(), tuple(disk.missing(base)), entries)
        record(journal, base)
        staged = False
        try:
            for made in reversed(journal.made):
                disk.make_folder(made)
            clear(Path(base))
            _stage(base, journal, new)
            staged = True
            _begin(base, journal)
            _replace(base, journal)
        except BaseException as error:
            _go_back(base, journal, error, staged=staged)
            raise
        with contextlib.suppress(OSError):  # all is written; the litter goes at the next start
            end(base, journal)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Other Latchkeys of this person on this computer wait while the block runs."""
    with turn(os.fspath(state_folder() / "writing.lock")):
        yield


def clear(folder: Path) -> Undone | None:
    """Put in order what somebody else left unfinished in the folder. Raises Busy while it is still being written."""
    base = os.fspath(folder)
    marker = os.path.join(base, MARKER)
    for name in disk.names(base):
        if _STAGED.fullmatch(name) and disk.age(os.path.join(base, name)) > _LONG_AGO:
            with contextlib.suppress(OSError):
                disk.remove_folder(os.path.join(base, name))
    if not disk.there(marker):
        return None
    journal = read_journal(base)
    if journal is None:
        if not disk.names(marker) and not disk.plain(marker):
            disk.remove_folder(marker)
            return None
        raise refusals.not_ours(folder, MARKER)
    alive = lives(journal.writer)
    if alive or (alive is None and disk.age(marker) < _OTHERS_LONGEST):
        raise refusals.Busy(
            _("Another Latchkey, on {computer}, is writing into {folder}.").format(
                computer=journal.writer.host, folder=folder
            ),
            _("Wait until it has finished, then try again."),
        )
    return undo(folder, journal, ours=disk.there(record_file(journal.token)))


def undo(folder: Path, journal: Journal, *, ours: bool) -> Undone:
    """Bring an interrupted change to its end or back to its beginning. Only with a record of our own (`ours`) are links
    followed: what lies in a folder may have been put there by anybody. Raises OSError, Refused.
    """
    base = os.fspath(folder)
    if not ours:
        if any(elsewhere(entry) or linked(base, entry) for entry in journal.entries):
            raise refusals.not_ours(folder, MARKER)
        journal = journal._replace(made=())
    if all(disk.digest(target(base, entry)) == entry.after for entry in journal.entries):
        end(base, journal)
        return Undone(folder, new=True)
    edited = put_back(base, journal)
    place = _keep_old(base, journal, edited)
    _sync(base, journal)
    end(base, journal)
    return Undone(folder, new=False, edited=tuple(edited), place=place)


def put_back(base: str, journal: Journal) -> list[str]:
    """The old files in their places; may be done again after it was stopped. Returns which were changed by others."""
    edited = []
    for entry in reversed(journal.entries):
        path = target(base, entry)
        now = disk.digest(path)
        if now == entry.before:
            continue
        old = inside(base, entry.old)
        if now != entry.after or (entry.before and disk.digest(old) != entry.before):
            edited.append(entry.name)
        elif entry.before:
            disk.rename(old, path)
        else:
            disk.remove(path)
    return edited[::-1]


def end(base: str, journal: Journal) -> None:
    """The change is over: the marker goes in one step, then all the rest. Raises OSError."""
    marker = os.path.join(base, MARKER)
    if disk.there(marker):
        disk.rename(marker, work(base, journal))
    tidy(base, journal)


def tidy(base: str, journal: Journal) -> None:
    """Take away what was staged, folders that were made for nothing, and at last the record. Raises OSError."""
    failed: list[OSError] = []
    steps = [partial(disk.remove, path) for entry in journal.entries for path in elsewhere(entry)]
    steps.append(partial(disk.remove_folder, work(base, journal)))
    steps += [partial(disk.remove_empty, made) for made in journal.made]
    for step in steps:
        try:
            step()
        except OSError as error:
            failed.append(error)
    if failed:
        raise failed[0]
    disk.remove(record_file(journal.token))


def _entries(
    base: str, token: str, new: Mapping[str, bytes], removed: Sequence[str], before: Mapping[str, bytes]
) -> tuple[Entry, ...]:
    entries = []
    for number, name in enumerate([*new, *removed]):
        old = disk.digest_of(before[name]) if name in before else ""
        after = disk.digest_of(new[name]) if name in new else ""
        place = os.path.dirname(disk.real(os.path.join(base, name)))
        beside = "" if place == base else os.path.join(place, f".latchkey-{token}-")
        if old != after:
            waiting = (f"{beside}{number}.new" if after else "", f"{beside}{number}.old" if old else "")
            entries.append(Entry(name, *waiting, old, after))
    return tuple(entries)


def _stage(base: str, journal: Journal, new: Mapping[str, bytes]) -> None:
    """All that is needed for going on and for going back is on the disk when this returns."""
    place = work(base, journal)
    disk.make_folder(place, 0o700)
    for entry in journal.entries:
        path = target(base, entry)
        if entry.old:
            disk.second_name(path, os.path.join(place, entry.old))
        if entry.new:
            disk.write_new(
                os.path.join(place, entry.new), new[entry.name], disk.status(path), path if entry.old else ""
            )
    disk.write_new(os.path.join(place, JOURNAL), json.dumps(journal._asdict()).encode())
    disk.sync_folder(place)


def _begin(base: str, journal: Journal) -> None:
    """From here on the journal counts. Raises ChangedUnderneath if a file is no longer what it was."""
    other = [entry.name for entry in journal.entries if disk.digest(target(base, entry)) != entry.before]
    if other:
        raise refusals.changed(Path(base), other)
    disk.rename(work(base, journal), os.path.join(base, MARKER))
    disk.sync_folder(base)


def _replace(base: str, journal: Journal) -> None:
    for entry in journal.entries:
        if entry.new:
            disk.rename(inside(base, entry.new), target(base, entry))
        else:
            disk.remove(target(base, entry))
    _sync(base, journal)


def _go_back(base: str, journal: Journal, error: BaseException, *, staged: bool) -> None:
    """Everything as it was before; what litter can't be taken away, the next start takes. Raises HalfDone where putting
    back fails too.
    """
    begun = False
    try:
        begun = staged and disk.there(os.path.join(base, MARKER)) and not disk.there(work(base, journal))
        if begun:
            put_back(base, journal)
            _sync(base, journal)
    except OSError as worse:
        _log.warning("not put back: %s", type(worse).__name__)
        if isinstance(error, OSError):
            raise refusals.half_done(Path(base), error) from error
        return
    with contextlib.suppress(OSError):
        (end if begun else tidy)(base, journal)


def _sync(base: str, journal: Journal) -> None:
    """The renames on the disk, wherever they were made."""
    for place in dict.fromkeys([base, *(os.path.dirname(target(base, entry)) for entry in journal.entries)]):
        disk.sync_folder(place)


def _keep_old(base: str, journal: Journal, edited: Sequence[str]) -> Path | None:
    """The old content of files that stay as somebody changed them, in a place that is not taken away."""
    from latchkey.files.whole import make_folder

    old = {entry.name: inside(base, entry.old) for entry in journal.entries if entry.name in edited and entry.old}
    if not old:
        return None
    place = kept_folder() / f"interrupted-{journal.token}"
    if not place.exists():
        make_folder(place, {name: disk.read(path) for name, path in old.items() if disk.plain(path)})
    return place
