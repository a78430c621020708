"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from latchkey.files import write_whole


def test_new_file_in_a_new_folder(tmp_path):
    path = tmp_path / "a" / "b.txt"
    write_whole(path, b"x\r\n")
    assert path.read_bytes() == b"x\r\n"
    assert [child.name for child in path.parent.iterdir()] == ["b.txt"]


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


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_keeps_the_old_file_and_leaves_nothing(tmp_path, monkeypatch, step):
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [child.name for child in tmp_path.iterdir()] == ["a"]


def test_the_longest_name_that_a_file_can_have(tmp_path):
    path = tmp_path / ("n" * 255)
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"
