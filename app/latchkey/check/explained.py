"""The long form of a rule, and Azure's own error texts: which rule they are about, and where in a set that is.

The sentences stand in `resources/rules/en.toml` and its translations, Azure's texts and the links in `azure.json`.
Nothing of it is loaded before somebody asks.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from latchkey.paths import resource
from latchkey.text import language

_PREFIX = re.compile(
    r'Validation failed: (\d+) validation errors?(?:\(s\))? found in policy "([^"]+)" of tenant "([^"]+)"'
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
_LONGEST = 200_000  # of a pasted text; Azure's own are a few thousand letters


class Explanation(NamedTuple):
    """What has to hold, why, what to do; where it is documented; what Azure answers where it does not hold."""

    rule: str
    says: str
    why: str
    do: str
    links: tuple[str, ...]
    texts: tuple[str, ...]


class Recognised(NamedTuple):
    """One fault in a text of Azure's: the rule it is about, and the names in it (policy, line, id, step, …)."""

    rule: str
    names: Mapping[str, str]
    text: str


class Reading(NamedTuple):
    """A whole text of Azure's: its faults, how many it says there are (0: it does not say), and of which policy."""

    faults: tuple[Recognised, ...]
    said: int
    policy: str


def rules() -> tuple[str, ...]:
    """All rules that have a long form."""
    return tuple(_sentences("en"))


def explained(rule: str) -> Explanation | None:
    """The long form in the language in force; None for a rule that nobody knows."""
    english = _sentences("en").get(rule)
    if english is None:
        return None
    own = {**english, **_sentences(language()).get(rule, {})}
    azure = _azure()
    texts = tuple(one["text"] for one in azure["texts"] if one["rule"] == rule)
    return Explanation(rule, own["says"], own.get("why", ""), own["do"], tuple(azure["links"].get(rule, ())), texts)


def recognise(text: str) -> Reading:
    """The faults that a text of Azure's names, each once, in the order in which they stand.

    Azure puts its messages one after the other without anything between, gives the whole list twice, and may cut it
    off; the policy's name in the first sentence is in capitals, in the messages it is as written.
    """
    plain = " ".join(text[:_LONGEST].translate(_QUOTES).replace("&quot;", '"').replace('\\"', '"').split())
    found: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[int, Recognised]] = {}
    for rule, pattern in _patterns():
        for match in pattern.finditer(plain):
            names = {name: value for name, value in match.groupdict().items() if value}
            one = Recognised(rule, names, match.group())
            found.setdefault((rule, tuple(sorted(names.items()))), (match.start(), one))
    head = _PREFIX.search(plain)
    faults = tuple(one for _at, one in sorted(found.values(), key=lambda pair: pair[0]))
    return Reading(faults, int(head.group(1)) if head else 0, head.group(2) if head else "")


@cache
def _azure() -> Mapping[str, Any]:
    raw: Mapping[str, Any] = json.loads(resource("rules", "azure.json").read_text(encoding="utf-8"))
    return raw


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((one["rule"], re.compile(one["match"])) for one in _azure()["texts"])


@cache
def _sentences(code: str) -> Mapping[str, Mapping[str, str]]:
    path = resource("rules", f"{code}.toml")
    if not path.is_file():
        return {}
    raw: Mapping[str, Mapping[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return raw
