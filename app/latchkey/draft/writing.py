"""From a `Draft` to the text of its file: one order, one spelling, only what is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from latchkey.draft.characters import shown
from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider
from latchkey.draft.reading import FORMAT, TENANT_TEXTS, good

# What a draft's file is made of.
Plain: TypeAlias = "str | bool | date | list[Plain] | dict[str, Plain]"

_BARE = r"[A-Za-z0-9_-]+"
_SHORT_LIST = 80


def tables(draft: Draft) -> dict[str, dict[str, Plain]]:
    """The file's tables but the providers, in the order of the file, with what is stated only."""
    cloud = "" if draft.tenant.cloud == "global" else draft.tenant.cloud
    rest = {name: getattr(draft.tenant, name) for name in TENANT_TEXTS if name != "name"}
    return {
        "tenant": _stated({"name": draft.tenant.name, "cloud": cloud, **rest}),
        "policies": _policies(draft.policies),
        "user_flow": _stated({"name": draft.user_flow.name}),
        "progress": {"done": list(sorted(draft.done))} if draft.done else {},
    }


def provider_table(provider: Provider) -> dict[str, Plain]:
    """One provider's table, with what is stated only. `settings` and `claims` are sub-tables."""
    values: dict[str, Plain] = {
        "profile": provider.profile,
        "id": provider.id,
        "name": provider.name,
        "names": dict(provider.names) or "",
        "client_id": provider.client_id,
        "policy_key": provider.policy_key,
        "domain_hint": provider.domain_hint,
    }
    values = {"type": provider.type, **_stated(values)}
    if provider.identity_provider is not None:
        fixed = provider.identity_provider
        values["identity_provider"] = _source_table(fixed) if isinstance(fixed, ClaimSource) else fixed
    if provider.secret_expires is not None:
        values["secret_expires"] = provider.secret_expires
    if provider.settings:
        values["settings"] = dict(provider.settings)
    if provider.claims:
        values["claims"] = {name: _source(source) for name, source in provider.claims.items()}
    return values


def dumps(draft: Draft) -> str:
    """The draft's file. The same draft gives the same text. Raises BadValue for a text that no draft may hold."""
    before = tables(draft)
    after = {"progress": before.pop("progress")}
    parts = [f"format = {FORMAT}\n", *_sections(before)]
    parts += [provider_text(provider) for provider in draft.providers]
    return "\n".join([*parts, *_sections(after)])


def provider_text(provider: Provider) -> str:
    """One provider's part of the file."""
    values = provider_table(provider)
    subs = {name: values.pop(name) for name in ("settings", "claims") if name in values}
    parts = [section("[[providers]]", values)]
    parts += [section(f"[providers.{name}]", sub) for name, sub in subs.items() if isinstance(sub, dict)]
    return "\n".join(parts)


def _policies(policies: Policies) -> dict[str, Plain]:
    values: dict[str, Plain] = {"kind": policies.kind}
    values |= _stated({"accounts": policies.accounts})
    if policies.include is not None:
        values["include"] = list(policies.include)
    values |= _stated({"password_reset": policies.password_reset, "ask_email": policies.ask_email})
    values |= _stated({"page_design": policies.page_design})
    values |= _stated({"id_prefix": policies.id_prefix, "journey_id": policies.journey_id})
    values |= _stated({"extensions": policies.extensions})
    if policies.relying_parties is not None:
        values["relying_parties"] = list(policies.relying_parties)
    if policies.profile_edit_policies is not None:
        values["profile_edit_policies"] = list(policies.profile_edit_policies)
    names = ("ief_app_id", "proxy_ief_app_id", "test_app_id", "test_reply_url")
    return values | _stated({name: getattr(policies, name) for name in names})


def _stated(values: Mapping[str, Plain]) -> dict[str, Plain]:
    return {name: value for name, value in values.items() if value != ""}


def _source(source: ClaimSource) -> Plain:
    """Short where it can be: `"sub"`."""
    return source.claim if source.default is None and not source.always else _source_table(source)


def _source_table(source: ClaimSource) -> dict[str, Plain]:
    values = _stated({"claim": source.claim})
    if source.default is not None:
        values["default"] = source.default
    if source.always:
        values["always"] = True
    return values


def _sections(named: Mapping[str, Mapping[str, Plain]]) -> list[str]:
    return [section(f"[{name}]", values) for name, values in named.items() if values]


def section(header: str, values: Mapping[str, Plain]) -> str:
    """One table of the file."""
    return "".join([f"{header}\n", *(f"{name} = {text}\n" for name, text in _pairs(values))])


def _pairs(values: Mapping[str, Plain]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        yield (name if re.fullmatch(_BARE, name) else quoted(name)), _value(value)


def _value(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        inner = ", ".join(f"{name} = {text}" for name, text in _pairs(value))
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        items = [_value(item) for item in value]
        short = f"[{', '.join(items)}]"
        return short if len(short) <= _SHORT_LIST else "".join(["[\n", *(f"    {item},\n" for item in items), "]"])
    return str(value)


def quoted(text: str) -> str:
    """The text as a TOML string. A draft's text has no control characters, so two escapes are enough."""
    good(text, f"“{shown(text)}”")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
