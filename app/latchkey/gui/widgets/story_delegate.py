"""How a line of a told journey is painted: title, badge, and a quieter remark."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from latchkey.gui.models.story_model import NODE, ORIGIN, WORDS, origin_in_words
from latchkey.gui.theme import Theme
from latchkey.policy.story_search import places

Index = QModelIndex | QPersistentModelIndex

_GAP = 8
_SIDE = 6


class StoryDelegate(QStyledItemDelegate):
    """One height for all lines, so that long journeys scroll smoothly."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line and air; as wide as what stands in it."""
        node = index.data(NODE)
        title = QFontMetrics(self._font(node.kind)).horizontalAdvance(node.title)
        note = QFontMetrics(self._theme.font("hint")).horizontalAdvance(node.note) if node.note else 0
        badge = origin_in_words(index.data(ORIGIN))
        pill = QFontMetrics(self._small()).horizontalAdvance(badge) + 2 * _SIDE + _GAP if badge else 0
        return QSize(_SIDE + title + pill + (note + _GAP if note else 0) + _SIDE, line_height(self._theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        node, origin = index.data(NODE), index.data(ORIGIN)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft" if chosen else "background"))
            painter.drawRoundedRect(rect.adjusted(0, 1, -1, -1), 6, 6)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 2, -2, -2), 6, 6)
        left, words = rect.left() + _SIDE, index.data(WORDS)
        quiet = node.kind in ("claim", "transformation", "key")
        font = self._font(node.kind)
        badge = origin_in_words(origin)
        room = QRectF(rect)
        if badge:
            room.setRight(rect.right() - QFontMetrics(self._small()).horizontalAdvance(badge) - 2 * _SIDE - _GAP)
        left = self._text(painter, room, left, node.title, font, "soft" if quiet else "text", words) + _GAP
        if badge:
            left = self._pill(painter, rect, left, badge, origin) + _GAP
        if node.note and left < rect.right() - 20:
            self._text(painter, rect, left, node.note, self._theme.font("hint"), "soft", words)
        painter.restore()

    def _text(
        self, painter: QPainter, rect: QRectF, left: float, text: str, font: QFont, token: str, words: tuple[str, ...]
    ) -> float:
        metrics = QFontMetrics(font)
        room = rect.right() - _SIDE - left
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
        for first, last in places(shown, words):
            begin, end = metrics.horizontalAdvance(shown[:first]), metrics.horizontalAdvance(shown[:last])
            mark = QRectF(left + begin - 1, rect.center().y() - metrics.height() / 2, end - begin + 2, metrics.height())
            painter.setPen(QPen(self._theme.color("attention"), 1))
            painter.setBrush(self._theme.color("attention_soft"))
            painter.drawRoundedRect(mark, 3, 3)
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        painter.drawText(QRectF(left, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        return left + metrics.horizontalAdvance(shown)

    def _pill(self, painter: QPainter, rect: QRectF, left: float, text: str, origin: str) -> float:
        """What is new stands on a ground of its own, what changed within a frame, the rest is quiet."""
        font, token = self._small(), "accent" if origin in ("new", "changed") else "soft"
        metrics = QFontMetrics(font)
        pill = QRectF(left, rect.center().y() - metrics.height() / 2 - 1, 0, metrics.height() + 2)
        pill.setWidth(metrics.horizontalAdvance(text) + 2 * _SIDE)
        painter.setPen(QPen(self._theme.color(token if token == "accent" else "line"), 1))
        painter.setBrush(self._theme.color("accent_soft") if origin == "new" else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(pill, 4, 4)
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return pill.right()

    def _font(self, kind: str) -> QFont:
        return self._theme.font(
            "hint" if kind in ("claim", "transformation", "key") else "body", bold=kind == "journey"
        )

    def _small(self) -> QFont:
        font = self._theme.font("hint")
        font.setPixelSize(font.pixelSize() - 2)
        return font


def line_height(theme: Theme) -> int:
    """The height of a line."""
    return QFontMetrics(theme.font("body")).height() + 10
