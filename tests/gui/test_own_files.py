"""A provider's file of the person's own that can't be used: told in the window, and no harm beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def test_a_file_that_can_not_be_used_is_in_the_list_and_leads_to_the_gallery(
    make_wizard: Callable[..., Any],
    settled: Callable[[Any], None],
    tmp_path: Path,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = tmp_path / "providers"
    own.mkdir()
    (own / "acme.toml").write_text("type = 1", "utf-8")
    monkeypatch.setattr("latchkey.catalogue.loader.own_folder", lambda: own)
    draft = tmp_path / "contoso.latchkey.toml"
    draft.write_bytes((root / "resources/examples/contoso.latchkey.toml").read_bytes())
    wizard = make_wizard(draft)
    settled(wizard)
    content = wizard.window.content
    (finding,) = content.findings()
    assert "acme.toml" in finding.message
    assert "1 thing needs attention" in wizard.window.bottom.attention.text()
    content.go_to(finding)
    assert wizard.session.step == "buttons"
    assert wizard.session.composed.writable
