"""Client secrets in the computer's own keyring, by tenant and policy key. The only room that knows `keyring`.

`keychain` stores, finds and forgets; `index` remembers the names and the last days (never a value); `backends` chooses
the keyring and says what can be done where there is none.
"""

from __future__ import annotations

from latchkey.secrets.backends import load_system_backend
from latchkey.secrets.index import SOON
from latchkey.secrets.keychain import LONGEST, SERVICE, Keychain, KeyringFailed
from latchkey.secrets.names import Stored, reminder

__all__ = [
    "LONGEST", "SERVICE", "SOON", "Keychain", "KeyringFailed", "Stored", "load_system_backend",
    "reminder",
]  # fmt: skip
