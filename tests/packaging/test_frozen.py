"""The frozen program, made here: whole, and doing what the checkout does, with no Python of this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from helpers.checkout import ROOT

BUNDLE = ROOT / "build" / "bundle" / "latchkey"
SOURCES = ("app", "resources", "templates", "packaging/latchkey.spec", "packaging/frozen", "requirements-bundle.txt")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the build server makes it on other systems"),
]


def newest() -> float:
    """When anything that goes into it was last changed."""
    paths = [
        path for name in SOURCES for path in ((ROOT / name).rglob("*") if (ROOT / name).is_dir() else [ROOT / name])
    ]
    return max(path.stat().st_mtime for path in paths if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo")  # fmt: skip


def why_not() -> str:
    """What is missing here for making it."""
    if shutil.which("objdump") is None:
        return "objdump is missing (binutils)"
    needed = "import ctypes, ensurepip, sysconfig, venv; ctypes.CDLL(sysconfig.get_config_var('INSTSONAME'))"
    done = subprocess.run(["/usr/bin/python3", "-c", needed], capture_output=True, check=False)
    return "" if done.returncode == 0 else "the system's Python lacks python3-venv or libpython3"


@pytest.fixture
def program() -> Path:
    """The start program; made now, unless nothing has changed since it was."""
    start = BUNDLE / "latchkey"
    if start.is_file() and (BUNDLE / "sbom.cdx.json").is_file() and start.stat().st_ctime > newest():
        return start
    if why_not():
        pytest.skip(f"no frozen program here: {why_not()}")
    done = subprocess.run([ROOT / "packaging" / "bundle.sh"], capture_output=True, text=True, timeout=380, check=False)
    if "pip could not" in done.stderr:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return start


def test_it_is_whole_and_does_what_the_checkout_does(program: Path, tmp_path: Path) -> None:
    """One test for all of it, since making it takes half a minute and tests may run on several workers."""
    environ = {"PATH": "", "HOME": str(tmp_path), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}

    def run(*words: object) -> str:
        command = [str(word) for word in (program, *words)]
        done = subprocess.run(
            command, env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    report = json.loads(run("--self-check", "--json"))
    assert report["packed"]
    assert report["fine"], report["checks"]
    assert {"modules", "keyring", "qt", "icons", "wizard"} <= {check["name"] for check in report["checks"]}

    example = ROOT / "resources" / "examples" / "contoso.latchkey.toml"
    run("compose", example, "--out", tmp_path / "frozen")
    own = [sys.executable, "-m", "latchkey", "compose", str(example), "--out", str(tmp_path / "own")]
    subprocess.run(own, env={**os.environ, "HOME": str(tmp_path)}, check=True, capture_output=True)
    frozen, ours = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("frozen", "own")
    )
    assert len(frozen) == 6
    assert frozen == ours
    assert "简体中文" in run("--self-check", "--language", "zh_CN")

    told = {path.parent.name.partition("-")[0].casefold() for path in BUNDLE.glob("_internal/*.dist-info/METADATA")}
    assert {"latchkey_wizard", "pyside6_essentials", "jinja2", "keyring"} < told, "Help, About tells what is inside"

    text = (BUNDLE / "sbom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    names = {part["name"] for part in json.loads(text)["components"]}
    assert {"Qt", "Python", "ICU", "keyring", "Jinja2", "pyinstaller"} < names
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (BUNDLE / "licences.txt").read_text(encoding="utf-8")
