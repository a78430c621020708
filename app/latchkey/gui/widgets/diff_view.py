"""A difference as people read it: lines that come in one colour, lines that go in another, the rest quiet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from latchkey.gui.theme import Theme

_TOKENS = {"+": ("done", "accent_soft"), "-": ("refusal", "refusal_soft"), "@": ("soft", ""), "\\": ("soft", "")}
_HEAD = ("+++", "---")


class DiffView(QPlainTextEdit):
    """Read-only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("xml")
        self._theme = theme
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(8)
        self._colors = _Colors(self.document(), theme)
        self.show_theme()

    def show_difference(self, text: str) -> None:
        """Show a unified diff; the names of the file, which stand above anyway, are left out."""
        lines = [line for line in text.split("\n") if not line.startswith(_HEAD)]
        shown = "\n".join(lines)
        if shown != self.toPlainText():
            self.setPlainText(shown)

    def show_theme(self) -> None:
        """Font and colours of the theme in force."""
        self.setFont(self._theme.mono())
        self._colors.rehighlight()


class _Colors(QSyntaxHighlighter):
    """By the first character of a line."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme

    def highlightBlock(self, text: str) -> None:
        """One line."""
        ink, ground = _TOKENS.get(text[:1], ("text", ""))
        form = QTextCharFormat()
        form.setForeground(QColor(self._theme.color(ink)))
        if ground:
            form.setBackground(QColor(self._theme.color(ground)))
        self.setFormat(0, len(text), form)
