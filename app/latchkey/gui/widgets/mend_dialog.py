"""Before files change: what would be done, and the difference in each file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from latchkey.gui.mending import Offer
from latchkey.gui.theme import Theme
from latchkey.gui.widgets.diff_card import diff_card
from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.text import _

_SIZE = (760, 520)


def mend_dialog(parent: QWidget, offered: Offer, theme: Theme) -> QDialog:
    """Ask; `accepted` is to write."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(_("Mend this in your files?"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize(*_SIZE)
    body = column(dialog, spacing=12, margins=(24, 20, 24, 20))
    body.addWidget(label("heading", _("Mend this in your files?")))
    body.addWidget(_what(offered, theme), 1)
    body.addWidget(
        label("hint", _("It is written into your folder at once. The old files are kept: “Put back” on the page about"
                        " writing gives them back. Upload the changed policies to Azure again."))
    )  # fmt: skip
    answers = row(spacing=8)
    body.addLayout(answers)
    answers.addStretch(1)
    for says, look, does in (
        (_("Leave it"), "", dialog.reject),
        (_("Mend it"), "primary", dialog.accept),
    ):
        made = button(look)
        made.setText(says)
        made.setAccessibleName(says)
        made.setDefault(look == "primary")
        made.clicked.connect(does)
        answers.addWidget(made)
        if look == "primary":
            made.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog


def _what(offered: Offer, theme: Theme) -> QScrollArea:
    inner = QWidget()
    inner.setObjectName("page")
    layout = column(inner, spacing=8, margins=(0, 0, 8, 0))
    for sentence in offered.labels:
        layout.addWidget(
            label("", _("• {sentence}").format(sentence=sentence) if len(offered.labels) > 1 else sentence)
        )
    for change in offered.changes:
        layout.addSpacing(4)
        layout.addWidget(label("section", change.file))
        layout.addWidget(diff_card(change, theme))
    layout.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll
