"""CHANGELOG.md as installers want it: what is new in each version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import product

_HEADING = re.compile(r"^## \[(?P<version>[^]]+)\](?: - (?P<date>\d{4}-\d{2}-\d{2}))?\s*$")


class Release(NamedTuple):
    """One version: its day and, in whole sentences of plain text, what is new."""

    version: str
    date: str
    news: tuple[str, ...]


def releases() -> tuple[Release, ...]:
    """All versions, the newest first. What is not yet released counts as the version that is being built."""
    today = datetime.fromtimestamp(product.build_time(), UTC).date().isoformat()
    text = (product.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found: list[Release] = []
    for version, date, lines in _sections(text.splitlines()):
        news = tuple(_news(lines))
        if version != "Unreleased":
            found.append(Release(version, date or today, news))
        elif news or not found:
            found.append(Release(product.version(), today, news))
    names = [release.version for release in found]
    if names[0] != product.version() or len(set(names)) < len(names):
        raise SystemExit(f"CHANGELOG.md: the newest version must be {product.version()}, each once; there are {names}")
    return tuple(found)


def _sections(lines: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    headings = [(number, match) for number, line in enumerate(lines) if (match := _HEADING.match(line))]
    ends = [number for number, _match in headings[1:]] + [len(lines)]
    for (start, match), end in zip(headings, ends, strict=True):
        yield match["version"], match["date"] or "", lines[start + 1 : end]


def _news(lines: list[str]) -> Iterator[str]:
    """Each item of the lists as one line, without Markdown's signs."""
    item = ""
    for line in [*lines, ""]:
        if line.startswith("  ") and item:
            item += " " + line.strip()
            continue
        if item:
            yield re.sub(r"[`*]", "", item)
        item = line[2:].strip() if line.startswith("- ") else ""
