"""`latchkey secrets`: names only; a value goes in and never comes out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from helpers.command import Command
from latchkey.cli import secrets
from latchkey.secrets import Keychain


class Drawer(KeyringBackend):
    """A keyring for these tests."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Drawer:
    drawer = Drawer()
    monkeypatch.setattr(secrets, "Keychain", lambda: Keychain(drawer, tmp_path / "names.json"))
    return drawer


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_secret_goes_in_and_is_named_but_not_shown(
    latchkey: Command, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "hush hush\nmore\n")
    done = latchkey("secrets", "set", "Contoso.onmicrosoft.com", "B2C_1A_WeChatSecret")
    assert done.status == 0, done.err
    assert list(drawer.held.values()) == ["hush hush"]
    listed = latchkey("secrets", "list")
    assert listed.out.split()[-2:] == ["contoso", "WeChatSecret"]
    document = latchkey("secrets", "list", "--json")
    assert document.json == {"secrets": [{"tenant": "contoso", "policy_key": "WeChatSecret"}]}
    assert "hush" not in done.out + done.err + listed.out + document.out


def test_a_secret_is_asked_for_without_showing_it(
    latchkey: Command, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or "hush")
    assert latchkey("secrets", "set", "contoso", "QQSecret").status == 0
    assert "QQSecret" in asked[0]
    assert list(drawer.held.values()) == ["hush"]


def test_a_secret_is_forgotten(latchkey: Command, drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "hush\n")
    latchkey("secrets", "set", "contoso", "QQSecret")
    assert latchkey("secrets", "delete", "contoso", "qqsecret").status == 0
    assert drawer.held == {}
    assert latchkey("secrets", "list").out == "No secrets are stored.\n"
    again = latchkey("secrets", "delete", "contoso", "QQSecret")
    assert again.status == 1
    assert again.told


@pytest.mark.parametrize("text", ["", "\n", "a\x07b\n", "x" * 5000 + "\n"])
def test_what_can_not_be_a_secret_is_refused(
    latchkey: Command, drawer: Drawer, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    typed(monkeypatch, text)
    done = latchkey("secrets", "set", "contoso", "QQSecret")
    assert done.status == 1
    assert done.told
    assert drawer.held == {}


@pytest.mark.parametrize("names", [("con toso", "QQSecret"), ("contoso", "a b"), ("contoso", "")])
def test_names_that_can_not_be(latchkey: Command, drawer: Drawer, names: tuple[str, str]) -> None:
    assert latchkey("secrets", "set", *names).status in (1, 2)
    assert drawer.held == {}


def test_without_a_safe_keyring_nothing_is_pretended(latchkey: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.backends import fail

    monkeypatch.setattr(secrets, "Keychain", lambda: Keychain(fail.Keyring()))
    typed(monkeypatch, "hush\n")
    for action in ("set", "delete"):
        done = latchkey("secrets", action, "contoso", "QQSecret")
        assert done.status == 1
        assert "keyring" in done.told[0]
