"""The build server's workflows: valid, pinned, with few rights, and calling what is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from helpers.checkout import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def workflow(request: pytest.FixtureRequest) -> Path:
    """One of them."""
    return request.param


def read(path: Path) -> dict[str, Any]:
    """The workflow as data."""
    return YAML(typ="safe").load(path)


def steps(path: Path) -> list[dict[str, Any]]:
    """All steps of all jobs."""
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def test_githubs_schema_accepts_it(workflow: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actions_are_pinned_by_commit_and_say_which_version_that_is(workflow: Path) -> None:
    lines = re.findall(r"uses: *(.*)", workflow.read_text(encoding="utf-8"))
    assert lines
    for line in lines:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_one_action_has_one_version(request: pytest.FixtureRequest) -> None:
    used = {line for path in WORKFLOWS for line in re.findall(r"uses: *(\S+)", path.read_text(encoding="utf-8"))}
    assert len(used) == len({name.partition("@")[0] for name in used})


def test_rights_are_few(workflow: Path) -> None:
    found = read(workflow)
    assert found["permissions"] == {"contents": "read"}
    more = {name: job["permissions"] for name, job in found["jobs"].items() if "permissions" in job}
    assert more == ({"attach": {"contents": "write"}} if workflow.stem == "release" else {})
    assert all("timeout-minutes" in job for job in found["jobs"].values())


def test_what_a_stranger_names_is_in_no_command(workflow: Path) -> None:
    """Titles and branch names put into a command line would be run: they come by variables only."""
    assert not [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")]


def test_files_and_targets_that_are_called_are_there(workflow: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = "\n".join(step.get("run", "") for step in steps(workflow))
    called = {word for line in re.findall(r"^make (.*)$", commands, re.MULTILINE) for word in re.findall(r"^[a-z-]+(?: [a-z-]+)*", line)}  # fmt: skip
    assert {target for words in called for target in words.split()} <= targets
    for file in re.findall(r"(?:packaging|resources|\.ci)[/\\][\w./\\-]+", commands):
        assert (ROOT / file.replace("\\", "/")).exists(), file


def test_a_release_is_attached_only_when_all_is_made_and_only_from_a_tag() -> None:
    jobs = read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    assert set(jobs["attach"]["needs"]) == {"debian", "windows", "macos"}
    assert jobs["attach"]["if"] == "github.ref_type == 'tag'"
    assert "--draft" in jobs["attach"]["steps"][-1]["run"]
