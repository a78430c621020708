"""The house stands as ARCHITECTURE.md draws it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from helpers.checkout import ROOT

QT = ("PySide6", "shiboken6", "qtpy", "qtawesome", "pytestqt")


def imported(file: Path) -> set[str]:
    """The first name of everything that a file imports, late imports too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_the_floors_hold(monkeypatch, capfd):
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True)
    assert status == 0, capfd.readouterr().out


def test_unit_tests_need_no_qt():
    files = list((ROOT / "tests" / "unit").rglob("*.py"))
    guilty = [
        str(file.relative_to(ROOT))
        for file in files
        if any(name.split(".")[0] in QT or f"{name}.".startswith("latchkey.gui.") for name in imported(file))
    ]
    assert files
    assert guilty == []


@pytest.mark.parametrize(
    "file", sorted((ROOT / "app").rglob("*.py")), ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_every_module_says_what_it_is_for(file):
    tree = ast.parse(file.read_bytes())
    assert ast.get_docstring(tree), "a module starts with what it is for"
    assert not tree.body[1:] or any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body
    ), "from __future__ import annotations is missing"
