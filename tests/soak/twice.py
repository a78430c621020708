"""Faults upon faults: a second one in the same change, a kill while the first kill is healed, and the command killed at
any moment.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from helpers import writing
from helpers.composing import catalogue, draft, provider
from helpers.faults import ERRNOS, Fault, finished, forked, points, ready, tree
from helpers.writing import Scenario
from latchkey.compose.composer import compose
from latchkey.files import healing


def run(until: float) -> str:
    """As many pairs as there is time for; all scenarios in turn, the points by chance."""
    chance, ends = random.Random(8), Counter[str]()
    with Memory() as folder:
        counts = {scenario.name: len(points(scenario, folder)) for scenario in writing.ALL}
        while time.monotonic() < until:
            scenario = chance.choice(writing.ALL)
            first = Fault(chance.randint(1, counts[scenario.name]), chance.choice(["kill", "torn", *ERRNOS]))
            second = Fault(chance.randint(1, 40), chance.choice(["kill", "torn"]))
            ends[one(scenario, folder, first, second)] += 1
    return f"{sum(ends.values())} pairs, {dict(sorted(ends.items()))}, none mixed, none lost"


def one(scenario: Scenario, folder: Path, first: Fault, second: Fault) -> str:
    """A fault, then a kill while the next start heals, then a start in peace."""
    with ready(scenario, folder) as place:
        old = tree(place)
        forked(lambda: scenario.work(place), None)
        new = tree(place)
        shutil.rmtree(place)
    with ready(scenario, folder) as place:
        forked(lambda: scenario.work(place), first)
        forked(healing.heal_all, second)
        now = finished(place)
        shutil.rmtree(place)
    if now not in (old, new):
        raise AssertionError(f"{scenario.name}, {first}, then {second}: neither old nor new")
    return "old" if now == old else "new"


def kill_the_command(until: float) -> str:
    """`latchkey compose --into`, killed after any time; then another command, which heals."""
    chance, ends = random.Random(9), Counter[str]()
    with Memory() as folder:
        wanted, other = folder / "shop.latchkey.toml", folder / "policies"
        before = {file.file: file.data for file in compose(draft("social", provider("wechat")), catalogue()).files}
        wanted.write_text(DRAFT, "utf-8")
        environ = {**os.environ, "XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config")}
        command = [sys.executable, "-m", "latchkey"]
        after: dict[str, bytes] = {}
        longest = 0.0
        while time.monotonic() < until or not after:
            shutil.rmtree(other, ignore_errors=True)
            other.mkdir()
            for name, data in before.items():
                (other / name).write_bytes(data)
            start = time.monotonic()
            process = subprocess.Popen([*command, "compose", str(wanted), "--into", str(other)], env=environ,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
            if not after:
                process.wait()
                longest, after = time.monotonic() - start, files(other)
                continue
            time.sleep(chance.uniform(0.5, 1.05) * longest)
            process.send_signal(signal.SIGKILL)
            process.wait()
            subprocess.run([*command, "show", str(other)], env=environ, capture_output=True, check=False)
            now = files(other)
            if now not in (before, after):
                raise AssertionError(f"neither old nor new: {sorted(now)}")
            ends["old" if now == before else "new"] += 1
    return f"{sum(ends.values())} kills, {dict(ends)}, none mixed, none lost"


DRAFT = """\
format = 1
[tenant]
name = "contoso"
[policies]
kind = "custom"
accounts = "social"
[[providers]]
type = "wechat"
client_id = "wx0123456789abcdef"
[[providers]]
type = "qq"
client_id = "101234567"
"""


def files(folder: Path) -> dict[str, bytes]:
    """All that is in a folder, with litter."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Memory:
    """A place for thousands of little trees: in memory, where there is such a place."""

    def __enter__(self) -> Path:
        self._folder = tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        return Path(self._folder.name)

    def __exit__(self, *_error: object) -> None:
        self._folder.cleanup()
