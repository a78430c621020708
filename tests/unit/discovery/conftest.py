"""An authority that only tests trust, and a certificate for servers on this computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import certificates


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> certificates.Certificate:
    """An authority that this computer trusts for the length of a test."""
    folder = tmp_path / "authority"
    folder.mkdir()
    made = certificates.make(folder, "authority", days=365)
    only = folder / "trusted.pem"
    only.write_bytes(made.file.read_bytes().partition(b"-----END EC PRIVATE KEY-----\n")[2])
    monkeypatch.setenv("SSL_CERT_FILE", str(only))
    return made


@pytest.fixture
def certificate(authority: certificates.Certificate, tmp_path: Path) -> Path:
    """The file with certificate and key of a server called localhost."""
    return certificates.make(tmp_path / "authority", "server", authority, days=90).file
