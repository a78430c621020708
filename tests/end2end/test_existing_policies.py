"""Policies that people have, from outside: the whole way round as processes, in every form, and what must not be
written.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.process import latchkey, python, two_lines

ROOT = Path(__file__).parents[2]
CONTOSO = ROOT / "resources" / "examples" / "contoso.latchkey.toml"
PACKS = ("SocialAndLocalAccounts", "SocialAndLocalAccountsWithMfa", "SocialAccounts")
EXTENSIONS = "TrustFrameworkExtensions.xml"

FORMS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "CRLF": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "LF": lambda data: data.replace(b"\r\n", b"\n"),
    "BOM": lambda data: b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"),
    "no BOM": lambda data: data.removeprefix(b"\xef\xbb\xbf"),
    "tabs": lambda data: re.sub(rb"(?m)^( +)", lambda found: b"\t" * (len(found[1]) // 2), data),
}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def dates(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def buttons(folder: Path) -> list[str]:
    found = json.loads(latchkey("show", folder, "--policy", "signup_signin", "--json").stdout)
    return [button["text"] for button in found["policies"][0]["buttons"]]


def make(folder: Path, source: Path, form: str = "as it is") -> Path:
    folder.mkdir()
    for path in source.glob("*.xml"):
        (folder / path.name).write_bytes(FORMS[form](path.read_bytes()))
    return folder


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The example's policies in a folder: WeChat, QQ, Contoso employees."""
    assert latchkey("compose", CONTOSO, "--out", tmp_path / "set").returncode == 0
    return tmp_path / "set"


def wanted(path: Path, *names: str) -> Path:
    """A draft that keeps the example's three buttons and puts one with each of these names before them."""
    head = 'format = 1\n[tenant]\nname = "contoso"\n[policies]\nkind = "custom"\n'
    new = "".join(
        f'[[providers]]\ntype = "openid-connect"\nid = "New{number}"\nname = {json.dumps(name)}\nclient_id = "c{number}"\n'
        f'[providers.settings]\nmetadata_url = "https://n{number}.example/.well-known/openid-configuration"\n'
        for number, name in enumerate(names)
    )
    old = '[[providers]]\ntype = "wechat"\n[[providers]]\ntype = "qq"\n[[providers]]\ntype = "openid-connect"\nid = "Contoso"\n'
    path.write_text(head + new + old, encoding="utf-8")
    return path


