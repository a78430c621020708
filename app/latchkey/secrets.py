"""Client secrets in the computer's own keyring, by tenant and policy key. The only place that knows `keyring`.

Every call may block for as long as a person needs to unlock the keyring: call from a thread of its own.
A secret goes from its field into the keyring and from there to the clipboard; it is never in a draft, a log, an
error or an undo step. Where there is no safe keyring, secrets stay in memory until Latchkey is closed, and
`Keychain.place` says so. A keyring can't be asked what it holds for us, so the names (never a value) are kept in a
file of the settings folder.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from latchkey.errors import LatchkeyError, Refused, WrongUsage
from latchkey.files import write_whole
from latchkey.paths import config_folder
from latchkey.text import _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "latchkey"
LONGEST = 1200
"""Characters. Windows' credential store holds 2,560 bytes, which are 1,280 UTF-16 units; some are left for it."""

_log = logging.getLogger(__name__)

# Backends whose name says nothing to a person, by module.
_NAMES = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}
# Not safe or no place at all: none found, the one that forgets, and keyrings.alt (plain files and their like).
_REFUSED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


class KeyringFailed(LatchkeyError):
    """The keyring did not do what it was asked; nothing was changed."""


class Stored(NamedTuple):
    """The name of a secret that was stored."""

    tenant: str
    policy_key: str


class Keychain:
    """The secrets of all tenants. `backend` is for tests; by default the safest one that this computer has."""

    def __init__(self, backend: KeyringBackend | None = None, names: Path | None = None) -> None:
        self._given = backend
        self._found: list[KeyringBackend | None] = []  # empty until asked for: looking may take a second
        self._memory: dict[Stored, tuple[Stored, str]] = {}
        self._names = names

    @property
    def lasting(self) -> bool:
        """Whether secrets outlive this run."""
        return self._backend() is not None

    @property
    def place(self) -> str:
        """Where secrets are kept, in words that end a sentence."""
        backend = self._backend()
        if backend is None:
            return _("memory, until Latchkey is closed")
        module = type(backend).__module__
        return _("this computer's keyring ({name})").format(name=_NAMES.get(module, backend.name))

    def get(self, tenant: str, policy_key: str) -> str | None:
        """The secret, or None when none is stored. Raises KeyringFailed."""
        name = _stored(tenant, policy_key)
        backend = self._backend()
        if backend is None:
            return self._memory.get(_same(name), (name, None))[1]
        with _told(_("The secret can't be read from the keyring.")):
            return backend.get_password(SERVICE, _account(name))

    def has(self, tenant: str, policy_key: str) -> bool:
        """Whether a secret is stored. Raises KeyringFailed."""
        return self.get(tenant, policy_key) is not None

    def set(self, tenant: str, policy_key: str, secret: str) -> None:
        """Store a secret, in the place of the one before. Raises Refused, KeyringFailed."""
        name = _stored(tenant, policy_key)
        _check(secret)
        backend = self._backend()
        if backend is None:
            self._memory[_same(name)] = name, secret
            return
        with _told(_("The secret can't be stored in the keyring.")):
            backend.set_password(SERVICE, _account(name), secret)
        self._note(name, there=True)

    def delete(self, tenant: str, policy_key: str) -> bool:
        """Forget a secret; False when there was none. Raises KeyringFailed."""
        name = _stored(tenant, policy_key)
        backend = self._backend()
        if backend is None:
            return self._memory.pop(_same(name), None) is not None
        with _told(_("The secret can't be removed from the keyring.")):
            there = backend.get_password(SERVICE, _account(name)) is not None
            if there:
                backend.delete_password(SERVICE, _account(name))
        self._note(name, there=False)
        return there

    def stored(self) -> tuple[Stored, ...]:
        """The names of all secrets that are stored now, sorted. Raises KeyringFailed."""
        if self._backend() is None:
            return tuple(sorted(name for name, _secret in self._memory.values()))
        return tuple(name for name in self._read_names() if self.has(*name))

    def _backend(self) -> KeyringBackend | None:
        """The keyring that is used, or None for memory; looked for once."""
        if not self._found:
            self._found.append(_usable(self._given) if self._given else _look())
        return self._found[0]

    def _names_file(self) -> Path:
        return self._names or config_folder() / "secrets.json"

    def _read_names(self) -> tuple[Stored, ...]:
        """The names noted so far; a file that can't be used counts as empty (the secrets themselves are safe)."""
        try:
            listed = json.loads(self._names_file().read_text(encoding="utf-8"))["stored"]
            return tuple(sorted({_stored(str(tenant), str(policy_key)) for tenant, policy_key in listed}))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError, WrongUsage) as error:
            _log.warning("the list of stored secrets is not usable: %s", type(error).__name__)
            return ()

    def _note(self, name: Stored, *, there: bool) -> None:
        """Keep the list of names. It only serves `stored`, so a list that can't be written is no failure."""
        before = self._read_names()
        others = {known for known in before if _same(known) != _same(name)}
        after = tuple(sorted(others | {name} if there else others))
        if after == before:
            return
        text = json.dumps({"stored": after}, indent=2) + "\n"
        try:
            write_whole(self._names_file(), text.encode())
        except OSError as error:
            _log.warning("the list of stored secrets can't be written: %s", type(error).__name__)


