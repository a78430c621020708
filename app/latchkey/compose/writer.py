"""A composed set into a folder: look first (`plan`), then write everything or nothing (`carry_out`).

A folder's own files are known by their seal. What somebody else wrote, or changed since, is never touched: the plan
then says which files these are, and nothing is written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from latchkey.compose.composer import ComposedSet
from latchkey.compose.seal import is_sealed
from latchkey.draft.draft import frozen
from latchkey.errors import Refused
from latchkey.files.refusals import unwritable
from latchkey.files.replacing import replace_files
from latchkey.policy.folder import read_folder
from latchkey.policy.reader import BadXml, PolicyFile, read
from latchkey.text import _, join_list

_ROOT = "TrustFrameworkPolicy"
_REFERENCE = re.compile(r"&#([0-9]+);")


@dataclass(frozen=True, slots=True)
class WritePlan:
    """What writing a set into a folder would do; file names are bare.

    `before` holds the bytes found of the files that go or get new content. `refused` are files in the way.
    """

    folder: Path
    files: tuple[PolicyFile, ...]
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    refused: tuple[str, ...]
    before: Mapping[str, bytes] = field(default_factory=lambda: frozen({}))

    @property
    def refusal(self) -> Refused | None:
        """Why nothing may be written, or None."""
        if not self.refused:
            return None
        return Refused(
            _("{folder} has policy files that Latchkey did not write, or that were changed since: {files}.").format(
                folder=self.folder, files=join_list(self.refused)
            ),
            _("Choose an empty folder, or let Latchkey edit these policies in place with --into."),
        )


def plan(composed: ComposedSet, folder: Path) -> WritePlan:
    """What would happen. Touches nothing. The folder need not exist.

    Raises Unreadable where it can't be read, and what is missing where the set is only a preview.
    """
    if composed.missing is not None:
        raise composed.missing
    return _plan(composed.files, Path(folder))


def carry_out(plan: WritePlan) -> None:
    """Write all of it, or, where anything fails, leave the folder as it was.

    Raises Refused where files are in the way or the folder has changed since the plan, Unreadable where it can't be
    written.
    """
    if plan.refusal:
        raise plan.refusal
    if _plan(plan.files, plan.folder) != plan:
        raise Refused(
            _("The files in {folder} have changed since they were looked at.").format(folder=plan.folder),
            _("Nothing was written. Look at the changes again."),
        )
    if not plan.written and not plan.removed:
        return
    after = {file.file: file.data for file in plan.files}
    try:
        replace_files(plan.folder, {name: after[name] for name in plan.written}, plan.removed, plan.before)
    except OSError as error:
        raise unwritable(plan.folder, error) from error


def put_back(plan: WritePlan) -> None:
    """Take back what `carry_out` wrote: files that were there before get their old bytes, the others go.

    Raises Refused where somebody has changed one of them since, Unreadable where the folder can't be written; then
    nothing is changed.
    """
    after = {file.file: file.data for file in plan.files}
    wrote = {name: after[name] for name in plan.written}
    gone = [name for name in plan.removed if os.path.lexists(plan.folder / name)]
    edited = [name for name, data in wrote.items() if _bytes_of(plan.folder / name) != data]
    if gone or edited:
        raise Refused(
            _("These files in {folder} have changed in the meantime: {files}.").format(
                folder=plan.folder, files=join_list((*edited, *gone))
            ),
            _("Nothing was put back. Remove or rename these files yourself if you don't want them."),
        )
    new = [name for name in plan.written if name not in plan.before]
    try:
        replace_files(plan.folder, dict(plan.before), new, wrote)
    except OSError as error:
        raise unwritable(plan.folder, error) from error


def difference(plan: WritePlan) -> str:
    """The plan as a unified diff for people: characters that the files hold as references are shown as themselves."""
    import difflib  # only for who looks at what would be written

    after = {file.file: file.data for file in plan.files}
    parts: list[str] = []
    for name in (*plan.written, *plan.removed):
        old, new = plan.before.get(name), after.get(name)
        parts += difflib.unified_diff(
            _lines(old), _lines(new), name if old is not None else "/dev/null", name if new is not None else "/dev/null"
        )
    return "".join(parts)


def _plan(files: Sequence[PolicyFile], folder: Path) -> WritePlan:
    wanted = {file.file: file.data for file in files}
    there = _found(folder, wanted)
    ours = {name: found.data for name, found in there.items() if is_sealed(found.data)}
    refused = [name for name, found in there.items() if name not in ours and _in_the_way(found, folder / name, wanted)]
    changed = [name for name, data in wanted.items() if ours.get(name) != data]
    removed = [name for name in ours if name not in wanted]
    return WritePlan(
        folder=folder,
        files=tuple(files),
        written=tuple(changed),
        unchanged=tuple(name for name in wanted if name not in changed),
        removed=tuple(removed),
        refused=tuple(refused),
        before=frozen({name: ours[name] for name in (*changed, *removed) if name in ours}),
    )


def _found(folder: Path, wanted: Mapping[str, bytes]) -> dict[str, PolicyFile]:
    """The XML files of the folder by name. A name that differs from a wanted one only in case is that one, where the
    file system thinks so too.
    """
    if not os.path.lexists(folder):
        return {}
    by_case = {name.casefold(): name for name in wanted}
    found = {}
    for file in read_folder(folder):
        name = Path(file.file).name
        meant = by_case.get(name.casefold(), name)
        if meant != name and _same(folder / meant, folder / name):
            name = meant
        found[name] = file
    return found


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _in_the_way(file: PolicyFile, path: Path, wanted: Mapping[str, bytes]) -> bool:
    """Not ours, and either a policy or where one of our files would go. What can't be read may be a policy."""
    if path.name.casefold() in {name.casefold() for name in wanted}:
        return True
    if file.trouble:
        return path.is_file()
    try:
        tag = read(file).root.tag
    except BadXml:
        return _ROOT.encode("ascii") in file.data.replace(b"\0", b"")
    return tag == _ROOT or tag.endswith("}" + _ROOT)


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode("utf-8", "replace")
    return [f"{line}\n" for line in _REFERENCE.sub(_character, text).split("\n")[:-1]]


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1]))
    return character if character.isprintable() and not character.isascii() else match[0]
