"""The wheel holds the program and its data, nothing else, and starts where nothing else of ours is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpers.checkout import clone, environment

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """The wheel is built from a clone, so that what git does not know can't be in it by chance."""
    return clone(tmp_path_factory.mktemp("source") / "latchkey")


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    """Built without a network: what building needs is in our environment."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-index", "--no-build-isolation"]
    done = subprocess.run([*command, "-w", target, source], capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of scripts of a new environment with the wheel in it."""
    python = environment(tmp_path_factory.mktemp("installed") / "venv")
    command = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return python.parent


def run(scripts: Path, tmp_path: Path, *words: str) -> str:
    """What the installed command prints, with a foreign `app` package in front of everything."""
    foreign = tmp_path / "foreign" / "app"
    foreign.mkdir(parents=True)
    (foreign / "__init__.py").write_text("raise SystemExit('the foreign app was imported')\n", encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(foreign.parent)}
    command = [scripts / "latchkey", *words]
    done = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_holds_exactly_the_modules_and_the_data(source, wheel):
    def under(folder: str, prefix: str) -> set[str]:
        files = [path for path in (source / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        return {f"{prefix}/{path.relative_to(source / folder).as_posix()}" for path in files}

    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    data = under("resources", "latchkey/_data/resources") | under("templates", "latchkey/_data/templates")
    translated = {name.removesuffix(".po") + ".mo" for name in data if name.endswith(".po")}
    assert inside == under("app/latchkey", "latchkey") | data | translated
    assert any(name.endswith(".toml") for name in data)
    assert any(name.endswith(".j2") for name in data)


def test_its_name_and_command(wheel):
    assert wheel.name.startswith("latchkey_wizard-")
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        (points,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "latchkey = latchkey.__main__:main" in archive.read(points).decode()


def test_it_starts_beside_a_foreign_app_package(installed, tmp_path):
    from latchkey import __version__

    assert __version__ in run(installed, tmp_path, "--version")


def test_it_finds_its_data(installed, tmp_path, root):
    providers = json.loads(run(installed, tmp_path, "providers", "--json"))["providers"]
    here = {path.stem for path in (root / "resources" / "providers").glob("*.toml")}
    assert {provider["type"] for provider in providers} == here


def test_it_composes_the_example(installed, tmp_path, root):
    example = root / "resources" / "examples" / "contoso.latchkey.toml"
    run(installed, tmp_path, "compose", str(example), "--out", str(tmp_path / "out"))
    assert len(list((tmp_path / "out").glob("*.xml"))) == 6
