"""The window's actions, declared once: menus, bars and the list of shortcuts are made from this table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from latchkey.text import N_, _


class Spec(NamedTuple):
    """One action: what it is called and which keys do it."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    group: str = ""  # checkable, one of its group


SPECS = (
    Spec("new", N_("New sign-in"), ("Ctrl+N",)),
    Spec("open", N_("Open a draft…"), ("Ctrl+O",)),
    Spec("paste", N_("Paste a link, file or folder"), ("Ctrl+V",)),
    Spec("save_as", N_("Save the draft as…"), ("Ctrl+S", "Ctrl+Shift+S")),
    Spec("quit", N_("Quit"), ("Ctrl+Q",)),
    Spec("undo", N_("Undo"), ("Ctrl+Z",)),
    Spec("redo", N_("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    Spec("next", N_("Next step"), ("Alt+Right",)),
    Spec("back", N_("Previous step"), ("Alt+Left",)),
    Spec("steps", N_("Go to the list of steps"), ("F6",)),
    Spec("attention", N_("What needs attention"), ("F8",)),
    Spec("theme_system", N_("Light or dark like the system"), group="theme"),
    Spec("theme_light", N_("Light"), group="theme"),
    Spec("theme_dark", N_("Dark"), group="theme"),
    Spec("shortcuts", N_("Keyboard shortcuts"), ("F1", "Ctrl+?")),
    Spec("azure_message", N_("What does this Azure message mean?")),
    Spec("secrets", N_("Stored secrets…")),
    Spec("updates", N_("Newer versions…")),
    Spec("report", N_("Report a problem…")),
    Spec("about", N_("About Latchkey")),
)


def make_actions(parent: QWidget) -> dict[str, QAction]:
    """One QAction per row of the table, working anywhere in the window."""
    made: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for spec in SPECS:
        action = QAction(parent)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        if spec.group:
            action.setCheckable(True)
            groups.setdefault(spec.group, QActionGroup(parent)).addAction(action)
        parent.addAction(action)
        made[spec.name] = action
    retranslate(made)
    return made


def retranslate(actions: Mapping[str, QAction]) -> None:
    """The actions' texts in the language in force."""
    for spec in SPECS:
        if spec.name in actions:
            actions[spec.name].setText(_(spec.text))
