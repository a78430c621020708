"""The three clouds that Azure AD B2C runs in, and how hosts and directories are called there.

China: https://docs.azure.cn/en-us/active-directory-b2c/ ; the US government values follow the pattern of the others
and are not verified (`verified` is False): Microsoft documents no B2C hosts there.
"""

from __future__ import annotations

from typing import NamedTuple


class Cloud(NamedTuple):
    """One cloud: suffixes and hosts, without scheme."""

    name: str
    tenant_suffix: str  # contoso + this = the tenant's domain
    sign_in_suffix: str  # contoso + this = the host that customers see
    login_host: str  # METADATA and authorization_endpoint of local sign-in
    sts: str  # ProviderName of local sign-in
    portal: str
    graph: str
    verified: bool = True


CLOUDS = {
    "global": Cloud(
        "global", ".onmicrosoft.com", ".b2clogin.com", "login.microsoftonline.com",
        "https://sts.windows.net/", "portal.azure.com", "graph.microsoft.com",
    ),
    "china": Cloud(
        "china", ".partner.onmschina.cn", ".b2clogin.cn", "login.chinacloudapi.cn",
        "https://sts.chinacloudapi.cn/", "portal.azure.cn", "microsoftgraph.chinacloudapi.cn",
    ),
    "us-government": Cloud(
        "us-government", ".onmicrosoft.us", ".b2clogin.us", "login.microsoftonline.us",
        "https://sts.windows.net/", "portal.azure.us", "graph.microsoft.us", verified=False,
    ),
}  # fmt: skip
