"""Names of the policy language as types: parsed once at the edge, strings again only when written.

Limits come from the schema and the service: see the docstrings. A name that can't be is refused with `BadName`, whose
message says what is expected.
"""

from __future__ import annotations

import re
from typing import ClassVar, Self

from latchkey.errors import Refused
from latchkey.policy.clouds import CLOUDS, Cloud
from latchkey.text import _

NAMESPACE = "http://schemas.microsoft.com/online/cpim/schemas/2013/06"
SCHEMA_VERSION = "0.3.0.0"
POLICY_PREFIX = "B2C_1A_"
USER_FLOW_PREFIX = "B2C_1_"

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
ZERO_GUID = "00000000-0000-0000-0000-000000000000"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class BadName(Refused):
    """A text that is not the name it should be."""


# How ids compare: without case. The official starter pack only resolves that way (`surName`, `surname`).
# The method itself and no function around it: checking a set asks some ten thousand times.
key = str.casefold


def control_character(text: str) -> str:
    """The first character that XML can't carry, as `U+0007`, or empty."""
    found = _CONTROL.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def is_guid(text: str) -> bool:
    """A GUID as the portal shows application and tenant ids, and not the all-zero one."""
    return GUID.fullmatch(text) is not None and text != ZERO_GUID


class PolicyId(str):
    """`B2C_1A_` and letters, digits, `_`, `-`, `.`
    (https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy).
    """

    __slots__ = ()
    _pattern: ClassVar = re.compile(r"B2C_1A_[A-Za-z0-9_\-.]*[A-Za-z0-9_\-]", re.IGNORECASE)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadName."""
        if cls._pattern.fullmatch(text) is None:
            raise BadName(
                _("“{text}” is not a policy name.").format(text=text),
                _("A policy name is B2C_1A_ and then letters, digits, _ and -."),
            )
        return cls(text)


class Identifier(str):
    """An id of a journey, technical profile, exchange or claim: a letter first, then letters, digits, `_`, `-`, `.`.

    Exchange ids become HTML ids on the sign-in page, so what we make ourselves is stricter: see `HtmlId`.
    """

    __slots__ = ()
    _pattern: ClassVar = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,126}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadName."""
        if cls._pattern.fullmatch(text) is None:
            raise BadName(
                _("“{text}” can't be an id.").format(text=text),
                _("An id starts with a letter and goes on with letters, digits, _, - and dots."),
            )
        return cls(text)


class ClaimTypeId(Identifier):
    """`ClaimType/@Id`."""

    __slots__ = ()


class TechnicalProfileId(Identifier):
    """`TechnicalProfile/@Id`."""

    __slots__ = ()


class HtmlId(str):
    """An id that is an HTML and CSS id too: a letter, then letters and digits (a button's id is its exchange's)."""

    __slots__ = ()
    _pattern: ClassVar = re.compile(r"[A-Za-z][A-Za-z0-9]{0,63}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadName."""
        if cls._pattern.fullmatch(text) is None:
            raise BadName(
                _("“{text}” can't be the id of a button.").format(text=text),
                _("Use a letter first, then letters and digits only, for example Contoso."),
            )
        return cls(text)


class PolicyKeyName(str):
    """A policy key's name as it is typed in the portal, without `B2C_1A_`, which the portal adds."""

    __slots__ = ()
    _pattern: ClassVar = re.compile(r"[A-Za-z0-9_\-]{1,120}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadName. A `B2C_1A_` in front is taken off."""
        bare = text[len(POLICY_PREFIX) :] if text.upper().startswith(POLICY_PREFIX) else text
        if cls._pattern.fullmatch(bare) is None:
            raise BadName(
                _("“{text}” is not a name for a policy key.").format(text=text),
                _("Use letters, digits, _ and - only, without B2C_1A_ in front."),
            )
        return cls(bare)

    @property
    def storage_reference_id(self) -> str:
        """The name as policies write it."""
        return POLICY_PREFIX + self


class TenantName(str):
    """The first part of the tenant's domain: letters and digits, 3 to 27 in all
    (`TenantId` allows `[A-Za-z0-9.]{3,63}`; the portal allows 27 for the initial domain name).
    """

    __slots__ = ()
    _pattern: ClassVar = re.compile(r"[A-Za-z0-9]{1,27}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `contoso` or `contoso.onmicrosoft.com` (any cloud's suffix). Always lower case. Raises BadName."""
        bare = text.strip().lower()
        for cloud in CLOUDS.values():
            bare = bare.removesuffix(cloud.tenant_suffix)
        if cls._pattern.fullmatch(bare) is None:
            raise BadName(
                _("“{text}” is not a tenant name.").format(text=text),
                _("A tenant name has letters and digits only, for example contoso."),
            )
        return cls(bare)

    def domain(self, cloud: Cloud) -> str:
        """`contoso.onmicrosoft.com`, or what that cloud calls it: the TenantId of policies."""
        return self + cloud.tenant_suffix

    def sign_in_host(self, cloud: Cloud) -> str:
        """`contoso.b2clogin.com`, or what that cloud calls it."""
        return self + cloud.sign_in_suffix


class Host(str):
    """A custom domain: a bare host name, lower case."""

    __slots__ = ()
    _pattern: ClassVar = re.compile(
        r"(?=.{4,253}$)([a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9\-]{0,61}[a-z0-9]"
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadName."""
        bare = text.strip().lower()
        if cls._pattern.fullmatch(bare) is None:
            raise BadName(
                _("“{text}” is not a host name.").format(text=text),
                _("Write the bare name, without https:// and without a path, for example login.contoso.com."),
            )
        return cls(bare)
