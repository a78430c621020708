"""Writing a set into a folder: only over our own files, all or nothing, and no more than needed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from helpers.composing import catalogue, draft, provider
from latchkey.compose.composer import ComposedSet, compose, preview
from latchkey.compose.writer import WritePlan, carry_out, difference, plan, put_back
from latchkey.draft.draft import Provider
from latchkey.errors import Refused, Unreadable
from latchkey.files import disk

OTHER = b'<?xml version="1.0"?>\n<TrustFrameworkPolicy xmlns="http://x" PolicyId="B2C_1A_Other" />\n'


def made(*providers: Provider, **fields: Any) -> ComposedSet:
    return compose(draft("social-and-local", *(providers or (provider("wechat"),)), **fields), catalogue())


def write(composed: ComposedSet, folder: Path) -> None:
    carry_out(plan(composed, folder))


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def files(composed: ComposedSet) -> dict[str, bytes]:
    return {file.file: file.data for file in composed.files}


def test_a_set_goes_into_a_folder_that_is_made_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "policies"
    composed = made()
    looked = plan(composed, folder)
    assert looked.written == tuple(files(composed))
    assert (looked.unchanged, looked.removed, looked.refused) == ((), (), ())
    assert not folder.exists()
    carry_out(looked)
    assert content(folder) == files(composed)
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []


def test_the_second_time_nothing_is_touched(tmp_path: Path) -> None:
    write(made(), tmp_path)
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    looked = plan(made(), tmp_path)
    assert looked.written == ()
    assert len(looked.unchanged) == 6
    carry_out(looked)
    assert {path.stat().st_mtime for path in tmp_path.iterdir()} == {1}


def test_only_what_changed_is_written_and_what_is_stale_goes(tmp_path: Path) -> None:
    write(made(), tmp_path)
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    fewer = made(provider("wechat"), provider("qq"), include=("profile-edit",))
    looked = plan(fewer, tmp_path)
    assert looked.written == ("TrustFrameworkExtensions.xml",)
    assert looked.removed == ("PasswordReset.xml",)
    carry_out(looked)
    assert content(tmp_path) == files(fewer)
    changed = {path.name for path in tmp_path.iterdir() if path.stat().st_mtime != 1}
    assert changed == {"TrustFrameworkExtensions.xml"}


def test_a_new_prefix_replaces_the_old_files(tmp_path: Path) -> None:
    write(made(), tmp_path)
    write(made(id_prefix="Shop_"), tmp_path)
    assert set(content(tmp_path)) == {f"Shop_{name}" for name in files(made())}


def test_line_ends_do_not_break_the_seal(tmp_path: Path) -> None:
    write(made(), tmp_path)
    path = tmp_path / "SignUpOrSignin.xml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert plan(made(), tmp_path).written == ("SignUpOrSignin.xml",)
    write(made(), tmp_path)
    assert content(tmp_path) == files(made())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Mine.xml", OTHER),
        ("MINE.XML", OTHER),
        ("broken.xml", b"<TrustFrameworkPolicy"),
        ("wide.xml", "<TrustFrameworkPolicy".encode("utf-16")),
        ("huge.xml", b" " * 5_000_000),
        ("trustframeworkbase.xml", b"<other/>"),
        ("TrustFrameworkBase.xml", b"not even XML"),
    ],
)
def test_a_policy_of_somebody_else_stops_all(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    looked = plan(made(), tmp_path)
    assert looked.refused == (name,)
    assert looked.refusal is not None
    with pytest.raises(Refused, match="--into") as refusal:
        carry_out(looked)
    assert name in refusal.value.message
    assert content(tmp_path) == {name: data}


def test_a_file_changed_by_hand_stops_all(tmp_path: Path) -> None:
    write(made(), tmp_path)
    path = tmp_path / "TrustFrameworkExtensions.xml"
    path.write_bytes(path.read_bytes().replace(b"WeChat<", b"Weixin<"))
    before = content(tmp_path)
    with pytest.raises(Refused, match=r"TrustFrameworkExtensions\.xml"):
        write(made(provider("qq")), tmp_path)
    assert content(tmp_path) == before


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    others = {"readme.txt": b"hello", "web.xml": b"<web-app/>", "sub/Other.xml": OTHER}
    (tmp_path / "sub").mkdir()
    for name, data in others.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.xml").mkdir()
    write(made(), tmp_path)
    assert content(tmp_path) == {**others, **files(made())}


def test_our_file_under_another_case_is_replaced_not_doubled(tmp_path: Path) -> None:
    write(made(), tmp_path)
    (tmp_path / "ProfileEdit.xml").rename(tmp_path / "profileedit.xml")
    write(made(provider("qq")), tmp_path)
    assert {name.casefold() for name in content(tmp_path)} == {name.casefold() for name in files(made())}
    assert len(content(tmp_path)) == 6


def test_a_folder_that_changed_since_it_was_looked_at_is_left_alone(tmp_path: Path) -> None:
    looked = plan(made(), tmp_path)
    (tmp_path / "Mine.xml").write_bytes(OTHER)
    with pytest.raises(Refused, match="changed since"):
        carry_out(looked)
    assert content(tmp_path) == {"Mine.xml": OTHER}


def test_a_preview_is_never_written(tmp_path: Path) -> None:
    unfinished = preview(draft("social", Provider("wechat")), catalogue())
    with pytest.raises(Refused, match="client_id"):
        plan(unfinished, tmp_path)


def test_where_writing_fails_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every other step that may fail: tests/unit/files/test_every_fault.py."""
    folder = tmp_path / "a" / "b"

    def full(*_arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk, "rename", full)
    with pytest.raises(Unreadable, match="No space left") as refusal:
        write(made(), folder)
    assert refusal.value.exit_status == 2
    assert "Make room" in refusal.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_stop_in_the_middle_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(made(), tmp_path)
    before = content(tmp_path)
    rename = disk.rename

    def interrupted(path: str, name: str) -> None:
        if name.endswith("SignUpOrSignin.xml") and path.endswith(".new"):
            raise KeyboardInterrupt
        rename(path, name)

    monkeypatch.setattr(disk, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(made(journey_id="Other"), tmp_path)
    assert content(tmp_path) == before


def test_a_path_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unreadable):
        plan(made(), tmp_path / "file")
    with pytest.raises(Unreadable):
        carry_out(plan(made(), tmp_path / "file" / "below"))


