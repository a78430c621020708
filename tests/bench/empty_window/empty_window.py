"""An empty window, frozen as the wizard is: what its start is compared with (tests/bench/installed.py)."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QWidget


def main() -> int:
    """Show it until it is closed."""
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    window = QWidget()
    window.setWindowTitle("Empty window")
    window.resize(1280, 800)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
