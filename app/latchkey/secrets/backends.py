"""Which keyring is used, and what to do where there is none that is safe."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from latchkey.log import logger
from latchkey.text import _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ALLOWED = "LATCHKEY_KEYRING"
"""The variable that allows a keyring that keeps plain text, by its full name."""

_log = logger(__name__)
# Backends whose name says nothing to a person, by module.
_NAMES = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}
_NO_PLACE = ("keyring.backends.fail", "keyring.backends.null")  # none found, and the one that forgets
_PLAIN = ("keyrings.alt", "keyrings.cryptfile")  # files, also those under a password that stands beside


class Choice(NamedTuple):
    """The keyring that is used; None: there is none that is safe, and `refused` is the one that is not."""

    backend: KeyringBackend | None
    refused: str = ""


def choose(given: KeyringBackend | None) -> Choice:
    """The safest keyring of this computer, or the given one if it is safe. May take a second; never asks anybody."""
    if given is not None:
        return _safe(given)
    try:
        return _safe(_look())
    except Exception as error:  # noqa: BLE001  (a broken plug-in of another program is no reason to stop)
        _log.warning("no keyring: %s", type(error).__name__)
        return Choice(None)


def look_again() -> Choice:
    """The safest keyring that there is by now: somebody may have set one up since `choose` found none."""
    from keyring.backend import KeyringBackend

    refused = ""
    for kind in sorted(KeyringBackend.get_viable_backends(), key=lambda kind: kind.priority, reverse=True):
        with contextlib.suppress(Exception):  # a broken plug-in of another program
            choice = _safe(kind())
            if choice.backend is not None:
                return choice
            refused = refused or choice.refused
    return Choice(None, refused)


def load_system_backend() -> None:
    """Import what this system's own keyring is reached by, which `keyring` does without when it is not there. Raises
    ImportError: then the installation is not whole. Asks no keyring for anything.
    """
    needed = {
        "win32": ("keyring.backends.Windows", "win32ctypes.pywin32.win32cred"),
        "darwin": ("keyring.backends.macOS.api",),
    }.get(sys.platform, ("keyring.backends.SecretService", "secretstorage"))
    for module in needed:
        importlib.import_module(module)


def in_words(backend: KeyringBackend) -> str:
    """What a keyring is called."""
    return _NAMES.get(type(backend).__module__, backend.name)


def why_none(refused: str) -> str:
    """Why secrets only stay for this run, and the way to mend it."""
    if refused:
        return _(
            "The keyring that is set up here, {name}, keeps secrets as plain text, so Latchkey does not use it. Set up "
            "another one, or allow this one with {variable}={name}."
        ).format(name=refused, variable=ALLOWED)
    if sys.platform.startswith("linux"):
        return _(
            "This computer has no keyring that answers. Install GNOME Keyring, KWallet or KeePassXC, sign in again, "
            "and secrets will stay."
        )
    return _("The keyring of this computer does not answer. Sign in again, and secrets will stay.")


def there(backend: KeyringBackend, service: str, account: str) -> bool | None:
    """Whether it holds a secret, without unlocking it or reading the secret; None: it can't say so."""
    if type(backend).__module__ == "keyring.backends.Windows":  # it asks nobody: who is signed in may read
        with contextlib.suppress(Exception):
            return backend.get_password(service, account) is not None
    if type(backend).__module__ != "keyring.backends.SecretService":
        return None
    with contextlib.suppress(Exception), _bus() as bus:
        import secretstorage

        return any(True for _item in secretstorage.search_items(bus, {"service": service, "username": account}))
    return None


def _look() -> KeyringBackend:
    """The keyring that the person chose for `keyring`, or the system's own.

    On Linux the Secret Service is tried first: `keyring` looks at the keyrings of all systems, and to find out that
    there is none of a Mac it starts the C compiler, three times.
    """
    import keyring
    from keyring import core

    chosen = core.load_env() or core.load_config()
    if chosen is not None:
        return chosen
    kde = "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", "") and importlib.util.find_spec("dbus") is not None
    if sys.platform.startswith("linux") and not kde:
        from keyring.backends import SecretService

        own: type[KeyringBackend] = SecretService.Keyring
        if own.viable:
            return own()
    return keyring.get_keyring()


@contextlib.contextmanager
def _bus() -> Iterator[Any]:
    import secretstorage

    with contextlib.closing(secretstorage.dbus_init()) as bus:
        yield bus


def _safe(backend: KeyringBackend) -> Choice:
    """The backend itself, the first safe one of a chain, or none."""
    module, called = type(backend).__module__, f"{type(backend).__module__}.{type(backend).__qualname__}"
    if module == "keyring.backends.chainer":
        choices = [_safe(one) for one in getattr(backend, "backends", ())]
        found = next((one for one in choices if one.backend is not None), None)
        return found or Choice(None, next((one.refused for one in choices if one.refused), ""))
    if module.startswith(_NO_PLACE):
        return Choice(None)
    if module.startswith(_PLAIN) or "plaintext" in type(backend).__name__.lower():
        return Choice(backend) if os.environ.get(ALLOWED) == called else Choice(None, called)
    return Choice(backend)
