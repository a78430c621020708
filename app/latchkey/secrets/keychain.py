"""Storing, finding and forgetting client secrets.

Every call may block for as long as a person needs to unlock the keyring, but `knows`, `stored`, `ending` and `expire`,
which only read a list of names: call from a thread of its own. A secret goes from its field into the keyring and from
there to the clipboard; it is never in a draft, a log, an error or an undo step. Where there is no safe keyring, or
while it is locked, secrets stay in memory until Latchkey is closed, and `place_of` and `mend` say so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from latchkey.errors import LatchkeyError, Refused
from latchkey.log import logger
from latchkey.secrets import backends
from latchkey.secrets.index import Index
from latchkey.secrets.names import Stored, name
from latchkey.text import _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
SERVICE = "latchkey"
LONGEST = 1200
"""Characters. Windows' credential store holds 2,560 bytes, which are 1,280 UTF-16 units; some are left for it."""

_log = logger(__name__)


class KeyringFailed(LatchkeyError):
    """The keyring did not do what it was asked; nothing was changed. `locked`: somebody has to unlock it."""

    def __init__(self, message: str, hint: str, *, locked: bool = False) -> None:
        super().__init__(message, hint)
        self.locked = locked


class Keychain:
    """The secrets of all tenants. `backend` is for tests; by default the safest one that this computer has."""

    def __init__(self, backend: KeyringBackend | None = None, names: Path | None = None) -> None:
        self._given = backend
        self._found: list[backends.Choice] = []  # empty until asked for: looking may take a second
        self._memory: dict[str, tuple[Stored, str]] = {}
        self._index = Index(names)

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
        return _("this computer's keyring ({name})").format(name=backends.in_words(backend))

    @property
    def mend(self) -> str:
        """Why there is no lasting place, and what to do about it; empty where there is one."""
        return "" if self.lasting else backends.why_none(self._choice().refused)

    def get(self, tenant: str, policy_key: str) -> str | None:
        """The secret, or None when none is stored. Raises KeyringFailed."""
        wanted = name(tenant, policy_key)
        if wanted.key in self._memory:
            return self._memory[wanted.key][1]
        backend = self._backend()
        if backend is None:
            return None
        secret = _told(_("The secret can't be read from the keyring."), partial(_read, backend, wanted))
        if (secret is None) == (self._index.find(wanted) is not None):
            (self._index.remove if secret is None else self._index.add)(wanted)  # changed by another program
        return secret

    def has(self, tenant: str, policy_key: str) -> bool:
        """Whether a secret is stored, asked of the keyring itself. Raises KeyringFailed."""
        return self.get(tenant, policy_key) is not None

    def knows(self, tenant: str, policy_key: str) -> bool:
        """Whether a secret was stored, as far as can be said without unlocking anything or reading the secret."""
        wanted = name(tenant, policy_key)
        return wanted.key in self._memory or self._kept(wanted, noted=self._index.find(wanted) is not None)

    def for_now(self, tenant: str, policy_key: str) -> bool:
        """Whether the secret is in memory only."""
        return name(tenant, policy_key).key in self._memory

    def set(self, tenant: str, policy_key: str, secret: str, expires: date | None = None) -> None:
        """Store a secret, in the place of the one before. Raises Refused, KeyringFailed."""
        new = name(tenant, policy_key, expires)
        _check(secret)
        backend = self._backend()
        if backend is None:
            self._memory[new.key] = new, secret
            return
        store = partial(backend.set_password, SERVICE, new.key, secret)
        _told(_("The secret can't be stored in the keyring."), store)
        self._memory.pop(new.key, None)
        self._index.add(new)

    def keep_for_now(self, tenant: str, policy_key: str, secret: str, expires: date | None = None) -> None:
        """Keep a secret in memory, where the keyring did not take it. Raises Refused."""
        new = name(tenant, policy_key, expires)
        _check(secret)
        self._memory[new.key] = new, secret

    def settle(self, tenant: str, policy_key: str) -> bool:
        """Put a secret from memory into the keyring, also into one that was not there before; False: there is none.
        Raises KeyringFailed, and keeps it then.
        """
        kept = self._memory.get(name(tenant, policy_key).key)
        if kept is not None and not self.lasting:
            self._found[:] = [backends.choose(self._given) if self._given is not None else backends.look_again()]
        if kept is None or not self.lasting:
            return False
        self.set(*kept[0][:2], kept[1], kept[0].expires)
        return True

    def delete(self, tenant: str, policy_key: str) -> bool:
        """Forget a secret; False when there was none. Raises KeyringFailed."""
        gone = name(tenant, policy_key)
        in_memory = self._memory.pop(gone.key, None) is not None
        backend = self._backend()
        if backend is None or (in_memory and not self._kept(gone, noted=self._index.find(gone) is not None)):
            return in_memory
        there = _told(_("The secret can't be removed from the keyring."), partial(_remove, backend, gone))
        self._index.remove(gone)
        return there or in_memory

    def stored(self) -> tuple[Stored, ...]:
        """The names of all secrets that are stored now, sorted, as far as can be said without unlocking anything."""
        now = {kept.key: kept for kept, _secret in self._memory.values()}
        if self._backend() is not None:
            now |= {one.key: one for one in self._index.read() if one.key not in now and self._kept(one, noted=True)}
        return tuple(sorted(now.values(), key=lambda one: one[:2]))

    def expire(self, tenant: str, policy_key: str, expires: date | None) -> None:
        """Note the last day of a secret that is stored; None: it is not known."""
        wanted = name(tenant, policy_key, expires)
        if wanted.key in self._memory:
            kept, secret = self._memory[wanted.key]
            self._memory[wanted.key] = kept._replace(expires=expires), secret
        found = self._index.find(wanted)
        if found is not None and found.expires != expires:
            self._index.expire(wanted)

    def ending(self, today: date) -> tuple[Stored, ...]:
        """Secrets that have ended or end soon, the first to end first. Reads a list of names, nothing else."""
        return self._index.ending(today)

    def _kept(self, wanted: Stored, *, noted: bool) -> bool:
        backend = self._backend()
        found = backends.there(backend, SERVICE, wanted.key) if backend is not None else False
        return noted if found is None else found

    def _backend(self) -> KeyringBackend | None:
        """The keyring that is used, or None for memory."""
        return self._choice().backend

    def _choice(self) -> backends.Choice:
        if not self._found:
            self._found.append(backends.choose(self._given))
        return self._found[0]


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


