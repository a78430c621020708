"""Golden files: what is generated is compared, byte for byte, with a file under tests/golden.

`pytest --update-golden` writes the files anew; the difference is then read in the commit.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "golden"
SHOWN = 120  # lines of a difference that are still read by somebody


class Golden:
    """Compares with, or (with `--update-golden`) writes, the files under tests/golden."""

    def __init__(self, *, update: bool, folder: Path = FOLDER) -> None:
        self.update = update
        self.folder = folder

    def check(self, name: str, got: str | bytes) -> None:
        """`got` is exactly what the golden file `name` (a path under tests/golden) holds."""
        data = got.encode() if isinstance(got, str) else got
        path = self.folder / name
        if self.update:
            write(path, data)
            return
        if not path.is_file():
            pytest.fail(f"There is no golden file {name}. Make it with: pytest --update-golden", pytrace=False)
        if (wanted := path.read_bytes()) != data:
            pytest.fail(difference(name, wanted, data), pytrace=False)

    def check_folder(self, name: str, got: Mapping[str, str | bytes]) -> None:
        """The golden folder `name` holds exactly the files of `got`: none is missing, none is left over."""
        folder = self.folder / name
        there = {str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()}
        left_over = sorted(there - set(got))
        if self.update:
            for stale in left_over:
                (folder / stale).unlink()
        elif left_over:
            pytest.fail(f"Golden files that are no longer generated: {', '.join(left_over)} (in {name})", pytrace=False)
        for file, data in got.items():
            self.check(f"{name}/{file}", data)


def write(path: Path, data: bytes) -> None:
    """Write a golden file, and leave one alone that is right already."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def difference(name: str, wanted: bytes, got: bytes) -> str:
    """A unified diff that a person can read; it also shows what only differs in line ends."""
    lines = list(
        difflib.unified_diff(
            shown_lines(wanted), shown_lines(got), f"golden/{name}", f"generated {name}", lineterm="", n=2
        )
    )
    more = [f"... and {len(lines) - SHOWN} more lines"] if len(lines) > SHOWN else []
    head = f"{name} is not what its golden file says. If it should be: pytest --update-golden"
    return "\n".join([head, *lines[:SHOWN], *more])


def shown_lines(data: bytes) -> list[str]:
    """The lines of a file with carriage returns and a byte order mark made visible."""
    text = data.decode("utf-8", "backslashreplace")
    lines = [line.replace("\r", "\\r").replace("\ufeff", "\\ufeff") for line in text.split("\n")]
    return lines if text.endswith("\n") else [*lines[:-1], lines[-1] + "  (no line end)"]
