"""`make audit`: are there published weaknesses in what the lock pins? Works without a network, from a given database.

audit.py [--json] [DATABASE …]      a folder or zip of OSV records as JSON (https://ossf.github.io/osv-schema/), for
                                    example https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip; without
                                    one, the environment variable LATCHKEY_ADVISORIES

Ends with 0: none known · 1: some found · 2: it can't tell, because there is no database or it can't be read.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")
LARGEST = 4_000_000  # bytes of one record; the largest known are a few hundred thousand
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


class Pin(NamedTuple):
    """A package of the lock; `lock` is the file that pins it first."""

    name: str
    version: Version
    lock: str


class Weakness(NamedTuple):
    """A record that is about a pinned version. `fixed` names the versions that mend it, if any."""

    pin: Pin
    id: str
    aliases: tuple[str, ...]
    summary: str
    fixed: tuple[str, ...]


class NoDatabase(Exception):
    """There is nothing to look into; the text says what to do."""


def pins(root: Path) -> dict[str, Pin]:
    """Each package of the locks, by its canonical name."""
    found: dict[str, Pin] = {}
    for lock in LOCKS:
        for name, version in _PIN.findall((root / lock).read_text(encoding="utf-8")):
            found.setdefault(canonicalize_name(name), Pin(canonicalize_name(name), Version(version), lock))
    return found


def records(database: Path) -> Iterator[Mapping[str, Any]]:
    """The OSV records of a folder or zip. Raises NoDatabase where it holds none."""
    count = 0
    for name, data in _files(database):
        try:
            record = json.loads(data)
        except ValueError as error:
            raise NoDatabase(f"{database}: {name} is not JSON ({error}). Get the database anew.") from error
        if isinstance(record, dict) and isinstance(record.get("affected"), list):
            count += 1
            yield record
    if not count:
        raise NoDatabase(f"{database} holds no OSV records. It must be a folder or zip of their JSON files.")


def _files(database: Path) -> Iterator[tuple[str, bytes]]:
    if database.is_dir():
        for path in sorted(database.rglob("*.json")):
            if path.stat().st_size <= LARGEST:
                yield str(path), path.read_bytes()
        return
    try:
        with zipfile.ZipFile(database) as archive:
            for member in sorted(archive.infolist(), key=lambda info: info.filename):
                if member.filename.endswith(".json") and member.file_size <= LARGEST:
                    yield member.filename, archive.read(member)
    except (OSError, zipfile.BadZipFile) as error:
        raise NoDatabase(f"{database} can't be read as a folder or zip: {error}.") from error


def weaknesses(locked: Mapping[str, Pin], found: Iterable[Mapping[str, Any]]) -> list[Weakness]:
    """The records that are about a pinned version, each once for a package."""
    met: dict[tuple[str, str], Weakness] = {}
    for record in found:
        if record.get("withdrawn"):
            continue
        for affected in record["affected"]:
            package = affected.get("package", {})
            pin = locked.get(canonicalize_name(str(package.get("name", ""))))
            if package.get("ecosystem") == "PyPI" and pin is not None and _touches(pin.version, affected):
                aliases = tuple(str(alias) for alias in record.get("aliases", ()))
                summary = str(record.get("summary") or record.get("details") or "").strip().split("\n", 1)[0][:200]
                name = str(record.get("id", "?"))
                met[name, pin.name] = Weakness(pin, name, aliases, summary, _fixes(affected))
    return sorted(met.values(), key=lambda one: (one.pin.name, one.id))


def _touches(version: Version, affected: Mapping[str, Any]) -> bool:
    """https://ossf.github.io/osv-schema/#evaluation: listed as a version, or inside one of the ranges."""
    if any(_same(version, listed) for listed in affected.get("versions", ())):
        return True
    ranges = [one for one in affected.get("ranges", ()) if one.get("type") in ("ECOSYSTEM", "SEMVER")]
    return any(_within(version, one.get("events", ())) for one in ranges)


def _within(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    inside = False
    for kind, text in sorted(((k, t) for event in events for k, t in event.items()), key=lambda e: _order(*e)):
        at = _version(text)
        if kind == "introduced" and (text == "0" or (at is not None and version >= at)):
            inside = True
        elif at is not None and (version >= at if kind == "fixed" else kind == "last_affected" and version > at):
            inside = False
    return inside


def _order(kind: str, text: str) -> tuple[Version, bool]:
    """By version; at the same one, an introduction comes last."""
    return _version(text) or Version("0"), kind == "introduced"


def _fixes(affected: Mapping[str, Any]) -> tuple[str, ...]:
    ranges = affected.get("ranges", ())
    return tuple(str(e["fixed"]) for one in ranges if one.get("type") != "GIT" for e in one["events"] if "fixed" in e)


def _same(version: Version, listed: object) -> bool:
    return _version(str(listed)) == version


def _version(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _told(found: Iterable[Weakness]) -> str:
    lines = []
    for one in found:
        names = f"{one.id} ({', '.join(one.aliases)})" if one.aliases else one.id
        mend = f"mended in {', '.join(one.fixed)}" if one.fixed else "no version mends it yet"
        lines.append(
            f"{one.pin.name} {one.pin.version} [{one.pin.lock}]: {names}: {one.summary or 'no summary'}; {mend}"
        )
    return "\n".join(lines)


def audit(databases: Iterable[Path], root: Path = ROOT) -> tuple[int, list[Weakness]]:
    """How many packages were looked at, and what is known about them. Raises NoDatabase."""
    chosen = list(databases)
    if not chosen:
        raise NoDatabase(
            "There is no database of advisories here, so this can't tell whether a package has a known weakness.\n"
            "Give one: make audit ARGS=path/to/all.zip (OSV's records for PyPI), or set LATCHKEY_ADVISORIES."
        )
    missing = next((path for path in chosen if not path.exists()), None)
    if missing is not None:
        raise NoDatabase(f"{missing} does not exist.")
    locked = pins(root)
    return len(locked), weaknesses(locked, (record for path in chosen for record in records(path)))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Look for published weaknesses in what the lock pins.")
    parser.add_argument("databases", nargs="*", type=Path, metavar="DATABASE", help="folder or zip of OSV records")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    named = os.environ.get("LATCHKEY_ADVISORIES", "")
    try:
        count, found = audit(options.databases or ([Path(named)] if named else []))
    except NoDatabase as trouble:
        print(trouble, file=sys.stderr)
        return 2
    if options.json:
        shown = [one._asdict() | {"pin": f"{one.pin.name}=={one.pin.version}"} for one in found]
        print(json.dumps({"packages": count, "weaknesses": shown}, indent=2))
    else:
        print(_told(found) or f"None of the {count} pinned packages has a weakness that this database knows.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
