"""A section of a guide as a card: numbered steps that can be ticked off, values to copy, notes.

    view = SectionView(tools, secret)
    view.ticked.connect(self._tick)          # id, on
    view.show_section(guide.provider(key).register, draft.done)

Widgets are made again only when the section itself changed; a tick changes nothing but its mark.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from latchkey.gui.tools import Tools
from latchkey.gui.widgets.copy_row import CopyRow
from latchkey.gui.widgets.labels import button, column, empty, frame, label, row, set_role
from latchkey.gui.widgets.linked_text import LinkedText
from latchkey.gui.widgets.tick_box import TickBox
from latchkey.guide.model import Callout, Item, Part, Row, Rows, Section
from latchkey.guide.prose import Prose
from latchkey.text import _, join_list

SecretMaker = Callable[[Row], QWidget | None]  # what stands where a row wants the secret


class SectionView(QFrame):
    """Intro, steps, points, and whatever a page adds below (`extra`)."""

    ticked = Signal(str, bool)
    built = Signal()  # its widgets are new ones

    def __init__(self, tools: Tools, secret: SecretMaker | None = None, card: bool = True) -> None:
        super().__init__()
        self._tools = tools
        self._secret = secret
        self._section: Section | None = None
        self._boxes: dict[str, TickBox] = {}
        if card:
            self.setProperty("role", "card")
        layout = column(self, spacing=0)
        self._layout = column(spacing=0)
        self.extra = column(spacing=0)
        layout.addLayout(self._layout)
        layout.addLayout(self.extra)

    def show_section(self, section: Section, done: Collection[str]) -> None:
        """Show it, with these ticks."""
        if section != self._section:
            self._build(section)
            self.built.emit()
        for name, box in self._boxes.items():
            box.show_checked(name in done)

    def add_item(
        self, box_id: str, number: int, title: str, content: QWidget, into: QVBoxLayout | None = None
    ) -> TickBox:
        """A line of its own with a tick: `content` beside the mark. `title` is what a screen reader says."""
        layout = into if into is not None else self.extra
        if layout.count() or (layout is self.extra and self._layout.count()):
            layout.addWidget(frame("line"))
        box = TickBox(self._tools.theme, number)
        box.setProperty("tick", box_id)
        box.setAccessibleName(title)
        box.setAccessibleDescription(self._section.title if self._section is not None else "")
        box.ticked.connect(self._tick)
        self._boxes[box_id] = box
        line = QWidget()
        beside = row(line, spacing=8, margins=(10, 8, 14, 8))
        beside.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(content, 1)
        layout.addWidget(line)
        return box

    def clear_extra(self) -> None:
        """Take out what the page added."""
        for box in self.extra_boxes():
            self._boxes.pop(box, None)
        empty(self.extra)

    def extra_boxes(self) -> list[str]:
        """The ids of the ticks that the page added."""
        own = {item.id for item in self._section.steps} if self._section is not None else set()
        return [name for name in self._boxes if name not in own]

    def _build(self, section: Section) -> None:
        kept = {name: self._boxes[name] for name in self.extra_boxes()}
        empty(self._layout)
        self._boxes, self._section = kept, section
        if section.intro:
            holder = QWidget()
            inside = column(holder, spacing=6, margins=(16, 12, 16, 8))
            self._parts(section.intro, inside)
            self._layout.addWidget(holder)
        for number, item in enumerate(section.steps, 1):
            shown = number if len(section.steps) > 1 else 0
            self.add_item(item.id, shown, item.plain, self._item(item), self._layout)
        for point in section.points:
            holder = QWidget()
            beside = row(holder, spacing=8, margins=(16, 8, 16, 8))
            dot = label("soft", "•", wrap=False)
            beside.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
            beside.addWidget(self._item(point), 1)
            self._layout.addWidget(holder)

    def _item(self, item: Item) -> QWidget:
        holder = QWidget()
        inside = column(holder, spacing=6, margins=(0, 4, 0, 4))
        self._parts(item.parts, inside)
        return holder

    def _parts(self, parts: Collection[Part], into: QVBoxLayout) -> None:
        for part in parts:
            if isinstance(part, Prose):
                into.addWidget(prose(part))
            elif isinstance(part, Callout):
                into.addWidget(callout(part))
            elif isinstance(part, Rows):
                for each in part.rows:
                    self._row(each, into)

    def _row(self, each: Row, into: QVBoxLayout) -> None:
        noted = _("{name} ({note})").format(name=each.label, note=each.note) if each.note else each.label
        caption = noted if each.label else each.note
        if each.kind == "secret" and self._secret is not None:
            made = self._secret(each)
            if made is not None:
                into.addWidget(made)
                return
        if each.kind == "value" and each.value.complete:
            into.addWidget(label("hint", caption))
            into.addWidget(CopyRow(self._tools, each.value.text, caption))
            return
        line = label("")
        line.setTextFormat(Qt.TextFormat.RichText)
        value = escape(each.value.text)
        value = f"<b>{value}</b>" if each.value.complete else f"<i>{value}</i>"
        line.setText(_("{name}: {value}").format(name=escape(caption), value=value) if caption else value)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        into.addWidget(line)

    @Slot(bool)
    def _tick(self, on: bool) -> None:
        self.ticked.emit(self.sender().property("tick"), on)


class Fold(QFrame):
    """A section that opens and closes: its title and how much of it is done stand in the head."""

    def __init__(self, tools: Tools, content: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._tools = tools
        self._title, self._count = "", ""
        self.head = button("fold")
        self.head.setCheckable(True)
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.toggled.connect(self._toggle)
        self.pill = label("pill", wrap=False)
        self.content = content
        top = row(spacing=8, margins=(6, 6, 14, 6))
        top.addWidget(self.head, 1)
        top.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line = frame("line")
        layout = column(self, spacing=0)
        layout.addLayout(top)
        layout.addWidget(self._line)
        layout.addWidget(content)
        self._toggle(False)

    def show_head(self, title: str, done: int, of: int) -> None:
        """The title, and how many of its ticks are set."""
        self._title = title
        self._count = _("{done} of {count} done").format(done=done, count=of) if of else ""
        self.pill.setText(self._count)
        self.pill.setVisible(bool(of))
        role = "pill-done" if of and done == of else "pill"
        set_role(self.pill, "role", role)
        self._toggle(self.head.isChecked())

    def open(self, opened: bool) -> None:
        """Open or close it."""
        self.head.setChecked(opened)

    def show_theme(self) -> None:
        """The arrow in the theme's colour."""
        self.head.setIcon(self._tools.icons.icon("down" if self.head.isChecked() else "next", "soft", 16))

    @Slot(bool)
    def _toggle(self, opened: bool) -> None:
        self.content.setVisible(opened)
        self._line.setVisible(opened)
        self.head.setText(self._title)
        state = _("open") if opened else _("closed")
        parts = [part for part in (self._title, self._count, state) if part]
        self.head.setAccessibleName(join_list(parts))
        self.show_theme()


def prose(paragraph: Prose) -> QLabel:
    """A paragraph with its links; pressing one opens the browser."""
    made = LinkedText(paragraph.html, links=any(span.href for span in paragraph.spans))
    made.setAccessibleName(paragraph.plain)
    return made


def callout(part: Callout) -> QWidget:
    """A warning stands on amber; a note or a waiting time is quiet."""
    if part.kind == "warning":
        made = frame("note-attention")
        inside = column(made, spacing=4, margins=(12, 8, 12, 8))
        for paragraph in part.prose:
            inside.addWidget(prose(paragraph))
        return made
    holder = QWidget()
    inside = column(holder, spacing=4)
    for paragraph in part.prose:
        line = prose(paragraph)
        line.setProperty("role", "hint")
        inside.addWidget(line)
    return holder
