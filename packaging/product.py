"""What every installer says of the program, in one place. The version comes from `app/latchkey/__init__.py`.

    python packaging/product.py version          0.1.0
    python packaging/product.py deb-version      0.1.0, in Debian's order (0.2.0rc1 -> 0.2.0~rc1)
    python packaging/product.py windows-version  0.1.0.0, four numbers
    python packaging/product.py time             the time of all that is made: SOURCE_DATE_EPOCH, else the last commit's

Needs nothing but Python: build scripts of every system call it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
_OLDEST = 1_577_836_800  # 2020: zip files and some installers know no times before 1980, and no clock is that wrong


class Product(NamedTuple):
    """The program's names. `id` is what desktops call it (AppStream, macOS): a name, not an address that is called."""

    name: str = "Latchkey"
    command: str = "latchkey"
    id: str = "io.github.latchkey_wizard.latchkey"
    publisher: str = "Latchkey contributors"
    contact: str = "packages@latchkey.invalid"  # LATCHKEY_CONTACT on the build server
    licence: str = "MIT"
    mime_type: str = "application/vnd.latchkey.draft+toml"
    suffix: str = ".latchkey.toml"
    summary: str = "Sign-in with WeChat, QQ and any other provider for Azure AD B2C"


def version() -> str:
    """The program's version. Raises SystemExit where it is not written as expected."""
    file = ROOT / "app" / "latchkey" / "__init__.py"
    found = _VERSION.search(file.read_text(encoding="utf-8"))
    if found is None:
        sys.exit(f'{file}: no line like __version__ = "1.2.3"')
    return found[1]


def deb_version(given: str) -> str:
    """The version in Debian's order: what comes before a release sorts before it."""
    return re.sub(r"\.?(a|b|rc|dev)(\d+)", r"~\1\2", given)


def windows_version(given: str) -> str:
    """Four numbers; what follows the numbers of a version is left out."""
    numbers = re.match(r"[0-9.]+", given)
    parts = [part for part in (numbers[0] if numbers else "0").split(".") if part]
    return ".".join([*parts, "0", "0", "0"][:4])


def build_time() -> int:
    """Seconds since 1970 that every file of an installer carries: the same source gives the same bytes."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return max(int(given), _OLDEST)
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
        return max(int(done.stdout), _OLDEST)
    except (OSError, ValueError, subprocess.SubprocessError):
        return _OLDEST


def main() -> None:
    """Print what was asked for."""
    answers = {
        "version": version,
        "deb-version": lambda: deb_version(version()),
        "windows-version": lambda: windows_version(version()),
        "time": build_time,
    }
    asked = sys.argv[1] if len(sys.argv) == 2 else ""
    if asked not in answers:
        sys.exit(__doc__)
    print(answers[asked]())


if __name__ == "__main__":
    main()
