"""What comes from strangers, by the way it comes in: refused or read in one line, soon, and never followed elsewhere."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.small_set import small_set
from latchkey import settings as settings_store
from latchkey.catalogue.loader import load_catalogue, parse_entry
from latchkey.check.finding import Finding, Level
from latchkey.cli.sarif import to_sarif
from latchkey.compose.into.keeping import history
from latchkey.compose.patch import patch
from latchkey.discovery.address import understood
from latchkey.discovery.problems import Problem
from latchkey.draft import store
from latchkey.errors import LatchkeyError, Refused
from latchkey.files.journal import MARKER, recorded
from latchkey.files.replacing import replace_files
from latchkey.gui import opening, recovery
from latchkey.policy.folder import MOST_BYTES, read_file, read_folder
from latchkey.policy.reader import BadXml, PolicyFile, read

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
needs_any_name = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are possible on Linux only")


@contextmanager
def soon(seconds: float = 2.0) -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


# -- policy files


@pytest.mark.parametrize("between", ["<!---->", "<b/>"])
def test_a_text_in_many_pieces_is_read_soon(between: str) -> None:
    pieces = 150_000
    text = "x" * 15
    with soon(3.0):
        root = read(PolicyFile("x", f"<a>{(text + between) * pieces}</a>".encode())).root
    assert root.text == text * pieces


@pytest.mark.parametrize("encoding", ["punycode", "idna", "utf-7", "unicode_escape", "undefined", "hz", "cp037", "hex"])
def test_only_encodings_of_text_files_are_read(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>{"a" * 200_000}-{"b" * 200_000}</a>'.encode()
    with soon(), pytest.raises(BadXml) as caught:
        read(PolicyFile("x", data))
    assert caught.value.rule == "xml-encoding"


def test_nothing_is_included_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2")
    address = (tmp_path / "secret").as_uri()
    root = read(
        PolicyFile("x", f'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{address}" parse="text"/></a>'.encode())
    ).root  # fmt: skip
    assert root.children[0].tag == "{http://www.w3.org/2001/XInclude}include"
    assert root.children[0].text == ""


def test_a_folder_of_huge_files_is_not_read_whole(tmp_path: Path) -> None:
    for number in range(MOST_BYTES // 4_000_000 + 2):
        with (tmp_path / f"{number:03}.xml").open("wb") as stream:
            stream.truncate(4_000_000)
    files = read_folder(tmp_path)
    assert sum(len(file.data) for file in files) <= MOST_BYTES
    assert [file.rule for file in files if file.trouble] == ["file-size"] * sum(not file.data for file in files)
    assert files[-1].trouble


@pytest.mark.skipif(not Path("/proc/kmsg").exists(), reason="needs a file that has nothing yet")
def test_a_file_that_has_nothing_yet_is_empty() -> None:
    assert isinstance(read_file("/proc/kmsg").data, bytes)


# -- provider files of a person's own


def test_a_key_of_many_dots_is_refused_soon() -> None:
    with soon(), pytest.raises(Refused):
        parse_entry(b".".join([b"a"] * 120_000) + b" = 1", "x.toml")


@needs_pipes
def test_a_pipe_among_provider_files_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.toml")
    assert [Path(refused.file).name for refused in load_catalogue(tmp_path).refused] == ["x.toml"]


# -- what is dropped, pasted or typed


@pytest.mark.parametrize("text", ["file://[", "file://[::1", "file://a]/x"])
def test_a_broken_address_of_a_file_is_not_understood(text: str) -> None:
    assert opening.of_text(text).kind == "unknown"
    with pytest.raises(Problem):
        understood(text)


@pytest.mark.parametrize(
    "text", [r"\\server\share\x.xml", "//server/share", "file:////server/share", r"file:///\\server\s"]
)
def test_no_other_computer_is_asked_for_what_a_text_names(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows such a path alone makes the system send that computer a proof of the person's password."""
    asked: list[object] = []
    for name in ("exists", "is_dir", "is_file"):
        monkeypatch.setattr(Path, name, lambda self: asked.append(self) or False)
    assert opening.of_text(text).kind == "unknown"
    assert not asked


