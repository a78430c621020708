"""Several files together: two at once, what somebody left, links, held files, and journals of strangers."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import writing
from latchkey.errors import Refused
from latchkey.files import disk, healing, refusals, replacing, turn, whole
from latchkey.files.journal import JOURNAL, MARKER, read_journal
from latchkey.files.replacing import replace_files
from latchkey.paths import kept_folder, state_folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    writing.a_set(tmp_path)
    return tmp_path


@pytest.fixture
def stopped(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody pulled the plug when one file was new and the others old."""
    rename, done = disk.rename, iter(range(99))

    def stop(path: str, name: str) -> None:
        if next(done) == 2:
            raise KeyboardInterrupt
        rename(path, name)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "rename", stop)
        patch.setattr(replacing, "_go_back", lambda *_arguments, **_named: None)
        with pytest.raises(KeyboardInterrupt):
            writing.replace_set(place)
    assert (place / "policies/A.xml").read_bytes() == writing.NEW["A.xml"]
    assert (place / "policies/B.xml").read_bytes() == writing.OLD["B.xml"]
    return place


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def old(place: Path) -> bool:
    return files(place / "policies") == {**writing.OLD, "mine.txt": b"mine"} and not litter(place)


def litter(place: Path) -> list[Path]:
    unfinished = state_folder() / "unfinished"
    return [*place.rglob(".latchkey-*"), *(unfinished.iterdir() if unfinished.exists() else ())]


def test_all_is_replaced_and_links_and_rights_stay(place: Path) -> None:
    writing.replace_set(place)
    assert files(place / "policies") == {**writing.NEW, "mine.txt": b"mine"}
    assert (place / "policies/B.xml").is_symlink()
    assert (place / "elsewhere/B.xml").read_bytes() == b"new b"
    assert (place / "policies/A.xml").stat().st_mode & 0o777 == 0o600
    assert litter(place) == []


def test_a_link_into_another_file_system_is_followed(place: Path) -> None:
    if not os.access("/dev/shm", os.W_OK) or Path("/dev/shm").stat().st_dev == place.stat().st_dev:
        pytest.skip("there is only one file system here")
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        far = Path(other) / "C.xml"
        shutil.move(place / "policies/C.xml", far)
        (place / "policies/C.xml").symlink_to(far)
        replace_files(place / "policies", {"C.xml": b"new c", "A.xml": b"new a"}, (), writing.OLD)
        assert [path.name for path in Path(other).iterdir()] == ["C.xml"]
        assert far.read_bytes() == b"new c"
    assert (place / "policies/C.xml").is_symlink()
    assert litter(place) == []


