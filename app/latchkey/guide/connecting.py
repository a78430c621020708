"""What whoever writes the customers' application has to know: addresses, policies, lines for its sign-in library."""

from __future__ import annotations

import json
from collections.abc import Mapping

from latchkey.draft.draft import Draft
from latchkey.guide import addresses
from latchkey.guide.golive import reply_url
from latchkey.guide.model import Application, ApplicationKind, ApplicationPolicy, KindOfApplication
from latchkey.guide.places import Places
from latchkey.guide.plan import PlannedPolicies
from latchkey.guide.prose import Value
from latchkey.guide.words import Words

# The portal's own words for the platform that a reply address belongs to, and an address of the shape that fits.
# https://learn.microsoft.com/azure/active-directory-b2c/add-native-application: http://localhost stands for any port.
_PLATFORMS: tuple[tuple[KindOfApplication, str, str], ...] = (
    ("page", "Single-page application (SPA)", "https://www.example.com/"),
    ("desktop", "Public client/native (mobile & desktop)", "http://localhost"),
    ("server", "Web", "https://www.example.com/signin-oidc"),
)


def application(draft: Draft, places: Places, policies: PlannedPolicies, words: Words) -> Application:
    """Authority and metadata of each policy, and what three kinds of application put into their settings."""
    names = policies.relying_parties or policies.sign_in
    host, domain = places.host.text, places.domain.text
    return Application(
        policies=tuple(
            [
                ApplicationPolicy(
                    name,
                    places.value(addresses.authority(host, domain, name)),
                    places.value(addresses.metadata_url(host, domain, name)),
                )
                for name in names
            ]
        ),
        known_authorities=(host,) if places.host.complete else (),
        reply_url=reply_url(draft),
        kinds=tuple(
            [
                ApplicationKind(
                    kind, words(f"app_{kind}"), platform, reply, words(f"app_{kind}_note"),
                    _lines(kind, places, policies, words),
                )
                for kind, platform, reply in _PLATFORMS
            ]
        ),
    )  # fmt: skip


def _lines(kind: KindOfApplication, places: Places, policies: PlannedPolicies, words: Words) -> Value:
    if not policies.sign_in:
        return Value(words("missing_policy"), complete=False)
    client_id = f"<{words('page_msal_client_id')}>"
    made = {"page": _page, "desktop": _desktop, "server": _server}[kind]
    return places.value(made(places, policies, client_id))


def _page(places: Places, policies: PlannedPolicies, client_id: str) -> str:
    """MSAL.js (https://learn.microsoft.com/entra/identity-platform/msal-client-application-configuration)."""
    auth = {
        "clientId": client_id,
        "authority": addresses.authority(places.host.text, places.domain.text, policies.sign_in[0]),
        "knownAuthorities": [places.host.text],
    }
    lines = ",\n".join([f"    {name}: {_json(value)}" for name, value in auth.items()])
    made = "const client = await PublicClientApplication.createPublicClientApplication"
    return f"{made}({{\n  auth: {{\n{lines},\n  }},\n}});\n"


def _desktop(places: Places, policies: PlannedPolicies, client_id: str) -> str:
    """MSAL for .NET (https://learn.microsoft.com/entra/msal/dotnet/acquiring-tokens/desktop-mobile/social-identities):
    B2C's authorities have `tfp` in their path there.
    """
    authority = f"https://{places.host.text}/tfp/{places.domain.text}/{policies.sign_in[0]}"
    return (
        f"var client = PublicClientApplicationBuilder.Create({_json(client_id)})\n"
        f"    .WithB2CAuthority({_json(authority)})\n"
        f'    .WithRedirectUri("http://localhost")\n'
        f"    .Build();\n"
    )


def _server(places: Places, policies: PlannedPolicies, client_id: str) -> str:
    """ASP.NET Core with Microsoft.Identity.Web
    (https://learn.microsoft.com/azure/active-directory-b2c/configure-authentication-sample-web-app).
    """
    settings: Mapping[str, str] = {
        "Instance": f"https://{places.host.text}",
        "Domain": places.domain.text,
        "ClientId": client_id,
        "SignUpSignInPolicyId": policies.sign_in[0],
        "ResetPasswordPolicyId": "" if policies.embedded_reset else policies.password_reset,
        "EditProfilePolicyId": policies.profile_edit,
        "CallbackPath": "/signin-oidc",
        "SignedOutCallbackPath": f"/signout/{policies.sign_in[0]}",
    }
    stated = {name: value for name, value in settings.items() if value}
    return f"{json.dumps({'AzureAdB2C': stated}, indent=2, ensure_ascii=False)}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
