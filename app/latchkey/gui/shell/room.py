"""What the window hands to its content: the parts that stand around the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout

from latchkey.gui.shell.bottom_bar import BottomBar
from latchkey.gui.shell.help_panel import HelpPanel
from latchkey.gui.shell.top_bar import TopBar
from latchkey.gui.steps_model import StepsModel


class Room(NamedTuple):
    """One of each. `middle` is the column that holds the stack of pages."""

    window: QMainWindow
    model: StepsModel
    actions: Mapping[str, QAction]
    top: TopBar
    middle: QVBoxLayout
    stack: QStackedWidget
    help: HelpPanel
    bottom: BottomBar
