"""How much memory the idle wizard holds, against an empty window: what a process has for itself alone, and all it has in
memory. The example is open, composed and checked.

memory.py           both, each in a process of its own
memory.py wizard    one of them (memory.py empty: the other)
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "resources" / "examples" / "contoso.latchkey.toml"
GOAL = 1.7


def held() -> str:
    """KB in memory, and those that no other process shares."""
    rollup = Path("/proc/self/smaps_rollup")
    text = rollup.read_text(encoding="ascii") if rollup.exists() else ""
    private = sum(int(kb) for kb in re.findall(r"Private_\w+:\s+(\d+) kB", text))
    resident = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return f"{resident.group(1) if resident else 0} {private}"


def empty() -> None:
    """A window with nothing in it."""
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    for _ in range(50):
        app.processEvents()
    print(held(), flush=True)
    os._exit(0)


def wizard() -> None:
    """The wizard on the example, when nothing is left to do."""
    from latchkey.gui.application import Wizard, make_application
    from latchkey.gui.memory import Memory
    from latchkey.secrets import Keychain

    from moves import settle  # isort: skip  (the program's own modules first, as when it starts)

    app = make_application()
    folder = Path(tempfile.mkdtemp())
    made = Wizard(app, Memory(folder / "window.json", folder / "settings.json"), folder, Keychain)
    draft = folder / EXAMPLE.name
    draft.write_bytes(EXAMPLE.read_bytes())
    made.open(draft)
    made.show().resize(1280, 800)
    settle(app, made)
    for _ in range(50):
        app.processEvents()
    print(held(), flush=True)
    made.close()
    os._exit(0)


def measured(name: str) -> tuple[int, int]:
    """The least of three runs."""
    runs = [
        subprocess.run([sys.executable, __file__, name], stdout=subprocess.PIPE, text=True, check=True)
        for _ in range(3)
    ]
    pairs = [tuple(int(word) for word in done.stdout.split()[-2:]) for done in runs]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def main() -> None:
    """Measure and print."""
    if not Path("/proc/self/status").exists():
        print("  memory is not measured: this system has no /proc")
        return
    ours, theirs = measured("wizard"), measured("empty")
    ratio = ours[0] / theirs[0]
    word = "! " if ratio > GOAL else "  "
    shown = f"{ours[0] // 1024} MB : {theirs[0] // 1024} MB"
    print(f"{word}{ratio:5.2f}   (goal {GOAL})   {shown:>16}   memory of the idle wizard : an empty window "
          f"(for itself alone {ours[1] // 1024} : {theirs[1] // 1024} MB)")  # fmt: skip


if __name__ == "__main__":
    {"wizard": wizard, "empty": empty}.get((sys.argv[1:] or [""])[0], main)()
