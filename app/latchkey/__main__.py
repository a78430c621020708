"""`latchkey`: a command, or the wizard on a draft. Also `python -m latchkey`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from latchkey.cli import commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments (by default the process's own) ask for. Returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if commands.is_command(given):
        return commands.run(given)
    return commands.guarded(lambda: wizard(given))


def wizard(arguments: Sequence[str]) -> int:
    """Open the wizard. Raises LatchkeyError for a path that can't be opened, or a computer that can't show it."""
    from pathlib import Path

    from latchkey import log
    from latchkey.errors import LatchkeyError
    from latchkey.text import _, set_language, system_language

    log.start()
    set_language(system_language())
    if arguments:
        commands.refuse_wizard_arguments(arguments)
    commands.refuse_without_display()
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
