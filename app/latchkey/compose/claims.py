"""What a policy takes from a provider: the catalogue's claims under the draft's, and who the person is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from latchkey.catalogue.entries import Entry
from latchkey.compose.base_ids import BLOCK_CLAIMS, CLAIM_TYPES, FREE_CLAIMS
from latchkey.compose.wording import cleaned, wrong
from latchkey.draft.characters import shown
from latchkey.draft.draft import ClaimSource, Provider, frozen
from latchkey.errors import Refused
from latchkey.policy.names import BadName, ClaimTypeId, key
from latchkey.text import _

USER_ID = "issuerUserId"
_KNOWN = CLAIM_TYPES | BLOCK_CLAIMS


def claims_of(provider: Provider, entry: Entry, path: str) -> Mapping[str, ClaimSource]:
    """Policy claim → its source, in the catalogue's order and then the draft's. Raises Refused.

    A claim that the draft gives as "" is not taken. Ids come out in the case of their definition.
    """
    defaults = entry.claim_defaults or {}
    found = {
        _claim_id(claim, path): ClaimSource(entry.claims.get(claim, ""), defaults.get(claim))
        for claim in dict.fromkeys((*entry.claims, *defaults))
    }
    spelling = {key(claim): claim for claim in found}
    for claim, source in provider.claims.items():
        field = f"{path}.{shown(claim)}"
        name = _claim_id(claim, field)
        name = spelling.setdefault(key(name), name)
        clean = _source(source, field)
        if clean.claim or clean.default is not None:
            found[name] = clean
        else:
            found.pop(name, None)
    _check_user_id(found.get(USER_ID), f"{path}.{USER_ID}")
    return frozen(found)


def identity_of(
    provider: Provider, entry: Entry, settings: Mapping[str, str], fallback: str, path: str
) -> str | ClaimSource:
    """`identityProvider`: what the draft states, else the entry's or its setting's, else `fallback`. Raises Refused."""
    stated = provider.identity_provider
    if isinstance(stated, ClaimSource):
        source = _source(stated, path)
        if source.claim or source.default is not None:
            return source
    elif stated and (text := cleaned(stated, path)):
        return text
    own = entry.identity_provider
    if own.setting:
        return settings[own.setting] or fallback
    return own.value or (ClaimSource(own.claim) if own.claim else fallback)


def extra_claims(claims: Iterable[str]) -> tuple[str, ...]:
    """Those that the base does not define, and that the set must."""
    return tuple(claim for claim in claims if key(claim) not in CLAIM_TYPES)


def _claim_id(text: str, field: str) -> str:
    known = _KNOWN.get(key(text))
    if known is not None and key(text) in FREE_CLAIMS:
        return known
    if known is not None:
        raise wrong(field, text, _("Azure sets this claim itself; a provider must not. Take it out."))
    try:
        return ClaimTypeId.parse(text)
    except BadName as error:
        raise wrong(field, text, error.hint) from error


def _source(source: ClaimSource, field: str) -> ClaimSource:
    default = None if source.default is None else cleaned(source.default, field)
    return ClaimSource(cleaned(source.claim, field), default, source.always and default is not None)


def _check_user_id(source: ClaimSource | None, field: str) -> None:
    """Without a number of their own, all people of a provider would share one account."""
    if source is None or not source.claim:
        raise Refused(
            _("{field} is missing: without it nobody who comes back can be recognised.").format(field=field),
            _("Name the provider's claim that holds a person's number, for example sub."),
        )
    if source.default is not None:
        raise Refused(
            _("{field} has a default: everybody without a number would share one account.").format(field=field),
            _("Take the default out."),
        )
