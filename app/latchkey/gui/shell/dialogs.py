"""The two small dialogs of the help menu."""

from __future__ import annotations

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from latchkey import __version__
from latchkey.gui.shell.actions import shortcuts
from latchkey.gui.widgets.labels import column, label
from latchkey.text import _


def shortcuts_dialog(parent: QWidget) -> QDialog:
    """Which keys do what."""
    dialog, body = _dialog(parent, _("Keyboard shortcuts"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    for number, (keys, what) in enumerate(shortcuts()):
        grid.addWidget(label("soft", keys, wrap=False), number, 0)
        grid.addWidget(label("", what, wrap=False), number, 1)
    body.insertLayout(1, grid)
    return dialog


def about_dialog(parent: QWidget) -> QDialog:
    """What this is, and the versions that a report of a problem needs."""
    dialog, body = _dialog(parent, "Latchkey")
    lines = (
        _("From plain answers to policy files that Azure AD B2C accepts."),
        _("Version {version}").format(version=__version__),
        _("Python {python}, Qt {qt}, PySide6 {pyside}, {system}").format(
            python=platform.python_version(),
            qt=qVersion(),
            pyside=pyside_version,
            system=f"{platform.system()} {platform.machine()}",
        ),
        _("Free software under the MIT licence. Not made or endorsed by Microsoft."),
    )
    for number, line in enumerate(lines):
        text = label("soft" if number else "", line)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body.insertWidget(1 + number, text)
    return dialog


def _dialog(parent: QWidget, title: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setMinimumWidth(420)
    body = column(dialog, spacing=12, margins=(24, 20, 24, 20))
    body.addWidget(label("heading", title))
    body.addSpacing(4)
    close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    pressed = close.button(QDialogButtonBox.StandardButton.Close)
    pressed.setText(_("Close"))
    pressed.setIcon(QIcon())
    pressed.setAccessibleName(_("Close"))
    close.rejected.connect(dialog.reject)
    body.addStretch(1)
    body.addWidget(close)
    return dialog, body
