"""`latchkey discover --compare` and `--reach`: what has changed at the providers of a draft, and who still answers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.catalogue.loader import load_catalogue
from latchkey.cli.layout import wrapped
from latchkey.cli.terminal import DONE, REFUSED, Result, answer, flat
from latchkey.cli.verdicts import limits_of, verdicts_json, verdicts_text
from latchkey.discovery.compare import against_draft, changes, nothing_to_compare
from latchkey.discovery.fetch import Limits
from latchkey.discovery.places import kind_of, metadata_place
from latchkey.discovery.problems import Problem
from latchkey.discovery.reach import reach as knock_at
from latchkey.discovery.reading import read_provider
from latchkey.discovery.rows import row_named
from latchkey.discovery.seen import recall, remember
from latchkey.discovery.verdict import Kind, Verdict, wont, works
from latchkey.draft.draft import Draft, Provider
from latchkey.errors import Refused, WrongUsage
from latchkey.text import _


class Looked(NamedTuple):
    """A provider and what was found."""

    name: str
    address: str
    verdicts: tuple[Verdict, ...]


def compare(arguments: argparse.Namespace) -> Result:
    """What each provider of the draft says now, against before and against the draft."""
    from latchkey.draft.store import load

    catalogue, limits = load_catalogue(), limits_of(arguments)
    draft = load(arguments.compare)
    rows = _rows(draft, catalogue, arguments.provider)
    looked = [_compared(row, entry, place, limits) for row, entry, place in rows]
    if not looked:
        raise Refused(
            _("No provider of this draft says where its metadata is."),
            _("Read one from its address first: latchkey discover ADDRESS --draft DRAFT."),
        )
    return _answer(arguments, looked)


def _rows(draft: Draft, catalogue: Catalogue, name: str | None) -> list[tuple[Provider, Entry, str]]:
    rows = draft.providers if name is None else (row_named(draft, catalogue, name),)
    found = [
        (row, entry, place)
        for row in rows
        if (entry := catalogue.get(row.type)) is not None and (place := metadata_place(entry, row))
    ]
    return [(row, entry, place) for row, entry, place in found if entry.type != "oauth2" or recall(place) is not None]


def _compared(row: Provider, entry: Entry, place: str, limits: Limits) -> Looked:
    before = recall(place)
    address, name = before.address if before is not None else place, row.name or row.id or entry.title
    try:
        reading = read_provider(address, kind_of(entry), None, limits)
    except Problem as problem:
        return Looked(name, address, (wont(problem.id, problem.message, problem.hint),))
    found = [
        one for one in reading.verdicts if one.kind is Kind.WONT or one.id in ("keys-end-soon", "certificate-ends")
    ]
    found += against_draft(reading, entry, row)
    if before is None:
        remember(reading)
        found.append(nothing_to_compare(datetime.now(UTC).date()))
    else:
        found += changes(before, reading)
    return Looked(name, address, tuple(found))


def reach(arguments: argparse.Namespace) -> Result:
    """Whether the addresses of a type, or of all providers of a draft, answer."""
    from latchkey.draft.store import SUFFIX, load

    catalogue, limits = load_catalogue(), limits_of(arguments)
    if arguments.reach.endswith((SUFFIX, ".toml")):
        rows: Sequence[Provider] = load(arguments.reach).providers
    elif arguments.reach in catalogue:
        rows = (Provider(type=arguments.reach),)
    else:
        raise WrongUsage(
            _("There is no provider type {type}.").format(type=flat(arguments.reach)),
            _("latchkey providers lists the types; a draft's file may be given as well."),
        )
    looked = [
        Looked(
            row.name or catalogue[row.type].title, "", tuple(knock_at(catalogue[row.type], row.settings, None, limits))
        )
        for row in rows
        if row.type in catalogue
    ]
    return _answer(arguments, looked)


def _answer(arguments: argparse.Namespace, looked: Sequence[Looked]) -> Result:
    sound = all(works(one.verdicts) for one in looked)
    data: dict[str, Any] = {
        "providers": [
            {
                "provider": one.name,
                **({"address": one.address} if one.address else {}),
                "works": works(one.verdicts),
                "verdicts": verdicts_json(one.verdicts),
            }
            for one in looked
        ]
    }
    lines: list[str] = []
    for one in looked:
        lines += ["", "", *wrapped(one.name), *verdicts_text(one.verdicts)]
    return answer(DONE if sound else REFUSED, as_json=arguments.json, data=data, text="\n".join(lines[2:]))
