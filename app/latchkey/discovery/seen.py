"""What a provider said when its values were taken over, kept to compare with later.

One small JSON file for each provider in the person's state folder: it is what this computer saw, no decision of the
person, so it stands in no draft. All of it is public. A file that can't be used counts as none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from latchkey.discovery.reading import Reading
from latchkey.discovery.saml import SamlProvider
from latchkey.errors import Unreadable
from latchkey.files import write_whole
from latchkey.log import logger
from latchkey.paths import state_folder
from latchkey.text import _

_FORMAT = 1
_BIGGEST = 2_000_000
_log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """`facts`: texts and lists by the names that `facts_of` gives them; `keys`: id → last day ("" for none)."""

    address: str
    day: date
    facts: Mapping[str, str | tuple[str, ...]]
    keys: Mapping[str, str] | None


def seen_now(reading: Reading) -> Seen:
    """What is worth remembering of a reading."""
    keys = (
        None
        if reading.keys is None
        else {key.id: key.ends.date().isoformat() if key.ends else "" for key in reading.keys}
    )
    return Seen(reading.address, datetime.now(UTC).date(), MappingProxyType(facts_of(reading)), keys)


def facts_of(reading: Reading) -> dict[str, str | tuple[str, ...]]:
    """The texts and lists of a document, those that it states."""
    facts = reading.facts
    if isinstance(facts, SamlProvider):
        return {
            "issuer": facts.entity_id,
            "sign_in": tuple(f"{binding} {address}" for binding, address in facts.sign_in),
            "name_ids": facts.name_ids,
            "claims": tuple(one.name for one in facts.attributes),
        }
    found = {name: value for name, value in asdict(facts).items() if name != "odd" and isinstance(value, (str, tuple))}
    return {name: value for name, value in found.items() if value}


def place_of(reading: Reading) -> str:
    """By what a draft finds the record again: the address of the document, for OAuth 2.0 that of the sign-in."""
    if reading.kind == "oauth2" and not isinstance(reading.facts, SamlProvider):
        return reading.facts.authorization_endpoint
    return reading.address


def remember(reading: Reading) -> None:
    """Keep what the provider says now. Nothing for a file, which nobody could ask again. Raises Unreadable."""
    place = place_of(reading)
    if not place or not reading.address:
        return
    seen = seen_now(reading)
    table = {
        "format": _FORMAT,
        "address": seen.address,
        "day": seen.day.isoformat(),
        "facts": dict(seen.facts),
        "keys": None if seen.keys is None else dict(seen.keys),
    }
    file = _file(place)
    try:
        write_whole(file, json.dumps(table, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    except OSError as error:
        raise Unreadable(
            _("What the provider said can't be remembered in {file}.").format(file=file),
            _("Check that the folder can be written to and that the disk is not full."),
        ) from error


def recall(place: str) -> Seen | None:
    """What was remembered under that address; None if nothing was, or it can't be used."""
    try:
        with _file(place).open("rb") as file:
            table = json.loads(file.read(_BIGGEST).decode("utf-8"))
        return _seen(table)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        _log.warning("remembered metadata not usable: %s", type(error).__name__)
        return None


def _seen(table: Mapping[str, Any]) -> Seen:
    if table["format"] != _FORMAT:
        raise ValueError("another format")
    facts = {
        str(name): value if isinstance(value, str) else tuple(map(str, value)) for name, value in table["facts"].items()
    }
    keys = table["keys"]
    return Seen(
        str(table["address"]),
        date.fromisoformat(table["day"]),
        MappingProxyType(facts),
        None if keys is None else {str(name): str(day) for name, day in keys.items()},
    )


def _file(place: str) -> Path:
    return state_folder() / "seen" / f"{hashlib.sha256(place.encode('utf-8', 'replace')).hexdigest()[:32]}.json"
