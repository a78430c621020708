"""What is kept, what is put back, and what stands against either."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from helpers.composing import catalogue, draft, provider
from latchkey.compose.composer import compose
from latchkey.compose.into import keeping
from latchkey.compose.into.plan import IntoPlan, plan_into
from latchkey.errors import LatchkeyError, Refused, Unreadable
from latchkey.files.healing import heal_all
from latchkey.policy.folder import read_set

MOMENT = datetime(2026, 11, 20, 12, 0, 0)
SIX = 6


class Place:
    """A policy folder, where its old files are kept, and a plan that adds a provider."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder / "policies", folder / "kept"
        self.folder.mkdir()
        for file in compose(draft("social", provider("wechat")), catalogue()).files:
            (self.folder / file.file).write_bytes(file.data)
        self.before = self.files()

    def plan(self, *types: str) -> IntoPlan:
        wanted = draft("social", *(provider(type_) for type_ in types))
        return plan_into(read_set(self.folder), wanted, catalogue(), remove_unlisted=True)

    def write(self, plan: IntoPlan, minute: int = 0) -> keeping.Kept:
        kept = keeping.carry_out(plan, self.folder, self.store, MOMENT.replace(minute=minute))
        assert kept is not None
        return kept

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_nothing_to_change_touches_nothing(place: Place) -> None:
    assert keeping.carry_out(place.plan("wechat"), place.folder, place.store, MOMENT) is None
    assert not place.store.exists()


def test_undone_step_by_step_in_reverse(place: Place) -> None:
    place.write(place.plan("wechat", "qq"), 1)
    between = place.files()
    place.write(place.plan("qq", "facebook"), 2)
    assert [len(kept.files) for kept in keeping.history(place.folder, place.store)] == [1, 1]
    assert keeping.put_back(place.folder, place.store).when.endswith("12.02.00.000")
    assert place.files() == between
    keeping.put_back(place.folder, place.store)
    assert place.files() == place.before
    with pytest.raises(Refused, match="could be put back"):
        keeping.put_back(place.folder, place.store)


def test_a_file_that_is_not_to_change_counts_too(place: Place) -> None:
    """The plan was made from the whole set: another base may mean another plan."""
    plan = place.plan("wechat", "qq")
    base = place.folder / "TrustFrameworkBase.xml"
    assert str(base) not in {change.file for change in plan.changes}
    base.write_bytes(base.read_bytes() + b"<!-- new -->\n")
    now = place.files()
    with pytest.raises(Refused, match=r"TrustFrameworkBase\.xml"):
        place.write(plan)
    (change,) = keeping.changed_since(plan, place.folder)
    assert "+<!-- new -->" in keeping.difference([change])
    assert place.files() == now


