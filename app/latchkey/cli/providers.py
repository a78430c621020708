"""`latchkey providers`: the catalogue."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from latchkey.catalogue.loader import load_catalogue
from latchkey.cli.layout import columns, wrapped
from latchkey.cli.terminal import DONE, Result, answer, flat
from latchkey.errors import Refused, WrongUsage
from latchkey.text import _, join_list, language

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.catalogue.entries import Entry, Setting


def run(arguments: argparse.Namespace) -> Result:
    """All types, or what one of them asks for."""
    catalogue = load_catalogue()
    if arguments.type is None:
        entries = tuple(catalogue.values())
        result = answer(DONE, as_json=arguments.json, data=_json(entries, catalogue), text=_list(entries))
        return result._replace(errors=_refused(catalogue))
    entry = _find(catalogue, arguments.type)
    return answer(DONE, as_json=arguments.json, data=_json((entry,), catalogue), text=_details(entry))


def _find(catalogue: Catalogue, type_: str) -> Entry:
    if type_ in catalogue:
        return catalogue[type_]
    for refused in catalogue.refused:
        if Path(refused.file).stem == type_:
            raise Refused(refused.message, refused.hint)
    import difflib

    near = [entry.type for entry in catalogue.search(type_)] or difflib.get_close_matches(type_[:50], catalogue, 3)
    raise WrongUsage(
        _("There is no provider type {type}.").format(type=type_),
        _("Did you mean {names}?").format(names=join_list(near))
        if near
        else _("latchkey providers lists the types; openid-connect fits most that are not there."),
    )


def _json(entries: Iterable[Entry], catalogue: Catalogue) -> dict[str, Any]:
    refused = [one._asdict() for one in catalogue.refused]
    return {"providers": [_entry_json(entry) for entry in entries], **({"refused": refused} if refused else {})}


def _refused(catalogue: Catalogue) -> str:
    """The files of the person's own folder that can't be used; the others are there all the same."""
    return "\n".join(f"{flat(one.message)} {flat(one.hint)}" for one in catalogue.refused)


def _entry_json(entry: Entry) -> dict[str, Any]:
    example = {"client_id_example": entry.client_id.example} if entry.client_id is not None else {}
    return {
        "type": entry.type,
        "title": entry.title,
        "protocol": entry.protocol,
        "kinds": list(entry.kinds),
        **example,
        "settings": [_setting_json(setting) for setting in entry.settings],
        "claims": dict(entry.claims),
    }


def _setting_json(setting: Setting) -> dict[str, Any]:
    return {
        "name": setting.name,
        "label": setting.label,
        "required": setting.required,
        "example": setting.example,
        "choices": list(setting.choices),
        "default": setting.default,
    }


def _list(entries: tuple[Entry, ...]) -> str:
    rows = [(entry.type, entry.title_in(language()), entry.protocol) for entry in entries]
    lines = columns([tuple(word.upper() for word in (_("Type"), _("Name"), _("Protocol"))), *rows])
    return "\n".join([*lines, "", _("latchkey providers TYPE says what one of them asks for.")])


def _details(entry: Entry) -> str:
    kinds = {"custom": _("custom policies"), "user-flow": _("user flows")}
    facts = [
        (_("Type"), entry.type),
        (_("Protocol"), entry.protocol),
        (_("Goes into"), join_list(kinds[kind] for kind in entry.kinds)),
        (_("Registered at"), entry.portal_url),
        (_("Described at"), entry.documentation),
    ]
    if entry.client_id is not None:
        shape = _("for example {example}").format(example=entry.client_id.example)
        facts.append((_("Client id"), f"{_(entry.client_id.label)} ({shape})"))
    if entry.secret is not None:
        facts.append((_("Secret"), _(entry.secret.label)))
    lines = [entry.title_in(language()), "", *columns([fact for fact in facts if fact[1]])]
    if entry.settings:
        lines += ["", _("Settings, under [providers.settings]:")]
        for setting in entry.settings:
            lines += _setting(setting)
    if entry.claims:
        lines += ["", _("Claims, under [providers.claims] (policy claim = the provider's claim):")]
        lines += columns([(claim, f"= {source}") for claim, source in entry.claims.items()], indent=2)
    return "\n".join(lines)


def _setting(setting: Setting) -> list[str]:
    needed = _("required") if setting.required else _("optional")
    lines = [f"  {setting.name}", f"      {_(setting.label)} ({needed})"]
    if setting.help:
        lines += wrapped(_(setting.help), 6)
    if setting.choices:
        lines.append("      " + _("one of: {choices}").format(choices=join_list(setting.choices)))
    if setting.default:
        lines.append("      " + _("default: {value}").format(value=setting.default))
    if setting.example and setting.example != setting.default:
        lines.append("      " + _("example: {value}").format(value=setting.example))
    return lines
