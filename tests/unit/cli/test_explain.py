"""`latchkey explain`, and what `latchkey check` mends and prints for machines."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from helpers.command import Command
from helpers.small_set import EXTENSIONS, PARTY, small_set

TEXT = (
    'Validation failed: 2 validation error(s) found in policy "B2C_1A_EXTENSIONS" of tenant "litware.onmicrosoft.com".Policy "B2C_1A_Extensions" of tenant '
    '"litware.onmicrosoft.com" makes a reference to ClaimType with id "UserId" but neither the policy nor any of its base policies contain such an element.'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small set with three faults: two that have one answer, and one that has not."""
    monkeypatch.setattr("latchkey.paths.state_folder", lambda: tmp_path / "state")
    files = small_set()
    files[EXTENSIONS] = files[EXTENSIONS].replace('"issuerUserId"', '"UserId"', 1).replace(">litware-app<", "><")
    files[PARTY] = files[PARTY].replace('"0.3.0.0"', '"0.3"')
    (tmp_path / "set").mkdir()
    for name, text in files.items():
        (tmp_path / "set" / name).write_bytes(text.encode())
    return tmp_path / "set"


def test_a_rule_is_explained(latchkey: Command) -> None:
    done = latchkey("explain", "element-order")
    assert done.status == 0
    assert "What to do" in done.out
    assert "has invalid child element 'Protocol'" in " ".join(done.out.split())
    document = latchkey("explain", "element-order", "--json").json
    assert set(document) == {"rule", "says", "why", "do", "azure", "links"}
    assert "元素" in latchkey("explain", "element-order", "--language", "zh_CN").out


def test_all_rules_are_listed(latchkey: Command) -> None:
    listed = latchkey("explain", "--json").json["rules"]
    assert len(listed) > 90
    assert latchkey("explain").out.count("\n") > 180


def test_a_rule_that_there_is_not(latchkey: Command) -> None:
    done = latchkey("explain", "element-ordr")
    assert done.status == 1
    assert done.told[1] == "Did you mean “element-order”?"
    assert latchkey("explain", "x").told[1] == "latchkey explain lists all rules."
    assert latchkey("explain", "element-order", "--text", "x").status == 2


def test_a_text_is_explained_and_found_in_the_files(latchkey: Command, folder: Path) -> None:
    done = latchkey("explain", "--text", TEXT)
    assert done.status == 0
    assert done.out.startswith("claim-type-exists\n")
    assert "Azure speaks of 2 faults; the text names 1 that Latchkey knows." in done.out
    done = latchkey("explain", "--text", TEXT, "--set", folder, "--json")
    assert done.status == 1
    (fault,) = done.json["faults"]
    (finding,) = fault["findings"]
    assert (finding["file"], finding["fix"]) == (f"{folder}/{EXTENSIONS}", "Write “issuerUserId” for “UserId”.")
    text = latchkey("explain", "--text", TEXT, "--set", folder).out
    assert f"line {finding['line']}: error  [claim-type-exists]" in text
    assert "check --fix: Write “issuerUserId” for “UserId”." in text


def test_a_text_comes_from_standard_input(latchkey: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("AADB2C90289: We encountered an error"))
    assert latchkey("explain", "--text", "-").out.startswith("provider-refuses\n")


def test_a_text_that_nobody_knows(latchkey: Command) -> None:
    done = latchkey("explain", "--text", "no such thing")
    assert done.status == 1
    assert done.told[0] == "Latchkey does not know this text."


def test_a_fault_that_is_mended_already_is_told_so(latchkey: Command, folder: Path) -> None:
    latchkey("check", "--fix", folder)
    done = latchkey("explain", "--text", TEXT, "--set", folder)
    assert done.status == 0
    assert "This fault is not in these files" in done.out


def test_fix_mends_what_has_one_answer_and_undo_takes_it_back(latchkey: Command, folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    done = latchkey("check", "--fix", folder)
    assert done.status == 1  # a client id is for people to enter
    assert done.out.startswith("Mended 2 things (`latchkey undo` takes them back):\n")
    assert "[client-id-present]" in done.out
    assert "[claim-type-exists]" not in done.out.partition("\n\n")[2]
    after = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {EXTENSIONS, PARTY}
    assert after[PARTY] == small_set()[PARTY].encode()
    again = latchkey("check", "--fix", folder, "--json")
    assert again.json["fixed"] == []
    assert [one["rule"] for one in again.json["findings"]] == ["client-id-present"]
    assert latchkey("undo", folder).status == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_diff_writes_nothing(latchkey: Command, folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    done = latchkey("check", "--fix", "--diff", folder)
    assert "Would mend 2 things:" in done.out
    assert '-  PolicySchemaVersion="0.3"' in done.out
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert '+  PolicySchemaVersion="0.3.0.0"' in latchkey("check", "--fix", "--diff", folder, "--json").json["diff"]


def test_one_file_is_mended_alone(latchkey: Command, folder: Path) -> None:
    latchkey("check", "--fix", folder / EXTENSIONS)
    assert b'"0.3"' in (folder / PARTY).read_bytes()
    assert b'"UserId"' not in (folder / EXTENSIONS).read_bytes()


def test_what_can_not_be_mended_is_said(latchkey: Command, folder: Path) -> None:
    latchkey("check", "--fix", folder)
    assert latchkey("check", "--fix", folder).out.startswith("There is nothing that Latchkey could mend by itself.\n")


def test_a_draft_fills_sample_texts(latchkey: Command, contoso: Path, folder: Path) -> None:
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes().replace(b"litware.onmicrosoft.com", b"yourtenant.onmicrosoft.com"))
    latchkey("check", "--fix", "--draft", contoso, folder)
    assert b'TenantId="contoso.onmicrosoft.com"' in (folder / PARTY).read_bytes()
    assert latchkey("check", "--draft", contoso, folder).status == 2
    assert latchkey("check", "--diff", folder).status == 2


def test_sarif(latchkey: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    done = latchkey("check", "--sarif", "set")
    assert done.status == 1
    (run,) = done.json["runs"]
    assert done.json["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} >= {"client-id-present", "claim-type-exists", "policy-schema-version"}
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        (place,) = result["locations"]
        physical = place["physicalLocation"]
        assert physical["artifactLocation"]["uri"] in (f"set/{EXTENSIONS}", f"set/{PARTY}")
        line = (
            (folder.parent / physical["artifactLocation"]["uri"])
            .read_text()
            .splitlines()[physical["region"]["startLine"] - 1]
        )
        assert line[physical["region"]["startColumn"] - 1] in "<P"
        assert line[: physical["region"]["startColumn"] - 1].strip() == ""
    prints = [result["partialFingerprints"]["latchkey/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    absolute = latchkey("check", "--sarif", folder).json["runs"][0]["results"][0]
    assert absolute["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")
