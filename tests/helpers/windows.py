"""A Windows computer with a screen, for tests of the setup: Wine, Xvfb, and hands that press keys."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from helpers.checkout import ROOT

sys.path.insert(0, str(ROOT / "packaging"))

from windows import wine

_CURSOR = 200  # pixels
LONGEST = 60  # seconds to wait for anything on the screen
NEEDED = (*wine.NEEDED, "Xvfb", "xdotool", "openbox", "import", "compare")
LIBRARIES = ROOT / "build" / "windows" / "packages"
PYTHON = ROOT / "build" / "windows" / "python" / "python.exe"


def missing() -> list[str]:
    """The commands that these tests need and that are not there."""
    return [command for command in NEEDED if shutil.which(command) is None]


class Screen(NamedTuple):
    """A screen of its own, with somebody at the keyboard."""

    display: str

    def _run(self, *words: str, timeout: float = LONGEST) -> str:
        done = subprocess.run(
            words,
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as `alt+n`."""
        self._run("xdotool", "key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._run("xdotool", "type", "--delay", "25", text)

    def click(self, x: int, y: int) -> None:
        """Click there."""
        self._run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def titles(self) -> list[str]:
        """The titles of the windows that can be seen."""
        return self._run("xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname", "%@").splitlines()

    def wait_for(self, title: str, timeout: float = LONGEST) -> None:
        """Until a window with that in its title is there, and has the keyboard."""
        wait_until(lambda: self._takes_keyboard(title), f"a window called {title}", timeout)

    def _takes_keyboard(self, title: str) -> bool:
        if not any(title in one for one in self.titles()):
            return False
        self._run("xdotool", "search", "--onlyvisible", "--name", title, "windowactivate")
        return title in self._run("xdotool", "getactivewindow", "getwindowname")

    def wait_gone(self, title: str, timeout: float = LONGEST) -> None:
        """Until no window has that in its title."""
        wait_until(lambda: not any(title in one for one in self.titles()), f"{title} to be closed", timeout)

    def wait_still(self) -> None:
        """Until nothing moves on the screen but a cursor that blinks: all that was pressed has been done."""
        with tempfile.TemporaryDirectory() as folder:
            before, now = Path(folder, "before.png"), Path(folder, "now.png")
            self.picture(now)
            same = []

            def still() -> bool:
                now.replace(before)
                time.sleep(0.3)
                self.picture(now)
                words = ["compare", "-metric", "AE", str(before), str(now), "null:"]
                done = subprocess.run(words, capture_output=True, text=True, check=False)
                same.append(float(done.stderr.split()[0]) < _CURSOR)
                return len(same) >= 3 and all(same[-3:])

            wait_until(still, "the screen to be still")

    def picture(self, file: Path) -> None:
        """Take a picture of the whole screen."""
        self._run("import", "-window", "root", str(file))


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen for the time of a block."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as said:
        display = f":{said.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": display}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield Screen(display)
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(timeout=20)


def wait_until(is_so: Callable[[], bool], what: str, timeout: float = LONGEST) -> None:
    """Look again and again until something is so."""
    until = time.monotonic() + timeout
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError(f"waited {timeout} seconds for {what}")
        time.sleep(0.1)


class Computer(NamedTuple):
    """Wine with a screen, and where things are in it."""

    wine: wine.Wine
    screen: Screen
    opened: list[subprocess.Popen[str]]

    @property
    def programs(self) -> Path:
        return self.wine.person / "AppData" / "Local" / "Programs" / "Latchkey"

    @property
    def kept(self) -> Path:
        """Where Latchkey keeps what belongs to the person."""
        return self.wine.person / "AppData" / "Local" / "latchkey"

    @property
    def link(self) -> Path:
        return self.wine.person / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Latchkey.lnk"

    def open(self, program: Path | str, *words: str) -> subprocess.Popen[str]:
        """Begin to run a program, or what Windows opens a file with. Ended by `close` at the latest."""
        name = program if isinstance(program, str) else self.wine.path(program)
        self.opened.append(self.wine.start([name, *words], {"DISPLAY": self.screen.display}))
        return self.opened[-1]

    def close(self) -> None:
        """Switch it off."""
        self.wine.stop()
        for process in self.opened:
            process.kill()
            process.communicate()

    def run(self, program: Path | str, *words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, with that on its standard input."""
        name = program if isinstance(program, str) else self.wine.path(program)
        return self.wine.run([name, *words], {"DISPLAY": self.screen.display}, timeout=300, given=given)

    def latchkey(self, *words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """The installed command."""
        return self.run(self.programs / "latchkey.exe", *words, given=given)

    def registry(self, key: str) -> dict[str, str]:
        """The values of a key of the registry; empty when it is not there."""
        rows = (
            line.split(None, 2) for line in self.run("reg", "query", key).stdout.splitlines() if line.startswith("    ")
        )
        return {row[0]: row[2] if len(row) > 2 else "" for row in rows}

    def files(self) -> set[str]:
        """Every file on drive C, but for what Windows itself and its programs write there all the time."""
        found = (
            path.relative_to(self.wine.drive).as_posix() for path in self.wine.drive.rglob("*") if not path.is_dir()
        )
        return {name for name in found if "/Temp/" not in name and not name.startswith("windows/")}


def computer(folder: Path, screen: Screen) -> Computer:
    """A fresh one, in `folder`."""
    return Computer(wine.make_prefix(folder / "prefix", LIBRARIES), screen, [])
