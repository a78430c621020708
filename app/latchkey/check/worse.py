"""Whether a change made a set worse: people's own sets may have errors, for which a new button need not answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from latchkey.check.finding import Finding, Level


def new_findings(
    before: Iterable[Finding], after: Iterable[Finding], theirs: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """What is found after a change and was not before, wherever it stood: what is copied or overridden takes its faults
    along, but a sentence that is said twice now is new once. `theirs` was there before we ever changed anything.

    Sample text is counted by file, not compared: where some is filled in, the sentence about the rest reads otherwise.
    """
    known = Counter(map(_about, before)) | Counter(map(_about, theirs))
    found = []
    for finding in after:
        about = _about(finding)
        if known[about] > 0:
            known[about] -= 1
        else:
            found.append(finding)
    return tuple(found)


def _about(finding: Finding) -> tuple[str, Level, str]:
    return finding.rule, finding.level, finding.file if finding.rule == "placeholder-left" else finding.message
