"""Rules on what is answered for one sign-in button: client id, domain hint, settings, claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from latchkey.catalogue.answers import items, written_metadata
from latchkey.catalogue.entries import Entry, Setting
from latchkey.catalogue.patterns import matches
from latchkey.check.draft_notes import Row
from latchkey.check.facts import WELL_KNOWN
from latchkey.compose import base_ids
from latchkey.draft.characters import one_line, refused_character, shown
from latchkey.draft.draft import ClaimSource, Provider
from latchkey.policy.names import GUID, ClaimTypeId, key
from latchkey.policy.reader import BadXml, PolicyFile, read
from latchkey.text import _, join_list, language

LONGEST_DOMAIN = 256
USER_ID = "issuerUserId"
_METADATA = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_DOMAIN = re.compile(r"[A-Za-z0-9.\-_]+")


def called(provider: Provider, entry: Entry) -> str:
    """What customers read on the button."""
    return provider.name.strip() or entry.title


def spoken(provider: Provider, entry: Entry) -> str:
    """The button's name in a sentence for the person at work: as `called`, with the type's title in their language."""
    return provider.name.strip() or entry.title_in(language())


def client_id(row: Row, entry: Entry) -> None:
    """The client id is there and looks like this provider's."""
    value = row.provider.client_id.strip()
    if entry.client_id is None:
        if value:
            row.warning(
                "client-id-shape",
                "client_id",
                _("{title} has no client id; this one is not used.").format(title=entry.title_in(language())),
                _("Take it out."),
            )
        return
    label = _(entry.client_id.label)
    if not value:
        if row.present:
            return
        row.error(
            "client-id-present",
            "client_id",
            _("The {label} is still missing.").format(label=label),
            _("Enter the {label} you got from {provider}.").format(label=label, provider=spoken(row.provider, entry)),
        )
    elif not row.sample("client_id", value):
        _client_id_shape(row, entry, label, value)


def _client_id_shape(row: Row, entry: Entry, label: str, value: str) -> None:
    pattern = entry.client_id.pattern if entry.client_id is not None else ""
    if re.search(r"\s", value):
        row.warning(
            "client-id-shape",
            "client_id",
            _("There is a space within the {label}.").format(label=label),
            _("Copy it again from the portal."),
        )
    elif pattern and not matches(pattern, value):
        secret = entry.secret
        if GUID.fullmatch(value) is not None:
            message = _("This is an id as Azure has them, not the {label} of {title}.").format(
                label=label, title=entry.title_in(language())
            )
        elif secret is not None and secret.pattern and matches(secret.pattern, value):
            message = _("This looks like the {secret}, which must stay secret, not like the {label}.").format(
                secret=_(secret.label), label=label
            )
        else:
            message = _("This does not look like the {label} of {title}.").format(
                label=label, title=entry.title_in(language())
            )
        shape = _(entry.client_id.shape) if entry.client_id is not None and entry.client_id.shape else ""
        hint = _("Usually it is {shape}.").format(shape=shape) if shape else _("Look again in the provider's portal.")
        row.warning("client-id-shape", "client_id", message, hint)


def domain_hint(row: Row) -> None:
    """`domain_hint` is a short word in an address.

    https://learn.microsoft.com/azure/active-directory-b2c/direct-signin
    """
    hint = row.provider.domain_hint.strip()
    if len(hint) > LONGEST_DOMAIN:
        row.error(
            "domain-hint-format",
            "domain_hint",
            _("The domain hint is longer than Azure takes ({limit} characters).").format(limit=LONGEST_DOMAIN),
            _("Write a domain, for example contoso.com."),
        )
    elif hint and _DOMAIN.fullmatch(hint) is None:
        row.warning(
            "domain-hint-format",
            "domain_hint",
            _("“{hint}” does not look like a domain.").format(hint=shown(hint)),
            _("It stands in links (domain_hint=…): write something like contoso.com."),
        )


