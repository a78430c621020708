"""A target's bytes led by what they reach (atheris; not one of our dependencies).

    pip install atheris
    python tests/fuzz/led.py TARGET -max_total_time=60 [FOLDER OF FILES TO BEGIN WITH]

libFuzzer's own limits end what takes long (-timeout) or much memory (-rss_limit_mb).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

with atheris.instrument_imports(include=["latchkey"]):
    from targets import TARGETS, answer


def main() -> None:
    """Begin with the target's good files, and those of the folder."""
    name = sys.argv.pop(1)
    folder = Path(sys.argv.pop()) if Path(sys.argv[-1]).is_dir() else None
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as seeds:
        more = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()] if folder else []
        for number, data in enumerate([*target.seeds(), *more]):
            (Path(seeds) / str(number)).write_bytes(data)
        limits = ["-timeout=20", "-rss_limit_mb=2000", "-max_len=40000"]
        atheris.Setup([*sys.argv, *limits, seeds], lambda data: answer(target, data))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
