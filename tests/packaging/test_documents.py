"""README and its neighbours say what is there."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from helpers.checkout import ROOT

DOCUMENTS = sorted(ROOT.glob("*.md"))


def latchkey(*words: str) -> str:
    """What the command prints."""
    command = [sys.executable, "-m", "latchkey", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_readme_names_every_command_and_no_other():
    listed = re.findall(r"^    (\w+)(?:\s|$)", latchkey("--help").split("commands:")[1], re.MULTILINE)
    table = re.findall(r"^\| `latchkey (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(listed) > 4
    assert sorted(set(table)) == sorted(listed)  # a command may have a line for each thing that it does


def test_the_options_that_the_readme_names_are_there():
    rows = re.findall(r"^\| `latchkey (\w+)(.*)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    for command, row in rows:
        options = set(re.findall(r"--[a-z-]+", row))
        assert options <= set(re.findall(r"--[a-z-]+", latchkey(command, "--help"))), command


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_lead_somewhere(document):
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)[^)]*\)|src=\"([^\"]+)\"", text)
    targets = {first or second for first, second in links}
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_make_targets_that_are_named_are_there(document):
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)|^make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE))
    assert {first or second for first, second in named} <= targets


def test_every_target_is_explained_and_phony():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):(?!=)", makefile, re.MULTILINE))
    assert set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) == targets
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert set(phony.split()) == targets
