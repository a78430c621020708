"""The watch: what a provider says today against what it said before, and against what the draft counts on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from latchkey.catalogue.answers import written_metadata
from latchkey.catalogue.entries import Entry
from latchkey.discovery.judging import called
from latchkey.discovery.reading import Reading
from latchkey.discovery.saml import SamlProvider
from latchkey.discovery.seen import Seen, seen_now
from latchkey.discovery.server import Server
from latchkey.discovery.verdict import Verdict, note, ok, wont
from latchkey.draft.characters import shown
from latchkey.draft.draft import Provider
from latchkey.text import _, join_list

_LISTS = ("response_types", "response_modes", "scopes", "claims", "token_authentication", "signing", "name_ids")


# Since then ---------------------------------------------------------------------------------------------------------


def changes(before: Seen, reading: Reading) -> list[Verdict]:
    """What is other than it was."""
    now = seen_now(reading)
    found = [
        *_issuer(before, now),
        *_addresses(before, now, reading),
        *_keys(before, now, reading),
        *_lists(before, now),
    ]
    if not found:
        found = [ok("unchanged", _("Nothing has changed since {date}.").format(date=before.day.isoformat()))]
    return found


def _issuer(before: Seen, now: Seen) -> Iterator[Verdict]:
    old, new = str(before.facts.get("issuer", "")), str(now.facts.get("issuer", ""))
    if old != new:
        yield wont(
            "issuer-changed",
            _("The provider has another name: {old} is now {new}.").format(old=shown(old, 120), new=shown(new, 120)),
            _("People are kept under the old name and would be strangers. Ask the people who run the provider."),
        )


def _addresses(before: Seen, now: Seen, reading: Reading) -> Iterator[Verdict]:
    say = wont if reading.kind == "oauth2" else note
    do = (
        _("Your policies hold the old address: read from the provider again and upload them anew.")
        if reading.kind == "oauth2"
        else _("Azure reads the new one by itself. Rules of your network that name the old one need a change.")
    )
    for member in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"):
        old, new = str(before.facts.get(member, "")), str(now.facts.get(member, ""))
        if old and new and old != new:
            yield say(
                "endpoint-moved",
                _("This has moved: {what}, from {old} to {new}.").format(
                    what=called(member), old=shown(old, 120), new=shown(new, 120)
                ),
                do,
            )
    old_ways, new_ways = before.facts.get("sign_in", ()), now.facts.get("sign_in", ())
    if isinstance(reading.facts, SamlProvider) and set(old_ways) != set(new_ways):
        yield note("endpoint-moved", _("The address where people sign in has changed."), do)


def _keys(before: Seen, now: Seen, reading: Reading) -> Iterator[Verdict]:
    if before.keys is None or now.keys is None or set(before.keys) == set(now.keys):
        return
    new, gone = set(now.keys) - set(before.keys), set(before.keys) - set(now.keys)
    yield note(
        "keys-rolled",
        _("The provider's keys have changed: {new} new, {gone} gone.").format(new=len(new), gone=len(gone)),
        _("Azure reads the new ones by itself."),
    )
    if not set(before.keys) & set(now.keys) and reading.kind == "saml":
        yield note(
            "keys-all-new",
            _("None of the certificates of before is there any more."),
            _("If your policies hold the document itself instead of its address, put in the new one."),
        )


def _lists(before: Seen, now: Seen) -> Iterator[Verdict]:
    for name in _LISTS:
        old, new = before.facts.get(name, ()), now.facts.get(name, ())
        if not isinstance(old, tuple) or not isinstance(new, tuple):
            continue
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        if gone:
            names = join_list(shown(one) for one in gone[:10])
            yield note(f"{name}-gone", _("No longer offered ({kind}): {names}.").format(kind=_kind(name), names=names))
        if come and old:
            names = join_list(shown(one) for one in come[:10])
            yield note(f"{name}-new", _("New on offer ({kind}): {names}.").format(kind=_kind(name), names=names))


def _kind(name: str) -> str:
    return {
        "response_types": _("response types"),
        "response_modes": _("response modes"),
        "scopes": _("scopes"),
        "claims": _("claims"),
        "token_authentication": _("ways to send the secret"),
        "signing": _("signatures"),
        "name_ids": _("NameID formats"),
    }[name]


def nothing_to_compare(day: date) -> Verdict:
    """The first time."""
    return note(
        "not-seen-before",
        _("This computer has nothing to compare with yet; it remembers what the provider says on {date}.").format(
            date=day.isoformat()
        ),
    )


# Against the draft --------------------------------------------------------------------------------------------------


def against_draft(reading: Reading, entry: Entry, provider: Provider) -> list[Verdict]:
    """What the draft counts on, and the provider does not offer (any more)."""
    if isinstance(reading.facts, SamlProvider):
        return []
    written = written_metadata(entry, provider.settings)
    return [
        *_asked_for(reading.facts, written),
        *_old_addresses(reading, written),
        *_claims(reading.facts, entry, provider),
    ]


def _asked_for(server: Server, written: dict[str, str]) -> Iterator[Verdict]:
    for key, offered, what in (
        ("response_types", server.response_types, _("response type")),
        ("response_mode", server.response_modes, _("response mode")),
        ("token_endpoint_auth_method", server.token_authentication, _("way to send the secret")),
    ):
        value = written.get(key, "")
        if key == "token_endpoint_auth_method" and written.get("response_types") == "id_token":
            continue
        if value and offered is not None and value not in offered:
            yield wont(
                "draft-not-offered",
                _("The draft asks for “{value}” ({what}), which the provider does not offer.").format(
                    value=shown(value), what=what
                ),
                _("It offers: {names}.").format(names=join_list(shown(one) for one in offered[:10]) or "-"),
            )
    scopes = [one for one in written.get("scope", "").split() if server.scopes is not None and one not in server.scopes]
    if scopes:
        yield note(
            "draft-scope",
            _("The draft asks for scopes that the provider does not list: {names}.").format(
                names=join_list(shown(one) for one in scopes)
            ),
            _("Providers need not list all; if sign-in fails, take them out."),
        )


def _old_addresses(reading: Reading, written: dict[str, str]) -> Iterator[Verdict]:
    if reading.kind != "oauth2" or isinstance(reading.facts, SamlProvider):
        return
    server = reading.facts
    for key, member in (
        ("authorization_endpoint", "authorization_endpoint"),
        ("AccessTokenEndpoint", "token_endpoint"),
        ("ClaimsEndpoint", "userinfo_endpoint"),
    ):
        held, says = written.get(key, ""), str(getattr(server, member))
        if held and says and held != says:
            yield wont(
                "draft-other-address",
                _("The draft has another address than the provider: {what}, {address}.").format(
                    what=called(member), address=shown(held, 120)
                ),
                _("The provider says {address}.").format(address=shown(says, 120)),
            )


def _claims(server: Server, entry: Entry, provider: Provider) -> Iterator[Verdict]:
    if server.claims is None:
        return
    stated = {claim: source.claim for claim, source in provider.claims.items()}
    wanted = {**entry.claims, **stated}
    missing = [source for source in wanted.values() if source and source not in server.claims and "." not in source]
    if missing:
        yield note(
            "draft-claims",
            _("The draft takes claims that the provider does not list: {names}.").format(
                names=join_list(shown(one) for one in dict.fromkeys(missing))
            ),
            _("Providers need not list all; look in the table whether another one fits better."),
        )
