"""What a rule is: an id, how bad it is in files of ours and in other people's, and a function that looks.

A rule looks at one `View` (a policy with what it builds on, as Azure sees it on upload) or at the whole set, and
yields a `Hit` for each thing it finds. It knows nothing of levels: they stand in the table (`latchkey.check.table`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from latchkey.check.finding import Level
from latchkey.policy.model import Where

Subject = TypeVar("Subject")


class Hit(NamedTuple):
    """Something found. `about` names the thing (not the place): what a policy was already told of, the policies
    built on it are not told again. `level` overrides the table's, for the few rules that have two. `column`
    counts from 1; 0 where only the line is known.
    """

    where: Where
    message: str
    hint: str = ""
    about: str = ""
    level: Level | None = None
    column: int = 0


Hits: TypeAlias = Iterator[Hit]


class Rule(NamedTuple, Generic[Subject]):
    """A line of the table. `ours`: what Latchkey composes; `theirs`: a set that somebody opened."""

    id: str
    ours: Level
    theirs: Level
    look: Callable[[Subject], Hits]
