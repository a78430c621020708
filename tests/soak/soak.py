"""`make soak`: what takes longer than a test run may. Bounded to ten minutes; each part gets its share and stops in time.

    soak.py [SECONDS] [PART...]

A part is a function that takes the moment when it has to end and returns what it did, in figures; it raises when
something is wrong. All parts are tried; the exit status says whether all were sound.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent), str(Path(__file__).parents[1] / "fuzz")]

import kernel  # noqa: E402
import twice  # noqa: E402
import windows  # noqa: E402

import fuzz  # noqa: E402  (first the path)

LONGEST = 600.0  # seconds, all together
PARTS: dict[str, tuple[float, Callable[[float], str]]] = {  # its share, what it does
    "two faults in one change, and kills while healing": (0.2, twice.run),
    "failures and kills at the kernel's system calls": (0.45, kernel.run),
    "writing on Windows, under Wine": (0.05, windows.run),
    "the command killed at any moment": (0.1, twice.kill_the_command),
    "odd bytes at every way in": (0.2, fuzz.run),
}


def main(words: list[str]) -> int:
    """Run all parts, or those whose names hold one of the words."""
    longest = min(float(words.pop(0)), LONGEST) if words and words[0].replace(".", "", 1).isdigit() else LONGEST
    chosen = {name: part for name, part in PARTS.items() if not words or any(word in name for word in words)}
    shares = sum(share for share, _work in chosen.values())
    bad = 0
    for name, (share, work) in chosen.items():
        start = time.monotonic()
        try:
            told = work(start + longest * share / max(shares, 1.0 if not words else shares))
        except Exception:  # noqa: BLE001  (told, and the next part is tried all the same)
            told = traceback.format_exc()
            bad += 1
        sys.stdout.write(f"{name} ({time.monotonic() - start:.0f} s): {told}\n")
        sys.stdout.flush()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
