"""Every page and dialog by the keyboard alone: the tab key reaches each control and leaves it again, in an order that
follows the eye; whoever has the focus looks it; and a way through the whole wizard without a mouse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from helpers.improving import opened, write
from helpers.looking import ancestors, called, focusable, nothing
from helpers.scenes import Scene, arrange, dialogs, pages
from helpers.small_set import small_set
from latchkey.gui.pages.area import PageArea
from latchkey.gui.widgets.focus import first_control

Settled = Callable[[Any], None]


@pytest.fixture
def improving(make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled) -> Any:
    """A wizard on policies that are there."""
    return opened(make_wizard(write(tmp_path / "policies", small_set())), qtbot, settled)


def tab(window: QWidget, back: bool = False) -> QWidget:
    """Press Tab, or Shift and Tab; who has the focus then."""
    target = window.focusWidget() or window
    keys = (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier) if back else (Qt.Key.Key_Tab,)
    QTest.keyClick(target, *keys)
    return window.focusWidget()


def stop(widget: QWidget) -> QObject:
    """What the tab key stops at: of buttons that exclude each other, one stands for all; the arrow keys do the rest."""
    group = widget.group() if isinstance(widget, QAbstractButton) and widget.isCheckable() else None
    return group if group is not None and group.exclusive() else widget


def walk(window: QWidget, back: bool = False) -> list[QWidget]:
    """Once around with the tab key."""
    window.activateWindow()
    first = first_control(window)
    assert first is not None
    first.setFocus()
    seen = [window.focusWidget()]
    for _step in range(400):
        now = tab(window, back)
        if now is seen[0]:
            return seen
        assert now is not seen[-1], f"the focus can't leave {called(now)}"
        seen.append(now)
    raise AssertionError(f"no way round: {[called(widget) for widget in seen[-5:]]}")


def unreached(scene: Scene) -> list[str]:
    """Controls that one of the two ways around does not come to."""
    walk(scene.widget)  # a list that gets the focus may make buttons usable that were passed already
    missed = []
    for back in (False, True):
        way = {stop(widget) for widget in walk(scene.widget, back)}
        missed += [
            f"{scene.name} {'Shift+' * back}Tab: {called(widget)}"
            for widget in focusable(scene.widget)
            if stop(widget) not in way
        ]
    return missed


def test_the_tab_key_reaches_each_control_and_leaves_it(contoso: Any, settled: Settled) -> None:
    missed = [one for scene in chain(pages(contoso, settled), dialogs(contoso, settled)) for one in unreached(scene)]
    nothing(missed)


def test_the_same_on_policies_that_are_there(improving: Any, settled: Settled) -> None:
    nothing(one for scene in pages(improving, settled) for one in unreached(scene))


# The order follows the eye


def place(widget: QWidget, inside: QWidget) -> QRect:
    return QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())


def against_the_eye(page: QWidget) -> Iterator[str]:
    """Steps of the tab key that go up, though not into another column."""
    inside = [widget for widget in walk(page.window()) if page.isAncestorOf(widget)]
    for before, after in pairwise(inside):
        one, two = place(before, page), place(after, page)
        above = two.bottom() < one.top()
        beside = two.left() >= one.right() - 2
        if above and not beside:
            yield f"{called(before)} -> {called(after)}"
        if two.top() <= one.bottom() and one.top() <= two.bottom() and two.right() <= one.left():
            yield f"leftwards: {called(before)} -> {called(after)}"


def test_the_order_is_that_of_reading(contoso: Any, settled: Settled) -> None:
    found = []
    for scene in pages(contoso, settled):
        found += [f"{scene.name}: {one}" for one in against_the_eye(contoso.window.content.page)]
    nothing(found)


def test_next_goes_to_the_first_control_of_the_page_and_says_which_page(
    contoso: Any, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("latchkey.gui.content.announce", lambda _widget, text: said.append(text))
    contoso.window.activateWindow()
    contoso.session.go("start")
    settled(contoso)
    while contoso.window.bottom.next.isVisible():
        QTest.keyClick(contoso.window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        settled(contoso)
        page = contoso.window.content.page
        assert said[-1] == page.title()
        assert contoso.window.focusWidget() is first_control(page)
        assert contoso.window.stack.currentWidget().verticalScrollBar().value() == 0
    assert contoso.session.step == "go-live"


# Focus can be seen


def picture(widget: QWidget) -> QImage:
    """The widget with what is around it: rings may be drawn by what holds it."""
    window = widget.window()
    around = place(widget, window).adjusted(-3, -3, 3, 3)
    return window.grab(around).toImage()


def differing(one: QImage, two: QImage) -> int:
    """How many pixels differ so much that somebody may see it."""
    count = 0
    for y in range(min(one.height(), two.height())):
        for x in range(min(one.width(), two.width())):
            first, second = one.pixelColor(x, y), two.pixelColor(x, y)
            apart = abs(first.red() - second.red()) + abs(first.green() - second.green())
            count += apart + abs(first.blue() - second.blue()) > 90
    return count


def unseen(scene: Scene, done: set[tuple[Any, ...]]) -> Iterator[str]:
    """Controls that look the same with the focus and without. One of each kind and look is enough."""
    window = scene.widget
    for widget in focusable(window):
        kind = (type(widget), widget.property("look"), widget.objectName(), widget.property("readOnly"))
        if kind in done:
            continue
        done.add(kind)
        for area in (above for above in ancestors(widget) if isinstance(above, PageArea)):
            area.ensureWidgetVisible(widget)
        window.setFocus()
        if window.focusWidget() is not None:
            window.focusWidget().clearFocus()
        arrange()
        before = picture(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if hasattr(widget, "deselect"):
            widget.deselect()
        arrange()
        if differing(before, picture(widget)) < 12:
            yield f"{scene.name}: {called(widget)} {widget.property('look')}"


def test_who_has_the_focus_looks_it(contoso: Any, settled: Settled) -> None:
    contoso.theme.choose("dark")
    contoso.window.activateWindow()
    QApplication.setCursorFlashTime(0)
    done: set[tuple[Any, ...]] = set()
    found = [one for scene in chain(pages(contoso, settled), dialogs(contoso, settled)) for one in unseen(scene, done)]
    nothing(found)
    assert len(done) > 20


# All the way, without a mouse


class Keys:
    """Presses keys where the focus is, as a keyboard does."""

    def __init__(self, wizard: Any, settled: Settled) -> None:
        self.wizard, self.window, self._settled = wizard, wizard.window, settled
        self.window.activateWindow()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self._settled(self.wizard)

    def write(self, text: str) -> None:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(QApplication.focusWidget(), text)
        self._settled(self.wizard)

    def to(self, name: str) -> QWidget:
        """Tab until a control of that name has the focus."""
        for _step in range(150):
            at = self.window.focusWidget()
            said = "" if at is None else at.accessibleName() or getattr(at, "text", str)()
            if at is not None and said.startswith(name):
                return at
            tab(self.window)
        raise AssertionError(f"the tab key never came to {name}")

    def next(self) -> None:
        self.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)


def test_a_way_through_the_wizard_by_keys_alone(
    wizard: Any, settled: Settled, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    from latchkey.gui.widgets.gallery import Gallery

    keys = Keys(wizard, settled)
    assert wizard.session.step == "start"
    keys.next()
    keys.write("contoso")
    assert wizard.session.draft.tenant.name == "contoso"
    keys.next()
    keys.press(Qt.Key.Key_Down)  # nothing is chosen yet: the arrow keys look, the space bar takes
    keys.press(Qt.Key.Key_Up)
    keys.press(Qt.Key.Key_Space)
    assert wizard.session.draft.policies.accounts == "social"
    keys.next()
    assert wizard.session.step == "buttons"

    def add(words: str) -> None:
        keys.to("Add a way to sign in")
        keys.press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: wizard.window.findChild(Gallery) is not None)
        gallery = wizard.window.findChild(Gallery)
        QTest.keyClicks(gallery.focusWidget(), words)
        QTest.keyClick(gallery.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: wizard.window.findChild(Gallery) is None)
        wizard.window.activateWindow()  # the offscreen platform has no window manager that would
        settled(wizard)

    add("wechat")
    add("qq")
    assert [one.type for one in wizard.session.draft.providers] == ["wechat", "qq"]
    keys.to("Sign-in buttons")
    keys.press(Qt.Key.Key_End)
    keys.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [one.type for one in wizard.session.draft.providers] == ["qq", "wechat"]
    for client_id, secret in (("101000001", "qq-app-key-0123456789abcdef"), ("wx0123456789abcdef", "0" * 32)):
        keys.next()
        keys.to("APP ID")
        keys.write(client_id)
        keys.to("APP KEY")
        QTest.keyClicks(QApplication.focusWidget(), secret)
        keys.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: wizard.window.content.page.credentials.secret.editor.text() == "")
    assert [one.client_id for one in wizard.session.draft.providers] == ["101000001", "wx0123456789abcdef"]
    keys.next()
    assert wizard.session.step == "review"
    keys.next()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(tmp_path))
    keys.to("Choose")
    keys.press(Qt.Key.Key_Space)
    keys.to("Write")
    keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "save" in wizard.session.finished, timeout=20_000)
    assert list(tmp_path.glob("*.xml"))
    keys.next()
    assert wizard.session.step == "go-live"
    keys.press(Qt.Key.Key_F6)
    assert wizard.window.focusWidget() is wizard.window.rail
    keys.press(Qt.Key.Key_Home)
    assert wizard.session.step == "start"


def test_arrow_keys_choose_among_cards(wizard: Any, settled: Settled) -> None:
    keys = Keys(wizard, settled)
    start = wizard.window.content.page
    start.kind.first().setFocus()
    keys.press(Qt.Key.Key_Right)
    assert wizard.session.draft.policies.kind == "user-flow"
    keys.press(Qt.Key.Key_Left)
    assert wizard.session.draft.policies.kind == "custom"
