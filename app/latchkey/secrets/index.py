"""Which secrets are stored, and until when: a file of the settings folder, since a keyring can't be asked what it holds
for us, and asking for one secret may open the window in which somebody unlocks all. Never a value.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from latchkey.errors import LatchkeyError, WrongUsage
from latchkey.files import write_whole
from latchkey.log import logger
from latchkey.paths import config_folder
from latchkey.secrets.names import Stored, name

_log = logger(__name__)
_BIGGEST = 1_000_000
SOON = timedelta(days=30)
"""So long before a secret's last day Latchkey reminds of it."""


class Index:
    """The file of names. One that can't be used counts as empty: the secrets themselves are safe in the keyring."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file

    def read(self) -> tuple[Stored, ...]:
        """All names, sorted."""
        try:
            with self._path().open("rb") as file:
                table = json.loads(file.read(_BIGGEST))
            days = table.get("expires", {})
            listed = (name(str(tenant), str(policy_key)) for tenant, policy_key in table["stored"])
            return tuple(sorted({one._replace(expires=_day(days.get(one.key))) for one in listed}, key=_order))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, WrongUsage) as error:
            _log.warning("the list of stored secrets is not usable: %s", type(error).__name__)
            return ()

    def find(self, wanted: Stored) -> Stored | None:
        """The name as it was stored, with its last day."""
        return next((one for one in self.read() if one.key == wanted.key), None)

    def ending(self, today: date) -> tuple[Stored, ...]:
        """Secrets that have ended or end soon, the first to end first."""
        soon = [one for one in self.read() if one.expires is not None and one.expires - today <= SOON]
        return tuple(sorted(soon, key=lambda one: (one.expires or today, one.key)))

    def add(self, new: Stored) -> None:
        """Note a name; a last day that was known stays unless there is a new one."""

        def change(before: tuple[Stored, ...]) -> Iterable[Stored]:
            old = next((one for one in before if one.key == new.key), new)
            return (*(one for one in before if one.key != new.key), new._replace(expires=new.expires or old.expires))

        self._change(change)

    def expire(self, wanted: Stored) -> None:
        """Note, or forget, the last day of a name that is there."""
        self._change(lambda before: (one._replace(expires=wanted.expires) if one.key == wanted.key else one
                                     for one in before))  # fmt: skip

    def remove(self, gone: Stored) -> None:
        """Forget a name."""
        self._change(lambda before: (one for one in before if one.key != gone.key))

    def _change(self, change: Callable[[tuple[Stored, ...]], Iterable[Stored]]) -> None:
        """Read, change, write, with no other Latchkey in between. It only serves lists and reminders, so a file that
        can't be written is no failure.
        """
        from latchkey.files.replacing import one_at_a_time

        try:
            with one_at_a_time():
                before = self.read()
                after = tuple(sorted(change(before), key=_order))
                if after != before:
                    write_whole(self._path(), _text(after).encode())
        except (OSError, LatchkeyError) as error:
            _log.warning("the list of stored secrets can't be written: %s", type(error).__name__)

    def _path(self) -> Path:
        return self._file or config_folder() / "secrets.json"


def _text(names: Iterable[Stored]) -> str:
    table = {
        "stored": [(one.tenant, one.policy_key) for one in names],
        "expires": {one.key: one.expires.isoformat() for one in names if one.expires},
    }
    return json.dumps(table, indent=2) + "\n"


def _order(one: Stored) -> tuple[str, str]:
    return one.tenant, one.policy_key


def _day(text: object) -> date | None:
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text) if isinstance(text, str) else None
    return None
