"""`latchkey secrets`: names only; a value goes in and never comes out."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest

from helpers.command import Command
from helpers.drawer import Drawer
from latchkey.cli import secrets
from latchkey.draft.store import load
from latchkey.secrets import Keychain, Stored
from latchkey.secrets.index import Index
from latchkey.signing import expiry_of


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


def test_all_secrets_are_forgotten_at_once(latchkey: Command, drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("WeChatSecret", "QQSecret"):
        typed(monkeypatch, "not so secret\n")
        latchkey("secrets", "set", "contoso", key)
    drawer.held["another program", "somebody"] = "theirs"
    assert latchkey("secrets", "delete", "--all").out == "2 secrets are forgotten.\n"
    assert drawer.held == {("another program", "somebody"): "theirs"}
    assert latchkey("secrets", "list").out == "No secrets are stored.\n"
    assert latchkey("secrets", "delete", "--all").status == 0


@pytest.mark.parametrize(
    "words",
    [("set", "contoso", "WeChatSecret"), ("list",), ("delete", "contoso"), ("delete", "contoso", "WeChatSecret")],
)
def test_all_goes_with_deleting_and_without_names(latchkey: Command, drawer: Drawer, words: tuple[str, ...]) -> None:
    drawer.held["latchkey", "contoso/wechatsecret"] = "x"
    assert latchkey("secrets", *words, "--all").status == 2
    assert drawer.held


@pytest.mark.parametrize("text", ["", "\n", "a\x07b\n", "x" * 5000 + "\n"])
def test_what_can_not_be_a_secret_is_refused(
    latchkey: Command, drawer: Drawer, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    typed(monkeypatch, text)
    done = latchkey("secrets", "set", "contoso", "QQSecret")
    assert done.status == 1
    assert done.told
    assert drawer.held == {}


def test_a_last_day_is_noted_and_listed(latchkey: Command, drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    day = (date.today() + timedelta(days=12)).isoformat()
    typed(monkeypatch, "hush\n")
    assert latchkey("secrets", "set", "contoso", "QQSecret", "--expires", day).status == 0
    assert f"{day}, 12 days left" in latchkey("secrets", "list").out
    assert latchkey("secrets", "list", "--json").json["secrets"][0]["expires"] == day
    typed(monkeypatch, "hush\n")
    wrong = latchkey("secrets", "set", "contoso", "QQSecret", "--expires", "31.3.2027")
    assert wrong.status == 2
    assert wrong.told


def test_a_secret_that_ends_soon_is_said_by_the_commands_that_lead_to_azure(latchkey: Command, tmp_path: Path) -> None:
    day = date.today() + timedelta(days=3)
    Index().add(Stored("contoso", "QQSecret", day))
    Index().add(Stored("contoso", "WeChatSecret", date.today() - timedelta(days=1)))
    Index().add(Stored("contoso", "WeiboSecret", date.today() + timedelta(days=300)))
    draft = tmp_path / "shop.latchkey.toml"
    draft.write_text(APPLE.partition("# our")[0], "utf-8")
    done = latchkey("compose", draft, "--out", tmp_path / "out")
    assert done.status == 0, done.err
    assert "QQSecret of contoso ends on " in done.err
    assert "in 3 days" in done.err
    assert "WeChatSecret of contoso ended on" in done.err
    assert "Weibo" not in done.err
    assert latchkey("compose", draft, "--out", tmp_path / "out", "--json").err == ""


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


# Secrets that are made ------------------------------------------------------------------------------------------------

APPLE = """\
format = 1
[tenant]
name = "contoso"
[policies]
kind = "custom"
accounts = "social"

[[providers]]
type = "wechat"
client_id = "wx0123456789abcdef"

# our iPhone people
[[providers]]
type = "apple"
client_id = "com.contoso.signin"

[providers.settings]
team_id = "A1B2C3D4E5"
"""


@pytest.fixture
def apple(tmp_path: Path) -> Path:
    draft = tmp_path / "shop.latchkey.toml"
    draft.write_text(APPLE, "utf-8")
    return draft


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    data = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path / "AuthKey_F6G7H8I9J0.p8"
    file.write_bytes(data)
    return file


def test_apples_secret_is_made_kept_and_dated(latchkey: Command, drawer: Drawer, apple: Path, key_file: Path) -> None:
    done = latchkey("secrets", "renew", apple, "--key-file", key_file)
    assert done.status == 0, done.err
    (token,) = drawer.held.values()
    expires = expiry_of(token)
    assert expires is not None
    assert expires.isoformat() in done.out
    assert token not in done.out + done.err
    listed = {"tenant": "contoso", "policy_key": "AppleSecret", "expires": expires.isoformat()}
    assert latchkey("secrets", "list", "--json").json["secrets"] == [listed]
    assert load(apple).providers[1].secret_expires == expires
    text = apple.read_text("utf-8")
    assert "# our iPhone people\n" in text
    assert token not in text
    assert "PRIVATE KEY" not in text


def test_it_is_shown_when_asked(latchkey: Command, drawer: Drawer, apple: Path, key_file: Path) -> None:
    shown = latchkey("secrets", "renew", apple, "--key-file", key_file, "--show", "--json").json
    assert [shown["secret"]] == list(drawer.held.values())
    assert (shown["tenant"], shown["policy_key"]) == ("contoso", "AppleSecret")


def test_it_is_clear_which_provider_is_meant(latchkey: Command, drawer: Drawer, apple: Path, key_file: Path) -> None:
    second = '\n[[providers]]\ntype = "apple"\nid = "AppleCn"\nname = "Apple CN"\nclient_id = "com.contoso.cn"\n'
    apple.write_text(APPLE + second + '[providers.settings]\nteam_id = "A1B2C3D4E5"\n', "utf-8")
    done = latchkey("secrets", "renew", apple, "--key-file", key_file)
    assert done.status == 1
    assert "--provider" in done.err
    assert not drawer.held
    done = latchkey("secrets", "renew", apple, "--key-file", key_file, "--provider", "apple cn")
    assert done.status == 0, done.err
    assert load(apple).providers[1].secret_expires is None
    assert load(apple).providers[2].secret_expires is not None


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (("A1B2C3D4E5", ""), 1, "Team ID"),
        (("com.contoso.signin", "signin"), 1, "Services ID"),
        (('"apple"', '"google"'), 1, "key file"),
        (('"contoso"', '""'), 1, "tenant"),
    ],
)
def test_what_can_not_be_a_secret_is_refused_in_one_line(
    latchkey: Command, drawer: Drawer, apple: Path, key_file: Path, change: tuple[str, str], status: int, said: str
) -> None:
    apple.write_text(APPLE.replace(*change), "utf-8")
    done = latchkey("secrets", "renew", apple, "--key-file", key_file)
    assert (done.status, said in done.err) == (status, True), done.err
    assert not drawer.held


def test_another_file_is_no_key(latchkey: Command, drawer: Drawer, apple: Path, key_file: Path) -> None:
    key_file.write_text("hush", "utf-8")
    done = latchkey("secrets", "renew", apple, "--key-file", key_file)
    assert done.status == 1
    assert "hush" not in done.err
    assert latchkey("secrets", "renew", apple, "--key-file", key_file.parent / "none.p8").status == 2
    assert latchkey("secrets", "renew", apple).status == 2
    assert not drawer.held
