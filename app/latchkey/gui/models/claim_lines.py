"""The claims table of a provider: which claims it shows, where each comes from, what happens without it. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from latchkey.catalogue.entries import Entry
from latchkey.draft.draft import ClaimSource, Provider
from latchkey.policy.names import key
from latchkey.text import _

STANDARD = ("issuerUserId", "displayName", "givenName", "surname", "email")

# What providers of OpenID Connect usually send: https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
USUAL = (
    "sub", "name", "given_name", "family_name", "email", "preferred_username", "nickname", "phone_number", "locale",
    "picture", "upn", "oid", "email_verified", "gender", "birthdate", "zoneinfo", "website", "profile",
)  # fmt: skip


class ClaimLine(NamedTuple):
    """One line. `default` is the type's own source, empty if it has none; `stated`: the draft says something about it;
    `own`: the person added this claim.
    """

    claim: str
    name: str
    source: ClaimSource
    default: str
    stated: bool
    own: bool
    absent: str


def claim_lines(
    provider: Provider, entry: Entry, called: str, there: Mapping[str, str] | None = None
) -> tuple[ClaimLine, ...]:
    """The usual five, what the type adds to them, and what the person added. `there`: policy claim → provider's claim
    in policies that have the provider already; that holds where the draft says nothing.
    """
    stated = {key(claim): (claim, source) for claim, source in provider.claims.items()}
    usual = dict.fromkeys((*STANDARD, *entry.claims))
    defaults = {key(name): source for name, source in (entry.claims if there is None else there).items()}
    lines = [_line(claim, stated, defaults.get(key(claim), ""), called) for claim in usual]
    known = {key(claim) for claim in usual}
    for claim, source in provider.claims.items():
        if key(claim) not in known:
            lines.append(ClaimLine(claim, claim, source, "", True, True, ""))
    return tuple(lines)


def _line(claim: str, stated: dict[str, tuple[str, ClaimSource]], default: str, called: str) -> ClaimLine:
    spelt, source = stated.get(key(claim), (claim, ClaimSource(default)))
    name, absent = claim_words(claim, called)
    return ClaimLine(spelt, name, source, default, key(claim) in stated, False, absent)


def claim_words(claim: str, called: str) -> tuple[str, str]:
    """What a claim is called, and what it means when nothing comes."""
    typed = _("Customers can type it on a page at their first sign-in.")
    known = {
        "issuerUserId": (_("User ID"), _("Without it nobody who comes back is recognised.")),
        "displayName": (_("Display name"), typed),
        "givenName": (_("Given name"), typed),
        "surname": (_("Surname"), typed),
        "email": (
            _("E-mail"),
            _("Your application gets no e-mail address of people who come by {provider}.").format(provider=called),
        ),
    }
    return known.get(claim, (claim, _("Your application does not get it.")))
