"""Whether there is a newer Latchkey: one line of text with a version, read from an address and compared. Nothing else
is asked for or sent, and nothing is ever downloaded.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from latchkey import __version__
from latchkey.discovery.fetch import Limits, read_text
from latchkey.discovery.problems import Problem
from latchkey.jobs import Watch
from latchkey.paths import resource
from latchkey.text import _

LIMITS = Limits(seconds=10.0, size=10_000)
_VERSION = re.compile(r"v?(\d{1,6}(?:\.\d{1,6}){0,3})(?:[.-]?(dev|a|b|rc)\.?(\d{1,6}))?")
_STAGES = ("dev", "a", "b", "rc", "")
_MOST_NUMBERS = 4

Order = tuple[tuple[int, ...], int, int]


class Newest(NamedTuple):
    """The version that the address names, the one that is here, and whether the first comes after."""

    version: str
    here: str
    is_newer: bool


def released_address() -> str:
    """Where whoever made this release names the newest version; empty where that was not set (a checkout)."""
    try:
        told = json.loads(resource("release.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    address = told.get("version_address", "") if isinstance(told, dict) else ""
    return address if isinstance(address, str) and address.startswith("https://") else ""


def look(address: str, watch: Watch | None = None, limits: Limits = LIMITS, here: str = __version__) -> Newest:
    """Read and compare. Raises Problem for whatever stands against it."""
    text = read_text(address, watch, limits).strip()
    line = text.partition("\n")[0].strip()
    named, ours = order(line), order(here)
    if named is None:
        raise Problem(
            "no-version",
            _("{address} does not name a version.").format(address=address),
            _("It should hold one line such as {example}.").format(example="1.2.0"),
        )
    return Newest(line.removeprefix("v"), here, ours is None or named > ours)


def order(version: str) -> Order | None:
    """By what versions are compared; None for a text that is none."""
    found = _VERSION.fullmatch(version.strip())
    if found is None:
        return None
    numbers = [int(part) for part in found.group(1).split(".")]
    padded = tuple((*numbers, *(0,) * _MOST_NUMBERS)[:_MOST_NUMBERS])
    return padded, _STAGES.index(found.group(2) or ""), int(found.group(3) or 0)