# The whole way round ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("form", FORMS)
def test_import_change_look_write_check_show_undo(reference: Path, tmp_path: Path, pack: str, form: str) -> None:
    if form != "as it is" and pack != PACKS[0]:
        pytest.skip("one pack is enough for the forms")
    folder = make(tmp_path / "policies", reference / "corpus" / "starterpack" / pack, form)
    before, stamp = content(folder), dates(folder)
    draft = tmp_path / "mine.latchkey.toml"

    done = latchkey("import", folder, "-o", draft)
    assert (done.returncode, done.stderr) == (0, "")
    done = latchkey("compose", draft, "--into", folder)
    assert "Nothing to change" in done.stdout
    assert (content(folder), dates(folder)) == (before, stamp)

    text = draft.read_text(encoding="utf-8").replace("yourtenant", "contoso")
    draft.write_text(text + '\n[[providers]]\ntype = "wechat"\nclient_id = "wx0123456789abcdef"\n', encoding="utf-8")
    looked = latchkey("compose", draft, "--into", folder, "--dry-run", "--diff")
    assert (looked.returncode, looked.stderr) == (0, "")
    assert "The technical profile WeChat-OAuth2 is new." in looked.stdout
    assert "+++ TrustFrameworkExtensions.xml" in looked.stdout
    assert (content(folder), dates(folder)) == (before, stamp)

    done = latchkey("compose", draft, "--into", folder)
    assert (done.returncode, done.stderr) == (0, "")
    after = content(folder)
    for name, data in after.items():
        assert data.startswith(b"\xef\xbb\xbf") == before[name].startswith(b"\xef\xbb\xbf")
        if form in ("CRLF", "LF"):
            assert (b"\r" in data) == (form == "CRLF")
            assert form == "LF" or data.count(b"\n") == data.count(b"\r\n")
    if form == "tabs":
        inserted = re.findall(rb"(?m)^([ \t]*)<TechnicalProfile Id=\"WeChat-OAuth2\"", after[EXTENSIONS])
        assert len(inserted) == 1
        assert set(inserted[0]) == {ord("\t")}
    assert buttons(folder) == ["Facebook", "WeChat"]
    found = json.loads(latchkey("check", folder, "--json").stdout)["findings"]
    assert {one["rule"] for one in found if one["level"] == "error"} <= {"placeholder-left"}
    stamp = dates(folder)
    assert "Nothing to change" in latchkey("compose", draft, "--into", folder).stdout
    assert dates(folder) == stamp

    done = latchkey("undo", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert content(folder) == before
    assert two_lines(latchkey("undo", folder))
    assert content(folder) == before


def test_files_that_stay_keep_their_date(ours: Path, tmp_path: Path) -> None:
    for path in ours.iterdir():
        os.utime(path, ns=(10**18, 10**18))
    assert latchkey("compose", wanted(tmp_path / "x.toml", "New"), "--into", ours).returncode == 0
    moved = {name for name, date in dates(ours).items() if date != 10**18}
    assert moved == {EXTENSIONS}


def test_letters_in_the_way_and_a_folder_with_an_odd_name(ours: Path, tmp_path: Path) -> None:
    folder = ours.rename(tmp_path / "a b & 微 'x'")
    names = ["R&D <b> \"q\" 'a' 微信", "]]> --> <!-- {0} %s", "<![CDATA[x]]>", "&amp; &#x41;", "x\u200d\u0301 é"]
    before = content(folder)
    draft = wanted(tmp_path / "x.toml", *names)
    done = latchkey("compose", draft, "--into", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert buttons(folder) == [*names, "WeChat", "QQ", "Contoso employees"]
    assert latchkey("check", folder).returncode == 0
    assert "Nothing to change" in latchkey("compose", draft, "--into", folder).stdout
    assert latchkey("undo", folder).returncode == 0
    assert content(folder) == before


@pytest.mark.parametrize("name", ["a\x07b", "a\x1b[2Jb", "a\x00b", "\ufffe", "a\x85b"])
def test_a_character_that_no_file_can_hold(ours: Path, tmp_path: Path, name: str) -> None:
    before = content(ours)
    done = latchkey("compose", wanted(tmp_path / "x.toml", name), "--into", ours)
    assert done.returncode == 1
    two_lines(done)
    assert content(ours) == before


# Folders that can't be worked with -----------------------------------------------------------------------------------

POLICY = (
    '<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0" '
    'TenantId="contoso.onmicrosoft.com" PolicyId="B2C_1A_{id}" PublicPolicyUri="http://x/{id}">{base}</TrustFrameworkPolicy>'
)


def policy(folder: Path, file: str, id_: str, base: str = "") -> None:
    below = (
        f"<BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_{base}</PolicyId></BasePolicy>"
        if base
        else ""
    )
    (folder / file).write_text(POLICY.format(id=id_, base=below), encoding="utf-8")


def bad_xml(folder: Path) -> None:
    (folder / "bad.xml").write_text("<TrustFrameworkPolicy>", encoding="utf-8")


def circle(folder: Path) -> None:
    for one, other in ("XY", "YZ", "ZX"):
        policy(folder, f"{one}.xml", one, other)


def eleven_levels(folder: Path) -> None:
    for level in range(1, 12):
        policy(folder, f"level{level:02}.xml", f"Level{level}", f"Level{level - 1}" if level > 1 else "")


def twin(folder: Path) -> None:
    shutil.copy(folder / EXTENSIONS, folder / "copy of extensions.xml")


def no_base(folder: Path) -> None:
    (folder / "TrustFrameworkBase.xml").unlink()


def no_extensions(folder: Path) -> None:
    (folder / EXTENSIONS).unlink()


@pytest.mark.parametrize("spoil", [bad_xml, circle, eleven_levels, twin, no_base, no_extensions])
def test_one_clear_line_and_nothing_written(ours: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(ours)
    before, stamp = content(ours), dates(ours)
    for words in (
        ["compose", wanted(tmp_path / "x.toml", "New"), "--into", ours],
        ["import", ours, "-o", tmp_path / "o"],
    ):
        done = latchkey(*words)
        assert (done.returncode, done.stdout) == (1, "")
        two_lines(done)
    assert (content(ours), dates(ours)) == (before, stamp)
    assert not (tmp_path / "o").exists()
    shown = latchkey("show", ours)
    assert "Traceback" not in shown.stderr
    assert "B2C_1A_signup_signin" in shown.stdout  # the rest is shown all the same


AS_NOBODY = """
import os, sys
from latchkey.__main__ import main
folder, *words = sys.argv[1:]
main([*words, "--dry-run"])     # loads all it needs, while it may
sys.stdout.flush(); sys.stderr.flush()
print("----", file=sys.stderr)
for name in os.environ.get("LOCKED", "").split():
    os.chmod(os.path.join(folder, name), int(os.environ["MODE"], 8))
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
sys.exit(main(words))
"""


@pytest.fixture
def shared(ours: Path) -> Iterator[tuple[Path, Path]]:
    """The policies and a draft in a place that nobody's own processes may use too."""
    place = Path(tempfile.mkdtemp(prefix="latchkey-into-"))
    folder, draft = place / "policies", wanted(place / "x.toml", "New")
    shutil.copytree(ours, folder)
    (place / "state").mkdir()
    if os.name != "nt" and os.geteuid() == 0:
        for path in (place, place / "state", folder, draft, *folder.iterdir()):
            os.chown(path, 65534, 65534)
            path.chmod(0o755 if path.is_dir() else 0o644)
    yield folder, draft
    folder.chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize(
    ("locked", "mode", "named"),
    [
        (EXTENSIONS, "000", EXTENSIONS),
        ("PasswordReset.xml", "000", "PasswordReset.xml"),
        (EXTENSIONS, "444", EXTENSIONS),
        (".", "555", "policies"),
        (".", "000", "policies"),
    ],
)
def test_without_the_rights_nothing_is_written(shared: tuple[Path, Path], locked: str, mode: str, named: str) -> None:
    folder, draft = shared
    before = content(folder)
    state = str(folder.parent / "state")
    done = python(
        "-c", AS_NOBODY, folder, "compose", draft, "--into", folder, LOCKED=locked, MODE=mode, XDG_STATE_HOME=state
    )
    told = done.stderr.partition("----\n")[2].splitlines()
    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 2), done.stderr
    assert len(told) == 2, done.stderr
    assert named in told[0]
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
    assert content(folder) == before
    assert list((folder.parent / "state").rglob("*.json")) == []


# Stopped half-way ----------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from latchkey.__main__ import main
stop, *words = sys.argv[1:]
left, real = int(stop), os.replace
def replace(path, name):
    global left
    if str(path).endswith(".new") and str(name).endswith(".xml"):
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
    return real(path, name)
os.replace = replace
sys.exit(main(words))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@pytest.mark.parametrize("stop", [0, 1, 3])
def test_killed_between_keeping_and_writing(reference: Path, tmp_path: Path, stop: int) -> None:
    folder = make(tmp_path / "policies", reference / "corpus" / "starterpack" / PACKS[0])
    before = content(folder)
    draft = tmp_path / "x.toml"
    draft.write_text(
        'format = 1\n[tenant]\nname = "contoso"\n[policies]\nkind = "custom"\n[[providers]]\ntype = "facebook"\n'
        '[[providers]]\ntype = "wechat"\nclient_id = "wx0123456789abcdef"\n',
        encoding="utf-8",
    )
    done = python("-c", KILLED, stop, "compose", draft, "--into", folder)
    assert done.returncode == -9
    files = {path.name: path.read_bytes() for path in folder.glob("*.xml")}
    shutil.rmtree(tmp_path / "whole", ignore_errors=True)
    whole = make(tmp_path / "whole", reference / "corpus" / "starterpack" / PACKS[0])
    assert latchkey("compose", draft, "--into", whole).returncode == 0
    after = content(whole)
    assert sum(files[name] != before[name] for name in files) == stop
    assert all(data in (before[name], after[name]) for name, data in files.items())
    done = latchkey("undo", folder)
    assert done.returncode == 1, done.stderr  # the start itself has put everything back; nothing is left to undo
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in folder.glob("*.xml")} == before
    assert latchkey("compose", draft, "--into", folder).returncode == 0
    assert {path.name: path.read_bytes() for path in folder.glob("*.xml")} == after


def test_two_at_a_time_leave_one_or_the_other(ours: Path, tmp_path: Path) -> None:
    drafts = [wanted(tmp_path / f"{number}.toml", f"Name {number}") for number in range(2)]
    import sys

    running = [
        subprocess.Popen(
            [sys.executable, "-m", "latchkey", "compose", str(draft), "--into", str(ours)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for draft in drafts
    ]  # fmt: skip
    results = [process.communicate()[1] for process in running]
    assert all(b"Traceback" not in err for err in results)
    assert any(process.returncode == 0 for process in running)
    assert latchkey("check", ours).returncode == 0
    assert buttons(ours)[0] in ("Name 0", "Name 1")
