"""The wizard: the only floor that knows Qt. `application.run` builds everything and hands it on."""

from __future__ import annotations

import builtins

import PySide6  # noqa: F401  (it puts its own `__import__` in place)


def _import_plainly() -> None:
    """Take PySide's look at every import off again.

    PySide reads the source of each module that is imported after it and searches it for its own name, to know where
    `from __feature__ import snake_case` may count. We don't use that; for a program of some three hundred modules it
    is a tenth of the time until the first window, and the sources stay in memory (`linecache`).
    """
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


_import_plainly()  # at import, since it is the importing itself that it makes quick
