"""A finding: one thing the checks found, told so that somebody can act on it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Level(Enum):
    """How bad: Azure refuses it or people can't sign in / probably not wanted / good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(NamedTuple):
    """One finding. `message` says what is wrong, `hint` what to do, both whole translated sentences.

    On composed or opened files `file`, `line` (from 1; 0 = the whole file), `column` (from 1; 0 = not known) and
    `policy` say where; on a draft `field` is the key's path as in the saved file (`tenant.name`,
    `providers[1].client_id`) and `provider` the row's `key`.
    """

    rule: str
    level: Level
    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    policy: str = ""
    field: str = ""
    provider: str = ""
    column: int = 0
