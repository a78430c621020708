"""An authorization server's metadata as a value: OpenID Connect's and OAuth 2.0's have the same members.

https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata,
https://datatracker.ietf.org/doc/html/rfc8414#section-2
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Words = tuple[str, ...] | None  # None: the document says nothing, so the standard's own default holds

_TEXTS = (
    "issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint",
)  # fmt: skip
_LISTS = {
    "response_types": "response_types_supported",
    "response_modes": "response_modes_supported",
    "grant_types": "grant_types_supported",
    "scopes": "scopes_supported",
    "claims": "claims_supported",
    "subject_types": "subject_types_supported",
    "token_authentication": "token_endpoint_auth_methods_supported",
    "signing": "id_token_signing_alg_values_supported",
    "encryption": "id_token_encryption_alg_values_supported",
}
_FLAGS = {
    "needs_pushed_requests": "require_pushed_authorization_requests",  # RFC 9126
    "needs_signed_requests": "require_signed_request_object",  # RFC 9101
}
_MOST = 500  # words of one list that are looked at; no provider has a tenth of it
_LONGEST = 300  # characters of one word


@dataclass(frozen=True, slots=True)
class Server:
    """What the document says. Texts are empty where it says nothing; `odd` are the members of a wrong type."""

    issuer: str = ""
    authorization_endpoint: str = ""
    token_endpoint: str = ""
    userinfo_endpoint: str = ""
    jwks_uri: str = ""
    end_session_endpoint: str = ""
    response_types: Words = None
    response_modes: Words = None
    grant_types: Words = None
    scopes: Words = None
    claims: Words = None
    subject_types: Words = None
    token_authentication: Words = None
    signing: Words = None
    encryption: Words = None
    needs_pushed_requests: bool = False
    needs_signed_requests: bool = False
    odd: tuple[str, ...] = ()

    @property
    def endpoints(self) -> dict[str, str]:
        """The addresses that it states, by member."""
        return {name: value for name in _TEXTS[1:] if (value := str(getattr(self, name)))}


def is_server(document: Mapping[str, Any]) -> bool:
    """It has at least one member that makes it such metadata."""
    return any(name in document for name in (*_TEXTS, *_LISTS.values()))


def server_of(document: Mapping[str, Any]) -> Server:
    """The document's members, each of its type or not at all."""
    odd: list[str] = []
    found: dict[str, Any] = {}
    for name in _TEXTS:
        value = document.get(name)
        if isinstance(value, str):
            found[name] = value.strip()[:2000]
        elif value is not None:
            odd.append(name)
    for field, name in _LISTS.items():
        value = document.get(name)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            words = [one.strip()[:_LONGEST] for one in value[:_MOST]]
            found[field] = tuple(dict.fromkeys(word for word in words if word))
        elif value is not None:
            odd.append(name)
    for field, name in _FLAGS.items():
        value = document.get(name)
        if isinstance(value, bool):
            found[field] = value
        elif value is not None:
            odd.append(name)
    return Server(**found, odd=tuple(odd))
