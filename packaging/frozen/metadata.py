"""What the packages in the frozen program say of themselves, so that it can tell them in Help → About, as an installed
one does; and our own metadata, which no installer has written here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Set
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import product

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
OWN = "latchkey-wizard"


def requirements() -> list[str]:
    """What pyproject.toml says the program needs to run."""
    project = tomllib.loads((product.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [str(line) for line in project["dependencies"]]


def carried() -> list[Distribution]:
    """The packages that the program needs, and those that they need, as this environment has them; by name."""
    found: dict[str, Distribution] = {}
    for one in _below(requirements(), found):
        found.setdefault(_plain(one.metadata["Name"]), one)
    return [found[name] for name in sorted(found)]


def of_what_is(inside: Set[str], folder: Path) -> Iterator[Path]:
    """The metadata files of ourselves (written into `folder`) and of the packages that have files `inside`."""
    yield write_own(folder)
    for one in carried():
        files = one.files or ()
        if any(str(one.locate_file(file)) in inside for file in files if ".dist-info/" not in file.as_posix()):
            yield from (Path(str(one.locate_file(file))) for file in files if file.name == "METADATA")


def _below(wanted: Iterable[str], known: dict[str, Distribution]) -> Iterator[Distribution]:
    for line in wanted:
        needed = _NAME.match(line)
        if needed is None or "extra ==" in line or _plain(needed.group()) in known:
            continue
        try:
            one = distribution(needed.group())
        except PackageNotFoundError:
            continue  # for another system, or another Python
        known[_plain(needed.group())] = one
        yield one
        yield from _below(one.requires or (), known)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def write_own(folder: Path) -> Path:
    """Write our own metadata; returns its file. https://packaging.python.org/specifications/core-metadata/"""
    head = Message()
    head["Metadata-Version"] = "2.4"
    head["Name"] = OWN
    head["Version"] = product.version()
    head["License-Expression"] = product.Product().licence
    for line in requirements():
        head["Requires-Dist"] = line
    place = folder / f"{OWN.replace('-', '_')}-{product.version()}.dist-info"
    place.mkdir(parents=True, exist_ok=True)
    file = place / "METADATA"
    file.write_text(head.as_string(), encoding="utf-8", newline="\n")
    return file
