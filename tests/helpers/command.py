"""A command, called in this process, and how it ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"


class Done(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def told(self) -> tuple[str, str]:
        """What is wrong and what to do: exactly two lines, and no traceback."""
        assert "Traceback" not in self.err
        message, hint = self.err.splitlines()
        assert message
        assert hint
        assert "Latchkey has made a mistake" not in message
        return message, hint


Command = Callable[..., Done]
