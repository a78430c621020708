"""What tests of the wizard on policies that are there share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QPushButton

from latchkey.draft import edits

Settled = Callable[[Any], None]


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return folder


def data(folder: Path) -> dict[str, bytes]:
    # while something is written, a work folder lies beside
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def page(wizard: Any, step: str) -> Any:
    wizard.session.go(step)
    return wizard.window.content.page


def opened(wizard: Any, qtbot: Any, settled: Settled) -> Any:
    qtbot.waitUntil(lambda: wizard.session.source is not None, timeout=20_000)
    settled(wizard)
    return wizard


def add_wechat(wizard: Any) -> None:
    edit = edits.add_provider("wechat", "WeChat", "p9", 0, client_id="wx0123456789abcdef")
    assert wizard.session.do(edit)


def answer(wizard: Any, says: str, qtbot: Any) -> None:
    """Press a button of the question that is open."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in wizard.window.findChildren(QDialog)))
    dialog = next(one for one in wizard.window.findChildren(QDialog) if one.isVisible())
    next(made for made in dialog.findChildren(QPushButton) if made.text() == says).click()