def test_without_hard_links_copies_do(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_arguments: Any, **_named: Any) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    writing.replace_set(place)
    assert files(place / "policies") == {**writing.NEW, "mine.txt": b"mine"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(place: Path) -> None:
    os.chown(place / "policies/A.xml", 1234, 2345)
    writing.replace_set(place)
    status = (place / "policies/A.xml").stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (1234, 2345, 0o600)


def test_what_changed_underneath_stops_all(place: Path) -> None:
    (place / "policies/C.xml").write_bytes(b"theirs")
    with pytest.raises(refusals.ChangedUnderneath, match=r"C\.xml"):
        writing.replace_set(place)
    assert files(place / "policies") == {**writing.OLD, "C.xml": b"theirs", "mine.txt": b"mine"}
    assert litter(place) == []


def test_a_file_that_came_underneath_stops_all(place: Path) -> None:
    (place / "policies/D.xml").write_bytes(b"theirs")
    with pytest.raises(refusals.ChangedUnderneath, match=r"D\.xml"):
        writing.replace_set(place)
    assert (place / "policies/D.xml").read_bytes() == b"theirs"


# Stopped --------------------------------------------------------------------------------------------------------------


def test_the_next_start_puts_back(stopped: Path) -> None:
    assert healing.needed()
    (done,) = healing.heal_all()
    assert old(stopped)
    assert "as they were before" in healing.in_words(done)
    assert not healing.needed()
    assert healing.heal_all() == ()


def test_the_next_who_writes_there_puts_back_first(stopped: Path) -> None:
    replace_files(stopped / "policies", {"A.xml": b"third"}, (), writing.OLD)
    assert files(stopped / "policies") == {**writing.OLD, "A.xml": b"third", "mine.txt": b"mine"}
    assert litter(stopped) == []


def test_what_somebody_changed_since_stays_and_what_it_held_is_kept(stopped: Path) -> None:
    (stopped / "policies/A.xml").write_bytes(b"by hand")
    (done,) = healing.heal_all()
    assert done.edited == ("A.xml",)
    assert files(stopped / "policies") == {**writing.OLD, "A.xml": b"by hand", "mine.txt": b"mine"}
    assert done.place is not None
    assert done.place.parent == kept_folder()
    assert files(done.place) == {"A.xml": writing.OLD["A.xml"]}
    assert str(done.place) in healing.in_words(done)
    assert litter(stopped) == []


def test_where_all_is_new_it_stays_new(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(replacing, "end", lambda *_arguments: None)
        writing.replace_set(place)
    (done,) = healing.heal_all()
    assert done.new
    assert "new ones" in healing.in_words(done)
    assert files(place / "policies") == {**writing.NEW, "mine.txt": b"mine"}
    assert litter(place) == []


def test_a_folder_that_is_away_waits(stopped: Path) -> None:
    (stopped / "policies").rename(stopped / "unplugged")
    assert healing.heal_all() == ()
    assert healing.needed()
    (stopped / "unplugged").rename(stopped / "policies")
    healing.heal_all()
    assert old(stopped)


def test_another_computer_heals_what_it_may_and_leaves_links_alone(stopped: Path) -> None:
    """There is no record of ours there, and whoever gave us the folder may have written the journal."""
    shutil.rmtree(state_folder() / "unfinished")
    foreign(stopped, host="elsewhere")
    with pytest.raises(refusals.Busy, match="elsewhere"):
        replace_files(stopped / "policies", {"E.xml": b"e"})
    os.utime(stopped / "policies" / MARKER, (0, 0))
    with pytest.raises(Refused, match="can't finish"):
        replace_files(stopped / "policies", {"E.xml": b"e"})
    foreign(stopped, host="elsewhere", without="B.xml")
    os.utime(stopped / "policies" / MARKER, (0, 0))
    replace_files(stopped / "policies", {"E.xml": b"e"})
    assert files(stopped / "policies") == {**writing.OLD, "E.xml": b"e", "mine.txt": b"mine"}


@pytest.mark.parametrize(
    "entry",
    [
        ["../x", "0.new", "0.old", "", "1"],
        ["A.xml", "../0.new", "0.old", "", "1"],
        ["A.xml", "/etc/passwd", "", "", "1"],
        ["A.xml", "0.new", "/etc/passwd", "1", "2"],
        ["A\n.xml", "0.new", "0.old", "", "1"],
        ["A.xml"],
        [],
        3,
    ],
)
def test_a_hostile_journal_moves_nothing(place: Path, entry: Any) -> None:
    marker = place / "policies" / MARKER
    marker.mkdir()
    journal = {"token": "0" * 32, "writer": ["", 1, ""], "made": [str(place / "elsewhere")], "entries": [entry]}
    (marker / JOURNAL).write_text(json.dumps(journal))
    os.utime(marker, (0, 0))
    before = files(place / "policies")
    with pytest.raises(Refused, match="can't finish"):
        writing.replace_set(place)
    assert files(place / "policies") == before
    assert litter(place) == [marker]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
journals = st.fixed_dictionaries(
    {},
    optional={
        "token": st.just("0" * 32) | anything,
        "writer": st.tuples(anything, st.integers() | anything, anything) | anything,
        "made": st.lists(st.text(max_size=8)) | anything,
        "entries": st.lists(st.lists(st.text(max_size=8), max_size=6) | anything, max_size=3) | anything,
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.binary(max_size=200) | journals.map(lambda table: json.dumps(table).encode()))
def test_whatever_a_journal_holds_it_is_understood_or_not(tmp_path: Path, data: bytes) -> None:
    (tmp_path / MARKER).mkdir(exist_ok=True)
    (tmp_path / MARKER / JOURNAL).write_bytes(data)
    found = read_journal(str(tmp_path))
    if found is not None:
        turn.lives(found.writer)
        assert all("/" not in entry.name for entry in found.entries)


@pytest.mark.parametrize("pid", ["0", "1", "9999999999"])
def test_litter_with_any_number_is_looked_at(tmp_path: Path, pid: str) -> None:
    name = f".latchkey-{whole._host()}-{pid}-{'0' * 32}.new"
    (tmp_path / name).write_bytes(b"x")
    whole.write_whole(tmp_path / "a", b"x")
    assert (tmp_path / name).exists() == (pid != "9999999999")


def test_a_journal_through_a_link_moves_nothing(place: Path) -> None:
    """The old content would come from outside the folder."""
    marker, secret = place / "policies" / MARKER, place / "secret"
    secret.write_bytes(b"secret")
    marker.mkdir()
    (marker / "0.old").symlink_to(secret)
    entry = ["A.xml", "0.new", "0.old", disk.digest(str(secret)), disk.digest(str(place / "policies/A.xml"))]
    journal = {"token": "0" * 32, "writer": ["", 1, ""], "made": [], "entries": [entry]}
    (marker / JOURNAL).write_text(json.dumps(journal))
    os.utime(marker, (0, 0))
    with pytest.raises(Refused, match="can't finish"):
        writing.replace_set(place)
    assert secret.read_bytes() == b"secret"
    assert (place / "policies/A.xml").read_bytes() == writing.OLD["A.xml"]


def foreign(place: Path, host: str, without: str = "") -> None:
    path = place / "policies" / MARKER / JOURNAL
    journal = json.loads(path.read_text())
    journal["writer"][0] = host
    journal["entries"] = [entry for entry in journal["entries"] if entry[0] != without]
    path.write_text(json.dumps(journal))


# Two at once ----------------------------------------------------------------------------------------------------------

HOLDER = """
import sys
from latchkey.files.replacing import one_at_a_time
with one_at_a_time():
    print("mine", flush=True)
    sys.stdin.read(1)
"""


@pytest.fixture
def holder() -> Iterator[subprocess.Popen[bytes]]:
    """Another Latchkey, in the middle of writing."""
    other = subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"mine\n"
    yield other
    other.kill()
    other.communicate()


def test_another_one_that_writes_is_waited_for(place: Path, holder: Any) -> None:
    waiting = threading.Thread(target=writing.replace_set, args=(place,))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    assert old(place)
    holder.stdin.write(b"x")
    holder.stdin.flush()
    waiting.join(20)
    assert files(place / "policies") == {**writing.NEW, "mine.txt": b"mine"}


def test_one_that_does_not_end_is_told(place: Path, holder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "LONGEST", 0.1)
    with pytest.raises(refusals.Busy, match="Another Latchkey"):
        writing.replace_set(place)
    assert old(place)


def test_the_lock_of_a_killed_one_is_free(place: Path, holder: Any) -> None:
    holder.kill()
    holder.wait()
    writing.replace_set(place)
    assert files(place / "policies") == {**writing.NEW, "mine.txt": b"mine"}


def test_a_process_is_known_by_its_number_and_its_start(holder: Any) -> None:
    writer = turn.Writer(turn.this_process().host, holder.pid, turn.started(holder.pid))
    assert turn.lives(writer) is True
    assert turn.lives(writer._replace(started="another time")) is False
    assert turn.lives(writer._replace(host="another")) is None
    holder.kill()
    assert turn.lives(writer) is False or holder.wait() is not None
    holder.wait()
    assert turn.lives(writer) is False


def test_a_living_writer_of_another_account_is_not_disturbed(stopped: Path, holder: Any) -> None:
    """Its state folder is another, so its lock is not ours."""
    path = stopped / "policies" / MARKER / JOURNAL
    journal = json.loads(path.read_text())
    journal["writer"] = [turn.this_process().host, holder.pid, turn.started(holder.pid)]
    path.write_text(json.dumps(journal))
    holder.stdin.write(b"")
    before = files(stopped / "policies")
    with pytest.raises(refusals.Busy):
        replacing.clear(stopped / "policies")
    assert files(stopped / "policies") == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are another matter on Windows")
def test_without_a_state_folder_it_is_written_all_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "no-folder").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(place / "no-folder"))
    writing.replace_set(place)
    assert files(place / "policies") == {**writing.NEW, "mine.txt": b"mine"}


# Held files -----------------------------------------------------------------------------------------------------------


class Held(PermissionError):
    """Windows' answer for a file that OneDrive has open."""

    winerror = 32


def held(times: int, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Replacing files fails so many times; the pauses that were made."""
    pauses: list[float] = []
    real, left = os.replace, iter(range(times))

    def replace(path: str, name: str) -> None:
        if not name.endswith(MARKER) and next(left, None) is not None:
            raise Held(errno.EACCES, "The process cannot access the file")
        real(path, name)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(disk.time, "sleep", pauses.append)
    return pauses


def test_a_file_that_is_held_for_a_moment_is_tried_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses = held(5, monkeypatch)
    writing.replace_set(place)
    assert files(place / "policies") == {**writing.NEW, "mine.txt": b"mine"}
    assert pauses == list(disk.PATIENCE[:5])


def test_a_file_that_stays_held_is_explained(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses = held(len(disk.PATIENCE) + 1, monkeypatch)
    with pytest.raises(OSError, match="cannot access") as failed:
        writing.replace_set(place)
    assert pauses == list(disk.PATIENCE)
    assert "OneDrive" in refusals.unwritable(place, failed.value).hint
    assert old(place)


def test_the_number_of_flushes_is_bounded(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One a file and journal, one a folder: at the record, the work folder, the beginning and the end."""
    real, flushed = os.fsync, []
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(descriptor) or real(descriptor))
    count = 20
    replace_files(place / "policies", {f"{number}.xml": b"x" for number in range(count)})
    assert len(flushed) == count + 2 + 4
