"""The work behind Review, Save and Go live: the composed set of a draft, read back and checked, what writing it would
do, and the guide. Runs on a worker thread, so it knows no Qt; the heavy parts are imported when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from latchkey.draft.draft import Draft, frozen
from latchkey.errors import LatchkeyError
from latchkey.jobs import Watch

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.check.finding import Finding
    from latchkey.compose.composer import ComposedSet
    from latchkey.compose.writer import WritePlan
    from latchkey.gui.existing import Into, Source
    from latchkey.guide.model import Guide
    from latchkey.policy.effective import Effective
    from latchkey.policy.policy_set import PolicySet

    Guided = Callable[[], Guide]


class Composed(NamedTuple):
    """What a draft makes. Without answers that it needs, the set is a preview to look at (`composed.missing` says what
    is missing); where not even names can be decided there is no set, and `refusal` says why.
    """

    draft: Draft
    composed: ComposedSet | None = None
    policy_set: PolicySet | None = None
    effective: Mapping[str, Effective] = frozen({})  # by relying party's policy id
    findings: tuple[Finding, ...] = ()
    refusal: LatchkeyError | None = None
    guided: Guided | None = None  # None: nothing was composed yet
    folder: Path | None = None
    plan: WritePlan | None = None  # what writing into `folder` would do
    folder_trouble: LatchkeyError | None = None
    source: Source | None = None  # the policies that the draft changes, where it does not make new ones
    into: Into | None = None
    draft_findings: tuple[Finding, ...] | None = None  # with a source; else the session checks the draft itself

    @property
    def guide(self) -> Guide | None:
        """What is left to do by hand. Made when it is first asked for: nobody does on the start page, and to read its
        texts takes more memory than all else that is composed.
        """
        return self.guided() if self.guided is not None else None

    @property
    def writable(self) -> bool:
        """There is a whole set, and no finding stands against writing it."""
        if self.into is not None:
            whole, found = self.into.plan is not None, (*self.findings, *(self.draft_findings or ()))
        else:
            whole, found = self.composed is not None and self.composed.missing is None, self.findings
        return whole and not any(finding.level.name == "ERROR" for finding in found)

    @property
    def sound(self) -> bool:
        """Nothing stands against it: a set can be written, or the steps of a user flow, which has no set, be done."""
        return self.writable or (self.draft.policies.kind == "user-flow" and self.guided is not None)

    @property
    def written(self) -> bool:
        """The folder holds exactly this set."""
        if self.into is not None:
            return self.writable and self.into.plan is not None and not self.into.plan.changes
        return self.writable and self.plan is not None and not (self.plan.written or self.plan.removed)

    @property
    def missing(self) -> LatchkeyError | None:
        """What stands against writing: answers that are not there yet, or what the policies don't allow."""
        return self.composed.missing if self.composed is not None else self.refusal


def compose_and_check(draft: Draft, catalogue: Catalogue, folder: Path | None, watch: Watch) -> Composed:
    """Compose, read back, check, plan: the bytes that are shown are the bytes that would be written."""
    if draft.policies.kind == "user-flow":
        return Composed(draft, guided=guided(draft, catalogue))
    from latchkey.check.checker import check_set
    from latchkey.check.origin import traced
    from latchkey.compose.composer import preview
    from latchkey.policy.policy_set import PolicySet

    try:
        made = preview(draft, catalogue)
    except LatchkeyError as refusal:
        return Composed(draft, refusal=refusal, guided=guided(draft, catalogue), folder=folder)
    watch.step(0.3)
    policy_set = PolicySet.of(made.files)
    watch.step(0.5)
    effective = {
        policy.id: policy_set.effective(policy) for policy in policy_set.policies if policy.relying_party is not None
    }
    watch.step(0.6)
    # A preview's gaps are findings of the draft already; on its files they would only be said twice.
    findings = check_set(policy_set, ours=True, watch=watch) if made.missing is None else ()
    findings = traced(findings, policy_set, made.setup)
    plan, trouble = _planned(made, folder)
    todo = guided(draft, catalogue, policy_set)
    return Composed(
        draft, made, policy_set, frozen(effective), findings, made.missing, todo, folder, plan, trouble
    )  # fmt: skip


def guided(draft: Draft, catalogue: Catalogue, policy_set: PolicySet | None = None) -> Guided:
    """The guide, when it is asked for."""

    def make() -> Guide:
        from latchkey.guide.guide import make_guide

        return make_guide(draft, catalogue, policy_set)

    return cache(make)


def _planned(made: ComposedSet, folder: Path | None) -> tuple[WritePlan | None, LatchkeyError | None]:
    from latchkey.compose.writer import plan

    if folder is None or made.missing is not None:
        return None, None
    try:
        return plan(made, folder), None
    except LatchkeyError as error:
        return None, error


def all_ticks(guide: Guide) -> tuple[str, ...]:
    """The ids of everything that can be ticked off when going live."""
    items = [item.id for section in guide.sections for item in section.steps]
    flows = [item.id for one in guide.providers if one.user_flow is not None for item in one.user_flow.steps]
    keys, uploads = [key.id for key in guide.policy_keys], [upload.id for upload in guide.uploads]
    return (*items, *flows, *keys, *uploads, *(link.id for link in guide.test_links))