def _stored(tenant: str, policy_key: str) -> Stored:
    """The name, checked: an empty half would mix up two secrets, and a slash parts the halves."""
    if not tenant or not policy_key or "/" in tenant:
        raise WrongUsage(_("A secret is stored under the name of a tenant and of a policy key."))
    return Stored(tenant, policy_key)


def _same(name: Stored) -> Stored:
    """How names compare: without case, as in Azure."""
    return Stored(name.tenant.casefold(), name.policy_key.casefold())


def _account(name: Stored) -> str:
    """What the keyring calls it."""
    return "/".join(_same(name))


def _check(secret: str) -> None:
    """Refuse what every keyring would cut off, or what can't be a secret."""
    if not secret:
        raise Refused(_("The secret is empty."), _("Copy it again from the provider's page."))
    if any(
        character < " " or "\x7f" <= character < "\xa0" or "\ud800" <= character <= "\udfff" for character in secret
    ):
        raise Refused(
            _("The secret holds a line break or another character that can't be seen."),
            _("Copy it again, without what stands around it."),
        )
    length = len(secret.encode("utf-16-le")) // 2
    if length > LONGEST:
        raise Refused(
            _("The secret has {length} characters; keyrings hold {longest}.").format(length=length, longest=LONGEST),
            _("A certificate or a token is kept as a file instead, and uploaded in the portal."),
        )


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn whatever a keyring raises into one line that says what to do; its own text is never shown.

    A keyring is another program: D-Bus, Windows and plug-ins raise errors of their own kinds.
    """
    try:
        yield
    except Exception as error:
        _log.warning("keyring: %s", type(error).__name__)
        raise KeyringFailed(what, _advice(error)) from error


def _advice(error: Exception) -> str:
    """What a person can do about it."""
    from keyring.errors import InitError, KeyringLocked

    if isinstance(error, KeyringLocked):
        return _("The keyring is locked: try again and give its password in the window that opens.")
    if isinstance(error, InitError):
        return _("The keyring was not opened: try again and answer the window that it shows.")
    return _("Check that the keyring of this computer works, then try again.")


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


def _look() -> KeyringBackend | None:
    """The keyring that this computer offers; None when it has none that is safe."""
    import keyring

    try:
        return _usable(keyring.get_keyring())
    except Exception as error:  # noqa: BLE001  (a broken plug-in of another program is no reason to stop)
        _log.warning("no keyring: %s", type(error).__name__)
        return None


def _usable(backend: KeyringBackend) -> KeyringBackend | None:
    """The backend itself, the first safe one of a chain, or None."""
    if type(backend).__module__ == "keyring.backends.chainer":
        return next((one for one in map(_usable, getattr(backend, "backends", ())) if one is not None), None)
    unsafe = type(backend).__module__.startswith(_REFUSED) or "plaintext" in type(backend).__name__.lower()
    return None if unsafe else backend
