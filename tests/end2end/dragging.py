"""Real dragging in the list of sign-in buttons, with events as a mouse makes them.

    dragging.py FOLDER      needs a screen; leaves pictures of a row in the air

One row down and up, several at once, one let go beside the list, and one over many that are out of sight; every move is
spoken. A button of the sketch that is pressed chooses its row. Run by test_dragging.py in a process of its own: a
drag runs an event loop inside Qt that the platform "offscreen" does not have.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newcomer import Newcomer, stop, wait_until
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from latchkey.draft import edits

LEFT = Qt.MouseButton.LeftButton
NAMES = ("A", "B", "C", "D", "E")
STEP = 0.016  # seconds: a picture of sixty in a second


class Hand:
    """Drags rows of a list with the mouse."""

    def __init__(self, person: Newcomer) -> None:
        self.person = person
        self.list: Any = person.page.list
        self.gaps: list[int] = []
        self.slowest = 0.0  # seconds that this thread worked for one step of a drag

    def at(self, row: int, part: float) -> QPoint:
        """A place in the window: in that row, so far down in it."""
        rect = self.list.visualRect(self.list.model().index(row))
        return self._in_window(QPoint(rect.left() + 60, rect.top() + round(rect.height() * part)))

    def drag(self, row: int, target: QPoint, picture: str = "", held: Callable[[], bool] = lambda: False) -> None:
        """Press on a row, move to the place in small steps, let go there; not before `held` has come to an end."""
        window, start = self.list.window().windowHandle(), self.at(row, 0.5)
        path = [target - QPoint(0, 6), target - QPoint(0, 3), target, target, None]
        done: list[bool] = []
        timer = QTimer(self.list, interval=40)

        def play() -> None:
            point = path.pop(0)
            if point is None and held():
                path.append(None)
                point = target + QPoint(len(self.gaps) % 2, 0)  # a hand is never quite still
            if point is not None:
                before = time.thread_time()
                QTest.mouseMove(window, point)
                QApplication.processEvents()
                self.slowest = max(self.slowest, time.thread_time() - before)
                self.gaps.append(self.list._gap)
                return
            timer.stop()
            if picture:
                self.list.screen().grabWindow(0).save(str(self.person.folder / f"{picture}.png"))
            QTest.mouseRelease(window, LEFT, Qt.KeyboardModifier.NoModifier, target)
            done.append(True)

        timer.timeout.connect(play)
        QTest.mousePress(window, LEFT, Qt.KeyboardModifier.NoModifier, start)
        timer.start()  # before the first move that lifts the row: Qt then waits in a loop of its own
        QTest.mouseMove(window, start + QPoint(0, QApplication.startDragDistance() + 1))
        QTest.mouseMove(window, start + QPoint(0, QApplication.startDragDistance() + 5))
        wait_until(lambda: bool(done), "the end of the drag")

    def _in_window(self, point: QPoint) -> QPoint:
        return self.list.viewport().mapTo(self.list.window(), point)


def names(person: Newcomer) -> str:
    return "".join(provider.name for provider in person.draft.providers)


def drag_all(person: Newcomer) -> None:
    session = person.wizard.session
    session.do(edits.set_tenant_name("contoso"))
    for number, name in enumerate(NAMES):
        session.do(edits.add_provider("openid-connect", name, f"p{number}", name=name))
    session.go("buttons")
    wait_until(lambda: person.page.step == "buttons" and person.page.list.isVisible(), "the list")
    QTest.qWaitForWindowExposed(person.window)
    hand = Hand(person)

    said = listen()
    hand.drag(0, hand.at(2, 0.8), "one-in-the-air")
    wait_until(lambda: names(person) == "BCADE", f"a row dragged down ({names(person)})")
    assert said[-1] == "A moved to 3 of 5", said
    assert shown_in_sketch(person) == "BCADE"
    assert hand.gaps[-1] == 3, hand.gaps
    assert hand.list._gap == -1
    assert hand.list.selected_keys() == ["p0"]

    hand.drag(4, hand.at(0, 0.2))
    wait_until(lambda: names(person) == "EBCAD", f"a row dragged to the top ({names(person)})")

    hand.list.select(["p1", "p3"])
    assert names(person) == "EBCAD"
    hand.drag(1, hand.at(3, 0.8), "two-in-the-air")
    wait_until(lambda: names(person) == "ECABD", f"two rows dragged ({names(person)})")
    assert hand.list.selected_keys() == ["p1", "p3"]
    assert said[-1] == "2 buttons moved to 4 of 5", said

    beside = person.page.sketch.mapTo(person.window, person.page.sketch.rect().center())
    hand.drag(0, beside)
    person.settled()
    assert names(person) == "ECABD"
    assert hand.list._gap == -1

    for wanted in ("EBCAD", "BCADE", "ABCDE"):
        session.undo_stack.undo()
        assert names(person) == wanted
    session.undo_stack.redo()
    assert names(person) == "BCADE"
    press_in_sketch(person, hand)
    drag_among_many(person, hand)


def listen() -> list[str]:
    """What a screen reader is told from now on."""
    said: list[str] = []

    def hear(event: Any) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    QAccessible.isActive = lambda: True  # type: ignore[method-assign]
    QAccessible.updateAccessibility = hear  # type: ignore[method-assign, assignment]
    return said


def shown_in_sketch(person: Newcomer) -> str:
    places = person.page.sketch.view.sketch.drawing.places
    called = {provider.key: provider.name for provider in person.draft.providers}
    return "".join(called[key] for key in sorted(places, key=lambda key: places[key].top))


def press_in_sketch(person: Newcomer, hand: Hand) -> None:
    """A button of the sketch chooses its row; with Ctrl another one beside it."""
    sketch = person.page.sketch.view.sketch
    for key, modifier, chosen in (
        ("p3", Qt.KeyboardModifier.NoModifier, ["p3"]), ("p1", Qt.KeyboardModifier.ControlModifier, ["p1", "p3"]),
    ):  # fmt: skip
        place = sketch.place(key)
        point = QPoint(round(place.left + place.width / 2), round(place.top + place.height / 2))
        QTest.mouseClick(sketch, LEFT, modifier, point)
        assert hand.list.selected_keys() == chosen, hand.list.selected_keys()


def drag_among_many(person: Newcomer, hand: Hand) -> None:
    """With fifty rows the list scrolls while a row is held at its edge; no step takes longer than a picture may."""
    session, rows = person.wizard.session, person.page.list
    for number in range(45):
        session.do(edits.add_provider("openid-connect", "x", f"n{number}", name=f"Contoso {number}"))
    person.settled()
    rows.scrollToTop()
    QTest.qWait(0)
    assert rows.verticalScrollBar().maximum() > 0
    hand.slowest = 0.0
    hand.drag(0, hand.at(2, 0.8))
    wait_until(lambda: session.draft.providers[2].name == "B", "a row dragged among fifty")
    bar, view = rows.verticalScrollBar(), rows.viewport()
    edge = view.mapTo(rows.window(), QPoint(60, view.height() - 4))
    hand.drag(0, edge, held=lambda: bar.value() < bar.maximum())
    wait_until(lambda: session.draft.providers[-1].name == "C", "a row dragged to an end that was out of sight")
    assert hand.slowest < STEP, f"{hand.slowest * 1000:.1f} ms for one step of a drag"
    sys.stdout.write(f"slowest step of a drag among fifty: {hand.slowest * 1000:.1f} ms\n")


def main() -> None:
    sys.excepthook = stop
    folder = Path(sys.argv[1])
    person = Newcomer(folder)
    drag_all(person)
    person.window.close()


if __name__ == "__main__":
    main()
