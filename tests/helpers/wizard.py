"""What tests of the wizard share."""

from __future__ import annotations

from typing import Any


def close(wizard: Any) -> None:
    """Close a wizard as its person would, and let Qt delete what belonged to it."""
    if wizard.window is not None:
        wizard.window.close()
        wizard.window.deleteLater()
    else:
        wizard.keeper.close()
    wizard.close()
    wizard.window = None
