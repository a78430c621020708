"""Where the frozen program begins; `python -m latchkey` for PyInstaller, which wants a file."""

from __future__ import annotations

import sys

from latchkey.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
