"""A difference that `git apply` and `patch` take: the very bytes, line ends and all
(https://git-scm.com/docs/diff-format).
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator

_QUOTED = re.compile(r'[\x00-\x1f\x7f"\\]')
_TOO_MANY = 2_000_000  # pairs of lines that are the same
_NO_END = "\\ No newline at end of file\n"


def patch(name: str, before: bytes | None, after: bytes | None) -> bytes:
    """The patch that makes `after` of `before`; None: there is no such file. Empty where both are the same."""
    if before == after:
        return b""
    old, new = _lines(before or b""), _lines(after or b"")
    from_ = _name("a/", name) if before is not None else "/dev/null"
    to = _name("b/", name) if after is not None else "/dev/null"
    lines = _replaced(old, new, from_, to) if _is_tangled(old, new) else difflib.unified_diff(old, new, from_, to)
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines).encode("latin-1")


def _is_tangled(old: list[str], new: list[str]) -> bool:
    """Whether looking for what stayed would take minutes: very many lines that are the same, in another order."""
    counts, popular = Counter(new), len(new) // 100 + 1  # difflib passes over lines that stand everywhere
    return sum(counts[line] for line in old if counts[line] <= popular) > _TOO_MANY


def _replaced(old: list[str], new: list[str], from_: str, to: str) -> Iterator[str]:
    """All lines for all lines, in the form of `unified_diff`."""
    yield f"--- {from_}\n"
    yield f"+++ {to}\n"
    yield f"@@ -1,{len(old)} +1,{len(new)} @@\n"
    yield from (f"-{line}" for line in old)
    yield from (f"+{line}" for line in new)


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
