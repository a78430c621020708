"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest

from latchkey.files import ChangedUnderneath, make_folder, whole, write_whole


def test_new_file_in_a_new_folder(tmp_path):
    path = tmp_path / "a" / "b.txt"
    write_whole(path, b"x\r\n")
    assert path.read_bytes() == b"x\r\n"
    assert [child.name for child in path.parent.iterdir()] == ["b.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
def test_what_is_no_ordinary_file_is_not_replaced(tmp_path):
    """Not /dev/null or a pipe, were it by somebody who may."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link"
    link.symlink_to(pipe)
    for place in (pipe, link):
        with pytest.raises(OSError, match="ordinary"):
            write_whole(place, b"new")
    assert pipe.is_fifo()
    assert sorted(child.name for child in tmp_path.iterdir()) == ["link", "pipe"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_permissions_stay(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("links can't be made here")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_link_that_leads_nowhere_yet_is_followed(tmp_path):
    (tmp_path / "link").symlink_to("folder/real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder/real").read_bytes() == b"new"
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(OSError, match=r"symbolic links|loop"):
        write_whole(tmp_path / "circle", b"new")


def test_a_link_that_can_not_be_looked_at_is_not_replaced(tmp_path, monkeypatch):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")

    def fail(*_arguments, **_named):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", fail)
        with pytest.raises(OSError, match="Input/output"):
            write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"old"


def test_what_was_changed_underneath_is_not_overwritten(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"theirs")
    with pytest.raises(ChangedUnderneath, match="in the meantime"):
        write_whole(path, b"ours", b"as it was read")
    assert path.read_bytes() == b"theirs"
    assert [child.name for child in tmp_path.iterdir()] == ["a"]
    write_whole(path, b"ours", b"theirs")
    assert path.read_bytes() == b"ours"


def test_what_a_dead_process_left_beside_goes_and_that_of_a_living_one_stays(tmp_path):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    mine, token = whole._mine(), "0" * 32
    dead = tmp_path / f"{mine.replace(str(os.getpid()), gone.stdout.decode().strip())}{token}.new"
    alive, strange = tmp_path / f"{mine}{token}.new", tmp_path / f".latchkey-00000000-1-{token}.new"
    old = tmp_path / f".latchkey-00000000-2-{token}.new"
    for path in (dead, alive, strange, old):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    write_whole(tmp_path / "a", b"x")
    assert {path.name for path in tmp_path.iterdir()} == {"a", alive.name, strange.name}


def test_a_folder_that_is_there_is_not_replaced(tmp_path):
    make_folder(tmp_path / "kept", {"a": b"1", "in/b": b"2"})
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "kept", {"a": b"3"})
    assert {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")} == {"kept", "kept/a", "kept/in", "kept/in/b"}
    assert (tmp_path / "kept/a").read_bytes() == b"1"


def test_the_longest_name_that_a_file_can_have(tmp_path):
    path = tmp_path / ("n" * 255)
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"
