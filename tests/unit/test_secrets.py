"""The keychain, with made-up keyrings; tests/end2end/test_real_keyring.py uses a real one."""

from __future__ import annotations

import logging
from pathlib import Path

import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend

from latchkey.errors import Refused, WrongUsage
from latchkey.secrets import LONGEST, Keychain, KeyringFailed, Stored


class Sound(KeyringBackend):
    """A keyring that works."""

    priority = 1.0
    viable = False  # `keyring` registers every class; no other test is to find this one

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        if (service, username) not in self.held:
            raise keyring.errors.PasswordDeleteError("none")
        del self.held[service, username]


class Broken(Sound):
    """A keyring that fails in one way, and quotes the secret while it does."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, *_args):
        raise self.error

    set_password = delete_password = get_password


class PlaintextKeyring(Sound):
    """Named like the one of keyrings.alt."""


@pytest.fixture(params=["keyring", "memory"])
def keychain(request):
    return Keychain(Sound() if request.param == "keyring" else PlaintextKeyring())


def test_set_get_replace_delete(keychain):
    assert keychain.get("contoso", "WeChatSecret") is None
    keychain.set("contoso", "WeChatSecret", "one")
    keychain.set("contoso", "WeChatSecret", "two")
    assert keychain.get("contoso", "WeChatSecret") == "two"
    assert keychain.has("contoso", "WeChatSecret")
    assert keychain.delete("contoso", "WeChatSecret")
    assert not keychain.has("contoso", "WeChatSecret")
    assert not keychain.delete("contoso", "WeChatSecret")


def test_tenants_and_keys_are_apart_and_compare_without_case(keychain):
    keychain.set("contoso", "QQSecret", "a")
    keychain.set("fabrikam", "QQSecret", "b")
    assert keychain.get("Contoso", "qqsecret") == "a"
    assert keychain.get("fabrikam", "QQSecret") == "b"
    assert keychain.get("contoso", "WeChatSecret") is None


def test_stored_names_are_listed_without_values(keychain):
    keychain.set("fabrikam", "QQSecret", "b")
    keychain.set("contoso", "WeChatSecret", "a")
    keychain.set("CONTOSO", "WeChatSecret", "c")
    assert keychain.stored() == (Stored("CONTOSO", "WeChatSecret"), Stored("fabrikam", "QQSecret"))
    keychain.delete("contoso", "wechatsecret")
    assert keychain.stored() == (Stored("fabrikam", "QQSecret"),)


def test_the_list_of_names_outlives_the_run_and_forgets_what_is_gone(tmp_path):
    backend, names = Sound(), tmp_path / "secrets.json"
    Keychain(backend, names).set("contoso", "WeChatSecret", "hidden-value")
    assert "hidden-value" not in names.read_text(encoding="utf-8")
    assert Keychain(backend, names).stored() == (Stored("contoso", "WeChatSecret"),)
    backend.held.clear()  # removed with the system's own tool
    keychain = Keychain(backend, names)
    assert keychain.get("contoso", "WeChatSecret") is None
    assert keychain.stored() == ()
    backend.set_password("latchkey", "contoso/qqsecret", "made elsewhere")
    assert keychain.has("contoso", "QQSecret")
    assert keychain.stored() == (Stored("contoso", "QQSecret"),)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"stored": 3}', b'{"stored": [["", "x"]]}', b'{"stored": [[1]]}', b"\xff"]
)
def test_a_broken_list_of_names_counts_as_empty_and_heals(tmp_path, content):
    names = tmp_path / "secrets.json"
    names.write_bytes(content)
    keychain = Keychain(Sound(), names)
    assert keychain.stored() == ()
    keychain.set("contoso", "WeChatSecret", "a")
    assert keychain.stored() == (Stored("contoso", "WeChatSecret"),)


def test_a_list_that_cannot_be_written_does_not_lose_the_secret(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    keychain = Keychain(Sound(), tmp_path / "file" / "secrets.json")
    keychain.set("contoso", "WeChatSecret", "a")
    assert keychain.get("contoso", "WeChatSecret") == "a"


def test_unsafe_keyrings_are_not_used_and_memory_is_said(monkeypatch):
    from keyring.backends import chainer, fail, null

    unsafe = [fail.Keyring(), null.Keyring(), PlaintextKeyring()]
    for backend in unsafe:
        keychain = Keychain(backend)
        keychain.set("contoso", "WeChatSecret", "a")
        assert not keychain.lasting
        assert keychain.place == "memory, until Latchkey is closed"
        assert keychain.get("contoso", "WeChatSecret") == "a"
        assert Keychain(backend).get("contoso", "WeChatSecret") is None
    monkeypatch.setattr(chainer.ChainerBackend, "backends", unsafe)
    assert not Keychain(chainer.ChainerBackend()).lasting
    sound = Sound()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [*unsafe, sound])
    keychain = Keychain(chainer.ChainerBackend())
    keychain.set("contoso", "WeChatSecret", "a")
    assert list(sound.held.values()) == ["a"]


def test_nothing_is_left_on_disk_by_memory():
    keychain = Keychain(PlaintextKeyring())
    keychain.set("contoso", "WeChatSecret", "hidden-value")
    assert [path for path in Path.home().rglob("*") if path.is_file()] == []


def test_a_computer_without_a_keyring_falls_back_to_memory(monkeypatch):
    monkeypatch.setattr(keyring, "get_keyring", lambda: (_ for _ in ()).throw(RuntimeError("a broken plug-in")))
    assert not Keychain().lasting


def test_place_names_the_keyring():
    assert Keychain(Sound()).place == f"this computer's keyring ({Sound().name})"
    known = type("Keyring", (Sound,), {"__module__": "keyring.backends.SecretService"})()
    assert Keychain(known).place == "this computer's keyring (Secret Service)"


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (keyring.errors.KeyringLocked("hidden-value"), "locked"),
        (keyring.errors.InitError("hidden-value"), "not opened"),
        (keyring.errors.PasswordSetError("hidden-value"), "keyring of this computer works"),
        (RuntimeError("hidden-value"), "keyring of this computer works"),
    ],
)
@pytest.mark.parametrize("call", ["get", "has", "set", "delete"])
def test_a_failing_keyring_is_one_clear_line_and_never_quotes_the_secret(caplog, error, advice, call):
    caplog.set_level(logging.DEBUG)
    keychain = Keychain(Broken(error))
    more = ("hidden-value",) if call == "set" else ()
    with pytest.raises(KeyringFailed) as failed:
        getattr(keychain, call)("contoso", "WeChatSecret", *more)
    assert advice in failed.value.hint
    assert "\n" not in str(failed.value)
    assert "hidden-value" not in str(failed.value) + caplog.text
    assert keychain._index.read() == ()


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("", "empty"),
        ("a\n", "can't be seen"),
        ("a\0b", "can't be seen"),
        ("\x85", "can't be seen"),
        ("\ud800", "can't be seen"),
        ("x" * (LONGEST + 1), "1201 characters"),
        ("😀" * (LONGEST // 2 + 1), "1202 characters"),
    ],
)
def test_values_that_a_keyring_would_spoil_are_refused(keychain, secret, said):
    with pytest.raises(Refused, match=said):
        keychain.set("contoso", "WeChatSecret", secret)
    assert not keychain.has("contoso", "WeChatSecret")


@pytest.mark.parametrize(("tenant", "policy_key"), [("", "x"), ("x", ""), ("a/b", "c")])
def test_a_name_that_would_mix_up_two_secrets_is_refused(keychain, tenant, policy_key):
    with pytest.raises(WrongUsage):
        keychain.set(tenant, policy_key, "a")


visible = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=LONGEST // 2)


@given(visible)
def test_any_visible_secret_comes_back_as_it_was(secret):
    keychain = Keychain(Sound())
    keychain.set("contoso", "WeChatSecret", secret)
    assert keychain.get("contoso", "WeChatSecret") == secret
