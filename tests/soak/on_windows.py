"""on_windows.py: the writer on Windows; prints what it saw, as JSON. Also the other process that it needs: `hold`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from latchkey.files import disk, healing, make_folder, refusals, replacing, turn, write_whole
from latchkey.files.replacing import replace_files

OLD = {"A.xml": b"old a", "B.xml": b"old b", "C.xml": b"old c"}


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() if path.is_file() else "a folder" for path in folder.iterdir()}


def hold() -> None:
    with replacing.one_at_a_time():
        sys.stdout.write("mine\n")
        sys.stdout.flush()
        sys.stdin.read(1)


def another(folder: Path, said: dict[str, Any]) -> None:
    """Another Latchkey is writing, and is killed."""
    other = subprocess.Popen([sys.executable, __file__, "hold"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    other.stdout.readline()
    writer = turn.Writer(turn.this_process().host, other.pid, turn.started(other.pid))
    said["lives"] = [turn.lives(writer)]
    turn.LONGEST = 0.3
    try:
        replace_files(folder, {"A.xml": b"other"}, (), {"A.xml": b"new a"})
    except refusals.Busy:
        said["busy"] = True
    other.kill()
    other.wait()
    said["lives"].append(turn.lives(writer))
    replace_files(folder, {"A.xml": b"third a"}, (), {"A.xml": b"new a"})


def held(folder: Path, said: dict[str, Any]) -> None:
    """Another program has one of the files open."""
    start, before = time.monotonic(), files(folder)
    with (folder / "B.xml").open("rb"):
        try:
            replace_files(folder, {"A.xml": b"x", "B.xml": b"x"}, (), {"A.xml": b"third a", "B.xml": b"old b"})
        except OSError as error:
            said["held"] = refusals.unwritable(folder, error).hint
            said["tried for"] = time.monotonic() - start
        said["untouched"] = files(folder) == before


def stopped(folder: Path, said: dict[str, Any]) -> None:
    """The plug is pulled between two files."""

    def half(base: str, journal: Any) -> None:
        first = journal.entries[0]
        disk.rename(str(Path(base, replacing.MARKER, first.new)), str(Path(base, first.name)))
        raise KeyboardInterrupt

    before = files(folder)
    kept = replacing._replace, replacing._go_back
    replacing._replace, replacing._go_back = half, lambda *_arguments, **_named: None  # type: ignore[assignment]
    try:
        replace_files(folder, {"A.xml": b"x", "B.xml": b"x"}, (), {"A.xml": b"third a", "B.xml": b"old b"})
    except KeyboardInterrupt:
        said["half"] = sorted(files(folder))
    finally:
        replacing._replace, replacing._go_back = kept
    said["healed"] = [healing.in_words(one) for one in healing.heal_all()]
    said["as before"] = files(folder) == before


def main() -> None:
    root = Path(tempfile.mkdtemp())
    os.environ["LOCALAPPDATA"] = str(root / "local")
    folder, said = root / "policies", dict[str, Any]()
    folder.mkdir()
    for name, data in OLD.items():
        (folder / name).write_bytes(data)
    replace_files(folder, {"A.xml": b"new a", "D.xml": b"new d"}, ["C.xml"], OLD)
    said["replaced"] = files(folder)
    another(folder, said)
    held(folder, said)
    stopped(folder, said)
    write_whole(root / "d" / "draft.toml", b"1")
    write_whole(root / "d" / "draft.toml", b"2", b"1")
    make_folder(root / "kept" / "now", {"a": b"1", "written/a": b"2"})
    said["whole"] = [files(root / "d"), files(root / "kept"), files(root / "kept/now/written")]
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    hold() if sys.argv[1:] == ["hold"] else main()
