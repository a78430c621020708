"""Paste anything that names a tenant: its name, a domain, a sign-in address, a link from the portal.

What was understood is shown back; nothing is guessed. A retired address is recognised for the tenant in it, and
said to be retired (https://learn.microsoft.com/azure/active-directory-b2c/b2clogin).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import SplitResult, unquote, urlsplit

from latchkey.draft.characters import refused_character, shown
from latchkey.draft.draft import CloudName
from latchkey.errors import Refused
from latchkey.policy.clouds import CLOUDS
from latchkey.policy.names import GUID, BadName, Host, TenantName, is_guid
from latchkey.text import _

_LONGEST = 8000  # an authorize URL with a long state is some 2,000
_AROUND = " \t\r\n\"'“”\u2018\u2019<>()[]{}`,;"
_GUID = GUID.pattern
# Where a link says whose directory it is about; other ids in it are those of subscriptions and applications.
_DIRECTORY = re.compile(rf"(?:@|(?<![A-Za-z])(?:tenantid|tenant|tid|directoryid)[/=])({_GUID})", re.IGNORECASE)
_DOMAINS = re.compile(
    r"(?<![A-Za-z0-9.\-])([A-Za-z0-9]{1,27}(?:"
    + "|".join(re.escape(cloud.tenant_suffix) for cloud in CLOUDS.values())
    + r"))(?![A-Za-z0-9\-]|\.[A-Za-z0-9])",
    re.IGNORECASE,
)
_PORTALS: dict[str, CloudName] = {
    "portal.azure.com": "global",
    "preview.portal.azure.com": "global",
    "ms.portal.azure.com": "global",
    "entra.microsoft.com": "global",
    "portal.azure.cn": "china",
    "entra.microsoftonline.cn": "china",
    "portal.azure.us": "us-government",
    "entra.microsoft.us": "us-government",
}
_LOGIN_HOSTS: dict[str, CloudName] = {
    "login.microsoftonline.com": "global",
    "login.windows.net": "global",
    "login.microsoft.com": "global",
    "sts.windows.net": "global",
    "login.chinacloudapi.cn": "china",
    "login.partner.microsoftonline.cn": "china",
    "login.microsoftonline.us": "us-government",
}
# Hosts of Microsoft's own, which are never a custom domain.
_MICROSOFTS = (
    "microsoft.com", "microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "onmicrosoft.com",
    "onmicrosoft.us", "onmschina.cn", "b2clogin.com", "b2clogin.cn", "b2clogin.us", "azure.com", "azure.cn",
    "azure.us", "windows.net", "chinacloudapi.cn", "office.com", "live.com",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was understood; empty and None mean that nothing was said of this. `note`: a sentence to show with it."""

    name: str = ""
    cloud: CloudName | None = None
    custom_domain: str = ""
    object_id: str = ""
    note: str = ""


def understand(text: str) -> Pasted:
    """What the text says of a tenant. Raises Refused, saying why not."""
    bare = text[:_LONGEST].strip(_AROUND)
    if not bare:
        raise Refused(_("There is nothing here to read a tenant from."), _what_to_paste())
    if refused_character("".join(bare.split())):
        raise Refused(_("This text holds control characters."), _("Copy it again, as text, and paste it here."))
    words = [word.strip(_AROUND) for word in bare.split()]
    return _one(words[0]) if len(words) == 1 else _sentence(bare, words)


def _sentence(text: str, words: list[str]) -> Pasted:
    """Several words ("Domain name: contoso.onmicrosoft.com"): the tenant that they name, if it is one."""
    found: set[Pasted] = set()
    for word in words:
        if "." in word or GUID.fullmatch(word):
            try:
                found.add(_one(word))
            except Refused:
                continue
    named = {pasted for pasted in found if pasted.name or pasted.object_id} or found
    if len(named) == 1:
        return named.pop()
    if named:
        raise Refused(_("This text names more than one tenant."), _("Paste only the name or the address of yours."))
    raise Refused(_("“{text}” is not a tenant name.").format(text=shown(text)), _what_to_paste())


