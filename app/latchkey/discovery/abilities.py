"""What an authorization server can do, beside what Azure can: response types and modes, scopes, secrets, signatures.

Azure's side: https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile#metadata and
https://learn.microsoft.com/azure/active-directory-b2c/oauth2-technical-profile#metadata. Where a document says nothing,
the standards' own defaults hold: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata.
"""

from __future__ import annotations

from collections.abc import Iterator

from latchkey.discovery.server import Server
from latchkey.discovery.verdict import Verdict, note, ok, wont
from latchkey.draft.characters import shown
from latchkey.text import _, join_list

MODES = ("form_post", "query")  # the portal offers no fragment
AUTHENTICATION = ("client_secret_post", "client_secret_basic")
RSA_SIGNATURES = ("RS256", "RS384", "RS512")


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


def about_response(server: Server) -> Iterator[Verdict]:
    """What comes back first, and how it travels."""
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


def about_code(server: Server) -> Iterator[Verdict]:
    """OAuth 2.0 has one way only."""
    if server.response_types is not None and "code" not in server.response_types:
        yield wont(
            "response-type",
            _("The provider does not offer “code” as response type."),
            _("Azure speaks OAuth 2.0 in no other way. Ask whether it can be switched on for your application."),
        )
    else:
        yield ok("response-type", _("The provider offers “code”, which Azure uses with a client secret."))


def about_scope(server: Server) -> Iterator[Verdict]:
    """The usual scopes are on offer."""
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


def about_authentication(server: Server, *, openid: bool) -> Iterator[Verdict]:
    """How it takes the client secret, where one is sent."""
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


def about_signing(server: Server) -> Iterator[Verdict]:
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
