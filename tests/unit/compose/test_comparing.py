"""Two texts side by side, and the patch between them, which git and patch apply."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from latchkey.compose.comparing import Fold, Row, compare, folded, marks
from latchkey.compose.patch import as_text, patch

BEFORE = b'<A>\n  <B Id="one">1</B>\n  <C/>\n</A>\n'
AFTER = b'<A>\n  <New/>\n  <B Id="two">1</B>\n</A>\n'


def test_a_changed_line_stands_beside_what_it_was() -> None:
    assert compare(BEFORE, AFTER) == (
        Row("same", 1, 1, "<A>", "<A>"),
        Row("added", 0, 2, "", "  <New/>"),
        Row("changed", 2, 3, '  <B Id="one">1</B>', '  <B Id="two">1</B>'),
        Row("removed", 3, 0, "  <C/>", ""),
        Row("same", 4, 4, "</A>", "</A>"),
    )


def test_what_differs_within_a_line_is_marked() -> None:
    before, after = '<B Id="one">1</B>', '<B Id="two" X="3">1</B>'
    gone, come = marks(before, after)
    assert [before[i:j] for i, j in gone] == ["one"]
    assert [after[i:j] for i, j in come] == ['two" X="3']
    assert marks("something", "quite different here") == ((), ())
    assert marks("a" * 3000, "a" * 3001) == ((), ())


def test_a_line_whose_end_alone_changed_says_so() -> None:
    (row,) = compare(b"<A/>\r\n", b"<A/>\n")
    assert (row.kind, row.before, row.after) == ("changed", "<A/>␍", "<A/>")


def test_a_byte_order_mark_and_other_encodings_are_text() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?>\n<A>微信</A>\n'
    rows = compare(text.encode("utf-16"), text.replace("微信", "QQ").encode("utf-16"))
    assert [(row.before, row.after) for row in rows if row.kind == "changed"] == [("<A>微信</A>", "<A>QQ</A>")]
    assert as_text(patch("A.xml", text.encode("utf-16"), b"<A/>\n")) is None
    assert compare(b"\xff\xfe<", b"<A/>")


def test_what_is_far_from_a_change_is_folded() -> None:
    before = [f"line {number}" for number in range(40)]
    after = [*before[:20], "new", *before[20:]]
    rows = compare("\n".join(before).encode(), "\n".join(after).encode())
    shown = folded(rows)
    assert shown[0] == Fold(0, 17)
    assert shown[-1] == Fold(24, 41)
    assert [row.after for row in shown[1:-1] if isinstance(row, Row)] == after[17:24]
    assert not any(isinstance(one, Fold) for one in folded(compare(BEFORE, AFTER)))
    assert folded(compare(BEFORE, BEFORE)) == (Fold(0, 4),)


lines = st.lists(st.sampled_from(["<A>", "</A>", "  <B/>", "", "微信", "x\r"]), max_size=12)
contents = st.builds(lambda rows, end: ("\n".join(rows) + ("\n" if end else "")).encode(), lines, st.booleans())


@given(contents, contents)
def test_both_sides_are_whole_and_in_order(before: bytes, after: bytes) -> None:
    rows = compare(before, after)
    assert [row.old for row in rows if row.old] == list(range(1, 1 + sum(1 for row in rows if row.old)))
    assert [row.new for row in rows if row.new] == list(range(1, 1 + sum(1 for row in rows if row.new)))
    old, new = before.decode().split("\n"), after.decode().split("\n")
    assert [row.before.replace("␍", "\r").rstrip("\r") for row in rows if row.old] == [
        line.rstrip("\r") for line in (old if old[-1] else old[:-1])
    ]
    assert [row.after.replace("␍", "\r").rstrip("\r") for row in rows if row.new] == [
        line.rstrip("\r") for line in (new if new[-1] else new[:-1])
    ]
    assert all(row.before == row.after for row in rows if row.kind == "same")
    counted = sum(one.last - one.first if isinstance(one, Fold) else 1 for one in folded(rows))
    assert counted == len(rows)


@given(st.text(max_size=60), st.text(max_size=60))
def test_marks_stand_within_their_lines(before: str, after: str) -> None:
    for spans, text in zip(marks(before, after), (before, after), strict=True):
        assert all(0 <= first < last <= len(text) for first, last in spans)


def applied(folder: Path, name: str, before: bytes | None, after: bytes | None, tool: list[str]) -> bytes | None:
    file = folder / name
    if before is None:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(before)
    made = patch(name, before, after)
    done = subprocess.run(tool, input=made, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, (done.stderr, made)
    return file.read_bytes() if file.exists() else None


GIT = ["git", "apply", "--whitespace=nowarn", "-"]
PATCH = ["patch", "--binary", "-p1", "-s"]


@pytest.mark.parametrize("tool", [GIT, PATCH], ids=["git", "patch"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, AFTER),
        (BEFORE, AFTER.rstrip()),
        (BEFORE.rstrip(), AFTER),
        (BEFORE.replace(b"\n", b"\r\n"), AFTER.replace(b"\n", b"\r\n")),
        (b"\xef\xbb\xbf" + BEFORE, b"\xef\xbb\xbf" + AFTER),
        ("<A>é</A>\n".encode("latin-1"), "<A>ü</A>\n".encode("latin-1")),
        (None, AFTER),
        (BEFORE, None),
    ],
    ids=["plain", "end-gone", "end-come", "crlf", "bom", "latin-1", "new", "removed"],
)
@pytest.mark.parametrize("name", ["Base.xml", "My base.xml", "微信.xml"])
def test_git_and_patch_apply_it(tmp_path: Path, tool: list[str], before: bytes | None, after: bytes | None, name: str) -> None:  # fmt: skip
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    assert applied(tmp_path, name, before, after, tool) == after


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents, contents)
def test_git_applies_any_patch(tmp_path: Path, before: bytes, after: bytes) -> None:
    if before != after and before and after:
        assert applied(tmp_path, "Any.xml", before, after, GIT) == after


def test_the_same_makes_no_patch() -> None:
    assert patch("A.xml", BEFORE, BEFORE) == b""
    assert as_text(patch("A.xml", BEFORE, AFTER)) == patch("A.xml", BEFORE, AFTER).decode()


@given(st.lists(st.integers(0, 30), max_size=40), st.lists(st.integers(0, 30), max_size=40))
def test_long_files_are_compared_whole_too(one: list[int], other: list[int]) -> None:
    before = "".join(f"<L{number}/>\n" for number in [*range(100, 700), *one, *range(700, 1200)])
    after = "".join(f"<L{number}/>\n" for number in [*range(120, 700), *other, *range(700, 1190)])
    rows = compare(before.encode(), after.encode())
    assert "".join(f"{row.before}\n" for row in rows if row.old) == before
    assert "".join(f"{row.after}\n" for row in rows if row.new) == after
    assert [row.old for row in rows if row.old] == list(range(1, before.count("\n") + 1))
    assert [row.new for row in rows if row.new] == list(range(1, after.count("\n") + 1))
    assert all(row.before == row.after for row in rows if row.kind == "same")


def test_a_long_file_is_compared_quickly() -> None:
    before = [f'<Item Key="k{number % 50}">{number // 3}</Item>' for number in range(6000)]
    after = list(before)
    for place in range(100, 6000, 500):
        after.insert(place, "<New/>")
    rows = compare("\n".join(before).encode(), "\n".join(after).encode())
    assert sum(row.kind == "added" for row in rows) == 12
    assert all(row.kind in ("same", "added") for row in rows)


@pytest.mark.parametrize(("one", "other"), [(7, 5), (120, 110), (1000, 900)])
def test_the_same_lines_in_another_order_are_compared_soon(tmp_path: Path, one: int, other: int) -> None:
    before = b"".join(b"%d\n" % (number * number % one) for number in range(40_000))
    after = b"".join(b"%d\n" % (number * 7 % other) for number in range(40_000))
    start = time.process_time()
    rows = compare(before, after)
    made = patch("x.xml", before, after)
    assert time.process_time() - start < 5
    assert [row.new for row in rows if row.new] == list(range(1, 40_001))
    (tmp_path / "x.xml").write_bytes(before)
    subprocess.run(["git", "apply", "-"], input=made, cwd=tmp_path, check=True)
    assert (tmp_path / "x.xml").read_bytes() == after
