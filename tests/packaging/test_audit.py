"""`make audit` tells what a database of advisories knows of the lock, and says so when it can't tell."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from helpers.checkout import ROOT

SCRIPT = ROOT / "packaging" / "audit.py"
LOCK = "alpha==1.4.2 ; python_version < '3.12' \\\n    --hash=sha256:00\nBeta.Two==2.0rc1 \\\n    --hash=sha256:00\n"


def run(*arguments: object, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True, check=False, env=environ or {}
    )


@pytest.fixture
def audit(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    import audit

    return audit


@pytest.fixture
def checkout(tmp_path):
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(LOCK, encoding="utf-8")
    return tmp_path


def record(name: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, "versions": more.pop("versions", [])}
    return {"id": "X-1", "summary": "Bad things", "affected": [affected], **more}


def known(audit, checkout, *found: dict[str, Any]) -> list[str]:
    return [f"{one.pin.name} {one.id} {','.join(one.fixed)}" for one in audit.weaknesses(audit.pins(checkout), found)]


def test_versions_inside_a_range_are_told(audit, checkout):
    assert known(audit, checkout, record("Alpha", {"introduced": "0"}, {"fixed": "1.5"})) == ["alpha X-1 1.5"]
    assert known(audit, checkout, record("alpha", {"introduced": "1.4.2"}, {"last_affected": "1.4.2"})) == [
        "alpha X-1 "
    ]
    assert known(audit, checkout, record("beta_two", {"introduced": "2.0a1"}, {"fixed": "2.0"})) == ["beta-two X-1 2.0"]
    assert known(audit, checkout, record("alpha", versions=["1.4.2.0"])) == ["alpha X-1 "]
    again = [{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.4"}, {"fixed": "1.6"}]
    assert known(audit, checkout, record("alpha", *again)) == ["alpha X-1 1.0,1.6"]


def test_others_are_not(audit, checkout):
    assert not known(audit, checkout, record("alpha", {"introduced": "0"}, {"fixed": "1.4.2"}))
    assert not known(audit, checkout, record("alpha", {"introduced": "1.5"}))
    assert not known(audit, checkout, record("alpha", {"introduced": "0"}, {"last_affected": "1.4.1"}))
    assert not known(audit, checkout, record("gamma", {"introduced": "0"}))
    assert not known(audit, checkout, record("alpha", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"))
    elsewhere = record("alpha", {"introduced": "0"})
    elsewhere["affected"][0]["package"]["ecosystem"] = "npm"
    assert not known(audit, checkout, elsewhere)


def test_the_command_reads_a_zip_and_ends_by_what_it_found(tmp_path: Path):
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    version = lock.split("\njinja2==", 1)[1].split(" ", 1)[0]
    database = tmp_path / "all.zip"
    with zipfile.ZipFile(database, "w") as archive:
        archive.writestr("X-1.json", json.dumps(record("jinja2", versions=[version])))
    found = run(database)
    assert found.returncode == 1
    assert f"jinja2 {version} [requirements.txt]: X-1: Bad things; no version mends it yet" in found.stdout
    with zipfile.ZipFile(database, "w") as archive:
        archive.writestr("X-1.json", json.dumps(record("jinja2", versions=["0.1"])))
    clean = run("--json", environ={"LATCHKEY_ADVISORIES": str(database)})
    assert (clean.returncode, json.loads(clean.stdout)["weaknesses"]) == (0, [])


@pytest.mark.parametrize("content", [None, b"no zip", {}, {"X.json": "{"}])
def test_it_says_when_it_cannot_tell(tmp_path: Path, content):
    database = tmp_path / "all.zip"
    if isinstance(content, bytes):
        database.write_bytes(content)
    elif content is not None:
        with zipfile.ZipFile(database, "w") as archive:
            for name, text in content.items():
                archive.writestr(name, text)
    for found in (run(database), run()):
        assert found.returncode == 2
        assert found.stderr
        assert "Traceback" not in found.stderr
