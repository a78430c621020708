"""`latchkey secrets`: which client secrets this computer's keyring holds, by tenant and policy key. Never their values.

A secret is typed, or comes through standard input; on the command line everybody on the computer could read it.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date

from latchkey import log
from latchkey.cli.layout import columns
from latchkey.cli.terminal import DONE, Result, answer
from latchkey.errors import Refused, WrongUsage
from latchkey.policy.names import PolicyKeyName, TenantName
from latchkey.secrets import Keychain
from latchkey.signing import expiry_of
from latchkey.text import _, ngettext

LONGEST_LINE = 10_000


def run(arguments: argparse.Namespace) -> Result:
    """Do what was asked with the keyring of this computer."""
    log.start()
    log.no_core_dump()
    return act(arguments, Keychain())


def act(arguments: argparse.Namespace, keychain: Keychain) -> Result:
    """List, store, renew or delete."""
    if arguments.all:
        return _delete_all(arguments, keychain)
    if arguments.action == "list":
        if arguments.tenant:
            raise WrongUsage(_("secrets list takes no further words."), _("Usage: latchkey secrets list"))
        return _list(arguments, keychain)
    if arguments.action == "renew":
        from latchkey.cli.renewing import renew

        _needs_keyring(keychain)
        return renew(arguments, keychain)
    if not arguments.tenant or not arguments.key:
        usage = f"latchkey secrets {arguments.action} TENANT POLICY_KEY"
        raise WrongUsage(
            _("A secret is named by its tenant and its policy key."), _("Usage: {usage}").format(usage=usage)
        )
    tenant, name = TenantName.parse(arguments.tenant), PolicyKeyName.parse(arguments.key)
    _needs_keyring(keychain)
    data = {"tenant": tenant, "policy_key": name}
    if arguments.action == "set":
        expires = _day(arguments.expires)
        secret = _typed(tenant, name)
        keychain.set(tenant, name, secret, expires or expiry_of(secret))
        said = _("The secret {key} of {tenant} is in {place}.")
        return answer(
            DONE,
            as_json=arguments.json,
            data=data | {"stored": True},
            text=said.format(key=name, tenant=tenant, place=keychain.place),
        )
    if not keychain.delete(tenant, name):
        raise Refused(
            _("There is no secret {key} of {tenant}.").format(key=name, tenant=tenant),
            _("latchkey secrets list shows those that are stored."),
        )
    return answer(
        DONE,
        as_json=arguments.json,
        data=data | {"stored": False},
        text=_("The secret {key} of {tenant} is forgotten.").format(key=name, tenant=tenant),
    )


def _delete_all(arguments: argparse.Namespace, keychain: Keychain) -> Result:
    """Forget everything, for who leaves this computer; an uninstaller asks for it too."""
    if arguments.action != "delete" or arguments.tenant:
        usage = _("Usage: {usage}").format(usage="latchkey secrets delete --all")
        raise WrongUsage(_("--all is for deleting, and takes no names."), usage)
    _needs_keyring(keychain)
    there = keychain.stored()
    for one in there:
        keychain.delete(one.tenant, one.policy_key)
    data = {"deleted": [{"tenant": one.tenant, "policy_key": one.policy_key} for one in there]}
    said = ngettext("{count} secret is forgotten.", "{count} secrets are forgotten.", len(there))
    return answer(DONE, as_json=arguments.json, data=data, text=said.format(count=len(there)))


def _needs_keyring(keychain: Keychain) -> None:
    if not keychain.lasting:
        raise Refused(_("This computer has no keyring that is safe to use; nothing was done."), keychain.mend)


def _list(arguments: argparse.Namespace, keychain: Keychain) -> Result:
    stored = keychain.stored()
    data = {
        "secrets": [
            {"tenant": one.tenant, "policy_key": one.policy_key}
            | ({"expires": one.expires.isoformat()} if one.expires else {})
            for one in stored
        ]
    }
    if not stored:
        return answer(DONE, as_json=arguments.json, data=data, text=_("No secrets are stored."))
    today = date.today()
    head = tuple(word.upper() for word in (_("Tenant"), _("Policy key"), _("Ends on")))
    rows = [(one.tenant, one.policy_key, _until(one.expires, today)) for one in stored]
    dated = any(one.expires for one in stored)
    lines = columns([row if dated else row[:2] for row in (head, *rows)])
    return answer(DONE, as_json=arguments.json, data=data, text="\n".join(lines))


def _until(expires: date | None, today: date) -> str:
    if expires is None:
        return ""
    days = (expires - today).days
    if days < 0:
        return _("{date}, expired").format(date=expires.isoformat())
    said = ngettext("{date}, {days} day left", "{date}, {days} days left", days)
    return said.format(date=expires.isoformat(), days=days)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(
            _("“{text}” is not a day.").format(text=text[:40]),
            _("Write the day as year-month-day, for example 2027-03-31."),
        ) from error


def _typed(tenant: str, name: str) -> str:
    """The secret: asked for without showing it, or the first line of standard input."""
    try:
        if sys.stdin is not None and sys.stdin.isatty():
            import getpass

            return getpass.getpass(_("The secret for {key} of {tenant} (not shown): ").format(key=name, tenant=tenant))
        return sys.stdin.readline(LONGEST_LINE).rstrip("\r\n") if sys.stdin is not None else ""
    except EOFError:
        return ""
    except UnicodeDecodeError as error:
        raise Refused(_("The secret is not UTF-8 text."), _("Copy it again from the provider's page.")) from error
