"""What has one right answer in policies that are there already: worked out to be looked at, then written at once, with
the old files kept. Runs on a worker, so it knows no Qt; the heavy parts are imported when they are first needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from latchkey.errors import LatchkeyError
from latchkey.jobs import Watch
from latchkey.paths import kept_folder

if TYPE_CHECKING:
    from pathlib import Path

    from latchkey.check.finding import Finding
    from latchkey.compose.into.plan import FileChange
    from latchkey.draft.draft import Draft
    from latchkey.gui.existing import Existing
    from latchkey.policy.policy_set import PolicySet


class Offer(NamedTuple):
    """What would be done, in sentences; the files that change, and by policy id what was uploaded of them."""

    folder: Path
    labels: tuple[str, ...]
    changes: tuple[FileChange, ...]
    policies: tuple[str, ...]


def curable(finding: Finding) -> bool:
    """Whether findings of this kind may have a cure at all; cheap."""
    from latchkey.check.cures import CURES

    return bool(finding.file and finding.line) and finding.rule in CURES


def offer(existing: Existing, finding: Finding, draft: Draft, watch: Watch) -> Offer | None:
    """The cure of one finding, for the files as they are in the folder."""
    from latchkey.check.cures import cure
    from latchkey.policy import splice

    here = in_folder(existing, finding, watch)
    found = cure(existing.policy_set, here, known_values(draft)) if here is not None else None
    if here is None or found is None or not found.splices:
        return None
    policy = next(policy for policy in existing.policy_set.policies if policy.file == here.file)
    data = splice.apply(existing.policy_set.document(policy), found.splices)
    return _offer(existing, (found.label,), {here.file: data})


def offer_all(existing: Existing, draft: Draft) -> Offer | None:
    """Every cure that there is."""
    from latchkey.check.cures import mend

    mended = mend(existing.policy_set, known=known_values(draft))
    return _offer(existing, tuple(dict.fromkeys(label for _finding, label in mended.done)), mended.files)


def in_folder(existing: Existing, finding: Finding, watch: Watch) -> Finding | None:
    """The same finding in the files as they are on the disk: with a plan's changes it may stand on another line."""
    there = existing.findings(watch)
    if finding in there:
        return finding
    plain = finding._replace(line=0, column=0)
    same = [one for one in there if one._replace(line=0, column=0) == plain]
    return same[0] if len(same) == 1 else None


def known_values(draft: Draft) -> Mapping[str, str]:
    """Sample texts, and what the draft has in their place."""
    from latchkey.compose.into.placeholders import values

    try:
        return values(draft)
    except LatchkeyError:
        return {}  # the tenant has no name yet


def carry_out(offered: Offer) -> None:
    """Keep the old files and write. Raises Refused where one has changed since, Unreadable; then nothing is written."""
    from latchkey.compose.into import keeping

    keeping.replace_kept(offered.changes, offered.folder, kept_folder(), datetime.now().astimezone())


def _offer(existing: Existing, labels: tuple[str, ...], files: Mapping[str, bytes]) -> Offer | None:
    from latchkey.compose.into.plan import FileChange
    from latchkey.policy.reader import BadXml

    try:
        existing.policy_set.with_bytes(files)
    except (BadXml, LatchkeyError):  # pragma: no cover (no cure makes a file unreadable; if one did, it is not offered)
        return None
    old = _bytes(existing.policy_set)
    changes = tuple(FileChange(file, old[file], data) for file, data in files.items() if old[file] != data)
    if not changes:
        return None
    names = {change.file for change in changes}
    policies = tuple(policy.id for policy in existing.policy_set.policies if policy.file in names)
    return Offer(existing.folder, labels, changes, policies)


def _bytes(policy_set: PolicySet) -> dict[str, bytes]:
    return {policy.file: policy_set.document(policy).data for policy in policy_set.policies}
