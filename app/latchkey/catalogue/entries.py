"""A catalogue entry: all that Latchkey knows of one type of identity provider, as frozen data.

One TOML file under `resources/providers` makes one `Entry`; the field names below are the file's keys, a field without
a default is a key that must be there, and `latchkey.catalogue.shape` reads files by these annotations. Metadata keys
keep Microsoft's spelling, so that a reader can lay the file beside the documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Protocol = Literal["OpenIdConnect", "OAuth2", "OAuth1", "SAML2"]
SettingKind = Literal["text", "url", "choice", "list", "saml-metadata"]
CallbackForm = Literal["host", "url", "url-per-policy", "saml"]
AlsoForm = Literal["origin", "host", "saml-metadata"]
SecretKind = Literal["secret", "certificate", "signed-token"]
Section = Literal["china", "social", "work", "identity"]
UserFlowWay = Literal["built-in", "openid-connect", "none"]


@dataclass(frozen=True, slots=True)
class Ids:
    """How ids derive: the technical profile is `{id}-{suffix}`, the exchange `{id}Exchange`, the key `{id}Secret`.

    `id` is the default; empty means that it derives from the button's name.
    """

    suffix: str
    id: str = ""
    technical_profile: str = ""  # where the documented default does not follow {id}-{suffix}
    exchange: str = ""  # likewise, {id}Exchange
    policy_key: str = ""  # likewise, {id}Secret


@dataclass(frozen=True, slots=True)
class ClientId:
    """What the provider's portal calls the client id, and the shape it usually has."""

    label: str
    example: str
    pattern: str = ""  # a regular expression the whole value usually matches; else a warning
    shape: str = ""  # that shape in words, for the warning: "wx and 16 hexadecimal digits"


@dataclass(frozen=True, slots=True)
class Secret:
    """What the portal calls the secret. `when` = settings and the values at which a secret is needed; else always."""

    label: str
    kind: SecretKind = "secret"  # signed-token: made from a private key with `latchkey.signing`
    when: Mapping[str, str] | None = None
    pattern: str = ""
    shape: str = ""
    lifetime_months: int = 0  # the longest that the provider takes it; 0: until somebody changes it

    @property
    def shared(self) -> bool:
        """Several providers may use the same policy key: the certificate is ours, and the same towards all partners."""
        return self.kind == "certificate"


@dataclass(frozen=True, slots=True)
class AlsoAsked:
    """One more field of that form which wants an address of ours: `https://host`, the bare host, or SAML metadata."""

    form: AlsoForm
    label: str


@dataclass(frozen=True, slots=True)
class Callback:
    """What that portal's form wants: a bare host, a full URL, one URL per policy, or SAML's pair."""

    form: CallbackForm
    label: str
    also: tuple[AlsoAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """One answer that this type asks for. `metadata` is the technical profile's key that carries it.

    A `list` holds several answers with commas between. `saml-metadata` is an address or the document itself.
    """

    name: str
    label: str
    kind: SettingKind = "text"
    required: bool = False
    default: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    metadata: str = ""
    value: str = ""  # how it is written there: <> is the answer (of a list, each one), <name> another setting's
    pattern: str = ""
    shape: str = ""
    help: str = ""
    silent: bool = False  # the default is Azure's own too, so it is written only where somebody states it

    @property
    def assumed(self) -> str:
        """What is written where the draft states nothing."""
        return "" if self.silent else self.default


@dataclass(frozen=True, slots=True)
class Identity:
    """`identityProvider`: a fixed value, the claim that carries it, or the setting that asks for it; for life."""

    value: str = ""
    claim: str = ""
    setting: str = ""


@dataclass(frozen=True, slots=True)
class UserFlow:
    """How this provider gets into a user flow: built in (under that name), as a custom OpenID Connect one, or not."""

    way: UserFlowWay
    portal_name: str = ""
    preview: bool = False
    metadata: Mapping[str, str] | None = None  # what the portal's form wants and the technical profile does not say


@dataclass(frozen=True, slots=True)
class Entry:
    """One provider type."""

    type: str
    title: str
    protocol: Protocol
    icon: str  # a qtawesome glyph ("fa5b.weixin"), or "" for a letter tile
    color: str  # "#2aae67": the tile's colour
    documentation: str  # the page that describes it
    portal_url: str  # where the app is registered; "" for generic types
    ids: Ids
    callback: Callback
    user_flow: UserFlow
    identity_provider: Identity
    session: str  # UseTechnicalProfileForSessionManagement
    metadata: Mapping[str, str]  # fixed metadata, in the order written
    claims: Mapping[str, str]  # policy claim -> the provider's claim
    output_claims_transformations: tuple[str, ...]
    claim_defaults: Mapping[str, str] | None = None  # policy claim -> what it holds where the provider sends nothing
    through: Mapping[str, str] | None = None  # policy claim -> the claim that takes the provider's value before it
    known_by: tuple[str, ...] = ()  # pieces of an address by which a profile in people's own policies is known
    needs: tuple[str, ...] = ()  # building blocks, templates/providers/blocks/NAME.xml.j2
    settings: tuple[Setting, ...] = ()
    client_id: ClientId | None = None
    secret: Secret | None = None
    titles: Mapping[str, str] | None = None  # other languages' titles, by Azure's codes: "zh-Hans"
    provider_display_name: str = ""  # ClaimsProvider/DisplayName; the title unless stated
    domain: str = ""  # ClaimsProvider/Domain: the default domain_hint
    template: str = ""  # templates/providers/NAME.xml.j2; by protocol unless stated
    gives_email: bool = True
    section: Section = "social"  # where the gallery shows it: known in China, social, at work, an official identity
    search: tuple[str, ...] = ()  # more words to find it by: "weixin", "微信"
    generic: bool = False  # any provider with that protocol: last in the gallery; its labels are ours

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of policies this provider can go into."""
        return ("custom",) if self.user_flow.way == "none" else ("custom", "user-flow")

    def setting(self, name: str) -> Setting | None:
        """The setting of that name."""
        return next((setting for setting in self.settings if setting.name == name), None)

    def required_settings(self, identity_stated: bool = False) -> tuple[Setting, ...]:
        """The settings that must be answered; not the one that asks for `identityProvider`, if that is stated."""
        spare = self.identity_provider.setting if identity_stated else ""
        return tuple([setting for setting in self.settings if setting.required and setting.name != spare])

    def needs_secret(self, settings: Mapping[str, str]) -> bool:
        """With these settings (a draft's; what it does not state is at its default) a secret must be stored."""
        if self.secret is None:
            return False
        if self.secret.when is None:
            return True
        defaults = {setting.name: setting.default for setting in self.settings}
        return all((settings.get(name) or defaults.get(name)) == value for name, value in self.secret.when.items())

    def keeps_secret(self, settings: Mapping[str, str]) -> bool:
        """With these settings a person types a secret that this computer keeps; a certificate is a file."""
        return self.needs_secret(settings) and self.secret is not None and not self.secret.shared

    def title_in(self, language: str) -> str:
        """The title for a reader of `language`, one of Azure's codes (`zh-Hans`) or ours (`zh_CN`)."""
        code = {"zh_CN": "zh-Hans"}.get(language, language)
        return (self.titles or {}).get(code, self.title)
