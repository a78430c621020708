"""The command as people have it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

QUICK = 20  # seconds: much more than any of these takes, much less than a bomb would


def latchkey(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command; `more` are variables of its environment."""
    return python("-m", "latchkey", *words, **more)


def python(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run this Python."""
    environ = {**os.environ, "LANG": "C.UTF-8", **more}
    environ.pop("PYTHONUTF8", None)
    return subprocess.run(
        [sys.executable, *map(str, words)],
        stdin=subprocess.DEVNULL, capture_output=True, env=environ, timeout=QUICK, check=False,
        encoding="utf-8", errors="backslashreplace",
    )  # fmt: skip


def two_lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What is wrong and what to do; nothing else is on standard error."""
    lines = done.stderr.splitlines()
    assert len(lines) == 2, done.stderr
    assert all(line.strip() and line.isprintable() for line in lines)
    assert "Traceback" not in done.stderr
    assert "has made a mistake" not in done.stderr
    return lines
