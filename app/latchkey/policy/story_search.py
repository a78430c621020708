"""Finding parts of told journeys by words, for whoever shows them: which they are, and what has to stay in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from latchkey.policy.story import StoryNode

Chain = tuple[StoryNode, ...]

_LARGE = ("journey", "step", "sub")  # may be new by their place alone, with parts that are not


class Found(NamedTuple):
    """Each hit as the way to it, from its journey down, in the order of the tree. `kept` are the parts that stay in
    sight (by identity): hits, what is below them, and what leads to them. `only`: nothing was looked for but parts
    that are new or changed.
    """

    words: tuple[str, ...]
    only: bool
    hits: tuple[Chain, ...]
    kept: frozenset[int]


def words_of(query: str) -> tuple[str, ...]:
    """What is looked for: words without regard to case; in quotation marks together."""
    parts = query.casefold().replace("“", '"').replace("”", '"').split('"')
    found = [part.split() if number % 2 == 0 else [part.strip()] for number, part in enumerate(parts)]
    return tuple(dict.fromkeys(word for words in found for word in words if word))


def search(
    journeys: Sequence[StoryNode],
    query: str,
    badge: Callable[[StoryNode], str] = lambda _node: "",
    origin: Callable[[StoryNode], str] | None = None,
) -> Found | None:
    """The parts that hold every word in their text, remark, id or badge; with an `origin` those of them that are "new"
    or "changed", without what is neither. None: nothing is looked for.
    """
    words = words_of(query)
    if not words and origin is None:
        return None
    hits: list[Chain] = []
    kept: set[int] = set()
    waiting: list[tuple[Chain, bool]] = [((journey,), False) for journey in reversed(journeys)]
    while waiting:
        chain, below = waiting.pop()
        node = chain[-1]
        text = " ".join((node.title, node.note, node.id, badge(node))).casefold()
        came = origin(node) if origin is not None else "new"
        hit = came in ("new", "changed") and all(word in text for word in words)
        if hit:
            hits.append(chain)
            kept.update(id(part) for part in chain)
        elif below:
            kept.add(id(node))
        deeper = below or (hit and (origin is None or (came == "new" and node.kind not in _LARGE)))
        waiting += [((*chain, child), deeper) for child in reversed(node.children)]
    return Found(words, origin is not None, tuple(hits), frozenset(kept))


def places(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where words stand in a text, from and to, in order and without overlap."""
    folded = text.casefold()
    if len(folded) != len(text):  # some letters fold to two: then places would be others
        folded = text.lower() if len(text.lower()) == len(text) else text
    found = []
    for word in words:
        start = folded.find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = folded.find(word, start + len(word))
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return tuple(joined)
