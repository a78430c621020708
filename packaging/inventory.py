"""What is inside the frozen program: every Python package, library and font, with version, licence and its files.

PyInstaller says of each file where it was taken from (`origins.json`, written by latchkey.spec); this finds out to what
it belongs. A file that belongs to nothing known ends the build: a bill of materials with gaps is none.
"""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, NamedTuple

import product

HERE = Path(__file__).resolve().parent
CODE = "(Python code)"  # stands for the archive in the start program that holds all modules
_CLASSIFIED = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_SPDX = re.compile(r"^[\w.+-]+( (OR|AND|WITH) [\w.+-]+)*$")
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Component:
    """Something that somebody else made (or we), as it is inside."""

    name: str
    version: str
    purl: str
    licence: str  # an SPDX expression, or the licence's name where it has none
    files: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    source: str = ""
    within: str = ""  # the component that carries it
    own_bill: tuple[dict[str, Any], ...] = ()  # components that its maker lists in bills of his own


class Build(NamedTuple):
    """Where the frozen program was made."""

    origins: tuple[tuple[str, str], ...]  # (file in the bundle or "" for code, where it came from)
    work: Path
    site: Path  # the environment's packages
    python: Path  # the standard library


class Known(NamedTuple):
    """A part that known_parts.toml describes."""

    name: str
    within: str
    files: list[str]
    version: str
    licence: str
    source: str
    texts: list[str]
    notice: str = ""


def read_build(work: Path, site: Path, python: Path) -> Build:
    """What PyInstaller left in its folder of work."""
    listed = json.loads((work / "origins.json").read_text(encoding="utf-8"))
    # "-" stands for packages without code of their own.
    origins = tuple(sorted((str(inside), str(source)) for inside, source in listed if source not in ("-", "", None)))
    return Build(origins, work, site, python)


def components(build: Build) -> tuple[Component, ...]:
    """Everything inside, by name. Ends the process where a file belongs to nothing."""
    shares = _shares(build)
    found = [
        *_packages(build, shares.packages),
        _python(build, shares.python),
        *_pyinstaller(build, shares.start),
        *_system_packages(shares.system),
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.version)))


class _Shares(NamedTuple):
    """The bundle's files by whom they came from."""

    packages: list[tuple[str, str]]
    python: list[str]
    start: list[str]
    system: list[tuple[str, str]]


def _shares(build: Build) -> _Shares:
    shares = _Shares([], [], [], [])
    for inside, source in build.origins:
        path = Path(source)
        if path.is_relative_to(build.work / "own"):
            continue  # of ours, like the checkout's files
        if path.is_relative_to(build.work):
            (shares.python if path.name == "base_library.zip" else shares.start).append(inside)
        elif path.is_relative_to(build.site):
            shares.packages.append((inside, path.relative_to(build.site).as_posix()))
        elif _of_python(path, build.python) or path.name.startswith(("libpython", "python3")):
            shares.python.append(inside)
        elif not path.is_relative_to(product.ROOT):
            shares.system.append((inside, source))
    return shares


def _of_python(path: Path, library: Path) -> bool:
    """Whether the file is Python's own. On Windows and in a Mac's framework some lie beside the folder of its library;
    on Linux what lies there is the system's.
    """
    above = {"win32": library.parent, "darwin": library.parents[1]}
    return path.is_relative_to(above.get(sys.platform, library))


# Python packages


def _packages(build: Build, files: Iterable[tuple[str, str]]) -> Iterator[Component]:
    found = {dist.metadata["Name"]: dist for dist in distributions(path=[str(build.site)])}
    owners = {str(file): name for name, dist in found.items() for file in dist.files or ()}
    roots = {path.split("/")[0]: name for path, name in owners.items() if "/" in path}
    parts = [Known(**part) for part in tomllib.loads((HERE / "known_parts.toml").read_text(encoding="utf-8"))["part"]]
    held: dict[str, list[str]] = defaultdict(list)
    taken: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for inside, path in files:
        owner = owners.get(path) or roots.get(path.split("/")[0])
        if owner is None:
            sys.exit(f"inventory: {path} belongs to no package of the environment")
        part = next((part for part in parts if _holds(part, owner, path)), None)
        if part is not None:
            taken[part.name].append((inside, path))
        else:
            held[owner].append(inside)
    carriers = {_spelt(found, name) for name in (*held, *(part.within for part in parts if part.name in taken))}
    for name in carriers - {"pyinstaller"}:
        dist = found[name]
        yield _package(dist, held.get(name, []))
    for part in parts:
        if part.name in taken:
            yield _part(part, found[_spelt(found, part.within)], taken[part.name])


def _spelt(found: dict[str, Distribution], name: str) -> str:
    """The name as the package itself spells it."""
    return next(own for own in found if _plain(own) == _plain(name))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _holds(part: Known, owner: str, path: str) -> bool:
    return _plain(part.within) == _plain(owner) and any(fnmatch.fnmatch(path, pattern) for pattern in part.files)


