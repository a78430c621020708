"""The draft: everything a person decided, and never a secret.

The shape is that of the saved file (see the contract in `docs`, or `ARCHITECTURE.md`). Text is kept as it was typed,
also when it is not yet right: rules in `latchkey.check` say what is wrong with it, and nothing is composed
before they are content. Only choices from a fixed list (cloud, kind, accounts) are always valid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeVar

CloudName = Literal["global", "china", "us-government"]
Kind = Literal["custom", "user-flow"]
Accounts = Literal["", "social", "social-and-local", "social-and-local-mfa"]
Journey = Literal["profile-edit", "password-reset"]
PasswordReset = Literal["", "embedded", "separate"]
PageDesign = Literal["", "ocean-blue", "slate-gray", "classic"]
AskEmail = Literal["", "no", "yes", "verified"]

DEFAULT_JOURNEY_ID = "CustomSignUpSignIn"
DEFAULT_REPLY_URL = "https://jwt.ms"
DEFAULT_USER_FLOW = "B2C_1_signup_signin"

V = TypeVar("V")


def frozen(mapping: Mapping[str, V]) -> Mapping[str, V]:
    """A read-only copy that compares by content and keeps its order."""
    return MappingProxyType(dict(mapping))


@dataclass(frozen=True, slots=True)
class Tenant:
    """`[tenant]`: whose directory it is."""

    name: str = ""
    cloud: CloudName = "global"
    custom_domain: str = ""
    object_id: str = ""


@dataclass(frozen=True, slots=True)
class Policies:
    """`[policies]`: what kind of set, which accounts, which names. Empty text and None mean: not stated."""

    kind: Kind = "custom"
    accounts: Accounts = ""
    include: tuple[Journey, ...] | None = None
    password_reset: PasswordReset = ""
    ask_email: AskEmail = ""
    page_design: PageDesign = ""
    id_prefix: str = ""
    journey_id: str = ""
    extensions: str = ""
    relying_parties: tuple[str, ...] | None = None
    profile_edit_policies: tuple[str, ...] | None = None
    ief_app_id: str = ""
    proxy_ief_app_id: str = ""
    test_app_id: str = ""
    test_reply_url: str = ""

    @property
    def local(self) -> bool:
        """Customers may also sign in with e-mail address and password."""
        return self.accounts in ("social-and-local", "social-and-local-mfa")

    @property
    def mfa(self) -> bool:
        """Customers confirm with their phone as well."""
        return self.accounts == "social-and-local-mfa"

    @property
    def journeys(self) -> tuple[Journey, ...]:
        """The journeys beside sign-up and sign-in; by default all that fit the accounts."""
        fitting: tuple[Journey, ...] = ("profile-edit", "password-reset") if self.local else ("profile-edit",)
        return fitting if self.include is None else self.include

    @property
    def embeds_reset(self) -> bool:
        """“Forgot your password?” is answered inside the sign-in journey; so it is unless the draft says otherwise."""
        return self.local and self.password_reset != "separate"

    @property
    def asks_email(self) -> bool:
        """Who comes by a provider that gives no e-mail address is asked for one at the first sign-in."""
        return bool(self.accounts) and self.ask_email in ("yes", "verified")


@dataclass(frozen=True, slots=True)
class UserFlow:
    """`[user_flow]`: only for `kind = "user-flow"`."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """Where a claim's value comes from: the provider's claim, a default, or always the default.

    `claim = ""` with no default means: this claim is not taken from the provider.
    """

    claim: str = ""
    default: str | None = None
    always: bool = False


@dataclass(frozen=True, slots=True)
class Provider:
    """`[[providers]]`: one sign-in button. Empty text means: not stated, the catalogue's default holds.

    `key` tells rows of the wizard apart while the draft is open; it is not saved and does not count in comparisons.
    """

    type: str
    profile: str = ""
    id: str = ""
    name: str = ""
    names: Mapping[str, str] = field(default_factory=lambda: frozen({}))
    client_id: str = ""
    policy_key: str = ""
    domain_hint: str = ""
    identity_provider: str | ClaimSource | None = None
    secret_expires: date | None = None
    settings: Mapping[str, str] = field(default_factory=lambda: frozen({}))
    claims: Mapping[str, ClaimSource] = field(default_factory=lambda: frozen({}))
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole. `done` are the ticks that the person set in checklists (`wechat/register/2`, `go-live/upload`)."""

    tenant: Tenant = field(default_factory=Tenant)
    policies: Policies = field(default_factory=Policies)
    user_flow: UserFlow = field(default_factory=UserFlow)
    providers: tuple[Provider, ...] = ()
    done: frozenset[str] = frozenset()

    def same(self, other: Draft) -> bool:
        """Equal, and each row is the very row: moving one of two rows that say the same is a change, to undo."""
        keys = [provider.key for provider in self.providers]
        return self == other and keys == [provider.key for provider in other.providers]

    def provider(self, key: str) -> Provider:
        """The provider with that `key`. Raises KeyError."""
        for provider in self.providers:
            if provider.key == key:
                return provider
        raise KeyError(key)
