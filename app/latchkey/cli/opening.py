"""Command or wizard? And what stands against opening the wizard, before anything that takes time is loaded."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from latchkey.errors import LatchkeyError, WrongUsage
from latchkey.text import _

COMMANDS = ("compose", "import", "check", "explain", "show", "guide", "undo", "providers", "secrets", "discover")

SELF_CHECK = "--self-check"


def is_command(arguments: Sequence[str]) -> bool:
    """Whether these arguments are for the command line; if not, they are for the wizard.

    Options come before a command or stand alone (`--version`); the wizard takes a path and no options.
    """
    return bool(arguments) and (arguments[0] in COMMANDS or arguments[0].startswith("-"))


def refuse_wizard_arguments(arguments: Sequence[str]) -> None:
    """The wizard opens one draft. A word that is neither a command nor a path is a typing mistake."""
    if len(arguments) > 1 or not _like_a_path(arguments[0]):
        import difflib

        near = difflib.get_close_matches(arguments[0][:50], COMMANDS, 1)
        raise WrongUsage(
            _("There is no command {name}.").format(name=arguments[0]),
            _("Did you mean {name}?").format(name=near[0]) if near else _("latchkey --help lists the commands."),
        )


def _like_a_path(argument: str) -> bool:
    try:
        there = os.path.exists(argument)  # noqa: PTH110  (an impossible path is only False here)
    except ValueError:
        there = False
    return there or argument.endswith(".toml") or os.sep in argument or "/" in argument


def refuse_without_display() -> None:
    """Qt ends the process when there is no screen, with a message that helps nobody."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise LatchkeyError(
            _("There is no display here for the wizard."),
            _("Start it in a desktop session. The commands need no display: latchkey --help lists them."),
        )
