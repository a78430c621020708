"""Findings as SARIF 2.1.0, which code hosts and editors show in the files.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote_from_bytes

from latchkey import __version__
from latchkey.check.explained import explained
from latchkey.check.finding import Finding, Level

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def to_sarif(findings: Sequence[Finding]) -> dict[str, Any]:
    """The whole log: one run, its rules, one result a finding."""
    rules = list(dict.fromkeys(finding.rule for finding in findings))
    driver = {
        "name": "Latchkey",
        "version": __version__,
        "rules": [_rule(rule) for rule in rules],
    }
    results = [_result(finding, rules.index(finding.rule)) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: str) -> dict[str, Any]:
    found = explained(rule)
    if found is None:
        return {"id": rule}
    return {
        "id": rule,
        "shortDescription": {"text": found.says},
        "fullDescription": {"text": " ".join(part for part in (found.says, found.why) if part)},
        "help": {"text": found.do},
        **({"helpUri": found.links[0]} if found.links else {}),
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    text = " ".join(part for part in (finding.message, finding.hint) if part)
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.line:
        column = {"startColumn": finding.column} if finding.column else {}
        physical["region"] = {"startLine": finding.line, **column}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": _plain(text)},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {"latchkey/v1": _fingerprint((finding.rule, finding.policy, finding.message))},
    }


def _plain(text: str) -> str:
    """What looks like a link is none: a viewer would make one (§ 3.11.6), and the words may be a stranger's."""
    return text.replace("[", r"\[").replace("]", r"\]") if "](" in text else text


def _uri(file: str) -> str:
    """Relative as the path was given, else a file: address."""
    path = PurePath(file)
    return Path(file).as_uri() if path.is_absolute() else quote_from_bytes(os.fsencode(path.as_posix()))


def _fingerprint(parts: Iterable[str]) -> str:
    import hashlib

    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
