"""`latchkey secrets renew`: a new client secret for a provider whose secrets are signed tokens (Apple's end after six
months), made from the private key, put into the keyring, and its last day into the draft.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.loader import load_catalogue
from latchkey.cli.terminal import DONE, Result, answer
from latchkey.compose.secret_names import SecretName, secret_names
from latchkey.draft import edits, store
from latchkey.draft.draft import Draft, Provider
from latchkey.errors import Refused, WrongUsage
from latchkey.policy.names import key
from latchkey.secrets import Keychain
from latchkey.signing import SignedToken, apple_client_secret, read_key_file
from latchkey.text import _, join_list


class _Wanted(NamedTuple):
    """Whose secret it is, how the person calls it, and where it is kept."""

    provider: Provider
    called: str
    place: SecretName


def renew(arguments: argparse.Namespace, keychain: Keychain) -> Result:
    """Make it, keep it, note its last day."""
    if not arguments.tenant or arguments.key or not arguments.key_file:
        raise WrongUsage(
            _("A new secret is made for a draft, from the key file."),
            _("Usage: {usage}").format(usage="latchkey secrets renew DRAFT --key-file AuthKey_….p8"),
        )
    path, key_file = Path(arguments.tenant), Path(arguments.key_file)
    draft, catalogue = store.load(path), load_catalogue()
    wanted = _wanted(draft, catalogue, arguments.provider or "")
    token = _made(wanted.provider, key_file)
    keychain.set(*wanted.place, token.text, token.expires)
    store.save(edits.set_secret_expiry(wanted.provider.key, token.expires, wanted.called).apply(draft), path)
    said = _("The new secret of {name} is in {place}, as {key} of {tenant}. It ends on {date}; the draft says so too.")
    lines = [
        said.format(
            name=wanted.called,
            place=keychain.place,
            key=wanted.place.policy_key,
            tenant=wanted.place.tenant,
            date=token.expires.isoformat(),
        ),
        _("Put it into the policy key {key} in Azure: the new one does not work there before.").format(
            key=wanted.place.policy_key
        ),
    ]
    data = {**wanted.place._asdict(), "stored": True, "expires": token.expires.isoformat()}
    if arguments.show:
        lines.append(token.text)
        data["secret"] = token.text
    return answer(DONE, as_json=arguments.json, data=data, text="\n".join(lines))


def _wanted(draft: Draft, catalogue: Catalogue, which: str) -> _Wanted:
    """The one provider with such secrets, or the one that is named by type, id or button."""
    names = secret_names(draft, catalogue)
    rows = [
        _Wanted(row, row.name or catalogue[row.type].title, names[row.key])
        for row in draft.providers
        if row.key in names and (secret := catalogue[row.type].secret) is not None and secret.kind == "signed-token"
    ]
    if not rows:
        raise Refused(
            _("No provider of this draft has a secret that is made from a key file."),
            _("Sign in with Apple has: add it to the draft first. Other secrets are stored with latchkey secrets set."),
        )
    found = [row for row in rows if key(which) in _called(row)] if which else rows
    if len(found) != 1:
        raise Refused(
            _("Which provider is meant?"),
            _("Say it with --provider: {names}.").format(names=join_list(row.place.policy_key for row in rows)),
        )
    if not found[0].place.tenant:
        raise Refused(
            _("The draft does not name a tenant yet."), _("Secrets are kept per tenant: state tenant.name first.")
        )
    return found[0]


def _called(row: _Wanted) -> set[str]:
    provider = row.provider
    return {key(text) for text in (provider.type, provider.id, row.called, row.place.policy_key) if text}


def _made(provider: Provider, file: Path) -> SignedToken:
    found = read_key_file(file)
    return apple_client_secret(
        provider.settings.get("team_id", ""),
        provider.client_id,
        provider.settings.get("key_id", "") or found.key_id,
        found.text,
    )