def settings(row: Row, entry: Entry) -> None:
    """The questions of this type are answered, with values that can be."""
    given = row.provider.settings
    for name in given:
        if entry.setting(name) is None:
            known = join_list(setting.name for setting in entry.settings)
            row.error(
                "setting-unknown",
                f"settings.{name}",
                _("{title} has no setting “{name}”.").format(title=entry.title_in(language()), name=shown(name)),
                _("It has: {names}.").format(names=known) if known else _("It has no settings."),
            )
    required = entry.required_settings(bool(row.provider.identity_provider))
    for setting in entry.settings:
        _setting(row, setting, required=setting in required and not row.present)
    if entry.protocol == "SAML2":
        _saml(row, entry)
    if entry.protocol == "OpenIdConnect":
        _openid(row, entry)


def _setting(row: Row, setting: Setting, *, required: bool) -> None:
    value, field = _answer(row, setting), f"settings.{setting.name}"
    if not value:
        if required:
            row.error(
                "idp-required-metadata",
                field,
                _("“{label}” is still missing.").format(label=_(setting.label)),
                _("For example: {example}").format(example=setting.example)
                if setting.example
                else setting.help and _(setting.help),
            )
        return
    if setting.choices and value not in setting.choices:
        row.error(
            "setting-choice",
            field,
            _("“{label}” can't be “{value}”.").format(label=_(setting.label), value=shown(value)),
            _("Choose one of: {choices}.").format(choices=join_list(setting.choices)),
        )
    elif setting.kind == "saml-metadata" and value.startswith("<"):
        _saml_document(row, field, value)
    elif not row.sample(field, value) and setting.kind in ("url", "saml-metadata"):
        _address(row, setting, field, value)
    _shape(row, setting, field, value)


def _shape(row: Row, setting: Setting, field: str, value: str) -> None:
    """An answer, each one of a list, looks like what is asked for."""
    if not setting.pattern:
        return
    for item in items(setting, value):
        if not matches(setting.pattern, item):
            row.warning(
                "setting-shape",
                field,
                _("“{value}” does not look like “{label}”.").format(value=shown(item), label=_(setting.label)),
                _("Usually it is {shape}.").format(shape=_(setting.shape)),
            )


def _saml_document(row: Row, field: str, value: str) -> None:
    """SAML metadata is an EntityDescriptor, without a document type.

    https://learn.microsoft.com/azure/active-directory-b2c/saml-identity-provider-technical-profile#metadata
    """
    try:
        tag = read(PolicyFile("", value.encode("utf-8", "replace"))).root.tag
    except BadXml as bad:
        row.error(
            "saml-metadata",
            field,
            _("This starts like SAML metadata, but is not: {reason}").format(reason=bad.message),
            _("Paste the whole document, from <EntityDescriptor to its end, or give its address."),
        )
        return
    if tag not in (f"{_METADATA}EntityDescriptor", f"{_METADATA}EntitiesDescriptor"):
        row.error(
            "saml-metadata",
            field,
            _("This is a “{tag}”, not SAML metadata.").format(tag=shown(tag.rpartition("}")[2])),
            _("Metadata is an EntityDescriptor. You may also give its address."),
        )


def _saml(row: Row, entry: Entry) -> None:
    """Something that a SAML provider sends is signed.

    https://learn.microsoft.com/azure/active-directory-b2c/saml-identity-provider-technical-profile#metadata
    """
    written = written_metadata(entry, row.provider.settings)
    if written.get("WantsSignedAssertions") == written.get("ResponsesSigned") == "false":
        names = [s.name for s in entry.settings if s.metadata in ("WantsSignedAssertions", "ResponsesSigned")]
        row.error(
            "saml-signature",
            f"settings.{names[-1]}" if names else "settings",
            _("Neither the responses nor the assertions of {title} are to be signed.").format(
                title=spoken(row.provider, entry)
            ),
            _("Then anybody could sign in as anybody. Let at least one of them be signed."),
        )


def _address(row: Row, setting: Setting, field: str, value: str) -> None:
    """Addresses are absolute and https; that of the metadata is the well-known one.

    https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile#metadata
    """
    try:
        parts = urlsplit(value)
        host, scheme = parts.hostname or "", parts.scheme
    except ValueError:
        host, scheme = "", ""
    if not host or scheme not in ("http", "https") or re.search(r"\s", value):
        row.error(
            "https-endpoints",
            field,
            _("“{value}” is not a full address.").format(value=shown(value)),
            _("For example: {example}").format(example=setting.example or "https://login.contoso.example/"),
        )
    elif scheme != "https":
        row.error(
            "https-endpoints",
            field,
            _("Azure calls addresses with https only."),
            _("Write https:// if the provider has it; otherwise it can't be used."),
        )
    elif setting.metadata == "METADATA" and WELL_KNOWN not in value:
        row.warning(
            "https-endpoints",
            field,
            _("Metadata addresses usually end in {end}; this one does not.").format(end=WELL_KNOWN),
            _("Open it in a browser: it must show the provider's addresses as JSON."),
        )


