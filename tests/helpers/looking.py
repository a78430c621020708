"""What can be seen, read and heard in a window: for tests that look at every page.

Each function returns what is wrong as readable tuples, so that a test can compare with `[]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from latchkey.gui.widgets.elided import Elided

SLACK = 2  # pixels: fonts are measured in fractions


def shown(window: QWidget) -> Iterator[QWidget]:
    """All visible widgets in a window."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window:
            yield widget


def focusable(window: QWidget) -> list[QWidget]:
    """The visible, usable widgets that the tab key reaches."""
    return [
        widget
        for widget in shown(window)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.focusProxy() is None
    ]


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    """The widget and all that it is in."""
    above: QWidget | None = widget
    while above is not None:
        yield above
        above = above.parentWidget()


def texts(window: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    """What can be read in the window, and what a screen reader hears: widget, kind, text."""
    yield window, "window title", window.windowTitle()
    for widget in shown(window):
        if isinstance(widget, QLabel | QAbstractButton) and not isinstance(widget, Elided):  # its name is the whole
            yield widget, type(widget).__name__, widget.text()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget, "placeholder", widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from ((widget, "choice", widget.itemText(number)) for number in range(widget.count()))
        yield widget, "accessible name", widget.accessibleName()
        yield widget, "accessible description", widget.accessibleDescription()
        yield widget, "tool tip", widget.toolTip()


def called(widget: QWidget) -> str:
    """Something to find a widget by in a failure."""
    said = getattr(widget, "text", None)
    text = str(said()) if callable(said) else widget.objectName()
    parent = widget.parentWidget()
    return f"{type(parent).__name__}>{type(widget).__name__}“{text[:60]}”"


# Clipped


def clipped(window: QWidget) -> list[tuple[str, str]]:
    """Texts that need more room than they have, and widgets that stick out of what they are in."""
    found = []
    for widget in shown(window):
        why = _too_small(widget) or _sticks_out(widget)
        if why:
            found.append((called(widget), why))
    return found


def _too_small(widget: QWidget) -> str:
    """What a text lacks. A line that is cut with dots, and says the whole in its tool tip, lacks nothing."""
    if isinstance(widget.parentWidget(), QLineEdit):
        return ""  # Qt's own buttons within a field
    if isinstance(widget, QLabel):
        return _label(widget)
    if isinstance(widget, QAbstractButton) and widget.hasHeightForWidth():
        return _lacks(widget, widget.minimumSizeHint().width(), widget.heightForWidth(widget.width()))
    if isinstance(widget, QAbstractButton) and (widget.text() or not widget.icon().isNull()):
        return "" if _tells(widget) else _lacks(widget, widget.sizeHint().width(), widget.sizeHint().height())
    if isinstance(widget, QComboBox):
        return _lacks(widget, widget.minimumSizeHint().width(), widget.fontMetrics().height())
    if isinstance(widget, QLineEdit):
        return _line(widget)
    return ""


def _tells(widget: QWidget) -> bool:
    return len(widget.toolTip()) > 1


def _lacks(widget: QWidget, width: int, height: int) -> str:
    if width > widget.width() + SLACK:
        return f"{width - widget.width()} px too narrow"
    if height > widget.height() + SLACK:
        return f"{height - widget.height()} px too low"
    return ""


def _label(made: QLabel) -> str:
    if not made.text() or not made.pixmap().isNull():
        return ""
    if made.wordWrap():
        needed = made.heightForWidth(made.width())
        word = _longest_word(made)
        if word > made.contentsRect().width() + SLACK:
            return f"a word is {word - made.contentsRect().width()} px too long"
        return f"{needed - made.height()} px too low" if needed > made.height() + SLACK else ""
    if made.sizeHint().width() > made.width() + SLACK:
        return "" if _tells(made) else f"{made.sizeHint().width() - made.width()} px too narrow"
    return _lacks(made, 0, made.fontMetrics().height())


def _longest_word(made: QLabel) -> int:
    """The longest piece that can't be broken. Rich text breaks as Qt likes."""
    if made.textFormat() is Qt.TextFormat.RichText:
        return 0
    metrics = QFontMetrics(made.font())
    words = made.text().replace("\u200b", " ").replace("-", "- ").replace("/", "/ ").split()
    return max((metrics.horizontalAdvance(word) for word in words if word.isascii()), default=0)


def _line(field: QLineEdit) -> str:
    """An empty field's example must be seen whole; a value may be longer than its field, which scrolls."""
    if field.text() or not field.placeholderText():
        return _lacks(field, 0, field.fontMetrics().height())
    needed = field.fontMetrics().horizontalAdvance(field.placeholderText())
    room = field.width() - (field.sizeHint().width() - 17 * field.fontMetrics().horizontalAdvance("x"))
    return f"its example is {needed - room} px too long: {field.placeholderText()}" if needed > room + 8 else ""


def _sticks_out(widget: QWidget) -> str:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent, QAbstractScrollArea):
        return ""
    above = parent.parentWidget()
    if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
        if not isinstance(above, QScrollArea):
            return ""  # an editor in a view: it scrolls with its row
        beyond = widget.width() - parent.width()
        return f"{beyond} px hidden at the right, because of {widest(widget)}" if beyond > 0 else ""
    if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
        return f"sticks out: {_plain(widget.geometry())} in {_plain(parent.rect())}"
    return ""


def widest(widget: QWidget) -> str:
    """What keeps a widget from being narrower: the innermost of its children that needs most room."""
    inner = [child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()]
    needing = max(inner, key=lambda child: child.minimumSizeHint().width(), default=None)
    if needing is None or needing.minimumSizeHint().width() < widget.minimumSizeHint().width() * 0.6:
        return f"{called(widget)} ({widget.minimumSizeHint().width()} px)"
    return widest(needing)


def _plain(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"


def overlapping(window: QWidget) -> list[tuple[str, str]]:
    """Texts and controls that lie on each other though they are siblings."""
    found = []
    parents = {widget.parentWidget() for widget in shown(window) if _speaks(widget)}
    for parent in parents:
        if parent is None or parent.layout() is None:
            continue
        own = [child for child in parent.children() if isinstance(child, QWidget) and child.isVisible()]
        own = [child for child in own if not child.isWindow() and parent.layout().indexOf(child) >= 0]
        for number, one in enumerate(own):
            for other in own[number + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > SLACK and common.height() > SLACK:
                    found.append((called(one), called(other)))
    return found


def _speaks(widget: QWidget) -> bool:
    return isinstance(widget, QLabel | QAbstractButton | QLineEdit)


def bars_in_sight(window: Any) -> bool:
    """Whether Back, Next and the top bar's buttons are wholly in the window."""
    for made in (window.bottom.back, window.bottom.next, *window.top.buttons()):
        corner = made.mapTo(window, QPoint(made.width(), made.height()))
        if made.isVisible() and not window.rect().contains(corner):
            return False
    return True


def press(window: QWidget, says: str) -> None:
    """Press the button of that text."""
    next(made for made in window.findChildren(QPushButton) if made.text() == says and made.isVisible()).click()


def nothing(found: Iterable[str | tuple[str, ...]]) -> None:
    """There is nothing to tell; else it is told line by line."""
    lines = [each if isinstance(each, str) else " | ".join(each) for each in found]
    assert not lines, "\n".join(("", *lines))
