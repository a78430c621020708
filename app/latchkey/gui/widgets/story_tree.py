"""The tree of journeys told in words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from latchkey.gui.models.story_model import StoryModel
from latchkey.gui.strokes import draw
from latchkey.gui.theme import Theme
from latchkey.gui.widgets.story_delegate import StoryDelegate

_ARROW = 14


class StoryTree(QTreeView):
    """Opens and closes with a click on the arrow, a double click, or the arrow keys."""

    def __init__(self, model: StoryModel, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("story")
        self.setModel(model)
        self.setItemDelegate(StoryDelegate(theme, self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setIndentation(20)
        self.setExpandsOnDoubleClick(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """An arrow where there is something to open, and nothing else."""
        if not self.model().hasChildren(index):
            return
        name = "down" if self.isExpanded(index) else "next"
        place = QRectF(rect.right() - _ARROW - 2, rect.center().y() - _ARROW / 2 + 0.5, _ARROW, _ARROW)
        draw(painter, name, place, self._theme.color("soft"), 2.2)
