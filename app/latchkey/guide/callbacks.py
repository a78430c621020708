"""The callback value in the form that a provider's own portal asks for.

https://learn.microsoft.com/azure/active-directory-b2c/add-identity-provider and custom-domain: one address for all
policies of a tenant, always in lower case, with the tenant's *name* in the path also behind a custom domain. WeChat's
form takes the bare host only, X takes one address per policy, SAML a pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from latchkey.catalogue.entries import AlsoForm, CallbackForm
from latchkey.policy.names import POLICY_PREFIX
from latchkey.text import _


class CallbackAddress(NamedTuple):
    """One value for the provider's form. `role` tells a SAML pair's two apart."""

    value: str
    policy: str = ""
    role: str = ""


def callback_addresses(
    form: CallbackForm, host: str, domain: str, policies: Iterable[str] = (), base: str = ""
) -> tuple[CallbackAddress, ...]:
    """What that form wants for one host. `policies`: the sign-in policies, where each has an address of its own;
    `base`: the policy that every other builds on, whose name stands in SAML addresses.
    """
    root = f"https://{host}/{domain}".lower()
    match form:
        case "host":
            return (CallbackAddress(host.lower()),)
        case "url":
            return (CallbackAddress(f"{root}/oauth2/authresp"),)
        case "url-per-policy":
            return tuple([CallbackAddress(f"{root}/{policy}/oauth1/authresp".lower(), policy) for policy in policies])
        case "saml":
            # Ids of policies keep their case here: the entity id is compared letter by letter.
            return (
                CallbackAddress(f"{root}/{base}", role="entity-id"),
                CallbackAddress(f"{root}/{base}/samlp/sso/assertionconsumer", role="acs"),
            )


def also_address(form: AlsoForm, host: str, domain: str, policy: str, technical_profile: str) -> str:
    """What else the form wants. SAML metadata is that of one policy and the technical profile of this provider:
    https://learn.microsoft.com/azure/active-directory-b2c/saml-identity-provider-technical-profile#metadata-exchange
    """
    match form:
        case "host":
            return host.lower()
        case "origin":
            return f"https://{host}".lower()
        case "saml-metadata":
            root = f"https://{host}/{domain}".lower()
            return f"{root}/{policy}/samlp/metadata?idptp={technical_profile}"


_RETIRED = re.compile(r"(https?://)?login\.(microsoftonline|microsoft|windows|chinacloudapi)\.(com|net|cn)/", re.I)
_POLICY = re.compile(rf"/({POLICY_PREFIX}|b2c_1_)[^/]*/oauth2/authresp", re.I)
_RESPONSE = re.compile(r"/oauth[12]/authresp/?$", re.I)


def explain_callback(text: str) -> str:
    """What is wrong with a callback address that somebody found or pasted, in a sentence or two; empty: nothing."""
    address = text.strip()
    if not _RESPONSE.search(address):
        return ""
    if _RETIRED.match(address):
        return _(
            "This address is from the years before 2021: Azure AD B2C no longer answers on Microsoft's shared sign-in"
            " host. Replace it by the address on your tenant's own host."
        )
    if _POLICY.search(address):
        return _(
            "This address names one policy. Latchkey's policies all answer on one address without a policy's name;"
            " register that one."
        )
    if not address.startswith("https://"):
        return _("A callback address starts with https://.")
    if address != address.lower():
        return _(
            "This address has capital letters. Azure AD B2C sends it in lower case,"
            " and providers compare letter by letter."
        )
    if address.endswith("/"):
        return _("This address ends in a slash. Azure AD B2C sends it without, and providers compare letter by letter.")
    return ""
