"""The command as people have it: a process of its own, with pipes, encodings, and whatever they hand it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.process import QUICK, latchkey, two_lines

ROOT = Path(__file__).parents[2]
CONTOSO = ROOT / "resources" / "examples" / "contoso.latchkey.toml"


def contoso_with(old: str, new: str) -> str:
    text = CONTOSO.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


# Bad input ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def drafts() -> dict[str, tuple[bytes | None, int]]:
    """Drafts that can't be composed, and the exit status of each."""
    return {
        "missing": (None, 2),
        "not-toml": (b"<xml/>", 1),
        "empty": (b"", 1),
        "binary": (bytes(range(256)), 1),
        "huge": (b"#" * 50_000_000, 1),
        "no-format": (b'[tenant]\nname = "contoso"\n', 1),
        "dots": (b"format = 1\n" + b".".join([b"a"] * 400_000) + b" = 1\n", 1),
        "tenant": (contoso_with('"contoso"', '"con toso"').encode(), 1),
        "control-character": (contoso_with("Contoso employees", r"Contoso\u0007employees").encode(), 1),
        "escape-sequence": (contoso_with('"Contoso employees"', '"Contoso\x1b[2Jemployees"').encode(), 1),
        "unknown-key": (contoso_with("client_id", "client_identity").encode(), 1),
        "secret": (contoso_with('client_id = "101000001"', 'client_secret = "hush"').encode(), 1),
    }


@pytest.mark.parametrize("name", drafts())
@pytest.mark.parametrize("json_too", [False, True])
def test_a_draft_that_can_not_be_composed(place: Path, name: str, json_too: bool) -> None:
    data, status = drafts()[name]
    draft = place / f"{name}.latchkey.toml"
    if data is not None:
        draft.write_bytes(data)
    start = time.monotonic()
    done = latchkey("compose", draft.name, "--out", "set", *(["--json"] if json_too else []))
    assert time.monotonic() - start < QUICK / 2
    assert done.returncode == status
    assert not (place / "set").exists()
    assert data is None or draft.read_bytes() == data
    assert "hush" not in done.stderr + done.stdout
    if json_too:
        json.loads(done.stdout)
    else:
        assert name in two_lines(done)[0]
        assert done.stdout == ""


def bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    return f"<!DOCTYPE x [{entities}]><x>&e11;</x>".encode()


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"not XML", "xml-well-formed"),
        (bomb(), "xml-no-dtd"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "xml-no-dtd"),
        (b" " * 50_000_000, "file-size"),
        (b"<a>" * 300_000, None),
    ],
    ids=["text", "bomb", "outside", "huge", "deep"],
)
def test_a_policy_that_can_not_be_read(place: Path, data: bytes, rule: str | None) -> None:
    (place / "policy.xml").write_bytes(data)
    start = time.monotonic()
    done = latchkey("check", "policy.xml", "--json")
    assert time.monotonic() - start < QUICK / 2
    assert (done.returncode, done.stderr) == (1, "")
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["file"], finding["level"]) == ("policy.xml", "error")
    assert rule is None or finding["rule"] == rule
    assert "root:" not in done.stdout
    shown = latchkey("show", ".")
    assert (shown.returncode, shown.stderr) == (1, "")
    assert "was left out" in shown.stdout


