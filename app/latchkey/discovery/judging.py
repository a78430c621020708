"""What Azure makes of an authorization server: verdicts on each thing that its metadata says.

Azure's side: https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile#metadata and
https://learn.microsoft.com/azure/active-directory-b2c/oauth2-technical-profile#metadata. Where a document says nothing,
the standards' own defaults hold: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from latchkey.discovery.address import OAUTH, OPENID
from latchkey.discovery.hosts import seems_public
from latchkey.discovery.server import Server
from latchkey.discovery.verdict import Verdict, note, ok, wont
from latchkey.draft.characters import shown
from latchkey.text import _, join_list

MODES = ("form_post", "query")  # the portal offers no fragment
AUTHENTICATION = ("client_secret_post", "client_secret_basic")
RSA_SIGNATURES = ("RS256", "RS384", "RS512")
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
        *_response(server),
        *_scope(server),
        *_authentication(server, openid=True),
        *_signing(server),
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
        *_code(server),
        *_authentication(server, openid=False),
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
    elif not _is_web_address(issuer):
        yield wont(
            "issuer-odd",
            _("The issuer is not a web address: {issuer}.").format(issuer=shown(issuer, 120)),
            _("Azure could not match any token with it. Ask the people who run the provider."),
        )
    elif not address:
        yield ok("issuer", _("The issuer is {issuer}.").format(issuer=shown(issuer, 120)))
    elif address in _documents_of(issuer):
        yield ok("issuer", _("The issuer is {issuer}, as its address says.").format(issuer=shown(issuer, 120)))
    elif any(address.rstrip("/") == one.rstrip("/") for one in _documents_of(issuer.rstrip("/"))):
        yield note(
            "issuer-slash",
            _("The issuer is {issuer}; its address has a slash more or less.").format(issuer=shown(issuer, 120)),
            _("Azure takes the issuer from the document, so this works."),
        )
    elif urlsplit(issuer).hostname == urlsplit(address).hostname:
        yield note(
            "issuer-differs",
            _("The issuer is {issuer}, which does not fit the address of the document.").format(
                issuer=shown(issuer, 120)
            ),
            _("Azure takes the issuer from the document. Make sure that its tokens name the same one."),
        )
    else:
        yield note(
            "issuer-elsewhere",
            _("The document names an issuer on another server: {issuer}.").format(issuer=shown(issuer, 120)),
            _("Some providers do that on purpose. If you don't know this one, ask: it decides who your customers are."),
        )


def _documents_of(issuer: str) -> tuple[str, ...]:
    """Where the standards put an issuer's documents."""
    parts = urlsplit(issuer)
    path = parts.path.rstrip("/")
    root = f"{parts.scheme}://{parts.netloc}"
    return (issuer.rstrip("/") + OPENID, root + OAUTH + path, root + path + OAUTH, root + OPENID + path)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False


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
    if not _is_web_address(address):
        return "endpoint-odd"
    parts = urlsplit(address)
    inside = not seems_public(parts.hostname or "")
    if parts.scheme != "https" and not (local and inside):
        return "endpoint-not-https"
    return "endpoint-private" if inside else ""


# How it answers -----------------------------------------------------------------------------------------------------


def response_type(server: Server) -> str:
    """The one to ask for; empty if it offers none that Azure knows."""
    offered = server.response_types
    if offered is None or "code" in offered:
        return "code"
    return "id_token" if "id_token" in offered else ""


def response_mode(server: Server) -> str:
    """The one to ask for; empty if it offers none that Azure knows."""
    offered = server.response_modes if server.response_modes is not None else ("query", "fragment")
    fitting = MODES if response_type(server) != "id_token" else ("form_post",)
    return next((mode for mode in fitting if mode in offered), "")


def _response(server: Server) -> Iterator[Verdict]:
    kind, mode = response_type(server), response_mode(server)
    if not kind:
        yield wont(
            "response-type",
            _("The provider offers neither “code” nor “id_token” as response type."),
            _("Azure knows no other. Ask whether it can be switched on for your application."),
        )
        return
    if server.response_types is None:
        yield note("response-type", _("The document does not say which response types it offers; “code” is usual."))
    elif kind == "id_token":
        yield ok("response-type", _("The provider offers “id_token”, which needs no client secret."))
    else:
        yield ok("response-type", _("The provider offers “code”, which Azure uses with a client secret."))
    if mode == "form_post":
        yield ok("response-mode", _("The answer can travel by “form_post”, the safest way."))
    elif mode:
        yield note(
            "response-mode",
            _("The provider does not name “form_post”, so the answer travels in the address line (“query”)."),
            _("If its documentation says that form_post works, choose that."),
        )
    else:
        yield wont(
            "response-mode",
            _("The provider sends its answers in no way that Azure takes."),
            _("Azure knows form_post and query, and takes an id_token by form_post only."),
        )


