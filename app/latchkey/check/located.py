"""A fault that Azure names, found again in the files one has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from latchkey.check.checker import check_set
from latchkey.check.explained import Recognised
from latchkey.check.finding import Finding
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet

# Rules that Azure's schema messages may be about, whichever of them we tell it by.
_SCHEMA = frozenset(
    ("element-order", "no-empty-container", "enum-values", "schema-valid", "rp-behaviors-order", "xml-namespace",
     "policy-schema-version", "tenant-id-format", "policy-id-format", "public-policy-uri", "precondition-valid",
     "subjourney-rules", "duplicate-id-in-file", "placeholder-left")
)  # fmt: skip
_NAMES = ("id", "claim", "profile", "journey", "element", "base", "tenant", "value", "key", "step")


def located(policy_set: PolicySet, fault: Recognised, policy: str = "") -> tuple[Finding, ...]:
    """Our findings that are about the same; the likeliest first. Empty: the files here don't have this fault."""
    found = check_set(policy_set)
    same = _SCHEMA if fault.rule in _SCHEMA else frozenset((fault.rule,))
    wanted = key(fault.names.get("policy", policy))
    line = int(fault.names.get("line", "0"))
    scored = [(_score(finding, fault, wanted, line), finding) for finding in found if finding.rule in same]
    best = max((score for score, _finding in scored), default=0)
    return tuple(finding for score, finding in scored if score == best and score > 0)


def _score(finding: Finding, fault: Recognised, policy: str, line: int) -> int:
    """How much of what Azure names stands in the finding; 0: it is about something else."""
    about = [fault.names[name] for name in _NAMES if name in fault.names]
    text = key(f"{finding.message} {finding.hint}")
    hits = sum(key(name) in text for name in about)
    if line:
        # Azure counts in what was uploaded, which may have been edited since
        near = abs(finding.line - line)
        return (
            (8 if near == 0 else 4 if near <= 3 else 0) + hits + (policy == key(finding.policy))
            if near <= 3 or hits
            else 0
        )
    if about and not hits:
        return 0
    return 1 + 2 * hits + (policy == key(finding.policy))


def place_named(policy_set: PolicySet, fault: Recognised, policy: str = "") -> tuple[str, int, str]:
    """The file and line that Azure's own text names, and what stands there; empty where it names none."""
    wanted = policy_set.find(fault.names.get("policy", policy))
    line = int(fault.names.get("line", "0"))
    if wanted is None:
        return "", 0, ""
    lines: Sequence[bytes] = policy_set.document(wanted).body.split(b"\n")
    shown = lines[line - 1].decode("utf-8", "replace").strip()[:120] if 0 < line <= len(lines) else ""
    return wanted.file, line, shown


def distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once."""
    return tuple(dict.fromkeys(findings))
