"""What the rules on provider files find."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from latchkey.text import _, join_list


class Problem(NamedTuple):
    """One thing wrong with an entry: the key's path, a sentence about it with the field `{key}`, what is expected."""

    path: str
    message: str
    hint: str


def one_of(choices: Iterable[str]) -> str:
    """The hint where only these will do."""
    return _("Use one of these: {choices}.").format(choices=join_list(choices))
