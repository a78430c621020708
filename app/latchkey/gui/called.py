"""What things are called on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latchkey.text import _, language

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.catalogue.entries import Entry
    from latchkey.check.finding import Finding
    from latchkey.draft.draft import Draft, Provider

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


def said_of(finding: Finding, draft: Draft, catalogue: Catalogue) -> str:
    """A finding's message where its field is not in sight: one about a provider says which."""
    provider = next((one for one in draft.providers if finding.provider and one.key == finding.provider), None)
    if provider is None:
        return finding.message
    name = called(provider, catalogue)
    if name in finding.message:
        return finding.message
    return _("{provider}: {message}").format(provider=name, message=finding.message)
