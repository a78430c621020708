"""The long form of a rule: what has to hold and why, what to do, what Azure says, where to read more; and Copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QWidget

from latchkey.gui.announce import announce
from latchkey.gui.tips import tip
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, empty, label, row, set_sentence
from latchkey.gui.widgets.linked_text import LinkedText
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.check.explained import Explanation

_SAFE = "https://"
_COPIED_FOR = 2000  # milliseconds


class ExplanationView(QWidget):
    """Texts that can be selected; links open the browser."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._plain = ""
        self._parts = column(spacing=6)
        self.copy = button("small")
        self.copy.clicked.connect(self._copy)
        self._back = QTimer(self, singleShot=True, interval=_COPIED_FOR)
        self._back.timeout.connect(self._say)
        layout = column(self, spacing=10)
        layout.addLayout(self._parts)
        below = row()
        below.addWidget(self.copy)
        below.addStretch(1)
        layout.addLayout(below)
        self._say()

    def explain(self, told: Explanation, before: str = "") -> None:
        """Show one; `before` is copied above it."""
        empty(self._parts)
        self._plain = "\n\n".join(part for part in (before, *in_text(told)) if part)
        for paragraph in (told.says, told.why):
            if paragraph:
                self._add_sentence(paragraph)
        self._add_title(_("What to do"))
        self._add_sentence(told.do)
        if told.texts:
            self._add_title(_("What Azure says"))
            for text in told.texts:
                made = _selectable(label("hint", text))
                made.setFont(self._tools.theme.mono())
                self._parts.addWidget(made)
        links = [link for link in told.links if link.startswith(_SAFE)]
        if links:
            self._add_title(_("More about it"))
            for link in links:
                self._parts.addWidget(_link(link))
        self._say()

    def _add_sentence(self, text: str) -> None:
        made = _selectable(label())
        set_sentence(made, text)
        self._parts.addWidget(made)

    def _add_title(self, text: str) -> None:
        self._parts.addSpacing(6)
        self._parts.addWidget(label("section", text))

    @Slot()
    def _copy(self) -> None:
        self._tools.clipboard.copy(self._plain)
        self.copy.setText(_("Copied"))
        announce(self, _("Copied"))
        self._back.start()

    @Slot()
    def _say(self) -> None:
        self.copy.setText(_("Copy"))
        self.copy.setAccessibleName(_("Copy the explanation"))
        self.copy.setToolTip(tip(self.copy.accessibleName()))


def in_text(told: Explanation) -> Iterator[str]:
    """The same as paragraphs, to be pasted elsewhere."""
    yield told.rule
    yield told.says
    yield told.why
    yield "\n".join((_("What to do"), told.do))
    if told.texts:
        yield "\n".join((_("What Azure says"), *told.texts))
    links = [link for link in told.links if link.startswith(_SAFE)]
    if links:
        yield "\n".join((_("More about it"), *links))


def _selectable(made: QLabel) -> QLabel:
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _link(address: str) -> QLabel:
    """May be broken into lines after each slash."""
    from html import escape  # not for the first page: it brings a table of all of HTML's names

    shown = re.sub(r"([/#])", "\\1\u200b", escape(address.removeprefix(_SAFE)))
    made = LinkedText(f'<a href="{escape(address)}">{shown}</a>')
    made.setProperty("role", "hint")
    made.setAccessibleName(address)
    made.setToolTip(tip(address))
    return made
