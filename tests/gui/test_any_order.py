"""Whatever a person does in whatever order, the window shows just that: nothing is lost, nothing is made up.

A state machine works the real window (list, gallery, fields, keys, step list, undo, redo, closing and opening again) and
keeps a list of its own of what there should be; after each step the draft, the list, the picture, the steps and, when it
saves, the file must say the same.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from helpers.wizard import close
from latchkey.draft.store import load
from latchkey.gui.widgets.gallery import Gallery

TYPES = ("wechat", "qq", "facebook", "github", "weibo")
MOST = 5
NAMES = st.sampled_from(["微信", "QQ 登录", "Sign in", "A & B", "<b>", "%1 {x}", "Ünïcode", "a" * 40])
IDS = st.sampled_from(["wx0123456789abcdef", "101000001", "abc-DEF.1", "x"])
DOMAINS = st.sampled_from(["login.contoso.com", "id.fabrikam.example", "a.b"])
PLACES = st.integers(0, MOST - 1)


class Row(NamedTuple):
    """A sign-in button: the row's key, what it is, its text, its client id."""

    key: str
    type: str
    name: str
    client_id: str


class State(NamedTuple):
    """What the machine believes the person has said."""

    domain: str = ""
    rows: tuple[Row, ...] = ()


class Done(NamedTuple):
    """A step that undo takes back. Steps with one `merge` in a row are one."""

    before: State
    after: State
    merge: str


