"""`latchkey compose`."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.command import EXAMPLES, Command

SIX = {
    "TrustFrameworkBase.xml",
    "TrustFrameworkLocalization.xml",
    "TrustFrameworkExtensions.xml",
    "SignUpOrSignin.xml",
    "ProfileEdit.xml",
    "PasswordReset.xml",
}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_it_writes_the_set_and_says_so(latchkey: Command, contoso: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "set"
    done = latchkey("compose", contoso, "--out", out)
    assert (done.status, done.err) == (0, "")
    assert names(out) == SIX
    assert all(name in done.out for name in SIX)
    assert "Wrote 6 files" in done.out


def test_json(latchkey: Command, contoso: Path, tmp_path: Path) -> None:
    out = tmp_path / "set"
    first = latchkey("compose", contoso, "--out", out, "--json").json
    assert {Path(file).name for file in first["written"]} == SIX
    assert all(Path(file).is_file() for file in first["written"])
    assert (first["unchanged"], [one for one in first["findings"] if one["level"] == "error"]) == ([], [])
    second = latchkey("compose", contoso, "--out", out, "--json").json
    assert second["written"] == []
    assert second["unchanged"] == first["written"]


def test_the_same_draft_gives_the_same_bytes(latchkey: Command, contoso: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        latchkey("compose", contoso, "--out", tmp_path / folder)
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in SIX)


@pytest.mark.parametrize("switch", ["--dry-run", "--diff"])
def test_looking_writes_nothing(latchkey: Command, contoso: Path, tmp_path: Path, switch: str) -> None:
    out = tmp_path / "set"
    done = latchkey("compose", contoso, "--out", out, switch)
    assert done.status == 0
    assert not out.exists()
    assert "SignUpOrSignin.xml" in done.out
    document = latchkey("compose", contoso, "--out", out, switch, "--json").json
    assert len(document["written"]) == 6
    assert not out.exists()


def test_the_diff_shows_what_would_change(latchkey: Command, contoso: Path, composed: Path, tmp_path: Path) -> None:
    assert latchkey("compose", contoso, "--out", composed, "--diff").out == ""
    changed = tmp_path / "x.latchkey.toml"
    changed.write_text(contoso.read_text(encoding="utf-8").replace("Contoso employees", "Staff 员工"), encoding="utf-8")
    before = {path: path.read_bytes() for path in composed.iterdir()}
    diff = latchkey("compose", changed, "--out", composed, "--diff").out
    assert diff.startswith("--- ")
    assert "@@" in diff
    assert any(line.startswith("+") and "Staff 员工" in line for line in diff.splitlines())
    assert any(line.startswith("-") and "Contoso employees" in line for line in diff.splitlines())
    assert {path: path.read_bytes() for path in composed.iterdir()} == before


def test_one_error_is_two_lines_with_the_key(latchkey: Command, contoso: Path, tmp_path: Path) -> None:
    draft = tmp_path / "x.toml"
    draft.write_text(contoso.read_text(encoding="utf-8").replace('"contoso"', '"con toso"'), encoding="utf-8")
    done = latchkey("compose", draft, "--out", tmp_path / "set")
    assert (done.status, done.out) == (1, "")
    assert f"{draft}: tenant.name: " in done.told[0]
    assert "con toso" in done.told[0]
    assert not (tmp_path / "set").exists()


def test_several_errors_are_listed(latchkey: Command, contoso: Path, tmp_path: Path) -> None:
    draft = tmp_path / "x.toml"
    text = contoso.read_text(encoding="utf-8").replace('"contoso"', '"con toso"').replace('"101000001"', '""')
    draft.write_text(text, encoding="utf-8")
    done = latchkey("compose", draft, "--out", tmp_path / "set")
    assert (done.status, done.out) == (1, "")
    assert "2 things must be put right" in done.err
    assert "tenant.name" in done.err
    assert "providers[1].client_id" in done.err
    document = latchkey("compose", draft, "--out", tmp_path / "set", "--json")
    assert document.status == 1
    assert (document.json["written"], document.json["unchanged"]) == ([], [])
    found = [one for one in document.json["findings"] if one["level"] == "error"]
    assert {one["field"] for one in found} == {"tenant.name", "providers[1].client_id"}
    assert {one["file"] for one in found} == {str(draft)}
    assert not (tmp_path / "set").exists()


def test_a_user_flow_writes_nothing_and_points_to_the_guide(latchkey: Command, tmp_path: Path) -> None:
    draft = tmp_path / "flow.latchkey.toml"
    draft.write_text(
        'format = 1\n[tenant]\nname = "contoso"\n[policies]\nkind = "user-flow"\n'
        '[[providers]]\ntype = "wechat"\nclient_id = "wx0123456789abcdef"\n',
        encoding="utf-8",
    )
    done = latchkey("compose", draft, "--out", tmp_path / "set")
    assert done.status == 1
    assert "guide" in done.told[1]
    assert not (tmp_path / "set").exists()


def test_a_folder_with_other_policies_is_left_alone(latchkey: Command, contoso: Path, composed: Path) -> None:
    changed = composed / "SignUpOrSignin.xml"
    changed.write_bytes(changed.read_bytes().replace(b"PolicyProfile", b"PolicyProfile "))
    before = {path: path.read_bytes() for path in composed.iterdir()}
    done = latchkey("compose", contoso, "--out", composed)
    assert done.status == 1
    assert "SignUpOrSignin.xml" in done.told[0]
    assert "--into" in done.told[1]
    assert {path: path.read_bytes() for path in composed.iterdir()} == before


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.glob("*.latchkey.toml")))
def test_what_is_written_checks_and_shows(latchkey: Command, tmp_path: Path, example: str) -> None:
    assert latchkey("compose", EXAMPLES / example, "--out", tmp_path / "set").status == 0
    checked = latchkey("check", tmp_path / "set", "--json")
    assert (checked.status, checked.json["findings"]) == (0, [])
    assert latchkey("show", tmp_path / "set").status == 0