@needs_pipes
def test_a_pipe_is_no_draft(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.latchkey.toml")
    with pytest.raises(LatchkeyError, match="ordinary file"):
        store.load(tmp_path / "x.latchkey.toml")
    assert opening.of_path(tmp_path / "x.latchkey.toml").kind == "unknown"


# -- our own files, changed by somebody

JSON_WORDS = st.sampled_from(["\ud800", "\0", "a", "", "..", "/x", "0.new", "0" * 32, 1e999, -1, None, True, 10**30])
TABLES = st.recursive(JSON_WORDS, lambda inner: st.lists(inner, max_size=4), max_leaves=6)


@given(TABLES, TABLES, TABLES, TABLES)
@settings(max_examples=200, deadline=None)
def test_any_record_of_an_unfinished_change_is_put_up_with(
    tmp_path_factory: pytest.TempPathFactory, one: object, two: object, three: object, four: object
) -> None:
    place = tmp_path_factory.mktemp("any")
    journal = {"token": one, "writer": two, "made": three, "entries": four}
    (place / MARKER).mkdir()
    (place / MARKER / "journal.json").write_text(json.dumps(journal))
    with contextlib.suppress(Refused):  # it is told what lies there, and nothing is written
        replace_files(place, {"B.xml": b"new"})
    assert {path.name for path in place.iterdir()} in ({"B.xml"}, {MARKER})


@given(TABLES, TABLES, TABLES)
@settings(max_examples=200, deadline=None)
def test_any_note_of_one_is_put_up_with(
    tmp_path_factory: pytest.TempPathFactory, folder: object, made: object, elsewhere: object
) -> None:
    state = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(state))
        place = state / "latchkey" / "unfinished"
        place.mkdir(parents=True)
        token = "0123456789abcdef" * 2
        noted = {"folder": folder, "token": token, "made": made, "elsewhere": elsewhere}
        (place / f"{token}.json").write_text(json.dumps(noted))
        for found, _token, made_, elsewhere_ in recorded():
            for path in (found, *made_, *elsewhere_):
                os.path.lexists(path)


@pytest.mark.parametrize("value", ["\ud800", "微信"])
def test_settings_of_any_text_can_be_saved_again(tmp_path: Path, value: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"recent": [f"/{value}.toml"], "later": value}))
    found = settings_store.load(file).settings
    settings_store.save(found, file)
    assert settings_store.load(file) == settings_store.Loaded(found, "")


def test_a_deep_list_of_kept_files_is_passed_over(tmp_path: Path) -> None:
    name = hashlib.sha256(os.fsencode(tmp_path.resolve())).hexdigest()[:16]
    (tmp_path / "kept" / name / "1").mkdir(parents=True)
    (tmp_path / "kept" / name / "1" / "kept.json").write_text("[" * 100_000)
    assert history(tmp_path, tmp_path / "kept") == ()


# -- names of any bytes


@given(st.text(max_size=20))
def test_an_error_is_one_line_whatever_is_in_it(text: str) -> None:
    error = Refused(f"x{text}x", f"{text}")
    assert len(error.message.splitlines()) == 1
    assert len(error.hint.splitlines()) <= 1


@needs_any_name
def test_any_name_of_a_file_or_folder_can_be_worked_with(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xff \x1b[2J\n{{ 7 }}")
    folder.mkdir()
    for name, text in small_set().items():
        (folder / os.fsdecode(b"\xfe\n\x1b]0;x\x07" + name.encode())).write_text(text)
    draft = folder / os.fsdecode(b"\xff.latchkey.toml")
    draft.write_bytes((Path(__file__).parents[2] / "resources/examples/social-only.latchkey.toml").read_bytes())
    environ = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "s"), "XDG_CONFIG_HOME": str(tmp_path / "c")}
    for words in (
        ["check", folder], ["check", folder, "--sarif"], ["check", folder, "--json"], ["show", folder],
        ["compose", draft, "--into", folder, "--dry-run"], ["compose", draft, "--out", folder / "out"],
        ["guide", draft], ["undo", folder], ["show", folder / "none"],
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "latchkey", *map(str, words)], capture_output=True, env=environ, check=False
        )
        assert done.returncode in (0, 1, 2), done.stderr.decode("utf-8", "replace")
        assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
        assert b"\x1b" not in done.stdout + done.stderr
        assert b"\x07" not in done.stdout + done.stderr
        done.stdout.decode("utf-8")
    assert recovery.place_of(draft, tmp_path).parent == tmp_path


# -- what goes out


def test_a_finding_in_sarif_is_text_and_no_link() -> None:
    finding = Finding(
        "xml-well-formed", Level.ERROR, "see [this](https://evil.example)", file=os.fsdecode(b"a \xff.xml")
    )
    result = to_sarif((finding,))["runs"][0]["results"][0]
    assert result["message"]["text"] == r"see \[this\](https://evil.example)"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20%FF.xml"


def test_a_name_can_not_break_out_of_a_patch() -> None:
    made = patch(os.fsdecode(b"a\xff\n+++ b/other.xml"), b"old\n", b"new\n")
    assert [line[:4] for line in made.splitlines()] == [b"--- ", b"+++ ", b"@@ -", b"-old", b"+new"]


@given(st.text(max_size=30))
def test_any_text_in_a_picture_stays_text(text: str) -> None:
    from latchkey.policy.flow_svg import _text

    try:
        shown = "".join(ET.fromstring(f"<text>{_text(text)}</text>").itertext())
    except ET.ParseError:
        pytest.fail("the picture is broken")
    assert "<" not in text or "<" in shown
