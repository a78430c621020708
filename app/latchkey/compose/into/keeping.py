"""Carrying out a plan, keeping what was there, and putting it back.

Before a policy file changes, its bytes go into a dated folder outside the policy folder, with a list of what they were
and what they became. `put_back` restores the newest that has not been put back yet, byte for byte, and only while the
files are still as Latchkey left them.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from latchkey.compose.into.plan import FileChange, IntoPlan
from latchkey.compose.replacing import replace_files, unwritable
from latchkey.errors import Refused, Unreadable
from latchkey.files import write_whole
from latchkey.policy.reader import BadXml, decode
from latchkey.text import _

LIST = "kept.json"


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

    Raises Refused where a file has changed since it was read, Unreadable where something can't be written; then
    nothing is written.
    """
    if not plan.changes:
        return None
    _refuse_changed(folder, [(Path(c.file).name, _digest(c.before)) for c in plan.changes])
    names = [Path(change.file).name for change in plan.changes]
    new = {Path(change.file).name: change.after for change in plan.changes}
    before = {Path(change.file).name: change.before for change in plan.changes}
    try:
        kept = _keep(plan.changes, folder, store, now)
    except OSError as error:
        raise Unreadable(
            _("The old files can't be kept in {folder}: {reason}.").format(
                folder=store, reason=error.strerror or error
            ),
            _("Nothing was changed. Make room there, or check that you may write there."),
        ) from error
    try:
        replace_files(folder, new, (), before)
    except OSError as error:
        _forget(kept, names)
        raise unwritable(folder, error) from error
    return kept


def history(folder: Path, store: Path) -> tuple[Kept, ...]:
    """All that was kept of a policy folder, newest first."""
    found = []
    for listed in sorted((store / _name(folder)).glob(f"*/{LIST}"), reverse=True):
        try:
            found.append(_read(listed))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # a folder that somebody else made or emptied
    return tuple(found)


def last(folder: Path, store: Path) -> Kept:
    """What `put_back` would restore. Raises Refused where there is nothing."""
    for kept in history(folder, store):
        if not kept.put_back:
            return kept
    raise Refused(
        _("Latchkey has changed nothing in {folder} that could be put back.").format(folder=folder),
        _("Only what `latchkey compose --into` or the wizard wrote on this computer can be put back."),
    )


def put_back(folder: Path, store: Path) -> Kept:
    """Restore what the last change replaced. Raises Refused (nothing kept, or changed since) or Unreadable."""
    kept = last(folder, store)
    _refuse_changed(folder, list(zip(kept.files, kept.after, strict=True)))
    old = {name: (kept.place / name).read_bytes() for name in kept.files}
    now = {name: (folder / name).read_bytes() for name in kept.files}
    if [_digest(old[name]) for name in kept.files] != list(kept.before):
        raise Refused(
            _("The kept files in {folder} are no longer what they were.").format(folder=kept.place),
            _("Nothing was changed. Restore the policies from another copy."),
        )
    try:
        replace_files(folder, old, (), now)
        _write(Kept(kept.place, kept.when, kept.folder, kept.files, kept.before, kept.after, put_back=True))
    except OSError as error:
        raise unwritable(folder, error) from error
    return kept


def changed_since(plan: IntoPlan, folder: Path) -> tuple[FileChange, ...]:
    """Files of the set that are different on the disk from what the plan was made from, with both states."""
    found = []
    for policy in plan.before.policies:
        then = plan.before.document(policy).data
        try:
            now = (folder / Path(policy.file).name).read_bytes()
        except OSError:
            now = b""
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
    return [f"{line}\n" for line in text.replace("\r\n", "\n").split("\n")]


def _keep(changes: Sequence[FileChange], folder: Path, store: Path, now: datetime) -> Kept:
    when = now.strftime("%Y-%m-%d %H.%M.%S.%f")[:-3]
    place = store / _name(folder) / when
    place.mkdir(parents=True)
    for change in changes:
        write_whole(place / Path(change.file).name, change.before)
    kept = Kept(
        place,
        when,
        folder.resolve(),
        tuple(Path(change.file).name for change in changes),
        tuple(_digest(change.before) for change in changes),
        tuple(_digest(change.after) for change in changes),
        put_back=False,
    )
    _write(kept)
    return kept


def _write(kept: Kept) -> None:
    files = [
        {"name": name, "before": before, "after": after}
        for name, before, after in zip(kept.files, kept.before, kept.after, strict=True)
    ]
    listed = {"folder": str(kept.folder), "when": kept.when, "put_back": kept.put_back, "files": files}
    write_whole(kept.place / LIST, json.dumps(listed, indent=1, ensure_ascii=False).encode())


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


def _forget(kept: Kept, names: Sequence[str]) -> None:
    for name in (*names, LIST):
        (kept.place / name).unlink(missing_ok=True)
    kept.place.rmdir()


def _refuse_changed(folder: Path, expected: Sequence[tuple[str, str]]) -> None:
    changed = []
    for name, digest in expected:
        try:
            data = (folder / name).read_bytes()
        except OSError:
            data = b""
        if _digest(data) != digest:
            changed.append(name)
    if changed:
        raise Refused(
            _("These files in {folder} have changed in the meantime: {files}.").format(
                folder=folder, files=", ".join(changed)
            ),
            _("Nothing was written. Look at the changes again."),
        )


def _name(folder: Path) -> str:
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
