"""The card around the list of sign-in buttons: help where it is empty, and the row of e-mail and password below it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from latchkey.catalogue.entries import Entry
from latchkey.gui.called import type_name
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, empty, label, row
from latchkey.gui.widgets.texts import Texts
from latchkey.text import N_, _

_OFFERED = 3


class ButtonsCard(QFrame):
    """Holds the list."""

    type_wanted = Signal(str)  # a suggestion was taken

    def __init__(self, tools: Tools, texts: Texts, held: QWidget) -> None:
        super().__init__()
        self._tools = tools
        self._held = held
        self.setProperty("role", "card")
        self.nothing, self.local = self._help(texts), self._local_row(texts)
        inside = column(self, spacing=0, margins=(1, 1, 1, 1))
        for each in (self.nothing, held, self.local):
            inside.addWidget(each)

    def suggestions(self) -> list[QPushButton]:
        """The buttons that add one at once."""
        items = (self._chips.itemAt(number) for number in range(self._chips.count()))
        return [made for item in items if item is not None and isinstance(made := item.widget(), QPushButton)]

    def show_state(self, *, filled: bool, local: bool, entries: Iterable[Entry]) -> None:
        """With or without rows, with or without e-mail and password; `entries`: what can be suggested."""
        self.nothing.setVisible(not filled)
        self._held.setVisible(filled)
        self.local.setVisible(local)
        if not filled and not self._chips.count():
            # As the gallery begins: what is at work, or needs most knowledge, is nothing to start with.
            self._suggest(sorted(entries, key=lambda entry: entry.section != "china")[:_OFFERED])

    def retranslate(self) -> None:
        """The language changed: suggestions are made again when they are needed."""
        empty(self._chips)

    def show_theme(self) -> None:
        """The tile of the fixed row."""
        tile = self._tools.icons.tile("", self._tools.theme.tokens.soft, "@", 30)
        self._tile.setPixmap(tile.pixmap(30, 30))

    def _help(self, texts: Texts) -> QFrame:
        holder = QFrame()
        layout = column(holder, spacing=6, margins=(20, 24, 20, 24))
        heading, text = label("section"), label("soft")
        texts.put(heading.setText, N_("No button yet"))
        texts.put(text.setText, N_("Start with one; you can add more, change the order and take them off at any time."))
        self._chips = row(spacing=8, margins=(0, 8, 0, 0))
        layout.addWidget(heading)
        layout.addWidget(text)
        layout.addLayout(self._chips)
        return holder

    def _local_row(self, texts: Texts) -> QFrame:
        """E-mail and password: on the page, but not in the list."""
        holder = QFrame()
        holder.setObjectName("local_row")
        self._tile, name, line = label(wrap=False), label(), label("hint")
        texts.put(name.setText, N_("E-mail and password"))
        texts.put(line.setText, N_("The page design decides its place, not this list. Try the designs beside it."))
        words = column(spacing=0)
        words.addWidget(name)
        words.addWidget(line)
        layout = row(holder, spacing=11, margins=(36, 12, 14, 12))
        layout.addWidget(self._tile)
        layout.addLayout(words, 1)
        return holder

    def _suggest(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            made = button("small")
            made.setText(type_name(entry))
            made.setIcon(self._tools.icons.tile(entry.icon, entry.color, entry.title, 18))
            made.setAccessibleName(_("Add {provider}").format(provider=type_name(entry)))
            made.setProperty("provider_type", entry.type)
            made.clicked.connect(self._take)
            self._chips.addWidget(made)
        self._chips.addStretch(1)

    @Slot()
    def _take(self) -> None:
        self.type_wanted.emit(str(self.sender().property("provider_type")))
