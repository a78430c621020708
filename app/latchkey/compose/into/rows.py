"""The providers that a set has already: recognised by type, and matched with the draft's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from latchkey.catalogue.answers import fits
from latchkey.catalogue.entries import Entry, Setting
from latchkey.compose.into.places import Page
from latchkey.compose.setup import ProviderSetup
from latchkey.compose.wording import wrong
from latchkey.draft.draft import Provider
from latchkey.policy.buttons import FEDERATED, localized_texts
from latchkey.policy.effective import Effective, metadata
from latchkey.policy.model import Exchange, TechnicalProfile
from latchkey.policy.names import key
from latchkey.text import _, join_list

EXISTING = "existing"
_TELLING = (
    "authorization_endpoint", "AccessTokenEndpoint", "ClaimsEndpoint", "METADATA", "request_token_endpoint",
    "PartnerEntity",
)  # fmt: skip
# Metadata that says how and not who.
_WAYS = ("HttpBinding", "UsePolicyInRedirectUri")


@dataclass(frozen=True, slots=True)
class Row:
    """A button that is there: its exchange, its technical profile with all it inherits, its type, its texts."""

    exchange: str
    profile: TechnicalProfile
    type: str
    text: str
    texts: Mapping[str, str]


def exchange_of(page: Page, target: str) -> Exchange | None:
    """The exchange that a button of a page leads to."""
    return next((e for e in page.following.exchanges if key(e.id) == key(target)), None)


def rows_of(pages: Sequence[Page], catalogue: Mapping[str, Entry]) -> tuple[Row, ...]:
    """The buttons of some pages, in the order of the first that has them. Local accounts are not among them."""
    found: dict[str, Row] = {}
    for page in pages:
        for row in _page_rows(page, catalogue):
            found.setdefault(key(row.profile.id), row)
    return tuple(found.values())


def button_of(page: Page, target: str) -> TechnicalProfile | None:
    """The federated profile behind a button; None: it is not a provider's button."""
    exchange = exchange_of(page, target)
    profile = page.effective.expanded(exchange.technical_profile) if exchange is not None else None
    return profile if profile is not None and profile.protocol in FEDERATED else None


def _page_rows(page: Page, catalogue: Mapping[str, Entry]) -> Iterator[Row]:
    languages = page.effective.supported_languages
    for selection in page.step.selections:
        profile = button_of(page, selection.target) if selection.target else None
        exchange = exchange_of(page, selection.target) if selection.target else None
        if profile is None or exchange is None:
            continue
        texts = localized_texts(page.effective, page.step, exchange.id)
        text = texts.get(languages.default if languages else "") or profile.display_name or ""
        yield Row(exchange.id, profile, recognised(profile, catalogue), text, texts)


def recognised(profile: TechnicalProfile, catalogue: Mapping[str, Entry]) -> str:
    """The catalogue's type of a technical profile, by protocol and by the addresses that only this provider has."""
    values = metadata(profile.metadata)
    best, most = EXISTING, 0
    for name in catalogue:
        entry = catalogue[name]
        if entry.protocol != profile.protocol:
            continue
        telling = [item for item in _TELLING if item in entry.metadata]
        same = sum(_address(entry.metadata[item]) == _address(values.get(item, "")) for item in telling)
        same += sum(_told(entry, setting, values) for setting in entry.settings)
        same += _known_by(entry, values)
        if same > most:
            best, most = name, same
    return best if best != EXISTING else _generic(values, profile.protocol, catalogue)


def _generic(values: Mapping[str, str], protocol: str | None, catalogue: Mapping[str, Entry]) -> str:
    """The generic type of a protocol, if the profile has all of its fixed metadata and all that it asks for."""
    for entry in catalogue.values():
        if entry.generic and entry.protocol == protocol:
            fixed = {name: value for name, value in entry.metadata.items() if name not in _WAYS}
            asked = [setting.metadata for setting in entry.settings if setting.required and setting.metadata]
            if all(values.get(name) == value for name, value in fixed.items()) and all(map(values.get, asked)):
                return entry.type
    return EXISTING


def _known_by(entry: Entry, values: Mapping[str, str]) -> bool:
    addresses = [_address(values.get(item, "")) + "/" for item in _TELLING]
    return any(piece.lower() in address for piece in entry.known_by for address in addresses)


def _told(entry: Entry, setting: Setting, values: Mapping[str, str]) -> bool:
    """A setting's metadata has the form, or the default, that only this type gives it."""
    value = values.get(setting.metadata, "") if setting.metadata in _TELLING else ""
    return bool(value) and (fits(entry, setting, value) or _address(value) == _address(setting.default))


def _address(text: str) -> str:
    """An address without its query, which people change."""
    return text.partition("?")[0].rstrip("/").lower()


def matched(
    providers: Sequence[Provider], rows: Sequence[Row], names: Sequence[str], *, shown: bool = False
) -> list[Row | None]:
    """For each provider of the draft its row in the set, or None: it is new. Raises Refused.

    `names` are the technical profile ids that the draft's ids derive to. In this order: the profile that the draft
    names; the derived profile id; the only one of its type that is left, or the one with the same client id or metadata
    address. `shown`: these are not all rows, so that one that the draft names may be missing.
    """
    left = {key(row.profile.id): row for row in rows}
    result: list[Row | None] = [None] * len(providers)
    for index, provider in enumerate(providers):
        if provider.profile:
            result[index] = left.pop(key(provider.profile), None)
            if result[index] is None and provider.type == EXISTING and not shown:
                raise wrong(
                    f"providers[{index}].profile",
                    provider.profile,
                    _("The policies show these providers: {ids}.").format(
                        ids=join_list(row.profile.id for row in rows) or _("none")
                    ),
                )
    for index, provider in enumerate(providers):
        if result[index] is None and not provider.profile and names[index]:
            found = left.get(key(names[index]))
            if found is not None and found.type in (provider.type, EXISTING):
                result[index] = left.pop(key(names[index]))
    for index, provider in enumerate(providers):
        if result[index] is None and not provider.profile:
            found = _same(provider, [row for row in left.values() if row.type == provider.type], providers)
            if found is not None:
                result[index] = left.pop(key(found.profile.id))
    return result


def unshown(
    effective: Effective, provider: Provider, setup: ProviderSetup, catalogue: Mapping[str, Entry]
) -> Row | None:
    """A provider that the policies define but no page shows, by the profile that the draft names or derives to."""
    profile = effective.expanded(provider.profile or setup.technical_profile)
    if profile is None or profile.protocol not in FEDERATED or recognised(profile, catalogue) != provider.type:
        return None
    return Row(setup.exchange, profile, provider.type, profile.display_name or "", {})


def _same(provider: Provider, rows: Sequence[Row], providers: Sequence[Provider]) -> Row | None:
    for row in rows:
        values = metadata(row.profile.metadata)
        if provider.client_id and values.get("client_id") == provider.client_id:
            return row
    address = provider.settings.get("metadata_url", "").strip().lower()
    for row in rows:
        # the query counts: it may name one of several policies or apps behind one address
        if address and not provider.id and (row.profile.metadata_value("METADATA") or "").strip().lower() == address:
            return row
    same_type = [other for other in providers if other.type == provider.type]
    if len(rows) == 1 and len(same_type) == 1 and not provider.id and not provider.settings.get("metadata_url"):
        return rows[0]
    return None
