"""Bytes that are nearly right: good ones with pieces changed, dropped, doubled, swapped, or taken from another."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

LONGEST = 40_000
_NOT_IN_XML = bytes((*range(9), 11, 12, *range(14, 32), 0xFE, 0xFF))
_MANY = 2_000  # times that a piece is repeated at most


def mutated(chance: random.Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """One of the seeds after one to six changes."""
    data = bytearray(chance.choice(seeds))
    for _again in range(chance.choice((1, 1, 1, 2, 3, 6))):
        chance.choice(_CHANGES)(chance, data, seeds, words)
    return bytes(data[:LONGEST])


def _flip(chance: random.Random, data: bytearray, _seeds: Sequence[bytes], _words: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.choice((chance.randrange(256), *b"\"'<>&{}[]\n =.,"))


def _drop(chance: random.Random, data: bytearray, _seeds: Sequence[bytes], _words: Sequence[bytes]) -> None:
    start, end = _piece(chance, data)
    del data[start:end]


def _double(chance: random.Random, data: bytearray, _seeds: Sequence[bytes], _words: Sequence[bytes]) -> None:
    start, end = _piece(chance, data)
    data[start:start] = data[start:end]


def _repeat(chance: random.Random, data: bytearray, _seeds: Sequence[bytes], words: Sequence[bytes]) -> None:
    start, end = _piece(chance, data)
    piece = bytes(data[start:end])[:40] if chance.random() < 0.5 or not words else chance.choice(words)
    data[start:start] = piece * chance.randrange(_MANY)


def _swap(chance: random.Random, data: bytearray, _seeds: Sequence[bytes], _words: Sequence[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


def _lines(chance: random.Random, data: bytearray, seeds: Sequence[bytes], _words: Sequence[bytes]) -> None:
    """A whole line gone, doubled, or from another."""
    lines, others = bytes(data).split(b"\n"), chance.choice(seeds).split(b"\n")
    at = chance.randrange(len(lines))
    lines[at : at + 1] = chance.choice(([], [lines[at]] * 2, [lines[at]] * 50, [lines[at], chance.choice(others)]))
    data[:] = b"\n".join(lines)


def _put(chance: random.Random, data: bytearray, _seeds: Sequence[bytes], words: Sequence[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    gone = chance.choice((0, 0, 1, 8))
    data[at : at + gone] = chance.choice(words) if words else b"\0"


def _value(chance: random.Random, data: bytearray, _seeds: Sequence[bytes], words: Sequence[bytes]) -> None:
    """Another text between two quotes: the form stays good, so that this gets far."""
    quotes = [place for place, letter in enumerate(data) if letter == 0x22]
    if len(quotes) > 1 and words:
        place = chance.randrange(0, len(quotes) - 1)
        word = chance.choice(words).replace(b'"', b"'")
        if data.startswith(b"<"):
            word = word.replace(b"&", b"&amp;").replace(b"<", b"&lt;").translate(None, _NOT_IN_XML)
        data[quotes[place] + 1 : quotes[place + 1]] = word


def _other(chance: random.Random, data: bytearray, seeds: Sequence[bytes], _words: Sequence[bytes]) -> None:
    source = chance.choice(seeds)
    start, end = _piece(chance, source)
    at = chance.randrange(len(data) + 1)
    data[at:at] = source[start:end]


def _piece(chance: random.Random, data: bytes | bytearray) -> tuple[int, int]:
    """A short piece, a line, or anything."""
    start = chance.randrange(len(data) + 1)
    kind = chance.random()
    if kind < 0.4:
        return start, min(len(data), start + chance.randrange(1, 20))
    if kind < 0.8:
        end = data.find(b"\n", start)
        return data.rfind(b"\n", 0, start) + 1, end + 1 if end >= 0 else len(data)
    return start, chance.randrange(start, len(data) + 1)


_CHANGES: Sequence[Callable[[random.Random, bytearray, Sequence[bytes], Sequence[bytes]], None]] = (
    _flip, _drop, _double, _repeat, _swap, _swap, _lines, _lines, _lines, _put, _other, *[_value] * 8,
)  # fmt: skip
