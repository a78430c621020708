"""What a provider file may say: the rules that its form alone does not hold (for that, see `shape`).

Each rule looks at one entry and names the key, what is wrong with it and what is expected. The facts behind them stand
in the documentation of the four kinds of technical profile:
https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile, …/oauth2-technical-profile,
…/oauth1-technical-profile and …/saml-identity-provider-technical-profile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from latchkey.catalogue.entries import Entry
from latchkey.catalogue.problem import Problem, one_of
from latchkey.catalogue.setting_rules import metadata, settings, shapes
from latchkey.paths import template_root
from latchkey.policy.names import (
    POLICY_PREFIX,
    BadName,
    ClaimTypeId,
    HtmlId,
    Identifier,
    PolicyKeyName,
    TechnicalProfileId,
    key,
)
from latchkey.text import _

# Metadata keys whose value is an address.
ADDRESSES = frozenset(
    {
        "METADATA",
        "authorization_endpoint",
        "AccessTokenEndpoint",
        "ClaimsEndpoint",
        "JWKS",
        "request_token_endpoint",
        "access_token_endpoint",
        "end_session_endpoint",
        "PartnerEntity",
    }
)

# Written by us from other keys of the file, so never as a claim of the provider. `objectId` is the directory's own: who
# takes it from the provider makes the journey skip the steps that create the account (they run only without it).
OWN_CLAIMS = ("identityProvider", "authenticationSource", "objectId")

_TYPE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_ICON = re.compile(r"[a-z0-9]+\.[a-z0-9][a-z0-9_-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,254}[A-Za-z0-9])?")
_HOST = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_TEMPLATE = re.compile(r"[a-z][a-z0-9_-]*")


def problems(entry: Entry) -> Iterator[Problem]:
    """All that is wrong with what the entry says."""
    for rule in RULES:
        yield from rule(entry)


def plain_texts(entry: Entry) -> Iterator[Problem]:
    """Names, titles and labels are not empty, and words to search by either."""
    said = {"title": entry.title, "callback.label": entry.callback.label, "session": entry.session}
    if entry.client_id is not None:
        said |= {"client_id.label": entry.client_id.label, "client_id.example": entry.client_id.example}
    if entry.secret is not None:
        said["secret.label"] = entry.secret.label
    said |= {f"titles.{code}": title for code, title in (entry.titles or {}).items()}
    said |= {f"known_by[{number}]": piece for number, piece in enumerate(entry.known_by)}
    said |= {f"search[{number}]": word for number, word in enumerate(entry.search)}
    said |= {f"callback.also[{number}].label": field.label for number, field in enumerate(entry.callback.also)}
    said |= {f"claim_defaults.{claim}": text for claim, text in (entry.claim_defaults or {}).items()}
    for number, setting in enumerate(entry.settings):
        said |= {f"settings[{number}].label": setting.label, f"settings[{number}].example": setting.example}
    for path, text in said.items():
        if not text:
            yield Problem(path, _("{key} is empty."), _("Write what it is, or take the key away if it may be missing."))


def forms(entry: Entry) -> Iterator[Problem]:
    """Type, icon, colour, languages and domain look like what they are."""
    if _TYPE.fullmatch(entry.type) is None or entry.type == "existing":
        yield Problem(
            "type",
            _("{key} can't be the name of a type."),
            _("Use small letters, digits and single hyphens, for example “contoso-id”; “existing” is taken."),
        )
    if entry.icon and _ICON.fullmatch(entry.icon) is None:
        yield Problem("icon", _("{key} is not the name of a glyph."), _("Write set and glyph, for example “fa6b.qq”."))
    if _COLOR.fullmatch(entry.color) is None:
        yield Problem("color", _("{key} is not a colour."), _("Write # and six hexadecimal digits, like #2aae67."))
    for code in entry.titles or {}:
        if _LANGUAGE.fullmatch(code) is None:
            yield Problem(f"titles.{code}", _("{key} is not a language."), _("Use Azure's codes, for example zh-Hans."))
    if entry.domain and _DOMAIN.fullmatch(entry.domain) is None:
        yield Problem("domain", _("{key} is not a domain."), _("Write a bare name like wechat.com, 256 signs at most."))


def addresses(entry: Entry) -> Iterator[Problem]:
    """Every address is https. A portal that its makers document with http may keep it."""
    said = {"documentation": entry.documentation}
    said |= {f"metadata.{name}": value for name, value in entry.metadata.items() if name in ADDRESSES}
    flow = entry.user_flow.metadata or {}
    said |= {f"user_flow.metadata.{name}": value for name, value in flow.items() if name in ADDRESSES}
    for number, setting in enumerate(entry.settings):
        if setting.kind in ("url", "saml-metadata"):
            said |= {f"settings[{number}].example": setting.example}
            said |= {f"settings[{number}].default": setting.default} if setting.default else {}
    for path, text in said.items():
        if not _is_address(text, ("https",)):
            yield Problem(
                path, _("{key} is not an https address."), _("Write it in full, for example https://contoso.com/.")
            )
    if entry.portal_url and not _is_address(entry.portal_url, ("https", "http")):
        yield Problem(
            "portal_url",
            _("{key} is not an address that opens in a browser."),
            _("Write it in full with https://; http:// only where the provider's own documentation has it so."),
        )


def ids(entry: Entry) -> Iterator[Problem]:
    """Ids are ids: the exchange's is a button's on the sign-in page too, a policy key's has no `B2C_1A_` in front."""
    given = entry.ids
    checks: list[tuple[str, str, Callable[[str], str]]] = [
        ("ids.id", given.id, HtmlId.parse),
        ("ids.technical_profile", given.technical_profile, TechnicalProfileId.parse),
        ("ids.exchange", given.exchange, HtmlId.parse),
        ("ids.policy_key", given.policy_key, PolicyKeyName.parse),
        ("session", entry.session, TechnicalProfileId.parse),
    ]
    checks += [(f"claims.{claim}", claim, ClaimTypeId.parse) for claim in entry.claims]
    checks += [(f"claim_defaults.{claim}", claim, ClaimTypeId.parse) for claim in entry.claim_defaults or {}]
    checks += [(f"through.{claim}", through, ClaimTypeId.parse) for claim, through in (entry.through or {}).items()]
    checks += [
        (f"output_claims_transformations[{number}]", name, Identifier.parse)
        for number, name in enumerate(entry.output_claims_transformations)
    ]
    for path, text, parse in checks:
        if text or path.startswith(("claim", "through", "output")):
            yield from _refused_name(path, text, parse)
    # Not parsed alone: what stands after the hyphen may start with a digit.
    yield from _refused_name("ids.suffix", f"X-{given.suffix}" if given.suffix else "", TechnicalProfileId.parse)
    if given.policy_key.upper().startswith(POLICY_PREFIX):
        yield Problem("ids.policy_key", _("{key} starts with B2C_1A_."), _("Leave that out: the portal adds it."))
    shared = entry.secret is not None and entry.secret.shared
    if not given.id and (given.technical_profile or given.exchange or (given.policy_key and not shared)):
        yield Problem(
            "ids.id",
            _("{key} is missing, though other ids are fixed."),
            _("Where the id comes from the button's name, what derives from it can't be fixed: two would clash."),
        )


