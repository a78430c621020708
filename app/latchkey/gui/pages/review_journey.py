"""The review's tree: each journey in words, and a search in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from latchkey.gui.announce import announce
from latchkey.gui.models.story_model import NODE, StoryModel, origin_in_words
from latchkey.gui.widgets.checks import CheckBox
from latchkey.gui.widgets.labels import column
from latchkey.gui.widgets.search_bar import SearchBar
from latchkey.gui.widgets.story_tree import StoryTree
from latchkey.policy.story import StoryNode
from latchkey.policy.story_search import Chain, Found, search
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.gui.telling import Told
    from latchkey.gui.tools import Tools


class JourneyPart(QWidget):
    """While somebody searches, the tree shows the hits and what belongs to them."""

    chosen = Signal()  # another line is the current one
    xml_wanted = Signal()
    picture_wanted = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._told: Told | None = None
        self._found: Found | None = None
        self.story = StoryModel(self)
        self.tree = StoryTree(self.story, tools.theme)
        self.search = SearchBar(tools.icons)
        layout = column(self, spacing=8)
        self.only = CheckBox()
        layout.addWidget(self.search)
        layout.addWidget(self.only)
        layout.addWidget(self.tree, 1)
        self.only.toggled.connect(self._again)
        self.search.typed.connect(self._search)
        self.search.stepped.connect(self._step)
        self.search.closed.connect(self._end_search)
        self.tree.selectionModel().currentChanged.connect(self.chosen)
        self.tree.copy_wanted.connect(self._copy)
        self.tree.xml_wanted.connect(self.xml_wanted)
        self.tree.picture_wanted.connect(self.picture_wanted)

    @property
    def current(self) -> StoryNode | None:
        """The part that is chosen."""
        node: StoryNode | None = self.tree.currentIndex().data(NODE)
        return node

    @property
    def current_journey(self) -> StoryNode | None:
        """The journey that it belongs to."""
        return next(iter(self.story.chain(self.tree.currentIndex())), None)

    def retranslate(self) -> None:
        """The words of the language in force."""
        self.tree.setAccessibleName(_("Journeys, step by step"))
        self.search.retranslate(_("Search in the journeys"))
        self.only.setText(_("Only what is new or changed"))
        self.only.setAccessibleName(self.only.text())
        self._say_hits()

    def show_theme(self) -> None:
        """Colours of painted things."""
        self.search.show_theme()
        self.tree.viewport().update()

    def show_told(self, told: Told) -> None:
        """Another story; what is searched for is searched in it."""
        self._told = told
        some = any(told.origin(journey) in ("new", "changed") for journey in told.journeys)
        self.only.setVisible(some or self.only.isChecked())
        self._look(self.search.field.text())

    def choose(self, node: StoryNode) -> bool:
        """Make a part the current one, whatever is searched for. False: the story has none such."""
        chain = self._chain(node)
        if chain is None:
            return False
        if self._found is not None and id(node) not in self._found.kept:
            self.search.field.clear()
            self.only.setChecked(False)
        index = self.story.index_of(chain)
        self.tree.choose(index)
        return index.isValid()

    def _chain(self, node: StoryNode) -> Chain | None:
        waiting: list[Chain] = [(journey,) for journey in self._told.journeys] if self._told is not None else []
        while waiting:
            chain = waiting.pop()
            if chain[-1] is node:
                return chain
            waiting += [(*chain, child) for child in chain[-1].children]
        return None

    def _look(self, query: str) -> None:
        told = self._told
        if told is None:
            return
        origin = told.origin if self.only.isChecked() else None
        self._found = search(told.journeys, query, lambda node: origin_in_words(told.origin(node)), origin)
        self.story.show(told.journeys, told.origin, self._found)
        self.tree.follow(self._found)
        self._say_hits()

    @Slot(str)
    def _search(self, query: str) -> None:
        """Show the hits, and go to the first if one is at none."""
        self._look(query)
        if self._found is not None and self._found.hits and self._at() == 0:
            self._go(0)

    @Slot()
    def _again(self) -> None:
        """Another choice of what is shown."""
        self._search(self.search.field.text())

    @Slot(int)
    def _step(self, by: int) -> None:
        if self._found is not None and self._found.hits:
            at = self._at()
            self._go((at - 1 + by) % len(self._found.hits) if at else 0)

    @Slot()
    def _end_search(self) -> None:
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, number: int) -> None:
        assert self._found is not None
        self.tree.choose(self.story.index_of(self._found.hits[number]))
        self._say_hits()
        announce(self, f"{self.search.said()}. {self.tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)}")

    def _at(self) -> int:
        """The hit that is the current line, from 1; 0: none."""
        node = self.current
        hits = self._found.hits if self._found is not None else ()
        return next((number for number, chain in enumerate(hits, 1) if chain[-1] is node), 0)

    def _say_hits(self) -> None:
        self.search.show_hits(self._at(), len(self._found.hits) if self._found is not None else -1)

    @Slot(str)
    def _copy(self, text: str) -> None:
        self._tools.clipboard.copy(text)
        announce(self, _("Copied"))
