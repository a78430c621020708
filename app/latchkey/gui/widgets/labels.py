"""Labels by role, and small pieces of layout."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from latchkey.gui.inline_code import as_html, as_text, has_code

# What somebody typed may be longer than any line. Chinese breaks anywhere, an address after its strokes and hyphens.
_LONG_WORD = re.compile(r"[!-,.0-~]{40,}")
Margins = tuple[int, int, int, int]  # left, top, right, bottom


class Sentences(QLabel):
    """Plain sentences, which go on in the next line even within a word that is longer than any line."""

    def setText(self, text: str) -> None:
        """Show them; whoever hears them hears them whole."""
        plain = self.wordWrap() and self.textFormat() is Qt.TextFormat.PlainText
        shown = soft_breaks(text) if plain else text
        if plain and (shown != text or "\u200b" in self.text()):
            self.setAccessibleName(text if shown != text else "")
        super().setText(shown)


def label(role: str = "", text: str = "", wrap: bool = True) -> QLabel:
    """A label in one of the style sheet's roles. Text is plain unless the caller says otherwise."""
    made = Sentences()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    return made


def set_sentence(made: QLabel, text: str) -> None:
    """Show a sentence in which commands stand between backticks: they get the font of code."""
    coded = has_code(text)
    if coded or made.textFormat() is Qt.TextFormat.RichText:
        made.setAccessibleName(as_text(text) if coded else "")
    made.setTextFormat(Qt.TextFormat.RichText if coded else Qt.TextFormat.PlainText)
    made.setText(as_html(text) if coded else text)


def path_label(role: str = "") -> QLabel:
    """A label for a path, which gives way where there is little room: its tool tip has the whole."""
    made = label(role, wrap=False)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def soft_breaks(text: str) -> str:
    """Places where the next line may begin, within words that are longer than any line."""
    return _LONG_WORD.sub(lambda found: "\u200b".join(re.findall(r".{1,6}", found.group())), text)


def breakable(path: object) -> str:
    """A path that may be broken into lines after each folder."""
    return re.sub(r"([/\\])", "\\1\u200b", str(path))


def set_role(widget: QWidget, name: str, value: str) -> None:
    """Change a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(look: str = "") -> QPushButton:
    """A button in one of the style sheet's looks: `primary`, `quiet`, `link`, `small`, or plain."""
    if look == "link":
        from latchkey.gui.widgets.link import Link

        link = Link()
        link.setAutoDefault(False)
        return link
    made = QPushButton()
    made.setAutoDefault(False)
    if look:
        made.setProperty("look", look)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def frame(role: str) -> QFrame:
    """A frame in a role: `card`, `value`, `note`, `note-attention`, `note-refusal`, `line`."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def column(parent: QWidget | None = None, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout without margins of its own."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    return made


def row(parent: QWidget | None = None, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout without margins of its own."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let the widgets go."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        widget = item.widget()
        if inner is not None:
            empty(inner)
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
