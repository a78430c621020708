"""Each provider's technical profile against the documentation's own XML: every difference is listed, with its reason.

`tests/data/documented.toml` holds the list. With LATCHKEY_TABLE=FILE the comparison is also written there as Markdown.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from helpers.composing import catalogue, draft, provider
from latchkey.compose.composer import compose

LIST: dict[str, Any] = tomllib.loads((Path(__file__).parents[2] / "data" / "documented.toml").read_text("utf-8"))
TYPES = sorted(LIST["types"])


def test_every_type_but_the_one_without_a_page_is_compared() -> None:
    assert set(TYPES) == set(catalogue()) - {"oauth2"}


@pytest.mark.parametrize("type_", TYPES)
def test_every_difference_has_a_reason(type_: str, reference: Path) -> None:
    found = set(differences(type_, reference))
    assert found == set(reasons(type_, found))


def test_no_general_reason_is_left_over(reference: Path) -> None:
    found = {difference for type_ in TYPES for difference in differences(type_, reference)}
    assert set(LIST["general"]) <= found


def test_write_the_table(reference: Path) -> None:
    file = os.environ.get("LATCHKEY_TABLE", "")
    if not file:
        pytest.skip("LATCHKEY_TABLE is not set: no table is wanted")
    Path(file).write_text(table(reference), "utf-8")


def reasons(type_: str, found: set[str]) -> dict[str, str]:
    """Difference → reason: those of the type, and of the general ones those that occur."""
    general = {difference: reason for difference, reason in LIST["general"].items() if difference in found}
    return general | LIST["types"][type_].get("differences", {})


def table(reference: Path) -> str:
    lines = ["| provider | composed profile against the documented one | why |", "|---|---|---|"]
    for type_ in TYPES:
        found = set(differences(type_, reference))
        rows = reasons(type_, found) or {"no difference": ""}
        lines += [f"| `{type_}` | {what.replace('|', chr(92) + '|')} | {why} |" for what, why in rows.items()]
    lines.append("| `oauth2` | (no page has one: composed by the reference of OAuth 2.0 technical profiles) | |")
    return "\n".join(lines) + "\n"


def differences(type_: str, reference: Path) -> Iterator[str]:
    documented = read_documented(LIST["types"][type_]["page"], reference)
    ours = read_ours(type_)
    for part, theirs in documented.items():
        mine = ours[part]
        for name in dict.fromkeys((*theirs, *mine)):
            old, new = theirs.get(name, "(none)"), mine.get(name, "(none)")
            if old != new:
                yield f"{part} {name}: {old} → {new}" if name else f"{part}: {old} → {new}"


Facts = dict[str, dict[str, str]]


def read_ours(type_: str) -> Facts:
    """The profile of a draft in which a person typed the documentation's own samples."""
    typed = dict(LIST["types"][type_].get("typed", {}))
    settings = typed.pop("settings", {})
    asked = {s.name: s.assumed or s.example for s in catalogue()[type_].settings if s.required or s.assumed}
    one = provider(type_, settings=asked | settings, **typed)
    made = compose(draft("social", one), catalogue())
    root = etree.fromstring(made.files[2].data)
    profile = made.setup.providers[0].technical_profile
    (element,) = root.findall(f".//{{*}}TechnicalProfile[@Id='{profile}']")
    facts = read(element)
    facts["exchange"] = {"": made.setup.providers[0].exchange}
    return facts


def read_documented(page: str, reference: Path) -> Facts:
    files = [page, *(["facebook.extensions"] if page == "facebook" else [])]
    read_facts: Facts = {}
    for file in files:
        root = etree.fromstring((reference / "snippets" / f"{file}.xml").read_bytes())
        (element,) = root.findall(".//{*}TechnicalProfile")
        for part, values in read(element).items():
            read_facts.setdefault(part, {}).update({name: value for name, value in values.items() if value})
    read_facts["exchange"] = {"": exchange_of(page, reference)}
    return read_facts


def exchange_of(page: str, reference: Path) -> str:
    rows = json.loads((reference / "reference/providers.json").read_text("utf-8"))["providers"]
    (row,) = (row for row in rows if row["id"] == page)
    return str(row["claims_exchange_id"])


def read(profile: Any) -> Facts:
    """What counts of a profile. Names that people read are theirs, and samples of client ids no difference."""
    provider_element = profile.getparent().getparent()
    metadata = {item.get("Key"): (item.text or "").strip() for item in profile.findall("{*}Metadata/{*}Item")}
    metadata.pop("client_id", None)
    session = profile.find("{*}UseTechnicalProfileForSessionManagement")
    transformations = [t.get("ReferenceId") for t in profile.findall(".//{*}OutputClaimsTransformation")]
    return {
        "profile id": {"": profile.get("Id")},
        "domain": {"": provider_element.findtext("{*}Domain", "")},
        "metadata": metadata,
        "key": {k.get("Id"): k.get("StorageReferenceId") for k in profile.findall(".//{*}Key")},
        "claim": {c.get("ClaimTypeReferenceId"): claim(c) for c in profile.findall("{*}OutputClaims/{*}OutputClaim")},
        "transformations": {"": ", ".join(transformations)},
        "session": {"": "" if session is None else session.get("ReferenceId")},
    }


def claim(element: Any) -> str:
    name = element.get("PartnerClaimType", "")
    default = element.get("DefaultValue")
    parts = [f"from {name}"] if name else []
    parts += [f"“{default}”" if default is not None else ""]
    parts += ["always"] if element.get("AlwaysUseDefaultValue") == "true" else []
    return " ".join(part for part in parts if part) or f"from {element.get('ClaimTypeReferenceId')}"
