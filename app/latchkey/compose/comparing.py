"""Two texts of one file, line beside line: what came, what went, what changed within a line. For showing, side by side
or one below the other; `patch` makes what programs apply.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from latchkey.policy.reader import BadXml, decode

Kind = Literal["same", "changed", "added", "removed"]
Span = tuple[int, int]  # from, to

_CONTEXT = 3  # lines that stay around a change when the rest is folded
_FEW = 40  # lines on both sides that are still paired by what they say
_ALIKE = 0.45  # of two lines, from which one is the other changed
_LONGEST = 2000  # letters of a line that is looked into
_MANY = 1000  # lines, from which those that stand once are looked for first
_TOO_MANY = 1_000_000  # pairs of the same line in two files without a common order
_WORDS = re.compile(r"\w+|\s+|.", re.DOTALL)


class Row(NamedTuple):
    """A line before and after; numbers count from 1, 0 is none."""

    kind: Kind
    old: int
    new: int
    before: str
    after: str


class Fold(NamedTuple):
    """Rows that are the same on both sides, from and up to (without) a number."""

    first: int
    last: int


def compare(before: bytes, after: bytes) -> tuple[Row, ...]:
    """All lines of both."""
    old, new = _lines(before), _lines(after)
    rows: list[Row] = []
    for tag, i, j, k, m in _changes(old, new):
        if tag == "equal":
            rows += [Row("same", i + n + 1, k + n + 1, _shown(old[i + n]), _shown(new[k + n])) for n in range(j - i)]
        else:
            rows += _beside(old, new, (i, j), (k, m))
    return tuple(rows)


def folded(rows: Sequence[Row]) -> tuple[Row | Fold, ...]:
    """Only what changed, with some lines around; the rest in folds."""
    near = [False] * len(rows)
    for number, row in enumerate(rows):
        if row.kind != "same":
            for place in range(max(0, number - _CONTEXT), min(len(rows), number + _CONTEXT + 1)):
                near[place] = True
    shown: list[Row | Fold] = []
    number = 0
    while number < len(rows):
        last = number
        while last < len(rows) and not near[last]:
            last += 1
        if last - number > 1:
            shown.append(Fold(number, last))
            number = last
        else:
            shown.append(rows[number])
            number += 1
    return tuple(shown)


def marks(before: str, after: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """What differs within two lines; nothing where they have little in common."""
    if max(len(before), len(after)) > _LONGEST:
        return (), ()
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if SequenceMatcher(None, old, new, autojunk=False).ratio() < _ALIKE:
        return (), ()
    ends_old, ends_new = _ends(old), _ends(new)
    gone, come = [], []
    for tag, i, j, k, m in _changes(old, new):
        if tag != "equal":
            if j > i:
                gone.append((ends_old[i], ends_old[j]))
            if m > k:
                come.append((ends_new[k], ends_new[m]))
    return _joined(gone, before), _joined(come, after)


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`; what both begin and end with is not looked at twice."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield "equal", 0, head, 0, head
    i = k = 0
    anchors = _anchors(middle_old, middle_new) if len(middle_old) + len(middle_new) > _MANY else []
    for one, other in [*anchors, (len(middle_old), len(middle_new))]:
        for tag, *places in _opcodes(middle_old[i:one], middle_new[k:other]):
            first, last, from_, to = places
            yield tag, first + i + head, last + i + head, from_ + k + head, to + k + head
        if one < len(middle_old) and other < len(middle_new):
            yield "equal", one + head, one + 1 + head, other + head, other + 1 + head
        i, k = one + 1, other + 1
    if tail:
        yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def _opcodes(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What `SequenceMatcher` finds; where it would look at too many pairs of lines, all was replaced."""
    counts = Counter(new)
    if sum(counts[line] for line in old) > _TOO_MANY:
        return (("replace", 0, len(old), 0, len(new)),)
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Lines that stand once in both, the most of them that are in one order: between them little is left to compare
    (https://bramcohen.livejournal.com/73318.html).
    """
    once = {line: number for number, line in enumerate(new)}
    counts_old, counts_new = Counter(old), Counter(new)
    pairs = [
        (number, once[line]) for number, line in enumerate(old) if counts_old[line] == 1 and counts_new.get(line) == 1
    ]
    ends: list[int] = []
    runs: list[int] = []
    before: list[int] = []
    for place, (_number, other) in enumerate(pairs):
        length = bisect_left(ends, other)
        before.append(runs[length - 1] if length else -1)
        ends[length : length + 1], runs[length : length + 1] = [other], [place]
    found: list[tuple[int, int]] = []
    place = runs[-1] if runs else -1
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]


def _beside(old: list[str], new: list[str], gone: Span, come: Span) -> Iterator[Row]:
    """Lines that were replaced: each beside the one that it became."""
    i, k = gone[0], come[0]
    for one, other in _pairs(old[slice(*gone)], new[slice(*come)]):
        while i < gone[0] + one:
            yield Row("removed", i + 1, 0, _shown(old[i]), "")
            i += 1
        while k < come[0] + other:
            yield Row("added", 0, k + 1, "", _shown(new[k]))
            k += 1
        before, after = _shown(old[i]), _shown(new[k])
        if before == after:  # only the line ends differ
            before, after = old[i].replace("\r", "␍"), new[k].replace("\r", "␍")
        yield Row("changed", i + 1, k + 1, before, after)
        i, k = i + 1, k + 1
    for number in range(i, gone[1]):
        yield Row("removed", number + 1, 0, _shown(old[number]), "")
    for number in range(k, come[1]):
        yield Row("added", 0, number + 1, "", _shown(new[number]))


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which lines are the same, changed: those most alike, in order. Of many lines the first with the first."""
    if not old or not new:
        return []
    if len(old) * len(new) > _FEW * _FEW:
        return [(number, number) for number in range(min(len(old), len(new)))]
    best = [[0.0] * (len(new) + 1) for _line in range(len(old) + 1)]
    alike = [[_alike(one, other) for other in new] for one in old]
    for i in range(len(old) - 1, -1, -1):
        for k in range(len(new) - 1, -1, -1):
            best[i][k] = max(best[i + 1][k], best[i][k + 1], best[i + 1][k + 1] + alike[i][k])
    found, i, k = [], 0, 0
    while i < len(old) and k < len(new):
        if alike[i][k] and best[i][k] == best[i + 1][k + 1] + alike[i][k]:
            found.append((i, k))
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1
    return found


def _alike(one: str, other: str) -> float:
    if one.strip() == other.strip():
        return 1.0
    matcher = SequenceMatcher(None, one.strip()[:_LONGEST], other.strip()[:_LONGEST], autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _ends(words: Sequence[str]) -> list[int]:
    places = [0]
    for word in words:
        places.append(places[-1] + len(word))
    return places


def _joined(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Spans with nothing but one blank between them are one."""
    joined: list[Span] = []
    for first, last in spans:
        if joined and not text[joined[-1][1] : first].strip():
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return tuple(joined)


def _lines(data: bytes) -> list[str]:
    try:
        text = decode(data)
    except BadXml:
        text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def _shown(line: str) -> str:
    return line.removesuffix("\r")
