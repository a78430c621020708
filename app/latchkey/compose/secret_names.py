"""Under which names the secrets of a draft's providers are kept: the tenant and the policy key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from latchkey.catalogue.catalogue import Catalogue
from latchkey.compose.ids import provider_ids
from latchkey.draft.draft import Draft, Provider
from latchkey.errors import Refused
from latchkey.policy.names import BadName, PolicyKeyName, TenantName


class SecretName(NamedTuple):
    """A secret's place. `tenant` is empty while the draft names none that can be; nothing can be stored then."""

    tenant: str
    policy_key: str


def secret_names(draft: Draft, catalogue: Catalogue) -> Mapping[str, SecretName]:
    """By the key of each provider that needs a secret. One whose ids can't be worked out yet is not among them."""
    try:
        tenant: str = TenantName.parse(draft.tenant.name)
    except BadName:
        tenant = ""
    rows = [(row, catalogue[row.type]) for row in draft.providers if row.type in catalogue]
    try:
        names = {row.key: str(ids.policy_key) for (row, _entry), ids in zip(rows, provider_ids(rows), strict=True)}
    except Refused:
        names = {row.key: _alone(row, catalogue) for row, _entry in rows}
    return {
        row.key: SecretName(tenant, names[row.key])
        for row, entry in rows
        if names[row.key] and entry.keeps_secret(row.settings)
    }


def _alone(provider: Provider, catalogue: Catalogue) -> str:
    """The policy key of one provider when the ids of all together are refused: another one's may be the wrong one."""
    try:
        if provider.policy_key.strip():
            return PolicyKeyName.parse(provider.policy_key.strip())
        return provider_ids([(provider, catalogue[provider.type])])[0].policy_key
    except Refused:
        return ""
