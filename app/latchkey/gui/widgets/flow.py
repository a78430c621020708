"""Things beside each other as far as there is room: `Flow` goes on in the next line, `Columns` puts all of them one
below the other.

Widgets that place their children themselves, and no QLayout of our own: PySide and Qt would both want to delete its
items.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Placed(NamedTuple):
    """Where each visible child goes in a certain width, and how high all of them are then."""

    rects: tuple[QRect, ...]
    height: int


class _Placing(QWidget):
    """Asks `_placed` where its children go."""

    def __init__(self, spacing: int = 8) -> None:
        super().__init__()
        self._gap = spacing
        self._items: list[QWidget] = []
        self._heights: dict[tuple[object, ...], int] = {}  # told so far: a layout asks dozens of times
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put one more at the end."""
        hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        widget.setParent(self)
        self._items.append(widget)
        widget.setVisible(not hidden)
        self._again()

    def clear(self) -> None:
        """Let all of them go."""
        for widget in self._items:
            widget.hide()
            widget.deleteLater()
        self._items.clear()
        self._again()

    def items(self) -> tuple[QWidget, ...]:
        """All of them, in order."""
        return tuple(self._items)

    def hasHeightForWidth(self) -> bool:
        """It has: less width means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is in that width."""
        asked = (width, *self._shown())
        height = self._heights.get(asked)
        if height is None:
            height = self._heights[asked] = self._placed(width).height
        return height

    def sizeHint(self) -> QSize:
        """All beside each other."""
        shown = self._shown()
        width = sum(_wanted(one).width() for one in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The widest of them; its height is told by `heightForWidth`."""
        shown = self._shown()
        width = max((_least(one) for one in shown), default=0)
        return QSize(width, max((_wanted(one).height() for one in shown), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place them anew."""
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody saw it was not told."""
        super().showEvent(event)
        self._again()

    def event(self, event: QEvent) -> bool:
        """A child wants another size, or came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._again()
        return super().event(event)

    def _again(self) -> None:
        self._heights.clear()
        self.updateGeometry()
        self._place()

    def _place(self) -> None:
        for widget, rect in zip(self._shown(), self._placed(self.width()).rects, strict=True):
            widget.setGeometry(rect)

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._items if not widget.isHidden()]

    def _placed(self, width: int) -> Placed:
        raise NotImplementedError


class Flow(_Placing):
    """Each as wide as it wants, line after line, each line's things on one middle line. `end`: at the right."""

    def __init__(self, spacing: int = 8, *, end: bool = False) -> None:
        super().__init__(spacing)
        self._end = end

    def _placed(self, width: int) -> Placed:
        rects: list[QRect] = []
        line: list[QSize] = []
        x = y = 0
        for widget in self._shown():
            size = _wanted(widget)
            size.setWidth(min(size.width(), max(width, _least(widget))))
            size.setHeight(_height(widget, size.width()))
            if line and x + size.width() > width:
                y += _flush(rects, line, y, self._gap, width if self._end else 0) + self._gap
                line, x = [], 0
            line.append(size)
            x += size.width() + self._gap
        height = y + _flush(rects, line, y, self._gap, width if self._end else 0)
        return Placed(tuple(rects), height)


class Columns(_Placing):
    """All of one width and height, beside each other; one below the other when one would be too narrow."""

    def __init__(self, spacing: int = 12, least: int = 200) -> None:
        super().__init__(spacing)
        self._narrowest = least

    def _placed(self, width: int) -> Placed:
        shown = self._shown()
        if not shown:
            return Placed((), 0)
        each = (width - self._gap * (len(shown) - 1)) // len(shown)
        if each >= max(self._narrowest, *(_least(one) for one in shown)):
            height = max(_height(one, each) for one in shown)
            return Placed(tuple(QRect(n * (each + self._gap), 0, each, height) for n in range(len(shown))), height)
        rects: list[QRect] = []
        y = 0
        for one in shown:
            height = _height(one, width)
            rects.append(QRect(0, y, width, height))
            y += height + self._gap
        return Placed(tuple(rects), y - self._gap)


def _flush(rects: list[QRect], line: list[QSize], y: int, gap: int, right: int) -> int:
    """Place a line's things, against `right` unless that is 0; its height."""
    height = max((size.height() for size in line), default=0)
    x = max(0, right - sum(size.width() + gap for size in line) + gap) if right else 0
    for size in line:
        rects.append(QRect(x, y + (height - size.height()) // 2, size.width(), size.height()))
        x += size.width() + gap
    return height


def _wanted(widget: QWidget) -> QSize:
    if isinstance(widget, QLabel) and widget.wordWrap():  # its own hint is a block of text
        margins = widget.contentsMargins()
        width = widget.fontMetrics().horizontalAdvance(widget.text()) + margins.left() + margins.right() + 2
        return QSize(width, widget.fontMetrics().height())
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())


def _least(widget: QWidget) -> int:
    fixed = widget.sizePolicy().horizontalPolicy() in (QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
    hint = widget.sizeHint() if fixed else widget.minimumSizeHint()
    return max(hint.width(), widget.minimumWidth())


def _height(widget: QWidget, width: int) -> int:
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else _wanted(widget).height()
