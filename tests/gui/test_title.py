"""The window's title says whose draft it is and whether something is not in its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers.improving import Settled, opened, write
from helpers.small_set import small_set
from latchkey.draft import edits


def test_a_draft_with_a_file_is_called_by_it(contoso: Any, settled: Settled) -> None:
    window = contoso.window
    settled(contoso)
    assert window.windowTitle() == "contoso.latchkey.toml[*] — Latchkey"
    assert not window.isWindowModified()
    contoso.session.do(edits.set_tenant_name("fabrikam"))
    assert window.isWindowModified()
    settled(contoso)
    assert not window.isWindowModified()


def test_a_draft_without_a_file_is_a_new_sign_in_until_it_has_one(
    wizard: Any, settled: Settled, tmp_path: Path
) -> None:
    window = wizard.window
    assert window.windowTitle() == "new sign-in[*] — Latchkey"
    assert not window.isWindowModified()
    wizard.session.do(edits.set_tenant_name("fabrikam"))
    settled(wizard)
    assert window.isWindowModified()
    wizard.keeper.save_as(tmp_path / "mine.latchkey.toml")
    assert window.windowTitle() == "mine.latchkey.toml[*] — Latchkey"
    assert not window.isWindowModified()


def test_policies_are_called_by_their_folder(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    wizard = opened(make_wizard(write(tmp_path / "shop", small_set())), qtbot, settled)
    assert wizard.window.windowTitle() == "policies in shop[*] — Latchkey"
    wizard.window.content.files.new()
    assert wizard.window.windowTitle() == "new sign-in[*] — Latchkey"
