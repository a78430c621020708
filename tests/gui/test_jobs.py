"""Work beside the window: every ending, and closing while it runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Slot

from latchkey.errors import Refused
from latchkey.gui.jobs import Job, JobRunner
from latchkey.jobs import Watch


class Follower(QObject):
    """Notes what a job says, in order, and on which thread."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.heard: list[Any] = []
        self.threads: set[str] = set()
        job.progress.connect(self.progress)
        job.done.connect(self.done)
        job.failed.connect(self.failed)
        job.cancelled.connect(self.cancelled)
        job.ended.connect(self.ended)

    @Slot(float, str)
    def progress(self, fraction: float, text: str) -> None:
        self.threads.add(threading.current_thread().name)
        if text:
            self.heard.append((fraction, text))

    @Slot(object)
    def done(self, result: object) -> None:
        self.heard.append(("done", result))

    @Slot(object)
    def failed(self, error: Exception) -> None:
        self.heard.append(("failed", str(error)))

    @Slot()
    def cancelled(self) -> None:
        self.heard.append("cancelled")

    @Slot(object)
    def ended(self, _job: Job) -> None:
        self.heard.append("ended")


@pytest.fixture
def runner(qapp: Any) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.close()


def test_a_result_comes_once_and_on_the_windows_thread(runner: JobRunner, qtbot: Any) -> None:
    def work(watch: Watch) -> int:
        watch.step(0.5, "half")
        return 42

    job = Job(work)
    follower = Follower(job)
    with qtbot.waitSignal(job.ended):
        runner.start(job)
    assert follower.heard == [(0.5, "half"), ("done", 42), "ended"]
    assert follower.threads == {"MainThread"}
    qtbot.waitUntil(lambda: not runner.busy)  # the runner hears of the end after this test does


def test_an_error_becomes_a_signal(runner: JobRunner, qtbot: Any) -> None:
    def work(_watch: Watch) -> None:
        raise Refused("No.", "Yes.")

    job = Job(work)
    follower = Follower(job)
    with qtbot.waitSignal(job.ended):
        runner.start(job)
    assert follower.heard == [("failed", "No. Yes."), "ended"]


def test_cancelling_stops_at_the_next_step_and_throws_the_result_away(runner: JobRunner, qtbot: Any) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(watch: Watch) -> int:
        begun.set()
        go_on.wait(5)
        watch.step(0.5)
        return 42

    job = Job(work)
    follower = Follower(job)
    with qtbot.waitSignal(job.ended):
        runner.start(job)
        assert begun.wait(5)
        job.cancel()
        go_on.set()
    assert follower.heard == ["cancelled", "ended"]


def test_jobs_of_a_lane_run_one_after_the_other(runner: JobRunner, qtbot: Any) -> None:
    order: list[int] = []
    jobs = [Job(lambda _watch, number=number: order.append(number)) for number in range(20)]
    for job in jobs:
        runner.start(job)
    qtbot.waitUntil(lambda: not runner.busy)
    assert order == list(range(20))


def test_the_keyring_does_not_hold_up_other_work(runner: JobRunner, qtbot: Any) -> None:
    unlocked = threading.Event()
    held, quick = Job(lambda _watch: unlocked.wait(10)), Job(lambda _watch: "composed")
    runner.start(held, "keyring")
    with qtbot.waitSignal(quick.done):
        runner.start(quick)
    assert runner.busy
    unlocked.set()
    qtbot.waitUntil(lambda: not runner.busy)


def test_many_endings_and_closing_while_work_is_under_way(qtbot: Any) -> None:
    """What crashed other designs: finish, fail, cancel and close, again and again."""
    for turn in range(60):
        runner = JobRunner()

        def work(watch: Watch, turn: int = turn) -> int:
            watch.step(0.1)
            if turn % 3 == 1:
                raise Refused("No.")
            time.sleep(0.001)
            watch.step(0.9)
            return turn

        jobs = [Job(work) for _ in range(3)]
        followers = [Follower(job) for job in jobs]
        for job in jobs:
            runner.start(job)
        if turn % 3 == 2:
            jobs[1].cancel()
        if turn % 4:
            qtbot.waitUntil(lambda runner=runner: not runner.busy)
        runner.close()
        assert len(followers) == 3


def test_nothing_starts_after_closing(runner: JobRunner) -> None:
    runner.close()
    done: list[int] = []
    runner.start(Job(lambda _watch: done.append(1)))
    assert not runner.busy
    assert not done


def test_a_keyring_that_answers_when_the_window_is_gone_says_nothing(qapp, monkeypatch):
    import shiboken6

    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    runner, asked, answer = JobRunner(), threading.Event(), threading.Event()

    def ask(_watch):
        asked.set()
        answer.wait(10)

    job = Job(ask, "ask the keyring")
    runner.start(job, "keyring")
    assert asked.wait(10)
    thread = runner._lanes["keyring"]._thread
    runner.close()
    shiboken6.delete(job)  # as Qt does at the end of the program
    answer.set()
    thread.join(10)
    assert not thread.is_alive()
    assert told == []
