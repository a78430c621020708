"""What the writer is asked to do under faults: a set into a folder, a new folder, one file, a folder of kept files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from latchkey.files.replacing import replace_files
from latchkey.files.whole import make_folder, write_whole

Work = Callable[[Path], None]


class Scenario(NamedTuple):
    """A folder made ready, and what is then done in it."""

    name: str
    prepare: Work
    work: Work


OLD = {"A.xml": b"old a" * 50, "B.xml": b"old b", "C.xml": b"old c"}
NEW = {"A.xml": b"new a" * 70, "B.xml": b"new b", "D.xml": b"new d"}


def a_set(place: Path) -> None:
    """A policy folder: one file private, one a link to a place elsewhere, one that is left alone."""
    folder, elsewhere = place / "policies", place / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    for name, data in OLD.items():
        (folder / name).write_bytes(data)
    (folder / "A.xml").chmod(0o600)
    (folder / "B.xml").rename(elsewhere / "B.xml")
    (folder / "B.xml").symlink_to(Path("../elsewhere/B.xml"))
    (folder / "mine.txt").write_bytes(b"mine")


def replace_set(place: Path) -> None:
    """Two files get other content, one is new, one goes."""
    replace_files(place / "policies", NEW, ["C.xml"], OLD)


def nothing(place: Path) -> None:
    """No folder yet."""


def new_set(place: Path) -> None:
    """A set into a folder that is made for it."""
    replace_files(place / "new" / "policies", {"A.xml": b"a", "B.xml": b"b"})


def a_draft(place: Path) -> None:
    """A file behind a link."""
    (place / "real").mkdir()
    (place / "real" / "draft.toml").write_bytes(b"old")
    (place / "real" / "draft.toml").chmod(0o640)
    (place / "draft.toml").symlink_to(Path("real/draft.toml"))


def save_draft(place: Path) -> None:
    """Over the content that it was read with."""
    write_whole(place / "draft.toml", b"new" * 1000, b"old")


def keep(place: Path) -> None:
    """A dated folder with old files."""
    make_folder(place / "kept" / "now", {"a": b"1", "written/a": b"2", "kept.json": b"{}"})


def made_kept(place: Path) -> None:
    """The place of dated folders."""
    (place / "kept").mkdir()


SET = Scenario("a set", a_set, replace_set)
NEW_SET = Scenario("a new set", nothing, new_set)
DRAFT = Scenario("a draft", a_draft, save_draft)
KEPT = Scenario("kept files", made_kept, keep)
ALL = (SET, NEW_SET, DRAFT, KEPT)
