"""The window: step list, bars, and room for the pages. It is painted first; `furnish` then puts in what is in it.

What is imported here is all that the first picture needs, and nothing else.
"""

from __future__ import annotations

import contextlib
from binascii import a2b_base64
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from latchkey.gui.shell.bottom_bar import BottomBar
from latchkey.gui.shell.help_panel import HelpPanel
from latchkey.gui.shell.rail import Rail
from latchkey.gui.shell.top_bar import TopBar
from latchkey.gui.steps_model import StepsModel
from latchkey.gui.tips import tip
from latchkey.gui.widgets.labels import column, row
from latchkey.text import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent

    from latchkey.draft.draft import Draft
    from latchkey.gui.content import Content
    from latchkey.gui.memory import Memory
    from latchkey.gui.saving import Keeper
    from latchkey.gui.session import Session
    from latchkey.gui.theme import Choice, Theme
    from latchkey.gui.tools import Tools

_THEMES: dict[str, Choice] = {"theme_system": "system", "theme_light": "light", "theme_dark": "dark"}
_ROOM_FOR_TITLES = 860  # narrower than this, the step list has no titles


class MainWindow(QMainWindow):
    """Built once; every object that outlives a page is handed in."""

    painted = Signal()  # the first picture stands: time for `furnish`
    furnished = Signal()  # everything is in it
    language_chosen = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, keeper: Keeper, theme: Theme, memory: Memory) -> None:
        super().__init__()
        self._session, self._keeper, self._theme, self._memory = session, keeper, theme, memory
        self._seen = False
        self._may_close = self._asking = False  # the page has nothing more to lose; it is being asked
        self.content: Content | None = None
        self.acts: dict[str, QAction] = {}
        self.model = StepsModel(session)
        self.top, self.rail = TopBar(), Rail(self.model, theme)
        self.stack, self.help, self.bottom = QStackedWidget(), HelpPanel(), BottomBar()
        self.middle = column(spacing=0)
        self._lay_out()
        self._connect()
        self.setMinimumSize(640, 400)
        self.setAcceptDrops(True)
        self.resize(1280, 720)
        if memory.now.geometry:
            with contextlib.suppress(ValueError):
                self.restoreGeometry(a2b_base64(memory.now.geometry))
        self._show_around()

    def furnish(self, tools: Tools) -> None:
        """Make menus and keys work, and put the pages in."""
        from latchkey.gui.content import Content
        from latchkey.gui.shell.actions import make_actions
        from latchkey.gui.shell.room import Room

        if self.content is None:
            self.acts = make_actions(self)
            self._connect_actions()
            self.top.join(self.acts, tools.icons)
            self._theme_changed()
            self._show_undo()
            room = Room(self, self.model, self.acts, self.top, self.middle, self.stack, self.help, self.bottom)
            self.content = Content(room, tools)
            self.content.helping.language_chosen.connect(self.language_chosen)

    def retranslate(self) -> None:
        """The language changed: everything says so at once."""
        from latchkey.gui.shell.actions import retranslate

        retranslate(self.acts)
        self.top.retranslate()
        self.rail.retranslate()
        self.model.again()
        self._show_around()
        if self.content is not None:
            self.content.retranslate()

    def _lay_out(self) -> None:
        self.stack.setObjectName("pages")
        self.middle.addWidget(self.stack, 1)
        body = row(spacing=0)
        body.addWidget(self.rail)
        body.addLayout(self.middle, 1)
        body.addWidget(self.help)
        whole = QWidget()
        layout = column(whole, spacing=0)
        layout.addWidget(self.top)
        layout.addLayout(body, 1)
        layout.addWidget(self.bottom)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        session, stack = self._session, self._session.undo_stack
        session.step_changed.connect(self._step_changed)
        session.draft_changed.connect(self._draft_changed)
        self._keeper.changed.connect(self._show_title)
        session.source_changed.connect(self._show_title)
        self._theme.changed.connect(self._theme_changed)
        self.rail.step_chosen.connect(session.go)
        self.model.steps_changed.connect(self._show_around)
        self.model.dataChanged.connect(self._show_around)
        self.top.language_chosen.connect(self.language_chosen)
        self.bottom.next.clicked.connect(self._next)
        self.bottom.back.clicked.connect(self._back)
        for signal in (stack.canUndoChanged, stack.canRedoChanged, stack.indexChanged):
            signal.connect(self._show_undo)

    def _connect_actions(self) -> None:
        for name, does in {
            "undo": self._undo, "redo": self._redo, "next": self._next, "back": self._back, "quit": self.close,
            "steps": self._focus_steps, "theme_system": self._choose_theme, "theme_light": self._choose_theme,
            "theme_dark": self._choose_theme,
        }.items():  # fmt: skip
            self.acts[name].triggered.connect(does)

    @Slot(str)
    def _step_changed(self, _step: str) -> None:
        self._show_around()

    @Slot(object, object)
    def _draft_changed(self, before: Draft, after: Draft) -> None:
        if before.tenant.name != after.tenant.name:
            self._show_around()

    @Slot()
    def _show_around(self) -> None:
        """What stands around the page: neighbours, whose draft it is, title."""
        step = self._session.step
        previous, following = self.model.neighbours(step)
        self.bottom.show_neighbours(previous and previous.title, following and following.title)
        here = self.model.row_of(step)
        title = self.model.at(here).title if here >= 0 else ""
        name = self._session.draft.tenant.name.strip() or _("new sign-in")
        self.top.set_context(_("{tenant} — {step}").format(tenant=name, step=title))
        self.rail.show_step(step)
        self._show_title()
        self._show_undo()

    @Slot()
    def _show_title(self) -> None:
        source = self._session.source
        if self._keeper.named:
            name = self._keeper.file.name
        elif source is not None:
            name = _("policies in {folder}").format(folder=source.folder.name)
        else:
            name = _("new sign-in")
        self.setWindowTitle(_("{name}[*] — Latchkey").format(name=name))
        self.setWindowModified(self._keeper.unsaved)

    @Slot()
    def _show_undo(self) -> None:
        stack = self._session.undo_stack
        if not self.acts:
            return
        for name, able, label, alone, with_label in (
            ("undo", stack.canUndo(), stack.undoText(), _("Undo"), _("Undo: {what}")),
            ("redo", stack.canRedo(), stack.redoText(), _("Redo"), _("Redo: {what}")),
        ):
            self.acts[name].setEnabled(able)
            self.acts[name].setToolTip(tip(with_label.format(what=label)) if label else alone)

    # Commands

    @Slot()
    def _next(self) -> None:
        following = self.model.neighbours(self._session.step)[1]
        if following is not None:
            self._session.go(following.id)
            self._enter()

    @Slot()
    def _back(self) -> None:
        previous = self.model.neighbours(self._session.step)[0]
        if previous is not None:
            self._session.go(previous.id)
            self._enter()

    def _enter(self) -> None:
        if self.content is not None:
            self.content.enter()

    @Slot()
    def _undo(self) -> None:
        self._step_back(_("Undone: {what}"), self._session.undo_stack.undoText(), self._session.undo_stack.undo)

    @Slot()
    def _redo(self) -> None:
        self._step_back(_("Done again: {what}"), self._session.undo_stack.redoText(), self._session.undo_stack.redo)

    def _step_back(self, says: str, what: str, does: Callable[[], None]) -> None:
        from latchkey.gui.announce import announce

        does()
        announce(self, says.format(what=what))

    @Slot()
    def _focus_steps(self) -> None:
        self.rail.setFocus()

    @Slot()
    def _choose_theme(self) -> None:
        chosen = next(choice for name, choice in _THEMES.items() if self.acts[name].isChecked())
        self._theme.choose(chosen)
        self._memory.choose_theme(chosen)

    @Slot()
    def _theme_changed(self) -> None:
        for name, value in _THEMES.items():
            self.acts[name].setChecked(value == self._theme.choice)
        self.rail.repaint_rows()

    def _close_now(self) -> None:
        """The page has nothing more to lose."""
        self._may_close = True
        if not self._asking:
            self.close()

    @Slot()
    def come_forward(self) -> None:
        """Somebody opened this window's draft again: be seen."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first picture starts the rest."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)  # not if it is closed before

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the help moves under the page and the step list keeps its marks alone."""
        super().resizeEvent(event)
        self.rail.show_narrow(event.size().width() < _ROOM_FOR_TITLES)
        if self.content is not None:
            self.content.follow_width(event.size().width())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """What people have at hand may be dropped anywhere."""
        if self.content is not None and event.source() is None and self.content.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Do the right thing with it."""
        if self.content is not None and event.source() is None:
            event.acceptProposedAction()
            self.content.taking.take_data(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already but a secret in its field, which the page is asked about; remember the place."""
        if self.content is not None and not self._may_close:
            self._asking = True
            self.content.leave_for_good(self._close_now)
            self._asking = False
            if not self._may_close:
                event.ignore()
                return
        self._memory.note(geometry=self.saveGeometry().toBase64().toStdString())
        self._keeper.close()
        if self.content is not None:
            self.content.close()
        super().closeEvent(event)
        self._session.undo_stack.blockSignals(True)  # it would tell us once more while it goes
        self.closed.emit()
