"""The wheel's build hook: read-only data goes under `latchkey/_data/`, translations are compiled on the way.

A checkout (and so an editable install) reads `resources/` and `templates/` where they stand; there the hook
only compiles the translations. `latchkey.paths.data_root` finds either.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))

from translations import compile_all  # the hook is loaded by path: its folder is not importable before


class DataHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own parameter is of no use to a hook
    """Puts `resources` and `templates` into standard wheels."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files."""
        compile_all(Path(self.root) / "resources" / "locale")
        if version != "standard":
            return
        for name in ("resources", "templates"):
            build_data["force_include"][name] = f"latchkey/_data/{name}"
