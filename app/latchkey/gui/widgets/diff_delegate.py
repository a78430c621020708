"""How a line of a difference is painted: numbers, both sides or one, what differs within it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from latchkey.compose.comparing import Span
from latchkey.gui.models.diff_model import LINE, DiffModel, Line, in_words
from latchkey.gui.strokes import draw
from latchkey.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

_AIR = 8  # beside numbers and texts
_TAB = "    "
_SIGN = {"old": "-", "new": "+", "": " "}


class DiffDelegate(QStyledItemDelegate):
    """Lines of one height; the sides move together to the left and right."""

    def __init__(self, theme: Theme, view: QListView, lines: DiffModel) -> None:
        super().__init__(view)
        self._theme, self._view, self._lines = theme, view, lines

    def line_height(self) -> int:
        """Of every line."""
        return round(QFontMetricsF(self._theme.mono()).lineSpacing()) + 4

    def pane(self) -> float:
        """How wide a side is."""
        wide = self._view.viewport().width()
        return wide / 2 if self._lines.beside else wide

    def room(self) -> float:
        """Of a side, what is left for text."""
        return self.pane() - self.gutter()

    def gutter(self) -> float:
        """The numbers' part of a side."""
        metrics = QFontMetricsF(self._theme.mono())
        digits = len(str(max(1, self._lines.highest)))
        columns = 1 if self._lines.beside else 2
        return columns * (metrics.horizontalAdvance("9") * digits + _AIR) + metrics.horizontalAdvance("+") + 2 * _AIR

    def text_width(self) -> float:
        """What the longest line needs."""
        advance = QFontMetricsF(self._theme.mono()).horizontalAdvance("x")
        return advance * self._lines.longest * 1.02 + 3 * _AIR

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As wide as the view, and what sticks out of a side."""
        more = max(0.0, self.text_width() - self.room())
        return QSize(round(self._view.viewport().width() + more), self.line_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        line: Line = index.data(LINE)
        rect = QRectF(0, option.rect.top(), self._view.viewport().width(), option.rect.height())
        painter.save()
        painter.setFont(self._theme.mono())
        if line.fold is not None:
            self._paint_fold(painter, rect, line, option)
        elif line.row is not None:
            gone, come = self._lines.marks_of(line)
            row = line.row
            if self._lines.beside:
                half = QRectF(rect.left(), rect.top(), rect.width() / 2, rect.height())
                old_side = "old" if row.kind in ("changed", "removed") else "" if row.old else "none"
                new_side = "new" if row.kind in ("changed", "added") else "" if row.new else "none"
                self._paint_side(painter, half, (row.old,), row.before, old_side, gone)
                self._paint_side(painter, half.translated(half.width(), 0), (row.new,), row.after, new_side, come)
                painter.setPen(QPen(self._theme.color("line"), 1))
                painter.drawLine(QPointF(half.right(), rect.top()), QPointF(half.right(), rect.bottom()))
            elif line.side == "old":
                self._paint_side(painter, rect, (row.old, 0), row.before, "old", gone)
            elif line.side == "new":
                self._paint_side(painter, rect, (0, row.new), row.after, "new", come)
            else:
                self._paint_side(painter, rect, (row.old, row.new), row.after, "", ())
        self._paint_state(painter, rect, option)
        painter.restore()

    def _paint_side(
        self, painter: QPainter, rect: QRectF, numbers: tuple[int, ...], text: str, side: str, spans: tuple[Span, ...]
    ) -> None:
        """`side`: what happens to the line; "none": the other side has one, this one has not."""
        theme, metrics = self._theme, QFontMetricsF(self._theme.mono())
        ground = {"old": "refusal_soft", "new": "accent_soft", "none": "background"}.get(side)
        if ground is not None:
            painter.fillRect(rect, theme.color(ground))
        if side == "none":
            return
        ink = {"old": "refusal", "new": "done"}.get(side, "soft")
        place, wide = rect.left(), metrics.horizontalAdvance("9") * len(str(max(1, self._lines.highest)))
        baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2
        painter.setPen(theme.color(ink))
        for number in numbers:
            place += wide + _AIR
            if number:
                painter.drawText(QPointF(place - metrics.horizontalAdvance(str(number)), baseline), str(number))
        painter.drawText(QPointF(place + _AIR, baseline), _SIGN[side])
        inside = QRectF(rect.left() + self.gutter(), rect.top(), rect.width() - self.gutter(), rect.height())
        painter.save()
        painter.setClipRect(inside)
        left = inside.left() - self._view.horizontalScrollBar().value()
        for first, last in spans:
            begin = metrics.horizontalAdvance(_plain(text[:first]))
            end = metrics.horizontalAdvance(_plain(text[:last]))
            mark = QRectF(left + begin, rect.top() + 1, end - begin, rect.height() - 2)
            color = theme.color(ink)
            color.setAlphaF(0.26)
            painter.fillRect(mark, color)
            painter.fillRect(QRectF(mark.left(), mark.bottom() - 2, mark.width(), 2), theme.color(ink))
        painter.setPen(theme.color("text" if side else "soft"))
        painter.drawText(QPointF(left, baseline), _plain(text))
        painter.restore()

    def _paint_fold(self, painter: QPainter, rect: QRectF, line: Line, option: QStyleOptionViewItem) -> None:
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, self._theme.color("rail"))
        painter.setFont(self._theme.font("hint"))
        metrics = QFontMetricsF(painter.font())
        text = in_words(line)
        left = rect.center().x() - (metrics.horizontalAdvance(text) + 20) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color("accent" if over else "soft")
        draw(painter, "down", QRectF(left, rect.center().y() - 7, 14, 14), color, 2.2)
        painter.setPen(color)
        baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(left + 20, baseline), text)

    def _paint_state(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem) -> None:
        """What is selected has a bar at the left; the line that keys work on has a frame."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), self._theme.color("accent"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))


def _plain(text: str) -> str:
    return text.replace("\t", _TAB)