def test_what_a_person_changed_since_is_shown_and_stays(place: Place) -> None:
    kept = place.write(place.plan("wechat", "qq"))
    file = place.folder / kept.files[0]
    file.write_bytes(file.read_bytes().replace(b"</ClaimsProviders>", b"<!-- mine --></ClaimsProviders>"))
    now = place.files()
    with pytest.raises(Refused, match="in the meantime"):
        keeping.put_back(place.folder, place.store)
    assert place.files() == now
    shown = keeping.difference(keeping.edited_since(kept, place.folder))
    added = [line for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert len(added) == 1
    assert "mine" in added[0]


def test_a_change_that_never_came_about_is_nothing_to_put_back(place: Place) -> None:
    """Killed after keeping, before writing."""
    place.write(place.plan("wechat", "qq"), 1)
    first = place.files()
    place.write(place.plan("qq", "wechat"), 2)
    for name, data in first.items():
        (place.folder / name).write_bytes(data)
    assert keeping.put_back(place.folder, place.store).when.endswith("12.01.00.000")
    assert place.files() == place.before


def test_a_change_that_came_about_by_half_is_put_back(place: Place) -> None:
    """Killed between two files: each of them is the old or the new one."""
    plan = place.plan("wechat", "qq", "facebook")
    base = place.folder / "SignUpOrSignin.xml"
    both = place.before | {base.name: base.read_bytes().replace(b"PolicyProfile", b"Policyprofile")}
    change = keeping.FileChange(str(base), place.before[base.name], both[base.name])
    wide = IntoPlan((*plan.changes, change), plan.unchanged, plan.words, plan.before, plan.after)
    place.write(wide)
    base.write_bytes(place.before[base.name])
    keeping.put_back(place.folder, place.store)
    assert place.files() == place.before


def interrupted(place: Place, plan: IntoPlan, moment: int) -> bool:
    """Ctrl-C before that line of the writing; whether there was such a line."""
    lines = iter(range(moment))

    def at_a_line(frame: FrameType, event: str, _argument: object) -> Any:
        file = Path(frame.f_code.co_filename)
        if file.parent.name not in ("into", "files") or file.name == "turn.py":  # a lock ends with its process
            return None
        if event == "line" and next(lines, None) is None:
            sys.settrace(None)
            raise KeyboardInterrupt
        return at_a_line

    before = sys.gettrace()
    sys.settrace(at_a_line)
    try:
        keeping.replace_kept(plan.changes, place.folder, place.store, MOMENT)
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def test_whenever_somebody_stops_it_what_was_there_is_there_or_can_be_put_back(place: Place) -> None:
    """Also in the moment when all is written and only the litter is left: the old files were forgotten then."""
    plan = place.plan("wechat", "qq")
    new = {Path(change.file).name: change.after for change in plan.changes}
    outcomes, moment = set(), 0
    while interrupted(place, plan, moment):
        heal_all()
        if place.files() != place.before:
            assert place.files() == {**place.before, **new}, moment
            keeping.put_back(place.folder, place.store)
            outcomes.add("new")
        else:
            outcomes.add("old")
        assert place.files() == place.before, moment
        shutil.rmtree(place.store, ignore_errors=True)
        moment += 7
    assert outcomes == {"old", "new"}


def test_damaged_keeping_is_refused(place: Place) -> None:
    kept = place.write(place.plan("wechat", "qq"))
    now = place.files()
    (kept.place / kept.files[0]).write_bytes(b"")
    with pytest.raises(Refused, match="no longer what they were"):
        keeping.put_back(place.folder, place.store)
    assert place.files() == now


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"folder": 1}', b"\xff"])
def test_a_list_that_nobody_can_read_is_passed_over(place: Place, content: bytes) -> None:
    kept = place.write(place.plan("wechat", "qq"))
    (kept.place / keeping.LIST).write_bytes(content)
    assert keeping.history(place.folder, place.store) == ()


def test_a_list_can_not_lead_out_of_its_folder(place: Place) -> None:
    kept = place.write(place.plan("wechat", "qq"))
    listed = kept.place / keeping.LIST
    listed.write_bytes(listed.read_bytes().replace(kept.files[0].encode(), b"../../" + kept.files[0].encode()))
    assert keeping.history(place.folder, place.store) == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_is_read_only_stays(place: Place, which: str) -> None:
    """Also for root, whom no right stops."""
    plan = place.plan("wechat", "qq")
    locked = Path(plan.changes[0].file) if which == "file" else place.folder
    locked.chmod(0o444 if which == "file" else 0o555)
    try:
        with pytest.raises(Unreadable, match="read-only") as refusal:
            place.write(plan)
        assert str(locked) in refusal.value.message
        assert place.files() == place.before
        assert not place.store.exists()
    finally:
        locked.chmod(0o755)
    place.write(plan)
    locked.chmod(0o444 if which == "file" else 0o555)
    now = place.files()
    try:
        with pytest.raises(Unreadable, match="read-only"):
            keeping.put_back(place.folder, place.store)
        assert place.files() == now
    finally:
        locked.chmod(0o755)


def test_a_store_that_can_not_be_written_stops_everything(place: Place) -> None:
    place.store.write_bytes(b"a file where the folder should be")
    with pytest.raises(LatchkeyError, match="can't be kept"):
        place.write(place.plan("wechat", "qq"))
    assert place.files() == place.before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_policies_copied_from_a_read_only_place_may_be_changed_by_who_has_the_right(place: Place) -> None:
    plan = place.plan("wechat", "qq")
    for path in place.folder.iterdir():
        path.chmod(0o444)
    if os.geteuid() == 0:
        place.write(plan)
        assert place.files() != place.before
    else:
        with pytest.raises(Unreadable, match="read-only"):
            place.write(plan)


def test_what_a_killed_process_left_is_swept_away_later(place: Place) -> None:
    old, young = place.folder / f".latchkey-{'0' * 32}", place.folder / f".latchkey-{'1' * 32}"
    other = place.folder / ".latchkey-notes"
    for folder in (old, young, other):
        folder.mkdir()
        (folder / "TrustFrameworkBase.xml.old").write_bytes(b"x")
    for folder in (old, other):
        os.utime(folder, (0, 0))
    plan = plan_into(read_set(place.folder), draft("social", provider("wechat"), provider("qq")), catalogue())
    place.write(plan)
    assert not old.exists()
    assert young.exists()
    assert other.exists()
