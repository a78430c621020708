"""What still needs attention: the list that opens from the line below. Choosing one goes to its field; each can be
explained on the spot.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QScrollArea, QWidget

from latchkey.check.finding import Finding
from latchkey.gui.inline_code import as_text
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.explanation import ExplanationView
from latchkey.gui.widgets.labels import button, column, frame, label, row, set_sentence
from latchkey.text import _, join_sentences

_WIDTH = 560
_TALLEST = 360
_EXPLAINED = 250  # pixels of an explanation; the rest is scrolled to
_ICON = 18


class AttentionList(QFrame):
    """A list over the window that closes by itself."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, tools: Tools) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self._tools = tools
        self._anchor: QWidget | None = None
        self._list = _List()
        self._list.setObjectName("attention_list")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setIconSize(QSize(_ICON, _ICON))
        self._list.setFixedWidth(_WIDTH)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._list.explain_wanted.connect(self.explain)
        self._long, self._title = QWidget(), label("section")
        self._explanation = ExplanationView(tools)
        layout = column(self, margins=(6, 6, 6, 6))
        layout.addWidget(self._long)
        layout.addWidget(self._list)
        self._lay_out_long()

    def _lay_out_long(self) -> None:
        inner = QWidget()
        inside = column(inner, spacing=8, margins=(14, 12, 14, 12))
        inside.addWidget(self._title)
        inside.addWidget(self._explanation)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("help_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._scroll = scroll
        layout = column(self._long, spacing=0)
        layout.addWidget(scroll, 1)
        layout.addWidget(frame("line"))
        self._long.setFixedSize(_WIDTH, _EXPLAINED)
        self._long.hide()

    def show_findings(self, findings: Sequence[tuple[str, Finding]]) -> None:
        """Fill the list with findings and how each is said here."""
        self._list.clear()
        self._long.hide()
        self._list.setAccessibleName(_("What needs attention"))
        for said, finding in findings:
            item = QListWidgetItem(as_text(f"{said}\n{finding.hint}".strip()))
            item.setIcon(self._tools.icons.icon("attention", "attention", _ICON))
            item.setData(Qt.ItemDataRole.UserRole, finding)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, as_text(join_sentences(said, finding.hint)))
            self._list.addItem(item)
            aside = self._add_explain(item, said) if _explained(finding) else 0
            lines = in_lines(item.text(), self._list.font(), _WIDTH - _ICON - 60 - aside)
            item.setText("\n".join(lines))  # so that nothing runs under the button
            item.setSizeHint(QSize(_WIDTH - 16, len(lines) * self._list.fontMetrics().lineSpacing() + 20))
        self._list.setCurrentRow(0)

    def _add_explain(self, item: QListWidgetItem, said: str) -> int:
        """A button at the right of a line; how wide it is."""
        made = button("small")
        made.setText(_("Explain"))
        made.setAccessibleName(_("Explain: {finding}").format(finding=as_text(said)))
        made.setProperty("finding", item.data(Qt.ItemDataRole.UserRole))
        made.clicked.connect(self._explain_pressed)
        holder = QWidget()
        inside = row(holder, margins=(0, 0, 8, 0))
        inside.addStretch(1)
        inside.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        self._list.setItemWidget(item, holder)
        return made.sizeHint().width() + 16

    def explain(self, finding: Finding) -> None:
        """Say above the list what one means."""
        from latchkey.check.explained import explained

        told = explained(finding.rule)
        if told is None:
            return
        set_sentence(self._title, finding.message)
        self._explanation.explain(told, join_sentences(finding.message, finding.hint))
        self._scroll.verticalScrollBar().setValue(0)
        self._long.show()
        self._place()

    def open_above(self, anchor: QWidget) -> None:
        """Show the list above the widget that it belongs to."""
        self._anchor = anchor
        height = sum(self._list.item(index).sizeHint().height() for index in range(self._list.count())) + 4
        self._list.setFixedHeight(min(_TALLEST, height))
        self._place()
        self.show()
        self._list.setFocus()

    def _place(self) -> None:
        self.resize(self.sizeHint())
        if self._anchor is not None:
            self.move(self._anchor.mapToGlobal(QPoint(0, -self.sizeHint().height() - 8)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses, Escape closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._list.currentItem() is not None:
            self._choose(self._list.currentItem())
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As large as the list, and what is explained above it."""
        above = 0 if self._long.isHidden() else self._long.height() + 8
        return QSize(self._list.width() + 12, self._list.height() + above + 12)

    @Slot()
    def _explain_pressed(self) -> None:
        self.explain(self.sender().property("finding"))

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class _List(QListWidget):
    """The right arrow key explains."""

    explain_wanted = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the list, right opens what there is to say."""
        if event.key() == Qt.Key.Key_Right and self.currentItem() is not None:
            self.explain_wanted.emit(self.currentItem().data(Qt.ItemDataRole.UserRole))
            return
        super().keyPressEvent(event)


def in_lines(text: str, font: QFont, width: int) -> list[str]:
    """The text's lines where it has so many pixels of room."""
    lines = []
    for part in text.split("\n"):
        units = part.encode("utf-16-le", "surrogatepass")  # Qt counts these
        layout = QTextLayout(part, font)
        option = layout.textOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            cut = units[2 * line.textStart() : 2 * (line.textStart() + line.textLength())]
            lines.append(cut.decode("utf-16-le", "surrogatepass").rstrip())
        layout.endLayout()
    return lines


def _explained(finding: Finding) -> bool:
    from latchkey.check.explained import explained

    return explained(finding.rule) is not None
