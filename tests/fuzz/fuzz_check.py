"""Bytes against the reader and the checker, led by what they reach (atheris; not one of our dependencies).

    pip install atheris
    python tests/fuzz/fuzz_check.py -max_total_time=60 [FOLDER OF POLICIES]

Whatever comes: findings, never an exception. libFuzzer's own limits end what takes long (-timeout) or much memory
(-rss_limit_mb).
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["latchkey"]):
    from helpers.small_set import PARTY, small_set
    from latchkey.check.checker import check_set
    from latchkey.check.cures import mend
    from latchkey.check.explained import recognise
    from latchkey.policy.policy_set import PolicyFile, PolicySet

FILES = [PolicyFile(name, text.encode()) for name, text in small_set().items()]
OTHERS = [file for file in FILES if file.file != PARTY]


def one(data: bytes) -> None:
    """A file of these bytes, among good ones; checked, mended, and its text pasted as if Azure had said it."""
    policy_set = PolicySet.of([*OTHERS, PolicyFile(PARTY, data)])
    for finding in check_set(policy_set):
        if not finding.message or finding.line < 0:
            raise AssertionError(finding)
    mend(policy_set)
    recognise(data[:2000].decode("utf-8", "replace"))


def main() -> None:
    """Begin with the good files, small as they are."""
    corpus = Path(sys.argv[-1]) if len(sys.argv) > 1 and Path(sys.argv[-1]).is_dir() else None
    arguments = [argument for argument in sys.argv if corpus is None or argument != str(corpus)]
    seeds = Path(__file__).with_name("corpus")
    seeds.mkdir(exist_ok=True)
    for file in FILES:
        (seeds / file.file).write_bytes(file.data)
    for path in sorted(corpus.rglob("*.xml")) if corpus is not None else ():
        (seeds / path.name).write_bytes(path.read_bytes())
    atheris.Setup([*arguments, "-timeout=20", "-rss_limit_mb=2000", "-max_len=40000", str(seeds)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
