"""Makes the Windows setup: the frozen program, then one .exe that installs it.

    python packaging/windows/build.py [--quick]      --quick packs it lightly, for tests

On Windows (a build server, with python.org's Python 3.12 and NSIS 3) everything runs as it is. On Linux the same steps
run under Wine (see wine.py), to try the setup where it is written. The result lies in `dist/`.

To sign, set LATCHKEY_SIGN to a command; a file's name is put behind it, as for `signtool sign /fd sha256 /tr ADDRESS
/td sha256 /a`. The programs, the uninstaller and the setup are signed with it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import release
from product import Product, build_time, version, windows_version
from windows import payload, version_resource, wine

ROOT = HERE.parents[1]
WORK = ROOT / "build" / "windows"
LOCK = ROOT / "requirements-bundle.txt"
PROGRAM = WORK / "dist" / Product().command
PROGRAMS = ("latchkey.exe", "latchkey-wizard.exe")
ON_WINDOWS = sys.platform == "win32"


class Windows(NamedTuple):
    """Where Windows programs run: here, or under Wine."""

    python: str  # for Windows, with all packages
    packages: Path  # of that Python
    tools: str  # a Python of this system with Qt, for what needs no Windows
    machine: wine.Wine | None

    def path(self, path: Path) -> str:
        """What a program there calls this path."""
        return self.machine.path(path) if self.machine else str(path)

    def run(self, *words: str, **environ: str) -> None:
        """Run a program there; what it says is shown. Ends the build when it fails."""
        if self.machine is None:
            status = subprocess.run(words, env={**os.environ, **environ}, check=False).returncode
        else:
            done = self.machine.run(words, environ)
            status = done.returncode
            print((done.stdout + done.stderr).strip())
        if status:
            sys.exit(f"build: {words[0]} ended with {status}")


def set_up() -> Windows:
    """Everything that is needed, fetched when it is not there. A change of the lock sets up anew."""
    if ON_WINDOWS:
        environment = WORK / "venv"
        python = environment / "Scripts" / "python.exe"
        if not python.is_file():
            call(sys.executable, "-m", "venv", str(environment))
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
        call(*pip, "--require-hashes", "--requirement", str(LOCK))
        return Windows(str(python), environment / "Lib" / "site-packages", str(python), None)
    if missing := wine.missing():
        sys.exit(f"build: {', '.join(missing)} missing. See packaging/windows/wine.py for what to install.")
    wine.packages(WORK / "packages", LOCK)
    python = wine.interpreter(WORK / "python")
    machine = wine.Wine(WORK / "prefix")
    if not (machine.drive / "windows" / "system32" / "icuuc.dll").is_file():
        machine = wine.make_prefix(machine.prefix, WORK / "packages")
    return Windows(machine.path(python), WORK / "packages", sys.executable, machine)


def freeze(windows: Windows) -> None:
    """Make the frozen program, and let it look at itself."""
    call(windows.tools, str(HERE.parent / "translations.py"))
    call(windows.tools, str(HERE / "art.py"), str(WORK / "art"))
    resource = WORK / "version.txt"
    resource.write_text(version_resource.text(), encoding="utf-8")
    shutil.rmtree(PROGRAM.parent, ignore_errors=True)
    windows.run(
        windows.python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", windows.path(PROGRAM.parent), "--workpath", windows.path(WORK / "pyinstaller"),
        windows.path(HERE.parent / "latchkey.spec"),
        SOURCE_DATE_EPOCH=str(build_time()), PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1",
        PYINSTALLER_ZLIB_COMPRESSION_LEVEL="0",  # as in packaging/bundle.sh
        LATCHKEY_VERSION_RESOURCE=windows.path(resource), LATCHKEY_DRAFT_ICON=windows.path(WORK / "art" / "draft.ico"),
    )  # fmt: skip
    work = WORK / "pyinstaller" / Product().command
    windows.run(windows.python, *map(windows.path, (HERE.parent / "bill.py", PROGRAM, work, windows.packages)))
    windows.run(windows.path(PROGRAM / "latchkey.exe"), "--self-check")


def sign(file: Path) -> None:
    """Sign a file, where a command for it is set."""
    if command := os.environ.get("LATCHKEY_SIGN"):
        subprocess.run(f'{command} "{file}"', shell=True, check=True)


def pack(program: Path, target: Path, *, quick: bool, called: str | None = None) -> None:
    """Make the setup out of the frozen program, signed. `called` is another version, to try an upgrade with."""
    for name in PROGRAMS:
        sign(program / name)
    payload.same_times(program)
    (WORK / "payload.nsh").write_text(payload.script(program), encoding="utf-8")
    product, number = Product(), called or version()
    known = {
        "NAME": product.name, "PUBLISHER": product.publisher, "VERSION": number, "NUMBERS": windows_version(number),
        "LICENCE": product.licence, "SIZE_KB": str(payload.size_kb(program)), "OUT": str(target),
        "ART": str(WORK / "art"), "PAYLOAD": str(WORK / "payload.nsh"), "PACKING": "zlib" if quick else "lzma",
    }  # fmt: skip
    if not ON_WINDOWS:
        known["STUB"] = "amd64-unicode"  # Wine for 64 bits alone can't run NSIS' usual 32-bit stub
    if command := os.environ.get("LATCHKEY_SIGN"):
        known["SIGN"] = command
    target.parent.mkdir(parents=True, exist_ok=True)
    compile_script(known, HERE / "latchkey.nsi")
    sign(target)


def compile_script(known: dict[str, str], script: Path) -> None:
    """Run makensis; a warning is an error."""
    given = [f"-D{name}={value}" for name, value in known.items()]
    call(makensis(), "-V2", "-WX", "-INPUTCHARSET", "UTF8", *given, str(script), SOURCE_DATE_EPOCH=str(build_time()))


def makensis() -> str:
    """NSIS' compiler. Its own setup on Windows puts it on no path."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
    return shutil.which("makensis") or str(usual)


def call(*words: str, **environ: str) -> None:
    """Run a program of this system. Ends the build when it fails."""
    done = subprocess.run(words, env={**os.environ, **environ}, check=False)
    if done.returncode:
        sys.exit(f"build: {Path(words[0]).name} ended with {done.returncode}")


def setup_file() -> Path:
    """The setup's name."""
    return ROOT / "dist" / f"{Product().name}-{version()}-windows-x64-setup.exe"


def build(target: Path, *, quick: bool) -> None:
    """All steps, each with its time."""
    begun = time.monotonic()

    def say(what: str) -> None:
        print(f"build: {what} ({time.monotonic() - begun:.0f} s)", flush=True)

    windows = set_up()
    say("Windows is ready" if ON_WINDOWS else "Wine is ready")
    freeze(windows)
    say(f"{PROGRAM}: {payload.size_kb(PROGRAM) / 1024:.0f} MB")
    pack(PROGRAM, target, quick=quick)
    for paper, name in zip(release.PAPERS, release.papers("windows", "x64"), strict=True):
        shutil.copyfile(PROGRAM / paper, target.parent / name)
    say(f"{target}: {target.stat().st_size / 1024**2:.1f} MB")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Make the Windows setup.")
    parser.add_argument("--quick", action="store_true", help="pack lightly: bigger, but done in seconds")
    parser.add_argument("--out", type=Path, default=setup_file(), help="where to write it (default: %(default)s)")
    given = parser.parse_args(arguments)
    build(given.out.resolve(), quick=given.quick)


if __name__ == "__main__":
    main()