def _code(server: Server) -> Iterator[Verdict]:
    if server.response_types is not None and "code" not in server.response_types:
        yield wont(
            "response-type",
            _("The provider does not offer “code” as response type."),
            _("Azure speaks OAuth 2.0 in no other way. Ask whether it can be switched on for your application."),
        )
    else:
        yield ok("response-type", _("The provider offers “code”, which Azure uses with a client secret."))


def _scope(server: Server) -> Iterator[Verdict]:
    if server.scopes is None:
        return
    missing = [scope for scope in ("openid", "profile", "email") if scope not in server.scopes]
    if "openid" in missing:
        yield note(
            "scope",
            _("The document does not list the scope “openid”, which is needed for every sign-in."),
            _("Providers need not list it. If sign-in fails, ask whether this is OpenID Connect at all."),
        )
    elif missing:
        yield note(
            "scope",
            _("The provider does not list these scopes: {names}.").format(names=join_list(missing)),
            _("Latchkey does not ask for them; look in its documentation for what gives name and e-mail address."),
        )
    else:
        yield ok("scope", _("The scopes openid, profile and email are offered."))


def authentication(server: Server) -> str:
    """How the secret is sent; empty if the document does not say, or in no way that Latchkey can set up."""
    return next((method for method in AUTHENTICATION if method in (server.token_authentication or ())), "")


def _authentication(server: Server, *, openid: bool) -> Iterator[Verdict]:
    if openid and response_type(server) == "id_token":
        return
    method = authentication(server)
    if server.token_authentication is None:
        # By the standard this means the header, but LinkedIn and others say nothing and take the body.
        yield note(
            "client-authentication",
            _("The document does not say how it takes the client secret."),
            _("Azure sends it in the body. If sign-in fails after people have signed in there, choose the header."),
        )
    elif method == "client_secret_post":
        yield ok("client-authentication", _("It takes the client secret in the body of the request."))
    elif method and openid:
        yield note(
            "client-authentication",
            _("It takes the client secret in the header only (client_secret_basic)."),
            _("Microsoft calls this a preview for OpenID Connect. Try the sign-in before you go live."),
        )
    elif method:
        yield ok("client-authentication", _("It takes the client secret in the header (client_secret_basic)."))
    elif "private_key_jwt" in (server.token_authentication or ()):
        yield wont(
            "client-authentication",
            _("It takes no client secret, only a signature with a private key (private_key_jwt)."),
            _("Azure can do that, Latchkey can't set it up yet. Ask whether a client secret is possible."),
        )
    else:
        yield wont(
            "client-authentication",
            _("It takes a client secret in no way that Azure sends it."),
            _("Azure knows client_secret_post and client_secret_basic. Ask the people who run the provider."),
        )


def _signing(server: Server) -> Iterator[Verdict]:
    """RSA only: https://github.com/azure-ad-b2c/samples/issues/643. No encrypted tokens:
    https://github.com/MicrosoftDocs/azure-docs/issues/65458.
    """
    offered = server.signing
    if offered is None:
        yield note("signing", _("The document does not say how its tokens are signed; RS256 is what it must offer."))
    elif any(name in RSA_SIGNATURES for name in offered):
        name = next(name for name in RSA_SIGNATURES if name in offered)
        if any(other.startswith(("HS", "ES", "PS", "Ed", "none")) for other in offered):
            yield ok(
                "signing",
                _("It can sign its tokens with {name}, which Azure can check.").format(name=name),
                _("It knows other ways too: choose {name} where you register your application.").format(name=name),
            )
        else:
            yield ok("signing", _("It signs its tokens with {name}, which Azure can check.").format(name=name))
    else:
        yield wont(
            "signing",
            _("It signs its tokens with {names} only, which Azure can't check.").format(
                names=join_list(shown(one) for one in offered[:6]) or "?"
            ),
            _("Azure needs RS256. Ask whether it can be switched on for your application."),
        )
    if server.encryption:
        yield note(
            "encryption",
            _("It can encrypt its tokens, and Azure can't read encrypted ones."),
            _("Leave that switched off where you register your application."),
        )


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
