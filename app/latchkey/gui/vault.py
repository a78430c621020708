"""The keyring as the window sees it: every call on a thread of its own, answers as signals, and never a kept secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from latchkey.errors import LatchkeyError
from latchkey.gui.jobs import Job, JobRunner
from latchkey.jobs import Watch
from latchkey.secrets import Keychain

Name = tuple[str, str]  # tenant, policy key


class Answer(NamedTuple):
    """What the keyring said."""

    stored: dict[Name, bool]
    place: str


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
        self._wanted: list[Name] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        self.place = ""  # where secrets are kept, in words; empty until the keyring answered once

    def stored(self, tenant: str, policy_key: str) -> bool | None:
        """Whether a secret is stored; None as long as the keyring was not asked or did not answer."""
        return self._stored.get(_name(tenant, policy_key))

    def look(self, tenant: str, policy_key: str) -> None:
        """Ask the keyring, once per name; `changed` tells that it answered. What is asked for in one go is one job."""
        name = _name(tenant, policy_key)
        if name not in self._asked and all(name):
            self._asked.add(name)
            self._wanted.append(name)
            self._soon.start()

    def store(self, tenant: str, policy_key: str, secret: str) -> Job:
        """Put a secret into the keyring, in the place of the one before."""
        name = _name(tenant, policy_key)
        self._asked.add(name)

        def work(_watch: Watch) -> Answer:
            self._keychain.set(*name, secret)
            return Answer({name: True}, self._keychain.place)

        return self._start(Job(work, "store a secret"), self._was_stored)

    def forget(self, tenant: str, policy_key: str) -> Job:
        """Remove a secret from the keyring."""
        name = _name(tenant, policy_key)
        self._asked.add(name)

        def work(_watch: Watch) -> Answer:
            self._keychain.delete(*name)
            return Answer({name: False}, self._keychain.place)

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

    @Slot()
    def _look(self) -> None:
        names, self._wanted = tuple(self._wanted), []

        def work(watch: Watch) -> Answer:
            found: dict[Name, bool] = {}
            for number, name in enumerate(names):
                watch.step(number / len(names))
                found[name] = self._keychain.has(*name)
            return Answer(found, self._keychain.place)

        self._start(Job(work, "look for secrets"))

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        self.place = answer.place
        self._stored.update(answer.stored)
        self.changed.emit()

    @Slot(object)
    def _was_stored(self, answer: Answer) -> None:
        self._answered(answer)
        for tenant, policy_key in answer.stored:
            self.kept.emit(tenant, policy_key)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._asked.clear()
        if not isinstance(error, LatchkeyError):
            raise error
        self.trouble.emit(error.message, error.hint)


def _name(tenant: str, policy_key: str) -> Name:
    return tenant.strip().casefold(), policy_key.strip()