def test_without_hard_links_copies_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(made(), tmp_path)

    def no_links(*_arguments: Any, **_named: Any) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write(made(provider("qq")), tmp_path)
    assert content(tmp_path) == files(made(provider("qq")))


@pytest.mark.skipif(os.name == "nt", reason="rights are another matter on Windows")
def test_rights_of_files_are_the_systems_or_those_they_had(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write(made(), tmp_path)
        path = tmp_path / "TrustFrameworkExtensions.xml"
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.chmod(0o600)
        write(made(provider("qq")), tmp_path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(mask)


def test_the_difference_reads_as_people_write(tmp_path: Path) -> None:
    write(made(), tmp_path)
    assert difference(plan(made(), tmp_path)) == ""
    named = made(provider("wechat", name="微信 ok"), include=("profile-edit",))
    text = difference(plan(named, tmp_path))
    assert "+          <DisplayName>微信 ok</DisplayName>\n" in text
    assert "--- TrustFrameworkExtensions.xml\n+++ TrustFrameworkExtensions.xml\n" in text
    assert "--- PasswordReset.xml\n+++ /dev/null\n" in text
    fresh = difference(plan(named, tmp_path / "new"))
    assert "--- /dev/null\n+++ TrustFrameworkBase.xml\n" in fresh


# Putting back


def carried_out(composed: ComposedSet, folder: Path) -> WritePlan:
    """Write, and keep what was written."""
    done = plan(composed, folder)
    carry_out(done)
    return done


def test_putting_back_the_first_time_leaves_the_folder_empty(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    put_back(carried_out(made(), tmp_path))
    assert content(tmp_path) == {"notes.txt": b"mine"}


def test_putting_back_restores_what_was_replaced_and_removed(tmp_path: Path) -> None:
    write(made(), tmp_path)
    before = content(tmp_path)
    done = carried_out(made(id_prefix="Shop_"), tmp_path)
    assert content(tmp_path) != before
    put_back(done)
    assert content(tmp_path) == before


@pytest.mark.parametrize("what", ["edited", "deleted", "came back"])
def test_nothing_is_put_back_over_somebody_s_change(tmp_path: Path, what: str) -> None:
    write(made(), tmp_path)
    old = sorted(content(tmp_path))
    done = carried_out(made(id_prefix="Shop_"), tmp_path)
    if what == "edited":
        (tmp_path / done.written[0]).write_bytes(b"mine")
    elif what == "deleted":
        (tmp_path / done.written[0]).unlink()
    else:
        name = next(iter({*old} - {*done.written}), "")
        if not name:
            pytest.skip("no file goes here")
        (tmp_path / name).write_bytes(b"mine")
    now = content(tmp_path)
    with pytest.raises(Refused):
        put_back(done)
    assert content(tmp_path) == now
