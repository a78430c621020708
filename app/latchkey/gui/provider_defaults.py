"""What holds for a provider where its draft says nothing: its id and the name of its secret. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from latchkey.catalogue.catalogue import Catalogue
from latchkey.compose.ids import provider_ids
from latchkey.draft.draft import Draft
from latchkey.errors import Refused


def provider_defaults(draft: Draft, catalogue: Catalogue, key: str) -> Mapping[str, str]:
    """By field. Empty where it can't be worked out yet."""
    provider = draft.provider(key)
    found = {"domain_hint": catalogue[provider.type].domain}
    for field in ("id", "policy_key"):
        blank = replace(provider, id="", policy_key="") if field == "id" else replace(provider, policy_key="")
        rows = [blank if row.key == key else row for row in draft.providers if row.type in catalogue]
        try:
            ids = provider_ids([(row, catalogue[row.type]) for row in rows])
        except Refused:
            continue
        found[field] = getattr(next(one for row, one in zip(rows, ids, strict=True) if row.key == key), field)
    return found
