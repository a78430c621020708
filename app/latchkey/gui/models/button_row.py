"""One row of the list of sign-in buttons in words: its name, what is known of it, what it still needs. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.check.finding import Finding, Level
from latchkey.draft.draft import Draft, Provider
from latchkey.gui.called import called, type_name
from latchkey.text import _

Look = Literal["done", "attention", ""]


class ButtonRow(NamedTuple):
    """What a row shows. `badge` is the state in two or three words, `look` its colour; `fixed`: its name can't be typed
    here.
    """

    key: str
    name: str
    line: str
    badge: str
    look: Look
    glyph: str
    color: str
    fixed: bool = False


def button_row(
    draft: Draft,
    provider: Provider,
    catalogue: Catalogue,
    findings: Sequence[Finding],
    stored: bool | None,
    *,
    name: str = "",
    present: bool = False,
) -> ButtonRow:
    """`stored`: whether its secret is in the keyring; None while that is not known. `present`: the button is in the
    policies already, and the key with its secret in Azure.
    """
    entry = catalogue.get(provider.type)
    name = name or called(provider, catalogue)
    if entry is None:
        line = _("Of a kind that Latchkey does not know: place and removal only")
        return ButtonRow(provider.key, name, line, _("in your policies"), "", "", "", fixed=True)
    if present:
        badge, look = _badge(draft, provider, entry, findings, stored=True)
        line = " • ".join(part for part in _known(provider, entry, True) if part)
        if look != "attention":
            badge, look = _("in your policies"), ""
        return ButtonRow(provider.key, name, line, badge, look, entry.icon, entry.color)
    secret = entry.keeps_secret(provider.settings)
    badge, look = _badge(draft, provider, entry, findings, stored if secret else True)
    line = " • ".join(part for part in (*_known(provider, entry, stored), _secret(secret, stored)) if part)
    return ButtonRow(provider.key, name, line, badge, look, entry.icon, entry.color)


def _badge(
    draft: Draft, provider: Provider, entry: Entry, findings: Sequence[Finding], stored: bool | None
) -> tuple[str, Look]:
    missing = [] if provider.client_id.strip() or entry.client_id is None else [_within(entry, entry.client_id.label)]
    missing += [
        _within(entry, setting.label)
        for setting in entry.required_settings(bool(provider.identity_provider))
        if not provider.settings.get(setting.name, "").strip()
    ]
    if missing and not provider.client_id.strip() and not provider.settings and not stored:
        return _("not set up"), "attention"
    if missing:
        return _("needs {what}").format(what=missing[0]), "attention"
    if any(finding.level is Level.ERROR and finding.provider == provider.key for finding in findings):
        return _("needs attention"), "attention"
    if stored is False and entry.secret is not None:
        return _("needs {what}").format(what=_within(entry, entry.secret.label)), "attention"
    return (_("ready"), "done") if stored and draft.tenant.name else ("", "")


def _within(entry: Entry, name: str) -> str:
    """A field's name inside a sentence: a portal's own word as it is, one of ours with a small letter."""
    if not entry.generic:
        return _("the {field}").format(field=name)
    said = _(name)
    return said[:1].lower() + said[1:]


def _known(provider: Provider, entry: Entry, stored: bool | None) -> list[str]:
    title = type_name(entry)
    if entry.generic:
        host = urlsplit(next((value for value in provider.settings.values() if "://" in value), "")).netloc
        return [title, host]
    parts = [title] if provider.name.strip() and provider.name.strip() not in (entry.title, title) else []
    if entry.client_id is not None and provider.client_id.strip():
        shown = shortened(provider.client_id.strip())
        parts.append(shown if stored else _("{label} {value}").format(label=entry.client_id.label, value=shown))
    elif entry.client_id is not None:
        parts.append(_("no {label} yet").format(label=entry.client_id.label))
    return parts


def _secret(needed: bool, stored: bool | None) -> str:
    return _("secret stored") if needed and stored else ""


def shortened(identifier: str, longest: int = 14) -> str:
    """A long id with its middle left out: `wx0123…cdef`."""
    return identifier if len(identifier) <= longest else f"{identifier[:6]}…{identifier[-4:]}"
