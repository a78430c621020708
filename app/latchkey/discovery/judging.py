"""What Azure makes of an authorization server: verdicts on each thing that its metadata says.

Azure's side: https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile#metadata and
https://learn.microsoft.com/azure/active-directory-b2c/oauth2-technical-profile#metadata. Where a document says nothing,
the standards' own defaults hold: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from latchkey.discovery.abilities import (
    about_authentication,
    about_code,
    about_response,
    about_scope,
    about_signing,
)
from latchkey.discovery.address import OAUTH, OPENID
from latchkey.discovery.hosts import host_in, is_web_address, seems_public
from latchkey.discovery.server import Server
from latchkey.discovery.verdict import Verdict, note, ok, wont
from latchkey.draft.characters import shown
from latchkey.text import _, join_list

USUAL_CLAIMS = ("name", "given_name", "family_name", "email")


def called(member: str) -> str:
    """An end point in words."""
    return {
        "authorization_endpoint": _("the sign-in address"),
        "token_endpoint": _("the token address"),
        "userinfo_endpoint": _("the user info address"),
        "jwks_uri": _("the address of the keys"),
        "end_session_endpoint": _("the sign-out address"),
    }.get(member, member)


def judge_openid(server: Server, address: str, *, local: bool = False) -> list[Verdict]:
    """An OpenID Connect provider. `address`: where the document was read, empty for a file."""
    return [
        *_odd(server),
        *_issuer(server, address),
        *_endpoints(server, ("authorization_endpoint", "token_endpoint", "jwks_uri"), local=local),
        *about_response(server),
        *about_scope(server),
        *about_authentication(server, openid=True),
        *about_signing(server),
        *_claims(server),
        *_demands(server),
    ]


def judge_oauth(server: Server, address: str, *, local: bool = False) -> list[Verdict]:
    """An OAuth 2.0 server: the person is asked for at its user info address, and no token is read by Azure."""
    return [
        *_odd(server),
        *_issuer(server, address),
        *_endpoints(server, _of_oauth(server), local=local),
        *_user_info(server),
        *about_code(server),
        *about_authentication(server, openid=False),
        *_demands(server),
    ]


def _of_oauth(server: Server) -> tuple[str, ...]:
    user_info = ("userinfo_endpoint",) if server.userinfo_endpoint else ()
    return ("authorization_endpoint", "token_endpoint", *user_info)


def _odd(server: Server) -> Iterator[Verdict]:
    if server.odd:
        yield wont(
            "wrong-types",
            _("Values of a wrong kind stand in the document: {names}.").format(names=join_list(server.odd)),
            _("Ask the people who run the provider: programs that read this document will stumble over it."),
        )


# Who it is ----------------------------------------------------------------------------------------------------------


def _issuer(server: Server, address: str) -> Iterator[Verdict]:
    """The issuer is the document's address without the well-known end, to the letter.

    https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
    """
    issuer = server.issuer
    if not issuer:
        yield wont(
            "issuer-missing",
            _("The document does not say who issues its tokens (issuer)."),
            _("Azure compares each token with it. Ask the people who run the provider."),
        )
    elif re.search(r"[{}]", issuer):
        yield wont(
            "issuer-template",
            _("The issuer has a gap that each organization fills in itself: {issuer}.").format(
                issuer=shown(issuer, 120)
            ),
            _("For Microsoft Entra choose the type for any organization, or give the address of one organization."),
        )
    elif not is_web_address(issuer):
        yield wont(
            "issuer-odd",
            _("The issuer is not a web address: {issuer}.").format(issuer=shown(issuer, 120)),
            _("Azure could not match any token with it. Ask the people who run the provider."),
        )
    else:
        yield _issuer_at(issuer, address)


def _issuer_at(issuer: str, address: str) -> Verdict:
    """Whether an issuer fits the address that its document was read at; empty for a file."""
    called_so = shown(issuer, 120)
    if not address:
        return ok("issuer", _("The issuer is {issuer}.").format(issuer=called_so))
    if address in _documents_of(issuer):
        return ok("issuer", _("The issuer is {issuer}, as its address says.").format(issuer=called_so))
    if host_in(issuer) == host_in(address):
        return note(
            "issuer-differs",
            _("The issuer is {issuer}, which does not fit the address of the document.").format(issuer=called_so),
            _("Azure takes the issuer from the document. Make sure that its tokens name the same one."),
        )
    return note(
        "issuer-elsewhere",
        _("The document names an issuer on another server: {issuer}.").format(issuer=called_so),
        _("Some providers do that on purpose. If you don't know this one, ask: it decides who your customers are."),
    )


def _documents_of(issuer: str) -> tuple[str, ...]:
    """Where the standards put an issuer's documents."""
    parts = urlsplit(issuer)
    path = parts.path.rstrip("/")
    root = f"{parts.scheme}://{parts.netloc}"
    return (issuer.rstrip("/") + OPENID, root + OAUTH + path, root + path + OAUTH, root + OPENID + path)


