"""A secret on the screen, to be read and nothing else: what marks text copies it past us, on X11 by marking alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit

_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_PASSES = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SecretText(QLineEdit):
    """Shows one; Ctrl+C asks for a copy that is marked as a secret and forgotten soon."""

    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(sensitive(self))
        self.setDragEnabled(False)

    def wipe(self) -> None:
        """Show nothing, and remember nothing to go back to."""
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moving is allowed, marking is not."""
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            self.copy_asked.emit()
        elif event.key() in _PASSES or (
            event.key() in _MOVES and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click gives the keyboard."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging marks nothing."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing was marked."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click marks nothing."""


def sensitive(editor: QLineEdit) -> Qt.InputMethodHint:
    """What input methods are told, so that they neither learn nor guess."""
    return (
        editor.inputMethodHints()
        | Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhNoAutoUppercase
    )
