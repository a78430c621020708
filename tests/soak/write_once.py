"""write_once.py SCENARIO PLACE: does what a scenario does, once, between two looks at a name that is not there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "app")]

from helpers import writing  # noqa: E402  (first the path)
from latchkey.files import disk, turn  # noqa: E402
from latchkey.paths import kept_folder  # noqa: E402

MARK = "/nowhere-latchkey-soak-{}"


def main(name: str, place: Path) -> int:
    """Say by the exit status whether it was done (0) or refused (1)."""
    scenario = next(one for one in writing.ALL if one.name == name)
    turn.this_process()  # what is loaded when it is first needed is loaded now: it is not what is looked at
    kept_folder()
    disk.digest_of(b"")
    Path(MARK.format("begin")).exists()
    try:
        scenario.work(place)
    except Exception:  # noqa: BLE001  (whatever it is, what counts is what is there then)
        return 1
    finally:
        Path(MARK.format("end")).exists()
    return 0


if __name__ == "__main__":
    os._exit(main(sys.argv[1], Path(sys.argv[2])))
