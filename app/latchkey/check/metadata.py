"""Rules on the settings (Metadata) of identity providers' technical profiles, by protocol.

What each protocol knows stands in `resources/schema/metadata.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from latchkey.check.placeholders import sample_in
from latchkey.check.rule import Hit, Hits
from latchkey.check.suggest import similar
from latchkey.check.view import View
from latchkey.paths import resource
from latchkey.policy.model import Item, TechnicalProfile
from latchkey.text import _, join_list


class Settings(NamedTuple):
    """What profiles of a protocol may say: key in lower case → as it is documented, and its possible values."""

    known: Mapping[str, tuple[str, tuple[str, ...]]]


def known(view: View) -> Hits:
    """Settings are those that profiles of this protocol have; others are ignored, so that a typing error in a key has
    no effect and no message.

    https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile#metadata, likewise
    oauth2-, oauth1- and saml-identity-provider-technical-profile
    """
    for profile, item, settings in _settings(view):
        if item.key.strip().lower() in settings.known or item.key.strip().lower() == "client_secret":
            continue  # a secret is told by no-secret-in-xml
        guess = similar(item.key, (written for written, _values in settings.known.values()))
        elsewhere = _elsewhere(item.key)
        if guess:
            hint = _("Did you mean “{guess}”?").format(guess=guess)
        elif elsewhere:
            hint = _("{protocols} profiles have it; here it has no effect: take it out.").format(
                protocols=join_list(elsewhere)
            )
        else:
            hint = _("Check its spelling; if it is not documented for {protocol}, take it out.").format(
                protocol=profile.protocol
            )
        yield Hit(
            item.where,
            _("“{profile}” has the setting “{key}”, which {protocol} profiles don't know.").format(
                profile=profile.id, key=item.key, protocol=profile.protocol
            ),
            hint,
        )


def value(view: View) -> Hits:
    """Settings with a list of possible values hold one of these.

    https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile#metadata, likewise
    oauth2- and saml-identity-provider-technical-profile
    """
    for profile, item, settings in _settings(view):
        written, choices = settings.known.get(item.key.strip().lower(), ("", ()))
        if not choices:
            continue
        given = item.value.lower().split()  # response_types may name several
        if not {choice.lower() for choice in choices}.issuperset(given):
            if item.value.startswith("{") or sample_in(item.value):
                continue
            guess = similar(item.value, choices)
            possible = _("Possible are: {choices}.").format(choices=join_list(choices))
            yield Hit(
                item.where,
                _("“{value}” can't be the setting {key} of “{profile}”.").format(
                    value=item.value[:80], key=written, profile=profile.id
                ),
                _("Did you mean “{guess}”?").format(guess=guess) + " " + possible if guess else possible,
            )


def _settings(view: View) -> Iterator[tuple[TechnicalProfile, Item, Settings]]:
    """The settings that this file gives to providers' profiles. A token issuer has a protocol too, but other ones."""
    by_protocol = _by_protocol()
    for own, profile in view.profiles:
        settings = by_protocol.get(profile.protocol or "") if own.metadata else None
        if settings is None or profile.output_token_format is not None:
            continue
        for item in own.metadata:
            yield profile, item, settings


def _elsewhere(key: str) -> list[str]:
    return [protocol for protocol, settings in _by_protocol().items() if key.strip().lower() in settings.known]


@cache
def _by_protocol() -> dict[str, Settings]:
    raw = json.loads(resource("schema", "metadata.json").read_text(encoding="utf-8"))
    everywhere = raw["everywhere"]
    return {
        protocol: Settings(
            {
                key.lower(): (key, tuple(values.split()))
                for key, values in {**everywhere, **found["seen"], **found["documented"]}.items()
            }
        )
        for protocol, found in raw.items()
        if isinstance(found, dict) and "documented" in found
    }