def _openid(row: Row, entry: Entry) -> None:
    """What is asked for fits together.

    https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile#metadata
    """
    asked = {setting.metadata: (setting.name, _answer(row, setting)) for setting in entry.settings}
    kind, mode, scope = asked.get("response_types"), asked.get("response_mode"), asked.get("scope")
    if kind is not None and kind[1] == "id_token" and mode is not None and mode[1] == "query":
        row.warning(
            "oidc-response",
            f"settings.{mode[0]}",
            _("Providers refuse to send an id_token by query."),
            _("Choose form_post."),
        )
    if scope is not None and scope[1] and "openid" not in scope[1].split():
        row.warning(
            "oidc-scope",
            f"settings.{scope[0]}",
            _("The scope lacks “openid”, without which no provider sends an id_token."),
            _("Write for example: openid profile email"),
        )


def _answer(row: Row, setting: Setting) -> str:
    return row.provider.settings.get(setting.name, "").strip() or ("" if row.present else setting.default)


def claims(row: Row, entry: Entry) -> None:
    """Claims have names that can be, none is Azure's own, and the person's number is among them.

    https://learn.microsoft.com/azure/active-directory-b2c/add-identity-provider
    """
    given = row.provider.claims
    for name, source in given.items():
        field = f"claims.{name}"
        own = key(name) in base_ids.CLAIM_TYPES and key(name) not in base_ids.FREE_CLAIMS
        if own:
            row.error(
                "claim-reserved",
                field,
                _("Azure sets “{claim}” itself; a provider must not.").format(claim=shown(name)),
                _("Take it out. Who the person is comes from {claim}.").format(claim=USER_ID),
            )
        else:
            row.parsed("claim-name", field, ClaimTypeId.parse, name)
        if source.always and source.default is None:
            row.error(
                "claim-source",
                field,
                _("“{claim}” is always to have its default, but there is none.").format(claim=shown(name)),
                _("Give it a default."),
            )
    number = next((source for name, source in given.items() if key(name) == key(USER_ID)), None)
    if number is None and not row.present and key(USER_ID) not in map(key, entry.claims):
        number = ClaimSource()
    if number is not None and not number.claim.strip():
        row.error(
            "idp-claims-complete",
            f"claims.{USER_ID}",
            _("It is not said which claim holds a person's number at {provider}.").format(
                provider=spoken(row.provider, entry)
            ),
            _("Without it nobody who comes back is recognised. For OpenID Connect it is usually sub."),
        )
    elif number is not None and number.default is not None:
        row.error(
            "idp-claims-complete",
            f"claims.{USER_ID}",
            _("A person's number can't have a default: everybody without one would share an account."),
            _("Take the default out."),
        )


def characters(row: Row) -> None:
    """No text holds a character that no file can carry, or is sample text. Line ends are mended without a word."""
    for field, text in _texts(row.provider):
        if not field.startswith(("client_id", "settings.")):  # these are asked further on, with more to say
            row.sample(field, text)
        bad = refused_character(one_line(text))
        if bad:
            row.error(
                "control-character",
                field,
                _("This text holds the character {character}, which a policy can't carry.").format(character=bad),
                _("Type it anew."),
            )


def _texts(provider: Provider) -> Iterator[tuple[str, str]]:
    yield from (
        ("name", provider.name),
        ("client_id", provider.client_id),
        ("domain_hint", provider.domain_hint),
        ("policy_key", provider.policy_key),
    )
    yield from ((f"names.{code}", text) for code, text in provider.names.items())
    yield from ((f"settings.{name}", text) for name, text in provider.settings.items())
    for name, source in provider.claims.items():
        yield f"claims.{name}", source.claim + (source.default or "")
    stated = provider.identity_provider
    if isinstance(stated, ClaimSource):
        yield "identity_provider", stated.claim + (stated.default or "")
    elif stated:
        yield "identity_provider", stated
