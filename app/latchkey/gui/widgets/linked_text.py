"""A paragraph with links that the keyboard reaches: each press of the tab key goes to the next link, then on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QWidget

_PASSING = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class LinkedText(QLabel):
    """Rich text. Qt itself would give the label the focus first, where nobody can see it, and then its links."""

    def __init__(self, html: str, links: bool = True) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setText(html)
        self.setOpenExternalLinks(True)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        if links:
            flags |= Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.setTextInteractionFlags(flags)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first link, or the last when the focus comes from below."""
        super().focusInEvent(event)
        if event.reason() not in _PASSING and not self.hasSelectedText():
            super().focusNextPrevChild(event.reason() is not Qt.FocusReason.BacktabFocusReason)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Go to the neighbouring link, else on. Qt would stay for ever on a link that the text begins with."""
        before = self.selectionStart(), self.selectedText()
        moved = super().focusNextPrevChild(next_)
        if moved and self.hasFocus() and before == (self.selectionStart(), self.selectedText()):
            return QWidget.focusNextPrevChild(self, next_)
        return moved

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A link that has not the focus does not look as if it had."""
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.setSelection(0, 0)
