"""What every test gets: folders of its own, no network, English, and golden files."""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.golden import Golden

ROOT = Path(__file__).parents[1]
QT_FIXTURES = {"qtbot", "qapp", "qapp_cls", "qtmodeltester"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our own switches."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for Qt is a `gui` test without saying so."""
    for item in items:
        if QT_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.gui)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with the field's own material (starter packs, samples, schema); most machines don't have it."""
    name = os.environ.get("LATCHKEY_REFERENCE", "")
    if not name:
        pytest.skip("LATCHKEY_REFERENCE is not set: the reference folder is not on this machine")
    folder = Path(name).resolve()
    if not folder.is_dir():
        pytest.fail(f"LATCHKEY_REFERENCE is not a folder: {folder}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares generated text with the files under tests/golden."""
    return Golden(update=request.config.getoption("--update-golden"))


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders of the person who runs it, or depends on that person's language."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("APPDATA", str(home / "roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    # platformdirs asks Windows itself, and these first
    monkeypatch.setenv("WIN_PD_OVERRIDE_APPDATA", str(home / "roaming"))
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(home / "local"))
    for name, folder in {"CONFIG": ".config", "STATE": ".state", "DATA": ".data", "CACHE": ".cache"}.items():
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language is the program's one global; every test starts and ends with English."""
    from latchkey import text

    text.set_language("en")
    yield
    text.set_language("en")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that would leave this machine is a failure."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(original: Any) -> Any:
        def call(self: socket.socket, address: Any) -> Any:
            if not stays_here(self, address):
                pytest.fail(f"This test tried to reach the network: {address!r}", pytrace=True)
            return original(self, address)

        return call

    monkeypatch.setattr(socket.socket, "connect", guarded(connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(connect_ex))


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A thread that a test starts ends with it. (Qt's own are looked at in tests/gui.)"""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and "Dummy" not in thread.name]
    for thread in left:
        thread.join(timeout=2)
    if running := [thread.name for thread in left if thread.is_alive()]:
        pytest.fail(f"This test left threads running: {', '.join(running)}", pytrace=False)


def stays_here(sock: socket.socket, address: Any) -> bool:
    """Whether a connection ends on this machine: a local socket, or the loopback interface."""
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"
