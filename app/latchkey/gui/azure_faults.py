"""What a text of Azure's is about, and where that is in the policies at hand. Runs on a worker, so it knows no Qt; the
heavy parts are imported when they are first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from latchkey.gui.composing import Composed
from latchkey.jobs import Watch

if TYPE_CHECKING:
    from latchkey.check.explained import Explanation, Reading, Recognised
    from latchkey.check.finding import Finding


class Fault(NamedTuple):
    """One fault that the text names: what it means, our findings about it, each with what would mend it (or nothing),
    and the place that Azure names: file, line and what stands there.
    """

    explanation: Explanation
    findings: tuple[tuple[Finding, str], ...]
    place: tuple[str, int, str]


class Answer(NamedTuple):
    """All faults of a text; `said` is how many Azure speaks of (0: it does not say); `looked`: there were policies to
    look into.
    """

    faults: tuple[Fault, ...]
    said: int
    looked: bool


def answer(text: str, composed: Composed, watch: Watch) -> Answer:
    """Read a text, and look for its faults in the set that is composed or loaded."""
    from latchkey.check.explained import recognise

    reading = recognise(text)
    if composed.into is None and composed.missing is not None:
        composed = composed._replace(policy_set=None)  # a preview was never uploaded
    faults = []
    for number, fault in enumerate(reading.faults):
        watch.step(number / len(reading.faults))
        faults.append(_fault(fault, reading, composed, watch))
    return Answer(tuple(faults), reading.said, composed.policy_set is not None)


def _fault(fault: Recognised, reading: Reading, composed: Composed, watch: Watch) -> Fault:
    from latchkey.check.explained import explained
    from latchkey.check.located import located, place_named

    long = explained(fault.rule)
    assert long is not None  # every rule that a text leads to has its long form (under test)
    long = long._replace(texts=(fault.text,))
    if composed.policy_set is None:
        return Fault(long, (), ("", 0, ""))
    found = located(composed.policy_set, fault, reading.policy)
    if len({finding.rule for finding in found}) == 1:  # Azure's schema messages are more general than our rules
        long = (explained(found[0].rule) or long)._replace(texts=(fault.text,))
    if composed.composed is not None:
        from latchkey.check.origin import traced

        found = traced(found, composed.policy_set, composed.composed.setup)
    place = place_named(composed.policy_set, fault, reading.policy)
    return Fault(long, tuple((finding, _cure(finding, composed, watch)) for finding in found), place)


def _cure(finding: Finding, composed: Composed, watch: Watch) -> str:
    from latchkey.gui.mending import offer

    if composed.into is None:
        return ""
    offered = offer(composed.into.existing, finding, composed.draft, watch)
    return offered.labels[0] if offered is not None else ""
