"""Carrying out a plan, keeping what was there, and putting it back.

Before a policy file changes, its bytes go into a dated folder outside the policy folder, with a list of what they were
and what they became. `put_back` restores the newest that has not been put back yet, byte for byte, and only while the
files are still as Latchkey left them (or, where it was stopped half-way, as they were before).
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from latchkey.compose.into.plan import FileChange, IntoPlan
from latchkey.errors import Refused, Unreadable
from latchkey.files import make_folder, write_whole
from latchkey.files.refusals import unwritable
from latchkey.files.replacing import replace_files
from latchkey.policy.reader import BadXml, decode
from latchkey.text import _, join_list

LIST = "kept.json"
_WRITABLE = 0o222
WRITTEN = "written"  # beside the old files, what they became


@dataclass(frozen=True, slots=True)
class Kept:
    """A dated folder with the old files: where, when, of which policy folder, which files, and whether put back."""

    place: Path
    when: str
    folder: Path
    files: tuple[str, ...]
    before: tuple[str, ...]  # digests, one a file
    after: tuple[str, ...]
    put_back: bool


def carry_out(plan: IntoPlan, folder: Path, store: Path, now: datetime) -> Kept | None:
    """Write what the plan changes; None: there was nothing to change.

    Raises Refused where a file of the set has changed since it was read, Unreadable where something can't be written;
    then nothing is written.
    """
    if not plan.changes:
        return None
    refuse_stale(plan, folder)
    return replace_kept(plan.changes, folder, store, now)


def replace_kept(changes: Sequence[FileChange], folder: Path, store: Path, now: datetime) -> Kept:
    """Keep the old files, then replace them. Raises Refused where one of them is not as it was read, Unreadable where
    something can't be written; then nothing is written.
    """
    stale = [c for c in changes if _read_bytes(folder / Path(c.file).name) != c.before]
    _refuse(folder, stale, _("Nothing was written. Look at the changes first, then try again."))
    names = [Path(change.file).name for change in changes]
    _refuse_read_only(folder, names)
    new = {Path(change.file).name: change.after for change in changes}
    before = {Path(change.file).name: change.before for change in changes}
    try:
        kept = _keep(changes, folder, store, now)
    except OSError as error:
        raise Unreadable(
            _("The old files can't be kept in {folder}: {reason}.").format(
                folder=store, reason=error.strerror or error
            ),
            _("Nothing was changed. Make room there, or check that you may write there."),
        ) from error
    try:
        replace_files(folder, new, (), before)
    except BaseException as error:
        if not _begun(kept, folder):  # else the old files are needed: Ctrl-C may come when all is written
            shutil.rmtree(kept.place, ignore_errors=True)
        if isinstance(error, OSError):
            raise unwritable(folder, error) from error
        raise
    return kept


def _begun(kept: Kept, folder: Path) -> bool:
    """Whether a file is as the change wants it."""
    return any(now == after for now, after in zip(_digests(folder, kept.files), kept.after, strict=True))


def refuse_stale(plan: IntoPlan, folder: Path) -> None:
    """Raises Refused where a file of the set is no longer what the plan was made from."""
    _refuse(folder, changed_since(plan, folder), _("Nothing was written. Look at the changes first, then try again."))


def history(folder: Path, store: Path) -> tuple[Kept, ...]:
    """All that was kept of a policy folder, newest first."""
    found = []
    for listed in sorted((store / _name(folder)).glob(f"*/{LIST}"), reverse=True):
        try:
            found.append(_read(listed))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue  # a folder that somebody else made or emptied
    return tuple(found)


def last(folder: Path, store: Path) -> Kept:
    """What `put_back` would restore. Raises Refused where there is nothing."""
    for kept in history(folder, store):
        # a change that never came about (the power went) leaves the files as they were before it
        if not kept.put_back and _digests(folder, kept.files) != list(kept.before):
            return kept
    raise Refused(
        _("Latchkey has changed nothing in {folder} that could be put back.").format(folder=folder),
        _("Only what `compose --into`, `check --fix` or the wizard wrote on this computer can be put back."),
    )


def put_back(folder: Path, store: Path) -> Kept:
    """Restore what the last change replaced. Raises Refused (nothing kept, or changed since) or Unreadable."""
    kept = last(folder, store)
    hint = _("Nothing was put back. Take these changes out first, or copy by hand what you need from {place}.")
    _refuse(folder, edited_since(kept, folder), hint.format(place=kept.place))
    _refuse_read_only(folder, kept.files)
    old = {change.file: change.after for change in restored(kept, folder)}
    now = {name: (folder / name).read_bytes() for name in old}
    try:
        replace_files(folder, old, (), now)
        write_whole(kept.place / LIST, _listed(replace(kept, put_back=True)))
    except OSError as error:
        raise unwritable(folder, error) from error
    return kept


def restored(kept: Kept, folder: Path) -> tuple[FileChange, ...]:
    """What putting back changes, from how the files are now. Raises Refused where what was kept is damaged."""
    old = {name: _read_bytes(kept.place / name) for name in kept.files}
    if [_digest(old[name]) for name in kept.files] != list(kept.before):
        raise Refused(
            _("The kept files in {folder} are no longer what they were.").format(folder=kept.place),
            _("Nothing was changed. Restore the policies from another copy."),
        )
    now = {name: _read_bytes(folder / name) for name in kept.files}
    return tuple(FileChange(name, now[name], old[name]) for name in kept.files if now[name] != old[name])


def edited_since(kept: Kept, folder: Path) -> tuple[FileChange, ...]:
    """The kept files that somebody changed after us: as we left them, and as they are now."""
    found = []
    for name, before, after in zip(kept.files, kept.before, kept.after, strict=True):
        now = _read_bytes(folder / name)
        if _digest(now) not in (before, after):
            found.append(FileChange(name, _read_bytes(kept.place / WRITTEN / name), now))
    return tuple(found)


def changed_since(plan: IntoPlan, folder: Path) -> tuple[FileChange, ...]:
    """Files of the set that are different on the disk from what the plan was made from, with both states."""
    found = []
    for policy in plan.before.policies:
        then = plan.before.document(policy).data
        now = _read_bytes(folder / Path(policy.file).name)
        if now != then:
            found.append(FileChange(policy.file, then, now))
    return tuple(found)


def difference(changes: Sequence[FileChange]) -> str:
    """A unified diff for people, whatever the files' encodings."""
    parts: list[str] = []
    for change in changes:
        name = Path(change.file).name
        parts += difflib.unified_diff(_lines(change.before), _lines(change.after), name, name)
    return "".join(parts)


