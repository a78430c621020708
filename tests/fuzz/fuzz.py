"""Odd bytes against every way in, for a bounded time; counted for each target.

    fuzz.py [SECONDS] [TARGET...]

The bytes are good ones changed by chance (`mutate`), always the same for the same seed. Where atheris is installed,
`led.py TARGET` does the same led by what the bytes reach. What fails is kept in `out/fuzz`, to be tried again:
`fuzz.py FILE TARGET`.
"""

from __future__ import annotations

import faulthandler
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from mutate import mutated  # noqa: E402  (first the path)
from targets import TARGETS, Target, answer  # noqa: E402

KEPT = Path(__file__).parents[2] / "out" / "fuzz"
SLOW = 5.0  # seconds of one execution
_HANGS = 30


class Run(NamedTuple):
    """What came of one target."""

    executions: int
    answers: Counter[str]
    slowest: float
    failed: tuple[Path, ...] = ()

    def __str__(self) -> str:
        ends = ", ".join(f"{count:,} {name}" for name, count in self.answers.most_common())
        return f"{self.executions:,} executions ({ends}), the slowest {self.slowest:.2f} s"


def fuzz(name: str, until: float, seed: int = 1, most: int | None = None) -> Run:
    """Execute a target until then, or so many times. What fails is kept, at most three of it."""
    target, chance = TARGETS[name], random.Random(f"{name} {seed}")
    seeds, answers, slowest = target.seeds(), Counter[str](), 0.0
    failed: dict[str, Path] = {}
    executions = 0
    while (time.monotonic() < until or not executions) and len(failed) < 3 and (most is None or executions < most):
        data = seeds[executions] if executions < len(seeds) else mutated(chance, seeds, target.words)
        took, said, fault = execute(target, data)
        executions, slowest = executions + 1, max(slowest, took)
        answers[said] += 1
        if fault:
            where = fault.strip().splitlines()[-3:]
            failed.setdefault("".join(where), _keep(name, data, fault))
    return Run(executions, answers, slowest, tuple(failed.values()))


def execute(target: Target, data: bytes) -> tuple[float, str, str]:
    """How long it took, the answer, and what is wrong: an exception, or that it took too long."""
    start = time.process_time()
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _ring)
        signal.alarm(_HANGS)
    try:
        said, fault = answer(target, data), ""
    except Exception:  # noqa: BLE001  (that is what is looked for)
        said, fault = "FAILED", traceback.format_exc()
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)
    took = time.process_time() - start
    return took, said, fault or (f"took {took:.1f} s" if took > SLOW else "")


def run(until: float, names: tuple[str, ...] = tuple(TARGETS)) -> str:
    """All targets in equal shares, for `make soak`. Raises AssertionError with what failed."""
    told, failed = [], []
    for place, name in enumerate(names):
        share = (until - time.monotonic()) / (len(names) - place)
        done = fuzz(name, time.monotonic() + share, seed=int(time.time()))
        told.append(f"\n  {name}: {done}")
        failed += done.failed
    if failed:
        raise AssertionError("".join(told) + "\nfailed: " + ", ".join(map(str, failed)))
    return "".join(told)


def _ring(*_what: object) -> None:
    raise TimeoutError(f"nothing came within {_HANGS} s")


def _keep(name: str, data: bytes, fault: str) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    place = KEPT / f"{name}-{abs(hash(data)):x}"
    place.write_bytes(data)
    place.with_suffix(".txt").write_text(fault, encoding="utf-8")
    return place


def main(words: list[str]) -> int:
    """Run the targets for so long, or one kept file again."""
    faulthandler.enable()
    if words and Path(words[0]).is_file():
        sys.stdout.write(f"{execute(TARGETS[words[1]], Path(words[0]).read_bytes())}\n")
        return 0
    seconds = float(words.pop(0)) if words and words[0].replace(".", "", 1).isdigit() else 60.0
    sys.stdout.write(run(time.monotonic() + seconds, tuple(words) or tuple(TARGETS)).strip("\n") + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
