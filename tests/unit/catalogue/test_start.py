"""The catalogue starts in a blink: what it does not need is not loaded."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("lxml", "jinja2", "PySide6", "keyring", "tomlkit", "babel", "urllib.request", "asyncio")


def test_loading_the_catalogue_loads_nothing_heavy() -> None:
    program = (
        "import sys; from latchkey.catalogue.loader import load_catalogue; load_catalogue(); "
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == []
