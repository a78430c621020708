"""What was found out about a provider, as JSON and as text; and how far may be asked."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from latchkey.cli.layout import wrapped
from latchkey.discovery.fetch import Limits
from latchkey.discovery.verdict import Kind, Verdict
from latchkey.text import _


def limits_of(arguments: argparse.Namespace) -> Limits:
    """The usual ones, wider for a trial on this computer."""
    return Limits(local=arguments.local)


def verdicts_json(verdicts: Sequence[Verdict]) -> list[dict[str, str]]:
    """The list under `verdicts`."""
    return [{"id": one.id, "verdict": one.kind.value, "message": one.message, "hint": one.hint} for one in verdicts]


def verdicts_text(verdicts: Sequence[Verdict]) -> list[str]:
    """What stands against it first, then what is worth knowing, then what is fine."""
    heads = {Kind.WONT: _("Will not work"), Kind.NOTE: _("Worth knowing"), Kind.OK: _("Works with Azure")}
    lines: list[str] = []
    for kind, head in heads.items():
        group = [one for one in verdicts if one.kind is kind]
        if group:
            lines += ["", head]
        for one in group:
            lines += wrapped(one.message, 2)
            lines += wrapped(one.hint, 6) if one.hint else []
    return lines[1:]