# Where it is --------------------------------------------------------------------------------------------------------


def _endpoints(server: Server, needed: tuple[str, ...], *, local: bool) -> Iterator[Verdict]:
    """Each kind of fault once, with all addresses that have it. Other end points are of no use to Azure."""
    faults: dict[str, list[str]] = {}
    for member in needed:
        fault = _fault(str(getattr(server, member)), local=local)
        if fault:
            faults.setdefault(fault, []).append(called(member))
    ask = _("Ask the people who run the provider.")
    for fault, members in faults.items():
        names = join_list(members)
        if fault == "endpoint-missing":
            yield wont(fault, _("The document lacks: {names}.").format(names=names), ask)
        elif fault == "endpoint-odd":
            yield wont(fault, _("These are no web addresses: {names}.").format(names=names), ask)
        elif fault == "endpoint-not-https":
            hint = _("Azure calls addresses with https only. Ask the people who run the provider.")
            yield wont(fault, _("These are not secured: {names}.").format(names=names), hint)
        else:
            hint = _(
                "Azure asks from outside and can't reach them; for a trial on your own computer that is no matter."
            )
            say = note if local else wont
            yield say(fault, _("These lie inside a private network: {names}.").format(names=names), hint)
    if not faults:
        names = join_list(called(member) for member in needed)
        yield ok("endpoints", _("These are there and use https: {names}.").format(names=names))


def _fault(address: str, *, local: bool) -> str:
    """What is wrong with an end point; empty for nothing."""
    if not address:
        return "endpoint-missing"
    if not is_web_address(address):
        return "endpoint-odd"
    parts = urlsplit(address)
    inside = not seems_public(parts.hostname or "")
    if parts.scheme != "https" and not (local and inside):
        return "endpoint-not-https"
    return "endpoint-private" if inside else ""


# What it tells, and what it demands ---------------------------------------------------------------------------------


def _claims(server: Server) -> Iterator[Verdict]:
    if server.claims is None:
        yield note("claims", _("The document does not say what it tells about people; the usual names are taken."))
    else:
        missing = [name for name in USUAL_CLAIMS if name not in server.claims]
        if missing:
            yield note(
                "claims",
                _("It does not list these: {names}.").format(names=join_list(missing)),
                _("What is missing, people can type at their first sign-in; or choose another of its claims."),
            )
        else:
            yield ok("claims", _("It can tell name and e-mail address."))
    if server.userinfo_endpoint:
        yield note(
            "claims-in-token",
            _("Azure reads what it learns about people from the ID token and does not ask the user info address."),
            _("Make sure that the provider puts name and e-mail address into the ID token."),
        )
    if server.subject_types is not None and server.subject_types and "public" not in server.subject_types:
        yield note(
            "subject-pairwise",
            _("It gives people another number for each application."),
            _("Keep the registration: with a new one all your customers would be strangers."),
        )


def _user_info(server: Server) -> Iterator[Verdict]:
    if server.userinfo_endpoint:
        yield ok("user-info", _("It says where Azure asks who the person is (userinfo_endpoint)."))
    else:
        yield note(
            "user-info",
            _("The document does not say where Azure asks who the person is."),
            _("Look in the provider's documentation for an address that answers with JSON, and type it in."),
        )


def _demands(server: Server) -> Iterator[Verdict]:
    """Things that Azure never does: https://datatracker.ietf.org/doc/html/rfc9126, …/rfc9101."""
    if server.needs_pushed_requests:
        yield wont(
            "pushed-requests",
            _("It only takes sign-in requests that were sent to it beforehand (PAR), which Azure does not do."),
            _("Ask whether that can be switched off for your application."),
        )
    if server.needs_signed_requests:
        yield wont(
            "signed-requests",
            _("It only takes signed sign-in requests, which Azure does not send."),
            _("Ask whether that can be switched off for your application."),
        )
