"""A policy file as read-only text: line numbers, quiet colours, and some lines marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from latchkey.gui.theme import Theme

if TYPE_CHECKING:
    from latchkey.gui.telling import FileText

_PARTS = re.compile(r'(?P<comment><!--.*?(?:-->|$))|(?P<name></?[\w:.-]+)|(?P<value>"[^"]*")|(?P<end>/?>|\?>)')
_COLORED = 1  # a block's state: it has its colours
_MOST_HITS = 1000


class Span(NamedTuple):
    """A run of one colour in a line."""

    start: int
    length: int
    token: str


def spans(line: str, *, in_comment: bool) -> Iterator[Span]:
    """The coloured runs of a line of XML: light, for finding one's way, not a parser."""
    start = 0
    if in_comment:
        end = line.find("-->")
        start = len(line) if end < 0 else end + 3
        yield Span(0, start, "soft")
    for found in _PARTS.finditer(line, start):
        token = {"comment": "soft", "name": "accent", "value": "attention", "end": "accent"}[found.lastgroup or "end"]
        yield Span(found.start(), found.end() - found.start(), token)


class XmlView(QPlainTextEdit):
    """Lines get their colours when they come into sight: long files open at once."""

    menu_wanted = Signal(object)  # at that place of the screen

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("xml")
        self._theme = theme
        self._file: FileText | None = None
        self._marked: tuple[int, int] | None = None
        self._busy = False  # many things change at once: colours come at the end
        self._inks: dict[str, QTextCharFormat] = {}
        self._words = ""  # what is searched for
        self._hits: list[QTextCursor] = []
        self._hit = -1  # which of them one is at
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._numbers = _Numbers(self)
        self.updateRequest.connect(self._follow)
        self.show_theme()

    @property
    def file(self) -> FileText | None:
        """The file that is shown."""
        return self._file

    def show_file(self, file: FileText | None, line: int = 0) -> None:
        """Show a file, marked from `line` (from 1; 0: nothing) to where the element that begins there ends."""
        before, self._file, self._marked, self._busy = self._file, file, None, True
        if file is None or before is None or file.text != before.text:
            self.setPlainText(file.text if file is not None else "")
            self._look()
        if file is not None and line:
            self._marked = line, max(line, file.ends.get(line, line))
        self._room()
        self._go_to_mark()
        self._busy = False
        self._follow()
        self.viewport().update()

    def marked_text(self) -> str:
        """The marked lines, or the whole text."""
        if self._file is None:
            return ""
        if self._marked is None:
            return self._file.text
        first, last = self._marked
        return "\n".join(self._file.text.splitlines()[first - 1 : last])

    def search(self, words: str) -> tuple[int, int]:
        """Mark every place of these words; the number of the one that is shown, from 1, and how many there are."""
        if words != self._words:
            self._words = words
            self._look()
            self.step(0)
        return self._hit + 1, len(self._hits) if words else -1

    def step(self, by: int) -> tuple[int, int]:
        """Go to the next hit, or the one before; with 0 to the first from where one is."""
        if self._hits:
            here = self.textCursor().selectionStart()
            first = next((at for at, hit in enumerate(self._hits) if hit.selectionStart() >= here), 0)
            self._hit = (self._hit + by) % len(self._hits) if by and self._hit >= 0 else first
            self.setTextCursor(self._hits[self._hit])
            self.ensureCursorVisible()
            self._mark_hits()
        return self._hit + 1, len(self._hits)

    def go_to_mark(self) -> None:
        """Bring the marked lines into sight again."""
        self._go_to_mark()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Left to who has the view."""
        self.menu_wanted.emit(event.globalPos())

    def show_theme(self) -> None:
        """Font and colours of the theme in force."""
        self.setFont(self._theme.mono())
        self.document().setDocumentMargin(8)
        for token in ("soft", "accent", "attention"):
            self._inks[token] = QTextCharFormat()
            self._inks[token].setForeground(self._theme.color(token))
        block = self.document().firstBlock()
        while block.isValid():
            block.setUserState(-1)
            block = block.next()
        self._mark_hits()
        self._room()
        self._follow()
        self.viewport().update()

    def numbers_width(self) -> int:
        """Room for the numbers of the lines."""
        digits = len(str(max(1, self.blockCount())))
        return 16 + QFontMetrics(self.font()).horizontalAdvance("9") * digits

    def paint_numbers(self, event: QPaintEvent) -> None:
        """The numbers of the lines in sight."""
        painter = QPainter(self._numbers)
        painter.fillRect(event.rect(), self._theme.color("panel"))
        painter.setFont(self.font())
        for block, top in self._in_sight():
            painter.setPen(self._theme.color("accent" if self._is_marked(block) else "soft"))
            place = QRect(0, round(top), self._numbers.width() - 8, QFontMetrics(self.font()).height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the marked lines, then the text."""
        if self._marked is not None:
            painter = QPainter(self.viewport())
            ground = self._theme.color("accent_soft")
            for block, top in self._in_sight():
                if self._is_marked(block):
                    height = self.blockBoundingRect(block).height()
                    painter.fillRect(QRectF(0, top, self.viewport().width(), height), ground)
            painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The numbers are as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(inside.left(), inside.top(), self.numbers_width(), inside.height())

    def _room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)
        inside = self.contentsRect()
        self._numbers.setGeometry(inside.left(), inside.top(), self.numbers_width(), inside.height())
        self._numbers.update()

    def _go_to_mark(self) -> None:
        """Bring the marked lines into sight."""
        bar = self.verticalScrollBar()
        if self._marked is None:
            bar.setValue(0)
            return
        first = self.document().findBlockByNumber(self._marked[0] - 1)
        if first.isValid():
            self.setTextCursor(QTextCursor(first))
            bar.setValue(max(0, self._marked[0] - 1 - bar.pageStep() // 4))
            self.horizontalScrollBar().setValue(0)

    def _look(self) -> None:
        """Find the words in what is shown now."""
        self._hits, self._hit = [], -1
        found = QTextCursor(self.document())
        while self._words and len(self._hits) < _MOST_HITS:
            found = self.document().find(self._words, found)
            if found.isNull():
                break
            self._hits.append(QTextCursor(found))
        self._mark_hits()

    def _mark_hits(self) -> None:
        marks = []
        for number, hit in enumerate(self._hits):
            mark = QTextEdit.ExtraSelection()
            here = number == self._hit
            form = QTextCharFormat()
            form.setBackground(self._theme.color("attention" if here else "attention_soft"))
            form.setForeground(self._theme.color("panel" if here else "text"))
            mark.cursor, mark.format = hit, form
            marks.append(mark)
        self.setExtraSelections(marks)

    def _is_marked(self, block: QTextBlock) -> bool:
        return self._marked is not None and self._marked[0] <= block.blockNumber() + 1 <= self._marked[1]

    @Slot()
    def _follow(self) -> None:
        if not self._busy:
            self._color()
            self._numbers.update()

    def _in_sight(self) -> Iterator[tuple[QTextBlock, float]]:
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= self.viewport().height():
            yield block, top
            top += self.blockBoundingRect(block).height()
            block = block.next()

    def _color(self) -> None:
        """Colour the lines in sight that have no colours yet. Each one that gets its colours tells us so again."""
        self._busy = True
        comments = self._file.comments if self._file is not None else frozenset()
        for block, _top in self._in_sight():
            if block.userState() == _COLORED:
                continue
            block.setUserState(_COLORED)
            ranges = []
            for span in spans(block.text(), in_comment=block.blockNumber() in comments):
                run = QTextLayout.FormatRange()
                run.start, run.length = span.start, span.length
                run.format = self._inks[span.token]
                ranges.append(run)
            block.layout().setFormats(ranges)
            self.document().markContentsDirty(block.position(), block.length())
        self._busy = False


class _Numbers(QWidget):
    """The strip at the left."""

    def __init__(self, view: XmlView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        """As wide as its numbers."""
        return QSize(self._view.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Left to the view, which knows its lines."""
        self._view.paint_numbers(event)
