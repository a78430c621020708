"""The step list at the left: a view on the steps model, each row with the step's state as a mark and in words.

It is in the first picture, so it paints itself on a surface of its own: to hand a delegate its options, or to look up
the surface that Qt made, PySide first builds dozens of enumerations, which takes 15 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QWidget

from latchkey.gui.strokes import draw
from latchkey.text import _

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent

    from latchkey.gui.steps_model import StepRow, StepsModel
    from latchkey.gui.theme import Theme

WIDTH = 232
NARROW = 60  # the marks alone, in a narrow window
_ROW = 38
_MARK = 20
_INDENT = 18

Index = QModelIndex | QPersistentModelIndex


class Rail(QListView):
    """One click or the arrow keys go to a step."""

    step_chosen = Signal(str)

    def __init__(self, model: StepsModel, theme: Theme) -> None:
        super().__init__()
        self._steps, self._theme = model, theme
        self._hovered = -1
        self._narrow = False
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._height = max(_ROW, theme.sizes.body * 2 + 10)
        model.row_size = QSize(WIDTH - 18, self._height)
        self._paper = QWidget()
        self.setViewport(self._paper)
        self.setModel(model)
        self.setMouseTracking(True)
        self.entered.connect(self._hover)
        self.viewportEntered.connect(self._leave)
        self.retranslate()

    def retranslate(self) -> None:
        """What the list is called."""
        self.setAccessibleName(_("Steps"))

    def show_step(self, step: str) -> None:
        """Mark the step that is shown."""
        row = self._steps.row_of(step)
        if row >= 0 and self.currentIndex().row() != row:
            self.setCurrentIndex(self._steps.index(row))

    @Slot(QModelIndex)
    def _hover(self, index: QModelIndex) -> None:
        self._hovered = index.row()
        self._paper.update()

    @Slot()
    def _leave(self) -> None:
        self._hovered = -1
        self._paper.update()

    def show_narrow(self, narrow: bool) -> None:
        """Show the marks alone, or marks and titles; a title is then the tool tip."""
        if narrow != self._narrow:
            self._narrow = narrow
            width = NARROW if narrow else WIDTH
            self.setFixedWidth(width)
            self._steps.row_size = QSize(width - 18, self._height)
            self.scheduleDelayedItemsLayout()

    def repaint_rows(self) -> None:
        """Paint again: the theme changed."""
        self._paper.update()

    def _paint_row(self, painter: QPainter, rect: QRectF, row: StepRow, *, chosen: bool, hovered: bool) -> None:
        color = self._theme.color
        if chosen or hovered:
            painter.setPen(QPen(color("line"), 1) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(color("panel" if chosen else "line"))
            painter.drawRoundedRect(rect, 8, 8)
        if chosen and self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.drawRoundedRect(rect, 8, 8)
        left = rect.left() + 11 + (_INDENT if row.inner else 0)
        if self._narrow:
            left = rect.center().x() - _MARK / 2
        mark = QRectF(left, rect.center().y() - _MARK / 2, _MARK, _MARK)
        self._paint_mark(painter, mark, row, chosen)
        if self._narrow:
            return
        painter.setFont(self._theme.font("body", bold=chosen))
        painter.setPen(color("text" if chosen or not row.inner else "soft"))
        room = QRectF(mark.right() + 10, rect.top(), rect.right() - mark.right() - 16, rect.height())
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_mark(self, painter: QPainter, mark: QRectF, row: StepRow, chosen: bool) -> None:
        color = self._theme.color
        if row.state == "done" and not chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("done"))
            painter.drawEllipse(mark)
            draw(painter, "tick", mark.adjusted(3, 3, -3, -3), color("on_done"), 2.6)
            return
        token = {"attention": "attention", "done": "done"}.get(row.state, "soft")
        ink = color("accent" if chosen and row.state != "attention" else token)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(mark.adjusted(0.75, 0.75, -0.75, -0.75))
        if row.state == "done":
            draw(painter, "tick", mark.adjusted(4, 4, -4, -4), ink, 2.6)
        elif row.state == "in-progress":
            painter.setBrush(ink)
            painter.drawEllipse(mark.adjusted(6.5, 6.5, -6.5, -6.5))
        elif row.state == "attention" or row.number or self._narrow:
            painter.setFont(self._theme.font("small", bold=row.state == "attention"))
            text = "!" if row.state == "attention" else str(row.number or row.title[:1])
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, text)

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows that are to be seen."""
        painter = QPainter(self._paper)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self.currentIndex().row()
        for number in range(self._steps.rowCount()):
            rect = self.visualRect(self._steps.index(number))
            if rect.intersects(event.rect()):
                inside = QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5)
                self._paint_row(painter, inside, self._steps.at(number), chosen=number == current,
                                hovered=number == self._hovered)  # fmt: skip
        painter.end()

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the mouse any more."""
        super().leaveEvent(event)
        self._leave()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The person moved to another row."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.step_chosen.emit(self._steps.at(current.row()).id)
