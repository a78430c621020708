"""Tells NSIS which files the frozen program is made of: one line to put each in, one to take each away again.

The uninstaller so removes exactly what the setup has brought, and never a folder with something else in it.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from product import build_time


def files(folder: Path) -> list[PurePosixPath]:
    """Every file under the folder, relative to it, in a fixed order."""
    return sorted(PurePosixPath(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file())


def size_kb(folder: Path) -> int:
    """What they take on disk, as Windows shows it in its list of programs."""
    return sum((folder / file).stat().st_size for file in files(folder)) // 1024


def same_times(folder: Path) -> None:
    """Give every file the time of the build: the same source gives the same setup."""
    for file in files(folder):
        os.utime(folder / file, (build_time(), build_time()))


def script(folder: Path) -> str:
    """The two macros of payload.nsh."""
    found = files(folder)
    by_folder: dict[PurePosixPath, list[PurePosixPath]] = {}
    for file in found:
        by_folder.setdefault(file.parent, []).append(file)
    put = [line for parent, inside in sorted(by_folder.items()) for line in _put(folder, parent, inside)]
    take = [f'  Delete "{_there(file)}"' for file in found]
    parents = sorted({parent for file in found for parent in file.parents if parent.parts}, reverse=True)
    leave = [f'  RMDir "{_there(parent)}"' for parent in parents]
    return "\n".join(
        ["!macro InstallPayload", *put, "!macroend", "!macro RemovePayload", *take, *leave, "!macroend", ""]
    )


def _put(folder: Path, parent: PurePosixPath, inside: list[PurePosixPath]) -> list[str]:
    here = [f'  File "{folder / file}"' for file in inside]  # read by makensis: a $ is a $ there
    return [f'  SetOutPath "{_there(parent)}"', *here]


def _there(path: PurePosixPath) -> str:
    """Where it is on the person's computer."""
    return "\\".join(["$INSTDIR", *(_text(part) for part in path.parts)])


def _text(text: str) -> str:
    """The text as NSIS reads it between double quotes."""
    return text.replace("$", "$$").replace('"', '$\\"')
