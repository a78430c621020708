"""Guides are in our own words: no run of words of the documents that started the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from latchkey.paths import resource

RUN = 7  # words in a row; portals' own labels are shorter


def runs(text: str) -> Iterator[str]:
    without_addresses = re.sub(r"https?://[^\s)]+", " ", text.lower())
    words = re.findall(r"[a-z0-9]+", without_addresses)
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def test_no_sentence_is_copied(reference: Path) -> None:
    documents = {run for path in sorted(reference.glob("documents/*.txt")) for run in runs(path.read_text("utf-8"))}
    assert len(documents) > 1000
    for path in sorted(Path(resource("guides")).glob("*.en.*")):
        copied = [run for run in runs(path.read_text("utf-8")) if run in documents]
        assert not copied, path.name
