"""Logging: quiet by default, generous with LATCHKEY_LOG=debug, and never a value that a person typed.

Loggers are the modules' own (`logging.getLogger(__name__)`). What is logged are ids of policies, file names,
durations and error classes; fields of a draft are logged by name only.
"""

from __future__ import annotations

import logging
import os


def start() -> None:
    """Set logging up once, for the whole process, from LATCHKEY_LOG (debug, info, warning; default error)."""
    level = getattr(logging, os.environ.get("LATCHKEY_LOG", "error").upper(), logging.ERROR)
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
