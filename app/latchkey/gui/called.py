"""What things are called on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latchkey.text import _, language

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.catalogue.entries import Entry
    from latchkey.draft.draft import Provider

_AZURE_CODES = {"zh_CN": "zh-Hans"}


def type_name(entry: Entry) -> str:
    """A provider type's title in the person's language."""
    return (entry.titles or {}).get(_AZURE_CODES.get(language(), language()), entry.title)


def called(provider: Provider, catalogue: Catalogue) -> str:
    """A sign-in button's name: its own, else what its type is called."""
    if provider.name.strip():
        return provider.name.strip()
    if provider.type in catalogue:
        return type_name(catalogue[provider.type])
    return provider.profile or provider.type or _("Sign-in button")
