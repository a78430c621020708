"""Every folder of the samples: reading and checking it, as a ratio to parsing and validating it with lxml, in one process
(so without the start of a program, and with Microsoft's schema read once).

Printed are the median and the slowest; nothing fails here.
"""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from latchkey.check.checker import check_set
from latchkey.policy.folder import read_set

RUNS = 3
SHOWN = 5


def least(work: Callable[[], object]) -> float:
    """Processor seconds of the quickest of some runs."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    reference = Path(os.environ["LATCHKEY_REFERENCE"])
    text = next(iter(reference.glob("corpus/starterpack/*.xsd"))).read_text(encoding="utf-8-sig")
    text = re.sub(r'(<xs:pattern value=")\^?(.*?)\$?("\s*/>)', r"\1\2\3", text)  # libxml2 takes ^ and $ for letters
    schema = etree.XMLSchema(etree.fromstring(text.encode()))

    def validate(folder: Path) -> None:
        for file in folder.glob("*.xml"):
            try:
                schema.validate(etree.parse(file))
            except etree.XMLSyntaxError:
                continue

    folders = sorted({path.parent for path in (reference / "corpus").rglob("*.xml")})
    ratios: list[tuple[float, float, Path]] = []
    for folder in folders:
        ours = least(lambda folder=folder: check_set(read_set(folder)))  # type: ignore[misc]
        ratios.append((ours / max(1e-6, least(lambda folder=folder: validate(folder))), ours, folder))  # type: ignore[misc]
    ratios.sort(reverse=True)
    median = statistics.median(ratio for ratio, _ours, _folder in ratios)
    print(
        f"  {median:5.2f}   {'':10}   {'':>16}   latchkey check : parse and validate, median of {len(folders)} folders"
    )
    for ratio, ours, folder in ratios[:SHOWN]:
        print(f"  {ratio:5.2f}   {'':10}   {ours * 1000:13.0f} ms   … {folder.relative_to(reference / 'corpus')}")


if __name__ == "__main__":
    main()
