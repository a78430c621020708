"""From a saved file's tables to a `Draft`: strict about keys, types and fixed choices, patient with unfinished text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast, get_args

from latchkey.draft.characters import refused_character, shown
from latchkey.draft.draft import (
    Accounts,
    AskEmail,
    ClaimSource,
    CloudName,
    Draft,
    Journey,
    Kind,
    PageDesign,
    PasswordReset,
    Policies,
    Provider,
    Tenant,
    UserFlow,
    frozen,
)
from latchkey.errors import Refused
from latchkey.text import _, join_list

FORMAT = 1
MOST_PROVIDERS = 500  # twenty times what anybody has; what comes of a draft is made while somebody types
TABLES = ("format", "tenant", "policies", "user_flow", "providers", "progress")
TENANT_TEXTS = ("name", "custom_domain", "object_id")
POLICY_TEXTS = (
    "id_prefix",
    "journey_id",
    "extensions",
    "ief_app_id",
    "proxy_ief_app_id",
    "test_app_id",
    "test_reply_url",
)
PROVIDER_TEXTS = ("type", "profile", "id", "name", "client_id", "policy_key", "domain_hint")
PROVIDER_KEYS = (*PROVIDER_TEXTS, "names", "identity_provider", "secret_expires", "settings", "claims")
CLOUDS: tuple[CloudName, ...] = get_args(CloudName)
KINDS: tuple[Kind, ...] = get_args(Kind)
ACCOUNTS: tuple[Accounts, ...] = tuple(name for name in get_args(Accounts) if name)
JOURNEYS: tuple[Journey, ...] = get_args(Journey)
PAGE_DESIGNS: tuple[PageDesign, ...] = tuple(name for name in get_args(PageDesign) if name)
PASSWORD_RESETS: tuple[PasswordReset, ...] = tuple(name for name in get_args(PasswordReset) if name)
ASK_EMAIL: tuple[AskEmail, ...] = tuple(name for name in get_args(AskEmail) if name)
_CHOICES = ("password_reset", "ask_email", "page_design")

_SECRET_WORDS = ("secret", "password", "app_key", "appkey", "private_key")


class BadValue(Refused):
    """A value of a draft file that can't be. The message starts with the key's path: `providers[1].settings.scope`."""


def read(values: Mapping[str, Any]) -> Draft:
    """The draft that the parsed file states. Rows of providers get the keys p1, p2 … Raises BadValue."""
    _check_format(values)
    _known(values, TABLES, "")
    policies = _policies(_table(values, "policies", ""))
    flow = _table(values, "user_flow", "")
    _known(flow, ("name",), "user_flow")
    progress = _table(values, "progress", "")
    _known(progress, ("done",), "progress")
    return Draft(
        tenant=_tenant(_table(values, "tenant", "")),
        policies=policies,
        user_flow=UserFlow(name=_text(flow, "name", "user_flow")),
        providers=_providers(values.get("providers", [])),
        done=frozenset(_texts(progress, "done", "progress") or ()),
    )


def _check_format(values: Mapping[str, Any]) -> None:
    """`format` says which Latchkey can read the file; so it comes before everything else."""
    if "format" not in values:
        raise BadValue(
            _("format is missing: this is not a Latchkey draft."),
            _("A draft starts with the line: format = {number}").format(number=FORMAT),
        )
    number = values["format"]
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise BadValue(
            _("format must be the number {number}.").format(number=FORMAT),
            _("A draft starts with the line: format = {number}").format(number=FORMAT),
        )
    if number > FORMAT:
        raise BadValue(
            _("format is {found}, made by a newer Latchkey; this one reads format {number}.").format(
                found=shown(str(min(number, 10**9))), number=FORMAT
            ),
            _("Update Latchkey to open this draft."),
        )


def _tenant(values: Mapping[str, Any]) -> Tenant:
    _known(values, (*TENANT_TEXTS, "cloud"), "tenant")
    texts = {name: _text(values, name, "tenant") for name in TENANT_TEXTS}
    return Tenant(cloud=_choice(values, "cloud", "tenant", CLOUDS, "global"), **texts)


def _policies(values: Mapping[str, Any]) -> Policies:
    lists = ("relying_parties", "profile_edit_policies")
    _known(values, ("kind", "accounts", "include", *_CHOICES, *POLICY_TEXTS, *lists), "policies")
    if "kind" not in values:
        raise BadValue(
            _("policies.kind is missing."),
            _('Write kind = "custom" or kind = "user-flow" under [policies].'),
        )
    include = _texts(values, "include", "policies")
    if include is not None:
        for index, name in enumerate(include):
            _one_of(name, JOURNEYS, f"policies.include[{index}]")
    return Policies(
        kind=_choice(values, "kind", "policies", KINDS, "custom"),
        accounts=_choice(values, "accounts", "policies", ACCOUNTS, ""),
        include=cast("tuple[Journey, ...] | None", include),
        password_reset=_choice(values, "password_reset", "policies", PASSWORD_RESETS, ""),
        ask_email=_choice(values, "ask_email", "policies", ASK_EMAIL, ""),
        page_design=_choice(values, "page_design", "policies", PAGE_DESIGNS, ""),
        relying_parties=_texts(values, "relying_parties", "policies"),
        profile_edit_policies=_texts(values, "profile_edit_policies", "policies"),
        **{name: _text(values, name, "policies") for name in POLICY_TEXTS},
    )


def _providers(rows: object) -> tuple[Provider, ...]:
    if isinstance(rows, list) and len(rows) > MOST_PROVIDERS:
        raise BadValue(
            _("providers has {count} entries; a draft has {most} at most.").format(
                count=len(rows), most=MOST_PROVIDERS
            ),
            _("Is this really a draft? Keep the providers that customers sign in with."),
        )
    if not isinstance(rows, list):
        raise BadValue(
            _("providers must be a list of tables."), _("Start each provider with a line of its own: [[providers]]")
        )
    return tuple(_provider(row, index) for index, row in enumerate(rows))


def _provider(values: object, index: int) -> Provider:
    path = f"providers[{index}]"
    if not isinstance(values, dict):
        raise BadValue(
            _("{path} must be a table.").format(path=path),
            _("Start each provider with a line of its own: [[providers]]"),
        )
    _known(values, PROVIDER_KEYS, path)
    if "type" not in values:
        raise BadValue(
            _("{path}.type is missing.").format(path=path),
            _('State the type of each provider, for example type = "wechat"; latchkey providers lists them.'),
        )
    claims = _table(values, "claims", path)
    return Provider(
        names=_text_table(values, "names", path),
        identity_provider=_identity_provider(values, path),
        secret_expires=_date(values, "secret_expires", path),
        settings=_text_table(values, "settings", path),
        claims=frozen({good(name, f"{path}.claims"): _source(claims, name, f"{path}.claims") for name in claims}),
        key=f"p{index + 1}",
        **{name: _text(values, name, path) for name in PROVIDER_TEXTS},
    )


def _identity_provider(values: Mapping[str, Any], path: str) -> str | ClaimSource | None:
    if "identity_provider" not in values:
        return None
    if isinstance(values["identity_provider"], dict):
        return _source(values, "identity_provider", path)
    return _text(values, "identity_provider", path)


def _source(values: Mapping[str, Any], key: str, path: str) -> ClaimSource:
    """`"sub"`, or `{ claim = "sub", default = "…", always = true }`."""
    here = join(path, key)
    value = values[key]
    if isinstance(value, str):
        return ClaimSource(claim=_text(values, key, path))
    if not isinstance(value, dict):
        raise _wrong_type(here, _('text in quotes, or a table such as { claim = "sub" }'))
    _known(value, ("claim", "default", "always"), here)
    always = value.get("always", False)
    if not isinstance(always, bool):
        raise _wrong_type(join(here, "always"), _("true or false"))
    default = _text(value, "default", here) if "default" in value else None
    return ClaimSource(claim=_text(value, "claim", here), default=default, always=always)


def _date(values: Mapping[str, Any], key: str, path: str) -> date | None:
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _wrong_type(join(path, key), _("a date without quotes, such as 2027-05-01"))
    return value


def _table(values: Mapping[str, Any], key: str, path: str) -> dict[str, Any]:
    value = values.get(key, {})
    if not isinstance(value, dict):
        raise _wrong_type(join(path, key), _("a table"))
    return value


def _text_table(values: Mapping[str, Any], key: str, path: str) -> Mapping[str, str]:
    table = _table(values, key, path)
    here = join(path, key)
    return frozen({good(name, here): _text(table, name, here) for name in table})


def _texts(values: Mapping[str, Any], key: str, path: str) -> tuple[str, ...] | None:
    value = values.get(key)
    if value is None:
        return None
    here = join(path, key)
    if not isinstance(value, list):
        raise _wrong_type(here, _("a list of texts in quotes"))
    for index, item in enumerate(value):
        if not isinstance(item, str):
            raise _wrong_type(f"{here}[{index}]", _("text in quotes"))
        good(item, f"{here}[{index}]")
    return tuple(value)


def _text(values: Mapping[str, Any], key: str, path: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise _wrong_type(join(path, key), _("text in quotes"))
    return good(value, join(path, key))


def good(text: str, path: str) -> str:
    """The text itself, if a draft may hold it; `path` is how a message calls it. Raises BadValue."""
    found = refused_character(text)
    if found:
        raise BadValue(
            _("{path} holds a character that no text of a draft may hold: {character}.").format(
                path=path, character=found
            ),
            _("Take the control character out; every text is one line."),
        )
    return text


def _choice(values: Mapping[str, Any], key: str, path: str, choices: Sequence[Any], absent: Any) -> Any:
    if key not in values:
        return absent
    here = join(path, key)
    text = values[key]
    if not isinstance(text, str):
        raise _wrong_type(here, _choices(choices))
    _one_of(text, choices, here)
    return text


def _one_of(text: str, choices: Sequence[str], path: str) -> None:
    if text not in choices:
        raise BadValue(
            _("{path} is “{text}”, but must be {expected}.").format(
                path=path, text=shown(text), expected=_choices(choices)
            ),
            _("Correct it in the file with a text editor."),
        )


def _choices(choices: Iterable[str]) -> str:
    *rest, last = (f"“{choice}”" for choice in choices)
    return _("{choices} or {last}").format(choices=join_list(rest), last=last)


def _wrong_type(path: str, expected: str) -> BadValue:
    return BadValue(
        _("{path} must be {expected}.").format(path=path, expected=expected),
        _("Correct it in the file with a text editor."),
    )


def _known(values: Mapping[str, Any], keys: Sequence[str], path: str) -> None:
    """Refuse the first key that has no meaning: a typing mistake must not pass in silence."""
    for name in values:
        if name in keys:
            continue
        message = _("{path} is not a key that a draft has.").format(path=join(path, name))
        if any(word in name.lower() for word in _SECRET_WORDS):
            hint = _("A draft never holds a secret. Take it out; the wizard keeps secrets in the system's keyring.")
            raise BadValue(message, hint)
        raise BadValue(message, _nearest(name, keys))


def _nearest(name: str, keys: Sequence[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name[:100], keys, 1)
    if near:
        return _("Did you mean {name}?").format(name=near[0])
    return _("Known here: {names}.").format(names=join_list(keys))


def join(path: str, key: str) -> str:
    """`providers[1].settings` and `scope` → the path of the key, as messages and findings write it."""
    bare = key.replace("-", "").replace("_", "")
    readable = key if bare.isascii() and bare.isalnum() and len(key) <= 60 else f"“{shown(key)}”"
    return f"{path}.{readable}" if path else readable
