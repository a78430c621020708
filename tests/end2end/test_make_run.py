"""`make run` in a fresh clone, where there is no display."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers.checkout import clone, environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed"),
]


def digest(folder: Path) -> dict[str, str]:
    """What a folder holds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def make_run(checkout: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it as a person would, with no display unless `more` names one. System packages are never installed by a test."""
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "MAKEFLAGS", "MAKELEVEL", "LATCHKEY_REFERENCE")
    environ = {name: value for name, value in os.environ.items() if name not in unwanted}
    (checkout / "no-apt").mkdir(exist_ok=True)
    refusing = checkout / "no-apt" / "apt-get"
    refusing.write_text("#!/bin/sh\necho 'a test installs no system packages' >&2\nexit 1\n", encoding="utf-8")
    refusing.chmod(0o755)
    environ["PATH"] = f"{refusing.parent}{os.pathsep}{environ['PATH']}"
    return subprocess.run(
        ["make", "run"], cwd=checkout, env={**environ, **more}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A fresh clone. Its .venv finds the dependencies that these tests run with, so that none is fetched again."""
    folder = clone(tmp_path_factory.mktemp("clone") / "latchkey")
    environment(folder / ".venv", pip=True)
    return folder


def test_it_composes_the_example_and_can_be_run_again(checkout):
    before = digest(checkout / "resources")
    first = make_run(checkout)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "no display" in first.stdout
    assert "make run" in first.stdout
    assert (checkout / ".venv" / "bin" / "latchkey").is_file()
    written = digest(checkout / "out")
    policies = [name for name in written if name.endswith(".xml")]
    assert len(policies) == 6
    assert all(name in first.stdout for name in policies)
    translations = list((checkout / "resources" / "locale").glob("*/LC_MESSAGES/*.po"))
    assert translations
    assert all(po.with_suffix(".mo").is_file() for po in translations)  # the wizard speaks Chinese on a new machine
    for po in translations:  # ... and in a checkout that was set up before there was a translation
        po.with_suffix(".mo").unlink()

    second = make_run(checkout)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "set-up" not in second.stdout
    assert all(po.with_suffix(".mo").is_file() for po in translations)
    assert digest(checkout / "out") == written
    assert {name: value for name, value in digest(checkout / "resources").items() if name in before} == before


def test_with_a_display_it_opens_the_wizard_on_a_copy(checkout, tmp_path):
    """The command is made up here: the wizard itself is opened by other tests. What counts is what it is told to open."""
    make_run(checkout)
    command = checkout / ".venv" / "bin" / "latchkey"
    real = command.read_bytes()
    command.write_text(f'#!/bin/sh\necho "$@" >"{tmp_path}/asked"\n', encoding="utf-8")
    copy = checkout / "out" / "contoso.latchkey.toml"
    try:
        for display in ("DISPLAY", "WAYLAND_DISPLAY"):
            done = make_run(checkout, **{display: ":99"})
            assert done.returncode == 0, done.stdout + done.stderr
            assert (tmp_path / "asked").read_text(encoding="utf-8") == "out/contoso.latchkey.toml\n"
        assert copy.read_bytes() == (checkout / "resources/examples/contoso.latchkey.toml").read_bytes()
        copy.write_text("# changed by a person\n", encoding="utf-8")
        make_run(checkout, DISPLAY=":99")
        assert copy.read_text(encoding="utf-8") == "# changed by a person\n"
    finally:
        command.write_bytes(real)
