"""The keyring as the window sees it: every call on a thread of its own, answers as signals, and never a kept secret.

Whether a secret is stored is looked up in a list of names. Only storing, showing, copying and removing one reaches the
keyring itself, which may then ask for its password.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from latchkey.errors import LatchkeyError
from latchkey.gui.jobs import Job, JobRunner
from latchkey.jobs import Watch
from latchkey.secrets import Keychain, KeyringFailed, Stored

Name = tuple[str, str]  # tenant, policy key
LONG = 4000  # milliseconds after which the person is told to look for the keyring's window


class Answer(NamedTuple):
    """What the keyring said. `for_now`: those that are in memory only, and why."""

    stored: dict[Name, bool]
    place: str
    for_now: dict[Name, str]


class Vault(QObject):
    """Stores, forgets and looks up secrets by tenant and policy key."""

    changed = Signal()  # what is stored is known better than before
    kept = Signal(str, str)  # a secret was stored: tenant, policy key
    trouble = Signal(str, str)  # message, hint
    waiting = Signal(bool)  # the keyring takes long: it shows a window of its own, or hangs
    listed = Signal(object)  # all that are stored, as a tuple of `Stored`
    ending = Signal(object)  # secrets that end soon, as a tuple of `Stored`

    def __init__(self, keychain: Keychain, runner: JobRunner) -> None:
        super().__init__()
        self._keychain = keychain
        self._runner = runner
        self._stored: dict[Name, bool] = {}
        self._for_now: dict[Name, str] = {}
        self._reasons: dict[Name, str] = {}  # why the keyring did not take it; only touched on the keyring's thread
        self._noted: dict[Name, date] = {}
        self._asked: set[Name] = set()
        self._wanted: list[Name] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        self._under_way: set[Job] = set()
        self._long = QTimer(self, singleShot=True, interval=LONG)
        self._long.timeout.connect(self._tell_long)
        self.place = ""  # where secrets are kept, in words; empty until the keyring answered once

    def close(self) -> None:
        """Ask and say nothing more: a timer that still ran would outlive what it belongs to."""
        self._soon.stop()
        self._long.stop()

    def stored(self, tenant: str, policy_key: str) -> bool | None:
        """Whether a secret is stored; None as long as the keyring was not asked or did not answer."""
        return self._stored.get(_name(tenant, policy_key))

    def for_now(self, tenant: str, policy_key: str) -> str:
        """Why a secret is in memory only, and the way to mend it; empty where it is in the keyring."""
        return self._for_now.get(_name(tenant, policy_key), "")

    def only_for_now(self) -> tuple[Name, ...]:
        """Secrets that are in memory only."""
        return tuple(name for name, why in self._for_now.items() if why)

    def look(self, tenant: str, policy_key: str) -> None:
        """Ask, once per name; `changed` tells that there is an answer. What is asked for in one go is one job."""
        name = _name(tenant, policy_key)
        if name not in self._asked and all(name):
            self._asked.add(name)
            self._wanted.append(name)
            self._soon.start()

    def store(self, tenant: str, policy_key: str, secret: str, expires: date | None = None) -> Job:
        """Put a secret into the keyring, in the place of the one before; into memory while it is locked or fails."""
        name = _name(tenant, policy_key)
        self._asked.add(name)

        def work(_watch: Watch) -> Answer:
            try:
                self._keychain.set(*name, secret, expires)
            except KeyringFailed as failed:
                self._keychain.keep_for_now(*name, secret, expires)
                self._reasons[name] = str(failed)
            return self._answer({name: True})

        return self._start(Job(work, "store a secret"), self._was_stored)

    def settle(self, tenant: str, policy_key: str) -> Job:
        """Try again to put a secret into the keyring that is in memory only."""
        name = _name(tenant, policy_key)

        def work(_watch: Watch) -> Answer:
            try:
                self._keychain.settle(*name)
            except KeyringFailed as failed:
                self._reasons[name] = str(failed)
            return self._answer({name: True})

        return self._start(Job(work, "store a secret"), self._was_stored)

    def forget(self, tenant: str, policy_key: str) -> Job:
        """Remove a secret from the keyring."""
        name = _name(tenant, policy_key)
        self._asked.add(name)

        def work(_watch: Watch) -> Answer:
            self._keychain.delete(*name)
            return self._answer({name: False})

        return self._start(Job(work, "forget a secret"))

    def note_expiry(self, tenant: str, policy_key: str, expires: date) -> None:
        """Remember until when a secret is good, so that every start can remind of it."""
        name = _name(tenant, policy_key)
        if self._stored.get(name) is not False and self._noted.get(name) != expires:
            self._noted[name] = expires

            def work(_watch: Watch) -> None:
                self._keychain.expire(*name, expires)

            self._run(Job(work, "note a day"))

    @Slot()
    def ask_for_list(self) -> None:
        """Ask for all secrets that are stored; `listed` brings them."""

        def work(_watch: Watch) -> tuple[str, tuple[Stored, ...]]:
            return self._keychain.place, self._keychain.stored()

        job = Job(work, "list secrets")
        job.done.connect(self._listed)
        self._run(job)

    def look_for_ends(self, today: date) -> None:
        """Look which secrets end soon; `ending` tells."""

        def work(_watch: Watch) -> tuple[Stored, ...]:
            return self._keychain.ending(today)

        job = Job(work, "look for ends")
        job.done.connect(self.ending)
        self._run(job)

    def fetching(self, tenant: str, policy_key: str) -> Job:
        """A job that brings a secret (its `done` carries the text or None). Connect it, then give it to `run`."""
        name = _name(tenant, policy_key)

        def work(_watch: Watch) -> str | None:
            secret = self._keychain.get(*name)
            self._stored[name] = secret is not None
            return secret

        return Job(work, "fetch a secret")

    def run(self, job: Job) -> None:
        """Start a job made by `fetching`."""
        job.done.connect(self._fetched)
        self._run(job)

    def _start(self, job: Job, answered: Callable[[Any], None] | None = None) -> Job:
        job.done.connect(answered or self._answered)
        self._run(job)
        return job

    def _run(self, job: Job) -> None:
        job.failed.connect(self._failed)
        job.ended.connect(self._ended)
        self._under_way.add(job)
        self._long.start()
        self._runner.start(job, "keyring")

    def _answer(self, stored: dict[Name, bool]) -> Answer:
        """Called on the keyring's thread."""
        chain = self._keychain
        why = {name: chain.mend or self._reasons.get(name, "") for name in stored if chain.for_now(*name)}
        return Answer(stored, chain.place, {name: why.get(name, "") for name in stored})

    @Slot()
    def _look(self) -> None:
        names, self._wanted = tuple(self._wanted), []

        def work(watch: Watch) -> Answer:
            found: dict[Name, bool] = {}
            for number, name in enumerate(names):
                watch.step(number / len(names))
                found[name] = self._keychain.knows(*name)
            return self._answer(found)

        self._start(Job(work, "look for secrets"))

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        self.place = answer.place
        self._stored.update(answer.stored)
        self._for_now.update(answer.for_now)
        self.changed.emit()

    @Slot(object)
    def _listed(self, found: tuple[str, tuple[Stored, ...]]) -> None:
        self.place = found[0]
        self.listed.emit(found[1])

    @Slot(object)
    def _was_stored(self, answer: Answer) -> None:
        self._answered(answer)
        for tenant, policy_key in answer.stored:
            self.kept.emit(tenant, policy_key)

    @Slot(object)
    def _fetched(self, secret: str | None) -> None:
        if secret is None:  # somebody removed it with another program
            self.changed.emit()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._asked.clear()
        if not isinstance(error, LatchkeyError):
            raise error
        self.trouble.emit(error.message, error.hint)

    @Slot(object)
    def _ended(self, job: Job) -> None:
        self._under_way.discard(job)
        if not self._under_way:
            self._long.stop()
            self.waiting.emit(False)

    @Slot()
    def _tell_long(self) -> None:
        self.waiting.emit(True)


def _name(tenant: str, policy_key: str) -> Name:
    return tenant.strip().casefold(), policy_key.strip()
