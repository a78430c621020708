"""Where the focus goes when somebody comes to a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget


def first_control(root: QWidget) -> QWidget | None:
    """The first control in `root` that the tab key reaches; of radio buttons, the one that is chosen."""
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        if root.isAncestorOf(widget) and can_be_reached(widget, root):
            return _chosen(widget)
        widget = widget.nextInFocusChain()
    return None


def can_be_reached(widget: QWidget, root: QWidget) -> bool:
    """Whether the tab key stops there while `root` is shown."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisibleTo(root) and widget.focusProxy() is None


def _chosen(widget: QWidget) -> QWidget:
    group = widget.group() if isinstance(widget, QRadioButton) else None
    chosen = group.checkedButton() if group is not None else None
    return chosen if chosen is not None else widget
