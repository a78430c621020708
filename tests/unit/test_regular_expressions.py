"""No pattern takes long, whatever it is held against: what is looked through may be a stranger's."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from typing import Any

import pytest

import latchkey

LENGTH = 12_000
UNITS = (
    "a", "0", "A", " ", "\n", "\t", "<", ">", '"', "'", "-", ".", "/", "@", "{", "}", "[", "]", "(", ":", "=", "#", "&", "\\", "_", "*",
    "`", "a ", "a.", ".a", "a-", "-a", "<a", "<!--", "{{", "{a}", "[a](", "a=", "/a", '"a', "a,", ",a", "0-", "0.", "tid=", "'''", '"""',
    '\\"', "a@", "yourtenant", "B2C_1A_",
)  # fmt: skip
# What only the program's own files are held against.
OURS = ("latchkey.guide.written",)


def patterns() -> dict[str, tuple[re.Pattern[Any], bool]]:
    """All patterns that modules without a window hold, by name; whether they are looked for anywhere in a text."""
    found = {}
    for module in pkgutil.walk_packages(latchkey.__path__, "latchkey."):
        if module.name.endswith("__main__") or ".gui." in module.name or module.name in OURS:
            continue
        loaded = importlib.import_module(module.name)
        source = inspect.getsource(loaded)
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                anywhere = re.search(rf"\b{name}\.(search|sub|subn|split|finditer|findall)\b", source) is not None
                found[f"{module.name}.{name}"] = value, anywhere
    return found


FOUND = patterns()


@pytest.mark.parametrize("name", FOUND)
def test_a_pattern_is_quick(name: str) -> None:
    pattern, anywhere = FOUND[name]
    for unit in UNITS:
        text: Any = (unit * (LENGTH // len(unit) + 1))[:LENGTH] + "\0"
        text = text.encode() if isinstance(pattern.pattern, bytes) else text
        start = time.process_time()
        pattern.fullmatch(text)
        if anywhere:
            pattern.sub(pattern.pattern[:0], text)
        assert time.process_time() - start < 0.5, unit
