"""The wizard as a screen reader gets it, walked through Qt's own tree of accessible objects: each page and dialog."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QDialog, QWidget

from helpers.improving import opened, write
from helpers.looking import nothing
from helpers.scenes import Scene, dialogs, pages
from helpers.small_set import small_set

Settled = Callable[[Any], None]
GUI = Path(__file__).parents[2] / "app/latchkey/gui"

Role = QAccessible.Role
ACTED_ON = {
    Role.Button, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.ComboBox,
    Role.List, Role.ListItem, Role.Tree, Role.TreeItem, Role.Table, Role.Link, Role.PageTab, Role.MenuItem, Role.SpinBox,
    Role.Slider,
}  # fmt: skip
# Of these there may be several of one name only where they do the same.
TOLD_APART = {Role.Button, Role.ButtonMenu, Role.CheckBox, Role.EditableText, Role.ComboBox}
_BIGGEST = 3000  # nodes of one scene: a tree that goes round would have more


def tree(root: QWidget) -> Iterator[QAccessibleInterface]:
    """All that is told of a window, from the window down; what can't be seen is left out."""
    waiting = [QAccessible.queryAccessibleInterface(root)]
    for _number in range(_BIGGEST):
        if not waiting:
            return
        node = waiting.pop()
        if not node.isValid() or node.state().invisible:
            continue
        yield node
        children = (node.child(number) for number in range(node.childCount()))
        waiting += [child for child in children if child is not None]
    raise AssertionError("the tree has no end")


def name(node: QAccessibleInterface) -> str:
    """What it is called."""
    return node.text(QAccessible.Text.Name).strip()


def told(node: QAccessibleInterface) -> str:
    """Something to find it by."""
    above = node.parent()
    kind = type(node.object()).__name__ if node.object() is not None else ""
    return f"{node.role().name} {kind} “{name(node)}” in {name(above) if above is not None else ''}"


def whole(node: QAccessibleInterface) -> tuple[str, ...]:
    """All that is spoken of a control."""
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    return (node.role().name, *(node.text(kind) for kind in kinds))


def wrong(scene: Scene) -> Iterator[tuple[str, ...]]:
    """Controls without a name, with a name that nobody would say, or that can't be told from others."""
    nodes = [node for node in tree(scene.widget) if node.role() in ACTED_ON and node.state().focusable]
    for node in nodes:
        if not re.search(r"\w", name(node)):
            yield scene.name, "no name", told(node)
        elif node.role() is not Role.ListItem and re.search(r"<\w|&\w+;|[{}]", name(node)):  # a line of a file may be
            yield scene.name, "a name that is no text", told(node)
        if re.search(r"<\w|\{\w", node.text(QAccessible.Text.Description)):
            yield scene.name, "a description that is no text", told(node)
    names = Counter(whole(node) for node in nodes if node.role() in TOLD_APART)
    for said, count in names.items():
        if count > 1:
            yield scene.name, f"{count} times", *said


def test_every_control_is_named_and_can_be_told_from_others(contoso: Any, settled: Settled) -> None:
    nothing(one for scene in chain(pages(contoso, settled), dialogs(contoso, settled)) for one in wrong(scene))


def test_the_same_in_chinese_on_policies_that_are_there(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    wizard = opened(make_wizard(write(tmp_path / "policies", small_set())), qtbot, settled)
    wizard.choose_language("zh_CN")
    nothing(one for scene in pages(wizard, settled) for one in wrong(scene))


def test_choices_and_switches_tell_their_state(contoso: Any, settled: Settled) -> None:
    settled(contoso)
    contoso.session.go("start")
    radios = [node for node in tree(contoso.window) if node.role() is Role.RadioButton]
    assert {name(node): bool(node.state().checked) for node in radios}["Custom policies"]
    contoso.session.go("accounts")
    settled(contoso)
    boxes = [node for node in tree(contoso.window) if node.role() is Role.CheckBox]
    assert boxes
    assert all(node.state().checkable for node in boxes)


def test_a_wrong_answer_is_told_with_its_field(contoso: Any, settled: Settled) -> None:
    contoso.session.go("tenant")
    page = contoso.window.content.page
    page.domain.editor.setText("https://wrong/")
    settled(contoso)
    field = QAccessible.queryAccessibleInterface(page.domain.editor)
    assert page.domain._finding.text() in field.text(QAccessible.Text.Description)


def dialog_classes() -> set[str]:
    """Every dialog of ours that is a class."""
    found: dict[str, set[str]] = {}
    for file in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.ClassDef):
                found[node.name] = {base.id for base in node.bases if isinstance(base, ast.Name)}
    ours = {"QDialog"}
    while more := {one for one, bases in found.items() if bases & ours and one not in ours}:
        ours |= more
    return {one for one in ours if not any(one in bases for bases in found.values())} - {"QDialog"}


def test_every_dialog_is_looked_at(contoso: Any, settled: Settled) -> None:
    """A new dialog belongs into helpers/scenes.py, where all tests of looks and of the keyboard find it."""
    seen = {type(scene.widget).__name__ for scene in dialogs(contoso, settled) if isinstance(scene.widget, QDialog)}
    assert dialog_classes() - seen == set()
