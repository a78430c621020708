"""Real providers on this computer, started by the tests that read from them."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
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
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("npm is not on this machine: the certified OpenID Connect provider is not tried")
    lock = PEERS / "package-lock.json"
    folder = ROOT / ".venv" / "peers" / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(PEERS / name, folder / name)
            command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
            try:
                done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=90, check=False)
                trouble = (done.stderr or done.stdout)[-300:] if done.returncode else ""
            except subprocess.TimeoutExpired:
                trouble = "it took too long"
            if trouble:
                pytest.skip(f"npm could not fetch the certified OpenID Connect provider: {trouble}")
            (folder / "complete").touch()
    return folder


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
