"""Where the focus goes: when somebody comes to a page, and with the tab key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QRadioButton, QWidget


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


def follow_layout(root: QWidget) -> None:
    """Let the tab key go through what is in `root` as the eye does. Qt's own order is that in which things were made,
    which is another one where parts come later.
    """
    before: QWidget | None = None
    for widget in _in_order(root):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all in it, as they are laid out; without a layout, as they were put in."""
    yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _laid_out(layout)
        return
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from _in_order(child)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in _places(layout):
        item = layout.itemAt(number)
        assert item is not None
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield from _in_order(widget)
        elif inner is not None:
            yield from _laid_out(inner)


def _places(layout: QLayout) -> Iterable[int]:
    numbers = range(layout.count())
    if not isinstance(layout, QGridLayout):
        return numbers
    grid = layout

    def place(number: int) -> tuple[int, int]:
        row, column, _rows, _columns = cast("tuple[int, int, int, int]", grid.getItemPosition(number))
        return row, column

    return sorted(numbers, key=place)
