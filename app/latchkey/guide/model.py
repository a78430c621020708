"""A guide: what a person still does by hand, ready to be shown by the wizard, printed, or written as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from latchkey.draft.draft import Kind
from latchkey.guide.prose import Prose, Value
from latchkey.guide.written import CalloutKind

RowKind = Literal["value", "words", "secret"]


class Row(NamedTuple):
    """A field of somebody's form and what belongs in it: a `value` to copy, `words` that say it, or the `secret`,
    which no guide holds.
    """

    label: str
    value: Value
    note: str = ""
    policy: str = ""
    kind: RowKind = "value"


class Rows(NamedTuple):
    """Rows that belong together."""

    rows: tuple[Row, ...]


class Callout(NamedTuple):
    """A note, a warning, or how long to wait."""

    kind: CalloutKind
    prose: tuple[Prose, ...]

    @property
    def plain(self) -> str:
        """Its text without style."""
        return " ".join([prose.plain for prose in self.prose])


Part = Prose | Rows | Callout


@dataclass(frozen=True, slots=True)
class Item:
    """A step that can be ticked off (`id`, as in `Draft.done`), or a point without tick (`id` empty)."""

    id: str
    parts: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """Its sentences without style, without values and callouts."""
        return " ".join([part.plain for part in self.parts if isinstance(part, Prose)])

    @property
    def rows(self) -> tuple[Row, ...]:
        """What to copy in this step."""
        return tuple([row for part in self.parts if isinstance(part, Rows) for row in part.rows])

    @property
    def callouts(self) -> tuple[Callout, ...]:
        """Its notes, warnings and waiting times."""
        return tuple([part for part in self.parts if isinstance(part, Callout)])


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the guide."""

    id: str
    title: str
    intro: tuple[Part, ...] = ()
    steps: tuple[Item, ...] = ()
    points: tuple[Item, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """All its warnings, in order."""
        parts = [*self.intro, *[part for item in (*self.steps, *self.points) for part in item.parts]]
        return tuple([part.plain for part in parts if isinstance(part, Callout) and part.kind == "warning"])


@dataclass(frozen=True, slots=True)
class ProviderGuide:
    """One provider: its registration, what to copy there, and how it gets into a user flow.

    `slug` starts the ids of its ticks (`wechat/register/2`); `key` is the draft row's.
    """

    slug: str
    key: str
    type: str
    name: str
    portal_url: str
    callbacks: tuple[Row, ...]
    client_id_is: str
    secret_is: str  # empty: this set-up needs no secret
    policy_key: str  # empty: none
    domain_hint: str
    register: Section
    credentials: Section
    user_flow: Section | None  # only for user flows
    good_to_know: Section

    @property
    def sections(self) -> tuple[Section, ...]:
        """Those with steps, in the order in which they can be done."""
        return tuple([section for section in (self.register, self.credentials, self.user_flow) if section is not None])

    @property
    def warnings(self) -> tuple[str, ...]:
        """All warnings, in order."""
        return tuple([text for section in (*self.sections, self.good_to_know) for text in section.warnings])


@dataclass(frozen=True, slots=True)
class PolicyKey:
    """A policy key to create. `name` is without `B2C_1A_`; options and usage are the portal's words in English."""

    id: str
    name: str
    options: Literal["Generate", "Manual", "Upload"]
    usage: Literal["Signature", "Encryption"]
    key_type: Literal["RSA", ""]
    holds: str  # in words: which secret belongs in it
    provider: str = ""  # the button's name, for a provider's secret
    expires: str = ""  # the day it expires, where the draft says so


@dataclass(frozen=True, slots=True)
class AppRegistration:
    """An application to register in the tenant. `app_id` is what the draft knows of it."""

    section: Section
    name: str
    account_types: str
    platform: str
    redirect_uri: Value
    app_id: Value
    admin_consent: bool = False
    scope: str = ""  # the scope it exposes, or asks for
    public_client_flows: bool = False
    id_tokens: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A policy file to upload."""

    id: str
    policy: str
    file: str
    relying_party: bool


@dataclass(frozen=True, slots=True)
class TestLink:
    """An address to try a policy with, straight at one provider where `provider` names it.

    `missing` says, in words, what the link still lacks; empty when it can be opened.
    """

    __test__ = False  # the name is the field's; this is no test case

    id: str
    label: str
    policy: str
    url: str
    missing: str = ""
    provider: str = ""
    type: str = ""
    domain_hint: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationPolicy:
    """What an application needs to know of one policy."""

    policy: str
    authority: Value
    metadata_url: Value


KindOfApplication = Literal["page", "desktop", "server"]


@dataclass(frozen=True, slots=True)
class ApplicationKind:
    """A kind of application: the portal's platform for its reply address, and lines for its sign-in library."""

    kind: KindOfApplication
    title: str
    platform: str
    reply_url: str  # an example of the shape that fits
    note: str
    lines: Value


@dataclass(frozen=True, slots=True)
class Application:
    """How to connect the application that customers use."""

    policies: tuple[ApplicationPolicy, ...]
    known_authorities: tuple[str, ...]
    reply_url: str
    kinds: tuple[ApplicationKind, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole. `sections` are those of going live, in the order in which they can be done; the lists below belong to
    those with the ids keys, ief-app, proxy-app, test-app, upload, test and connect.
    """

    language: str
    kind: Kind
    domain: Value
    host: Value
    providers: tuple[ProviderGuide, ...]
    sections: tuple[Section, ...]
    policy_keys: tuple[PolicyKey, ...]
    app_registrations: tuple[AppRegistration, ...]
    uploads: tuple[Upload, ...]
    test_links: tuple[TestLink, ...]
    application: Application

    def section(self, name: str) -> Section | None:
        """The section of going live with that id."""
        return next((section for section in self.sections if section.id == name), None)

    def provider(self, key: str) -> ProviderGuide:
        """The provider of the draft's row with that key. Raises KeyError."""
        for provider in self.providers:
            if provider.key == key:
                return provider
        raise KeyError(key)
