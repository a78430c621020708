"""The tree of journeys told in words: what is open stays open while the story is told again, and while one searches."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView

from latchkey.gui.models.story_model import NODE, StoryModel
from latchkey.gui.strokes import draw
from latchkey.gui.theme import Theme
from latchkey.gui.widgets.story_delegate import StoryDelegate
from latchkey.policy.story import StoryNode
from latchkey.policy.story_search import Found
from latchkey.text import _

Index = QModelIndex | QPersistentModelIndex

_ARROW = 14
_MOST_OPENED = 300  # hits that a search opens the way to
_OPENED = 2  # levels of the first journey that stand open at first


class StoryTree(QTreeView):
    """Opens and closes with a click on the arrow, a double click, or the arrow keys; * opens all below a line."""

    copy_wanted = Signal(str)
    xml_wanted = Signal()  # copy the XML of the chosen part
    picture_wanted = Signal(object)  # show that part in the picture: a StoryNode

    def __init__(self, model: StoryModel, theme: Theme) -> None:
        super().__init__()
        self._theme, self._story = theme, model
        self._open: set[tuple[str, ...]] = set()  # what the person opened, by path: also while it is not there
        self._told = self._seen = False  # there was a story; there was one with something in it
        self._showing = False  # rows open and close by themselves
        self._searching = False
        self._at: tuple[str, ...] = ()  # the path of the line that one is at
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
        self.expanded.connect(self._note_opened)
        self.collapsed.connect(self._note_closed)

    def follow(self, found: Found | None) -> None:
        """The model has another story, or another search, now. What was open is open; hits are in sight."""
        self._told = self._showing = True
        if found is None:
            for path in sorted(self._open, key=len):
                index = self._story.index_at(path)
                if index.isValid():
                    self.expand(index)
        else:
            ways = {
                id(chain[at]): chain[: at + 1] for chain in found.hits[:_MOST_OPENED] for at in range(len(chain) - 1)
            }
            for way in ways.values():
                self.expand(self._story.index_of(way))
        self._showing = False
        if not self.currentIndex().isValid() and self._at:
            self.setCurrentIndex(self._story.index_at(self._at))
        if found is None and not self._seen and self._story.rowCount():
            self._seen = True
            self.expandRecursively(self._story.index(0, 0), _OPENED - 1)
            self.setCurrentIndex(self._story.index(0, 0))
        if found is None and self._searching and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._searching = found is not None
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Note where one is."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._at = self._story.path(current)

    def choose(self, index: QModelIndex) -> None:
        """Open the way to a row and make it the current one."""
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def menu(self) -> QMenu:
        """What can be done with the chosen line."""
        index = self.currentIndex()
        node: StoryNode | None = index.data(NODE)
        menu = QMenu(self)
        if node is None:
            return menu
        menu.addAction(_("Copy the text"), QKeySequence(QKeySequence.StandardKey.Copy), self._copy_text)
        menu.addAction(_("Copy the id “{id}”").format(id=node.id), self._copy_id)
        menu.addAction(_("Copy the XML"), self.xml_wanted.emit)
        menu.addSeparator()
        menu.addAction(_("Show in the picture"), self._ask_picture)
        if self._story.hasChildren(index):
            menu.addSeparator()
            menu.addAction(_("Open all below"), self._open_all)
            menu.addAction(_("Close all below"), self._close_all)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where there is nothing to show, that is said."""
        super().paintEvent(event)
        if not self._story.rowCount() and self._told:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.color("soft"))
            place = self.viewport().rect().adjusted(16, 16, -16, -16)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            says = _("Nothing found") if self._searching else _("There is no journey to show.")
            painter.drawText(place, int(flags), says)
            painter.end()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """An arrow where there is something to open, and nothing else."""
        if not self.model().hasChildren(index):
            return
        name = "down" if self.isExpanded(index) else "next"
        place = QRectF(rect.right() - _ARROW - 2, rect.center().y() - _ARROW / 2 + 0.5, _ARROW, _ARROW)
        draw(painter, name, place, self._theme.color("soft"), 2.2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the line's text."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_text()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the line under the mouse; from the keyboard, of the chosen one."""
        place = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(24, 0)
        elif self.indexAt(place).isValid():
            self.setCurrentIndex(self.indexAt(place))
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(self.viewport().mapToGlobal(place))

    @Slot(QModelIndex)
    def _note_opened(self, index: QModelIndex) -> None:
        if not self._showing and not self._searching:
            self._open.add(self._story.path(index))

    @Slot(QModelIndex)
    def _note_closed(self, index: QModelIndex) -> None:
        if not self._showing and not self._searching:
            self._open.discard(self._story.path(index))

    @Slot()
    def _copy_text(self) -> None:
        text = self.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        if text:
            self.copy_wanted.emit(str(text))

    @Slot()
    def _copy_id(self) -> None:
        self.copy_wanted.emit(self.currentIndex().data(NODE).id)

    @Slot()
    def _ask_picture(self) -> None:
        self.picture_wanted.emit(self.currentIndex().data(NODE))

    @Slot()
    def _open_all(self) -> None:
        self.expandRecursively(self.currentIndex())

    @Slot()
    def _close_all(self) -> None:
        waiting = [self.currentIndex()]
        while waiting:
            index = waiting.pop()
            waiting += [self._story.index(row, 0, index) for row in range(self._story.rowCount(index))]
            self.collapse(index)
