"""`latchkey check`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from helpers.command import Command
from helpers.policy_files import policy


def put(folder: Path, *ids: str, base: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for one in ids:
        file = policy(one, base=base)
        (folder / file.file).write_bytes(file.data)
    return folder


def test_a_set_that_is_right(latchkey: Command, composed: Path) -> None:
    done = latchkey("check", composed)
    assert done == (0, "6 policies checked, nothing wrong.\n", "")
    document = latchkey("check", composed, "--json").json
    assert document["findings"] == []
    by_id = {one["id"]: one for one in document["policies"]}
    assert by_id["B2C_1A_TrustFrameworkBase"]["base"] is None
    assert by_id["B2C_1A_signup_signin"] == {
        "id": "B2C_1A_signup_signin",
        "file": f"{composed}/SignUpOrSignin.xml",
        "base": "B2C_1A_TrustFrameworkExtensions",
    }


def test_findings_have_the_contract_s_shape(latchkey: Command, composed: Path) -> None:
    (composed / "TrustFrameworkLocalization.xml").unlink()
    done = latchkey("check", composed, "--json")
    assert done.status == 1
    (finding,) = [one for one in done.json["findings"] if one["rule"] == "base-exists"]
    assert set(finding) == {"rule", "level", "file", "line", "column", "policy", "message", "hint"}
    assert finding["level"] == "error"
    assert finding["file"] == f"{composed}/TrustFrameworkExtensions.xml"
    assert finding["policy"] == "B2C_1A_TrustFrameworkExtensions"
    assert finding["line"] > 0
    text = latchkey("check", composed)
    assert text.status == 1
    assert "base-exists" in text.out
    assert f"line {finding['line']}: error" in text.out
    assert text.out.splitlines()[-1].startswith("5 policies checked: ")


@pytest.mark.parametrize("given", ["set", "./set", "set/"])
def test_the_path_comes_back_as_it_was_given(
    latchkey: Command, composed: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(composed.parent)
    files = [one["file"] for one in latchkey("check", given, "--json").json["policies"]]
    assert f"{given.rstrip('/')}/ProfileEdit.xml" in files


@pytest.mark.parametrize("given", ["SignUpOrSignin.xml", "./SignUpOrSignin.xml", "../set/SignUpOrSignin.xml"])
def test_a_file_is_checked_together_with_its_folder(
    latchkey: Command, composed: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(composed)
    done = latchkey("check", given, "--json")
    assert (done.status, done.json["findings"]) == (0, [])
    files = [one["file"] for one in done.json["policies"]]
    assert given in files
    beside = given.replace("SignUpOrSignin.xml", "TrustFrameworkBase.xml")
    assert beside in files
    assert "ProfileEdit.xml" not in "".join(files)


def test_a_file_has_its_own_findings_and_those_of_its_bases(latchkey: Command, composed: Path) -> None:
    for name in ("ProfileEdit.xml", "TrustFrameworkExtensions.xml"):
        file = composed / name
        file.write_bytes(file.read_bytes().replace(b'PolicySchemaVersion="0.3.0.0"', b'PolicySchemaVersion="9"'))
    found = latchkey("check", composed / "SignUpOrSignin.xml", "--json").json["findings"]
    assert {Path(one["file"]).name for one in found} == {"TrustFrameworkExtensions.xml"}


def test_each_folder_is_a_set_of_its_own(latchkey: Command, tmp_path: Path) -> None:
    one, two = put(tmp_path / "one", "B2C_1A_Base"), put(tmp_path / "two", "B2C_1A_Leaf", base="B2C_1A_Base")
    done = latchkey("check", one, two, "--json")
    assert [item["rule"] for item in done.json["findings"] if item["level"] == "error"] == ["base-exists"]
    assert len(done.json["policies"]) == 2


def test_subfolders_only_when_asked(latchkey: Command, composed: Path) -> None:
    put(composed / "below" / "deeper", "B2C_1A_Leaf", base="B2C_1A_Nothing")
    assert latchkey("check", composed).status == 0
    done = latchkey("check", composed, "--recursive", "--json")
    assert done.status == 1
    assert {one["rule"] for one in done.json["findings"]} == {"base-exists"}
    assert len(done.json["policies"]) == 7


@pytest.mark.parametrize("switches", [[], ["--recursive"]])
def test_a_folder_without_policies_is_refused(latchkey: Command, tmp_path: Path, switches: list[str]) -> None:
    done = latchkey("check", tmp_path, *switches)
    assert done.status == 1
    assert "no policy files" in done.told[0]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"Dear diary,", "xml-well-formed"),
        (b"", "xml-well-formed"),
        (b"<a/>", "xml-namespace"),
        (b'<!DOCTYPE a [<!ENTITY b "bbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;&c;</a>', "xml-no-dtd"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "xml-encoding"),
        (b"\xff\xfe\x00", "xml-encoding"),
    ],
)
def test_what_is_no_policy_is_a_finding(latchkey: Command, tmp_path: Path, data: bytes, rule: str) -> None:
    file = tmp_path / "x.xml"
    file.write_bytes(data)
    for path in (file, tmp_path):
        done = latchkey("check", path, "--json")
        assert done.status == 1
        assert [(one["rule"], one["file"]) for one in done.json["findings"]] == [(rule, str(file))]


def test_a_huge_file_is_a_finding(latchkey: Command, tmp_path: Path) -> None:
    with (tmp_path / "x.xml").open("wb") as file:
        file.truncate(50_000_000)
    assert [one["rule"] for one in latchkey("check", tmp_path, "--json").json["findings"]] == ["file-size"]


def test_one_bad_file_does_not_hide_the_others(latchkey: Command, composed: Path) -> None:
    (composed / "bad.xml").write_text("<")
    document = latchkey("check", composed, "--json").json
    assert len(document["policies"]) == 6
    assert {Path(one["file"]).name for one in document["findings"]} == {"bad.xml"}


@pytest.mark.parametrize("name", ["missing", "missing/x.xml", "x" * 300, "a\0b"])
def test_a_path_that_cannot_be_read(latchkey: Command, tmp_path: Path, name: str) -> None:
    done = latchkey("check", f"{tmp_path}/{name}")
    assert (done.status, done.out) == (2, "")
    assert done.told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(latchkey: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.xml")
    assert latchkey("check", tmp_path / "x.xml").status == 2
    assert latchkey("check", tmp_path).status == 1


def test_names_from_files_can_not_command_the_terminal(latchkey: Command, tmp_path: Path) -> None:
    file = policy("B2C_1A_X\u202eevil", base="B2C_1A_\u009b31mNothing")
    (tmp_path / "a\x1b[2J.xml").write_bytes(file.data)
    done = latchkey("check", tmp_path)
    assert not any(character in done.out for character in "\x1b\x9b\u202e")
    assert "\ufffd" in done.out
    assert all(ord(character) >= 32 or character == "\n" for character in latchkey("check", tmp_path, "--json").out)


def test_the_starter_packs_have_no_errors_but_the_placeholders(
    latchkey: Command, reference: Path, tmp_path: Path
) -> None:
    packs = [path.parent for path in sorted((reference / "corpus/starterpack").glob("*/TrustFrameworkBase.xml"))]
    assert len(packs) == 4
    for pack in packs:
        shutil.copytree(pack, tmp_path / pack.name)
    found = latchkey("check", tmp_path, "--recursive", "--json").json["findings"]
    assert {one["rule"] for one in found if one["level"] == "error"} == {"placeholder-left"}
