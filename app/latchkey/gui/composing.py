"""The work behind Review, Save and Go live: the composed set of a draft, read back and checked. Runs on a worker
thread, so it knows no Qt; the heavy parts are imported when the first set is composed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from latchkey.check.finding import Finding, Level
from latchkey.draft.draft import Draft, frozen
from latchkey.errors import LatchkeyError
from latchkey.jobs import Watch

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.compose.composer import ComposedSet
    from latchkey.policy.effective import Effective
    from latchkey.policy.policy_set import PolicySet


@dataclass(frozen=True, slots=True)
class Composed:
    """What a draft makes: the set and how it reads, or the refusal that says why there is none."""

    draft: Draft
    composed: ComposedSet | None = None
    policy_set: PolicySet | None = None
    effective: Mapping[str, Effective] = field(default_factory=lambda: frozen({}))  # by relying party's policy id
    findings: tuple[Finding, ...] = ()
    refusal: LatchkeyError | None = None

    @property
    def writable(self) -> bool:
        """There is a set, and no finding stands against writing it."""
        return self.composed is not None and not any(finding.level is Level.ERROR for finding in self.findings)


def compose_and_check(draft: Draft, catalogue: Catalogue, watch: Watch) -> Composed:
    """Compose, read back, check: the bytes that are shown are the bytes that would be written."""
    if draft.policies.kind == "user-flow":
        return Composed(draft)
    from latchkey.check.checker import check_set
    from latchkey.compose.composer import compose
    from latchkey.policy.policy_set import PolicySet

    try:
        made = compose(draft, catalogue)
    except LatchkeyError as refusal:
        return Composed(draft, refusal=refusal)
    watch.step(0.3)
    policy_set = PolicySet.of(made.files)
    watch.step(0.5)
    effective = {
        policy.id: policy_set.effective(policy) for policy in policy_set.policies if policy.relying_party is not None
    }
    watch.step(0.6)
    findings = check_set(policy_set, ours=True, watch=watch)
    return Composed(draft, made, policy_set, frozen(effective), findings)
