"""There is one way to write a file and one way to log, so that both are safe everywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

WRITES = frozenset({"write_text", "write_bytes", "touch", "symlink_to", "hardlink_to"})
OS_WRITES = frozenset({"replace", "rename", "renames", "link", "symlink", "truncate", "makedirs"})
SHUTIL = frozenset({"copy", "copy2", "copyfile", "copytree", "move"})


def sources(root: Path) -> Iterator[Path]:
    yield from sorted((root / "app/latchkey").rglob("*.py"))


def calls(path: Path) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))


def writes(call: ast.Call) -> str:
    """What writes a file past us, as far as that can be seen."""
    function = call.func
    if isinstance(function, ast.Name) and function.id == "open":
        name, arguments = "open", call.args[1:2]
    elif isinstance(function, ast.Attribute):
        name, arguments = function.attr, call.args[:1] if function.attr == "open" else []
        base = function.value.id if isinstance(function.value, ast.Name) else ""
        if (base == "os" and name in OS_WRITES) or (base == "shutil" and name in SHUTIL) or name in WRITES:
            return f"{base}.{name}"
    else:
        return ""
    modes = [one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    modes += [
        str(one.value.value) for one in call.keywords if one.arg == "mode" and isinstance(one.value, ast.Constant)
    ]
    return f"{name}({modes[0]})" if name == "open" and modes and set(modes[0]) & set("wxa+") else ""


def test_everything_is_written_through_files(root: Path) -> None:
    touched = {"touch"}  # fields of pages have a method of that name
    found = [
        f"{path.relative_to(root)}:{call.lineno} {what}"
        for path in sources(root)
        if path.parent.name != "files"
        for call in calls(path)
        if (what := writes(call)) and not (what.split(".")[-1] in touched and "gui" in path.parts)
    ]
    assert found == []


def test_every_logger_is_ours(root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{call.lineno}"
        for path in sources(root)
        if path.name != "log.py"
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "logging"
        and call.func.attr in ("getLogger", "basicConfig", "debug", "info", "warning", "error", "exception")
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    ["p.write_text('x')", "open(p, 'w')", "p.open('xb')", "open(p, mode='a')", "os.replace(a, b)", "shutil.copy(a, b)"],
)
def test_the_look_sees(code: str) -> None:
    (call,) = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    assert writes(call)
