"""`latchkey import`: a draft of the policies that somebody has, to work on from there."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.loader import load_catalogue
from latchkey.cli.layout import columns, wrapped
from latchkey.cli.terminal import DONE, Result, answer, flat
from latchkey.compose.into.importing import import_set
from latchkey.compose.into.places import Places, find_places, other_sign_in
from latchkey.compose.into.plan import plan_into
from latchkey.compose.into.rows import EXISTING, Row, rows_of
from latchkey.draft.draft import Draft
from latchkey.draft.store import load, save
from latchkey.errors import Refused
from latchkey.policy.folder import read_set
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _, join_list, ngettext


class Found(NamedTuple):
    """A set as a draft: where its parts are, its buttons, in what the draft would differ (it should be nothing), what
    stands against bringing it back, and which policies sign people in on other pages.
    """

    draft: Draft
    places: Places
    rows: tuple[Row, ...]
    differences: tuple[str, ...]
    refused: str
    others: tuple[str, ...]


def run(arguments: argparse.Namespace) -> Result:
    """Read, understand, write the draft."""
    policy_set = read_set(arguments.folder, arguments.in_azure)
    found = _found(policy_set, load_catalogue())
    written = _write(found.draft, Path(arguments.output), force=arguments.force)
    data = _json(found) | {
        "written": [arguments.output] if written else [],
        "unchanged": [] if written else [arguments.output],
    }
    return answer(DONE, as_json=arguments.json, data=data, text="\n".join(_text(arguments, found, written=written)))


def _found(policy_set: PolicySet, catalogue: Catalogue) -> Found:
    draft = import_set(policy_set, catalogue)
    places = find_places(policy_set, draft.policies)
    differences: tuple[str, ...] = ()
    refused = ""
    try:
        differences = plan_into(policy_set, draft, catalogue).words
    except Refused as refusal:
        refused = str(refusal)
    others = tuple(policy.id for policy in other_sign_in(policy_set, places))
    return Found(draft, places, rows_of(places.sign_in, catalogue), differences, refused, others)


def _write(draft: Draft, path: Path, *, force: bool) -> bool:
    """Whether the file had to be written. A draft that somebody has worked on is not lost by a second import."""
    if path.exists() and load(path) == draft:
        return False
    if path.exists() and not force:
        raise Refused(
            _("{file} is there already and says something else.").format(file=path),
            _("Name another file with -o, or replace that one with --force."),
        )
    save(draft, path)
    return True


def _json(found: Found) -> dict[str, Any]:
    draft, places = found.draft, found.places
    return {
        "tenant": {"name": draft.tenant.name, "cloud": draft.tenant.cloud},
        "extensions": places.extensions.id,
        "pages": [
            {
                "journey": page.journey.id,
                "relying_parties": [policy.id for policy in page.relying_parties],
                "profile_edit": page in places.profile_edit,
            }
            for page in places.pages
        ],
        "providers": [
            {"type": provider.type, "name": row.text, "technical_profile": row.profile.id, "exchange": row.exchange}
            for provider, row in zip(draft.providers, found.rows, strict=True)
        ],
        "other_sign_in": list(found.others),
        "differences": [*found.differences, *([found.refused] if found.refused else [])],
    }


def _text(arguments: argparse.Namespace, found: Found, *, written: bool) -> Iterator[str]:
    draft, places = found.draft, found.places
    yield _("Tenant {tenant}; new providers go into {extensions}.").format(
        tenant=flat(draft.tenant.name), extensions=flat(places.extensions.id)
    )
    for page in places.pages:
        parties = join_list(policy.id for policy in page.relying_parties)
        sentence = ngettext(
            "{policies} lets people choose how to sign in (journey {journey}).",
            "{policies} let people choose how to sign in (journey {journey}).",
            len(page.relying_parties),
        )
        yield from wrapped(sentence.format(policies=parties, journey=page.journey.id))
    yield from _others(found)
    count = len(draft.providers)
    yield ""
    head = ngettext("{count} provider, in this order:", "{count} providers, in this order:", count)
    yield head.format(count=count) if count else _("No provider yet.")
    rows = [
        (f"{place}.", row.text or row.exchange, provider.type, row.profile.id, _remark(provider.type, row))
        for place, (provider, row) in enumerate(zip(draft.providers, found.rows, strict=True), 1)
    ]
    yield from columns(rows, indent=2)
    for sentence in found.differences:
        yield from wrapped(_("Not told apart by the draft: {difference}").format(difference=sentence))
    file = flat(arguments.output)
    yield ""
    if found.refused:
        sentence = _("As they are, these policies can't take a draft: {reason}")
        yield from [*wrapped(sentence.format(reason=found.refused)), ""]
    if written:
        yield _("Wrote {file}.").format(file=file)
        yield _("Change it, then: latchkey compose {file} --into {folder}").format(
            file=file, folder=flat(arguments.folder)
        )
    else:
        yield _("{file} says just that already.").format(file=file)


def _others(found: Found) -> Iterator[str]:
    """What is left alone, so that nobody believes that the new buttons are everywhere."""
    if found.others:
        sentence = ngettext(
            "{policies} signs people in too, and stays as it is. To give it the buttons as well, name it in the draft "
            "under policies.relying_parties.",
            "{policies} sign people in too, and stay as they are. To give them the buttons as well, name them in the "
            "draft under policies.relying_parties.",
            len(found.others),
        )
        yield from wrapped(sentence.format(policies=join_list(found.others)))


def _remark(type_: str, row: Row) -> str:
    if type_ == EXISTING:
        return _("of a kind that Latchkey does not know: it can be ordered and taken off")
    if not (row.profile.metadata_value("client_id") or "").strip() and row.profile.protocol != "SAML2":
        return _("its client id is still missing")
    return ""
