"""`latchkey discover`: what a provider publishes about itself, judged by what Azure can do, and filled in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from latchkey.catalogue.entries import Entry
from latchkey.catalogue.loader import load_catalogue
from latchkey.cli.layout import columns, wrapped
from latchkey.cli.terminal import DONE, REFUSED, Result, answer, flat
from latchkey.cli.verdicts import limits_of, verdicts_json, verdicts_text
from latchkey.discovery.compare import against_draft
from latchkey.discovery.fill import Proposal, filled, hints_of_others, proposals
from latchkey.discovery.places import kind_of
from latchkey.discovery.problems import Problem
from latchkey.discovery.reading import Reading, read_provider
from latchkey.discovery.rows import row_for, row_named
from latchkey.discovery.verdict import Verdict, works
from latchkey.draft.characters import shown
from latchkey.draft.draft import Draft, Provider
from latchkey.errors import Unreadable, WrongUsage
from latchkey.text import _, join_sentences

_LONGEST = 90  # characters of a value that are shown; a SAML document has thousands
_KINDS = {"openid-connect": "OpenID Connect", "oauth2": "OAuth 2.0", "saml": "SAML 2.0"}


class Filling(NamedTuple):
    """What becomes of a draft: the row, whether it is new, and what is taken over and what stays."""

    file: str
    draft: Draft
    row: Provider
    added: bool
    taken: tuple[Proposal, ...]
    kept: tuple[Proposal, ...]


def run(arguments: argparse.Namespace) -> Result:
    """Read a provider; or, with --compare and --reach, look at those of a draft or the catalogue."""
    if sum(one is not None for one in (arguments.where, arguments.compare, arguments.reach)) != 1:
        raise WrongUsage(
            _("Say what to look at: an address or a file, --compare DRAFT, or --reach TYPE."),
            _("For example: latchkey discover https://login.contoso.com"),
        )
    if arguments.where is None:
        from latchkey.cli import watching

        return watching.compare(arguments) if arguments.compare is not None else watching.reach(arguments)
    return _discover(arguments)


def _discover(arguments: argparse.Namespace) -> Result:
    catalogue = load_catalogue()
    entry = _entry(catalogue, arguments.type)
    if "://" not in arguments.where and ("\\" in arguments.where or arguments.where.endswith((".json", ".xml"))):
        _must_exist(arguments.where)
    draft, row = None, None
    if arguments.draft is not None:
        draft = _load(arguments.draft)
        if arguments.provider is not None:
            row = row_named(draft, catalogue, arguments.provider)
            entry = entry or catalogue.get(row.type)
    elif arguments.provider is not None:
        raise WrongUsage(_("--provider goes with --draft."), _("It says which of the draft's providers is meant."))
    reading = _read(arguments, entry)
    if draft is None:
        chosen = entry or catalogue[reading.kind]
        offered = proposals(reading, chosen, Provider(type=chosen.type))
        return _answer(arguments, reading, reading.verdicts, offered, None)
    row = row or row_for(reading, draft, catalogue, entry.type if entry is not None else "")
    added = row is None
    if row is None:
        draft, row = _with_row(draft, entry or catalogue[reading.kind])
    offered = proposals(reading, catalogue[row.type], row, hints_of_others(draft, catalogue, row.key))
    filling = _filling(arguments, draft, row, offered, added=added)
    verdicts = (*reading.verdicts, *against_draft(reading, catalogue[filling.row.type], filling.row))
    if works(verdicts):
        _write(filling, reading)
    return _answer(arguments, reading, verdicts, (*filling.taken, *filling.kept), filling)


def _entry(catalogue: Any, type_: str | None) -> Entry | None:
    if type_ is None:
        return None
    entry: Entry | None = catalogue.get(type_)
    if entry is None or kind_of(entry) is None:
        fitting = ", ".join(name for name in catalogue if kind_of(catalogue[name]) is not None)
        raise WrongUsage(
            _("{type} is not a type that is set up from metadata.").format(type=flat(type_)),
            _("These are: {names}.").format(names=fitting),
        )
    return entry


def _read(arguments: argparse.Namespace, entry: Entry | None) -> Reading:
    try:
        return read_provider(arguments.where, kind_of(entry) if entry is not None else None, None, limits_of(arguments))
    except Problem as problem:
        if problem.id != "private-address" or arguments.local:
            raise
        hint = join_sentences(problem.hint, _("With --local Latchkey asks there all the same."))
        raise Problem(problem.id, problem.message, hint) from problem


def _must_exist(path: str) -> None:
    if not Path(path).is_file():
        raise Unreadable(
            _("{path} does not exist.").format(path=flat(path)),
            _("Give the provider's address, or the file that you saved its metadata in."),
        )


def _load(file: str) -> Draft:
    """The draft; a new one where there is none yet."""
    from latchkey.draft.store import SUFFIX, load

    if file.endswith(SUFFIX) and not Path(file).exists():
        return Draft()
    return load(file)


def _with_row(draft: Draft, entry: Entry) -> tuple[Draft, Provider]:
    """The draft with one more sign-in button."""
    from latchkey.draft import edits

    key = edits.fresh_key(draft)
    draft = edits.add_provider(entry.type, entry.title, key).apply(draft)
    return draft, draft.provider(key)


def _filling(
    arguments: argparse.Namespace, draft: Draft, row: Provider, offered: Sequence[Proposal], *, added: bool
) -> Filling:
    taken = tuple(one for one in offered if not one.kept or arguments.replace)
    kept = tuple(one for one in offered if one not in taken)
    after = filled(row.key, taken, row.name or row.type).apply(draft)
    return Filling(arguments.draft, after, after.provider(row.key), added, taken, kept)


def _write(filling: Filling, reading: Reading) -> None:
    from latchkey.discovery.seen import remember
    from latchkey.draft.store import save

    save(filling.draft, filling.file)
    remember(reading)


# Telling ------------------------------------------------------------------------------------------------------------


def _answer(
    arguments: argparse.Namespace,
    reading: Reading,
    verdicts: Sequence[Verdict],
    offered: Sequence[Proposal],
    filling: Filling | None,
) -> Result:
    sound = works(verdicts)
    data: dict[str, Any] = {
        "kind": reading.kind,
        "issuer": reading.issuer,
        "address": reading.address,
        "works": sound,
        "verdicts": verdicts_json(verdicts),
        "proposals": [one._asdict() for one in offered],
    }
    head = [f"{_KINDS[reading.kind]}: {flat(shown(reading.issuer, 200))}"]
    head += [_("Read from {address}").format(address=flat(reading.address))] if reading.address else []
    lines = [*head, "", *verdicts_text(verdicts)]
    if filling is None:
        lines += _values(_("In a draft that would be"), offered)
        if sound:
            lines += [
                "",
                *wrapped(_("latchkey discover {where} --draft DRAFT fills it in.").format(where=flat(arguments.where))),
            ]
    else:
        data["draft"] = {
            "file": filling.file,
            "provider": filling.row.id or filling.row.name or filling.row.type,
            "type": filling.row.type,
            "added": filling.added,
            "written": sound,
        }
        lines += _told_draft(filling, sound=sound)
    return answer(DONE if sound else REFUSED, as_json=arguments.json, data=data, text="\n".join(lines))


def _told_draft(filling: Filling, *, sound: bool) -> list[str]:
    file, name = flat(filling.file), flat(filling.row.name or filling.row.type)
    if not sound:
        return [
            "",
            *wrapped(_("{file} was left as it is: with this provider people could not sign in.").format(file=file)),
        ]
    said = _("{provider} was added to {file}.") if filling.added else _("{provider} in {file} was brought up to date.")
    lines = _values(said.format(provider=name, file=file), filling.taken)
    if filling.kept:
        lines += _values(
            _("You have typed something else here, which stays (--replace takes the provider's)"), filling.kept
        )
    if not filling.row.client_id.strip() and filling.row.type != "saml":
        lines += ["", *wrapped(_("Still missing: the client id that the provider's portal gives you, and its secret."))]
    return lines


def _values(head: str, offered: Sequence[Proposal]) -> list[str]:
    if not offered:
        return ["", head]
    rows = [
        (
            one.field,
            f"= {shown(one.value, _LONGEST)}",
            _("(you: {value})").format(value=shown(one.now, _LONGEST)) if one.kept else "",
        )
        for one in offered
    ]
    return ["", head, *columns(rows, indent=2)]
