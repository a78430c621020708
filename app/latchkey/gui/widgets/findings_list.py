"""The list of findings in the review."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from latchkey.gui.models.findings_model import FINDING, FindingsModel
from latchkey.gui.theme import Theme
from latchkey.gui.widgets.finding_delegate import FindingDelegate

_LOWEST = 96  # pixels of a list in a small window


class FindingsList(QListView):
    """Enter or a double click goes to where a finding is. Never higher than its rows."""

    chosen = Signal(object)

    def __init__(self, model: FindingsModel, theme: Theme) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(FindingDelegate(theme, self))
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._choose)
        for changed in (model.rowsInserted, model.rowsRemoved, model.dataChanged, model.modelReset):
            changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if event.size().width() != event.oldSize().width():
            self._fit()

    @Slot()
    def _fit(self) -> None:
        rows = range(self.model().rowCount())
        needed = sum(self.sizeHintForIndex(self.model().index(row, 0)).height() for row in rows)
        needed += 2 * self.frameWidth() + 2
        self.setMinimumHeight(min(_LOWEST, needed))
        self.setMaximumHeight(needed)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(FINDING))
