"""`latchkey`: a command, or the wizard on a draft. Also `python -m latchkey`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from latchkey.cli import opening

if TYPE_CHECKING:
    from latchkey.self_check import Probe


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments (by default the process's own) ask for. Returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [opening.SELF_CHECK]:
        return _self_check(given[1:])
    if opening.is_command(given):
        from latchkey.cli import commands

        return commands.run(given)
    try:
        return wizard(given)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (handed on to the one border, which tells it)
        from latchkey.cli import commands

        return commands.guarded(partial(_raise, error), as_json="--json" in given)


def _self_check(arguments: Sequence[str]) -> int:
    from latchkey.cli import commands, self_checking

    return commands.finish(lambda: self_checking.check(arguments, _window_probes), arguments)


def _window_probes() -> tuple[Probe, ...]:
    """The wizard's own probes. Without Qt, one that says so: a package for the command line alone may lack it."""
    from latchkey.self_check import without_qt

    try:
        from latchkey.gui.self_check import probes
    except ImportError as error:
        return (without_qt(error),)
    return probes()


def _raise(error: BaseException) -> int:
    raise error


def wizard(arguments: Sequence[str]) -> int:
    """Open the wizard. Raises LatchkeyError for a path that can't be opened, or a computer that can't show it.

    Loads nothing that the window does not need: it is the first thing that a person waits for.
    """
    import gc

    from latchkey.errors import LatchkeyError
    from latchkey.text import _, set_language, wanted_language

    if "LATCHKEY_LOG" in os.environ:
        from latchkey import log

        log.start()
    set_language(wanted_language())
    if arguments:
        opening.refuse_wizard_arguments(arguments)
    opening.refuse_without_display()
    # Until the window is painted (`Wizard.furnish`) things are only loaded; looking through them for garbage took a
    # tenth of the start.
    gc.disable()
    try:
        from latchkey.gui.application import run
    except ImportError as error:
        raise LatchkeyError(
            _("The wizard can't start: {reason}.").format(reason=error),
            _("Install Qt for it: pip install PySide6-Essentials, and on Linux the system libraries in the README."),
        ) from error
    return run(arguments[0] if arguments else None)


if __name__ == "__main__":
    sys.exit(main())
