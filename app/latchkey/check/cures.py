"""Cures: where a finding has one right answer, the exact bytes that change.

A cure is worked out when somebody asks for it, from the finding and the set it was found in; checking costs nothing
more for it. `mend` carries out all that there are, round by round, since one cure may make room for another (a list
that has become empty goes in the next round).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from latchkey.check import moves, texts
from latchkey.check.checker import check_set
from latchkey.check.cure import Cure, Place
from latchkey.check.finding import Finding
from latchkey.policy import splice
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.reader import BadXml
from latchkey.policy.splice import Splice

ROUNDS = 8

CURES: Mapping[str, Callable[[Place], Cure | None]] = {
    "element-order": moves.in_order,
    "rp-behaviors-order": moves.in_order,
    "no-empty-container": moves.without,
    "vtp-duplicate": moves.without,
    "duplicate-metadata-key": moves.without_same_item,
    "selection-target-in-next-step": moves.missing_exchange,
    "steps-contiguous": texts.renumbered,
    "duplicate-id-in-file": texts.renumbered,
    "id-case-drift": texts.exact_case,
    "claim-type-exists": texts.user_key,
    "use-policy-in-redirect-uri-false": texts.redirect_uri,
    "policy-schema-version": texts.schema_version,
    "public-policy-uri": texts.public_uri,
    "xml-namespace": texts.namespace,
    "enum-values": texts.exact_value,
    "schema-valid": texts.without_blanks,
    "precondition-valid": texts.boolean_value,
    "rp-profile-id": texts.profile_id,
    "placeholder-left": texts.placeholder,
}


class Mended(NamedTuple):
    """The set after its cures: what changed in each file, and what was found and cured, in the order it was done."""

    after: PolicySet
    files: Mapping[str, bytes]
    done: tuple[tuple[Finding, str], ...]


def cure(policy_set: PolicySet, finding: Finding, known: Mapping[str, str] | None = None) -> Cure | None:
    """The one right answer to a finding, or None. `known`: sample texts and what belongs in their place."""
    find = CURES.get(finding.rule)
    policy = next((policy for policy in policy_set.policies if policy.file == finding.file), None)
    if find is None or policy is None or not finding.line:
        return None
    return find(Place(policy_set, policy, finding, known or {}))


def mend(policy_set: PolicySet, files: Iterable[str] | None = None, known: Mapping[str, str] | None = None) -> Mended:
    """Carry out every cure there is, in these files only if they are named."""
    wanted = None if files is None else frozenset(files)
    done: list[tuple[Finding, str]] = []
    changed: dict[str, bytes] = {}
    now = policy_set
    for _round in range(ROUNDS):
        per_file: dict[str, list[tuple[Finding, Cure]]] = {}
        for finding in check_set(now):
            found = cure(now, finding, known) if wanted is None or finding.file in wanted else None
            if found is not None:
                per_file.setdefault(finding.file, []).append((finding, found))
        new: dict[str, bytes] = {}
        for file, cures in per_file.items():
            policy = next(policy for policy in now.policies if policy.file == file)
            chosen = list(_apart(cures))
            new[file] = splice.apply(now.document(policy), [one for _f, found in chosen for one in found.splices])
            done += [(finding, found.label) for finding, found in chosen]
        try:
            after = now.with_bytes(new)
        except BadXml:  # pragma: no cover (no cure makes a file unreadable; if one did, nothing of it is kept)
            break
        if after is now:
            break
        now, changed = after, {**changed, **new}
    return Mended(now, changed, tuple(done))


def _apart(cures: list[tuple[Finding, Cure]]) -> Iterator[tuple[Finding, Cure]]:
    """Those that don't touch the same bytes; the others have their turn in the next round."""
    taken: list[Splice] = []
    for finding, found in cures:
        together = sorted([*taken, *found.splices], key=lambda one: (one.start, one.end))
        if found.splices and all(a.end <= b.start and a != b for a, b in pairwise(together)):
            taken += found.splices
            yield finding, found