def _package(dist: Distribution, files: Iterable[str]) -> Component:
    name, version = dist.metadata["Name"], dist.version
    own = [file for file in dist.files or () if ".dist-info/" in str(file)]
    texts = [file.read_text(encoding="utf-8") for file in own if _LICENCE_FILE.search(file.name)]
    bills = [json.loads(file.read_text(encoding="utf-8")) for file in own if "/sboms/" in str(file)]
    return Component(
        name,
        version,
        f"pkg:pypi/{_plain(name)}@{version}",
        _licence_of(dist),
        _sorted(files),
        tuple(sorted(text.strip() for text in texts)) or _general_texts(_licence_of(dist)),
        f"https://pypi.org/project/{_plain(name)}/{version}/",
        own_bill=tuple(one for bill in bills for one in bill.get("components", ())),
    )


def _licence_of(dist: Distribution) -> str:
    meta = dist.metadata
    # Not `meta[…]`: where the back-port importlib_metadata is loaded, that raises for what is not stated.
    stated = next(
        (str(one) for name in ("License-Expression", "License") for one in meta.get_all(name) or () if one), ""
    )
    if _SPDX.match(stated):
        return stated
    for line in meta.get_all("Classifier") or ():
        if line.startswith("License :: OSI Approved :: "):
            name = str(line.rpartition(" :: ")[2])
            return _CLASSIFIED.get(name, name)
    return stated.splitlines()[0] if stated else sys.exit(f"inventory: {meta['Name']} states no licence")


def _general_texts(licence: str) -> tuple[str, ...]:
    """The texts that lie here, for packages that name a licence and don't bring it."""
    names = [name for name in re.split(r" OR | AND ", licence) if (HERE / "licences" / f"{name}.txt").is_file()]
    if not names:
        sys.exit(f"inventory: no text of the licence {licence}; put it into packaging/licences/")
    if "LGPL-3.0-only" in names:  # it is written as an addition to the GPL
        names = ["LGPL-3.0-only", "GPL-3.0-only"]
    return tuple(_text(f"{name}.txt") for name in names)


def _part(part: Known, dist: Distribution, files: list[tuple[str, str]]) -> Component:
    version = dist.version if part.version == "package" else part.version
    if "(" in version:
        hits = [hit for _inside, path in files if (hit := re.search(part.version, path))]
        version = (
            max(hit[1] for hit in hits) if hits else sys.exit(f"inventory: no version of {part.name} in its files")
        )
    texts = [*([part.notice] if part.notice else []), *(_text(name) for name in part.texts)]
    return Component(
        part.name,
        version,
        f"pkg:generic/{_plain(part.name).replace(' ', '-')}@{version}",
        part.licence,
        _sorted(inside for inside, _path in files),
        tuple(texts),
        part.source,
        within=dist.metadata["Name"],
    )


def _text(name: str) -> str:
    return (HERE / "licences" / name).read_text(encoding="utf-8").strip()


# Python itself, and what starts it


def _python(build: Build, files: Iterable[str]) -> Component:
    places = [build.python / "LICENSE.txt", build.python.parent / "LICENSE.txt", build.python / "LICENSE"]
    places += [Path(f"/usr/share/doc/python{sys.version_info.major}.{sys.version_info.minor}/copyright")]
    text = next((place for place in places if place.is_file()), None)
    if text is None:
        sys.exit(f"inventory: the licence of Python is in none of {', '.join(map(str, places))}")
    version = ".".join(map(str, sys.version_info[:3]))
    texts = (text.read_text(encoding="utf-8").strip(),)
    purl = f"pkg:generic/python@{version}"
    return Component("Python", version, purl, "PSF-2.0", _sorted(files), texts, "https://www.python.org/")


def _pyinstaller(build: Build, files: Iterable[str]) -> Iterator[Component]:
    dist = next(
        dist for dist in distributions(path=[str(build.site)]) if _plain(dist.metadata["Name"]) == "pyinstaller"
    )
    yield replace(_package(dist, files), licence="GPL-2.0-or-later WITH Bootloader-exception")


# The system's libraries, where there is dpkg


def _system_packages(files: Iterable[tuple[str, str]]) -> Iterator[Component]:
    held: dict[str, list[str]] = defaultdict(list)
    for inside, source in files:
        held[_debian_package(source)].append(inside)
    for package, files_inside in held.items():
        shown = "${Package}\t${Version}\t${source:Package}\t${Architecture}"
        name, version, origin, architecture = _output("dpkg-query", "-W", f"-f={shown}", package).split("\t")
        text = Path("/usr/share/doc", name, "copyright").read_text(encoding="utf-8")
        yield Component(
            name,
            version,
            f"pkg:deb/debian/{name}@{version.replace('+', '%2B').replace(':', '%3A')}?arch={architecture}",
            _debian_licence(text),
            _sorted(files_inside),
            (text.strip(),),
            f"https://sources.debian.org/src/{origin}/",
        )


def _debian_package(file: str) -> str:
    """The package that a library came from. Its path may go through a link (/lib is one)."""
    if shutil.which("dpkg-query") is None:
        sys.exit(f"inventory: {file} is neither ours nor Python's nor a package's; build with python.org's Python")
    real = Path(file).resolve()
    for path in (file, str(real), str(real).removeprefix("/usr")):
        done = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.splitlines()[0].rpartition(": ")[0].split(", ")[0]
    sys.exit(f"inventory: {file} belongs to no package of this system")


def _debian_licence(text: str) -> str:
    """The licences' short names, where the file is in the form that has them."""
    names = dict.fromkeys(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE))
    return ", ".join(names) if names else "see the text"


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _sorted(files: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({file or CODE for file in files}))
