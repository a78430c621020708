"""Whether a change made a set worse: people's own sets may have errors, for which a new button need not answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from latchkey.check.finding import Finding, Level


def new_findings(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is found after a change and was not before, wherever in its file it stands.

    Sample text is counted, not compared: where some of it is filled in, the sentence about the rest reads otherwise.
    """
    known = Counter(_about(finding) for finding in before)
    found = []
    for finding in after:
        about = _about(finding)
        if known[about] > 0:
            known[about] -= 1
        else:
            found.append(finding)
    return tuple(found)


def worse(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """The errors among the new findings."""
    return tuple(finding for finding in new_findings(before, after) if finding.level is Level.ERROR)


def _about(finding: Finding) -> tuple[str, Level, str, str]:
    message = "" if finding.rule == "placeholder-left" else finding.message
    return finding.rule, finding.level, finding.file, message
