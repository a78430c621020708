"""argparse's own words in the person's language: it asks the environment for one and knows nothing of `--language`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from latchkey.errors import WrongUsage
from latchkey.text import N_, _

_MESSAGES = (
    (r"the following arguments are required: (?P<names>.+)", N_("The following arguments are required: {names}.")),
    (r"unrecognized arguments: (?P<names>.+)", N_("Unrecognized arguments: {names}.")),
    (r"one of the arguments (?P<names>.+) is required", N_("One of the arguments {names} is required.")),
    (r"argument (?P<name>[^:]+): expected one argument", N_("Argument {name}: expected one argument.")),
    (
        r"argument (?P<name>[^:]+): expected at least one argument",
        N_("Argument {name}: expected at least one argument."),
    ),
    (
        r"argument (?P<name>[^:]+): not allowed with argument (?P<other>.+)",
        N_("Argument {name}: not allowed with argument {other}."),
    ),
    (
        r"argument (?P<name>[^:]+): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)",
        N_("Argument {name}: invalid choice: {value} (choose from {choices})."),
    ),
)


class _Formatter(argparse.HelpFormatter):
    """Help whose first word is ours."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin with our own word for "usage", unless the caller has one."""
        own = _("Usage: {usage}").format(usage="")
        super().add_usage(usage, actions, groups, own if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse, but what it says is told as everything else is."""

    def __init__(self, *, parents: Sequence[argparse.ArgumentParser] = (), add_help: bool = True, **more: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **more)
        self._positionals.title = _("arguments")
        self._optionals.title = _("options")
        for parent in parents:  # after the titles: groups of one title are one group
            self._add_container_actions(parent)
        if add_help:
            self.add_argument("-h", "--help", action="help", help=_("show this help and leave"))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """A command itself tells what it does not know: its usage helps more than that of all commands."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown and self._subparsers is None:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return known, unknown

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage in place of printing and leaving."""
        raise WrongUsage(in_our_words(message), " ".join(self.format_usage().split()))


def in_our_words(message: str) -> str:
    """A message of argparse's as a sentence, translated where it is one that we know."""
    for pattern, sentence in _MESSAGES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(sentence).format(**found.groupdict())
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "?")) else ".")