class AnyOrder(RuleBasedStateMachine):
    """The person."""

    make: Any  # builds a wizard in a folder
    made: list[Any]  # all of them: a wizard lives as long as its process

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="any-order-"))
        self.state = State()
        self.done: list[Done] = []
        self.undone: list[Done] = []
        self.open()

    def open(self) -> None:
        self.wizard: Any = self.make(self.folder)
        self.made.append(self.wizard)
        self.come_forward()

    def teardown(self) -> None:
        close(self.wizard)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        shutil.rmtree(self.folder, ignore_errors=True)

    # What is there

    @property
    def session(self) -> Any:
        return self.wizard.session

    @property
    def page(self) -> Any:
        return self.wizard.window.content.page

    def seen(self) -> State:
        """What the draft says."""
        draft = self.session.draft
        rows = tuple(Row(p.key, p.type, self.session.called(p), p.client_id) for p in draft.providers)
        return State(draft.tenant.custom_domain, rows)

    def commit(self, after: State, merge: str = "") -> None:
        """The person has done something."""
        if after == self.state:
            return
        self.undone = []
        goes_on = merge and self.done and self.done[-1].merge == merge
        before = self.done.pop().before if goes_on else self.state
        if before != after:
            self.done.append(Done(before, after, merge))
        self.state = after

    def with_row(self, place: int, **changed: str) -> State:
        rows = list(self.state.rows)
        rows[place] = rows[place]._replace(**changed)
        return self.state._replace(rows=tuple(rows))

    def choose(self, place: int) -> Any:
        """Go to the list and choose a row."""
        self.go("buttons")
        view = self.page.list
        view.setFocus()
        view.select([self.state.rows[place].key])
        return view

    def type_into(self, field: QLineEdit, text: str) -> None:
        field.setFocus()
        field.selectAll()
        if text.isascii():
            QTest.keyClicks(field, text)
        else:  # letters that no key has come from an input method
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(field, event)

    def come_forward(self) -> None:
        """The window gets the keys again when a dialog is gone; without a window manager nobody sees to that."""
        self.wizard.window.activateWindow()
        QApplication.processEvents()
        assert self.wizard.window.isActiveWindow()

    def go(self, step: str) -> None:
        self.session.go(step)
        self.come_forward()
        QApplication.processEvents()

    def press_z(self, held: Qt.KeyboardModifier) -> None:
        self.come_forward()
        QTest.keyClick(self.wizard.window, Qt.Key.Key_Z, held)

    # What a person does

    @precondition(lambda self: len(self.state.rows) < MOST)
    @rule(kind=st.sampled_from(TYPES))
    def add(self, kind: str) -> None:
        self.go("buttons")
        self.page.open_gallery()
        gallery = self.page.findChild(Gallery)
        QTest.keyClicks(gallery.field, kind)
        QTest.mouseClick(gallery.add, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        editor = self.page.list.findChild(QLineEdit, "inline")
        if editor is not None:
            QTest.keyClick(editor, Qt.Key.Key_Escape)
        found = self.seen()
        assert found.rows[:-1] == self.state.rows
        assert found.rows[-1].type == kind
        assert found.rows[-1].client_id == ""
        self.commit(self.state._replace(rows=found.rows))

    @precondition(lambda self: self.state.rows)
    @rule(place=PLACES)
    def remove(self, place: int) -> None:
        place %= len(self.state.rows)
        QTest.keyClick(self.choose(place), Qt.Key.Key_Delete)
        self.commit(self.state._replace(rows=self.state.rows[:place] + self.state.rows[place + 1 :]))

    @precondition(lambda self: len(self.state.rows) > 1)
    @rule(place=PLACES, down=st.booleans())
    def move(self, place: int, down: bool) -> None:
        place %= len(self.state.rows)
        key = Qt.Key.Key_Down if down else Qt.Key.Key_Up
        QTest.keyClick(self.choose(place), key, Qt.KeyboardModifier.AltModifier)
        rows = list(self.state.rows)
        to = min(max(place + (1 if down else -1), 0), len(rows) - 1)
        rows.insert(to, rows.pop(place))
        self.commit(self.state._replace(rows=tuple(rows)))

    @precondition(lambda self: self.state.rows)
    @rule(place=PLACES, name=NAMES)
    def rename(self, place: int, name: str) -> None:
        place %= len(self.state.rows)
        view = self.choose(place)
        QTest.keyClick(view, Qt.Key.Key_F2)
        editor = view.findChild(QLineEdit, "inline")
        self.type_into(editor, name)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()  # Qt takes the text over in its own time
        self.commit(self.with_row(place, name=name), f"name {self.state.rows[place].key}")

    @precondition(lambda self: self.state.rows)
    @rule(place=PLACES, client_id=IDS)
    def set_client_id(self, place: int, client_id: str) -> None:
        place %= len(self.state.rows)
        self.go(f"provider:{self.state.rows[place].key}")
        self.type_into(self.page.credentials.client_id.editor, client_id)
        self.commit(self.with_row(place, client_id=client_id), f"client_id {self.state.rows[place].key}")

    @rule(domain=DOMAINS)
    def set_domain(self, domain: str) -> None:
        self.go("tenant")
        self.type_into(self.page.domain.editor, domain)
        self.commit(self.state._replace(domain=domain), "domain")

    @rule()
    def undo(self) -> None:
        self.press_z(Qt.KeyboardModifier.ControlModifier)
        if self.done:
            step = self.done.pop()
            self.undone.append(step)
            self.state = step.before

    @rule()
    def redo(self) -> None:
        self.press_z(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if self.undone:
            step = self.undone.pop()
            self.done.append(step)
            self.state = step.after

    @rule(row=st.integers(0, 12))
    def jump(self, row: int) -> None:
        window = self.wizard.window
        index = window.model.index(row % window.model.rowCount())
        place = window.rail.visualRect(index).center()
        window.rail.scrollTo(index)
        QTest.mouseClick(
            window.rail.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            window.rail.visualRect(index).center() if window.rail.viewport().rect().contains(place) else place,
        )
        QApplication.processEvents()

    @rule()
    def save(self) -> None:
        self.wizard.keeper.flush()
        if self.state == State() and not self.wizard.keeper.file.exists():
            return  # a draft that says nothing is not kept
        draft = load(self.wizard.keeper.file)
        assert draft.tenant.custom_domain == self.state.domain
        assert [(p.type, p.client_id) for p in draft.providers] == [(r.type, r.client_id) for r in self.state.rows]

    @rule()
    def close_and_open(self) -> None:
        step = self.session.step
        texts = [row[1:] for row in self.state.rows]
        close(self.wizard)
        self.open()
        found = self.seen()
        assert [row[1:] for row in found.rows] == texts
        if not step.startswith("provider:") and self.state != State():  # of an empty draft nothing is kept
            assert self.session.step == step
        # keys of rows live as long as the window, and so does what can be undone
        self.state, self.done, self.undone = self.state._replace(rows=found.rows), [], []

    # What must be true at every moment

    @invariant()
    def the_draft_is_what_was_done(self) -> None:
        assert self.seen() == self.state

    @invariant()
    def undo_and_redo_are_offered_when_there_is_something(self) -> None:
        stack = self.session.undo_stack
        assert (stack.canUndo(), stack.canRedo()) == (bool(self.done), bool(self.undone))

    @invariant()
    def the_steps_are_those_of_the_rows(self) -> None:
        model = self.wizard.window.model
        ids = [model.at(row).id for row in range(model.rowCount())]
        assert [i for i in ids if i.startswith("provider:")] == [f"provider:{row.key}" for row in self.state.rows]
        assert self.session.step in ids

    @invariant()
    def list_and_picture_show_the_rows(self) -> None:
        if self.session.step != "buttons":
            return
        page = self.page
        assert [page.model.index(row).data() for row in range(page.model.rowCount())] == [
            row.name for row in self.state.rows
        ]
        places = page.sketch.view.sketch.drawing.places
        shown = sorted(places, key=lambda key: (places[key].top, places[key].left))
        assert shown == [row.key for row in self.state.rows]


def test_any_order(qtbot: Any, drawer: Any, request: pytest.FixtureRequest) -> None:
    from latchkey.gui.application import Wizard, make_application
    from latchkey.gui.memory import Memory
    from latchkey.secrets import Keychain

    def make(_self: Any, folder: Path) -> Any:
        memory = Memory(folder / "window.json", folder / "settings.json")
        wizard = Wizard(
            make_application(), memory, folder / "drafts", lambda: Keychain(drawer, folder / "secrets.json")
        )
        wizard.open(None)
        wizard.show()
        wizard.furnish()
        return wizard

    machine = type("Machine", (AnyOrder,), {"make": make, "made": []})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=int(os.environ.get("LATCHKEY_EXAMPLES", "8")),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a window is too slow to shrink with
        ),
    )
