"""A choice of a few things that each need a sentence: cards with a radio button, pressed anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame

from latchkey.gui.widgets.checks import RadioButton
from latchkey.gui.widgets.flow import Columns
from latchkey.gui.widgets.labels import column, label, set_role
from latchkey.gui.widgets.texts import Texts

Option = tuple[str, str, str]  # value, title and explanation as marked sentences


class OptionCard(QFrame):
    """One of them."""

    def __init__(self, texts: Texts, title: str, explanation: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.radio = RadioButton()
        self._explanation = label("hint")
        self._explanation.setContentsMargins(31, 0, 0, 0)
        layout = column(self, spacing=2, margins=(12, 10, 14, 12))
        layout.addWidget(self.radio)
        layout.addWidget(self._explanation)
        layout.addStretch(1)
        texts.put(self.radio.setText, title)
        texts.put(self._explain, explanation)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole card is the button."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.radio.click()
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def show_chosen(self, chosen: bool) -> None:
        """Mark the card, or take the mark off."""
        set_role(self, "chosen", "true" if chosen else "false")

    def _explain(self, text: str) -> None:
        self._explanation.setText(text)
        self._explanation.setVisible(bool(text))
        self.radio.setAccessibleDescription(text)


class Options(QFrame):
    """The cards one below the other, or beside each other where there is room (`across`). `chosen` comes only from
    the person.
    """

    chosen = Signal(str)

    def __init__(self, texts: Texts, options: Sequence[Option], across: bool = False) -> None:
        super().__init__()
        self._texts = texts
        self._group = QButtonGroup(self)
        self._cards: dict[str, OptionCard] = {}
        self._value = ""
        layout = column(self, spacing=8)
        columns = Columns() if across else None
        if columns is not None:
            layout.addWidget(columns)
        for value, title, explanation in options:
            card = OptionCard(texts, title, explanation)
            self._cards[value] = card
            self._group.addButton(card.radio)
            if columns is not None:
                columns.add(card)
            else:
                layout.addWidget(card, 1)
        # Not `buttonClicked`: a screen reader toggles, without a click.
        self._group.buttonToggled.connect(self._toggled)

    def answer(self, question: str) -> None:
        """What these are answers to, as a marked sentence: it is spoken when the focus comes in."""
        self._texts.put(self.setAccessibleName, question)

    def show_value(self, value: str) -> None:
        """Show which one is chosen; an unknown one: none is."""
        self._value = value
        self._group.setExclusive(False)
        for name, card in self._cards.items():
            card.radio.setChecked(name == value)
            card.show_chosen(name == value)
        self._group.setExclusive(True)

    def first(self) -> RadioButton:
        """The one that is chosen, or the first: where the focus goes."""
        return (self._cards.get(self._value) or next(iter(self._cards.values()))).radio

    @Slot(QObject, bool)
    def _toggled(self, button: QObject, checked: bool) -> None:
        value = next(name for name, card in self._cards.items() if card.radio is button)
        if checked and value != self._value:
            self.show_value(value)
            self.chosen.emit(value)
