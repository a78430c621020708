"""The drafts that were opened last: one press opens, pins or takes off the list. One that is not there says why.

Whether a file is there is looked up on the worker: a drive that does not answer must not hold the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from latchkey.gui.announce import announce
from latchkey.gui.jobs import Job
from latchkey.gui.tips import tip
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, empty, label, path_label, row
from latchkey.jobs import Watch
from latchkey.text import _, join_list

_SHOWN = 6  # and all that are pinned
_ICON = 16


class Recent(NamedTuple):
    """One line: what the draft is called, where it is, and whether it stays."""

    file: Path
    name: str
    where: str
    pinned: bool


class RecentList(QWidget):
    """Shows the memory's recent drafts but the one that is open."""

    wanted = Signal(str)  # open that draft
    changed = Signal()  # there are more or fewer

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._shown: tuple[Recent, ...] = ()
        self._missing: dict[Path, str] = {}
        self._looked: tuple[Path, ...] = ()
        self._lines = column(self, spacing=2)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._shown)

    def show_recent(self) -> None:
        """Make the lines anew if they changed, and look whether the files are there."""
        lines = self._wanted_lines()
        if lines != self._shown:
            self._shown = lines
            self._make()
            self.changed.emit()
        files = tuple(line.file for line in lines)
        if files and files != self._looked:
            self._looked = files
            self._look(files)

    def retranslate(self) -> None:
        """The language changed."""
        self._shown, self._looked, self._missing = (), (), {}
        self.show_recent()

    def show_theme(self) -> None:
        """Icons in the theme's colours."""
        self._make()

    def clear(self) -> None:
        """Forget all but the pinned ones."""
        self._tools.memory.clear_recent()
        self.show_recent()

    def _wanted_lines(self) -> tuple[Recent, ...]:
        memory, keeper = self._tools.memory, self._tools.keeper
        pinned = [file for file in memory.settings.pinned if file != keeper.file]
        others = [file for file in memory.settings.recent if file != keeper.file and file not in pinned]
        return tuple(self._line(file, pinned=file in pinned) for file in (*pinned, *others[:_SHOWN]))

    def _line(self, file: Path, *, pinned: bool) -> Recent:
        named, source = self._tools.keeper.is_named(file), self._tools.memory.source(file)
        name = file.name if named else _("A draft without a name")
        where = str(file.parent) if named else ""
        if source is not None:
            name = name if named else _("Policies in {folder}").format(folder=source.folder.name)
            where = _("improves {folder}").format(folder=source.folder)
        return Recent(file, name, where, pinned)

    # Lines

    def _make(self) -> None:
        empty(self._lines)
        for line in self._shown:
            self._lines.addWidget(self._made(line))

    def _made(self, line: Recent) -> QWidget:
        holder = QWidget()
        inside = row(holder, spacing=4)
        missing = self._missing.get(line.file, "")
        if missing:
            gone = label("soft", line.name, wrap=False)
            gone.setContentsMargins(3, 2, 3, 2)  # as a link's
            inside.addWidget(gone)
        else:
            link = button("link")
            link.setText(line.name)
            link.setAccessibleName(_("Open {file}").format(file=join_list(filter(None, (line.name, line.where)))))
            link.setProperty("file", str(line.file))
            link.clicked.connect(self._open)
            inside.addWidget(link)
        where = path_label("attention" if missing else "hint")
        where.setText(missing or line.where)
        where.setToolTip(tip(str(line.file)))
        inside.addSpacing(4)
        inside.addWidget(where, 1)
        pin_text = _("Unpin {file}") if line.pinned else _("Pin {file}, so that it stays in this list")
        for icon, token, text, does in (
            ("pin", "accent" if line.pinned else "soft", pin_text, self._pin),
            ("close", "soft", _("Take {file} off this list; the file stays"), self._forget),
        ):
            made = button("quiet")
            made.setIcon(self._tools.icons.icon(icon, token, _ICON))
            made.setIconSize(QSize(_ICON, _ICON))
            made.setAccessibleName(text.format(file=line.name))
            made.setToolTip(tip(text.format(file=line.name)))
            made.setProperty("of", str(line.file))
            made.setProperty("pinned", line.pinned)
            made.clicked.connect(does)
            inside.addWidget(made)
        return holder

    @Slot()
    def _open(self) -> None:
        self.wanted.emit(str(self.sender().property("file")))

    @Slot()
    def _pin(self) -> None:
        pressed = self.sender()
        file, pinned = Path(pressed.property("of")), bool(pressed.property("pinned"))
        self._tools.memory.pin(file, on=not pinned)
        self._again(file, _("Unpinned") if pinned else _("Pinned"))

    @Slot()
    def _forget(self) -> None:
        file = Path(self.sender().property("of"))
        self._tools.memory.forget(file)
        self._again(file, _("Taken off the list"))

    def _again(self, file: Path, said: str) -> None:
        """Show the list as it is now, with the keyboard where it was."""
        at = next((number for number, line in enumerate(self._shown) if line.file == file), 0)
        self.show_recent()
        announce(self, said)
        here = next((number for number, line in enumerate(self._shown) if line.file == file), at)
        item = self._lines.itemAt(min(here, self._lines.count() - 1))
        holder = item.widget() if item is not None else None
        if holder is not None:
            holder.findChildren(QPushButton)[-2].setFocus(Qt.FocusReason.OtherFocusReason)  # the pin

    # Whether they are there

    def _look(self, files: Sequence[Path]) -> None:
        def work(_watch: Watch) -> dict[Path, str]:
            return {file: why for file in files if (why := why_missing(file))}

        job = Job(work, "look for recent drafts")
        job.done.connect(self._found)
        self._tools.runner.start(job)

    @Slot(object)
    def _found(self, missing: dict[Path, str]) -> None:
        if missing != self._missing:
            self._missing = missing
            self._make()


def why_missing(file: Path) -> str:
    """Why a draft can't be opened, in a few words; empty: it is there."""
    try:
        if file.is_file():
            return ""
        if file.parent.is_dir():
            return _("no longer there")
    except OSError:
        return _("can't be read")
    return _("its folder is not there; perhaps a drive is not connected")
