"""How a finding is painted in the review: mark, what is wrong, what to do, where."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from latchkey.check.finding import Finding, Level
from latchkey.gui.inline_code import as_text
from latchkey.gui.models.findings_model import FINDING, place_in_words
from latchkey.gui.strokes import draw
from latchkey.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

_LEFT = 46
_SIDE = 16
_TOP = 10
_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


class FindingDelegate(QStyledItemDelegate):
    """Texts wrap; a row is as high as it must be."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """The width of the view, and what the texts need."""
        width = self._view.viewport().width()
        height = sum(place.height() for place, _text, _role, _token in self._texts(QRectF(0, 0, width, 0), index))
        return QSize(width, round(height) + 2 * _TOP + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One finding."""
        finding: Finding = index.data(FINDING)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("background"))
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), self._theme.color("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), 6, 6)
        mark = QRectF(rect.left() + _SIDE, rect.top() + _TOP, 18, 18)
        draw(painter, "attention", mark, self._theme.color(_token(finding)))
        for place, text, role, token in self._texts(rect, index):
            painter.setFont(self._theme.font(role))
            painter.setPen(self._theme.color(token))
            painter.drawText(place, _FLAGS, text)
        painter.restore()

    def _texts(self, rect: QRectF, index: Index) -> list[tuple[QRectF, str, str, str]]:
        """Where each text stands, with its font's role and its colour."""
        finding: Finding = index.data(FINDING)
        top, found = rect.top() + _TOP, []
        for text, role, token in (
            (as_text(finding.message), "body", "text"),
            (as_text(finding.hint), "hint", "soft"),
            (place_in_words(finding), "hint", "accent"),
        ):
            if text:
                room = QRectF(rect.left() + _LEFT, top, max(40.0, rect.width() - _LEFT - _SIDE), 10_000)
                needed = QFontMetrics(self._theme.font(role)).boundingRect(room.toRect(), _FLAGS, text).height()
                found.append((QRectF(room.left(), top, room.width(), needed), text, role, token))
                top += needed
        return found


def _token(finding: Finding) -> str:
    """Red is for what is wrong with files; an answer that is still open is no refusal."""
    if finding.level is Level.INFO:
        return "soft"
    return "refusal" if finding.level is Level.ERROR and finding.file else "attention"