NAMES = [
    "a ]]> b",
    "a < b &amp; c > d",
    "“quotes” 'and' \\",
    "微信 👋🏽",
    "\u200d\u0301",
    "--> <!--",
    "{7} %(x)s {% raw %}",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_comes_out_as_it_went_in(place: Path, name: str) -> None:
    draft = place / "x.latchkey.toml"
    draft.write_text(contoso_with('"Contoso employees"', json.dumps(name, ensure_ascii=False)), encoding="utf-8")
    done = latchkey("compose", draft.name, "--out", "set")
    assert done.returncode == 0, done.stderr
    assert latchkey("check", "set").returncode == 0
    shown = json.loads(latchkey("show", "set", "--json", "--policy", "signup_signin").stdout)
    assert shown["policies"][0]["buttons"][2]["text"] == name


WITHOUT_RIGHTS = """
import os, sys
from latchkey.__main__ import main
command, good, *bad = sys.argv[1:]
main([command, good, *(["--out", "warm"] if command == "compose" else [])])     # loads all it needs, while it may
sys.stdout.flush(); sys.stderr.flush()
print("----", file=sys.stderr)
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
sys.exit(main([command, *bad]))
"""


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder and a draft that nobody else may read, in a place that everybody may."""
    place = Path(tempfile.mkdtemp(prefix="latchkey-rights-"))
    place.chmod(0o755)
    folder = place / "locked"
    folder.mkdir()
    shutil.copy(CONTOSO, folder / "x.latchkey.toml")
    (folder / "x.xml").write_text("<x/>", encoding="utf-8")
    shutil.copy(CONTOSO, place / "unreadable.toml")
    (place / "unreadable.toml").chmod(0)
    folder.chmod(0)
    yield place
    folder.chmod(0o700)
    shutil.rmtree(place)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["check", "good", "locked"], "locked"),
        (["check", "good", "locked/x.xml"], "locked/x.xml"),
        (["check", "good", "unreadable.toml"], "unreadable.toml"),
        (["show", "good", "locked"], "locked"),
        (["guide", "draft", "unreadable.toml"], "unreadable.toml"),
        (["compose", "draft", "locked/x.latchkey.toml", "--out", "out"], "locked/x.latchkey.toml"),
        (["compose", "draft", "draft", "--out", "locked/set"], "locked/set"),
        (["compose", "draft", "draft", "--out", "new"], "new"),
    ],
)
def test_a_place_without_rights(locked: Path, words: list[str], named: str) -> None:
    good = locked / "good"
    assert latchkey("compose", CONTOSO, "--out", good).returncode == 0
    stand = {"good": str(good), "draft": str(CONTOSO)}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHTS, *(stand.get(word, word) for word in words)],
        cwd=locked, capture_output=True, encoding="utf-8", timeout=QUICK, check=False,
    )  # fmt: skip
    before, _, told = done.stderr.partition("----\n")
    assert "Traceback" not in done.stderr
    message, hint = told.splitlines()
    assert named in message
    assert hint
    assert done.returncode == 2, before


# Pipes and encodings -----------------------------------------------------------------------------------------------


def test_a_reader_who_has_read_enough_is_no_trouble() -> None:
    shell = f'"{sys.executable}" -m latchkey providers openid-connect; echo "status $?" >&2'
    done = subprocess.run(
        ["sh", "-c", f"( {shell} ) | true"], capture_output=True, encoding="utf-8", timeout=QUICK, check=False
    )
    assert done.stderr == "status 0\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "latchkey", "providers"],
            stdout=full, stderr=subprocess.PIPE, encoding="utf-8", timeout=QUICK, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp936", "utf-16"])
def test_any_encoding_will_do(place: Path, encoding: str) -> None:
    for words in (["guide", CONTOSO, "--language", "zh_CN"], ["providers"], ["guide", CONTOSO, "--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "latchkey", *map(str, words)],
            env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, timeout=QUICK, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode(encoding)


def test_the_command_is_installed() -> None:
    command = Path(sys.executable).with_name("latchkey.exe" if os.name == "nt" else "latchkey")
    done = subprocess.run([command, "--version"], capture_output=True, encoding="utf-8", timeout=QUICK, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("latchkey ")


def test_without_a_screen_the_wizard_says_so() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only there a screen can be missing")
    done = latchkey(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 1
    assert "no display" in two_lines(done)[0]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({"DISPLAY": ":7654", "QT_QPA_PLATFORM": "xcb"}, "could not connect to display :7654"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "nonsense"),
    ],
)
def test_a_display_that_does_not_answer_is_told_in_two_lines(environ: dict[str, str], reason: str) -> None:
    """Qt ends the process by itself, with a heap of lines and a core dump."""
    done = latchkey(**environ)
    message, hint = two_lines(done)
    assert done.returncode == 1
    assert reason in message
    assert "README" in hint
