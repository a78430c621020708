"""What Latchkey is made of on this computer: every package that it leans on, with its version and licence, as the
installation itself tells it. No Qt; takes some ten milliseconds, so it belongs on the worker.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST = 60  # characters of a licence; some packages state the whole text
DISTRIBUTION = "latchkey-wizard"
_OF_DEBIAN = Path("/usr/share/doc/latchkey/licences.txt.gz")


class Part(NamedTuple):
    """One package. `licence` is empty where the package does not say."""

    name: str
    version: str
    licence: str


def parts() -> tuple[Part, ...]:
    """Latchkey's packages and theirs, by name; none where the installation does not tell."""
    found = {part.name.casefold(): part for part in _below(DISTRIBUTION, set())}
    return tuple(found[name] for name in sorted(found) if name != DISTRIBUTION)


def licence_texts() -> Path | None:
    """The file that an installer brought with the licences of everything inside, libraries and fonts too; None in a
    checkout, which has only packages.
    """
    if not getattr(sys, "frozen", False):
        return None
    beside = Path(sys.executable).resolve().parent
    places = (beside / "licences.txt", beside.parent / "Resources" / "licences.txt", _OF_DEBIAN)
    return next((place for place in places if place.is_file()), None)


def _below(name: str, seen: set[str]) -> Iterator[Part]:
    key = re.sub(r"[-_.]+", "-", name).casefold()
    if key in seen:
        return
    seen.add(key)
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return  # for another system, or another Python
    yield Part(found.metadata["Name"] or name, found.version, licence_of(found.metadata))
    for wanted in found.requires or ():
        needed = _NAME.match(wanted)
        if needed is not None and "extra ==" not in wanted:
            yield from _below(needed.group(), seen)


def licence_of(told: metadata.PackageMetadata) -> str:
    """A package's licence, from the field of today, the classifiers of before, or the first line of its text."""
    names = {key.casefold() for key in told}
    if "license-expression" in names and told["License-Expression"]:
        return told["License-Expression"]
    classifiers = told.get_all("Classifier") or []
    licences = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    if licences:
        return ", ".join(licences)
    text = (told["License"] if "license" in names else "") or ""
    first = text.strip().partition("\n")[0].strip()
    return first if len(first) <= _LONGEST else f"{first[:_LONGEST].rstrip()}…"
