"""The command line, called in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.command import EXAMPLES, Command, Done
from latchkey.__main__ import main


@pytest.fixture
def latchkey(capsys: pytest.CaptureFixture[str]) -> Command:
    """`latchkey("check", path)`: the exit status and what was printed."""

    def call(*words: object) -> Done:
        capsys.readouterr()
        status = main([str(word) for word in words])
        return Done(status, *capsys.readouterr())

    return call


@pytest.fixture
def contoso() -> Path:
    """The example draft: WeChat, QQ, one OpenID Connect provider."""
    return EXAMPLES / "contoso.latchkey.toml"


@pytest.fixture
def composed(latchkey: Command, contoso: Path, tmp_path: Path) -> Path:
    """The example's policies in a folder."""
    folder = tmp_path / "set"
    done = latchkey("compose", contoso, "--out", folder)
    assert done.status == 0, done.err
    return folder
