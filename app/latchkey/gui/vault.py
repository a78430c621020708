"""The keyring as the window sees it: every call on a thread of its own, answers as signals, and never a kept secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from latchkey.errors import LatchkeyError
from latchkey.gui.jobs import Job, JobRunner
from latchkey.jobs import Watch
from latchkey.secrets import Keychain

Name = tuple[str, str]  # tenant, policy key


class Vault(QObject):
    """Stores, forgets and looks up secrets by tenant and policy key."""

    changed = Signal()  # what is stored is known better than before
    kept = Signal(str, str)  # a secret was stored: tenant, policy key
    trouble = Signal(str, str)  # message, hint

    def __init__(self, keychain: Keychain, runner: JobRunner) -> None:
        super().__init__()
        self._keychain = keychain
        self._runner = runner
        self._stored: dict[Name, bool] = {}
        self._asked: set[Name] = set()
        self.place = ""  # where secrets are kept, in words; empty until the keyring answered once

    def stored(self, tenant: str, policy_key: str) -> bool | None:
        """Whether a secret is stored; None as long as the keyring was not asked or did not answer."""
        return self._stored.get(_name(tenant, policy_key))

    def look(self, tenant: str, policy_key: str) -> None:
        """Ask the keyring, once per name; `changed` tells that it answered."""
        name = _name(tenant, policy_key)
        if name in self._asked or not all(name):
            return
        self._asked.add(name)

        def work(_watch: Watch) -> tuple[Name, bool, str]:
            return name, self._keychain.has(*name), self._keychain.place

        self._start(Job(work, "look for a secret"))

    def store(self, tenant: str, policy_key: str, secret: str) -> Job:
        """Put a secret into the keyring, in the place of the one before."""
        name = _name(tenant, policy_key)
        self._asked.add(name)

        def work(_watch: Watch) -> tuple[Name, bool, str]:
            self._keychain.set(*name, secret)
            return name, True, self._keychain.place

        return self._start(Job(work, "store a secret"), self._was_stored)

    def forget(self, tenant: str, policy_key: str) -> Job:
        """Remove a secret from the keyring."""
        name = _name(tenant, policy_key)
        self._asked.add(name)

        def work(_watch: Watch) -> tuple[Name, bool, str]:
            self._keychain.delete(*name)
            return name, False, self._keychain.place

        return self._start(Job(work, "forget a secret"))

    def fetching(self, tenant: str, policy_key: str) -> Job:
        """A job that brings a secret (its `done` carries the text or None). Connect it, then give it to `run`."""
        name = _name(tenant, policy_key)

        def work(_watch: Watch) -> str | None:
            return self._keychain.get(*name)

        return Job(work, "fetch a secret")

    def run(self, job: Job) -> None:
        """Start a job made by `fetching`."""
        job.failed.connect(self._failed)
        self._runner.start(job, "keyring")

    def _start(self, job: Job, answered: Callable[[Any], None] | None = None) -> Job:
        job.done.connect(answered or self._answered)
        job.failed.connect(self._failed)
        self._runner.start(job, "keyring")
        return job

    @Slot(object)
    def _answered(self, answer: tuple[Name, bool, str]) -> None:
        name, stored, place = answer
        self.place = place
        self._stored[name] = stored
        self.changed.emit()

    @Slot(object)
    def _was_stored(self, answer: tuple[Name, bool, str]) -> None:
        self._answered(answer)
        self.kept.emit(*answer[0])

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._asked.clear()
        if not isinstance(error, LatchkeyError):
            raise error
        self.trouble.emit(error.message, error.hint)


def _name(tenant: str, policy_key: str) -> Name:
    return tenant.strip().casefold(), policy_key.strip()
