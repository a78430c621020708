"""From a command line to an exit status: what a person did wrong is told in two lines, never by a traceback."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence

from latchkey.cli.opening import COMMANDS
from latchkey.cli.parser import build
from latchkey.cli.terminal import DONE, REFUSED, Result, complain, flat, to_json, write
from latchkey.errors import LatchkeyError, WrongUsage
from latchkey.text import LANGUAGES, _, join_list, set_language, wanted_language

INTERRUPTED = 130
_ABOUT_AZURE = ("compose", "guide")
_WITH_FOLDERS = ("compose", "import", "check", "show", "guide", "undo")


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit status."""
    if "LATCHKEY_LOG" in os.environ:  # nobody else pays for loading the logs
        return _logged(arguments)
    return guarded(lambda: _command(arguments), as_json="--json" in arguments)


def finish(work: Callable[[], Result], arguments: Sequence[str]) -> int:
    """Do work that is no command of its own, and tell its result as a command's is told. Returns the exit status."""
    return guarded(lambda: _told(work, arguments), as_json="--json" in arguments)


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


def _logged(arguments: Sequence[str]) -> int:
    """The same, with the log that was asked for; which command it is, and how it ended."""
    from time import perf_counter

    from latchkey import log

    log.start()
    start = perf_counter()
    status = guarded(lambda: _command(arguments), as_json="--json" in arguments)
    name = next((log.Plain(one) for one in COMMANDS if one in arguments[:3]), log.Plain("none"))
    log.logger(__name__).debug("command %s: %d, after %d ms", name, status, (perf_counter() - start) * 1000)
    return status


def _note(error: Exception) -> None:
    """Where it happened, for who asked for it with LATCHKEY_LOG=debug."""
    if "LATCHKEY_LOG" in os.environ:
        from latchkey import log

        log.start()
        log.logger(__name__).debug("stopped", exc_info=error)


def _command(arguments: Sequence[str]) -> int:
    def work() -> Result:
        given = _language_last(arguments)
        _refuse_empty(given)
        parsed = _parsed(given)
        if parsed.command in _WITH_FOLDERS:
            _heal()
        result = _function(parsed)(parsed)
        return _reminded(result) if parsed.command in _ABOUT_AZURE and not parsed.json else result

    return _told(work, arguments)


def _refuse_empty(given: Sequence[str]) -> None:
    """An empty path would be the folder in which somebody happens to be."""
    for before, word in zip(("", *given), given, strict=False):
        name, equals, value = word.partition("=")
        if word and not (name.startswith("--") and equals and not value):
            continue
        option = name or before
        message = _("There is nothing after {option}.") if option.startswith("-") else _("An argument is empty.")
        raise WrongUsage(message.format(option=option), _("In a script, a variable may not be set."))


def _parsed(given: list[str]) -> argparse.Namespace:
    """What the words mean. Words that a command of secrets does not know may be a secret: they are not repeated."""
    try:
        return build(given[0] if given else "").parse_args(given)
    except WrongUsage:
        if given[:1] != ["secrets"]:
            raise
    usage = "latchkey secrets list|set|renew|delete [TENANT] [POLICY_KEY]"
    raise WrongUsage(
        _("A secret is typed when it is asked for, or comes through standard input; other words are not understood."),
        _("Usage: {usage}").format(usage=usage),
    )


def _told(work: Callable[[], Result], arguments: Sequence[str]) -> int:
    """Do the work in the language that is asked for, and print its result."""
    set_language(wanted_language(_asked_language(arguments)))
    try:
        result = work()
    except SystemExit as stop:  # --help and --version have printed
        return int(stop.code or DONE)
    write(result.text)
    write(result.errors, sys.stderr)
    return result.status


def _heal() -> None:
    """Put in order what a killed Latchkey left half-written, and say so, before policies are read."""
    from latchkey.files.healing import heal_all, in_words, needed

    if needed():
        write("\n".join(flat(in_words(done)) for done in heal_all()), sys.stderr)


def _reminded(result: Result) -> Result:
    """Also say which secrets end soon: sign-in stops with them."""
    from datetime import date

    from latchkey.secrets.index import Index
    from latchkey.secrets.names import reminder

    today = date.today()
    lines = [flat(reminder(one.called, one.expires or today, today)) for one in Index().ending(today)]
    return result._replace(errors="\n".join([*([result.errors] if result.errors else []), *lines]))


def _function(given: argparse.Namespace) -> Callable[[argparse.Namespace], Result]:
    """The command's own module, loaded now: none pays for what another one needs."""
    module: str = given.command
    if module == "import":  # a word of Python's own
        module = "importing"
    if module == "compose" and given.into is not None:
        module = "into"
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
        names = join_list(LANGUAGES)
        raise WrongUsage(
            _("--language goes with a command."),
            _("For example: latchkey guide DRAFT --language zh_CN. Languages: {names}.").format(names=names),
        )
    return [*given, *moved]
