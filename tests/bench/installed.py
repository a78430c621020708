"""Installed programs: how big they are, and how long somebody waits for the window. The `make bench` part of them.

What is measured is what is there: the frozen program of `make bundle`, and an installed package. A start is wall time from
the command to a window that can be seen, on a screen of its own (Xvfb), with a home folder that is new each time; the
comparison is a frozen empty window, made once, in turn with it. "Cold" starts have the program's files out of the disk's
cache, as after installing and a restart.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from windows.wine import Wine

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
RUNS = 9
COLD_RUNS = 5
WINE_RUNS = 3
WINDOWS = ROOT / "build" / "windows"
GOAL = 1.5
LONGEST = 30.0
PROGRAMS = {
    "make bundle": ROOT / "build" / "bundle" / "latchkey" / "latchkey",
    "Debian package, installed": Path("/usr/lib/latchkey/latchkey"),
}


def main() -> None:
    """Measure and print what is there."""
    found = {name: path for name, path in PROGRAMS.items() if path.is_file()}
    missing = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
    if not found or missing:
        why = f"{', '.join(missing)} is missing" if missing else "make bundle has not been run"
        print(f"  installed programs are not measured: {why}")
        return
    empty = empty_window()
    for installer in sorted(installers()):
        print(f"  {installer.stat().st_size / 1e6:5.1f} MB   {'':10}   {'':>18}   {installer.name}, to fetch")
    with screen() as environ:
        for name, program in found.items():
            print(f"  {size(program.parent) / 1e6:5.1f} MB   {'':10}   {'':>18}   {name}, on the disk")
            for cold in (False, True):
                print(compared(name, program, empty, environ, cold=cold), flush=True)
        print(under_wine(environ), flush=True)


def installers() -> list[Path]:
    """What builders left in `dist/`."""
    return [path for path in (ROOT / "dist").glob("[Ll]atchkey*") if path.suffix in (".deb", ".exe", ".dmg")]


def compared(name: str, program: Path, empty: Path, environ: dict[str, str], *, cold: bool) -> str:
    """A line: the ratio of the quickest starts, and both. What else the machine does makes a start slower, never quicker."""
    pairs = []
    for number in range(-1, COLD_RUNS if cold else RUNS):
        pair = [
            seconds(path, title, environ, cold=cold) for path, title in ((program, "Latchkey"), (empty, "Empty window"))
        ]
        if number >= 0:  # the first warms up
            pairs.append(pair)
    ours, theirs = (min(times) for times in zip(*pairs, strict=True))
    ratio = ours / theirs
    word = "! " if ratio > GOAL else "  "
    times = f"{ours * 1000:.0f} ms : {theirs * 1000:.0f} ms"
    kind = "cold" if cold else "warm"
    return f"{word}{ratio:5.2f}   (goal {GOAL:g})   {times:>18}   {name}, first window : a frozen empty window, {kind}"


def under_wine(environ: dict[str, str]) -> str:
    """A line on the program for Windows, started with Wine. Wine is no Windows: the figure says that it starts there, and
    is compared with nothing. Its own server runs already, as Windows does.
    """
    program, prefix = WINDOWS / "dist" / "latchkey" / "latchkey-wizard.exe", WINDOWS / "prefix"
    if not program.is_file() or not prefix.is_dir() or shutil.which("wine") is None:
        return "  the program for Windows is not measured: make windows-installer has not been run"
    sys.path.insert(0, str(ROOT / "packaging"))
    from windows.wine import Wine

    wine = Wine(prefix)
    os.environ.pop("QT_QPA_PLATFORM", None)  # Windows' own
    more = {**environ, "QT_QPA_PLATFORM": ""}
    subprocess.run(["wineserver", "-p"], env=wine.environ(), check=True)
    try:
        times = [_wine_seconds(wine, program, more) for _ in range(WINE_RUNS + 1)][1:]  # the first warms up
    finally:
        wine.stop()
    taken = f"{size(program.parent) / 1e6:5.1f} MB   {'':10}   {min(times) * 1000:15.0f} ms"
    return f"  {taken}   the program for Windows on the disk, and its first window under Wine, warm"


def _wine_seconds(wine: Wine, program: Path, environ: dict[str, str]) -> float:
    begun = time.monotonic()
    process = wine.start([wine.path(program)], environ)
    try:
        _wait_for("Latchkey", environ, process, begun)
        return time.monotonic() - begun
    finally:
        subprocess.run(["wine", "taskkill", "/f", "/im", program.name], env=wine.environ(environ), check=False,
                       capture_output=True, timeout=60)  # fmt: skip
        process.kill()  # what is left is Wine's own; its services hold the pipes, so that waiting for their end is for ever
        process.wait()


def seconds(program: Path, title: str, environ: dict[str, str], *, cold: bool) -> float:
    """From starting a program to its window on the screen."""
    if cold:
        forget(program.parent)
    with tempfile.TemporaryDirectory() as home:
        begun = time.monotonic()
        process = subprocess.Popen(
            [program], env={**environ, "HOME": home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(title, environ, process, begun)
            return time.monotonic() - begun
        finally:
            process.terminate()
            process.wait()


def _wait_for(title: str, environ: dict[str, str], process: subprocess.Popen[Any], begun: float) -> None:
    """Until a window with that title can be seen."""
    search = ["xdotool", "search", "--onlyvisible", "--name", title]
    while subprocess.run(search, env=environ, capture_output=True, check=False).returncode:
        if time.monotonic() - begun > LONGEST or process.poll() is not None:
            sys.exit(f"{process.args} showed no window called {title}")


def forget(folder: Path) -> None:
    """Have the system forget what it read of a folder's files."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def empty_window() -> Path:
    """The frozen empty window, made by the environment that made the wizard's."""
    folder = ROOT / "build" / "empty-window"
    program = folder / "empty-window" / "empty-window"
    if not program.is_file():
        python = Path(os.environ.get("BUNDLE_VENV") or ROOT / "build" / "bundle-venv") / "bin" / "python"
        recipe = HERE / "empty_window" / "empty_window.spec"
        words = ["--noconfirm", "--log-level", "ERROR", "--distpath", folder, "--workpath", folder / "work", recipe]
        subprocess.run([python, "-m", "PyInstaller", *words], check=True, capture_output=True)
    return program


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """A screen of its own, and the environment for programs on it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x960x24", "-noreset"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as numbers:
        display = f":{numbers.readline().strip()}"
    try:
        yield {"DISPLAY": display, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
