"""Findings as JSON (the contract's shape) and as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from latchkey.check.finding import Finding, Level
from latchkey.cli.layout import width, wrapped
from latchkey.cli.terminal import flat
from latchkey.text import _, join_list, ngettext


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether one of them stands against writing or uploading."""
    return any(finding.level is Level.ERROR for finding in findings)


def to_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The list under `findings`. Findings on a draft carry the key's path as `field` too."""
    return [
        {
            "rule": finding.rule,
            "level": finding.level.value,
            "file": finding.file,
            "line": finding.line,
            **({"column": finding.column} if finding.column else {}),
            "policy": finding.policy,
            "message": finding.message,
            "hint": finding.hint,
            **({"field": finding.field} if finding.field else {}),
        }
        for finding in findings
    ]


def to_text(findings: Sequence[Finding]) -> list[str]:
    """Grouped by file; for each where it is, how bad, what is wrong, what to do, and the rule's id."""
    lines: list[str] = []
    for file, group in groupby(findings, key=lambda finding: finding.file):
        lines += [*([""] if lines else []), *([flat(file)] if file else [])]
        for finding in group:
            lines += _one(finding, indent=2 if file else 0)
    return lines


def _one(finding: Finding, indent: int) -> list[str]:
    line = _("line {line}").format(line=finding.line) if finding.line else ""
    place = join_list(part for part in (line, finding.field) if part)
    head = f"{flat(place)}: {level_word(finding.level)}" if place else level_word(finding.level)
    space = " " * indent
    lines = [f"{space}{head}  [{finding.rule}]"]
    lines += wrapped(finding.message, indent + 4)
    return lines + (wrapped(finding.hint, indent + 4) if finding.hint else [])


def level_word(level: Level) -> str:
    """The level as a person reads it."""
    return {Level.ERROR: _("error"), Level.WARNING: _("warning"), Level.INFO: _("note")}[level]


def summary(findings: Sequence[Finding]) -> str:
    """`2 errors, 1 warning`; empty for nothing."""
    counts = {level: sum(finding.level is level for finding in findings) for level in Level}
    errors, warnings, notes = counts[Level.ERROR], counts[Level.WARNING], counts[Level.INFO]
    parts = [
        ngettext("{count} error", "{count} errors", errors).format(count=errors) if errors else "",
        ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings) if warnings else "",
        ngettext("{count} note", "{count} notes", notes).format(count=notes) if notes else "",
    ]
    return join_list(part for part in parts if part)


def underlined(title: str, mark: str = "-") -> list[str]:
    """A heading."""
    text = flat(title)
    return [text, mark * max(3, width(text))]