def _one(word: str) -> Pasted:
    if GUID.fullmatch(word):
        return Pasted(object_id=_guid(word))
    if "://" not in word and "/" not in word and "?" not in word and "#" not in word:
        return _host(word.rpartition("@")[2], from_address="@" in word)
    try:
        parts = urlsplit(word if "://" in word else f"https://{word}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise _not_understood(word) from error
    if parts.scheme not in ("http", "https") or not host:
        raise _not_understood(word)
    if host in _PORTALS:
        return _portal(word, parts, _PORTALS[host])
    if host in _LOGIN_HOSTS:
        return _login(parts, _LOGIN_HOSTS[host])
    return _sign_in(host, parts)


def _host(word: str, *, from_address: bool = False) -> Pasted:
    """A name, a domain, or the host of a sign-in page. `from_address`: the part after an @."""
    host = word.lower().rstrip(".")
    for name, cloud in CLOUDS.items():
        for suffix in (cloud.tenant_suffix, cloud.sign_in_suffix):
            if host.endswith(suffix):
                return Pasted(_tenant_name(host.removesuffix(suffix)), cast("CloudName", name))
    _refuse_other_products(host)
    if from_address:
        raise Refused(
            _("“{text}” is a company's domain; it does not say which tenant it is.").format(text=shown(word)),
            _what_to_paste(),
        )
    if "." not in host:
        return Pasted(_tenant_name(host))
    try:
        return Pasted(custom_domain=Host.parse(host))
    except BadName as bad:
        raise Refused(_("“{text}” is not a host name.").format(text=shown(host)), _what_to_paste()) from bad


def _sign_in(host: str, parts: SplitResult) -> Pasted:
    """An address of the sign-in page or of its metadata: `https://host/tenant/policy/…`."""
    at_host = _host(host)
    tenant = _tenant_in_path(parts)
    if tenant is None:
        return at_host
    if at_host.name and tenant.name and at_host.name != tenant.name:
        raise Refused(
            _("This address names two tenants: {one} and {other}.").format(one=at_host.name, other=tenant.name),
            _("Paste only the name or the address of yours."),
        )
    return replace(
        at_host,
        name=at_host.name or tenant.name,
        cloud=at_host.cloud or tenant.cloud,
        object_id=tenant.object_id,
    )


def _login(parts: SplitResult, cloud: CloudName) -> Pasted:
    """`login.microsoftonline.com/te/contoso.onmicrosoft.com/…` and its kin: what B2C answered at before b2clogin."""
    tenant = _tenant_in_path(parts)
    if tenant is None:
        raise Refused(_("This address does not say which tenant it is."), _what_to_paste())
    if not tenant.name:
        return replace(tenant, cloud=cloud)
    host = TenantName(tenant.name).sign_in_host(CLOUDS[cloud])
    note = _("{old} is the address of former days and no longer answers for Azure AD B2C; customers sign in at {new}.")
    return replace(tenant, cloud=cloud, note=note.format(old=parts.hostname, new=host))


def _portal(text: str, parts: SplitResult, cloud: CloudName) -> Pasted:
    """A link copied from the portal's address bar."""
    plain = unquote(text)
    names = {TenantName.parse(found) for found in _DOMAINS.findall(plain)}
    first = parts.path.strip("/").partition("/")[0]
    ids = {first} if GUID.fullmatch(first) else {match.group(1) for match in _DIRECTORY.finditer(plain)}
    ids = {found.lower() for found in ids if is_guid(found)}
    if len(names) > 1 or len(ids) > 1:
        raise Refused(_("This link names more than one tenant."), _what_to_paste())
    if not names and not ids:
        raise Refused(_("This link to the portal does not say which tenant it is."), _what_to_paste())
    return Pasted(name="".join(names), cloud=cloud, object_id="".join(ids))


def _tenant_in_path(parts: SplitResult) -> Pasted | None:
    """The tenant in the first part of a path, behind the old `te` and `tfp`."""
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if segments and segments[0].lower() in ("te", "tfp"):
        segments = segments[1:]
    if not segments:
        return None
    if GUID.fullmatch(segments[0]):
        return Pasted(object_id=_guid(segments[0]))
    found = _host(segments[0]) if _DOMAINS.fullmatch(segments[0]) else Pasted()
    return found if found.name else None


def _tenant_name(text: str) -> TenantName:
    try:
        return TenantName.parse(text)
    except BadName as bad:
        raise Refused(
            _("“{text}” is not a tenant name: it has letters and digits only, at most 27.").format(text=shown(text)),
            _what_to_paste(),
        ) from bad


def _guid(text: str) -> str:
    if not is_guid(text):
        raise Refused(_("This id is only zeros."), _what_to_paste())
    return text.lower()


def _refuse_other_products(host: str) -> None:
    if host.endswith(".ciamlogin.com"):
        raise Refused(
            _("{host} belongs to Microsoft Entra External ID, which has no custom policies.").format(host=shown(host)),
            _("Latchkey is for Azure AD B2C, whose addresses end in b2clogin.com."),
        )
    if any(host == own or host.endswith("." + own) for own in _MICROSOFTS):
        raise Refused(_("“{text}” does not say which tenant it is.").format(text=shown(host)), _what_to_paste())


def _not_understood(text: str) -> Refused:
    return Refused(_("“{text}” is not an address.").format(text=shown(text)), _what_to_paste())


def _what_to_paste() -> str:
    return _("Paste the tenant's name, its domain such as contoso.onmicrosoft.com, or the address of a sign-in page.")
