"""How the buttons page shares its room: list and sketch side by side, or in a narrow window one below the other; and as
many rows as fit, so that with many of them the list scrolls and not the page.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from latchkey.gui.widgets.button_list import ButtonList

_BETWEEN = 24
_BELOW = 24  # the page's own margin
_WIDEST = (460, 400)  # list, sketch
_SHARES = (52, 48)
_UNBOUND = 16777215  # Qt's own "as wide as you like"
_ROWS_SHARE = 0.6  # of the window, where the sketch is below the list
_SKETCH_SHARE = 0.85


class SharedRoom(QObject):
    """Watches the page, and the area that the page scrolls in."""

    def __init__(self, page: QWidget, sides: tuple[QWidget, QWidget], rows: ButtonList) -> None:
        super().__init__(page)
        self._page, self._sides, self._rows = page, sides, rows
        self._area: QScrollArea | None = None
        self.beside = True
        self.layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.layout.setSpacing(_BETWEEN)
        for side in sides:
            self.layout.addWidget(side)
        self.layout.addStretch(0)
        self._stand()
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window, or what else is on the page, has another size."""
        if event.type() == QEvent.Type.Show and self._area is None:
            self._find_area()
        if event.type() in (QEvent.Type.Show, QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        """Say how much room there is."""
        if self._area is None:
            return
        window = self._area.viewport().size()
        least = sum(side.minimumSizeHint().width() for side in self._sides) + _BETWEEN
        beside = window.width() >= least + self._margins()
        if beside != self.beside:
            self.beside = beside
            self._stand()
        if beside:
            self._rows.give(max(1, window.height() - self._others()))
        else:
            self._rows.give(round(window.height() * _ROWS_SHARE))
            self._sides[1].setMinimumHeight(round(window.height() * _SKETCH_SHARE))

    def _others(self) -> int:
        """How high everything is that stands above and below the rows."""
        left = self._sides[0]
        inside = left.layout()
        high = inside.totalHeightForWidth(left.width()) if inside is not None else 0
        return left.mapTo(self._page, QPoint()).y() + high - self._rows.sizeHint().height() + _BELOW

    def _stand(self) -> None:
        """Put the sketch beside the list, or below it."""
        direction = QBoxLayout.Direction
        self.layout.setDirection(direction.LeftToRight if self.beside else direction.TopToBottom)
        for number, (side, widest, share) in enumerate(zip(self._sides, _WIDEST, _SHARES, strict=True)):
            # One below the other, a widest width would make Qt reckon the height of wrapped texts too small.
            side.setMaximumWidth(widest if self.beside else _UNBOUND)
            side.setMinimumHeight(0)
            self.layout.setStretch(number, share if self.beside else 0)

    def _margins(self) -> int:
        layout = self._page.layout()
        return layout.contentsMargins().left() + layout.contentsMargins().right() if layout is not None else 0

    def _find_area(self) -> None:
        over = self._page.parentWidget()
        while over is not None and not isinstance(over, QScrollArea):
            over = over.parentWidget()
        if isinstance(over, QScrollArea):
            self._area = over
            over.viewport().installEventFilter(self)
