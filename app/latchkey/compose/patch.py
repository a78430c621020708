"""A difference that `git apply` and `patch` take: the very bytes, line ends and all
(https://git-scm.com/docs/diff-format).
"""

from __future__ import annotations

import difflib
import re

_QUOTED = re.compile(r'[\x00-\x1f\x7f"\\]')
_NO_END = "\\ No newline at end of file\n"


def patch(name: str, before: bytes | None, after: bytes | None) -> bytes:
    """The patch that makes `after` of `before`; None: there is no such file. Empty where both are the same."""
    if before == after:
        return b""
    lines = difflib.unified_diff(
        _lines(before or b""),
        _lines(after or b""),
        _name("a/", name) if before is not None else "/dev/null",
        _name("b/", name) if after is not None else "/dev/null",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines).encode("latin-1")


def as_text(made: bytes) -> str | None:
    """A patch to be pasted; None where its file is in an encoding that a pasted text is not."""
    try:
        text = made.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _lines(data: bytes) -> list[str]:
    """Bytes as letters, one for one: a patch is about bytes."""
    lines = data.decode("latin-1").split("\n")
    ended = [f"{line}\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


def _name(side: str, name: str) -> str:
    """A file's name as git writes it: quoted where it must be, its end marked where it holds a blank."""
    path = side + name
    if _QUOTED.search(path):
        path = '"' + _QUOTED.sub(_escaped, path) + '"'
    elif " " in path:
        path += "\t"
    return path.encode("utf-8", "surrogateescape").decode("latin-1")


def _escaped(found: re.Match[str]) -> str:
    letter = found.group()
    return f"\\{letter}" if letter in '"\\' else f"\\{ord(letter):03o}"
