"""`latchkey`: a command, or the wizard on a draft. Also `python -m latchkey`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial

from latchkey.cli import opening


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments (by default the process's own) ask for. Returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if opening.is_command(given):
        from latchkey.cli import commands

        return commands.run(given)
    try:
        return wizard(given)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (handed on to the one border, which tells it)
        from latchkey.cli import commands

        return commands.guarded(partial(_raise, error))


def _raise(error: BaseException) -> int:
    raise error


def wizard(arguments: Sequence[str]) -> int:
    """Open the wizard. Raises LatchkeyError for a path that can't be opened, or a computer that can't show it.

    Loads nothing that the window does not need: it is the first thing that a person waits for.
    """
    from pathlib import Path

    from latchkey.errors import LatchkeyError
    from latchkey.text import _, set_language, system_language

    if "LATCHKEY_LOG" in os.environ:
        from latchkey import log

        log.start()
    set_language(system_language())
    if arguments:
        opening.refuse_wizard_arguments(arguments)
    opening.refuse_without_display()
    try:
        from latchkey.gui.application import run
    except ImportError as error:
        raise LatchkeyError(
            _("The wizard can't start: {reason}.").format(reason=error),
            _("Install Qt for it: pip install PySide6-Essentials, and on Linux the system libraries in the README."),
        ) from error
    return run(Path(arguments[0]) if arguments else None)


if __name__ == "__main__":
    sys.exit(main())
