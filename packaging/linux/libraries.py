"""Which of the system's libraries a bundle needs, and in which Debian packages they are.

Read from the files themselves, so that a new library in the bundle can't be forgotten among the package's dependencies.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

# Everything else is in the bundle. libEGL and libGL come with the graphics driver, libxcb and libwayland must fit them.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libexpat.so.1": "libexpat1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libsystemd.so.0": "libsystemd0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
}
_GLIBC = re.compile(r"^(lib(c|m|dl|pthread|rt|util|resolv)\.so\.\d|ld-linux.*)$")
_GLIBC_VERSION = re.compile(r"\bGLIBC_2\.(\d+)\b")


def packages(bundle: Path) -> list[str]:
    """What the package depends on. Ends the process where a library is neither in the bundle nor known here."""
    needed, oldest = _read(bundle)
    inside = {path.name for path in bundle.rglob("*")}
    outside = {name for name in needed if name not in inside and not _GLIBC.match(name)}
    unknown = sorted(outside - set(PACKAGES))
    if unknown:
        sys.exit(
            f"The bundle needs {', '.join(unknown)}: pack it, or say in {Path(__file__).name} which package has it."
        )
    return [f"libc6 (>= 2.{oldest})", *sorted(PACKAGES[name] for name in outside)]


def _read(bundle: Path) -> tuple[set[str], int]:
    """The names of all libraries that programs in the bundle ask for, and the newest glibc that one was made for."""
    needed: set[str] = set()
    oldest = 0
    for file in sorted(
        path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink() and _is_program(path)
    ):
        done = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=True)
        needed |= set(re.findall(r"^\s+NEEDED\s+(\S+)$", done.stdout, re.MULTILINE))
        oldest = max([oldest, *(int(number) for number in _GLIBC_VERSION.findall(done.stdout))])
    return needed, oldest


def _is_program(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
