"""Real providers on this computer, started by the tests that read from them."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "tests" / "peers"


def node_modules() -> Path:
    """The folder with npm's packages, fetched once for each lock. Skips, saying why, where that can't be."""
    folder, trouble = _fetched()
    if trouble:
        pytest.skip(f"the certified OpenID Connect provider is not tried: {trouble}")
    return folder


@functools.cache
def _fetched() -> tuple[Path, str]:
    """The folder, and what stood against filling it. Asked once in a run: without a network it takes a while."""
    npm = shutil.which("npm")
    lock = PEERS / "package-lock.json"
    folder = ROOT / ".venv" / "peers" / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    if npm is None or shutil.which("node") is None:
        return folder, "npm is not on this machine"
    if folder.exists():
        return folder, ""
    beside = folder.with_name(f"{folder.name}.{os.getpid()}")  # two workers may fetch at once: the first one wins
    beside.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PEERS / name, beside / name)
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--fetch-retries=1", "--fetch-timeout=20000"]
    try:
        done = subprocess.run(
            [npm, "ci", *options], cwd=beside, capture_output=True, text=True, timeout=60, check=False
        )
        trouble = (done.stderr or done.stdout)[-300:] or "npm failed" if done.returncode else ""
    except subprocess.TimeoutExpired:
        trouble = "npm took too long"
    if not trouble:
        with contextlib.suppress(OSError):
            beside.rename(folder)
    shutil.rmtree(beside, ignore_errors=True)
    return folder, trouble


@contextlib.contextmanager
def running(command: list[str], folder: Path | None = None) -> Iterator[str]:
    """A peer for the `with` block; gives its address."""
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = process.stdout.readline().strip()
        assert port.isdigit(), f"the peer did not start: {command}"
        yield f"https://localhost:{port}"
    finally:
        process.stdin.close()
        process.stdout.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def npm_provider(certificate: Path) -> contextlib.AbstractContextManager[str]:
    """npm's oidc-provider, which the OpenID Foundation has certified."""
    return running(["node", str(PEERS / "openid_provider.mjs"), str(certificate)], node_modules())


def pypi_provider(certificate: Path) -> contextlib.AbstractContextManager[str]:
    """PyPI's oidc-provider-mock."""
    return running([sys.executable, str(PEERS / "mock_provider.py"), str(certificate)])


def saml_metadata(certificate: Path, base: str) -> str:
    """What pysaml2 publishes as an identity provider."""
    command = [sys.executable, str(PEERS / "saml_metadata.py"), str(certificate), base]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
