"""Which row of a draft a reading belongs to, or which type a new one gets."""

from __future__ import annotations

from collections.abc import Mapping

from latchkey.catalogue.entries import Entry
from latchkey.discovery.places import address_setting, kind_of, metadata_place
from latchkey.discovery.reading import Reading
from latchkey.discovery.seen import place_of
from latchkey.draft.draft import Draft, Provider
from latchkey.errors import Refused
from latchkey.text import _, join_list


def row_named(draft: Draft, catalogue: Mapping[str, Entry], name: str) -> Provider:
    """The row that a person calls so: by its id, its button's text or its type. Raises Refused."""
    asked = name.strip().casefold()
    fitting = [
        row
        for row in draft.providers
        if asked in (row.id.casefold(), row.name.casefold(), row.type.casefold(), row.profile.casefold())
    ]
    if len(fitting) == 1:
        return fitting[0]
    names = join_list(row.id or row.name or row.type for row in (fitting or draft.providers))
    raise Refused(
        _("The draft has several providers called {name}.").format(name=name)
        if fitting
        else _("The draft has no provider called {name}.").format(name=name),
        _("Give its id or the text of its button: {names}.").format(names=names) if names else "",
    )


def row_for(reading: Reading, draft: Draft, catalogue: Mapping[str, Entry], type_: str = "") -> Provider | None:
    """The row that the reading is of: the one with its address or its name, else the only one that has none yet.

    With a `type_`, of that type only.
    """
    rows = [
        (row, entry)
        for row in draft.providers
        if (entry := catalogue.get(row.type)) is not None and kind_of(entry) == reading.kind and type_ in ("", row.type)
    ]
    places = {place_of(reading), reading.typed.strip()} - {""}
    same = [row for row, entry in rows if metadata_place(entry, row) in places or _named(entry, row, reading)]
    if same:
        return same[0]
    blank = [row for row, entry in rows if (entry.generic or type_) and not _addressed(entry, row)]
    return blank[0] if len(blank) == 1 else None


def _named(entry: Entry, row: Provider, reading: Reading) -> bool:
    """A SAML provider is known by its entity id, wherever its metadata came from."""
    setting = entry.identity_provider.setting
    return reading.kind == "saml" and bool(setting) and row.settings.get(setting, "").strip() == reading.issuer


def _addressed(entry: Entry, row: Provider) -> bool:
    names = [address_setting(entry)] if address_setting(entry) else ["authorization_endpoint", "token_endpoint"]
    return any(row.settings.get(name, "").strip() for name in names)
