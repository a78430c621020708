"""The picture of a journey to look at: zoom, pan, and a click or the arrow keys choose a part."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip

from latchkey.gui.announce import announce
from latchkey.gui.theme import Theme
from latchkey.gui.tips import tip
from latchkey.gui.widgets.flow_paint import on_screen, paint
from latchkey.policy.flow import TITLE, Box, Flow
from latchkey.policy.story import StoryNode

Fit = Literal["width", "all", ""]

_LEAST, _MOST = 0.2, 3.0
_STEP = 1.2
_WIDEST = 1.1  # a small picture is not blown up


class FlowPicture(QAbstractScrollArea):
    """Read-only."""

    chosen = Signal(object)  # a StoryNode
    opened = Signal(object)  # the same, with Return or a double click
    zoomed = Signal(int)  # per cent

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._flow: Flow | None = None
        self._scale, self._fit = 1.0, "width"
        self._lit: Box | None = None
        self._at: Box | None = None
        self._pressed: QPoint | None = None  # where the mouse went down
        self._panned = False
        self.setObjectName("flow")
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 160)

    # Showing

    def show_flow(self, flow: Flow | None) -> None:
        """Show a picture; the part that was chosen stays chosen, if it is still there."""
        before = self._at.node if self._at is not None else None
        self._flow, self._lit = flow, None
        self._at = self._alike(before)
        self._lay_out()

    def choose(self, node: StoryNode | None) -> bool:
        """Mark a part and bring it into sight. False: the picture has none for it."""
        self._at = self._box(node)
        if self._at is not None:
            self._show_box(self._at)
        self.viewport().update()
        return self._at is not None

    @property
    def percent(self) -> int:
        """How large it is shown."""
        return round(self._scale / self._own * 100)

    @property
    def _own(self) -> float:
        """The scale in which its text is as large as all other text."""
        return self._theme.sizes.body / TITLE

    @property
    def current(self) -> Box | None:
        """The part that is chosen."""
        return self._at

    @Slot()
    def zoom_in(self) -> None:
        """Larger."""
        self._zoom(self._scale * _STEP, QPointF(self.viewport().rect().center()))

    @Slot()
    def zoom_out(self) -> None:
        """Smaller."""
        self._zoom(self._scale / _STEP, QPointF(self.viewport().rect().center()))

    @Slot()
    def zoom_to_size(self) -> None:
        """In its own size."""
        self._zoom(self._own, QPointF(self.viewport().rect().center()))

    @Slot()
    def fit_all(self) -> None:
        """The whole picture at once."""
        self._fit = "all"
        self._lay_out()

    @Slot()
    def fit_width(self) -> None:
        """As wide as there is room."""
        self._fit = "width"
        self._lay_out()

    def show_theme(self) -> None:
        """Colours of the theme in force."""
        self.viewport().update()

    def place_of(self, box: Box) -> QPoint:
        """The middle of a box, on the viewport."""
        middle = QPointF(box.x + min(box.width / 2, 40), box.y + min(box.height / 2, 14)) * self._scale + self._origin()
        return middle.toPoint()

    # Reckoning

    def _lay_out(self) -> None:
        flow = self._flow
        if flow is not None and self._fit:
            wide = (self.viewport().width() - 2) / flow.width
            scale = wide if self._fit == "width" else min(wide, (self.viewport().height() - 2) / flow.height)
            self._scale = min(_WIDEST * self._own, max(_LEAST, scale))
            self.zoomed.emit(self.percent)
        for bar, size, room in (
            (self.horizontalScrollBar(), flow.width if flow else 0, self.viewport().width()),
            (self.verticalScrollBar(), flow.height if flow else 0, self.viewport().height()),
        ):
            bar.setRange(0, max(0, round(size * self._scale) - room))
            bar.setPageStep(room)
            bar.setSingleStep(40)
        self.viewport().update()

    def _zoom(self, scale: float, around: QPointF) -> None:
        """Another size; what is under a point stays there."""
        if self._flow is None:
            return
        place = (around - self._origin()) / self._scale
        self._fit, self._scale = "", min(_MOST, max(_LEAST, scale))
        self._lay_out()
        after = place * self._scale
        self.horizontalScrollBar().setValue(round(after.x() - around.x()))
        self.verticalScrollBar().setValue(round(after.y() - around.y()))
        self.zoomed.emit(self.percent)

    def _origin(self) -> QPointF:
        """Where the picture's corner is on the viewport: in the middle if there is room around it."""
        assert self._flow is not None
        spare = self.viewport().width() - self._flow.width * self._scale
        left = spare / 2 if spare > 0 else -self.horizontalScrollBar().value()
        return QPointF(left, -self.verticalScrollBar().value())

    def _box_at(self, place: QPointF) -> Box | None:
        if self._flow is None:
            return None
        inside = (place - self._origin()) / self._scale
        return self._flow.at(inside.x(), inside.y())

    def _boxes(self) -> list[Box]:
        return [box for box in self._flow.boxes if box.node is not None] if self._flow is not None else []

    def _box(self, node: StoryNode | None) -> Box | None:
        """The box of a part, or of the nearest one that it belongs to."""
        boxes = self._boxes()
        for box in boxes:
            if box.node is node:
                return box
        inside = (
            box for box in reversed(boxes) if box.node is not None and any(one is node for one in box.node.walk())
        )
        return next(inside, None)

    def _alike(self, node: StoryNode | None) -> Box | None:
        """What stands in the place of a part of the picture before."""
        if node is None:
            return None
        names = (node.kind, node.id, node.title), (node.kind, node.id)
        boxes = self._boxes()
        same = [box for box in boxes if box.node and (box.node.kind, box.node.id, box.node.title) == names[0]]
        same += [box for box in boxes if box.node and (box.node.kind, box.node.id) == names[1]]
        return same[0] if same else None

    def _show_box(self, box: Box) -> None:
        place = QRectF(
            QPointF(box.x, box.y) * self._scale, QPointF(box.x + box.width, box.y + box.height) * self._scale
        )
        for bar, first, last, room in (
            (self.horizontalScrollBar(), place.left(), place.right(), self.viewport().width()),
            (self.verticalScrollBar(), place.top(), place.bottom(), self.viewport().height()),
        ):
            if first - 16 < bar.value() or last - first > room:
                bar.setValue(round(first - 16))
            elif last + 16 > bar.value() + room:
                bar.setValue(round(last + 16 - room))

    def _take(self, box: Box | None) -> None:
        """The person chose a part."""
        if box is not None and box.node is not None:
            self._at = box
            self._show_box(box)
            self.viewport().update()
            self.setAccessibleDescription(box.says)
            announce(self, box.says)
            self.chosen.emit(box.node)

    def _beside(self, key: Qt.Key) -> Box | None:
        """The nearest part in the direction of an arrow key."""
        here = self._at
        if here is None:
            return next(iter(self._boxes()), None)
        along = {Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0)}[
            key
        ]
        best: tuple[float, Box] | None = None
        for box in self._boxes():
            x = (box.x + box.width / 2) - (here.x + here.width / 2)
            y = (box.y + min(box.height, 36) / 2) - (here.y + min(here.height, 36) / 2)
            forward, aside = x * along[0] + y * along[1], abs(x * along[1]) + abs(y * along[0])
            if box is not here and forward > 1 and (best is None or forward + 2 * aside < best[0]):
                best = forward + 2 * aside, box
        return best[1] if best is not None else None

    # Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, and a frame while it has the focus."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("panel"))
        if self._flow is not None:
            painter.translate(self._origin())
            painter.scale(self._scale, self._scale)
            sight = painter.transform().inverted()[0].mapRect(QRectF(event.rect()))
            paint(painter, self._flow, on_screen(self._theme), sight, self._lit, self._at)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(2, 2, -2, -2), 8, 8)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint again at the other place."""
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Something is chosen as soon as keys work here."""
        super().focusInEvent(event)
        self.viewport().update()
        if self._at is None and event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._take(next(iter(self._boxes()), None))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without its frame."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from part to part; plus, minus, 0 zoom; Return opens."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._take(self._beside(key))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            boxes = self._boxes()
            self._take(boxes[0 if key is Qt.Key.Key_Home else -1] if boxes else None)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key is Qt.Key.Key_Minus:
            self.zoom_out()
        elif key is Qt.Key.Key_0:
            self.zoom_to_size()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.opened.emit(self._at.node)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses, a drag pans."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._panned = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or show what is under the mouse."""
        place = event.position().toPoint()
        if self._pressed is not None:
            moved = place - self._pressed
            if self._panned or moved.manhattanLength() >= QApplication.startDragDistance():
                self._panned = True
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
                self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())
                self._pressed = place
            return
        box = self._box_at(event.position())
        if box is not self._lit:
            self._lit = box
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if box else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click is over."""
        if self._pressed is not None and not self._panned:
            self._take(self._box_at(event.position()))
        self._pressed = None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if self._lit else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        box = self._box_at(event.position())
        if box is not None:
            self.opened.emit(box.node)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y() / 120
            self._zoom(self._scale * _STEP**turned, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole text of what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            box = self._box_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip(box.says) if box is not None else "", self)
            return True
        return super().viewportEvent(event)

    def sizeHint(self) -> QSize:
        """Some of it."""
        return QSize(640, 400)
