"""`make bench`: what must be quick, as ratios to something that everybody has, measured in one run.

Processor time of whole processes, the least of several runs in turn with what they are compared with: so neither the
machine nor what else it does decides. Goals are printed beside; nothing fails here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LATCHKEY = (sys.executable, "-m", "latchkey")
RUNS = 7

# Bare lxml on the same files: parse each, validate each against Microsoft's schema. libxml2 reads `^` and `$` in a
# pattern as letters, so they are taken off first.
VALIDATE = """
import re, sys
from lxml import etree
schema = open(sys.argv[1], encoding="utf-8-sig").read()
schema = re.sub(r'(<xs:pattern value=")\\^?(.*?)\\$?("\\s*/>)', r"\\1\\2\\3", schema)
schema = etree.XMLSchema(etree.fromstring(schema.encode()))
for name in sys.argv[2:]:
    schema.validate(etree.parse(name))
"""


class Comparison(NamedTuple):
    """What is measured, and with what."""

    name: str
    ours: Sequence[str]
    theirs: Sequence[str]
    goal: float = 0.0


def processor_time(command: Sequence[str], environ: dict[str, str]) -> float:
    """Seconds that a process and its children took on the processor. It must end with 0, or 1 for findings."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, env=environ, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            output.seek(0)
            sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{output.read().decode()}")
    return usage.ru_utime + usage.ru_stime


def comparisons(reference: Path | None) -> list[Comparison]:
    """Those that can be made here."""
    example = str(ROOT / "resources" / "examples" / "contoso.latchkey.toml")
    window = (sys.executable, str(HERE / "first_window.py"))
    found = [
        Comparison("latchkey providers : import lxml.etree", (*LATCHKEY, "providers"),
                   (sys.executable, "-c", "import lxml.etree"), 4),
        Comparison("the wizard : an empty window, until it is painted", (*window, example), window, 1.6),
        Comparison("the wizard : an empty window, until the first page is painted", (*window, example, "page"), window),
    ]  # fmt: skip
    if reference is None:
        print("LATCHKEY_REFERENCE is not set: the starter packs are not measured.")
        return found
    packs = sorted(path.parent for path in reference.glob("corpus/starterpack/*/TrustFrameworkBase.xml"))
    files = [str(file) for pack in packs for file in sorted(pack.glob("*.xml"))]
    schema = next(iter(reference.glob("corpus/starterpack/*.xsd")))
    check = Comparison(
        f"latchkey check : parse and validate, {len(files)} files of {len(packs)} starter packs",
        (*LATCHKEY, "check", *map(str, packs)), (sys.executable, "-c", VALIDATE, str(schema), *files), 3,
    )  # fmt: skip
    return [check, *found]


def measure(comparison: Comparison, environ: dict[str, str]) -> str:
    """One line: the ratio, its goal, and both times."""
    for command in (comparison.ours, comparison.theirs):  # once unmeasured: byte code and the disk's cache
        processor_time(command, environ)
    pairs = [
        (processor_time(comparison.ours, environ), processor_time(comparison.theirs, environ)) for _ in range(RUNS)
    ]
    ours, theirs = (min(times) for times in zip(*pairs, strict=True))
    ratio = ours / theirs
    word = "! " if 0 < comparison.goal < ratio else "  "
    goal = f"(goal {comparison.goal:g})" if comparison.goal else ""
    times = f"{ours * 1000:.0f} ms : {theirs * 1000:.0f} ms"
    return f"{word}{ratio:5.2f}   {goal:<10}   {times:>16}   {comparison.name}"


def main() -> None:
    """Measure and print."""
    name = os.environ.get("LATCHKEY_REFERENCE")
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "LC_ALL", "PYTHONDONTWRITEBYTECODE"):
            environ.pop(variable, None)
        for comparison in comparisons(Path(name) if name else None):
            print(measure(comparison, environ), flush=True)
        if name:
            subprocess.run([sys.executable, HERE / "folders.py"], env=environ, check=True)
        subprocess.run([sys.executable, HERE / "everything.py"], env=environ, check=True)
        subprocess.run([sys.executable, HERE / "big_sets.py"], env=environ, check=True)
        subprocess.run([sys.executable, HERE / "moves.py"], env=environ, check=True)
        subprocess.run([sys.executable, HERE / "keys.py"], env=environ, check=True)
        subprocess.run([sys.executable, HERE / "memory.py"], env=environ, check=True)
        subprocess.run([sys.executable, HERE / "installed.py"], env=environ, check=True)


if __name__ == "__main__":
    main()
