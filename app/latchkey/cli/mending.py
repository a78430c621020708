"""`latchkey check --fix`: what has one right answer is mended, and what was there is kept for `latchkey undo`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from latchkey.check.cures import Mended, mend
from latchkey.check.finding import Finding
from latchkey.cli.terminal import flat
from latchkey.compose.into import keeping
from latchkey.compose.into.plan import FileChange
from latchkey.errors import WrongUsage
from latchkey.paths import kept_folder
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _, ngettext


def mend_all(
    arguments: argparse.Namespace, sets: Iterable[tuple[PolicySet, frozenset[str] | None]]
) -> tuple[list[PolicySet], dict[str, Any], list[str]]:
    """The sets as they are afterwards (with --diff: as they still are), what was done as JSON, and as lines of text.
    With each set go the files that may be mended; None: all.
    """
    known = _known(arguments.draft)
    after: list[PolicySet] = []
    listed: list[dict[str, Any]] = []
    lines: list[str] = []
    diffs: list[str] = []
    for policy_set, only in sets:
        mended = mend(policy_set, only, known)
        changes = _changes(policy_set, mended)
        if arguments.diff:
            diffs.append(keeping.difference(changes))
        elif changes:
            _write(changes)
        after.append(policy_set if arguments.diff else mended.after)
        listed += [_json(finding, label) for finding, label in mended.done]
        lines += _told(mended, written=not arguments.diff)
    shown = "".join(diffs)
    return (
        after,
        {"fixed": listed, **({"diff": shown} if arguments.diff else {})},
        [*lines, *([shown] if shown else [])],
    )


def _known(draft: str | None) -> Mapping[str, str]:
    """Sample texts and what the draft has in their place."""
    if draft is None:
        return {}
    from latchkey.compose.into.placeholders import values
    from latchkey.draft.store import load

    return values(load(Path(draft)))


def _changes(policy_set: PolicySet, mended: Mended) -> list[FileChange]:
    before = {policy.file: policy_set.document(policy).data for policy in policy_set.policies}
    return [FileChange(file, before[file], data) for file, data in mended.files.items() if before[file] != data]


def _write(changes: Sequence[FileChange]) -> None:
    folders = {Path(change.file).parent for change in changes}
    if len(folders) != 1:  # a set is one folder
        raise WrongUsage(_("These files stand in several folders."), _("Name one folder, or the files of one."))
    keeping.replace_kept(changes, folders.pop(), kept_folder(), datetime.now().astimezone())


def _json(finding: Finding, label: str) -> dict[str, Any]:
    return {"rule": finding.rule, "file": finding.file, "line": finding.line, "message": finding.message, "fix": label}


def _told(mended: Mended, *, written: bool) -> list[str]:
    if not mended.done:
        return [_("There is nothing that Latchkey could mend by itself."), ""]
    count = len(mended.done)
    if written:
        head = ngettext(
            "Mended {count} thing (`latchkey undo` takes it back):",
            "Mended {count} things (`latchkey undo` takes them back):",
            count,
        )
    else:
        head = ngettext("Would mend {count} thing:", "Would mend {count} things:", count)
    lines = [
        f"  {flat(finding.file)}:{finding.line}  {flat(label)}  [{finding.rule}]" for finding, label in mended.done
    ]
    return [head.format(count=count), *lines, ""]
