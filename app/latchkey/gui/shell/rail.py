"""The step list at the left: a view on the steps model, each row with the step's state as a mark and in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from latchkey.gui.steps_model import StepRow, StepsModel
from latchkey.gui.strokes import draw
from latchkey.gui.theme import Theme
from latchkey.text import _

WIDTH = 232
_ROW = 38
_MARK = 20
_INDENT = 18

Index = QModelIndex | QPersistentModelIndex


class Rail(QListView):
    """One click or the arrow keys go to a step."""

    step_chosen = Signal(str)

    def __init__(self, model: StepsModel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(model)
        self.setItemDelegate(StepDelegate(theme, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.hovered = -1
        self.retranslate()
        self.entered.connect(self._hover)
        self.viewportEntered.connect(self._leave)
        self._steps = model

    def retranslate(self) -> None:
        """What the list is called."""
        self.setAccessibleName(_("Steps"))

    def show_step(self, step: str) -> None:
        """Mark the step that is shown."""
        row = self._steps.row_of(step)
        if row >= 0 and self.currentIndex().row() != row:
            self.setCurrentIndex(self._steps.index(row))

    @Slot(QModelIndex, QModelIndex)
    def currentChanged(self, current: Index, previous: Index) -> None:
        """The person moved to another row."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.step_chosen.emit(self._steps.at(current.row()).id)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the mouse any more."""
        super().leaveEvent(event)
        self._leave()

    @Slot(QModelIndex)
    def _hover(self, index: QModelIndex) -> None:
        self.hovered = index.row()
        self.viewport().update()

    @Slot()
    def _leave(self) -> None:
        self.hovered = -1
        self.viewport().update()


class StepDelegate(QStyledItemDelegate):
    """Paints number, tick, exclamation mark or ring, and the title."""

    def __init__(self, theme: Theme, view: Rail) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are of one height, which grows with the text."""
        return QSize(WIDTH - 24, max(_ROW, self._theme.sizes.body * 2 + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row: StepRow = index.data(Qt.ItemDataRole.UserRole)
        chosen = index.row() == self._view.currentIndex().row()
        rect = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or index.row() == self._view.hovered:
            painter.setPen(QPen(self._theme.color("line"), 1) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("panel" if chosen else "line"))
            painter.drawRoundedRect(rect, 8, 8)
        if chosen and self._view.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 8, 8)
        left = rect.left() + 11 + (_INDENT if row.inner else 0)
        mark = QRectF(left, rect.center().y() - _MARK / 2, _MARK, _MARK)
        self._mark(painter, mark, row, chosen)
        painter.setFont(self._theme.font("body", bold=chosen))
        painter.setPen(self._theme.color("text" if chosen or not row.inner else "soft"))
        room = QRectF(mark.right() + 10, rect.top(), rect.right() - mark.right() - 16, rect.height())
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()

    def _mark(self, painter: QPainter, mark: QRectF, row: StepRow, chosen: bool) -> None:
        circle = mark.adjusted(0.75, 0.75, -0.75, -0.75)
        if row.state == "done" and not chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("done"))
            painter.drawEllipse(mark)
            draw(painter, "tick", mark.adjusted(3, 3, -3, -3), self._theme.color("on_done"), 2.6)
            return
        token = {"attention": "attention", "done": "done"}.get(row.state, "soft")
        color = self._theme.color("accent" if chosen and row.state != "attention" else token)
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if row.state == "done":
            draw(painter, "tick", mark.adjusted(4, 4, -4, -4), color, 2.6)
        elif row.state == "attention":
            painter.setFont(self._theme.font("hint", bold=True))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "!")
        elif row.state == "in-progress":
            painter.setBrush(color)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(mark.center()), 3.5, 3.5)
        elif row.number:
            font = self._theme.font("hint")
            font.setPixelSize(font.pixelSize() - 1)
            painter.setFont(font)
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, str(row.number))
