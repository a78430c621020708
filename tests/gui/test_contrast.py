"""Everything that is really on screen can be read: each text against the ground that it stands on, in both themes.

test_theme.py computes the same from the tokens; this looks at what came of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QWidget

from helpers.looking import called, nothing, shown
from helpers.scenes import Scene, dialogs, pages
from latchkey.draft import edits
from latchkey.gui.style_sheet import style_sheet
from latchkey.gui.theme import SCHEMES, sizes
from latchkey.tiles import contrast

Settled = Callable[[Any], None]
READABLE = 4.5  # WCAG 2.2, 1.4.3
SEEN = 3  # of what can't be pressed now; the rule asks for nothing there
SAMPLES = 2  # pixels from one look to the next


def roots(scene: Scene) -> list[QWidget]:
    """What is looked at whole: the window, and what scrolls in it beyond its edge."""
    area = scene.widget.stack.currentWidget() if hasattr(scene.widget, "stack") else None
    return [scene.widget] if area is None else [scene.widget, area.widget()]


def said_in(widget: QWidget) -> tuple[str, QPalette.ColorRole] | None:
    """The text of a widget and the colour it is written in."""
    role = QPalette.ColorRole
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        return widget.text(), role.WindowText
    if isinstance(widget, QAbstractButton) and widget.text():
        painted = widget.palette().color(role.WindowText) if widget.metaObject().className() in OWN_PAINT else None
        return widget.text(), role.WindowText if painted is not None else role.ButtonText
    if isinstance(widget, QLineEdit):
        return (widget.text(), role.Text) if widget.text() else (widget.placeholderText(), role.PlaceholderText)
    return None


OWN_PAINT = {"CheckBox", "RadioButton"}


def ground(image: QImage, rect: QRect) -> QColor | None:
    """The colour that most of a rectangle has."""
    rect = rect.intersected(image.rect())
    found: Counter[int] = Counter(
        image.pixel(x, y)
        for y in range(rect.top(), rect.bottom() + 1, SAMPLES)
        for x in range(rect.left(), rect.right() + 1, SAMPLES)
    )
    return QColor.fromRgb(found.most_common(1)[0][0]) if found else None


def too_faint(scene: Scene) -> Iterator[tuple[str, ...]]:
    """Texts of widgets that can't be read well on what is behind them."""
    for root in roots(scene):
        image = root.grab().toImage()
        for widget in shown(scene.widget):
            said = said_in(widget) if root.isAncestorOf(widget) else None
            if said is None or not said[0].strip():
                continue
            behind = ground(image, QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()))
            group = QPalette.ColorGroup.Active if widget.isEnabled() else QPalette.ColorGroup.Disabled
            ink = widget.palette().color(group, said[1])
            wanted = READABLE if widget.isEnabled() else SEEN
            if behind is not None and contrast(ink.name(), behind.name()) < wanted:
                yield scene.name, called(widget), f"{ink.name()} on {behind.name()}"


def faint_rows(scene: Scene) -> Iterator[tuple[str, ...]]:
    """Rows that are painted by hand: something in each is as far from its ground as a text has to be."""
    image = scene.widget.grab().toImage()
    for view in scene.widget.findChildren(QAbstractItemView):
        model = view.model()
        if not view.isVisible() or model is None or not view.objectName():
            continue
        corner = view.viewport().mapTo(scene.widget, QPoint(0, 0))
        sight = QRect(corner, view.viewport().size()).intersected(image.rect())
        for number in range(min(model.rowCount(), 12)):
            rect = view.visualRect(model.index(number, 0)).translated(corner).intersected(sight).adjusted(2, 2, -2, -2)
            behind = ground(image, rect)
            if rect.height() < 12 or behind is None:
                continue
            best = max(
                contrast(QColor.fromRgb(pixel).name(), behind.name())
                for pixel in {
                    image.pixel(x, y)
                    for y in range(rect.top(), rect.bottom())
                    for x in range(rect.left(), rect.right())
                }
            )
            if best < READABLE:
                yield scene.name, f"{view.objectName()} row {number}", f"{best:.1f} on {behind.name()}"


@pytest.mark.parametrize("theme", SCHEMES)
def test_what_is_on_screen_can_be_read(contoso: Any, settled: Settled, theme: Any) -> None:
    contoso.theme.choose(theme)
    contoso.session.do(edits.set_custom_domain("https://wrong/"))
    contoso.session.do(edits.add_provider("wechat", "WeChat", "p9"))
    found: list[tuple[str, ...]] = []
    for scene in chain(pages(contoso, settled), dialogs(contoso, settled)):
        found += [*too_faint(scene), *faint_rows(scene)]
    nothing(found)


# The style sheet


def pairs() -> Iterator[tuple[str, str]]:
    """Each pair of ink and ground that one rule of the sheet sets together."""
    names = {token: f"§{token}§" for token in SCHEMES["light"]._fields}
    for rule in re.findall(r"\{([^}]*)\}", style_sheet(names, sizes(14)._asdict())):
        ink, behind = (re.search(rf"(?:^|[;\s]){name}: §(\w+)§", rule) for name in ("color", "background"))
        if ink and behind:
            yield ink.group(1), behind.group(1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_the_sheet_puts_together_can_be_read(scheme: Any) -> None:
    tokens = SCHEMES[scheme]
    found = set(pairs())
    assert len(found) > 8
    nothing(
        (ink, behind)
        for ink, behind in sorted(found)
        if contrast(getattr(tokens, ink), getattr(tokens, behind)) < READABLE
    )


def test_the_look_notices_what_is_faint(contoso: Any, settled: Settled) -> None:
    settled(contoso)
    faint = QLabel("faint", contoso.window.bottom)
    faint.setStyleSheet("color: #aaaaaa; background: #ffffff")
    faint.show()
    assert any("faint" in what for _scene, what, _colors in too_faint(Scene("here", contoso.window)))
