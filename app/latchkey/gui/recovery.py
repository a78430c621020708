"""What did not reach a draft's file yet, kept beside in the state folder: a crash, a full disk or a file that somebody
else changed costs no answer. It holds what a draft holds, so never a secret.

The first line says of which content of the file the answers were made. If the file still holds that, nothing stands
against taking them over; else a person must choose.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from latchkey.errors import LatchkeyError
from latchkey.files import write_whole

if TYPE_CHECKING:
    from latchkey.draft.draft import Draft

_PREFIX, _SUFFIX = "recovered-", ".latchkey.toml"
_BASE = r"# made of: ([0-9a-f]{64})\n"


class Beside(NamedTuple):
    """Answers that were kept beside, and the mark of the content that they were made of."""

    draft: Draft
    base: str


def short_name(path: Path) -> str:
    """A file's name for another file's path: the same for each way to write that path.

    No digest of hashlib's: this is asked before the first picture, and OpenSSL takes ten milliseconds to load. Two
    paths of one person that fall on one name would be told that they are open elsewhere, and lose nothing.
    """
    from zlib import crc32

    whole = os.path.normcase(os.path.realpath(path)).encode("utf-8", "surrogateescape")
    return f"{crc32(whole):08x}{crc32(whole[::-1]):08x}{len(whole):x}"


def mark(content: bytes | None) -> str:
    """By what a file's content is known again; empty for one that was never written."""
    from hashlib import sha256

    return sha256(content).hexdigest() if content is not None else ""


def place_of(file: Path, folder: Path) -> Path:
    """Where answers for `file` are kept in the state folder."""
    return folder / f"{_PREFIX}{short_name(file)}{_SUFFIX}"


def keep(draft: Draft, place: Path, known: bytes | None) -> None:
    """Keep answers that were made of the content `known`. Raises OSError."""
    from latchkey.draft import store

    base = mark(known)
    head = f"# made of: {base}\n" if base else ""
    write_whole(place, (head + store.dumps(draft)).encode())


def find(place: Path) -> Beside | None:
    """The answers that are kept there. What can't be read as a draft is nothing, and is taken away."""
    from latchkey.draft import store

    try:
        text = place.read_text(encoding="utf-8")
        said = re.match(_BASE, text)
        return Beside(store.loads(text, place.name), said.group(1) if said else "")
    except OSError:
        return None
    except (ValueError, LatchkeyError):
        forget(place)
        return None


def forget(place: Path) -> None:
    """They reached the file, or are not wanted."""
    place.unlink(missing_ok=True)