def _read(backend: KeyringBackend, wanted: Stored) -> str | None:
    return backend.get_password(SERVICE, wanted.key)


def _remove(backend: KeyringBackend, gone: Stored) -> bool:
    there = backends.there(backend, SERVICE, gone.key)
    if there is None:
        there = backend.get_password(SERVICE, gone.key) is not None
    if there:
        backend.delete_password(SERVICE, gone.key)
    return there


def _told(what: str, call: Callable[[], T]) -> T:
    """Turn whatever a keyring raises into one line that says what to do. Its own text is never shown, and not kept as
    the cause either: it may quote the secret, and so may the values of its frames.

    A keyring is another program: D-Bus, Windows and plug-ins raise errors of their own kinds.
    """
    try:
        return call()
    except Exception as error:  # noqa: BLE001
        _log.warning("keyring: %s", type(error).__name__)
        failed = KeyringFailed(what, _advice(error), locked=_is_locked(error))
    raise failed  # out here, where it has no context


def _is_locked(error: Exception) -> bool:
    from keyring.errors import InitError, KeyringLocked

    return isinstance(error, KeyringLocked | InitError)


def _advice(error: Exception) -> str:
    """What a person can do about it."""
    from keyring.errors import InitError, KeyringLocked

    if isinstance(error, KeyringLocked):
        return _("The keyring is locked: try again and give its password in the window that opens.")
    if isinstance(error, InitError):
        return _("The keyring was not opened: try again and answer the window that it shows.")
    return _("Check that the keyring of this computer works, then try again.")
