"""The seal: how Latchkey knows its own hand in a folder.

The second line of a composed file is a comment with a SHA-256 over everything else in it. It needs no file beside
it and survives moving, copying and a version control that rewrites line ends; any other change breaks it.
"""

from __future__ import annotations

import hashlib
import re

_SEAL = re.compile(
    rb"<!-- Written by Latchkey, which will not overwrite it once it is changed\. Seal: ([0-9a-f]{64}) -->\n"
)
_TEXT = "<!-- Written by Latchkey, which will not overwrite it once it is changed. Seal: {digest} -->\n"
_FURTHEST = 300  # the seal stands within so many bytes


def sealed(text: str) -> bytes:
    """`text` (an XML declaration on its first line) as bytes with its seal; what is not ASCII becomes references."""
    data = text.encode("ascii", "xmlcharrefreplace")
    declaration, newline, rest = data.partition(b"\n")
    return declaration + newline + _TEXT.format(digest=_digest(data)).encode("ascii") + rest


def is_sealed(data: bytes) -> bool:
    """These are bytes that `sealed` made, untouched but for line ends."""
    plain = data.replace(b"\r\n", b"\n")
    found = _SEAL.search(plain, 0, _FURTHEST)
    return found is not None and _digest(plain[: found.start()] + plain[found.end() :]) == found[1].decode("ascii")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