def claims(entry: Entry) -> Iterator[Problem]:
    """`issuerUserId` is there, no claim is ours or the directory's own, none stands twice, each has a source."""
    names = {key(claim) for claim in entry.claims}
    if "issuerUserId" not in entry.claims:
        yield Problem(
            "claims.issuerUserId",
            _("{key} is missing."),
            _("Every provider must say which of its claims tells one person from another."),
        )
    if len(names) < len(entry.claims):
        yield Problem("claims", _("{key} has a claim twice."), _("Claims that differ only in case are the same claim."))
    for own in OWN_CLAIMS:
        if key(own) in names | {key(claim) for claim in entry.claim_defaults or {}}:
            yield Problem(
                f"claims.{own}",
                _("{key} can't be taken from the provider."),
                _("Take it away. identityProvider has a table of its own; the others are the directory's and ours."),
            )
    for claim, source in entry.claims.items():
        if not source:
            yield Problem(f"claims.{claim}", _("{key} is empty."), _("Write the provider's name for that claim."))
    if len({key(name) for name in entry.output_claims_transformations}) < len(entry.output_claims_transformations):
        yield Problem("output_claims_transformations", _("{key} has a name twice."), _("Take one away."))


def claim_sources(entry: Entry) -> Iterator[Problem]:
    """What goes through another claim is a claim; nobody has a default for a user id."""
    for claim in entry.through or {}:
        if claim not in entry.claims:
            yield Problem(f"through.{claim}", _("{key} is not among the claims."), _("Name one of [claims]."))
    if any(key(claim) == key("issuerUserId") for claim in entry.claim_defaults or {}):
        yield Problem(
            "claim_defaults.issuerUserId",
            _("{key} would give one account to everybody."),
            _("Take it away: who has no number there can't be told from others."),
        )


