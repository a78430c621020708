"""From a command line to an exit status: what a person did wrong is told in two lines, never by a traceback."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence

from latchkey.cli.parser import COMMANDS, build
from latchkey.cli.terminal import DONE, REFUSED, Result, complain, to_json, write
from latchkey.errors import LatchkeyError, WrongUsage
from latchkey.text import LANGUAGES, _, set_language, system_language

INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit status."""
    return guarded(lambda: _command(arguments), as_json="--json" in arguments)


def is_command(arguments: Sequence[str]) -> bool:
    """Whether these arguments are for the command line; if not, they are for the wizard.

    Options come before a command or stand alone (`--version`); the wizard takes a path and no options.
    """
    return bool(arguments) and (arguments[0] in COMMANDS or arguments[0].startswith("-"))


def guarded(work: Callable[[], int], *, as_json: bool = False) -> int:
    """Do the work; tell what stands against it. The outermost border of the program."""
    try:
        return work()
    except LatchkeyError as error:
        complain(error)
        _note(error)
        if as_json:
            write(to_json({"error": {"message": error.message, "hint": error.hint}}))
        return error.exit_status
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  (the outermost border: a person gets a sentence, not a traceback)
        _note(error)
        complain(
            LatchkeyError(
                _("Latchkey has made a mistake ({kind}); nothing more was done.").format(kind=type(error).__name__),
                _("Please report it. LATCHKEY_LOG=debug before the command shows where it happened."),
            )
        )
        return REFUSED


def _note(error: Exception) -> None:
    """The traceback, for who asked for it with LATCHKEY_LOG=debug; nobody else pays for loading the logs."""
    if "LATCHKEY_LOG" in os.environ:
        import logging

        from latchkey import log

        log.start()
        logging.getLogger(__name__).debug("stopped", exc_info=error)


def _command(arguments: Sequence[str]) -> int:
    set_language(_asked_language(arguments) or system_language())
    try:
        given = _language_last(arguments)
        parsed = build(given[0] if given else "").parse_args(given)
    except SystemExit as stop:  # --help and --version have printed
        return int(stop.code or DONE)
    result = _function(parsed.command)(parsed)
    write(result.text)
    write(result.errors, sys.stderr)
    return result.status


def _function(command: str) -> Callable[[argparse.Namespace], Result]:
    """The command's own module, loaded now: none pays for what another one needs."""
    module = "importing" if command == "import" else command  # a word of Python's own
    function: Callable[[argparse.Namespace], Result] = importlib.import_module(f"latchkey.cli.{module}").run
    return function


def _asked_language(arguments: Sequence[str]) -> str:
    """What `--language` says, before anything is parsed, since the parser speaks too."""
    for place, argument in enumerate(arguments):
        if argument == "--language" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--language="):
            return argument.partition("=")[2]
    return ""


def _language_last(arguments: Sequence[str]) -> list[str]:
    """`--language zh_CN check x` as `check x --language zh_CN`: it may stand before the command as well."""
    given = list(arguments)
    if given[:1] == ["--language"]:
        moved, given = given[:2], given[2:]
    elif given and given[0].startswith("--language="):
        moved, given = given[:1], given[1:]
    else:
        return given
    if not given:
        names = ", ".join(LANGUAGES)
        raise WrongUsage(
            _("--language goes with a command."),
            _("For example: latchkey guide DRAFT --language zh_CN. Languages: {names}.").format(names=names),
        )
    return [*given, *moved]


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
