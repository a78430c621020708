"""The keychain, with made-up keyrings; tests/end2end/test_real_keyring.py uses a real one."""

from __future__ import annotations

import logging
import threading
import traceback
from datetime import date, timedelta
from pathlib import Path

import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend

from latchkey.errors import Refused, WrongUsage
from latchkey.secrets import LONGEST, SERVICE, Keychain, KeyringFailed, Stored, reminder


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


def test_plain_text_is_used_only_when_allowed_by_name(monkeypatch):
    called = f"{PlaintextKeyring.__module__}.PlaintextKeyring"
    refused = Keychain(PlaintextKeyring())
    assert called in refused.mend
    assert "plain text" in refused.mend
    monkeypatch.setenv("LATCHKEY_KEYRING", "another.Keyring")
    assert not Keychain(PlaintextKeyring()).lasting
    monkeypatch.setenv("LATCHKEY_KEYRING", called)
    allowed = Keychain(PlaintextKeyring())
    assert allowed.lasting
    assert allowed.mend == ""
    from keyring.backends import fail, null

    for backend in (fail.Keyring(), null.Keyring()):  # there is no place that could be allowed
        monkeypatch.setenv("LATCHKEY_KEYRING", f"{type(backend).__module__}.Keyring")
        assert not Keychain(backend).lasting
        assert "keyring" in Keychain(backend).mend


def test_what_a_locked_keyring_did_not_take_stays_for_now_and_settles_later():
    backend = Sound()
    keychain = Keychain(backend)
    keychain.set("contoso", "QQSecret", "old")
    keychain.keep_for_now("contoso", "QQSecret", "new", date(2027, 1, 1))
    assert keychain.for_now("contoso", "QQSecret")
    assert keychain.get("contoso", "qqsecret") == "new"
    assert keychain.knows("contoso", "QQSecret")
    assert backend.held[SERVICE, "contoso/qqsecret"] == "old"
    assert keychain.settle("contoso", "QQSecret")
    assert not keychain.for_now("contoso", "QQSecret")
    assert backend.held[SERVICE, "contoso/qqsecret"] == "new"
    assert keychain.stored() == (Stored("contoso", "QQSecret", date(2027, 1, 1)),)
    assert not keychain.settle("contoso", "QQSecret")
    keychain.keep_for_now("contoso", "QQSecret", "third")
    assert keychain.delete("contoso", "QQSecret")
    assert keychain.get("contoso", "QQSecret") is None


def test_last_days_are_noted_and_those_that_are_near_listed(tmp_path):
    names, today = tmp_path / "names.json", date(2026, 11, 20)
    keychain = Keychain(Sound(), names)
    for number, days in enumerate((-1, 0, 30, 31)):
        keychain.set("contoso", f"Key{number}", "x", today + timedelta(days=days))
    keychain.set("contoso", "Never", "x")
    assert [one.policy_key for one in Keychain(Sound(), names).ending(today)] == ["Key0", "Key1", "Key2"]
    keychain.set("contoso", "Key0", "replaced")  # nobody says when the new one ends: the old day is better than none
    assert keychain.stored()[0].expires == today - timedelta(days=1)
    keychain.expire("contoso", "Key0", today + timedelta(days=200))
    keychain.expire("contoso", "Key1", None)
    keychain.expire("contoso", "Unknown", today)
    assert [one.policy_key for one in keychain.ending(today)] == ["Key2"]
    assert "Key3 of contoso" in reminder(Stored("contoso", "Key3").called, today, today)


def test_two_at_once_lose_no_name(tmp_path):
    names = tmp_path / "names.json"
    work = [threading.Thread(target=Keychain(Sound(), names).set, args=("t", f"Key{n}", "x")) for n in range(8)]
    for one in work:
        one.start()
    for one in work:
        one.join()
    assert len(Keychain(Sound(), names).stored()) == 8


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
    assert "hidden-value" not in "".join(
        traceback.format_exception(failed.value)
    )  # the keyring's own error is not kept
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
