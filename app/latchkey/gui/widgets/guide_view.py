"""A section of a guide as a card: numbered steps that can be ticked off, values to copy, notes.

    view = SectionView(tools, secret)
    view.ticked.connect(self._tick)          # id, on
    view.show_section(guide.provider(key).register, draft.done)

Widgets are made again only when the section has other parts; where words or values differ, as while a name is typed,
those are shown in the widgets that are there. A tick changes nothing but its mark.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from functools import partial
from html import escape
from typing import Any

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
Leaf = str | Prose | Callout | Row  # what one widget shows; a text is what a step's tick is called
Show = Callable[[Any], None]  # puts another leaf of its kind into the widget


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
        self._shown: list[tuple[Leaf, Show]] = []  # in the order of `_leaves`
        if card:
            self.setProperty("role", "card")
        layout = column(self, spacing=0)
        self._layout = column(spacing=0)
        self.extra = column(spacing=0)
        layout.addLayout(self._layout)
        layout.addLayout(self.extra)

    def show_section(self, section: Section, done: Collection[str]) -> None:
        """Show it, with these ticks."""
        if section != self._section and not self._changed(section):
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

    def _changed(self, section: Section) -> bool:
        """Show it in the widgets that are there. False: it has other parts than what is shown."""
        if self._section is None or _shape(section) != _shape(self._section):
            return False
        self._section = section
        self._shown = [_show(show, old, new) for (old, show), new in zip(self._shown, _leaves(section), strict=True)]
        return True

    def _build(self, section: Section) -> None:
        kept = {name: self._boxes[name] for name in self.extra_boxes()}
        empty(self._layout)
        self._boxes, self._section, self._shown = kept, section, []
        if section.intro:
            holder = QWidget()
            inside = column(holder, spacing=6, margins=(16, 12, 16, 8))
            self._parts(section.intro, inside)
            self._layout.addWidget(holder)
        for number, item in enumerate(section.steps, 1):
            shown = number if len(section.steps) > 1 else 0
            at = len(self._shown)
            box = self.add_item(item.id, shown, item.plain, self._item(item), self._layout)
            self._shown.insert(at, (item.plain, box.setAccessibleName))
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
                made = prose(part)
                self._shown.append((part, partial(_say, made)))
                into.addWidget(made)
            elif isinstance(part, Callout):
                holder, lines = callout(part)
                self._shown.append((part, partial(_say_all, lines)))
                into.addWidget(holder)
            elif isinstance(part, Rows):
                for each in part.rows:
                    self._row(each, into)

    def _row(self, each: Row, into: QVBoxLayout) -> None:
        if each.kind == "secret" and self._secret is not None:
            made = self._secret(each)
            if made is not None:
                self._shown.append((each, _nothing))
                into.addWidget(made)
                return
        if each.kind == "value" and each.value.complete:
            caption, copy = label("hint", _caption(each)), CopyRow(self._tools, each.value.text, _caption(each))
            self._shown.append((each, partial(_say_value, caption, copy)))
            into.addWidget(caption)
            into.addWidget(copy)
            return
        line = label("")
        line.setTextFormat(Qt.TextFormat.RichText)
        line.setText(_in_words(each))
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shown.append((each, partial(_say_words, line)))
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


def callout(part: Callout) -> tuple[QWidget, list[QLabel]]:
    """A warning stands on amber; a note or a waiting time is quiet. With the labels of its paragraphs."""
    warning = part.kind == "warning"
    holder = frame("note-attention") if warning else QWidget()
    inside = column(holder, spacing=4, margins=(12, 8, 12, 8) if warning else (0, 0, 0, 0))
    lines = [prose(paragraph) for paragraph in part.prose]
    for line in lines:
        if not warning:
            line.setProperty("role", "hint")
        inside.addWidget(line)
    return holder, lines


# What is in a section, leaf by leaf


def _leaves(section: Section) -> Iterator[Leaf]:
    yield from _of_parts(section.intro)
    for item in section.steps:
        yield item.plain
        yield from _of_parts(item.parts)
    for item in section.points:
        yield from _of_parts(item.parts)


def _of_parts(parts: Collection[Part]) -> Iterator[Leaf]:
    for part in parts:
        if isinstance(part, Rows):
            yield from part.rows
        else:
            yield part


def _shape(section: Section) -> Hashable:
    """What decides which widgets there are; sections of one shape differ in words and values only."""
    steps = tuple([(item.id, len(item.parts)) for item in section.steps])
    return section.id, section.title, steps, len(section.points), tuple([_kind(leaf) for leaf in _leaves(section)])


def _kind(leaf: Leaf) -> Hashable:
    if isinstance(leaf, Prose):
        return any(span.href for span in leaf.spans)
    if isinstance(leaf, Callout):
        return leaf.kind, tuple([_kind(paragraph) for paragraph in leaf.prose])
    if isinstance(leaf, Row):
        return leaf if leaf.kind == "secret" else (leaf.kind, leaf.value.complete)
    return ""


# Another leaf into the widgets that are there


def _show(show: Show, old: Leaf, new: Leaf) -> tuple[Leaf, Show]:
    if new != old:
        show(new)
    return new, show


def _say(line: QLabel, paragraph: Prose) -> None:
    line.setText(paragraph.html)
    line.setAccessibleName(paragraph.plain)


def _say_all(lines: list[QLabel], part: Callout) -> None:
    for line, paragraph in zip(lines, part.prose, strict=True):
        _say(line, paragraph)


def _say_value(caption: QLabel, copy: CopyRow, each: Row) -> None:
    caption.setText(_caption(each))
    copy.set_value(each.value.text, _caption(each))


def _say_words(line: QLabel, each: Row) -> None:
    line.setText(_in_words(each))


def _nothing(_leaf: Leaf) -> None:
    """What stands where a secret is wanted shows itself."""


def _caption(each: Row) -> str:
    if not each.label:
        return each.note
    return _("{name} ({note})").format(name=each.label, note=each.note) if each.note else each.label


def _in_words(each: Row) -> str:
    """A row that is no value to copy, as rich text."""
    value, caption = escape(each.value.text), _caption(each)
    value = f"<b>{value}</b>" if each.value.complete else f"<i>{value}</i>"
    return _("{name}: {value}").format(name=escape(caption), value=value) if caption else value