def identity(entry: Entry) -> Iterator[Problem]:
    """`identityProvider` has one source. A setting that asks for it must be answered."""
    own = entry.identity_provider
    if [bool(own.value), bool(own.claim), bool(own.setting)].count(True) != 1:
        yield Problem(
            "identity_provider",
            _("{key} needs a value or a claim."),
            _("Write one of these: value, claim, or the setting that asks for it."),
        )
    asked = entry.setting(own.setting)
    if own.setting and (asked is None or not asked.required):
        yield Problem(
            "identity_provider.setting",
            _("{key} is not the name of a required setting."),
            _("Name a setting of this file that is required."),
        )


def protocol(entry: Entry) -> Iterator[Problem]:
    """Client id, secret and callback are those that the protocol has."""
    saml = entry.protocol == "SAML2"
    if saml == (entry.client_id is not None):
        yield Problem(
            "client_id", _("{key} does not fit the protocol."), _("SAML2 has none; the other protocols need one.")
        )
    if entry.secret is not None and saml != (entry.secret.kind == "certificate"):
        yield Problem(
            "secret.kind", _("{key} does not fit the protocol."), _("SAML2 needs a certificate, the others a secret.")
        )
    wanted = {"SAML2": ("saml",), "OAuth1": ("url-per-policy",)}.get(entry.protocol, ("host", "url"))
    if entry.callback.form not in wanted:
        yield Problem("callback.form", _("{key} does not fit the protocol."), one_of(wanted))
    also = [field.form for field in entry.callback.also]
    if len(set(also)) < len(also) or ("saml-metadata" in also and not saml):
        yield Problem(
            "callback.also",
            _("{key} has a form twice, or SAML metadata without SAML2."),
            _("Write each form once; saml-metadata only for SAML2."),
        )
    if entry.secret is not None and entry.secret.lifetime_months < 0:
        yield Problem("secret.lifetime_months", _("{key} is less than nothing."), _("Write 0, or take it away."))


def secret_conditions(entry: Entry) -> Iterator[Problem]:
    """`secret.when` speaks of settings that are there, and of values they can have."""
    for name, value in (entry.secret.when or {} if entry.secret else {}).items():
        setting = entry.setting(name)
        if setting is None:
            yield Problem(
                f"secret.when.{name}", _("{key} is not the name of a setting."), _("Name a setting of this file.")
            )
        elif setting.choices and value not in setting.choices:
            yield Problem(
                f"secret.when.{name}", _("{key} is a value that the setting can't have."), one_of(setting.choices)
            )


def user_flow(entry: Entry) -> Iterator[Problem]:
    """A built-in provider has a name in the portal's list, and others have none."""
    flow = entry.user_flow
    if (flow.way == "built-in") != bool(flow.portal_name):
        yield Problem(
            "user_flow.portal_name",
            _("{key} does not fit the way into a user flow."),
            _("A built-in provider has a name in the portal's list, others have none."),
        )
    if flow.metadata and flow.way != "openid-connect":
        yield Problem("user_flow.metadata", _("{key} is only for custom OpenID Connect providers."), _("Take it away."))
    if flow.preview and flow.way != "built-in":
        yield Problem("user_flow.preview", _("{key} is only for built-in providers."), _("Take it away."))


def template(entry: Entry) -> Iterator[Problem]:
    """A template that a file names is one of ours."""
    if not entry.template:
        return
    named = _TEMPLATE.fullmatch(entry.template) is not None
    if not named or not (template_root() / "providers" / f"{entry.template}.xml.j2").is_file():
        yield Problem("template", _("{key} names no template."), _("Leave it out: the protocol has its own."))


def building_blocks(entry: Entry) -> Iterator[Problem]:
    """Building blocks that a file needs are among those that we have."""
    folder = template_root() / "providers" / "blocks"
    for number, name in enumerate(entry.needs):
        named = _TEMPLATE.fullmatch(name) is not None
        if not named or not (folder / f"{name}.xml.j2").is_file() or name in entry.needs[:number]:
            yield Problem(
                f"needs[{number}]",
                _("{key} names no building block, or one that stands there already."),
                _("They lie in templates/providers/blocks."),
            )


RULES: tuple[Callable[[Entry], Iterable[Problem]], ...] = (
    plain_texts,
    forms,
    addresses,
    ids,
    claims,
    claim_sources,
    identity,
    settings,
    metadata,
    shapes,
    protocol,
    secret_conditions,
    user_flow,
    template,
    building_blocks,
)


def _refused_name(path: str, text: str, parse: Callable[[str], str]) -> Iterator[Problem]:
    try:
        parse(text)
    except BadName as bad:
        yield Problem(path, _("{key} can't be an id."), bad.hint)


def _is_address(text: str, schemes: tuple[str, ...]) -> bool:
    """An absolute address of one of the schemes, with a host and nothing that a browser would not take."""
    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        return parts.scheme in schemes and _HOST.fullmatch(host) is not None and parts.username is None and port != 0
    except ValueError:
        return False
