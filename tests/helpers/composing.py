"""Drafts for tests: `draft("social", facebook())`, the examples that ship, and one filled with an entry's own examples."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.catalogue.loader import load_catalogue
from latchkey.draft.draft import Draft, Policies, Provider, Tenant, frozen
from latchkey.draft.store import load

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
IEF = "11111111-2222-3333-4444-555555555555"
PROXY = "66666666-7777-8888-9999-aaaaaaaaaaaa"
METADATA = "https://login.contoso.example/.well-known/openid-configuration"


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships."""
    return load_catalogue()


def example(name: str) -> Draft:
    """One of the drafts that ship: contoso, china, social-only."""
    return load(EXAMPLES / f"{name}.latchkey.toml")


def draft(
    accounts: str, *providers: Provider, tenant: str = "contoso", cloud: Any = "global", **policies: Any
) -> Draft:
    """A finished draft of a new set."""
    chosen: Any = accounts
    stated = Policies(accounts=chosen, ief_app_id=IEF, proxy_ief_app_id=PROXY)
    return Draft(Tenant(tenant, cloud), replace(stated, **policies), providers=providers)


def provider(type_: str, **fields: Any) -> Provider:
    """A provider with the required answers; `settings`, `claims` and `names` may be plain dicts."""
    fields = {name: frozen(value) if isinstance(value, dict) else value for name, value in fields.items()}
    start = filled(catalogue()[type_])
    return replace(start, **fields)


def filled(entry: Entry) -> Provider:
    """A provider with the entry's own example in every field that it asks for."""
    return Provider(
        entry.type,
        client_id=entry.client_id.example if entry.client_id else "",
        settings=frozen({setting.name: setting.example for setting in entry.settings if setting.example}),
    )
