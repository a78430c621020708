"""A field to search with: how many hits there are, to the next and the one before. Return and F3 go on, Escape ends."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from latchkey.gui.icons import Icons
from latchkey.gui.widgets.labels import button, label, row
from latchkey.text import _

_ICON = 16


class SearchBar(QWidget):
    """Says what is searched for; whoever has it searches and says what there is (`show_hits`)."""

    typed = Signal(str)
    stepped = Signal(int)  # 1: to the next hit, -1: to the one before
    closed = Signal()  # Escape in an empty field, or the cross

    def __init__(self, icons: Icons, *, closes: bool = False) -> None:
        super().__init__()
        self._icons, self._closes = icons, closes
        self.field = _Field()
        self._glass = QAction(self)
        self.field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.field.setClearButtonEnabled(True)
        self._count = label("hint", wrap=False)
        self.previous, self.next, self.close_button = button("icon"), button("icon"), button("icon")
        layout = row(self, spacing=6)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._count)
        for each in (self.previous, self.next, self.close_button):
            each.setIconSize(QSize(_ICON, _ICON))
            layout.addWidget(each)
        self.close_button.setVisible(closes)
        self.field.textChanged.connect(self._typed)
        self.field.stepped.connect(self.stepped)
        self.field.ended.connect(self._end)
        self.previous.clicked.connect(self._step_back)
        self.next.clicked.connect(self._step_on)
        self.close_button.clicked.connect(self._close)
        self.show_hits(0, -1)

    def retranslate(self, what: str) -> None:
        """The words of the language in force; `what` says what is searched."""
        self.field.setAccessibleName(what)
        self.field.setToolTip(what)
        self.field.setPlaceholderText(_("Search"))
        for made, says in (
            (self.previous, _("Previous hit")), (self.next, _("Next hit")), (self.close_button, _("Close the search")),
        ):  # fmt: skip
            made.setAccessibleName(says)
            made.setToolTip(says)
        self._count.setText("")

    def show_theme(self) -> None:
        """Icons in the theme's colours."""
        self._glass.setIcon(self._icons.icon("search", "soft", _ICON))
        for made, name in ((self.previous, "up"), (self.next, "down"), (self.close_button, "close")):
            made.setIcon(self._icons.icon(name, "text", _ICON))

    def show_hits(self, at: int, count: int) -> None:
        """The place of the hit that one is at, from 1 (0: at none), and how many there are; -1: nothing is searched."""
        asked = count >= 0
        if not asked:
            said = ""
        elif not count:
            said = _("Nothing found")
        else:
            said = _("{place} of {count}").format(place=at or "–", count=count)
        self._count.setText(said)
        self._count.setVisible(bool(said))
        self.previous.setEnabled(count > 0)
        self.next.setEnabled(count > 0)

    def said(self) -> str:
        """What stands beside the field."""
        return self._count.text()

    def begin(self) -> None:
        """Let the person type."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.typed.emit(text)

    @Slot()
    def _step_on(self) -> None:
        self.stepped.emit(1)

    @Slot()
    def _step_back(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _end(self) -> None:
        if self.field.text() and not self._closes:
            self.field.clear()
        else:
            self._close()

    @Slot()
    def _close(self) -> None:
        self.field.clear()
        self.closed.emit()


class _Field(QLineEdit):
    """Tells Return, F3, the arrow keys and Escape."""

    stepped = Signal(int)
    ended = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that are not for typing."""
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self.stepped.emit(-1 if shift else 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key is Qt.Key.Key_Down else -1)
        elif key is Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)