def _lines(data: bytes) -> list[str]:
    try:
        text = decode(data)
    except BadXml:
        text = data.decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").split("\n")
    return [f"{line}\n" for line in (lines if lines[-1] else lines[:-1])]


def _keep(changes: Sequence[FileChange], folder: Path, store: Path, now: datetime) -> Kept:
    when = now.strftime("%Y-%m-%d %H.%M.%S.%f")[:-3]
    kept = Kept(
        store / _name(folder) / when,
        when,
        folder.resolve(),
        tuple(Path(change.file).name for change in changes),
        tuple(_digest(change.before) for change in changes),
        tuple(_digest(change.after) for change in changes),
        put_back=False,
    )
    files = {Path(change.file).name: change.before for change in changes}
    files |= {f"{WRITTEN}/{Path(change.file).name}": change.after for change in changes}
    make_folder(kept.place, {**files, LIST: _listed(kept)})
    return kept


def _listed(kept: Kept) -> bytes:
    files = [
        {"name": name, "before": before, "after": after}
        for name, before, after in zip(kept.files, kept.before, kept.after, strict=True)
    ]
    listed = {"folder": str(kept.folder), "when": kept.when, "put_back": kept.put_back, "files": files}
    return json.dumps(listed, indent=1).encode()


def _read(listed: Path) -> Kept:
    data = json.loads(listed.read_text(encoding="utf-8"))
    files = data["files"]
    names = tuple(str(one["name"]) for one in files)
    if any(Path(name).name != name for name in names):
        raise ValueError(names)
    return Kept(
        listed.parent,
        str(data["when"]),
        Path(data["folder"]),
        names,
        tuple(str(one["before"]) for one in files),
        tuple(str(one["after"]) for one in files),
        bool(data["put_back"]),
    )


def _refuse(folder: Path, changed: Sequence[FileChange], hint: str) -> None:
    if changed:
        raise Refused(
            _("These files in {folder} have changed in the meantime: {files}.").format(
                folder=folder, files=join_list(Path(change.file).name for change in changed)
            ),
            hint,
        )


def _refuse_read_only(folder: Path, names: Sequence[str]) -> None:
    """A read-only file says "leave me alone", though another could be renamed over it, and root may anything.

    Where no file of the folder may be written, they were copied from a read-only place: then only rights count.
    """
    try:
        modes = {path: path.stat().st_mode for path in folder.glob("*.[xX][mM][lL]")}
        places = {folder / name: (folder / name).stat().st_mode for name in names}
        places |= {folder: folder.stat().st_mode} if os.name != "nt" else {}
    except OSError as error:
        raise unwritable(folder, error) from error
    meant = any(mode & _WRITABLE for mode in modes.values())
    for place, mode in places.items():
        if (meant and not mode & _WRITABLE) or not os.access(place, os.W_OK):
            raise Unreadable(
                _("{path} is read-only.").format(path=place),
                _("Nothing was changed. Make it writable, or check that it is yours to change."),
            )


def _digests(folder: Path, names: Sequence[str]) -> list[str]:
    return [_digest(_read_bytes(folder / name)) for name in names]


def _read_bytes(path: Path) -> bytes:
    """What a file holds; nothing if it is gone or can't be read, which is not what anybody left there."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _name(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
