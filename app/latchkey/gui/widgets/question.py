"""A question with two answers, for what should not happen by a slip of the hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from latchkey.gui.widgets.labels import button, column, label, row

_WIDTH = 420


def question(parent: QWidget, title: str, text: str, yes: str, no: str) -> QDialog:
    """Ask. Enter and Escape give the careful answer; `accepted` is the other."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    body = column(dialog, spacing=12, margins=(24, 20, 24, 20))
    body.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
    for role, says in (("section", title), ("", text)):
        line = label(role, says)
        line.setFixedWidth(_WIDTH)
        line.ensurePolished()
        line.setFixedHeight(line.heightForWidth(_WIDTH))
        body.addWidget(line)
    body.addSpacing(4)
    answers = row(spacing=8)
    answers.addStretch(1)
    for says, look, does in ((yes, "", dialog.accept), (no, "primary", dialog.reject)):
        made = button(look)
        made.setText(says)
        made.setAccessibleName(says)
        made.setDefault(look == "primary")
        made.clicked.connect(does)
        answers.addWidget(made)
        if look == "primary":
            made.setFocus(Qt.FocusReason.OtherFocusReason)
    body.addLayout(answers)
    return dialog
