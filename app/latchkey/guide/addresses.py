"""Addresses of a published policy: to try it, to connect an application, to read its metadata.

https://learn.microsoft.com/azure/active-directory-b2c/authorization-code-flow and openid-connect.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from latchkey.policy.names import POLICY_PREFIX

# What the portal's own "Run now" sends: enough to look at a token by hand. An application makes a new one each time.
NONCE = "defaultNonce"
APP_PLACEHOLDER = "YOUR-TEST-APP-ID"


def authority(host: str, domain: str, policy: str) -> str:
    """What sign-in libraries call the authority of a policy."""
    return f"https://{host}/{domain}/{policy}"


def metadata_url(host: str, domain: str, policy: str) -> str:
    """The policy's OpenID Connect metadata document."""
    return f"{authority(host, domain, policy)}/v2.0/.well-known/openid-configuration"


def test_url(host: str, domain: str, policy: str, app_id: str, reply_url: str, domain_hint: str = "") -> str:
    """The address that "Run now" opens: custom policies have their name in the path, user flows as `p`."""
    parameters = [
        ("client_id", app_id or APP_PLACEHOLDER),
        ("nonce", NONCE),
        ("redirect_uri", reply_url),
        ("scope", "openid"),
        ("response_type", "id_token"),
        ("prompt", "login"),
    ]
    if domain_hint:
        parameters.append(("domain_hint", domain_hint))
    if policy.upper().startswith(POLICY_PREFIX):
        return f"https://{host}/{domain}/{policy}/oauth2/v2.0/authorize?{_query(parameters)}"
    return f"https://{host}/{domain}/oauth2/v2.0/authorize?{_query([('p', policy), *parameters])}"


def _query(parameters: Sequence[tuple[str, str]]) -> str:
    # Lone surrogates can come out of a broken file; they have no UTF-8.
    return "&".join([f"{name}={quote(value, safe='', errors='replace')}" for name, value in parameters])
