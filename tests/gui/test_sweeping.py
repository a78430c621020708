"""Garbage is swept while nobody waits for the window, and never by the worker."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from latchkey.draft import edits
from latchkey.gui import sweeping


class Circle:
    """Holds only itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def swept() -> Iterator[list[tuple[str, int]]]:
    """The thread and the generation of each sweep."""
    seen: list[tuple[str, int]] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append((threading.current_thread().name, info["generation"]))

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


@pytest.fixture
def sweeper(contoso: Any, settled: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch) -> Any:
    """That of a wizard at rest, which finds everything worth a sweep."""
    settled(contoso)
    monkeypatch.setattr(sweeping, "_WORTH", 0)
    monkeypatch.setattr(sweeping, "_PAUSE", 0.0)
    # what is asked for is given: other tests press buttons of a mouse that is none, and Qt does not forget that
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: sweeping.Qt.MouseButton.NoButton)
    monkeypatch.setattr(type(contoso.session), "composing", property(lambda _session: False))
    return contoso._sweeper


def lost() -> weakref.ref[Circle]:
    """Garbage."""
    return weakref.ref(Circle())


def test_python_itself_sweeps_no_more_until_the_window_closes(contoso: Any, settled: Callable[[Any], None]) -> None:
    settled(contoso)
    assert not gc.isenabled()
    contoso.close()
    assert gc.isenabled()


def test_garbage_goes_in_a_pause(sweeper: Any, swept: list[tuple[str, int]]) -> None:
    gone = lost()
    sweeper._look()
    assert gone() is None
    assert swept == [("MainThread", 1)]


def test_old_garbage_goes_too(sweeper: Any, swept: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_WHOLE_EVERY", 1)
    sweeper._look()
    assert swept == [("MainThread", 2)]


@pytest.mark.parametrize("busy", ["typing", "dragging", "composing"])
def test_nobody_is_disturbed(
    busy: str, sweeper: Any, contoso: Any, swept: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if busy == "typing":
        monkeypatch.setattr(sweeping, "_PAUSE", 60.0)
        contoso.session.do(edits.set_tenant_name("fabrikam"))
    elif busy == "dragging":
        monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: sweeping.Qt.MouseButton.LeftButton)
    else:
        monkeypatch.setattr(type(contoso.session), "composing", property(lambda _session: True))
    gone = lost()
    sweeper._look()
    assert swept == []
    assert gone() is not None
    monkeypatch.setattr(sweeping, "_AT_LAST", 0)  # far too much of it
    sweeper._look()
    assert gone() is None


def test_composing_is_not_stopped_for_it(
    contoso: Any, settled: Callable[[Any], None], swept: list[tuple[str, int]]
) -> None:
    settled(contoso)
    swept.clear()
    for name in ("fabrikam", "woodgrove", "contoso"):
        contoso.session.do(edits.set_tenant_name(name))
        settled(contoso)
    assert [thread for thread, _generation in swept if thread != "MainThread"] == []
