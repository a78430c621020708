"""Guessing which name was meant. Nothing is loaded or compared before a name is missing."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 400  # candidates worth comparing: a hostile file may define any number


def similar(name: str, candidates: Iterable[str]) -> str:
    """The candidate nearest to a misspelt name, or empty."""
    from difflib import get_close_matches

    by_key = {candidate.casefold(): candidate for candidate in list(candidates)[:_MOST]}
    found = get_close_matches(name.casefold()[:100], list(by_key), n=1, cutoff=0.8)
    return by_key[found[0]] if found else ""
